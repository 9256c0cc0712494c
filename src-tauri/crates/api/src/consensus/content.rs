//! What a choice puts into the consensus.

mod edited;

use sunder_domain::{
    Choice, Codebook, CodingId, Conflict, ConflictId, FamilyKind, ItemKind, ItemSource, Marker, Score,
    Segment, StatedMean, WindowRating, highest_significance, mean_conflict, mean_score, mean_window,
};

use self::edited::{edited_conflict, edited_window, marker};
use super::items::{Item, Part};
use super::originals::Original;
use super::table::{Table, settlements_of};
use crate::coding::{Working, kind_of};
use crate::wire::{ApiError, ConflictEdit, ErrorCode, SettleBy};

/// What is there from now on. Ids are still those of where it comes from.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Nothing,
    Conflict(Conflict, Vec<Marker>),
    Marker(Marker),
    Rating(Score),
    Window(WindowRating),
}

/// A choice, worked out.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub(super) choice: Choice,
    pub(super) content: Content,
    pub(super) means: Vec<StatedMean>,
}

impl Decided {
    fn new(choice: Choice, content: Content) -> Self {
        Self {
            choice,
            content,
            means: Vec::new(),
        }
    }
}

/// What all originals say.
pub(super) fn agreed(table: &Table, item: &Item<'_>) -> Decided {
    Decided::new(Choice::Agreed, highest(table, item))
}

/// As one original has it; nothing where that one has nothing.
pub(super) fn take(table: &Table, item: &Item<'_>, original: usize) -> Option<Decided> {
    let coding_id = table.originals.present.get(original)?.coding.id.clone();
    let content = part_of(table, item, original);
    Some(Decided::new(Choice::Take { coding_id }, content))
}

/// Rounded means of the scores; all else from the member of the highest significance.
///
/// # Errors
/// `bad-request` for what has no scores.
pub(super) fn mean(table: &Table, item: &Item<'_>) -> Result<Decided, ApiError> {
    let (content, means) = match item.kind {
        ItemKind::Conflict => mean_conflict(&item.conflicts()).map(|mean| {
            let place = place_of(item, mean.base);
            match part_of(table, item, place) {
                Content::Conflict(_, markers) => (Content::Conflict(mean.conflict, markers), mean.means),
                other => (other, mean.means),
            }
        }),
        ItemKind::SessionRating => mean_score(item.rating.as_deref().unwrap_or_default(), &item.ratings())
            .map(|(score, stated)| (Content::Rating(score), stated.into_iter().collect())),
        ItemKind::Window => {
            mean_window(&item.windows()).map(|(window, means)| (Content::Window(window), means))
        }
        ItemKind::Marker => None,
    }
    .ok_or_else(|| bad("There are no scores here of which a mean could be taken."))?;
    Ok(Decided {
        choice: Choice::Mean,
        content,
        means,
    })
}

/// What the lead asked for.
///
/// # Errors
/// `bad-request` for what cannot be; `not-found` for a coding that is no original of the session.
pub(super) fn decide(
    table: &Table,
    item: &Item<'_>,
    by: &SettleBy,
    codebook: &Codebook,
) -> Result<Decided, ApiError> {
    match by {
        SettleBy::Take { coding_id } => {
            let original = column_of(table, coding_id)?;
            take(table, item, original).ok_or_else(no_original)
        }
        SettleBy::Mean => mean(table, item),
        SettleBy::None => Ok(Decided::new(Choice::None, Content::Nothing)),
        SettleBy::Edit {
            from,
            conflict,
            markers,
            rating,
            window,
        } => {
            let (base, links_of) = match from {
                Some(coding_id) => (
                    part_of(table, item, column_of(table, coding_id)?),
                    Some(coding_id.clone()),
                ),
                None => {
                    settled(table, item).unwrap_or_else(|| (highest(table, item), highest_of(table, item)))
                }
            };
            let says_links = match markers.as_deref() {
                Some([only]) if item.kind == ItemKind::Marker => only.answers.is_some(),
                _ => conflict
                    .iter()
                    .any(|edit| matches!(edit, ConflictEdit::BuiltFrom(_))),
            };
            let has_links = matches!(item.kind, ItemKind::Conflict | ItemKind::Marker);
            let mut links_of = links_of.filter(|_| has_links && !says_links);
            let content = match item.kind {
                ItemKind::Conflict => edited_conflict(table, base, conflict, markers.as_deref(), codebook)?,
                ItemKind::Marker => match markers.as_deref() {
                    Some([only]) => {
                        let mut own = marker(table, only, None, codebook)?;
                        if kind_of(codebook, &own.code)? != FamilyKind::Repair {
                            // Nothing but a repair answers.
                            links_of = None;
                        } else if let (None, Content::Marker(base)) = (&only.answers, base) {
                            own.answers = base.answers;
                        }
                        Content::Marker(own)
                    }
                    _ => return Err(bad("Say what the marker is to be: exactly one.")),
                },
                ItemKind::SessionRating => {
                    Content::Rating(rating.ok_or_else(|| bad("Say what the rating is to be."))?)
                }
                ItemKind::Window => Content::Window(edited_window(item, window.as_ref(), codebook)?),
            };
            Ok(Decided::new(Choice::Edit { links_of }, content))
        }
    }
}

