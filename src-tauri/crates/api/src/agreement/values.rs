//! What one coding says of one unit: a category of a declared scale, nothing, or something that has no value yet.
//!
//! Class is the highest of rupture, strain, nothing; a score the highest; code, family, mode and relationship are those
//! of the highest conflict, ties to the earlier.

use std::cmp::Reverse;

use sunder_domain::{Class, Codebook, FamilyKind, Mode, Relationship, Score};

use super::facts::{CodingFacts, ConflictFacts};
use super::panel::Panel;
use super::units::{Cell, Content, Unit, Units};
use crate::wire::{UnitChoice, ValueChoice};

/// What the values of a comparison can be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    /// Category names in order, without *nothing*.
    pub(crate) categories: Vec<String>,
    /// What the categories are as numbers, where they are some: scores, counts, ranks.
    pub(crate) numbers: Option<Vec<f64>>,
    /// The categories are in order.
    pub(crate) ordered: bool,
    /// What it is called when nothing is there; absent where something always is.
    pub(crate) nothing: Option<&'static str>,
    /// What it is called when something is there that has no value; absent where that cannot be.
    pub(crate) unscored: Option<&'static str>,
    /// They are counts: nothing is 0.
    pub(crate) counts: bool,
}

/// What one coding says of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Missing,
    Nothing,
    /// Something is there, but its value was not given or cannot be judged.
    Unscored,
    /// Place in the scale's categories.
    Category(u16),
}

/// The values of all units: units × columns.
#[derive(Debug, Clone)]
pub(crate) struct Readings {
    pub(crate) scale: Scale,
    pub(crate) cells: Vec<Reading>,
    pub(crate) columns: usize,
}

impl Readings {
    /// What the codings of a panel say of its units.
    pub(crate) fn of(panel: &Panel, units: &Units, value: &ValueChoice, codebook: &Codebook) -> Self {
        Self::by(panel, units, scale(value, codebook), |coding, content, unit| {
            read(value, codebook, coding, content, unit)
        })
    }

    /// Classes under one of the other cuts.
    pub(crate) fn at_cut(panel: &Panel, units: &Units, cut: usize) -> Self {
        Self::by(panel, units, class_scale(), |coding, content, _| {
            class_reading(content, coding, |conflict| {
                conflict.class_at.get(cut).copied().unwrap_or(Class::Unscored)
            })
        })
    }

    fn by(
        panel: &Panel,
        units: &Units,
        mut scale: Scale,
        mut read: impl FnMut(&CodingFacts, Option<&Content>, &Unit) -> Reading,
    ) -> Self {
        let mut cells = Vec::with_capacity(units.cells.len());
        for (place, unit) in units.units.iter().enumerate() {
            let codings = panel.rows.get(unit.row).map(|row| row.codings.as_slice());
            for (column, cell) in units.cells_of(place).iter().enumerate() {
                let coding = codings
                    .and_then(|codings| codings.get(column))
                    .and_then(Option::as_deref);
                cells.push(match (coding, cell) {
                    (None, _) | (_, Cell::Missing) => Reading::Missing,
                    (Some(coding), cell) => read(coding, units.content(*cell), unit),
                });
            }
        }
        if scale.counts {
            scale = counted(&cells);
        }
        Self {
            scale,
            cells,
            columns: units.columns,
        }
    }

    /// How many conflicts of a class begin in each unit.
    pub(crate) fn counts_of_class(panel: &Panel, units: &Units, class: Class) -> Self {
        let counted = Scale {
            counts: true,
            ..unordered(Vec::new(), None)
        };
        Self::by(panel, units, counted, |coding, content, _| {
            let count = content.map_or(0, |content| {
                content
                    .conflicts_begun
                    .iter()
                    .filter_map(|conflict| coding.conflicts.get(*conflict))
                    .filter(|conflict| conflict.class == class)
                    .count()
            });
            Reading::Category(u16::try_from(count).unwrap_or(u16::MAX))
        })
    }

    /// The readings of these units alone.
    pub(crate) fn part(&self, units: &[usize]) -> Self {
        Self {
            scale: self.scale.clone(),
            cells: units.iter().flat_map(|unit| self.row(*unit)).copied().collect(),
            columns: self.columns,
        }
    }

    /// The sum of all counts.
    pub(crate) fn sum(&self) -> u32 {
        self.cells.iter().fold(0, |sum, cell| match cell {
            Reading::Category(count) if self.scale.counts => sum + u32::from(*count),
            _ => sum,
        })
    }

    /// A unit's readings, one for each column.
    pub(crate) fn row(&self, unit: usize) -> &[Reading] {
        self.cells
            .get(unit * self.columns..(unit + 1) * self.columns)
            .unwrap_or_default()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[Reading]> {
        self.cells.chunks_exact(self.columns.max(1))
    }

    /// How many cells have no value.
    pub(crate) fn missing(&self) -> usize {
        self.cells
            .iter()
            .filter(|cell| **cell == Reading::Missing)
            .count()
    }
}

impl Scale {
    /// The category's name; *nothing*, *to score* and *not seen* by theirs.
    pub(crate) fn name(&self, reading: Reading) -> String {
        match reading {
            Reading::Missing => "not seen".to_owned(),
            Reading::Nothing => self.nothing.unwrap_or("nothing").to_owned(),
            Reading::Unscored => self.unscored.unwrap_or("no value").to_owned(),
            Reading::Category(place) => self
                .categories
                .get(usize::from(place))
                .cloned()
                .unwrap_or_default(),
        }
    }

