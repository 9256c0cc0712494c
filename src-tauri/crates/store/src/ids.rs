//! Fresh identities for what the store itself writes: UUIDv7 of the given moment.

use uuid::{Builder, Uuid};

use crate::error::StoreError;

/// A UUIDv7 whose time is `at_ms` (Unix ms; what lies before 1970 counts as 0).
pub(crate) fn fresh_id(at_ms: i64) -> Result<String, StoreError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|_| StoreError::Randomness)?;
    let uuid: Uuid =
        Builder::from_unix_timestamp_millis(u64::try_from(at_ms).unwrap_or(0), &random).into_uuid();
    Ok(uuid.to_string())
}
