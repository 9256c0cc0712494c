//! Reading and writing a codebook's JSON, with errors that name line and column; the built-in codebook.

use std::sync::LazyLock;

use super::Codebook;
use crate::json::{self, Header, locate};

/// What is wrong with a codebook that is sound JSON. Keys and letters are quoted as they stand in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodebookProblem {
    #[error("{0:?} is not a key; use lower-case words joined by hyphens")]
    NotAKey(String),
    #[error("the edition is 0; the first edition is 1")]
    NoEdition,
    #[error("window_seconds is 0; give the length of a window in seconds")]
    NoWindow,
    #[error("{what} has no {field}")]
    Blank { what: String, field: &'static str },
    #[error("the key {0:?} is used twice")]
    DuplicateKey(String),
    #[error("{0:?} is not a letter; use one capital letter A to Z")]
    NotALetter(String),
    #[error("the letter {letter:?} is used twice {among}; letters pick codes on the keyboard")]
    DuplicateLetter { letter: String, among: String },
    #[error("code {code:?} stands in family {family:?}; its key must begin with {family:?} and a slash")]
    OtherFamily { code: String, family: String },
    #[error("code {0:?} lists no actors; list patient, therapist or both")]
    NoActors(String),
    #[error("{what:?} needs five anchors with the values 1, 2, 3, 4, 5 in this order")]
    Anchors { what: String },
    #[error(
        "the scale {0:?} is missing; conflicts are scored on significance, intensity, centrality, endangerment"
    )]
    NoScale(&'static str),
    #[error("rating {0:?} is given for nothing; list session, window or both in \"per\"")]
    NoScope(String),
    #[error("the codebook has no family of kind conflict; nothing could be judged with it")]
    NoConflictFamily,
}

/// Why a codebook cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodebookError {
    #[error("the codebook cannot be read, line {line}, column {column}: {message}")]
    Json {
        line: usize,
        column: usize,
        message: String,
    },
    #[error("the file calls itself {0:?}; a codebook says \"sunder-codebook\"")]
    Format(String),
    #[error(
        "the codebook has format version {0}; this program reads version 1, and version {0} is newer: update Sunder"
    )]
    Newer(u64),
    #[error("the codebook has format version 0; the first version is 1")]
    NoSuchVersion,
    #[error("line {line}, column {column}: {problem}")]
    Invalid {
        line: usize,
        column: usize,
        problem: CodebookProblem,
    },
}

const BUILT_IN: &str = include_str!("../../codebooks/sunder-1.json");

impl Codebook {
    /// The codebook in a JSON text, or why it cannot be used.
    pub fn from_json(text: &str) -> Result<Self, CodebookError> {
        let unreadable = |error: &serde_json::Error| CodebookError::Json {
            line: error.line(),
            column: error.column(),
            message: json::message(error),
        };
        let text = json::without_mark(text);
        let header = Header::of(text).map_err(|error| unreadable(&error))?;
        match (header.format, header.version) {
            (Some(format), _) if format != Self::FORMAT => return Err(CodebookError::Format(format)),
            (_, Some(version)) if version > u64::from(Self::VERSION) => {
                return Err(CodebookError::Newer(version));
            }
            (_, Some(0)) => return Err(CodebookError::NoSuchVersion),
            _ => {}
        }
        let codebook: Self = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
        match codebook.examine() {
            Ok(()) => Ok(codebook),
            Err((path, problem)) => {
                let (line, column) = locate(text, &path);
                Err(CodebookError::Invalid {
                    line,
                    column,
                    problem,
                })
            }
        }
    }

    /// The codebook as JSON, pretty.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not text or a failing writer can fail; a codebook has neither.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The codebook that comes with the program, `sunder@1`.
    #[must_use]
    pub fn built_in() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "part of the program, not data: a test reads it"
        )]
        static CODEBOOK: LazyLock<Codebook> =
            LazyLock::new(|| Codebook::from_json(BUILT_IN).expect("the built-in codebook is sound"));
        CODEBOOK.clone()
    }

    /// The built-in codebook as the file a lab can copy and edit.
    #[must_use]
    pub const fn built_in_json() -> &'static str {
        BUILT_IN
    }
}

#[cfg(test)]
mod tests;
