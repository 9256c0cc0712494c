//! Settling: one item, all that agree, all the rest as one original has it; and taking it back.

use std::sync::Arc;

use sunder_domain::{OperationId, SessionId, Settlement, Status};
use sunder_store::{Change, NewOperation, OperationKind, Target};

use super::content::{agreed, column_of, decide, mean, take};
use super::draft::{Words, changes, put, take_out};
use super::items::{Item, same_class};
use super::table::{Table, settlements_of};
use super::view::{view, with_focus};
use crate::app::{App, no_id};
use crate::coding::{Index, Working};
use crate::environment::fresh;
use crate::study::OpenStudy;
use crate::wire::{
    AgreedOn, ApiError, ConsensusAct, ConsensusView, ErrorCode, SettleAgreed, SettleItem, SettleRest,
    UnsettleItem,
};

/// Settles one item, or settles it again.
///
/// # Errors
/// `not-allowed` for raters; `not-found` for an unknown session, item or coding; `bad-request` for what cannot be;
/// `locked` where the consensus is submitted; file errors.
pub fn settle(app: &mut App, request: SettleItem) -> Result<ConsensusView, ApiError> {
    let at_ms = app.now_ms();
    let study = ready(app)?;
    let words = Words {
        reason: request.reason.trim(),
        present: request.present.trim(),
        at_ms,
    };
    let codebook = Arc::clone(&study.codebook);
    let by = (&request.session_id, request.op, OperationKind::ConsensusSettle);
    act(study, by, at_ms, |table, items, _, draft| {
        let item = find(items, &request.item)?;
        let decided = decide(table, item, &request.by, &codebook)?;
        put(draft, table, item, decided, &words)
    })?;
    view(study, &request.session_id, request.hide_names, at_ms)
}

/// Settles in one step all that all originals agree on and that is not settled.
///
/// # Errors
/// As [`settle`].
pub fn settle_agreed(app: &mut App, request: SettleAgreed) -> Result<ConsensusView, ApiError> {
    let at_ms = app.now_ms();
    let study = ready(app)?;
    let words = Words {
        reason: request.reason.trim(),
        present: request.present.trim(),
        at_ms,
    };
    let rule = study.rule.rule.clone();
    let by = (
        &request.session_id,
        request.op,
        OperationKind::ConsensusSettleAgreed,
    );
    act(study, by, at_ms, |table, items, indexes, draft| {
        for item in unsettled(table, items) {
            if item.agreed() {
                put(draft, table, item, agreed(table, item), &words)?;
            } else if request.on == AgreedOn::Class && same_class(&rule, item, indexes) {
                put(draft, table, item, mean(table, item)?, &words)?;
            }
        }
        Ok(())
    })?;
    view(study, &request.session_id, request.hide_names, at_ms)
}

/// Settles in one step all that is not settled as one original has it.
///
/// # Errors
/// As [`settle`].
pub fn settle_rest(app: &mut App, request: SettleRest) -> Result<ConsensusView, ApiError> {
    let at_ms = app.now_ms();
    let study = ready(app)?;
    let words = Words {
        reason: request.reason.trim(),
        present: request.present.trim(),
        at_ms,
    };
    let by = (
        &request.session_id,
        request.op,
        OperationKind::ConsensusSettleRest,
    );
    act(study, by, at_ms, |table, items, _, draft| {
        let original = column_of(table, &request.coding_id)?;
        for item in unsettled(table, items) {
            if let Some(decided) = take(table, item, original) {
                put(draft, table, item, decided, &words)?;
            }
        }
        Ok(())
    })?;
    view(study, &request.session_id, request.hide_names, at_ms)
}

/// Makes an item unsettled again; what it put into the consensus goes.
///
/// # Errors
/// As [`settle`].
pub fn unsettle(app: &mut App, request: UnsettleItem) -> Result<ConsensusView, ApiError> {
    let at_ms = app.now_ms();
    let study = ready(app)?;
    let by = (&request.session_id, request.op, OperationKind::ConsensusUnsettle);
    act(study, by, at_ms, |table, items, _, draft| {
        // What the originals have no more can be unsettled as well: it goes by the name it was settled under.
        let settled: Vec<Settlement> = match find(items, &request.item) {
            Ok(item) => settlements_of(&table.consensus, item)
                .into_iter()
                .cloned()
                .collect(),
            Err(unknown) => match table.consensus.settlements.get(&request.item) {
                Some(settlement) => vec![settlement.clone()],
                None => return Err(unknown),
            },
        };
        for settlement in &settled {
            take_out(draft, settlement);
        }
        Ok(())
    })?;
    view(study, &request.session_id, request.hide_names, at_ms)
}

