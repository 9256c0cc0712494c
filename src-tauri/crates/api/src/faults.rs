//! The store's errors, as the edge tells them apart.

use sunder_store::StoreError;

use crate::wire::{ApiError, ErrorCode};

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::NotAStudy(_) | StoreError::OtherProgram(_) | StoreError::Empty { .. } => {
                ErrorCode::NotAStudy
            }
            StoreError::WrongPassphrase(_) | StoreError::NotEncrypted(_) => ErrorCode::Passphrase,
            StoreError::Newer { .. } => ErrorCode::NewerFile,
            StoreError::Damaged { .. } | StoreError::Altered { .. } | StoreError::Unreadable { .. } => {
                ErrorCode::Damaged
            }
            StoreError::ReadOnly { .. } => ErrorCode::ReadOnly,
            StoreError::OpenElsewhere(_) => ErrorCode::OpenElsewhere,
            StoreError::DiskFull => ErrorCode::DiskFull,
            StoreError::Unknown { .. } | StoreError::NothingToUndo | StoreError::NothingToRedo => {
                ErrorCode::NotFound
            }
            StoreError::Submitted(_) | StoreError::RuleLocked(_) => ErrorCode::Locked,
            StoreError::OperationReused(_)
            | StoreError::Fixed { .. }
            | StoreError::OtherStudy(_)
            | StoreError::MergeDiffers { .. }
            | StoreError::MergeBroken { .. } => ErrorCode::Conflict,
            StoreError::Inconsistent => ErrorCode::BadRequest,
            StoreError::Missing(_)
            | StoreError::Exists(_)
            | StoreError::Directory(_)
            | StoreError::Replaced(_)
            | StoreError::File { .. }
            | StoreError::Database(_)
            | StoreError::BackupFailed { .. } => ErrorCode::File,
            StoreError::Misplaced { .. }
            | StoreError::Randomness
            | StoreError::Ended
            | StoreError::Closed => ErrorCode::Internal,
        };
        Self::new(code, sentence(&error.to_string()))
    }
}

/// The message as a sentence: a capital at its start, a full stop at its end.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first: String = letters
        .next()
        .map(char::to_uppercase)
        .into_iter()
        .flatten()
        .collect();
    let path_first = message.starts_with(['/', '.', '~']);
    let start = if path_first {
        message.to_owned()
    } else {
        format!("{first}{}", letters.as_str())
    };
    if start.ends_with(['.', '?', '!']) {
        start
    } else {
        format!("{start}.")
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn messages_are_sentences() {
        assert_eq!(sentence("the disk is full"), "The disk is full.");
        assert_eq!(sentence("/a/b is empty"), "/a/b is empty.");
        assert_eq!(sentence(""), ".");
    }
}
