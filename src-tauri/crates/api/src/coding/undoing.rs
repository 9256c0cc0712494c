//! Undo and redo, with what to look at afterwards.

use sunder_domain::Status;
use sunder_store::{Change, Target};

use super::act::reply;
use super::working::Working;
use crate::app::App;
use crate::wire::{ApiError, CodingAct, CodingChange, ErrorCode, Focus};

/// Takes back the last act of the coding.
///
/// # Errors
/// `not-found` when there is nothing to undo, `locked`, `not-allowed`, and file errors.
pub fn undo(app: &mut App, request: CodingAct) -> Result<CodingChange, ApiError> {
    step(app, request, Direction::Back)
}

/// Does again what was undone last.
///
/// # Errors
/// `not-found` when there is nothing to redo, `locked`, `not-allowed`, and file errors.
pub fn redo(app: &mut App, request: CodingAct) -> Result<CodingChange, ApiError> {
    step(app, request, Direction::Forth)
}

#[derive(Clone, Copy)]
enum Direction {
    Back,
    Forth,
}

fn step(app: &mut App, request: CodingAct, direction: Direction) -> Result<CodingChange, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.may_write(&request.coding_id)?;
    let before = study.working(&request.coding_id)?.clone();
    if before.status == Status::Submitted {
        return Err(ApiError::new(
            ErrorCode::Locked,
            "This coding is submitted. Reopen it to change it; reopening is recorded.",
        ));
    }
    if !before.started {
        return Err(ApiError::new(
            ErrorCode::NotFound,
            "There is nothing to undo yet.",
        ));
    }
    let actor = study.actor();
    let target = Target::Coding(request.coding_id.clone());
    let (undo, redo) = study.undo_and_redo(&request.coding_id)?;
    let (taken, committed) = match direction {
        Direction::Back => (undo, study.store.undo(target, request.op.clone(), &actor, at_ms)?),
        Direction::Forth => (redo, study.store.redo(target, request.op.clone(), &actor, at_ms)?),
    };
    let touched = study.take_over(&request.coding_id, &committed.changes)?;
    let mut change = reply(study, &request.coding_id, request.op, &touched)?;
    let after = study.working_ref(&request.coding_id)?;
    change.focus = focus(&before, after, &committed.changes);
    change.done = taken;
    Ok(change)
}

/// What was changed, as a place to look at: a marker before the conflict it belongs to.
fn focus(before: &Working, after: &Working, changes: &[Change]) -> Option<Focus> {
    let marker = changes.iter().find_map(|change| match change {
        Change::Marker { id, .. } if after.markers.contains_key(id) => Some(Focus::Marker {
            marker_id: id.clone(),
        }),
        Change::Marker { id, .. } => before.markers.get(id).map(|marker| Focus::Moment {
            at_ms: before.times(marker).0,
        }),
        _ => None,
    });
    marker.or_else(|| {
        changes.iter().find_map(|change| match change {
            Change::Conflict { id, .. } if after.conflicts.contains_key(id) => Some(Focus::Conflict {
                conflict_id: id.clone(),
            }),
            Change::Window { start_ms, .. } => Some(Focus::Moment { at_ms: *start_ms }),
            Change::Note { id, .. } => after
                .notes
                .get(id)
                .or_else(|| before.notes.get(id))
                .map(|note| Focus::Moment { at_ms: note.at_ms }),
            Change::SessionRating { .. } => Some(Focus::SessionRatings),
            _ => None,
        })
    })
}
