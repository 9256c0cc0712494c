//! Streams in the file: which there are, which may grow here, and how a new one begins.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sunder_domain::{CodingId, StreamId};

use crate::branch::{Forest, Stream};
use crate::error::StoreError;
use crate::hash::{BEGINNING, Hash, hex};
use crate::ids::fresh_id;
use crate::log::{self, Entry};
use crate::operation::{OperationKind, Target};
use crate::payload::{Opening, Parent, Payload, Subject};

const COLUMNS: &str =
    "id, kind, coding_id, installation, parent_stream, parent_seq, parent_hash, last_seq, last_hash";

/// Who writes, where and when: what a new stream's first operation says.
pub(crate) struct Writer<'a> {
    pub(crate) study_id: &'a str,
    pub(crate) installation: &'a str,
    pub(crate) actor: &'a str,
    pub(crate) at_ms: i64,
}

/// Every stream of the file.
pub(crate) fn forest(connection: &Connection) -> Result<Forest, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM stream ORDER BY id"))?;
    let rows = statement.query_map([], |row| Ok(stream_of(row)))?;
    let streams: Result<Vec<Stream>, StoreError> = rows.map(|row| row?).collect();
    Ok(Forest::new(streams?))
}

/// The streams that belong to one coding's chain and no others, enough to walk back from `tip`.
pub(crate) fn lineage(connection: &Connection, tip: &str) -> Result<Forest, StoreError> {
    let mut streams: Vec<Stream> = Vec::new();
    let mut next = Some(tip.to_owned());
    while let Some(id) = next {
        let Some(stream) = find(connection, &id)? else {
            break;
        };
        next = stream.parent.as_ref().map(|parent| parent.stream.clone());
        if streams.iter().any(|known| known.id == stream.id) {
            break;
        }
        streams.push(stream);
    }
    Ok(Forest::new(streams))
}

pub(crate) fn find(connection: &Connection, id: &str) -> Result<Option<Stream>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM stream WHERE id = ?1"))?;
    statement
        .query_row([id], |row| Ok(stream_of(row)))
        .optional()?
        .transpose()
}

fn stream_of(row: &Row<'_>) -> Result<Stream, StoreError> {
    let id: String = row.get(0)?;
    let kind: String = row.get(1)?;
    let subject = match (kind.as_str(), row.get::<_, Option<String>>(2)?) {
        ("setup", _) => Subject::Setup,
        ("coding", Some(coding)) => Subject::Coding {
            coding_id: CodingId::new(coding).map_err(|_| StoreError::unreadable("stream", id.as_str()))?,
        },
        _ => return Err(StoreError::unreadable("stream", id)),
    };
    let parent = match (
        row.get::<_, Option<String>>(4)?,
        row.get(5)?,
        row.get::<_, Option<Vec<u8>>>(6)?,
    ) {
        (Some(stream), Some(seq), Some(hash)) => Some(Parent {
            stream,
            seq,
            hash: hex(&hash),
        }),
        _ => None,
    };
    Ok(Stream {
        id,
        subject,
        installation: row.get(3)?,
        parent,
        last_seq: row.get(7)?,
        last_hash: row.get(8)?,
    })
}

/// Writes the derived row of a stream, as its first operation describes it.
pub(crate) fn save(connection: &Connection, stream: &Stream) -> Result<(), StoreError> {
    let (kind, coding_id) = match &stream.subject {
        Subject::Setup => ("setup", None),
        Subject::Coding { coding_id } => ("coding", Some(coding_id.as_str())),
    };
    connection
        .prepare_cached(include_str!("sql/stream_insert.sql"))?
        .execute(params![
            stream.id,
            kind,
            coding_id,
            stream.installation,
            stream.parent.as_ref().map(|parent| parent.stream.as_str()),
            stream.parent.as_ref().map(|parent| parent.seq),
            stream.parent.as_ref().map(|parent| unhex(&parent.hash)),
            stream.last_seq,
            stream.last_hash,
        ])?;
    Ok(())
}

/// Moves the derived end of a stream.
pub(crate) fn advance(connection: &Connection, id: &str, seq: u64, hash: &Hash) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE stream SET last_seq = ?2, last_hash = ?3 WHERE id = ?1")?
        .execute(params![id, seq, hash])?;
    Ok(())
}

fn is_own(connection: &Connection, id: &str) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM own_stream WHERE stream_id = ?1")?;
    Ok(statement.exists([id])?)
}

