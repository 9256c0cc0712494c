//! Errors as the edge sees them: a code to switch on, a message to show.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, in the few ways that a caller can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// No command has this name.
    UnknownCommand,
    /// The request does not say what is needed, or says something impossible.
    BadRequest,
    /// No study is open.
    NoStudy,
    /// What the request names is not there.
    NotFound,
    /// This person may not do or see this.
    NotAllowed,
    /// The coding is submitted; reopen it first.
    Locked,
    /// Another program has the study open.
    OpenElsewhere,
    /// The file was made by a newer Sunder.
    NewerFile,
    /// The file is not a study, or it is encrypted.
    NotAStudy,
    /// The file is damaged.
    Damaged,
    /// The passphrase is wrong or missing.
    Passphrase,
    /// The disk is full.
    DiskFull,
    /// The file or folder cannot be written.
    ReadOnly,
    /// Any other trouble with a file.
    File,
    /// The file to import cannot be read.
    Format,
    /// It is there already, and different.
    Exists,
    /// The data says no: what is needed is not there yet, or does not fit.
    Conflict,
    /// A fault of the program, not of the data.
    Internal,
}

/// What happened, to what, and what to do about it. Never words of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    pub code: ErrorCode,
    pub message: String,
}

impl ApiError {
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}
