//! What is said of moments, windows and the session: notes, ratings, "nothing here", and what was seen.

use std::collections::BTreeMap;

use sunder_domain::{Marker, Note, RatingScope, WindowRating};
use sunder_store::{Change, OperationKind};

use super::act::act;
use super::working::Working;
use crate::app::App;
use crate::wire::{
    AddCoverage, ApiError, CodingChange, DeleteNote, ErrorCode, PutNote, SetNothingHere, SetRating,
};

/// Adds a note on a moment, or changes one.
///
/// # Errors
/// `not-allowed`, `locked`, and file errors.
pub fn put_note(app: &mut App, request: PutNote) -> Result<CodingChange, ApiError> {
    let known = app
        .study_mut()?
        .working(&request.coding_id)?
        .notes
        .contains_key(&request.note_id);
    let kind = if known {
        OperationKind::NoteEdit
    } else {
        OperationKind::NoteAdd
    };
    act(app, &request.coding_id, request.op.clone(), kind, |coding| {
        let note = Note {
            id: request.note_id.clone(),
            at_ms: request.at_ms,
            text: request.text.clone(),
        };
        if coding.notes.get(&note.id) == Some(&note) {
            return Ok(Vec::new());
        }
        Ok(vec![Change::Note {
            id: note.id.clone(),
            after: Some(note),
        }])
    })
}

/// Deletes a note.
///
/// # Errors
/// `not-found`, `not-allowed`, `locked`, and file errors.
pub fn delete_note(app: &mut App, request: DeleteNote) -> Result<CodingChange, ApiError> {
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::NoteDelete,
        |coding| {
            if !coding.notes.contains_key(&request.note_id) {
                return Err(ApiError::new(
                    ErrorCode::NotFound,
                    format!("There is no note {} in this coding.", request.note_id),
                ));
            }
            Ok(vec![Change::Note {
                id: request.note_id.clone(),
                after: None,
            }])
        },
    )
}

/// Rates the session, or one window, on a scale of the codebook.
///
/// # Errors
/// `bad-request` where the codebook does not ask for this rating there, `not-allowed`, `locked`, and file errors.
pub fn set_rating(app: &mut App, request: SetRating) -> Result<CodingChange, ApiError> {
    let scope = if request.window.is_some() {
        RatingScope::Window
    } else {
        RatingScope::Session
    };
    let asked = app
        .study()?
        .codebook
        .ratings
        .iter()
        .any(|rating| rating.key == request.key && rating.per.contains(&scope));
    if !asked {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("The codebook asks for no rating {} per {scope}.", request.key),
        ));
    }
    let Some(window) = request.window else {
        return act(
            app,
            &request.coding_id,
            request.op.clone(),
            OperationKind::SessionRate,
            |coding| {
                if coding.session_ratings.get(&request.key) == request.score.as_ref() {
                    return Ok(Vec::new());
                }
                Ok(vec![Change::SessionRating {
                    key: request.key.clone(),
                    after: request.score,
                }])
            },
        );
    };
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::WindowRate,
        |coding| {
            change_window(coding, window, |rated| {
                match request.score {
                    Some(score) => rated.ratings.insert(request.key.clone(), score),
                    None => rated.ratings.remove(&request.key),
                };
            })
        },
    )
}

/// Says of a window that nothing is there, or takes that back.
///
/// # Errors
/// `bad-request` for an impossible window or one in which a conflict begins, `not-allowed`, `locked`, and file errors.
pub fn set_nothing_here(app: &mut App, request: SetNothingHere) -> Result<CodingChange, ApiError> {
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::WindowRate,
        |coding| {
            let (start_ms, end_ms) = request.window;
            let begins_here = |marker: &Marker| (start_ms..end_ms).contains(&coding.times(marker).0);
            let marked = coding
                .markers
                .values()
                .any(|marker| marker.conflict.is_some() && begins_here(marker));
            if request.nothing_here && marked {
                return Err(ApiError::new(
                    ErrorCode::BadRequest,
                    "A conflict begins in this window, so it is not true that nothing is there.",
                ));
            }
            change_window(coding, request.window, |window| {
                window.nothing_here = request.nothing_here
            })
        },
    )
}

fn change_window(
    coding: &Working,
    (start_ms, end_ms): (u32, u32),
    change: impl FnOnce(&mut WindowRating),
) -> Result<Vec<Change>, ApiError> {
    if start_ms >= end_ms {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "A window ends after it starts.",
        ));
    }
    let before = coding.windows.get(&start_ms);
    let mut window = before.cloned().unwrap_or(WindowRating {
        start_ms,
        end_ms,
        nothing_here: false,
        ratings: BTreeMap::new(),
    });
    change(&mut window);
    let after = (window.nothing_here || !window.ratings.is_empty()).then_some(window);
    if before == after.as_ref() {
        return Ok(Vec::new());
    }
    Ok(vec![Change::Window { start_ms, after }])
}

/// Adds stretches that were played or read. No act of the rater: undo passes over it.
///
/// # Errors
/// `not-allowed`, `locked`, and file errors.
pub fn add_coverage(app: &mut App, request: AddCoverage) -> Result<CodingChange, ApiError> {
    act(
        app,
        &request.coding_id,
        request.op.clone(),
        OperationKind::Coverage,
        |coding| {
            let duration = coding.duration_ms();
            let seen = union(coding.coverage.iter().chain(&request.ranges).copied(), duration);
            if seen == coding.coverage {
                return Ok(Vec::new());
            }
            Ok(vec![Change::Coverage { after: seen }])
        },
    )
}

/// Stretches sorted and apart from each other, none behind the session's end.
fn union(ranges: impl Iterator<Item = (u32, u32)>, duration: u32) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = ranges
        .map(|(start, end)| (start, end.min(duration)))
        .filter(|(start, end)| start < end)
        .collect();
    ranges.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match joined.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// What of the session was never played or read.
pub(super) fn unseen(coverage: &[(u32, u32)], duration: u32) -> Vec<(u32, u32)> {
    let mut unseen = Vec::new();
    let mut at = 0;
    for &(start, end) in coverage {
        if start > at {
            unseen.push((at, start.min(duration)));
        }
        at = at.max(end);
    }
    if at < duration {
        unseen.push((at, duration));
    }
    unseen
}

#[cfg(test)]
mod tests {
    use super::{union, unseen};

    #[test]
    fn stretches_join_where_they_touch_and_end_with_the_session() {
        let seen = union([(5, 9), (0, 3), (3, 4), (8, 20), (30, 30)].into_iter(), 15);
        assert_eq!(seen, [(0, 4), (5, 15)]);
    }

    #[test]
    fn what_was_never_seen_is_the_rest() {
        assert_eq!(unseen(&[(2, 5), (7, 9)], 10), [(0, 2), (5, 7), (9, 10)]);
        assert_eq!(unseen(&[], 10), [(0, 10)]);
        assert!(unseen(&[(0, 10)], 10).is_empty());
    }
}
