//! Reading the tables: set-up records, codings as the domain's types, content by its SHA-256.

mod coding;
mod consensus;
mod content;
mod outcomes;
mod replay;
mod rules;
mod set_up;

use rusqlite::Row;

use crate::error::StoreError;

pub(crate) use coding::coding_header;
pub use coding::{CodingFilter, CodingSummary, StoredCoding};
pub use rules::RuleVersion;
pub use set_up::StreamHead;
pub(crate) use set_up::rule;

/// A column that holds one word of a closed list.
pub(crate) fn word<T>(
    row: &Row<'_>,
    column: usize,
    read: fn(&str) -> Option<T>,
    what: (&'static str, &str),
) -> Result<T, StoreError> {
    let key: String = row.get(column)?;
    read(&key).ok_or_else(|| StoreError::unreadable(what.0, what.1))
}

/// The same, where the column may be empty.
pub(crate) fn word_or_none<T>(
    row: &Row<'_>,
    column: usize,
    read: fn(&str) -> Option<T>,
    what: (&'static str, &str),
) -> Result<Option<T>, StoreError> {
    match row.get::<_, Option<String>>(column)? {
        Some(key) => read(&key)
            .map(Some)
            .ok_or_else(|| StoreError::unreadable(what.0, what.1)),
        None => Ok(None),
    }
}

/// A column that holds an identity.
pub(crate) fn id<T: TryFrom<String>>(
    row: &Row<'_>,
    column: usize,
    kind: &'static str,
) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    T::try_from(text.clone()).map_err(|_| StoreError::unreadable(kind, text))
}

/// A column that holds JSON.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
    what: (&'static str, &str),
) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| StoreError::unreadable(what.0, what.1))
}

/// Runs a query and reads each row with a function that may find it unreadable.
pub(crate) fn all<T, P: rusqlite::Params>(
    connection: &rusqlite::Connection,
    sql: &str,
    parameters: P,
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(read(row)?);
    }
    Ok(values)
}
