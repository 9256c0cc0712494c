//! The tables from the log: what `verify` compares with, and what merging and erasing end with.
//!
//! The set-up streams are applied as one sequence. Each keeps its own order and begins after the operation it
//! continues; among operations that could come next the earliest comes first, ties to the smaller id. Since only
//! operations count, not the order in which files met, every file with the same operations has the same tables.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use rusqlite::{Connection, params};

use crate::apply::{apply_all_coding, apply_all_set_up, begin_branch};
use crate::branch::{Branch, Forest, Stream};
use crate::change::Change;
use crate::error::StoreError;
use crate::log::{self, LogRow};
use crate::payload::Subject;
use crate::stream;

/// The streams as the log itself tells them.
pub(crate) fn forest_of_log(connection: &Connection) -> Result<Forest, StoreError> {
    let mut statement = connection.prepare(include_str!("sql/streams_of_log.sql"))?;
    let mut rows = statement.query([])?;
    let mut streams = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let first: String = row.get(3)?;
        let opening = log::find(connection, &first)?
            .ok_or_else(|| StoreError::unknown("operation", first.as_str()))?
            .read_payload()?
            .opening
            .ok_or_else(|| StoreError::unreadable("stream", id.as_str()))?;
        streams.push(Stream {
            id,
            subject: opening.subject,
            installation: opening.installation,
            parent: opening.parent,
            last_seq: row.get(1)?,
            last_hash: row.get(2)?,
        });
    }
    Ok(Forest::new(streams))
}

/// Writes all derived tables of `to`, which are empty, from the log of `from`.
pub(crate) fn rebuild(from: &Connection, to: &Connection) -> Result<(), StoreError> {
    let forest = forest_of_log(from)?;
    rebuild_streams(to, &forest)?;
    rebuild_set_up(from, to, &forest)?;
    for branch in forest.branches() {
        rebuild_coding(from, to, &forest, &branch)?;
    }
    Ok(())
}

/// Empties and writes the table of streams.
pub(crate) fn rebuild_streams(to: &Connection, forest: &Forest) -> Result<(), StoreError> {
    to.execute("DELETE FROM stream", [])?;
    forest.streams().try_for_each(|stream| stream::save(to, stream))
}

/// Empties and writes the tables of the set-up.
pub(crate) fn rebuild_set_up(from: &Connection, to: &Connection, forest: &Forest) -> Result<(), StoreError> {
    to.execute_batch(include_str!("sql/set_up_clear.sql"))?;
    for id in set_up_order(from, forest)? {
        let row = log::find(from, &id)?.ok_or_else(|| StoreError::unknown("operation", id.as_str()))?;
        apply_all_set_up(to, &row.read_payload()?.changes)?;
    }
    Ok(())
}

/// Writes the rows of one coding, which has none. An erased one does not begin, whatever was written to it since.
pub(crate) fn rebuild_coding(
    from: &Connection,
    to: &Connection,
    forest: &Forest,
    branch: &Branch,
) -> Result<(), StoreError> {
    let mut has_begun = false;
    for stretch in forest.chain(&branch.tip) {
        log::each_of_stream(from, &stretch.stream, 1, stretch.last, |row| {
            let changes = row.read_payload()?.changes;
            has_begun |= changes
                .iter()
                .any(|change| matches!(change, Change::Coding { after: Some(_) }));
            if has_begun {
                apply_all_coding(to, &branch.coding_id, &branch.tip, &changes)?;
            }
            Ok(true)
        })?;
    }
    let Some((stream_id, seq)) = &branch.parted_at else {
        return Ok(());
    };
    let at_ms: i64 = from
        .prepare_cached("SELECT at_ms FROM ops WHERE stream_id = ?1 AND seq = ?2")?
        .query_row(params![stream_id, seq], |row| row.get(0))?;
    begin_branch(to, &branch.coding_id, at_ms)
}

/// An operation of the set-up that may come next: time, id, stream, seq.
type Candidate = Reverse<(i64, String, String, u64)>;

/// The ids of all operations of the set-up, in the order they are applied.
fn set_up_order(connection: &Connection, forest: &Forest) -> Result<Vec<String>, StoreError> {
    let mut operations: HashMap<(String, u64), (i64, String)> = HashMap::new();
    let mut children: HashMap<(String, u64), Vec<String>> = HashMap::new();
    let mut next: BinaryHeap<Candidate> = BinaryHeap::new();
    let set_up: Vec<&Stream> = forest
        .streams()
        .filter(|stream| stream.subject == Subject::Setup)
        .collect();
    for stream in &set_up {
        log::each_of_stream(
            connection,
            &stream.id,
            1,
            stream.last_seq,
            |LogRow { id, seq, at_ms, .. }| {
                operations.insert((stream.id.clone(), seq), (at_ms, id));
                Ok(true)
            },
        )?;
    }
    let mut roots = Vec::new();
    for stream in &set_up {
        match &stream.parent {
            Some(parent) if operations.contains_key(&(parent.stream.clone(), parent.seq)) => {
                children
                    .entry((parent.stream.clone(), parent.seq))
                    .or_default()
                    .push(stream.id.clone());
            }
            _ => roots.push(stream.id.clone()),
        }
    }
    let candidate = |stream: &str, seq: u64| -> Option<Candidate> {
        let (at_ms, id) = operations.get(&(stream.to_owned(), seq))?;
        Some(Reverse((*at_ms, id.clone(), stream.to_owned(), seq)))
    };
    next.extend(roots.iter().filter_map(|stream| candidate(stream, 1)));
    let mut order = Vec::with_capacity(operations.len());
    while let Some(Reverse((_, id, stream, seq))) = next.pop() {
        order.push(id);
        next.extend(candidate(&stream, seq + 1));
        for child in children.remove(&(stream, seq)).unwrap_or_default() {
            next.extend(candidate(&child, 1));
        }
    }
    Ok(order)
}
