//! Changes of one coding.

use rusqlite::{Connection, params};
use sunder_domain::{Conflict, Marker, Score, Segment, Status};

use super::consensus::put_settlement;
use super::json;
use crate::change::{Change, sorted};
use crate::error::StoreError;
use crate::record::{CodingHeader, StatusRecord};

/// A score as a column holds it: 0 for "cannot judge".
fn column(score: Option<Score>) -> Option<u8> {
    score.map(|score| score.value().unwrap_or(0))
}

/// Makes the rows of the coding say what the change says.
pub(crate) fn apply_coding(
    connection: &Connection,
    coding_id: &str,
    stream_id: &str,
    change: &Change,
) -> Result<(), StoreError> {
    match change {
        Change::Coding { after: Some(header) } => put_coding(connection, coding_id, stream_id, header),
        Change::Coding { after: None } => remove_coding(connection, coding_id),
        Change::Status { after } => put_status(connection, coding_id, after.as_ref()),
        Change::Conflict {
            after: Some(conflict),
            ..
        } => put_conflict(connection, coding_id, conflict),
        Change::Conflict { id, after: None } => remove(
            connection,
            "DELETE FROM conflict WHERE coding_id = ?1 AND id = ?2",
            coding_id,
            id.as_str(),
        ),
        Change::Marker {
            after: Some(marker), ..
        } => put_marker(connection, coding_id, marker),
        Change::Marker { id, after: None } => remove(
            connection,
            "DELETE FROM marker WHERE coding_id = ?1 AND id = ?2",
            coding_id,
            id.as_str(),
        ),
        Change::SessionRating {
            key,
            after: Some(score),
        } => {
            connection
                .prepare_cached("INSERT OR REPLACE INTO rating (coding_id, key, score) VALUES (?1, ?2, ?3)")?
                .execute(params![coding_id, key, column(Some(*score))])?;
            Ok(())
        }
        Change::SessionRating { key, after: None } => remove(
            connection,
            "DELETE FROM rating WHERE coding_id = ?1 AND key = ?2",
            coding_id,
            key,
        ),
        Change::Window {
            after: Some(window), ..
        } => {
            connection
                .prepare_cached(include_str!("../sql/window_put.sql"))?
                .execute(params![
                    coding_id,
                    window.start_ms,
                    window.end_ms,
                    window.nothing_here,
                    json(&window.ratings)?
                ])?;
            Ok(())
        }
        Change::Window {
            start_ms,
            after: None,
        } => {
            connection
                .prepare_cached("DELETE FROM window_rating WHERE coding_id = ?1 AND start_ms = ?2")?
                .execute(params![coding_id, start_ms])?;
            Ok(())
        }
        Change::Note {
            after: Some(note), ..
        } => {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO note (coding_id, id, at_ms, text) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![coding_id, note.id.as_str(), note.at_ms, note.text])?;
            Ok(())
        }
        Change::Note { id, after: None } => remove(
            connection,
            "DELETE FROM note WHERE coding_id = ?1 AND id = ?2",
            coding_id,
            id.as_str(),
        ),
        Change::Coverage { after } => put_coverage(connection, coding_id, after),
        Change::Dismissed { members, after: true } => {
            connection
                .prepare_cached("INSERT OR IGNORE INTO dismissed (coding_id, members) VALUES (?1, ?2)")?
                .execute(params![coding_id, json(&sorted(members))?])?;
            Ok(())
        }
        Change::Dismissed {
            members,
            after: false,
        } => remove(
            connection,
            "DELETE FROM dismissed WHERE coding_id = ?1 AND members = ?2",
            coding_id,
            &json(&sorted(members))?,
        ),
        Change::Settlement {
            after: Some(settlement),
            ..
        } => put_settlement(connection, coding_id, settlement),
        Change::Settlement { item, after: None } => remove(
            connection,
            "DELETE FROM settlement WHERE coding_id = ?1 AND item = ?2",
            coding_id,
            item,
        ),
        _ => Ok(()),
    }
}

fn remove(connection: &Connection, sql: &str, coding_id: &str, id: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([coding_id, id])?;
    Ok(())
}

