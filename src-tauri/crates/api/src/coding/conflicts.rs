//! Conflicts: judged, joined, parted, and linked to the strains they were built from.

use sunder_domain::{Conflict, ConflictId, Marker, Score};
use sunder_store::{Change, OperationKind};

use super::act::act;
use super::markers::{is_last, marker_of, new_conflict, put_conflict, put_marker, redirect};
use super::working::{Working, in_order};
use crate::app::App;
use crate::wire::{
    ApiError, ChangeConflict, CodingChange, ConflictEdit, DismissAccumulation, ErrorCode, JoinConflicts,
    PartMarker,
};

/// Changes one thing about a conflict.
///
/// # Errors
/// `not-found`, `not-allowed`, `locked`, and file errors.
pub fn change_conflict(app: &mut App, request: ChangeConflict) -> Result<CodingChange, ApiError> {
    let kind = match &request.edit {
        ConflictEdit::Significance(_)
        | ConflictEdit::Intensity(_)
        | ConflictEdit::Centrality(_)
        | ConflictEdit::Endangerment(_) => OperationKind::ConflictScore,
        ConflictEdit::BuiltFrom(_) => OperationKind::BuildUpConfirm,
        _ => OperationKind::ConflictEdit,
    };
    act(app, &request.coding_id, request.op.clone(), kind, |coding| {
        let before = conflict_of(coding, &request.conflict_id)?;
        let mut conflict = before.clone();
        edit(&mut conflict, &request.edit)?;
        Ok(if conflict == *before {
            Vec::new()
        } else {
            vec![put_conflict(conflict)]
        })
    })
}

/// Joins one conflict into another: its markers and links move; the higher scores stay, and what the kept one does not say
/// is taken over.
///
/// # Errors
/// `not-found`, `bad-request` for a conflict joined to itself, `not-allowed`, `locked`, and file errors.
pub fn join_conflicts(app: &mut App, request: JoinConflicts) -> Result<CodingChange, ApiError> {
    if request.keep == request.join {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "A conflict cannot be joined to itself.",
        ));
    }
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::ConflictJoin,
        |coding| {
            let keep = conflict_of(coding, &request.keep)?;
            let join = conflict_of(coding, &request.join)?;
            let mut changes = Vec::new();
            for marker in coding
                .markers
                .values()
                .filter(|marker| marker.conflict.as_ref() == Some(&join.id))
            {
                changes.push(put_marker(Marker {
                    conflict: Some(keep.id.clone()),
                    ..marker.clone()
                }));
            }
            redirect(coding, &join.id, Some(&keep.id), &mut changes);
            changes.retain(|change| !matches!(change, Change::Conflict { id, .. } if *id == keep.id));
            changes.push(put_conflict(joined(keep, join)));
            changes.push(Change::Conflict {
                id: join.id.clone(),
                after: None,
            });
            Ok(changes)
        },
    )
}

/// Parts a marker from its conflict into an unscored one of its own.
///
/// # Errors
/// `not-found`, `bad-request` for the only marker of a conflict, `not-allowed`, `locked`, and file errors.
pub fn part_marker(app: &mut App, request: PartMarker) -> Result<CodingChange, ApiError> {
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::ConflictPart,
        |coding| {
            let marker = marker_of(coding, &request.marker_id)?;
            match &marker.conflict {
                Some(conflict) if !is_last(coding, marker, conflict) => {}
                _ => {
                    return Err(ApiError::new(
                        ErrorCode::BadRequest,
                        "This marker is the only one of its conflict: there is nothing to part it from.",
                    ));
                }
            }
            Ok(vec![
                new_conflict(coding, &request.conflict_id)?,
                put_marker(Marker {
                    conflict: Some(request.conflict_id.clone()),
                    ..marker.clone()
                }),
            ])
        },
    )
}

