//! How far two categories are apart, for weighted coefficients of agreement.

use super::data::Matrix;

/// The weights of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weighting {
    /// 1 for the same category, else 0.
    Identity,
    /// 1 − |a−b| / (max−min).
    Linear,
    /// 1 − (a−b)² / (max−min)².
    Quadratic,
}

/// Weights over the categories of one matrix: their values where all are numbers, else their positions.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    weighting: Weighting,
    /// From 0 for the least category to 1 for the greatest.
    positions: Vec<f64>,
    /// Σ over all ordered pairs of categories of the weight of agreement.
    total: f64,
}

impl Weights {
    pub(crate) fn of(matrix: &Matrix, weighting: Weighting) -> Self {
        let places = || (0..matrix.categories().len()).map(|place| place as f64).collect();
        let values: Vec<f64> = matrix.scale().unwrap_or_else(places);
        let least = values.first().copied().unwrap_or_default();
        let half_range = values.last().copied().unwrap_or_default() / 2.0 - least / 2.0;
        let part = |value: &f64| {
            if half_range > 0.0 {
                (value / 2.0 - least / 2.0) / half_range
            } else {
                0.0
            }
        };
        Self::new(weighting, values.iter().map(part).collect())
    }

    /// One category against all others.
    pub(crate) fn of_two() -> Self {
        Self::new(Weighting::Identity, vec![0.0, 1.0])
    }

    fn new(weighting: Weighting, positions: Vec<f64>) -> Self {
        let number = positions.len();
        let mut weights = Self {
            weighting,
            positions,
            total: 0.0,
        };
        weights.total = match weighting {
            Weighting::Identity => number as f64,
            Weighting::Linear | Weighting::Quadratic => {
                let disagreements: f64 = (0..number)
                    .map(|category| weights.against(category, |_| 1.0))
                    .sum();
                (number * number) as f64 - disagreements
            }
        };
        weights
    }

    pub(crate) fn categories(&self) -> usize {
        self.positions.len()
    }

    /// One less the weight: 0 for the same category, at most 1.
    pub(crate) fn disagreement(&self, first: usize, second: usize) -> f64 {
        let (Some(a), Some(b)) = (self.positions.get(first), self.positions.get(second)) else {
            return 1.0;
        };
        match self.weighting {
            Weighting::Identity => f64::from(first != second),
            Weighting::Linear => (a - b).abs(),
            Weighting::Quadratic => (a - b).powi(2),
        }
    }

    /// T_w = Σ_kl w_kl.
    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    /// Σ_l disagreement(category, l) · share(l).
    pub(crate) fn against(&self, category: usize, share: impl Fn(usize) -> f64) -> f64 {
        (0..self.categories())
            .map(|other| self.disagreement(category, other) * share(other))
            .sum()
    }

    /// Σ_kl disagreement(k, l) · first(k) · second(l).
    pub(crate) fn expected(&self, first: &[f64], second: &[f64]) -> f64 {
        let of = |(category, share): (usize, &f64)| {
            share * self.against(category, |other| second.get(other).copied().unwrap_or_default())
        };
        first
            .iter()
            .enumerate()
            .filter(|(_, share)| **share != 0.0)
            .map(of)
            .sum()
    }
}
