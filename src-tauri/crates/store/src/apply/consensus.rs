//! Changes about consensus, of the set-up and of consensus codings.

use rusqlite::{Connection, params};
use sunder_domain::Settlement;

use super::json;
use crate::consensus::{CodingOfRecord, OriginalsRecord, RecordKind, RulingRecord};
use crate::error::StoreError;

/// The originals of a session are replaced together.
pub(super) fn put_originals(
    connection: &Connection,
    session_id: &str,
    after: Option<&OriginalsRecord>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM original WHERE session_id = ?1")?
        .execute([session_id])?;
    let Some(record) = after else { return Ok(()) };
    let mut insert = connection.prepare_cached(include_str!("../sql/original_put.sql"))?;
    for original in &record.codings {
        insert.execute(params![
            session_id,
            original.coding_id.as_str(),
            original.stream,
            original.seq,
            original.hash,
            record.frozen_ms,
        ])?;
    }
    Ok(())
}

pub(super) fn put_ruling(connection: &Connection, ruling: &RulingRecord) -> Result<(), StoreError> {
    let passage = ruling.passage.as_ref();
    connection
        .prepare_cached(include_str!("../sql/ruling_put.sql"))?
        .execute(params![
            ruling.id.as_str(),
            ruling.codebook,
            ruling.entry,
            ruling.text,
            ruling.at_ms,
            passage.map(|passage| passage.session_id.as_str()),
            passage.map(|passage| passage.transcript_sha256.as_str()),
            passage.map(|passage| json(&passage.segment)).transpose()?,
            passage.map(|passage| json(&passage.words)).transpose()?,
        ])?;
    Ok(())
}

pub(super) fn put_coding_of_record(
    connection: &Connection,
    session_id: &str,
    record: &CodingOfRecord,
) -> Result<(), StoreError> {
    let (rater, seed) = match &record.kind {
        RecordKind::Consensus | RecordKind::Mean => (None, None),
        RecordKind::Rater { rater_id } => (Some(rater_id.as_str()), None),
        RecordKind::Random { seed, rater_id } => (Some(rater_id.as_str()), Some(*seed)),
    };
    connection
        .prepare_cached(include_str!("../sql/coding_of_record_put.sql"))?
        .execute(params![
            session_id,
            record.kind.key(),
            rater,
            seed,
            record.fixed_ms
        ])?;
    Ok(())
}

pub(super) fn put_settlement(
    connection: &Connection,
    coding_id: &str,
    settlement: &Settlement,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/settlement_put.sql"))?
        .execute(params![
            coding_id,
            settlement.item,
            settlement.kind.key(),
            json(&settlement.choice)?,
            json(&settlement.sources)?,
            settlement.conflict.as_ref().map(|id| id.as_str()),
            json(&settlement.markers)?,
            json(&settlement.means)?,
            settlement.reason,
            settlement.present,
            settlement.at_ms,
        ])?;
    Ok(())
}
