//! Markers: set, changed, deleted.

use sunder_domain::{
    Actor, Clarity, Codebook, Conflict, ConflictId, FamilyKind, Marker, Role, Segment, Transcript,
};
use sunder_store::{Change, OperationKind};

use super::act::act;
use super::positions::inward;
use super::working::Working;
use crate::app::App;
use crate::wire::{AddMarker, ApiError, ChangeMarker, CodingChange, DeleteMarker, ErrorCode, MarkerEdit};

/// Marks a segment; a conflict marker starts a conflict of its own, unscored.
///
/// # Errors
/// `bad-request` for an unknown code or a segment outside the transcript, `not-allowed`, `locked`, and file errors.
pub fn add_marker(app: &mut App, request: AddMarker) -> Result<CodingChange, ApiError> {
    let codebook = app.study()?.codebook.clone();
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::MarkerAdd,
        |coding| {
            if coding.markers.contains_key(&request.marker_id) {
                return Ok(Vec::new());
            }
            let kind = kind_of(&codebook, &request.code)?;
            let segment = inward(request.segment, &coding.transcript)?;
            let conflict = match (kind, &request.conflict_id) {
                (FamilyKind::Conflict, Some(id)) => Some(id.clone()),
                (FamilyKind::Conflict, None) => {
                    return Err(ApiError::new(
                        ErrorCode::BadRequest,
                        "A conflict marker needs the id of its conflict.",
                    ));
                }
                _ => None,
            };
            let marker = Marker {
                id: request.marker_id.clone(),
                segment,
                actor: request
                    .actor
                    .unwrap_or_else(|| default_actor(&codebook, &request.code, segment, &coding.transcript)),
                code: request.code.clone(),
                clarity: Clarity::Clear,
                discuss: false,
                note: String::new(),
                conflict: conflict.clone(),
                answers: if kind == FamilyKind::Repair {
                    request.answers.clone()
                } else {
                    Vec::new()
                },
                depth: None,
                strategy: None,
            };
            let mut changes = Vec::new();
            if let Some(id) = conflict.filter(|id| !coding.conflicts.contains_key(id)) {
                changes.push(put_conflict(Conflict::new(id)));
            }
            changes.push(put_marker(marker));
            Ok(changes)
        },
    )
}

/// Changes one thing about a marker. A code of another kind makes a conflict, or leaves one.
///
/// # Errors
/// `not-found`, `bad-request`, `not-allowed`, `locked`, and file errors.
pub fn change_marker(app: &mut App, request: ChangeMarker) -> Result<CodingChange, ApiError> {
    let codebook = app.study()?.codebook.clone();
    let kind = match &request.edit {
        MarkerEdit::Code(_) => OperationKind::MarkerCode,
        MarkerEdit::Segment(_) => OperationKind::MarkerMove,
        MarkerEdit::Answers(_) => OperationKind::RepairLink,
        _ => OperationKind::MarkerEdit,
    };
    act(app, &request.coding_id, request.op.clone(), kind, |coding| {
        let before = marker_of(coding, &request.marker_id)?;
        let mut marker = before.clone();
        let mut changes = Vec::new();
        match &request.edit {
            MarkerEdit::Code(code) => {
                recode(
                    coding,
                    &codebook,
                    &mut marker,
                    code,
                    request.conflict_id.as_ref(),
                    &mut changes,
                )?;
            }
            MarkerEdit::Actor(actor) => marker.actor = *actor,
            MarkerEdit::Clarity(clarity) => marker.clarity = *clarity,
            MarkerEdit::Discuss(discuss) => marker.discuss = *discuss,
            MarkerEdit::Note(note) => marker.note.clone_from(note),
            MarkerEdit::Segment(segment) => marker.segment = inward(*segment, &coding.transcript)?,
            MarkerEdit::Answers(answers) => {
                repairs_only(&codebook, &marker)?;
                marker.answers.clone_from(answers);
            }
            MarkerEdit::Depth(depth) => {
                repairs_only(&codebook, &marker)?;
                marker.depth = *depth;
            }
            MarkerEdit::Strategy(strategy) => {
                repairs_only(&codebook, &marker)?;
                marker.strategy = *strategy;
            }
        }
        if marker != *before {
            changes.push(put_marker(marker));
        }
        Ok(changes)
    })
}

/// Deletes a marker, and its conflict with the last one.
///
/// # Errors
/// `not-found`, `not-allowed`, `locked`, and file errors.
pub fn delete_marker(app: &mut App, request: DeleteMarker) -> Result<CodingChange, ApiError> {
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::MarkerDelete,
        |coding| {
            let marker = marker_of(coding, &request.marker_id)?;
            let mut changes = vec![Change::Marker {
                id: marker.id.clone(),
                after: None,
            }];
            if let Some(conflict) = marker
                .conflict
                .as_ref()
                .filter(|conflict| is_last(coding, marker, conflict))
            {
                drop_conflict(coding, conflict, &mut changes);
            }
            Ok(changes)
        },
    )
}

pub(super) fn put_marker(marker: Marker) -> Change {
    Change::Marker {
        id: marker.id.clone(),
        after: Some(Box::new(marker)),
    }
}

