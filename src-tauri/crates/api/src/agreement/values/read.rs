//! Reading one value of one unit from what a coding has there.

use std::cmp::Reverse;

use sunder_domain::{Class, CodeKey, Codebook, FamilyKind, Mode, Relationship, Score};

use super::Reading;
use super::scales::{RUPTURE, STRAIN};
use crate::agreement::facts::{CodingFacts, ConflictFacts};
use crate::agreement::units::{Content, Kind, Unit};
use crate::wire::ValueChoice;

/// What a coding says of a unit that it has seen; `content` is absent where nothing lies there.
pub(super) fn read(
    value: &ValueChoice,
    codebook: &Codebook,
    coding: &CodingFacts,
    content: Option<&Content>,
    unit: &Unit,
) -> Reading {
    if let ValueChoice::Rating { key } = value {
        return rating(coding, content, key, unit);
    }
    let count = |count: usize| Reading::Category(u16::try_from(count).unwrap_or(u16::MAX));
    let Some(content) = content else {
        return match value {
            ValueChoice::Frequency { .. } => count(0),
            _ => Reading::Nothing,
        };
    };
    let place = |place: Option<usize>| place.map_or(Reading::Nothing, count);
    match value {
        ValueChoice::Presence { of } => {
            let there = match of {
                None => !content.conflicts.is_empty(),
                Some(wanted) => content
                    .markers
                    .iter()
                    .any(|marker| marker_is(coding, *marker, wanted)),
            };
            if there { count(0) } else { Reading::Nothing }
        }
        ValueChoice::Frequency { of } => count(match of {
            None => content.conflicts_begun.len(),
            Some(wanted) => content
                .markers_begun
                .iter()
                .filter(|marker| marker_is(coding, **marker, wanted))
                .count(),
        }),
        ValueChoice::Family => place(highest_marker(coding, content).and_then(|code| {
            codebook
                .families
                .iter()
                .filter(|family| family.kind == FamilyKind::Conflict)
                .position(|family| family.key == code.family())
        })),
        ValueChoice::Code => place(highest_marker(coding, content).and_then(|code| {
            codebook
                .families
                .iter()
                .filter(|family| family.kind == FamilyKind::Conflict)
                .flat_map(|family| &family.codes)
                .position(|known| known.key == *code)
        })),
        ValueChoice::Mode => place(
            highest(coding, content)
                .and_then(|conflict| Mode::ALL.iter().position(|mode| *mode == conflict.mode)),
        ),
        ValueChoice::Relationship => match highest(coding, content) {
            None => Reading::Nothing,
            Some(conflict) => conflict.relationship.map_or(Reading::Unscored, |relationship| {
                place(Relationship::ALL.iter().position(|known| *known == relationship))
            }),
        },
        ValueChoice::Significance => score(coding, content, |conflict| conflict.significance),
        ValueChoice::Factor { factor } => score(coding, content, |conflict| conflict.factor(*factor)),
        ValueChoice::Class => class_reading(Some(content), coding, |conflict| conflict.class),
        ValueChoice::Rating { .. } => Reading::Missing,
    }
}

/// A marker of this code, or of this family.
fn marker_is(coding: &CodingFacts, marker: usize, wanted: &str) -> bool {
    coding
        .markers
        .get(marker)
        .is_some_and(|marker| marker.code.as_str() == wanted || marker.code.family() == wanted)
}

fn conflicts<'a>(coding: &'a CodingFacts, content: &'a Content) -> impl Iterator<Item = &'a ConflictFacts> {
    content
        .conflicts
        .iter()
        .filter_map(|conflict| coding.conflicts.get(*conflict))
}

const fn rank(class: Class) -> u8 {
    match class {
        Class::Rupture => 2,
        Class::Strain => 1,
        Class::Unscored => 0,
    }
}

/// Class, then score: smaller is higher.
fn height(conflict: &ConflictFacts) -> (Reverse<u8>, Reverse<i64>) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "scores lie between 1 and 5, or near it where weights are odd"
    )]
    let score = conflict
        .score
        .map_or(i64::MIN, |score| (score * 1e6).round() as i64);
    (Reverse(rank(conflict.class)), Reverse(score))
}

/// The highest conflict: by class, then by score, then the earlier.
pub(crate) fn highest<'a>(coding: &'a CodingFacts, content: &'a Content) -> Option<&'a ConflictFacts> {
    // The first of equals is the earlier: conflicts stand by onset.
    conflicts(coding, content).min_by_key(|conflict| height(conflict))
}

/// For each conflict its place when the highest stands first.
pub(crate) fn ranks(conflicts: &[ConflictFacts]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..conflicts.len()).collect();
    order.sort_by_key(|place| conflicts.get(*place).map(height));
    let mut ranks = vec![0; conflicts.len()];
    for (rank, place) in order.into_iter().enumerate() {
        if let Some(own) = ranks.get_mut(place) {
            *own = rank;
        }
    }
    ranks
}

/// The code of the highest conflict's first marker there.
fn highest_marker<'a>(coding: &'a CodingFacts, content: &'a Content) -> Option<&'a CodeKey> {
    let id = &highest(coding, content)?.id;
    content
        .markers
        .iter()
        .filter_map(|marker| coding.markers.get(*marker))
        .find(|marker| {
            marker
                .conflict
                .and_then(|place| coding.conflicts.get(place))
                .is_some_and(|conflict| conflict.id == *id)
        })
        .map(|marker| &marker.code)
}

fn score(coding: &CodingFacts, content: &Content, of: impl Fn(&ConflictFacts) -> Option<Score>) -> Reading {
    if content.conflicts.is_empty() {
        return Reading::Nothing;
    }
    conflicts(coding, content)
        .filter_map(|conflict| of(conflict).and_then(Score::value))
        .max()
        .map_or(Reading::Unscored, |value| {
            Reading::Category(u16::from(value.saturating_sub(1)))
        })
}

/// The highest class there.
pub(super) fn class_reading(
    content: Option<&Content>,
    coding: &CodingFacts,
    of: impl Fn(&ConflictFacts) -> Class,
) -> Reading {
    let Some(content) = content else {
        return Reading::Nothing;
    };
    match conflicts(coding, content)
        .map(of)
        .max_by_key(|class| rank(*class))
    {
        None => Reading::Nothing,
        Some(Class::Unscored) => Reading::Unscored,
        Some(Class::Strain) => Reading::Category(STRAIN),
        Some(Class::Rupture) => Reading::Category(RUPTURE),
    }
}

/// A rating of the session, or of the window that the unit is. Where nobody was asked there is none.
fn rating(coding: &CodingFacts, content: Option<&Content>, key: &str, unit: &Unit) -> Reading {
    let given = match unit.kind {
        Kind::Session => coding.ratings.get(key),
        _ => content
            .and_then(|content| content.window)
            .and_then(|window| coding.windows.get(window))
            .and_then(|window| window.ratings.get(key)),
    };
    match given {
        None => Reading::Missing,
        Some(score) => score.value().map_or(Reading::Unscored, |value| {
            Reading::Category(u16::from(value.saturating_sub(1)))
        }),
    }
}
