//! What is counted as one: sessions, windows, turns, or matched conflicts; and what of each coding lies in it.
//!
//! A marker counts for every turn (window) that holds at least half of it, or half of which it holds. A stretch that a
//! rater has not seen, and a session that a rater has not coded, are missing; a stretch that was seen and holds
//! nothing is *nothing*.

mod assign;
pub(crate) mod conflicts;

use super::matching::Tolerance;
use super::panel::{Panel, PanelRow};
use crate::wire::{UnitChoice, Within};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Session,
    /// `short` for a last one that the session's end cuts.
    Window {
        short: bool,
    },
    Turn(u32),
    /// A conflict that somebody marked.
    Matched,
    /// A turn of which no conflict has a part, or a window where there are no turns.
    Empty,
}

/// One unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Place in the panel's rows.
    pub(crate) row: usize,
    pub(crate) kind: Kind,
    pub(crate) start_ms: u32,
    pub(crate) end_ms: u32,
}

/// What one coding has in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Not coded, not submitted, or not seen.
    Missing,
    /// Seen, and nothing there.
    Nothing,
    /// Place in the contents.
    Content(usize),
}

/// What lies in a unit: places in the coding's lists, rising.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) conflicts: Vec<usize>,
    pub(crate) markers: Vec<usize>,
    /// Conflicts and markers that begin there.
    pub(crate) conflicts_begun: Vec<usize>,
    pub(crate) markers_begun: Vec<usize>,
    /// A window of its own that was rated or called empty; place in the coding's windows.
    pub(crate) window: Option<usize>,
}

/// All units of a panel.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units {
    pub(crate) units: Vec<Unit>,
    /// Units × columns, row by row.
    pub(crate) cells: Vec<Cell>,
    pub(crate) contents: Vec<Content>,
    pub(crate) columns: usize,
    /// Markers that no turn (window) holds half of.
    pub(crate) markers_nowhere: usize,
}

impl Content {
    fn is_empty(&self) -> bool {
        self.conflicts.is_empty()
            && self.markers.is_empty()
            && self.conflicts_begun.is_empty()
            && self.markers_begun.is_empty()
            && self.window.is_none()
    }
}

impl Units {
    /// The units of a panel. `window_seconds` is the length of empty windows, where there are no turns to be empty.
    pub(crate) fn of(panel: &Panel, choice: UnitChoice, window_seconds: u32) -> Self {
        let mut units = Self {
            columns: panel.columns.len(),
            ..Self::default()
        };
        for (place, row) in panel.rows.iter().enumerate() {
            match choice {
                UnitChoice::Session | UnitChoice::Span => units.session(place, row),
                UnitChoice::Window { seconds } => units.windows(place, row, seconds),
                UnitChoice::Turn => units.turns(place, row),
                UnitChoice::Conflict { within } => {
                    units.conflicts(place, row, tolerance(within), window_seconds);
                }
            }
        }
        units
    }

    /// A unit's cells, one for each column.
    pub(crate) fn cells_of(&self, unit: usize) -> &[Cell] {
        self.cells
            .get(unit * self.columns..(unit + 1) * self.columns)
            .unwrap_or_default()
    }

    pub(crate) fn content(&self, cell: Cell) -> Option<&Content> {
        match cell {
            Cell::Content(place) => self.contents.get(place),
            Cell::Missing | Cell::Nothing => None,
        }
    }

    /// How many units a session's end cuts short.
    pub(crate) fn short_windows(&self) -> usize {
        self.units
            .iter()
            .filter(|unit| matches!(unit.kind, Kind::Window { short: true }))
            .count()
    }

    fn session(&mut self, place: usize, row: &PanelRow) {
        let cells = row
            .codings
            .iter()
            .map(|coding| {
                let Some(coding) = coding else {
                    return Cell::Missing;
                };
                let conflicts: Vec<usize> = (0..coding.conflicts.len()).collect();
                let markers: Vec<usize> = (0..coding.markers.len()).collect();
                let content = Content {
                    conflicts_begun: conflicts.clone(),
                    markers_begun: markers.clone(),
                    conflicts,
                    markers,
                    window: None,
                };
                self.keep(content)
            })
            .collect();
        self.push(place, Kind::Session, (0, row.duration_ms()), cells);
    }

    fn keep(&mut self, content: Content) -> Cell {
        if content.is_empty() {
            return Cell::Nothing;
        }
        self.contents.push(content);
        Cell::Content(self.contents.len() - 1)
    }

    fn push(&mut self, row: usize, kind: Kind, (start, end): (u64, u64), cells: Vec<Cell>) {
        let small = |ms: u64| u32::try_from(ms).unwrap_or(u32::MAX);
        self.units.push(Unit {
            row,
            kind,
            start_ms: small(start),
            end_ms: small(end),
        });
        self.cells.extend(cells);
    }
}

/// How far apart onsets may lie.
pub(crate) fn tolerance(within: Option<Within>) -> Tolerance {
    match within {
        None => Tolerance::Overlap,
        Some(Within::Seconds { seconds }) => Tolerance::Time(seconds.saturating_mul(1_000)),
        Some(Within::Turns { turns }) => Tolerance::Turns(turns),
    }
}

#[cfg(test)]
mod tests;
