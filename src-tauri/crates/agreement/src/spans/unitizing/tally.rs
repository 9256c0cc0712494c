//! The sums that the unitizing alphas are made of.
//!
//! Invariant: every sum adds over continua, so that sessions are put together (and resampled) before any
//! coefficient is taken.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::super::continuum::{Continuum, Unit};

/// A label, or the gap φ between units.
pub(super) type Category = Option<usize>;

/// Sums over continua. Lengths are in the unit of the spans, squares in its square.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    /// ℓ_ck: intersections of categories of different raters.
    pub(super) coincidences: BTreeMap<(Category, Category), f64>,
    /// S_c: squared lengths of the units of a label; for φ the lengths of the gaps.
    pub(super) squares: BTreeMap<Category, f64>,
    /// T_c: per unit of a label, 1/(m−1) Σ over the other raters of |unit ∩ their units|².
    pub(super) intersection_squares: BTreeMap<usize, f64>,
    /// ℓ.. = Σ mL.
    pub(super) total: f64,
}

impl AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        add_all(&mut self.coincidences, &other.coincidences);
        add_all(&mut self.squares, &other.squares);
        add_all(&mut self.intersection_squares, &other.intersection_squares);
        self.total += other.total;
    }
}

fn add_all<K: Ord + Copy>(sums: &mut BTreeMap<K, f64>, others: &BTreeMap<K, f64>) {
    for (&key, &other) in others {
        *sums.entry(key).or_default() += other;
    }
}

/// A stretch of one rater: a unit or a gap.
struct Stretch {
    start: u64,
    end: u64,
    category: Category,
}

impl Tally {
    /// The sums of one continuum whose units lie side by side; `None` where fewer than two raters coded it.
    pub(super) fn of(continuum: &Continuum) -> Option<Self> {
        let tracks = continuum.present();
        let others = tracks.len().checked_sub(1).filter(|&others| others > 0)? as f64;
        let mut tally = Self {
            total: tracks.len() as f64 * continuum.length as f64,
            ..Self::default()
        };
        let filled: Vec<Vec<Stretch>> = tracks
            .iter()
            .map(|track| filled(track, continuum.length))
            .collect();
        for stretch in filled.iter().flatten() {
            let length = (stretch.end - stretch.start) as f64;
            let square = if stretch.category.is_some() {
                length * length
            } else {
                length
            };
            *tally.squares.entry(stretch.category).or_default() += square;
        }
        for (first, here) in filled.iter().enumerate() {
            for (second, there) in filled.iter().enumerate() {
                if first != second {
                    tally.add_intersections(here, there, others);
                }
            }
        }
        Some(tally)
    }

    /// Walks two raters' stretches side by side; both fill the continuum.
    fn add_intersections(&mut self, here: &[Stretch], there: &[Stretch], others: f64) {
        let mut remaining = there.iter().peekable();
        for stretch in here {
            let mut marked_by_both = 0.0;
            while let Some(other) = remaining.peek() {
                let shared = stretch
                    .end
                    .min(other.end)
                    .saturating_sub(stretch.start.max(other.start)) as f64;
                *self
                    .coincidences
                    .entry((stretch.category, other.category))
                    .or_default() += shared / others;
                if other.category.is_some() {
                    marked_by_both += shared;
                }
                if other.end > stretch.end {
                    break;
                }
                remaining.next();
            }
            if let Some(label) = stretch.category {
                *self.intersection_squares.entry(label).or_default() +=
                    marked_by_both * marked_by_both / others;
            }
        }
    }
}

/// A track with its gaps filled in.
fn filled(track: &[Unit], length: u64) -> Vec<Stretch> {
    let mut stretches = Vec::with_capacity(2 * track.len() + 1);
    let mut reached = 0;
    for unit in track {
        if unit.start > reached {
            stretches.push(Stretch {
                start: reached,
                end: unit.start,
                category: None,
            });
        }
        stretches.push(Stretch {
            start: unit.start,
            end: unit.end,
            category: Some(unit.label),
        });
        reached = unit.end;
    }
    if length > reached {
        stretches.push(Stretch {
            start: reached,
            end: length,
            category: None,
        });
    }
    stretches
}
