//! Opening agreement on sessions: their codings are frozen as they stand.

use std::collections::BTreeSet;

use sunder_domain::{SessionId, Status};
use sunder_store::{Change, CodingSummary, NewOperation, OperationKind, OriginalsRecord, Target};

use super::overview::{comparable, overview};
use crate::app::App;
use crate::coding::session_label;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ConsensusOverview, ErrorCode, OpenConsensus};

/// Freezes codings as they stand. What was frozen before stays as it was, unless it is to be frozen anew; codings that are
/// not submitted are left out and named, unless they are asked for.
///
/// # Errors
/// `not-allowed` for raters; `not-found` for an unknown session; `conflict` where a session that is named has fewer than
/// two codings to compare; file errors.
pub fn open(app: &mut App, request: OpenConsensus) -> Result<ConsensusOverview, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    if study.store.has_operation(&request.op)? {
        return overview(study, at_ms, Vec::new());
    }
    let mut left_out = Vec::new();
    let changes = freezing(study, &request, at_ms, &mut left_out)?;
    if !changes.is_empty() {
        let kind = OperationKind::OriginalsFreeze;
        let operation = NewOperation::new(request.op, kind, study.actor(), at_ms, changes);
        study.store.transact(Target::SetUp, operation)?;
    }
    overview(study, at_ms, left_out)
}

fn freezing(
    study: &OpenStudy,
    request: &OpenConsensus,
    at_ms: i64,
    left_out: &mut Vec<String>,
) -> Result<Vec<Change>, ApiError> {
    let codings = comparable(study)?;
    let frozen = study.store.originals()?;
    let named: BTreeSet<&SessionId> = request.sessions.iter().collect();
    let all: Vec<&SessionId> = if named.is_empty() {
        codings
            .iter()
            .filter(|(_, codings)| codings.len() > 1)
            .map(|(session, _)| session)
            .collect()
    } else {
        named.iter().copied().collect()
    };
    let mut changes = Vec::new();
    for session_id in all {
        let label = label(study, session_id)?;
        if frozen.contains_key(session_id) && !request.anew {
            continue;
        }
        let own = codings.get(session_id).map(Vec::as_slice).unwrap_or_default();
        let (taken, waiting): (Vec<&CodingSummary>, Vec<&CodingSummary>) = own
            .iter()
            .partition(|coding| request.unsubmitted || coding.status == Status::Submitted);
        for coding in waiting {
            let rater = study.rater_name(&coding.header.rater_id)?;
            left_out.push(format!("{label}: {rater} has not submitted."));
        }
        if taken.len() < 2 {
            if !named.is_empty() {
                return Err(ApiError::new(
                    ErrorCode::Conflict,
                    format!(
                        "{label} has fewer than two submitted codings to compare. Ask the raters to submit, or take in what is not submitted."
                    ),
                ));
            }
            left_out.push(format!("{label}: fewer than two codings can be compared."));
            continue;
        }
        let originals: Result<Vec<_>, _> = taken
            .iter()
            .map(|coding| study.store.original_now(&coding.id))
            .collect();
        let mut originals = originals?;
        originals.sort();
        if frozen
            .get(session_id)
            .is_some_and(|before| before.codings == originals)
        {
            continue;
        }
        changes.push(Change::Originals {
            session_id: session_id.clone(),
            after: Some(OriginalsRecord {
                codings: originals,
                frozen_ms: at_ms,
            }),
        });
    }
    Ok(changes)
}

pub(super) fn label(study: &OpenStudy, session_id: &SessionId) -> Result<String, ApiError> {
    let session = study.session(session_id)?;
    Ok(session_label(&study.case_of(&session)?.name, session.number))
}
