//! Reading what consensus rests on: frozen originals, rulings, codings of record, settlements.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};
use sunder_domain::{CodingId, ConflictId, ItemKind, RulingId, SessionId, Settlement};

use super::{all, from_json, id, word};
use crate::consensus::{
    CodingOfRecord, OriginalRecord, OriginalsRecord, PassageRecord, RecordKind, RulingRecord,
};
use crate::error::StoreError;
use crate::hash::hex;
use crate::operation::Target;
use crate::stream;
use crate::study::Study;

impl Study {
    /// The frozen originals of every session that has some.
    pub fn originals(&self) -> Result<BTreeMap<SessionId, OriginalsRecord>, StoreError> {
        let sql = "SELECT session_id, coding_id, stream_id, seq, hash, frozen_ms FROM original \
                   ORDER BY session_id, coding_id";
        let mut originals: BTreeMap<SessionId, OriginalsRecord> = BTreeMap::new();
        for (session_id, original, frozen_ms) in all(self.connection(), sql, [], original_of)? {
            originals
                .entry(session_id)
                .or_insert_with(|| OriginalsRecord {
                    codings: Vec::new(),
                    frozen_ms,
                })
                .codings
                .push(original);
        }
        Ok(originals)
    }

    /// The frozen originals of one session; `None` where nobody has frozen any.
    pub fn originals_of(&self, session_id: &SessionId) -> Result<Option<OriginalsRecord>, StoreError> {
        let sql = "SELECT session_id, coding_id, stream_id, seq, hash, frozen_ms FROM original \
                   WHERE session_id = ?1 ORDER BY coding_id";
        let rows = all(self.connection(), sql, [session_id.as_str()], original_of)?;
        Ok(rows.first().map(|(_, _, frozen_ms)| OriginalsRecord {
            frozen_ms: *frozen_ms,
            codings: rows.iter().map(|(_, original, _)| original.clone()).collect(),
        }))
    }

    /// Where a coding stands now: what freezing records.
    pub fn original_now(&self, coding_id: &CodingId) -> Result<OriginalRecord, StoreError> {
        let tip = stream::tip(self.connection(), &Target::Coding(coding_id.clone()))?
            .ok_or_else(|| StoreError::unknown("coding", coding_id.as_str()))?;
        Ok(OriginalRecord {
            coding_id: coding_id.clone(),
            stream: tip.id,
            seq: tip.last_seq,
            hash: hex(&tip.last_hash),
        })
    }

    /// Rulings by entry, the oldest first.
    pub fn rulings(&self) -> Result<Vec<RulingRecord>, StoreError> {
        let sql = "SELECT id, codebook, entry, text, at_ms, session_id, transcript_sha256, segment, words \
                   FROM ruling ORDER BY entry, at_ms, id";
        all(self.connection(), sql, [], ruling_of)
    }

    /// What counts in results, for every session that it is fixed for.
    pub fn codings_of_record(&self) -> Result<BTreeMap<SessionId, CodingOfRecord>, StoreError> {
        let sql = "SELECT session_id, kind, rater_id, seed, fixed_ms FROM coding_of_record";
        Ok(all(self.connection(), sql, [], coding_of_record_of)?
            .into_iter()
            .collect())
    }
}

/// How the items of a consensus coding were settled, by item.
pub(super) fn settlements(connection: &Connection, coding_id: &str) -> Result<Vec<Settlement>, StoreError> {
    all(
        connection,
        include_str!("../sql/settlements.sql"),
        [coding_id],
        settlement_of,
    )
}

fn original_of(row: &Row<'_>) -> Result<(SessionId, OriginalRecord, i64), StoreError> {
    Ok((
        id(row, 0, "session")?,
        OriginalRecord {
            coding_id: id(row, 1, "coding")?,
            stream: row.get(2)?,
            seq: row.get(3)?,
            hash: row.get(4)?,
        },
        row.get(5)?,
    ))
}

fn ruling_of(row: &Row<'_>) -> Result<RulingRecord, StoreError> {
    let ruling_id: RulingId = id(row, 0, "ruling")?;
    let what = ("ruling", ruling_id.as_str());
    let passage = match row.get::<_, Option<String>>(5)? {
        Some(_) => Some(PassageRecord {
            session_id: id(row, 5, "session")?,
            transcript_sha256: row.get(6)?,
            segment: from_json(row, 7, what)?,
            words: from_json(row, 8, what)?,
        }),
        None => None,
    };
    Ok(RulingRecord {
        codebook: row.get(1)?,
        entry: row.get(2)?,
        text: row.get(3)?,
        at_ms: row.get(4)?,
        passage,
        id: ruling_id,
    })
}

fn coding_of_record_of(row: &Row<'_>) -> Result<(SessionId, CodingOfRecord), StoreError> {
    let session_id: SessionId = id(row, 0, "session")?;
    let kind: String = row.get(1)?;
    let rater_id = || id(row, 2, "rater");
    let kind = match kind.as_str() {
        "consensus" => RecordKind::Consensus,
        "mean" => RecordKind::Mean,
        "rater" => RecordKind::Rater {
            rater_id: rater_id()?,
        },
        "random" => RecordKind::Random {
            seed: row.get(3)?,
            rater_id: rater_id()?,
        },
        _ => return Err(StoreError::unreadable("coding of record", session_id.as_str())),
    };
    let fixed_ms = row.get(4)?;
    Ok((session_id, CodingOfRecord { kind, fixed_ms }))
}

fn settlement_of(row: &Row<'_>) -> Result<Settlement, StoreError> {
    let item: String = row.get(0)?;
    let what = ("settlement", item.as_str());
    let conflict: Option<ConflictId> = match row.get::<_, Option<String>>(4)? {
        Some(_) => Some(id(row, 4, "conflict")?),
        None => None,
    };
    Ok(Settlement {
        kind: word(row, 1, ItemKind::from_key, what)?,
        choice: from_json(row, 2, what)?,
        sources: from_json(row, 3, what)?,
        conflict,
        markers: from_json(row, 5, what)?,
        means: from_json(row, 6, what)?,
        reason: row.get(7)?,
        present: row.get(8)?,
        at_ms: row.get(9)?,
        item,
    })
}
