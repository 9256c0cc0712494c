//! What a coefficient is to those who resample it.
//!
//! Most coefficients are functions of sums over units. A unit's contribution is found once; a resample then only
//! adds contributions up again, and units that contribute the same are one row.

use super::data::Matrix;
use super::reason::{Outcome, Reason};

/// A share of one of the sums.
pub(crate) type Share = (usize, f64);

/// A coefficient that is a function of sums over units.
pub(crate) trait Additive: Sync {
    /// How many sums there are.
    fn width(&self) -> usize;
    /// Appends what the unit adds, by index of the sum (below [`Additive::width`]).
    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>);
    /// The coefficient, given the sums.
    fn finish(&self, sums: &[f64]) -> Outcome;
}

/// A coefficient that needs the whole matrix, in which each unit counts a number of times.
pub(crate) trait Weighted: Sync {
    /// `weights`: one for each unit of the matrix.
    fn evaluate(&self, weights: &[f64]) -> Outcome;
}

/// A coefficient that can be computed anew from resampled units.
pub(crate) enum Estimator<'a> {
    Additive(Box<dyn Additive + 'a>),
    Weighted(Box<dyn Weighted + 'a>),
}

impl Estimator<'_> {
    /// The coefficient of the data as they are.
    pub(crate) fn value(&self, matrix: &Matrix) -> Outcome {
        let value = match self {
            Self::Additive(additive) => additive.finish(&total(additive.as_ref(), matrix)),
            Self::Weighted(weighted) => weighted.evaluate(&vec![1.0; matrix.units()]),
        };
        value.and_then(finite)
    }
}

/// The sums over all units.
pub(crate) fn total(additive: &dyn Additive, matrix: &Matrix) -> Vec<f64> {
    let mut sums = vec![0.0; additive.width()];
    let mut shares = Vec::new();
    for row in matrix.rows() {
        shares.clear();
        additive.contribute(row, &mut shares);
        for (index, share) in &shares {
            if let Some(sum) = sums.get_mut(*index) {
                *sum += share;
            }
        }
    }
    sums
}

pub(crate) fn finite(value: f64) -> Outcome {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Reason::OutOfRange)
    }
}
