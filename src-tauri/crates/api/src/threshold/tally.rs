//! Counts over all rungs of a ladder at once: what lies below each rung is added up when the rule changes, so that a step
//! of the drag reads one row.

use sunder_domain::{Class, Ladder, Mode, Relationship};

use super::basis::HeldConflict;
use super::scale::Scale;

/// Relationships and none.
pub(crate) const RELATIONSHIPS: usize = 4;
/// Modes, with none.
pub(crate) const MODES: usize = 4;
const CLASSES: usize = 3;

/// Place of a class: ruptures, strains, unscored.
pub(crate) const fn class_place(class: Class) -> usize {
    match class {
        Class::Rupture => 0,
        Class::Strain => 1,
        Class::Unscored => 2,
    }
}

pub(crate) const fn mode_place(mode: Mode) -> usize {
    match mode {
        Mode::Withdrawal => 0,
        Mode::Confrontation => 1,
        Mode::Mixed => 2,
        Mode::None => 3,
    }
}

pub(crate) const fn relationship_place(relationship: Option<Relationship>) -> usize {
    match relationship {
        Some(Relationship::Alliance) => 0,
        Some(Relationship::Real) => 1,
        Some(Relationship::Both) => 2,
        None => 3,
    }
}

/// Counts of conflicts in `cells` places, below each rung and of those that never move.
#[derive(Debug, Clone, Default)]
struct Sums {
    cells: usize,
    /// Row k counts the members of the first k rungs.
    below: Vec<u32>,
    rungs: usize,
    /// By class.
    fixed: [Vec<u32>; CLASSES],
}

impl Sums {
    fn of(ladder: &Ladder, cells: usize, cell_of: impl Fn(usize) -> usize) -> Self {
        let rungs = ladder.rungs().len();
        let mut below = Vec::with_capacity((rungs + 1) * cells);
        let mut row = vec![0_u32; cells];
        below.extend_from_slice(&row);
        let add = |row: &mut Vec<u32>, place: u32| {
            if let Some(cell) = row.get_mut(cell_of(place as usize)) {
                *cell += 1;
            }
        };
        for rung in ladder.rungs() {
            for place in &rung.members {
                add(&mut row, *place);
            }
            below.extend_from_slice(&row);
        }
        let mut fixed = [vec![0; cells], vec![0; cells], vec![0; cells]];
        for (place, class) in ladder.fixed() {
            if let Some(row) = fixed.get_mut(class_place(*class)) {
                add(row, *place);
            }
        }
        Self {
            cells,
            below,
            rungs,
            fixed,
        }
    }

    fn row(&self, rung: usize) -> &[u32] {
        let begin = rung.min(self.rungs) * self.cells;
        self.below.get(begin..begin + self.cells).unwrap_or_default()
    }

    /// Conflicts of a class in a cell, where the first `strains` rungs are strains.
    fn at(&self, strains: usize, class: Class, cell: usize) -> u32 {
        let of = |row: &[u32]| row.get(cell).copied().unwrap_or_default();
        let fixed = self.fixed.get(class_place(class)).map_or(0, |row| of(row));
        fixed
            + match class {
                Class::Rupture => of(self.row(self.rungs)) - of(self.row(strains)),
                Class::Strain => of(self.row(strains)),
                Class::Unscored => 0,
            }
    }
}

/// All that is counted at a step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    bars: usize,
    /// Bar (the last for conflicts without a score), mode, relationship.
    shape: Sums,
    /// Class under the base rule, mode, whether it was built from strains.
    history: Sums,
}

impl Tally {
    /// `scores` and `base` have one value for each conflict.
    pub(crate) fn of(
        conflicts: &[HeldConflict],
        scores: &[Option<f64>],
        base: &[Class],
        ladder: &Ladder,
        scale: Scale,
    ) -> Self {
        let shape = |place: usize| {
            let Some(held) = conflicts.get(place) else {
                return usize::MAX;
            };
            let score = scores.get(place).copied().flatten();
            let bar = score.map_or(scale.bars, |score| scale.bar_of(score));
            (bar * MODES + mode_place(held.mode)) * RELATIONSHIPS
                + relationship_place(held.conflict.relationship)
        };
        let history = |place: usize| {
            let (Some(held), Some(class)) = (conflicts.get(place), base.get(place)) else {
                return usize::MAX;
            };
            (class_place(*class) * MODES + mode_place(held.mode)) * 2
                + usize::from(!held.conflict.built_from.is_empty())
        };
        Self {
            bars: scale.bars,
            shape: Sums::of(ladder, (scale.bars + 1) * MODES * RELATIONSHIPS, shape),
            history: Sums::of(ladder, CLASSES * MODES * 2, history),
        }
    }

    /// Conflicts of a class in a bar and mode.
    pub(crate) fn height(&self, strains: usize, bar: usize, mode: usize, class: Class) -> u32 {
        (0..RELATIONSHIPS)
            .map(|relationship| {
                self.shape.at(
                    strains,
                    class,
                    (bar * MODES + mode) * RELATIONSHIPS + relationship,
                )
            })
            .sum()
    }

    /// Conflicts of a class in a mode.
    pub(crate) fn of_mode(&self, strains: usize, mode: usize, class: Class) -> u32 {
        (0..=self.bars)
            .map(|bar| self.height(strains, bar, mode, class))
            .sum()
    }

    /// Conflicts of a class of a relationship.
    pub(crate) fn of_relationship(&self, strains: usize, relationship: usize, class: Class) -> u32 {
        (0..(self.bars + 1) * MODES)
            .map(|cell| self.shape.at(strains, class, cell * RELATIONSHIPS + relationship))
            .sum()
    }

    /// Conflicts with a score.
    pub(crate) fn scored(&self) -> u32 {
        (0..self.bars)
            .flat_map(|bar| (0..MODES).map(move |mode| (bar, mode)))
            .flat_map(|(bar, mode)| Class::ALL.iter().map(move |class| (bar, mode, *class)))
            .map(|(bar, mode, class)| self.height(0, bar, mode, class))
            .sum()
    }

    /// Conflicts of a mode that were one class under the base rule and are another.
    pub(crate) fn moved(&self, strains: usize, from: Class, to: Class, mode: usize) -> u32 {
        let cell = (class_place(from) * MODES + mode) * 2;
        self.history.at(strains, to, cell) + self.history.at(strains, to, cell + 1)
    }

    /// Members of a rung that were not `now` under the base rule.
    pub(crate) fn changed_in(&self, rung: usize, now: Class) -> u32 {
        let own = class_place(now) * MODES * 2;
        let (low, high) = (self.history.row(rung), self.history.row(rung + 1));
        low.iter()
            .zip(high)
            .enumerate()
            .filter(|(cell, _)| !(own..own + MODES * 2).contains(cell))
            .map(|(_, (below, with))| with - below)
            .sum()
    }

    /// Ruptures that were built from strains.
    pub(crate) fn built_from(&self, strains: usize) -> u32 {
        (0..CLASSES * MODES)
            .map(|cell| self.history.at(strains, Class::Rupture, cell * 2 + 1))
            .sum()
    }
}