    /// The value as a number where *nothing* is 0: the score, the count, the rank. `None` without a value.
    pub(crate) fn number(&self, reading: Reading) -> Option<f64> {
        match reading {
            Reading::Missing | Reading::Unscored => None,
            Reading::Nothing => Some(0.0),
            Reading::Category(place) => match &self.numbers {
                Some(numbers) => numbers.get(usize::from(place)).copied(),
                None => Some(1.0),
            },
        }
    }

    /// Something is there; `None` where that is not known.
    pub(crate) fn something(&self, reading: Reading) -> Option<bool> {
        match reading {
            Reading::Missing => None,
            Reading::Nothing => Some(false),
            Reading::Unscored => Some(true),
            Reading::Category(place) => Some(!self.counts || place > 0),
        }
    }
}

fn names<T: AsRef<str>>(names: &[T]) -> Vec<String> {
    names.iter().map(|name| name.as_ref().to_owned()).collect()
}

/// Strain and rupture, in this order.
pub(crate) fn class_scale() -> Scale {
    Scale {
        categories: names(&["strain", "rupture"]),
        numbers: Some(vec![1.0, 2.0]),
        ordered: true,
        nothing: Some("nothing"),
        unscored: Some("to score"),
        counts: false,
    }
}

/// Place of *rupture* in the scale of classes.
pub(crate) const RUPTURE: u16 = 1;
/// Place of *strain* in the scale of classes.
pub(crate) const STRAIN: u16 = 0;

fn unordered(categories: Vec<String>, unscored: Option<&'static str>) -> Scale {
    Scale {
        categories,
        numbers: None,
        ordered: false,
        nothing: Some("nothing"),
        unscored,
        counts: false,
    }
}

fn one_to_five(nothing: Option<&'static str>) -> Scale {
    Scale {
        categories: names(&["1", "2", "3", "4", "5"]),
        numbers: Some(vec![1.0, 2.0, 3.0, 4.0, 5.0]),
        ordered: true,
        nothing,
        unscored: Some("to score"),
        counts: false,
    }
}

fn scale(value: &ValueChoice, codebook: &Codebook) -> Scale {
    let conflict_families = || {
        codebook
            .families
            .iter()
            .filter(|family| family.kind == FamilyKind::Conflict)
    };
    match value {
        ValueChoice::Presence { .. } => unordered(names(&["marked"]), None),
        ValueChoice::Frequency { .. } => Scale {
            counts: true,
            ..unordered(Vec::new(), None)
        },
        ValueChoice::Family => unordered(
            conflict_families().map(|family| family.name.clone()).collect(),
            None,
        ),
        ValueChoice::Code => unordered(
            conflict_families()
                .flat_map(|family| family.codes.iter().map(|code| code.name.clone()))
                .collect(),
            None,
        ),
        ValueChoice::Mode => unordered(
            Mode::ALL
                .iter()
                .map(|mode| match mode {
                    Mode::None => "failure of care only".to_owned(),
                    named => named.key().to_owned(),
                })
                .collect(),
            None,
        ),
        ValueChoice::Relationship => unordered(
            Relationship::ALL
                .iter()
                .map(|relationship| relationship.key().to_owned())
                .collect(),
            Some("not given"),
        ),
        ValueChoice::Significance | ValueChoice::Factor { .. } => one_to_five(Some("nothing")),
        ValueChoice::Class => class_scale(),
        ValueChoice::Rating { .. } => one_to_five(None),
    }
}

/// Counts from 0 to the largest.
fn counted(cells: &[Reading]) -> Scale {
    let largest = cells
        .iter()
        .map(|cell| match cell {
            Reading::Category(count) => *count,
            _ => 0,
        })
        .max()
        .unwrap_or(0);
    Scale {
        categories: (0..=largest).map(|count| count.to_string()).collect(),
        numbers: Some((0..=largest).map(f64::from).collect()),
        ordered: true,
        nothing: None,
        unscored: None,
        counts: true,
    }
}

fn read(
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
fn highest_marker<'a>(coding: &'a CodingFacts, content: &'a Content) -> Option<&'a sunder_domain::CodeKey> {
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

fn class_reading(
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
        super::units::Kind::Session => coding.ratings.get(key),
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

/// Kinds of unit that a value can be compared at; empty where it is not known.
pub(crate) fn units_of(value: &ValueChoice, codebook: &Codebook) -> Vec<&'static str> {
    match value {
        ValueChoice::Presence { .. } => vec!["session", "window", "turn", "conflict", "span"],
        ValueChoice::Frequency { .. } => vec!["session", "window"],
        ValueChoice::Family | ValueChoice::Code | ValueChoice::Class => {
            vec!["session", "window", "turn", "conflict", "span"]
        }
        ValueChoice::Mode | ValueChoice::Relationship => {
            vec!["session", "window", "turn", "conflict", "span"]
        }
        ValueChoice::Significance | ValueChoice::Factor { .. } => {
            vec!["session", "window", "turn", "conflict"]
        }
        ValueChoice::Rating { key } => codebook.rating(key).map_or_else(Vec::new, |rating| {
            rating
                .per
                .iter()
                .map(|scope| match scope {
                    sunder_domain::RatingScope::Session => "session",
                    sunder_domain::RatingScope::Window => "window",
                })
                .collect()
        }),
    }
}

/// The kind of a unit, by its word.
pub(crate) const fn unit_kind(unit: UnitChoice) -> &'static str {
    match unit {
        UnitChoice::Session => "session",
        UnitChoice::Window { .. } => "window",
        UnitChoice::Turn => "turn",
        UnitChoice::Conflict { .. } => "conflict",
        UnitChoice::Span => "span",
    }
}

#[cfg(test)]
mod tests;
