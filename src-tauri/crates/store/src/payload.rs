//! What an operation carries: 16 random bytes, then JSON. The random bytes keep a hash from giving short words away
//! once they are erased.

use serde::{Deserialize, Serialize};
use sunder_domain::CodingId;

use crate::change::Change;
use crate::error::StoreError;

/// How many random bytes stand before the JSON.
pub(crate) const SALT: usize = 16;

/// What a stream is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Subject {
    Setup,
    Coding { coding_id: CodingId },
}

/// Where a stream continues another one: after this operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parent {
    pub(crate) stream: String,
    pub(crate) seq: u64,
    /// Lower-case hexadecimal.
    pub(crate) hash: String,
}

/// What the first operation of a stream says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    pub(crate) subject: Subject,
    pub(crate) installation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<Parent>,
}

/// The JSON part of a payload.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payload {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) opening: Option<Opening>,
    #[serde(default)]
    pub(crate) changes: Vec<Change>,
}

impl Payload {
    pub(crate) fn of(changes: Vec<Change>) -> Self {
        Self {
            opening: None,
            changes,
        }
    }

    /// The bytes as they are stored, freshly salted.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = vec![0; SALT];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
        serde_json::to_writer(&mut bytes, self).map_err(|_| StoreError::unreadable("payload", "new"))?;
        Ok(bytes)
    }

    /// Reads stored bytes; `id` is the operation's, for the message.
    pub(crate) fn from_bytes(bytes: &[u8], id: &str) -> Result<Self, StoreError> {
        bytes
            .get(SALT..)
            .and_then(|json| serde_json::from_slice(json).ok())
            .ok_or_else(|| StoreError::unreadable("operation", id))
    }
}
