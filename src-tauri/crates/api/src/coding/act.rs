//! One act on a coding: checked, written as one operation, answered with what changed.

use sunder_domain::{CodingId, OperationId, Status};
use sunder_store::{Change, NewOperation, OperationKind, Target};

use super::view::{conflict_view, judge, marker_view, rest};
use super::working::{Touched, Working};
use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::study::OpenStudy;
use crate::wire::{ApiError, CodingChange, ErrorCode};

/// Runs an act: `changes` says what is so afterwards. An act that changes nothing is not written.
pub(super) fn act(
    app: &mut App,
    coding_id: &CodingId,
    op: OperationId,
    kind: OperationKind,
    changes: impl FnOnce(&Working) -> Result<Vec<Change>, ApiError>,
) -> Result<CodingChange, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.may_write(coding_id)?;
    let actor = study.actor();
    let known = study.store.has_operation(&op)?;
    let coding = study.working(coding_id)?;
    if known {
        // Sent twice, done once: the answer is what is so now.
        let all = Touched {
            markers: coding.markers.keys().cloned().collect(),
            conflicts: coding.conflicts.keys().cloned().collect(),
        };
        return reply(study, coding_id, op, &all);
    }
    if coding.status == Status::Submitted && kind != OperationKind::Reopen {
        return Err(ApiError::new(
            ErrorCode::Locked,
            "This coding is submitted. Reopen it to change it; reopening is recorded.",
        ));
    }
    let changes = changes(coding)?;
    if changes.is_empty() {
        return reply(study, coding_id, op, &Touched::default());
    }
    let target = Target::Coding(coding_id.clone());
    let mut operations = Vec::new();
    if !coding.started {
        let header = Change::Coding {
            after: Some(coding.header.clone()),
        };
        let start = fresh().map_err(|_| no_id())?;
        operations.push((
            target.clone(),
            NewOperation::new(start, OperationKind::CodingStart, &actor, at_ms, vec![header]),
        ));
    }
    operations.push((
        target,
        NewOperation::new(op.clone(), kind, &actor, at_ms, changes),
    ));
    let committed = study.store.transact_all(operations)?;
    let changed: Vec<Change> = committed
        .into_iter()
        .flat_map(|operation| operation.changes)
        .collect();
    let touched = study.take_over(coding_id, &changed)?;
    reply(study, coding_id, op, &touched)
}

/// What the screen must hear of these changes.
pub(super) fn reply(
    study: &mut OpenStudy,
    coding_id: &CodingId,
    operation_id: OperationId,
    touched: &Touched,
) -> Result<CodingChange, ApiError> {
    let (undo, redo) = study.undo_and_redo(coding_id)?;
    let coding = study.working_ref(coding_id)?;
    let eyes = study.eyes(coding)?;
    let judged = eyes.rule.map(|rule| judge(rule, coding, eyes.number));
    let index = coding.index();
    Ok(CodingChange {
        operation_id,
        markers: touched
            .markers
            .iter()
            .filter_map(|id| coding.markers.get(id))
            .map(|marker| marker_view(coding, marker, eyes.codebook))
            .collect(),
        removed_markers: touched
            .markers
            .iter()
            .filter(|id| !coding.markers.contains_key(*id))
            .cloned()
            .collect(),
        conflicts: touched
            .conflicts
            .iter()
            .filter_map(|id| coding.conflicts.get(id))
            .map(|conflict| conflict_view(coding, conflict, &index, judged.as_ref()))
            .collect(),
        removed_conflicts: touched
            .conflicts
            .iter()
            .filter(|id| !coding.conflicts.contains_key(*id))
            .cloned()
            .collect(),
        rest: rest(coding, &eyes, judged.as_ref(), (undo, redo)),
        focus: None,
        done: None,
    })
}
