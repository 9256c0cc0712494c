//! Changes about outcomes.

use rusqlite::{Connection, params};

use super::json;
use crate::error::StoreError;
use crate::outcome::{ExplorationRecord, OutcomeKey};

pub(super) fn put_outcome(
    connection: &Connection,
    key: &OutcomeKey,
    score: Option<f64>,
) -> Result<(), StoreError> {
    let session_id = key.session_id.as_ref().map_or("", |id| id.as_str());
    let perspective = key.perspective.key();
    let case_id = key.case_id.as_str();
    match score {
        Some(score) => connection
            .prepare_cached(include_str!("../sql/outcome_put.sql"))?
            .execute(params![case_id, session_id, perspective, key.name, score])?,
        None => connection
            .prepare_cached(include_str!("../sql/outcome_remove.sql"))?
            .execute(params![case_id, session_id, perspective, key.name])?,
    };
    Ok(())
}

pub(super) fn put_exploration(
    connection: &Connection,
    exploration: &ExplorationRecord,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO exploration (id, at_ms, rule) VALUES (?1, ?2, ?3)")?
        .execute(params![
            exploration.id.as_str(),
            exploration.at_ms,
            json(&exploration.rule)?
        ])?;
    Ok(())
}
