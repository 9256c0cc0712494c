//! The scale of each value: its categories in order, what they are as numbers, and where it can be compared.

use sunder_domain::{Codebook, FamilyKind, Mode, RatingScope, Relationship};

use super::{Reading, Scale};
use crate::wire::{UnitChoice, ValueChoice};

fn names<T: AsRef<str>>(names: &[T]) -> Vec<String> {
    names.iter().map(|name| name.as_ref().to_owned()).collect()
}

/// Strain and rupture, in this order.
pub(super) fn class_scale() -> Scale {
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

/// Counts before anything was counted.
pub(super) fn counts() -> Scale {
    Scale {
        counts: true,
        ..unordered(Vec::new(), None)
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

/// The scale of a value.
pub(super) fn scale(value: &ValueChoice, codebook: &Codebook) -> Scale {
    let conflict_families = || {
        codebook
            .families
            .iter()
            .filter(|family| family.kind == FamilyKind::Conflict)
    };
    match value {
        ValueChoice::Presence { .. } => unordered(names(&["marked"]), None),
        ValueChoice::Frequency { .. } => counts(),
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
pub(super) fn counted(cells: &[Reading]) -> Scale {
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
                    RatingScope::Session => "session",
                    RatingScope::Window => "window",
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
