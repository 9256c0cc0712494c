//! The operation log: appending to a stream, and reading operations back. Nothing here ever changes a row.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::StoreError;
use crate::hash::{Hash, Header, sha256};
use crate::operation::OperationKind;
use crate::payload::{Payload, SALT};

/// An operation about to be written at the end of its stream.
pub(crate) struct Entry<'a> {
    pub(crate) stream_id: &'a str,
    pub(crate) seq: u64,
    pub(crate) prev_hash: Hash,
    pub(crate) id: &'a str,
    pub(crate) at_ms: i64,
    pub(crate) actor: &'a str,
    pub(crate) kind: OperationKind,
    pub(crate) undo_of: Option<&'a str>,
}

/// Writes the operation and returns its hash.
pub(crate) fn write(
    connection: &Connection,
    study_id: &str,
    entry: &Entry<'_>,
    payload: &Payload,
) -> Result<Hash, StoreError> {
    let bytes = payload.to_bytes()?;
    let payload_sha256 = sha256(&bytes);
    let hash = Header {
        prev_hash: &entry.prev_hash,
        study_id,
        stream_id: entry.stream_id,
        seq: entry.seq,
        id: entry.id,
        at_ms: entry.at_ms,
        actor: entry.actor,
        kind: entry.kind.key(),
        undo_of: entry.undo_of,
        payload_sha256: &payload_sha256,
    }
    .hash();
    connection
        .prepare_cached(include_str!("sql/ops_insert.sql"))?
        .execute(params![
            entry.id,
            entry.stream_id,
            entry.seq,
            entry.at_ms,
            entry.actor,
            entry.kind.key(),
            bytes,
            payload_sha256,
            entry.undo_of,
            entry.prev_hash,
            hash,
        ])?;
    Ok(hash)
}

/// One operation as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogRow {
    pub(crate) id: String,
    pub(crate) stream_id: String,
    pub(crate) seq: u64,
    pub(crate) at_ms: i64,
    pub(crate) actor: String,
    pub(crate) kind: String,
    /// `None` once erased.
    pub(crate) payload: Option<Vec<u8>>,
    pub(crate) payload_sha256: Vec<u8>,
    pub(crate) undo_of: Option<String>,
    pub(crate) prev_hash: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

const COLUMNS: &str =
    "id, stream_id, seq, at_ms, actor, kind, payload, payload_sha256, undo_of, prev_hash, hash";

impl LogRow {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            stream_id: row.get(1)?,
            seq: row.get(2)?,
            at_ms: row.get(3)?,
            actor: row.get(4)?,
            kind: row.get(5)?,
            payload: row.get(6)?,
            payload_sha256: row.get(7)?,
            undo_of: row.get(8)?,
            prev_hash: row.get(9)?,
            hash: row.get(10)?,
        })
    }

    /// What its hash ought to be.
    pub(crate) fn expected_hash(&self, study_id: &str) -> Hash {
        Header {
            prev_hash: &self.prev_hash,
            study_id,
            stream_id: &self.stream_id,
            seq: self.seq,
            id: &self.id,
            at_ms: self.at_ms,
            actor: &self.actor,
            kind: &self.kind,
            undo_of: self.undo_of.as_deref(),
            payload_sha256: &self.payload_sha256,
        }
        .hash()
    }

    /// Whether both are one operation; the payload counts by its hash, since one file may have erased it.
    pub(crate) fn same_operation(&self, other: &Self) -> bool {
        self.id == other.id
            && self.stream_id == other.stream_id
            && self.seq == other.seq
            && self.at_ms == other.at_ms
            && self.actor == other.actor
            && self.kind == other.kind
            && self.undo_of == other.undo_of
            && self.payload_sha256 == other.payload_sha256
            && self.prev_hash == other.prev_hash
            && self.hash == other.hash
    }

    /// Whether the text stands anywhere in what it carries: spares reading most of a long log.
    pub(crate) fn mentions(&self, text: &str) -> bool {
        let json = self.payload.as_deref().and_then(|bytes| bytes.get(SALT..));
        json.is_some_and(|json| std::str::from_utf8(json).map_or(true, |json| json.contains(text)))
    }

    /// What it carries; nothing once erased.
    pub(crate) fn read_payload(&self) -> Result<Payload, StoreError> {
        match &self.payload {
            Some(bytes) => Payload::from_bytes(bytes, &self.id),
            None => Ok(Payload::default()),
        }
    }
}

/// The operation with this id.
pub(crate) fn find(connection: &Connection, id: &str) -> Result<Option<LogRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM ops WHERE id = ?1"))?;
    Ok(statement.query_row([id], LogRow::of).optional()?)
}

/// Calls `each` with the operations of a stream from `first` to `last`, in order, until it says `false`.
pub(crate) fn each_of_stream(
    connection: &Connection,
    stream_id: &str,
    first: u64,
    last: u64,
    mut each: impl FnMut(LogRow) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM ops WHERE stream_id = ?1 AND seq BETWEEN ?2 AND ?3 ORDER BY seq"
    ))?;
    let mut rows = statement.query(params![stream_id, first, clamped(last)])?;
    while let Some(row) = rows.next()? {
        if !each(LogRow::of(row)?)? {
            break;
        }
    }
    Ok(())
}

/// The same, newest first.
pub(crate) fn each_of_stream_backwards(
    connection: &Connection,
    stream_id: &str,
    last: u64,
    mut each: impl FnMut(LogRow) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM ops WHERE stream_id = ?1 AND seq <= ?2 ORDER BY seq DESC"
    ))?;
    let mut rows = statement.query(params![stream_id, clamped(last)])?;
    while let Some(row) = rows.next()? {
        if !each(LogRow::of(row)?)? {
            break;
        }
    }
    Ok(())
}

/// Calls `each` with every operation of the file, stream by stream, each stream in order.
pub(crate) fn each(
    connection: &Connection,
    mut each: impl FnMut(LogRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM ops ORDER BY stream_id, seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(LogRow::of(row)?)?;
    }
    Ok(())
}

/// SQLite counts in signed numbers; "to the end" is the largest of them.
fn clamped(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
