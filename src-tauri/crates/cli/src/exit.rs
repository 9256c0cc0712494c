//! How a command ends: what the caller is told, and the code it ends with.

use std::process::ExitCode;

use sunder_api::{ApiError, ErrorCode};

/// Ways to fail, in order of weight: of several files the heaviest failure decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The data says no.
    Refused = 1,
    /// The call cannot be meant like this.
    Usage = 2,
    /// Trouble with a file or the system.
    System = 3,
}

/// A command that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// What happened and what to do about it.
    #[error("{message}")]
    Told { kind: Kind, message: String },
    /// Everything was said already; only the code is left.
    #[error("")]
    Said(Kind),
    /// Nobody reads on: `sunder … | head`.
    #[error("")]
    NobodyReads,
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Told {
            kind: Kind::Usage,
            message: message.into(),
        }
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::Told {
            kind: Kind::Refused,
            message: message.into(),
        }
    }

    pub(crate) fn system(message: impl Into<String>) -> Self {
        Self::Told {
            kind: Kind::System,
            message: message.into(),
        }
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(path: &str, error: &std::io::Error) -> Self {
        Self::system(format!(
            "{path} could not be read: {error}. Check the path and that you may read it."
        ))
    }

    /// A file that cannot be written.
    pub(crate) fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::system(format!(
            "{} could not be written: {error}. Check the folder, that you may write to it, and that the disk has room.",
            path.display()
        ))
    }

    pub(crate) const fn kind(&self) -> Option<Kind> {
        match self {
            Self::Told { kind, .. } | Self::Said(kind) => Some(*kind),
            Self::NobodyReads => None,
        }
    }

    pub(crate) fn code(&self) -> ExitCode {
        match self.kind() {
            Some(Kind::Refused) => ExitCode::from(1),
            Some(Kind::Usage) => ExitCode::from(2),
            Some(Kind::System) => ExitCode::from(3),
            None => ExitCode::SUCCESS,
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Told {
            kind: kind_of(error.code),
            message: error.message,
        }
    }
}

impl From<std::io::Error> for Failure {
    /// Only printing ends here: files name their path.
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::NobodyReads
        } else {
            Self::system(format!("The output could not be written: {error}."))
        }
    }
}

const fn kind_of(code: ErrorCode) -> Kind {
    match code {
        ErrorCode::NotAllowed | ErrorCode::Locked | ErrorCode::Exists | ErrorCode::Conflict => Kind::Refused,
        ErrorCode::UnknownCommand | ErrorCode::BadRequest | ErrorCode::NotFound => Kind::Usage,
        ErrorCode::NoStudy
        | ErrorCode::OpenElsewhere
        | ErrorCode::NewerFile
        | ErrorCode::NotAStudy
        | ErrorCode::Damaged
        | ErrorCode::Passphrase
        | ErrorCode::DiskFull
        | ErrorCode::ReadOnly
        | ErrorCode::File
        | ErrorCode::Format
        | ErrorCode::Internal => Kind::System,
    }
}