/// The column of an original.
///
/// # Errors
/// `not-found` for a coding that is none.
pub(super) fn column_of(table: &Table, coding_id: &CodingId) -> Result<usize, ApiError> {
    table
        .originals
        .present
        .iter()
        .position(|original| original.coding.id == *coding_id)
        .ok_or_else(no_original)
}

fn no_original() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "This coding is not among the frozen originals of the session.",
    )
}

fn bad(message: &str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest, message)
}

/// What one original has, on the consensus's transcript, with the links that can be carried over.
fn part_of(table: &Table, item: &Item<'_>, original: usize) -> Content {
    let Some(own) = table.originals.present.get(original) else {
        return Content::Nothing;
    };
    let linked = |id: &str| {
        let source = ItemSource {
            coding_id: own.coding.id.clone(),
            id: id.to_owned(),
        };
        table.links.of(&table.consensus, &source).0
    };
    match item.parts.get(original).and_then(Option::as_ref) {
        None => Content::Nothing,
        Some(Part::Conflict(conflict, markers)) => Content::Conflict(
            Conflict {
                built_from: linked(conflict.id.as_str()),
                ..(*conflict).clone()
            },
            markers.iter().map(|marker| onto(table, own, marker)).collect(),
        ),
        Some(Part::Marker(marker)) => Content::Marker(Marker {
            answers: linked(marker.id.as_str()),
            ..onto(table, own, marker)
        }),
        Some(Part::Rating(score)) => Content::Rating(*score),
        Some(Part::Window(window)) => Content::Window((*window).clone()),
    }
}

/// The marker on the consensus's transcript: a place in another version's text becomes its time.
fn onto(table: &Table, original: &Original, marker: &Marker) -> Marker {
    let same = original.coding.header.transcript.sha256 == table.consensus.header.transcript.sha256;
    let segment = match marker.segment {
        Segment::Text { .. } if !same => {
            let (start_ms, end_ms) = original.coding.times(marker);
            Segment::Time {
                start_ms,
                end_ms: end_ms.max(start_ms.saturating_add(1)),
            }
        }
        segment => segment,
    };
    Marker {
        segment,
        ..marker.clone()
    }
}

/// The part of the highest significance, or else the first there is.
fn highest(table: &Table, item: &Item<'_>) -> Content {
    let place = highest_significance(&item.conflicts()).unwrap_or_default();
    part_of(table, item, place_of(item, place))
}

/// The column of the nth part that is there.
fn place_of(item: &Item<'_>, nth: usize) -> usize {
    item.parts
        .iter()
        .enumerate()
        .filter(|(_, part)| part.is_some())
        .nth(nth)
        .map_or(0, |(column, _)| column)
}

/// The original that has it.
fn highest_of(table: &Table, item: &Item<'_>) -> Option<CodingId> {
    let place = highest_significance(&item.conflicts()).unwrap_or_default();
    let original = table.originals.present.get(place_of(item, place))?;
    Some(original.coding.id.clone())
}

/// What the consensus has now, and the original whose links that keeps.
fn settled(table: &Table, item: &Item<'_>) -> Option<(Content, Option<CodingId>)> {
    let consensus = &table.consensus;
    let settlement = settlements_of(consensus, item).into_iter().next()?;
    let links_of = match &settlement.choice {
        Choice::Take { coding_id } => Some(coding_id.clone()),
        Choice::Edit { links_of } => links_of.clone(),
        Choice::Agreed | Choice::Mean | Choice::None => highest_of(table, item),
    };
    let content = match &settlement.conflict {
        Some(id) => {
            let conflict = consensus.conflicts.get(id)?;
            Content::Conflict(conflict.clone(), markers_of(consensus, id))
        }
        None => Content::Marker(consensus.markers.get(settlement.markers.first()?)?.clone()),
    };
    Some((content, links_of))
}

pub(super) fn markers_of(coding: &Working, conflict: &ConflictId) -> Vec<Marker> {
    coding
        .markers
        .values()
        .filter(|marker| marker.conflict.as_ref() == Some(conflict))
        .cloned()
        .collect()
}
