//! What an act may not do, whoever asks: the rules that keep fixed things fixed.

use rusqlite::{Connection, OptionalExtension, params};
use sunder_domain::{CodingId, Purpose, Status};

use crate::change::Change;
use crate::consensus::OriginalsRecord;
use crate::error::StoreError;
use crate::hash::hex;
use crate::operation::{OperationKind, Target};
use crate::outcome::OutcomeKey;
use crate::read;
use crate::record::{CodebookRecord, CodingHeader, RuleRecord, TranscriptRecord};
use crate::transact::status;

/// Refuses what cannot be: changes in the wrong place, or of what is submitted, locked or fixed.
pub(crate) fn check(
    connection: &Connection,
    target: &Target,
    kind: OperationKind,
    changes: &[Change],
) -> Result<(), StoreError> {
    for change in changes {
        let is_status = matches!(change, Change::Status { .. });
        let is_internal = matches!(change, Change::Head { .. } | Change::Erased { .. });
        let is_reopening = matches!(kind, OperationKind::Submit | OperationKind::Reopen);
        // Importing a coding may bring it in submitted.
        let admits_status = is_reopening || kind == OperationKind::CodingImport;
        if is_internal || change.is_set_up() != (*target == Target::SetUp) || (is_status && !admits_status) {
            return Err(StoreError::Misplaced {
                kind: kind.key(),
                entity: change.entity(),
            });
        }
    }
    match target {
        Target::SetUp => changes
            .iter()
            .try_for_each(|change| check_set_up(connection, change)),
        Target::Coding(coding_id) => {
            check_coding(connection, coding_id, kind, changes)?;
            check_settlements(connection, coding_id, kind, changes)
        }
    }
}

/// Only a consensus settles.
fn check_settlements(
    connection: &Connection,
    coding_id: &CodingId,
    kind: OperationKind,
    changes: &[Change],
) -> Result<(), StoreError> {
    let settles = |change: &&Change| matches!(change, Change::Settlement { .. });
    let Some(settlement) = changes.iter().find(settles) else {
        return Ok(());
    };
    let begun = changes.iter().find_map(|change| match change {
        Change::Coding { after } => after.as_ref().map(|header| header.purpose),
        _ => None,
    });
    let purpose = match begun {
        Some(purpose) => purpose,
        None => read::coding_header(connection, coding_id)?.purpose,
    };
    if purpose == Purpose::Consensus {
        Ok(())
    } else {
        Err(StoreError::Misplaced {
            kind: kind.key(),
            entity: settlement.entity(),
        })
    }
}

fn check_coding(
    connection: &Connection,
    coding_id: &CodingId,
    kind: OperationKind,
    changes: &[Change],
) -> Result<(), StoreError> {
    let header = changes.iter().find_map(|change| match change {
        Change::Coding { after } => Some(after.as_ref()),
        _ => None,
    });
    match (status(connection, coding_id)?, header) {
        (Some(Status::Submitted), _) if kind != OperationKind::Reopen => {
            Err(StoreError::Submitted(coding_id.to_string()))
        }
        (Some(_), Some(Some(after))) if kind == OperationKind::CodingCarry => {
            check_carry(connection, coding_id, after)
        }
        (Some(_), Some(after)) if after != Some(&read::coding_header(connection, coding_id)?) => {
            Err(StoreError::Fixed {
                kind: "coding",
                id: coding_id.to_string(),
            })
        }
        (Some(_), _) => Ok(()),
        (None, Some(Some(_))) if !had_streams(connection, coding_id)? => Ok(()),
        (None, Some(Some(_))) => Err(StoreError::Fixed {
            kind: "coding",
            id: coding_id.to_string(),
        }),
        (None, _) => Err(StoreError::unknown("coding", coding_id.as_str())),
    }
}

/// Nothing of a coding is changed by carrying it over but the version it stands on, and that is one of its session's.
fn check_carry(
    connection: &Connection,
    coding_id: &CodingId,
    after: &CodingHeader,
) -> Result<(), StoreError> {
    let before = read::coding_header(connection, coding_id)?;
    let same_but_version = CodingHeader {
        transcript: before.transcript.clone(),
        ..after.clone()
    };
    let mut version = connection
        .prepare_cached("SELECT 1 FROM transcript WHERE session_id = ?1 AND version = ?2 AND sha256 = ?3")?;
    let is_known = version.exists(params![
        before.session_id.as_str(),
        after.transcript.version,
        after.transcript.sha256
    ])?;
    if same_but_version == before && is_known {
        Ok(())
    } else {
        Err(StoreError::Fixed {
            kind: "coding",
            id: coding_id.to_string(),
        })
    }
}

/// A coding that was erased leaves its streams; its id is not used again.
fn had_streams(connection: &Connection, coding_id: &CodingId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM stream WHERE coding_id = ?1")?;
    Ok(statement.exists([coding_id.as_str()])?)
}

