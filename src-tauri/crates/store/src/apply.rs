//! Applying changes to the derived tables: the only code that writes them, for acts, undo, merging and rebuilds alike.

mod coding;
mod consensus;
mod outcome;
mod set_up;

use rusqlite::Connection;

use crate::change::Change;
use crate::error::StoreError;

pub(crate) use coding::{apply_coding, begin_branch, remove_coding};
pub(crate) use set_up::apply_set_up;

/// The JSON text of a column; the values are our own and always have one.
pub(crate) fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::unreadable("value", "new"))
}

/// Applies what belongs to the set-up and passes over the rest, which a damaged log may hold.
pub(crate) fn apply_all_set_up(connection: &Connection, changes: &[Change]) -> Result<(), StoreError> {
    changes
        .iter()
        .try_for_each(|change| apply_set_up(connection, change))
}

/// Applies what belongs to one coding.
pub(crate) fn apply_all_coding(
    connection: &Connection,
    coding_id: &str,
    stream_id: &str,
    changes: &[Change],
) -> Result<(), StoreError> {
    changes
        .iter()
        .try_for_each(|change| apply_coding(connection, coding_id, stream_id, change))
}