/// The tip that a target has in this file, if it has one.
pub(crate) fn tip(connection: &Connection, target: &Target) -> Result<Option<Stream>, StoreError> {
    match target {
        Target::SetUp => {
            let mut own = connection.prepare_cached(
                "SELECT id FROM stream JOIN own_stream ON own_stream.stream_id = id WHERE kind = 'setup'",
            )?;
            if let Some(id) = own.query_row([], |row| row.get::<_, String>(0)).optional()? {
                return find(connection, &id);
            }
            Ok(forest(connection)?.set_up_tip().cloned())
        }
        Target::Coding(coding_id) => {
            let mut statement = connection.prepare_cached("SELECT stream_id FROM coding WHERE id = ?1")?;
            match statement
                .query_row([coding_id.as_str()], |row| row.get::<_, String>(0))
                .optional()?
            {
                Some(id) => find(connection, &id),
                None => Ok(None),
            }
        }
    }
}

/// The stream that an act on the target is appended to: the tip where it may grow here, else a new one after it.
pub(crate) fn to_append(
    connection: &Connection,
    target: &Target,
    writer: &Writer<'_>,
) -> Result<Stream, StoreError> {
    let tip = tip(connection, target)?;
    let subject = match target {
        Target::SetUp => Subject::Setup,
        Target::Coding(coding_id) => Subject::Coding {
            coding_id: coding_id.clone(),
        },
    };
    if let Some(tip) = &tip
        && tip.subject == subject
        && is_own(connection, &tip.id)?
    {
        return Ok(tip.clone());
    }
    open(connection, subject, tip.as_ref(), writer)
}

fn open(
    connection: &Connection,
    subject: Subject,
    tip: Option<&Stream>,
    writer: &Writer<'_>,
) -> Result<Stream, StoreError> {
    let id = fresh_id(writer.at_ms)?;
    let parent = tip.map(|tip| Parent {
        stream: tip.id.clone(),
        seq: tip.last_seq,
        hash: hex(&tip.last_hash),
    });
    let opening = Opening {
        subject: subject.clone(),
        installation: writer.installation.to_owned(),
        parent,
    };
    let entry = Entry {
        stream_id: &id,
        seq: 1,
        prev_hash: BEGINNING,
        id: &fresh_id(writer.at_ms)?,
        at_ms: writer.at_ms,
        actor: writer.actor,
        kind: OperationKind::StreamOpen,
        undo_of: None,
    };
    let payload = Payload {
        opening: Some(opening.clone()),
        changes: Vec::new(),
    };
    let hash = log::write(connection, writer.study_id, &entry, &payload)?;
    let stream = Stream {
        id: id.clone(),
        subject,
        installation: opening.installation,
        parent: opening.parent,
        last_seq: 1,
        last_hash: hash.to_vec(),
    };
    save(connection, &stream)?;
    connection
        .prepare_cached("INSERT INTO own_stream (stream_id) VALUES (?1)")?
        .execute([&id])?;
    Ok(stream)
}

/// Appends one operation and moves the stream's end.
pub(crate) fn append(
    connection: &Connection,
    stream: &Stream,
    writer: &Writer<'_>,
    act: (&str, OperationKind, Option<&str>),
    payload: &Payload,
) -> Result<(StreamId, u64), StoreError> {
    let (id, kind, undo_of) = act;
    let prev_hash = Hash::try_from(stream.last_hash.as_slice())
        .map_err(|_| StoreError::unreadable("stream", stream.id.as_str()))?;
    let seq = stream.last_seq + 1;
    let entry = Entry {
        stream_id: &stream.id,
        seq,
        prev_hash,
        id,
        at_ms: writer.at_ms,
        actor: writer.actor,
        kind,
        undo_of,
    };
    let hash = log::write(connection, writer.study_id, &entry, payload)?;
    advance(connection, &stream.id, seq, &hash)?;
    let stream_id = StreamId::new(stream.id.as_str())
        .map_err(|_| StoreError::unreadable("stream", stream.id.as_str()))?;
    Ok((stream_id, seq))
}

/// Bytes of a hexadecimal text; what is no hexadecimal gives no bytes, which no hash equals.
pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    digits
        .unwrap_or_default()
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [high, low] => u8::try_from(high * 16 + low).ok(),
            _ => None,
        })
        .collect()
}