fn check_set_up(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Rule { id, after } => match read::rule(connection, id)? {
            Some(rule) if rule.locked.is_some() && after.as_ref() != Some(&rule) => {
                Err(StoreError::RuleLocked(id.to_string()))
            }
            _ => same_id(
                after.as_ref().map(|rule: &RuleRecord| rule.id == *id),
                "rule",
                id.as_str(),
            ),
        },
        Change::Ruling { id, after } => same_id(
            after.as_ref().map(|ruling| ruling.id == *id),
            "ruling",
            id.as_str(),
        ),
        Change::Recording { session_id, after } => same_id(
            after
                .as_ref()
                .map(|recording| recording.session_id == *session_id),
            "recording of session",
            session_id.as_str(),
        ),
        Change::Outcome { of, after } => check_outcome(connection, of, *after),
        Change::Exploration { id, after } => same_id(
            after.as_ref().map(|exploration| exploration.id == *id),
            "exploration",
            id.as_str(),
        ),
        Change::Originals {
            session_id,
            after: Some(record),
        } => check_originals(connection, session_id.as_str(), record),
        Change::Transcript {
            session_id,
            version,
            after,
        } => {
            let fixed: Option<String> = connection
                .prepare_cached("SELECT sha256 FROM transcript WHERE session_id = ?1 AND version = ?2")?
                .query_row(params![session_id.as_str(), version], |row| row.get(0))
                .optional()?;
            let sha256 = after
                .as_ref()
                .map(|transcript: &TranscriptRecord| transcript.sha256.as_str());
            is_fixed(fixed.as_deref(), sha256, "transcript", session_id.as_str())?;
            sha256.map_or(Ok(()), |sha256| has_content(connection, sha256))
        }
        Change::Codebook { reference, after } => {
            let fixed: Option<String> = connection
                .prepare_cached("SELECT sha256 FROM codebook WHERE reference = ?1")?
                .query_row([reference], |row| row.get(0))
                .optional()?;
            let sha256 = after
                .as_ref()
                .map(|codebook: &CodebookRecord| codebook.sha256.as_str());
            is_fixed(fixed.as_deref(), sha256, "codebook", reference)?;
            sha256.map_or(Ok(()), |sha256| has_content(connection, sha256))
        }
        _ => Ok(()),
    }
}

/// A score is a number, of a case of the study or of one of its sessions.
fn check_outcome(connection: &Connection, of: &OutcomeKey, after: Option<f64>) -> Result<(), StoreError> {
    let Some(score) = after else { return Ok(()) };
    let case_id = of.case_id.as_str();
    if !score.is_finite() || of.name.trim().is_empty() {
        return Err(StoreError::unreadable("outcome of case", case_id));
    }
    let known = match &of.session_id {
        None => connection
            .prepare_cached(r#"SELECT 1 FROM "case" WHERE id = ?1"#)?
            .exists([case_id])?,
        Some(session_id) => connection
            .prepare_cached("SELECT 1 FROM session WHERE id = ?1 AND case_id = ?2")?
            .exists([session_id.as_str(), case_id])?,
    };
    match &of.session_id {
        _ if known => Ok(()),
        None => Err(StoreError::unknown("case", case_id)),
        Some(session_id) => Err(StoreError::unknown("session", session_id.as_str())),
    }
}

/// What is frozen is something, and was written like that.
fn check_originals(
    connection: &Connection,
    session_id: &str,
    record: &OriginalsRecord,
) -> Result<(), StoreError> {
    if record.codings.is_empty() {
        return Err(StoreError::unknown("original of session", session_id));
    }
    let mut written = connection.prepare_cached("SELECT hash FROM ops WHERE stream_id = ?1 AND seq = ?2")?;
    for original in &record.codings {
        let hash: Option<Vec<u8>> = written
            .query_row(params![original.stream, original.seq], |row| row.get(0))
            .optional()?;
        if hash.map(|hash| hex(&hash)).as_ref() != Some(&original.hash) {
            return Err(StoreError::unknown("coding", original.coding_id.as_str()));
        }
    }
    Ok(())
}

fn same_id(same: Option<bool>, kind: &'static str, id: &str) -> Result<(), StoreError> {
    if same == Some(false) {
        Err(StoreError::Fixed {
            kind,
            id: id.to_owned(),
        })
    } else {
        Ok(())
    }
}

fn is_fixed(
    before: Option<&str>,
    after: Option<&str>,
    kind: &'static str,
    id: &str,
) -> Result<(), StoreError> {
    match before {
        Some(before) if Some(before) != after => Err(StoreError::Fixed {
            kind,
            id: id.to_owned(),
        }),
        _ => Ok(()),
    }
}

fn has_content(connection: &Connection, sha256: &str) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM content WHERE sha256 = ?1")?;
    if statement.exists([sha256])? {
        Ok(())
    } else {
        Err(StoreError::unknown("content", sha256))
    }
}
