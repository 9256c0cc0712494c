//! A bound from below for three or more raters: every pair of raters aligned on its own.
//!
//! An alignment restricted to two raters is an alignment of these two, so its disorder times M is at least the sum
//! of the pairs' best. The prices that prove each pair's best say the same of each part: what a part costs above the
//! prices of its units is a sum over pairs of raters in which no term is negative.
#![expect(
    clippy::indexing_slicing,
    reason = "places are counted here; indices never come from data"
)]

use super::problem::{Problem, Stop, Stopped};
use super::two::{items_of, paired};

/// What each unit is worth to the alignment with each other rater; at most 1.
#[derive(Debug, Clone)]
pub(super) struct PairPrices {
    prices: Vec<f64>,
    raters: usize,
}

impl PairPrices {
    pub(super) fn of(problem: &Problem, stop: &Stop) -> Result<Self, Stopped> {
        let raters = problem.raters;
        let items: Vec<Vec<usize>> = (0..raters).map(|rater| items_of(problem, rater)).collect();
        let mut prices = vec![0.0; raters * problem.items.len()];
        for first in 0..raters {
            for second in first + 1..raters {
                let found = paired(problem, &items[first], &items[second], stop)?;
                for (&position, price) in items[first].iter().zip(found.row_prices) {
                    prices[position * raters + second] = price;
                }
                for (&position, price) in items[second].iter().zip(found.column_prices) {
                    prices[position * raters + first] = 1.0 + price;
                }
            }
        }
        Ok(Self { prices, raters })
    }

    /// The price of a unit in the alignment with one other rater.
    pub(super) fn with(&self, position: usize, rater: usize) -> f64 {
        self.prices[position * self.raters + rater]
    }

    /// What each unit is worth at least, in disorder: no part costs less than its units are worth together.
    pub(super) fn of_units(&self) -> Vec<f64> {
        let pairs = (self.raters * (self.raters - 1)) as f64 / 2.0;
        self.prices
            .chunks(self.raters)
            .map(|of_unit| of_unit.iter().sum::<f64>() / pairs)
            .collect()
    }
}
