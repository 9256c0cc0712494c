//! Reading outcomes, and when they were looked at without a lock.

use rusqlite::Row;
use sunder_domain::Perspective;

use super::{all, from_json, id, word};
use crate::error::StoreError;
use crate::outcome::{ExplorationRecord, OutcomeKey, OutcomeRecord};
use crate::study::Study;

impl Study {
    /// Every score, by name, perspective, case and session; those of a case as a whole before those of its sessions.
    pub fn outcomes(&self) -> Result<Vec<OutcomeRecord>, StoreError> {
        let sql = "SELECT case_id, session_id, perspective, name, score FROM outcome \
                   ORDER BY name, perspective, case_id, session_id";
        all(self.connection(), sql, [], outcome_of)
    }

    /// Every look at outcomes without a lock, the first one first.
    pub fn explorations(&self) -> Result<Vec<ExplorationRecord>, StoreError> {
        let sql = "SELECT id, at_ms, rule FROM exploration ORDER BY at_ms, id";
        all(self.connection(), sql, [], |row| {
            Ok(ExplorationRecord {
                id: id(row, 0, "exploration")?,
                at_ms: row.get(1)?,
                rule: from_json(row, 2, ("exploration", "rule"))?,
            })
        })
    }
}

fn outcome_of(row: &Row<'_>) -> Result<OutcomeRecord, StoreError> {
    let session: String = row.get(1)?;
    Ok(OutcomeRecord {
        key: OutcomeKey {
            case_id: id(row, 0, "case")?,
            session_id: if session.is_empty() {
                None
            } else {
                Some(id(row, 1, "session")?)
            },
            perspective: word(row, 2, Perspective::from_key, ("outcome of session", &session))?,
            name: row.get(3)?,
        },
        score: row.get(4)?,
    })
}