/// Takes back the last act on the session's consensus.
///
/// # Errors
/// `not-found` when there is nothing to undo; `locked`, `not-allowed`, file errors.
pub fn undo(app: &mut App, request: ConsensusAct) -> Result<ConsensusView, ApiError> {
    step(app, &request, OperationKind::Undo)
}

/// Does again what was undone last.
///
/// # Errors
/// `not-found` when there is nothing to redo; `locked`, `not-allowed`, file errors.
pub fn redo(app: &mut App, request: ConsensusAct) -> Result<ConsensusView, ApiError> {
    step(app, &request, OperationKind::Redo)
}

fn step(app: &mut App, request: &ConsensusAct, kind: OperationKind) -> Result<ConsensusView, ApiError> {
    let at_ms = app.now_ms();
    let study = ready(app)?;
    let coding_id = super::table::consensus_of(study, &request.session_id)?
        .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "Nothing of this session is settled yet."))?;
    let (target, op, actor) = (Target::Coding(coding_id), request.op.clone(), study.actor());
    let committed = if kind == OperationKind::Undo {
        study.store.undo(target, op, &actor, at_ms)?
    } else {
        study.store.redo(target, op, &actor, at_ms)?
    };
    study.forget_codings();
    let focus = committed.changes.iter().find_map(|change| match change {
        Change::Settlement { item, .. } => Some(item.as_str()),
        _ => None,
    });
    with_focus(
        view(study, &request.session_id, request.hide_names, at_ms)?,
        focus,
    )
}

fn ready(app: &mut App) -> Result<&mut OpenStudy, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    Ok(study)
}

/// Works an act out on a draft and writes it as one operation; one that changes nothing is not written, and one that was
/// sent twice is done once.
fn act(
    study: &mut OpenStudy,
    (session_id, op, kind): (&SessionId, OperationId, OperationKind),
    at_ms: i64,
    work: impl FnOnce(&Table, &[Item<'_>], &[Index<'_>], &mut Working) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    if study.store.has_operation(&op)? {
        return Ok(());
    }
    let table = Table::of(study, session_id, at_ms)?;
    if table.consensus.status == Status::Submitted {
        return Err(ApiError::new(
            ErrorCode::Locked,
            "This consensus is submitted. Reopen it to change it; reopening is recorded.",
        ));
    }
    let indexes = table.indexes();
    let items = table.items(&indexes);
    let mut draft = table.consensus.clone();
    work(&table, &items, &indexes, &mut draft)?;
    table.links.carry_over(&mut draft);
    let changes = changes(&table.consensus, &draft);
    if changes.is_empty() {
        return Ok(());
    }
    let target = Target::Coding(draft.id.clone());
    let actor = study.actor();
    let mut operations = Vec::new();
    if !draft.started {
        let begun = vec![
            Change::Coding {
                after: Some(draft.header.clone()),
            },
            Change::Coverage {
                after: draft.coverage.clone(),
            },
        ];
        let start = fresh().map_err(|_| no_id())?;
        operations.push((
            target.clone(),
            NewOperation::new(start, OperationKind::CodingStart, &actor, at_ms, begun),
        ));
    }
    operations.push((target, NewOperation::new(op, kind, &actor, at_ms, changes)));
    study.store.transact_all(operations)?;
    study.forget_codings();
    Ok(())
}

fn find<'items, 'parts>(items: &'items [Item<'parts>], name: &str) -> Result<&'items Item<'parts>, ApiError> {
    items.iter().find(|item| item.id == name).ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "There is no such thing to settle in this session. Its codings may have been frozen anew.",
        )
    })
}

fn unsettled<'items, 'parts: 'items>(
    table: &'items Table,
    items: &'items [Item<'parts>],
) -> impl Iterator<Item = &'items Item<'parts>> {
    items
        .iter()
        .filter(|item| settlements_of(&table.consensus, item).is_empty())
}
