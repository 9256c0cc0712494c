//! Disagreement on labels alone, where units were aligned (Mathet 2017, The agreement measure γcat, section 4.2).
//!
//! Within each part of v ≥ 2 units every pair of units weighs max(0, 1 − α-part of the dissimilarity)/(v − 1): units
//! that hardly meet say little about labels. The disagreement is the weighted share of pairs whose labels differ.

use std::ops::AddAssign;

use super::problem::{Alignment, Problem};

/// Weights of pairs, summed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct LabelWeights {
    all: f64,
    differing: f64,
}

impl AddAssign for LabelWeights {
    fn add_assign(&mut self, other: Self) {
        self.all += other.all;
        self.differing += other.differing;
    }
}

impl LabelWeights {
    pub(super) fn of(problem: &Problem, alignment: &Alignment) -> Self {
        let mut weights = Self::default();
        for part in alignment.parts.iter().filter(|part| part.len() > 1) {
            let share = 1.0 / (part.len() - 1) as f64;
            for (place, &one) in part.iter().enumerate() {
                for &other in part.iter().skip(place + 1) {
                    let (Some(one), Some(other)) = (problem.items.get(one), problem.items.get(other)) else {
                        continue;
                    };
                    let weight = share * (1.0 - problem.dissimilarity.of_position(one, other)).max(0.0);
                    weights.all += weight;
                    weights.differing += if one.label == other.label { 0.0 } else { weight };
                }
            }
        }
        weights
    }

    /// The weighted share of pairs whose labels differ; `None` where no pair has a weight.
    pub(super) fn disagreement(&self) -> Option<f64> {
        (self.all > 0.0).then(|| self.differing / self.all)
    }
}
