//! Everything that can go wrong with a study file: what happened, and what to do about it.
//!
//! Messages may name the path the user gave, since the remedy needs it; never words of a transcript or a note.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What the store refuses, and why. `code()` is what programs switch on; the message is for people.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{} does not exist; check the path, or make a new study there", .0.display())]
    Missing(PathBuf),
    #[error("{} exists already; choose another name, Sunder never overwrites a study", .0.display())]
    Exists(PathBuf),
    #[error("{} is a folder; name the study file itself, it ends in .sunder", .0.display())]
    Directory(PathBuf),
    #[error("{} is empty; it never was a study, or its content was lost{}", path.display(), remedy(path, backup.as_deref()))]
    Empty { path: PathBuf, backup: Option<PathBuf> },
    #[error("{} is not a Sunder study, or it is encrypted: if it has a passphrase, give it", .0.display())]
    NotAStudy(PathBuf),
    #[error("{} does not open with this passphrase: the passphrase is wrong, or the file is not a study", .0.display())]
    WrongPassphrase(PathBuf),
    #[error("{} has no passphrase; open it without one", .0.display())]
    NotEncrypted(PathBuf),
    #[error("{} is a database of another program, not a Sunder study", .0.display())]
    OtherProgram(PathBuf),
    #[error("{} was made by a newer Sunder (file version {file}, this program reads up to {program}); update Sunder", path.display())]
    Newer { path: PathBuf, file: u32, program: u32 },
    #[error("{} is damaged ({detail}){}", path.display(), remedy(path, backup.as_deref()))]
    Damaged {
        path: PathBuf,
        detail: String,
        backup: Option<PathBuf>,
    },
    #[error("{} was changed outside Sunder, or its disk damaged it ({detail}). What you do now is kept. Close it and run `sunder verify` to see all of it{}", path.display(), newest(backup.as_deref()))]
    Altered {
        path: PathBuf,
        detail: String,
        backup: Option<PathBuf>,
    },
    #[error("{} was moved, or another file took its place, while it was open. What you do now goes to the file that was opened. Close it, put the right file there, and open that", .0.display())]
    Replaced(PathBuf),
    #[error("{} cannot be written: {detail}; allow writing to the file and its folder, or copy the study elsewhere and open the copy", path.display())]
    ReadOnly { path: PathBuf, detail: String },
    #[error("{} is open elsewhere; close it in the other window or program first", .0.display())]
    OpenElsewhere(PathBuf),
    #[error(
        "the disk is full: nothing of this step was kept, everything before it is safe; free some space and try again"
    )]
    DiskFull,
    #[error("the file could not be {action}: {source}")]
    File {
        action: &'static str,
        source: std::io::Error,
    },
    #[error("the database refused: {0}")]
    Database(rusqlite::Error),
    #[error(
        "{kind} {id} is in the file but cannot be read; run `sunder verify`, and restore a backup if it reports damage"
    )]
    Unreadable { kind: &'static str, id: String },
    #[error("there is no {kind} {id} in this study")]
    Unknown { kind: &'static str, id: String },
    #[error("the coding {0} is submitted; reopen it first, reopening is recorded")]
    Submitted(String),
    #[error("the rule {0} is locked and cannot change; change a copy of it")]
    RuleLocked(String),
    #[error("{kind} {id} is fixed and cannot change; add a new version instead")]
    Fixed { kind: &'static str, id: String },
    #[error("an operation of the kind {kind} cannot change {entity}")]
    Misplaced {
        kind: &'static str,
        entity: &'static str,
    },
    #[error("the operation {0} is known with other content; give every act an id of its own")]
    OperationReused(String),
    #[error("the change does not fit together: a marker names a conflict that is not in its coding")]
    Inconsistent,
    #[error("there is nothing to undo")]
    NothingToUndo,
    #[error("there is nothing to redo")]
    NothingToRedo,
    #[error("{} is another study; only copies of the same study can be merged", .0.display())]
    OtherStudy(PathBuf),
    #[error(
        "operation {operation} differs between the two files; nothing was merged. Run `sunder verify` on both: one was altered outside Sunder"
    )]
    MergeDiffers { operation: String },
    #[error(
        "operation {operation} of the other file breaks its chain; nothing was merged. Run `sunder verify` on the other file"
    )]
    MergeBroken { operation: String },
    #[error("the backup {} did not pass its check and was not kept: {detail}", path.display())]
    BackupFailed { path: PathBuf, detail: String },
    #[error("the system gave no random numbers; try again")]
    Randomness,
    #[error(
        "the work in the background was ended before it was done; it begins again when the study is opened"
    )]
    Ended,
    #[error("an earlier failure left this study closed for writing; close it and open it again")]
    Closed,
}

