//! One continuum as an alignment problem: units in order of time, and what it costs to align them.
//!
//! Costs are in units of Δ∅, which scales all of them alike and so never changes the best alignment. A part (unitary
//! alignment) takes at most one unit from each of n raters; with d the dissimilarity of two units and M = n(n−1)/2
//! pairs of raters, its disorder is the mean over pairs, a pair with nothing on either side costing 1:
//! 1 + Σ (d − 1)/M over the pairs of its units.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::continuum::Unit;

/// A unit of the problem. Places are whole numbers of milliseconds, exact as floats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    /// Position among the raters of the continuum.
    pub(super) rater: usize,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) label: usize,
}

impl Item {
    /// A unit moved along the continuum.
    pub(super) fn moved(unit: &Unit, rater: usize, start: u64) -> Self {
        Self {
            rater,
            start: start as f64,
            end: (start + unit.length()) as f64,
            label: unit.label,
        }
    }

    pub(super) fn length(&self) -> f64 {
        self.end - self.start
    }

    pub(super) fn middle(&self) -> f64 {
        (self.start + self.end) / 2.0
    }
}

/// α and β of the dissimilarity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dissimilarity {
    pub(super) alpha: f64,
    pub(super) beta: f64,
}

impl Dissimilarity {
    /// α·((|Δstart| + |Δend|)/(sum of lengths))².
    pub(super) fn of_position(&self, one: &Item, other: &Item) -> f64 {
        let apart = (one.start - other.start).abs() + (one.end - other.end).abs();
        let relative = apart / (one.length() + other.length());
        self.alpha * relative * relative
    }

    /// The positional part, and β where labels differ.
    pub(super) fn of(&self, one: &Item, other: &Item) -> f64 {
        self.of_position(one, other) + if one.label == other.label { 0.0 } else { self.beta }
    }

    /// How far apart the middles of two units may lie, given the sum of their lengths, where their dissimilarity
    /// is no more than `most`: the middles move by at most half of what start and end move together.
    pub(super) fn reach(&self, most: f64, lengths: f64) -> f64 {
        const ROUNDING: f64 = 1.0 + 1e-9;
        if self.alpha > 0.0 {
            (most / self.alpha).sqrt() * lengths / 2.0 * ROUNDING
        } else {
            f64::INFINITY
        }
    }
}

/// Units of at least two raters on one continuum.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    /// In order of their middles.
    pub(super) items: Vec<Item>,
    pub(super) raters: usize,
    pub(super) dissimilarity: Dissimilarity,
    longest: f64,
}

impl Problem {
    pub(super) fn new(mut items: Vec<Item>, raters: usize, dissimilarity: Dissimilarity) -> Self {
        items.sort_by(|one, other| {
            let by_middle = one.middle().total_cmp(&other.middle());
            by_middle
                .then(one.start.total_cmp(&other.start))
                .then(one.rater.cmp(&other.rater))
                .then(one.label.cmp(&other.label))
        });
        let longest = items.iter().map(Item::length).fold(0.0, f64::max);
        Self {
            items,
            raters,
            dissimilarity,
            longest,
        }
    }

    /// M, the number of pairs of raters.
    pub(super) fn pairs(&self) -> f64 {
        (self.raters * (self.raters - 1)) as f64 / 2.0
    }

    pub(super) fn dissimilarity(&self, one: usize, other: usize) -> f64 {
        match (self.items.get(one), self.items.get(other)) {
            (Some(one), Some(other)) => self.dissimilarity.of(one, other),
            _ => f64::INFINITY,
        }
    }

    /// The positions of all units that may be no more dissimilar from one than `most`.
    pub(super) fn near(&self, position: usize, most: f64) -> Range<usize> {
        let Some(item) = self.items.get(position) else {
            return 0..0;
        };
        let far = self.dissimilarity.reach(most, item.length() + self.longest);
        let from = self
            .items
            .partition_point(|other| other.middle() < item.middle() - far);
        let to = self
            .items
            .partition_point(|other| other.middle() <= item.middle() + far);
        from..to
    }

    /// The disorder of a part.
    pub(super) fn part_disorder(&self, part: &[usize]) -> f64 {
        let mut excess = 0.0;
        for (place, &one) in part.iter().enumerate() {
            for &other in part.iter().skip(place + 1) {
                excess += self.dissimilarity(one, other) - 1.0;
            }
        }
        1.0 + excess / self.pairs()
    }
}

/// Parts that cover every unit once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alignment {
    /// Each part as positions of its items.
    pub(super) parts: Vec<Vec<usize>>,
    /// The sum of the parts' disorders.
    pub(super) disorder: f64,
    /// No alignment has a smaller sum than this; equal to `disorder` where the search was complete.
    pub(super) at_least: f64,
}

impl Alignment {
    /// An alignment that is known to be the best.
    pub(super) fn best(problem: &Problem, parts: Vec<Vec<usize>>) -> Self {
        let disorder = parts.iter().map(|part| problem.part_disorder(part)).sum();
        Self {
            parts,
            disorder,
            at_least: disorder,
        }
    }
}

/// Tells every thread of a computation to stop.
#[derive(Debug, Default)]
pub(super) struct Stop(AtomicBool);

/// A computation was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stopped;

impl Stop {
    pub(super) fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn check(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) {
            Err(Stopped)
        } else {
            Ok(())
        }
    }
}