pub(super) fn put_conflict(conflict: Conflict) -> Change {
    Change::Conflict {
        id: conflict.id.clone(),
        after: Some(Box::new(conflict)),
    }
}

pub(super) fn marker_of<'a>(
    coding: &'a Working,
    id: &sunder_domain::MarkerId,
) -> Result<&'a Marker, ApiError> {
    coding.markers.get(id).ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            format!("There is no marker {id} in this coding."),
        )
    })
}

/// Whether the conflict would be left without a marker.
pub(super) fn is_last(coding: &Working, marker: &Marker, conflict: &ConflictId) -> bool {
    !coding
        .markers
        .values()
        .any(|other| other.id != marker.id && other.conflict.as_ref() == Some(conflict))
}

/// A conflict that goes, and every link of this coding that named it.
pub(super) fn drop_conflict(coding: &Working, gone: &ConflictId, changes: &mut Vec<Change>) {
    redirect(coding, gone, None, changes);
    changes.push(Change::Conflict {
        id: gone.clone(),
        after: None,
    });
}

/// Links to `from` name `to` instead, or nothing.
pub(super) fn redirect(
    coding: &Working,
    from: &ConflictId,
    to: Option<&ConflictId>,
    changes: &mut Vec<Change>,
) {
    let moved = |links: &[ConflictId]| {
        let mut moved: Vec<ConflictId> = Vec::new();
        for link in links {
            let link = if link == from { to } else { Some(link) };
            if let Some(link) = link.filter(|link| !moved.contains(link)) {
                moved.push(link.clone());
            }
        }
        moved
    };
    for marker in coding
        .markers
        .values()
        .filter(|marker| marker.answers.contains(from))
    {
        changes.push(put_marker(Marker {
            answers: moved(&marker.answers),
            ..marker.clone()
        }));
    }
    for conflict in coding
        .conflicts
        .values()
        .filter(|conflict| conflict.built_from.contains(from) && conflict.id != *from)
    {
        let built_from = moved(&conflict.built_from)
            .into_iter()
            .filter(|link| *link != conflict.id)
            .collect();
        changes.push(put_conflict(Conflict {
            built_from,
            ..conflict.clone()
        }));
    }
}

fn recode(
    coding: &Working,
    codebook: &Codebook,
    marker: &mut Marker,
    code: &sunder_domain::CodeKey,
    conflict_id: Option<&ConflictId>,
    changes: &mut Vec<Change>,
) -> Result<(), ApiError> {
    let kind = kind_of(codebook, code)?;
    let allowed = codebook.code(code).map_or(&[][..], |code| code.actors.as_slice());
    if let (false, [only]) = (allowed.contains(&marker.actor), allowed) {
        marker.actor = *only;
    }
    marker.code = code.clone();
    match (marker.conflict.clone(), kind == FamilyKind::Conflict) {
        (None, true) => {
            let id = conflict_id.ok_or_else(|| {
                ApiError::new(
                    ErrorCode::BadRequest,
                    "A conflict marker needs the id of its conflict.",
                )
            })?;
            changes.push(new_conflict(coding, id)?);
            marker.conflict = Some(id.clone());
        }
        (Some(conflict), false) => {
            if is_last(coding, marker, &conflict) {
                drop_conflict(coding, &conflict, changes);
            }
            marker.conflict = None;
        }
        _ => {}
    }
    if kind != FamilyKind::Repair {
        marker.answers.clear();
        marker.depth = None;
        marker.strategy = None;
    }
    Ok(())
}

/// A conflict that is not there yet: one that is would lose its scores.
pub(super) fn new_conflict(coding: &Working, id: &ConflictId) -> Result<Change, ApiError> {
    if coding.conflicts.contains_key(id) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("There is a conflict {id} already; a new one needs an id of its own."),
        ));
    }
    Ok(put_conflict(Conflict::new(id.clone())))
}

/// The kind of a code of the codebook.
pub(crate) fn kind_of(codebook: &Codebook, code: &sunder_domain::CodeKey) -> Result<FamilyKind, ApiError> {
    codebook
        .code(code)
        .and_then(|_| codebook.kind_of(code))
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::BadRequest,
                format!("The code {code} is not in the codebook {}.", codebook.reference()),
            )
        })
}

fn repairs_only(codebook: &Codebook, marker: &Marker) -> Result<(), ApiError> {
    if kind_of(codebook, &marker.code)? != FamilyKind::Repair {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "Only a repair attempt answers conflicts and has depth and strategy.",
        ));
    }
    Ok(())
}

/// The code's only actor, or else who speaks first.
fn default_actor(
    codebook: &Codebook,
    code: &sunder_domain::CodeKey,
    segment: Segment,
    transcript: &Transcript,
) -> Actor {
    let allowed = codebook.code(code).map_or(&[][..], |code| code.actors.as_slice());
    if let [only] = allowed {
        return *only;
    }
    let speaks = transcript
        .turn(segment.turns(transcript).start)
        .map(|turn| transcript.role_of(turn));
    let speaker = match speaks {
        Some(Role::Therapist) => Actor::Therapist,
        _ => Actor::Patient,
    };
    if allowed.is_empty() || allowed.contains(&speaker) {
        speaker
    } else {
        allowed.first().copied().unwrap_or(speaker)
    }
}