impl StoreError {
    /// A stable word for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Exists(_) => "exists",
            Self::Directory(_) => "directory",
            Self::Empty { .. } => "empty",
            Self::NotAStudy(_) => "not-a-study",
            Self::WrongPassphrase(_) => "wrong-passphrase",
            Self::NotEncrypted(_) => "not-encrypted",
            Self::OtherProgram(_) => "other-program",
            Self::Newer { .. } => "newer",
            Self::Damaged { .. } => "damaged",
            Self::Altered { .. } => "altered",
            Self::Replaced(_) => "replaced",
            Self::ReadOnly { .. } => "read-only",
            Self::OpenElsewhere(_) => "open-elsewhere",
            Self::DiskFull => "disk-full",
            Self::File { .. } => "file",
            Self::Database(_) => "database",
            Self::Unreadable { .. } => "unreadable",
            Self::Unknown { .. } => "unknown",
            Self::Submitted(_) => "submitted",
            Self::RuleLocked(_) => "rule-locked",
            Self::Fixed { .. } => "fixed",
            Self::Misplaced { .. } => "misplaced",
            Self::OperationReused(_) => "operation-reused",
            Self::Inconsistent => "inconsistent",
            Self::NothingToUndo => "nothing-to-undo",
            Self::NothingToRedo => "nothing-to-redo",
            Self::OtherStudy(_) => "other-study",
            Self::MergeDiffers { .. } => "merge-differs",
            Self::MergeBroken { .. } => "merge-broken",
            Self::BackupFailed { .. } => "backup-failed",
            Self::Randomness => "randomness",
            Self::Ended => "ended",
            Self::Closed => "closed",
        }
    }

    pub(crate) fn file(action: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File { action, source },
        }
    }

    pub(crate) fn unreadable(kind: &'static str, id: impl Into<String>) -> Self {
        Self::Unreadable { kind, id: id.into() }
    }

    pub(crate) fn unknown(kind: &'static str, id: impl Into<String>) -> Self {
        Self::Unknown { kind, id: id.into() }
    }
}

/// The sentence that names the backup to restore, or says that there is none.
fn remedy(path: &Path, backup: Option<&Path>) -> String {
    match backup {
        Some(backup) => format!(
            "; nothing was changed. The newest good backup is {}: move {} (and the file ending in -wal beside it, if there is one) away, then copy the backup to its place",
            backup.display(),
            path.display()
        ),
        None => "; nothing was changed, and no good backup lies beside it".to_owned(),
    }
}

/// Names the newest good backup of a study that is open, or says that there is none.
fn newest(backup: Option<&Path>) -> String {
    match backup {
        Some(backup) => format!("; the newest good backup is {}", backup.display()),
        None => "; no good backup lies beside it".to_owned(),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::SystemIoFailure) => Self::File {
                action: "read or written",
                source: std::io::Error::other(error.to_string()),
            },
            Some(ErrorCode::ConstraintViolation) if is_foreign_key(&error) => Self::Inconsistent,
            _ => Self::Database(error),
        }
    }
}

fn is_foreign_key(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}