/// Removes the coding and, by its foreign keys, all that belongs to it.
pub(crate) fn remove_coding(connection: &Connection, coding_id: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM coding WHERE id = ?1")?
        .execute([coding_id])?;
    Ok(())
}

/// Says when a coding left the one it is a branch of.
pub(crate) fn begin_branch(connection: &Connection, coding_id: &str, at_ms: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE coding SET branched_ms = ?2 WHERE id = ?1")?
        .execute(params![coding_id, at_ms])?;
    Ok(())
}

fn put_coding(
    connection: &Connection,
    coding_id: &str,
    stream_id: &str,
    header: &CodingHeader,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/coding_put.sql"))?
        .execute(params![
            coding_id,
            stream_id,
            header.session_id.as_str(),
            header.rater_id.as_str(),
            header.purpose.key(),
            header.perspective.key(),
            header.material.key(),
            header.codebook,
            header.transcript.version,
            header.transcript.sha256,
            header.started_ms,
            Status::Open.key(),
        ])?;
    Ok(())
}

fn put_status(
    connection: &Connection,
    coding_id: &str,
    status: Option<&StatusRecord>,
) -> Result<(), StoreError> {
    let (key, submitted_ms, reason) = match status {
        Some(record) => (
            record.status,
            (record.status == Status::Submitted).then_some(record.at_ms),
            record.reason.as_deref(),
        ),
        None => (Status::Open, None, None),
    };
    connection
        .prepare_cached("UPDATE coding SET status = ?2, submitted_ms = ?3, reason = ?4 WHERE id = ?1")?
        .execute(params![coding_id, key.key(), submitted_ms, reason])?;
    Ok(())
}

fn put_conflict(connection: &Connection, coding_id: &str, conflict: &Conflict) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/conflict_put.sql"))?
        .execute(params![
            coding_id,
            conflict.id.as_str(),
            column(conflict.significance),
            column(conflict.factors.intensity),
            column(conflict.factors.centrality),
            column(conflict.factors.endangerment),
            conflict.relationship.map(|word| word.key()),
            json(&conflict.elements)?,
            conflict.origin.map(|word| word.key()),
            conflict.failed_care.map(|word| word.key()),
            conflict.painful_affect.map(|word| word.key()),
            conflict.addressed.map(|word| word.key()),
            conflict.settled.map(|word| word.key()),
            json(&conflict.built_from)?,
            conflict.note,
        ])?;
    Ok(())
}

fn put_marker(connection: &Connection, coding_id: &str, marker: &Marker) -> Result<(), StoreError> {
    let (kind, text, time) = match marker.segment {
        Segment::Text { start, end } => ("text", Some((start, end)), None),
        Segment::Time { start_ms, end_ms } => ("time", None, Some((start_ms, end_ms))),
        Segment::Whole => ("whole", None, None),
    };
    connection
        .prepare_cached(include_str!("../sql/marker_put.sql"))?
        .execute(params![
            coding_id,
            marker.id.as_str(),
            kind,
            text.map(|(start, _)| start.turn),
            text.map(|(start, _)| start.char),
            text.map(|(_, end)| end.turn),
            text.map(|(_, end)| end.char),
            time.map(|(start_ms, _)| start_ms),
            time.map(|(_, end_ms)| end_ms),
            marker.code.as_str(),
            marker.actor.key(),
            marker.clarity.key(),
            marker.discuss,
            marker.note,
            marker.conflict.as_ref().map(|id| id.as_str()),
            json(&marker.answers)?,
            marker.depth.map(|word| word.key()),
            marker.strategy.map(|word| word.key()),
        ])?;
    Ok(())
}

fn put_coverage(connection: &Connection, coding_id: &str, spans: &[(u32, u32)]) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM coverage WHERE coding_id = ?1")?
        .execute([coding_id])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO coverage (coding_id, start_ms, end_ms) VALUES (?1, ?2, ?3)",
    )?;
    for (start_ms, end_ms) in spans {
        insert.execute(params![coding_id, start_ms, end_ms])?;
    }
    Ok(())
}
