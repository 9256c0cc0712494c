//! Identities: newtypes over short strings, so that a marker's id can never stand where a conflict's is wanted.
//!
//! What the program makes is a UUIDv7; what other programs wrote is kept as it is, as long as it is 1–64 printable
//! ASCII characters without spaces.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const LONGEST: usize = 64;

/// Why a string cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an id is empty; give every conflict and marker an id of 1 to 64 characters")]
    Empty,
    #[error("an id has {0} characters; at most 64 are allowed")]
    TooLong(usize),
    #[error("an id holds a space or a character outside printable ASCII")]
    Character,
    #[error("a code's key has the form family/code in lower case, for example withdrawal/denial")]
    NotACodeKey,
}

fn judged(text: &str) -> Result<(), IdError> {
    match text.chars().count() {
        0 => Err(IdError::Empty),
        n if n > LONGEST => Err(IdError::TooLong(n)),
        _ if text.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(()),
        _ => Err(IdError::Character),
    }
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
        #[serde(try_from = "String", into = "String")]
        #[ts(type = "string")]
        #[schemars(extend("pattern" = "^[!-~]{1,64}$"))]
        pub struct $name(Box<str>);

        impl $name {
            /// The id, or why the text cannot be one.
            pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                judged(&text)?;
                Ok(Self(text.into_boxed_str()))
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(/// One study file.
    StudyId);
id!(/// One patient with one therapist.
    CaseId);
id!(/// One meeting of a case.
    SessionId);
id!(/// One person who codes.
    RaterId);
id!(/// One rater's pass over one session.
    CodingId);
id!(/// One marked place.
    MarkerId);
id!(/// One event that is judged.
    ConflictId);
id!(/// One free note on a moment.
    NoteId);
id!(/// One operation of the log.
    OperationId);
id!(/// One stream of operations, written on one installation.
    StreamId);
id!(/// One named rule of a study.
    RuleId);
id!(/// One ruling of the lead on an entry of the codebook.
    RulingId);

/// A code's key that never changes: `family/code`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
#[schemars(extend("pattern" = "^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$"))]
pub struct CodeKey(Box<str>);

impl CodeKey {
    /// The key, or why the text cannot be one.
    pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
        let text = text.into();
        let word = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        match text.split_once('/') {
            Some((family, code)) if word(family) && word(code) => Ok(Self(text.into_boxed_str())),
            _ => Err(IdError::NotACodeKey),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of the family the code belongs to.
    #[must_use]
    pub fn family(&self) -> &str {
        self.0.split_once('/').map_or("", |(family, _)| family)
    }
}

impl TryFrom<String> for CodeKey {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl From<CodeKey> for String {
    fn from(key: CodeKey) -> Self {
        key.0.into_string()
    }
}

impl fmt::Display for CodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
