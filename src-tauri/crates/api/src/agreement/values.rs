//! What one coding says of one unit: a category of a declared scale, nothing, or something that has no value yet.
//!
//! Class is the highest of rupture, strain, nothing; a score the highest; code, family, mode and relationship are those
//! of the highest conflict, ties to the earlier.

mod read;
mod scales;

use sunder_domain::{Class, Codebook};

use self::read::{class_reading, read};
pub(crate) use self::read::{highest, ranks};
pub(crate) use self::scales::{RUPTURE, STRAIN, unit_kind, units_of};
use self::scales::{class_scale, counted, counts, scale};
use super::facts::CodingFacts;
use super::panel::Panel;
use super::units::{Cell, Content, Unit, Units};
use crate::wire::ValueChoice;

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
        Self::by(panel, units, counts(), |coding, content, _| {
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

#[cfg(test)]
mod tests;