/// Says of a proposed build-up that it is none, or takes that back.
///
/// # Errors
/// `not-allowed`, `locked`, and file errors.
pub fn dismiss_accumulation(app: &mut App, request: DismissAccumulation) -> Result<CodingChange, ApiError> {
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::BuildUpDismiss,
        |coding| {
            if coding.dismissed.contains(&in_order(&request.members)) == request.dismissed {
                return Ok(Vec::new());
            }
            Ok(vec![Change::Dismissed {
                members: request.members.clone(),
                after: request.dismissed,
            }])
        },
    )
}

fn conflict_of<'a>(coding: &'a Working, id: &ConflictId) -> Result<&'a Conflict, ApiError> {
    coding.conflicts.get(id).ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            format!("There is no conflict {id} in this coding."),
        )
    })
}

/// Does one edit.
pub(crate) fn edit(conflict: &mut Conflict, edit: &ConflictEdit) -> Result<(), ApiError> {
    match edit {
        ConflictEdit::Significance(score) => conflict.significance = *score,
        ConflictEdit::Intensity(score) => conflict.factors.intensity = *score,
        ConflictEdit::Centrality(score) => conflict.factors.centrality = *score,
        ConflictEdit::Endangerment(score) => conflict.factors.endangerment = *score,
        ConflictEdit::Relationship(relationship) => conflict.relationship = *relationship,
        ConflictEdit::Elements(elements) => {
            conflict.elements.clone_from(elements);
            conflict.elements.sort_unstable();
            conflict.elements.dedup();
        }
        ConflictEdit::Origin(origin) => conflict.origin = *origin,
        ConflictEdit::FailedCare(failed_care) => conflict.failed_care = *failed_care,
        ConflictEdit::PainfulAffect(affect) => conflict.painful_affect = *affect,
        ConflictEdit::Addressed(addressed) => conflict.addressed = *addressed,
        ConflictEdit::Settled(settled) => conflict.settled = *settled,
        ConflictEdit::BuiltFrom(built_from) => {
            if built_from.contains(&conflict.id) {
                return Err(ApiError::new(
                    ErrorCode::BadRequest,
                    "A conflict is not built from itself.",
                ));
            }
            conflict.built_from.clone_from(built_from);
        }
        ConflictEdit::Note(note) => conflict.note.clone_from(note),
    }
    Ok(())
}

/// Both as one: of two scores the higher one, since they are one event now; else what the kept one says, or only the other.
fn joined(keep: &Conflict, join: &Conflict) -> Conflict {
    let mut elements = keep.elements.clone();
    elements.extend(
        join.elements
            .iter()
            .filter(|element| !keep.elements.contains(element)),
    );
    let built_from = keep
        .built_from
        .iter()
        .chain(
            join.built_from
                .iter()
                .filter(|link| !keep.built_from.contains(link)),
        )
        .filter(|link| **link != keep.id && **link != join.id)
        .cloned()
        .collect();
    let note = match (keep.note.as_str(), join.note.as_str()) {
        (kept, "") => kept.to_owned(),
        ("", other) => other.to_owned(),
        (kept, other) => format!("{kept}\n{other}"),
    };
    Conflict {
        id: keep.id.clone(),
        significance: higher(keep.significance, join.significance),
        factors: sunder_domain::Factors {
            intensity: higher(keep.factors.intensity, join.factors.intensity),
            centrality: higher(keep.factors.centrality, join.factors.centrality),
            endangerment: higher(keep.factors.endangerment, join.factors.endangerment),
        },
        relationship: keep.relationship.or(join.relationship),
        elements,
        origin: keep.origin.or(join.origin),
        failed_care: keep.failed_care.or(join.failed_care),
        painful_affect: keep.painful_affect.or(join.painful_affect),
        addressed: keep.addressed.or(join.addressed),
        settled: keep.settled.or(join.settled),
        built_from,
        note,
    }
}

/// The higher of two scores; "cannot judge" counts below every value, nothing below that.
fn higher(one: Option<Score>, other: Option<Score>) -> Option<Score> {
    let rank = |score: Option<Score>| score.map(|score| score.value().unwrap_or_default());
    if rank(other) > rank(one) { other } else { one }
}
