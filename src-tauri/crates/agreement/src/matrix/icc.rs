//! Intraclass correlations over the units that every rater rated (Shrout & Fleiss 1979; McGraw & Wong 1996).
//!
//! Mean squares: MSR between units, MSC between raters, MSE residual, MSW within units; n units, k raters.

use super::alpha::unit_scale;
use super::data::{MISSING, Matrix, rated};
use super::estimator::{Additive, Share};
use super::reason::{Outcome, Reason};

/// What the variance of raters is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Model {
    /// Each unit has its own raters: ICC(1,·), ICC(·).
    OneWay,
    /// Raters are random and their differences count: ICC(2,·), ICC(A,·).
    Agreement,
    /// Raters are fixed and their differences do not count: ICC(3,·), ICC(C,·).
    Consistency,
}

/// Which of the six.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) model: Model,
    /// Of the mean of k raters rather than of a single one.
    pub(crate) is_average: bool,
}

/// A sum of squares this small a part of the whole is rounding.
const ROUNDING: f64 = 1e-12;

/// An intraclass correlation over complete units; raters without any rating are set aside.
pub(crate) struct Icc {
    form: Form,
    columns: Vec<usize>,
    /// By category, in [0, 1].
    values: Vec<f64>,
}

impl Icc {
    pub(crate) fn new(form: Form, matrix: &Matrix) -> Self {
        Self {
            form,
            columns: matrix.active_raters(),
            values: unit_scale(matrix),
        }
    }

    pub(crate) fn is_complete(&self, row: &[u32]) -> bool {
        rated(row).count() == self.columns.len() && !self.columns.is_empty()
    }

    fn value_of(&self, row: &[u32], column: usize) -> f64 {
        let cell = row.get(column).filter(|cell| **cell != MISSING);
        cell.and_then(|cell| self.values.get(*cell as usize))
            .copied()
            .unwrap_or_default()
    }

    /// The mean squares, or why there are none.
    pub(crate) fn mean_squares(&self, sums: &[f64]) -> Result<MeanSquares, Reason> {
        let raters = self.columns.len();
        if raters < 2 {
            return Err(Reason::FewerThanTwoRaters);
        }
        let [units, level, level_squares, within, of_raters @ ..] = sums else {
            return Err(Reason::NoCompleteUnit);
        };
        let (n, k) = (*units, raters as f64);
        if n < 1.0 {
            return Err(Reason::NoCompleteUnit);
        }
        if n < 2.0 {
            return Err(Reason::OneCompleteUnit);
        }
        let unless_rounding = |part: f64, whole: f64| if part <= ROUNDING * whole { 0.0 } else { part };
        let rows = k * unless_rounding(level_squares - level * level / n, *level_squares);
        let columns_whole: f64 = of_raters.iter().map(|sum| sum * sum).sum::<f64>() / n;
        let columns = unless_rounding(columns_whole, *within);
        let error = unless_rounding(within - columns, *within);
        Ok(MeanSquares {
            units: n,
            raters: k,
            rows: rows / (n - 1.0),
            columns: columns / (k - 1.0),
            error: error / ((n - 1.0) * (k - 1.0)),
            within: within / (n * (k - 1.0)),
        })
    }
}

/// The sums: units; their means and squared means; squares of deviations from them; deviations by rater.
impl Additive for Icc {
    fn width(&self) -> usize {
        4 + self.columns.len()
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        if !self.is_complete(row) {
            return;
        }
        let number = self.columns.len() as f64;
        let first = self
            .columns
            .first()
            .map_or(0.0, |column| self.value_of(row, *column));
        // Differences to the first rating keep the deviations of equal ratings at exactly 0.
        let differences = || {
            self.columns
                .iter()
                .map(|column| self.value_of(row, *column) - first)
        };
        let mean = differences().sum::<f64>() / number;
        let level = first + mean;
        let within: f64 = differences().map(|difference| (difference - mean).powi(2)).sum();
        shares.extend([(0, 1.0), (1, level), (2, level * level), (3, within)]);
        shares.extend(
            differences()
                .enumerate()
                .map(|(place, difference)| (4 + place, difference - mean)),
        );
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        self.mean_squares(sums)?.coefficient(self.form)
    }
}

/// The mean squares of a two-way table of n units × k raters, in units of the squared scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeanSquares {
    pub(crate) units: f64,
    pub(crate) raters: f64,
    /// MSR.
    pub(crate) rows: f64,
    /// MSC.
    pub(crate) columns: f64,
    /// MSE.
    pub(crate) error: f64,
    /// MSW.
    pub(crate) within: f64,
}

impl MeanSquares {
    pub(crate) fn coefficient(&self, form: Form) -> Outcome {
        let (n, k, rows) = (self.units, self.raters, self.rows);
        let bias = (self.columns - self.error) / n;
        let (above, below) = match (form.model, form.is_average) {
            (Model::OneWay, false) => (rows - self.within, rows + (k - 1.0) * self.within),
            (Model::OneWay, true) => (rows - self.within, rows),
            (Model::Agreement, false) => (rows - self.error, rows + (k - 1.0) * self.error + k * bias),
            (Model::Agreement, true) => (rows - self.error, rows + bias),
            (Model::Consistency, false) => (rows - self.error, rows + (k - 1.0) * self.error),
            (Model::Consistency, true) => (rows - self.error, rows),
        };
        if rows == 0.0 && self.within == 0.0 {
            return Err(Reason::NoVariation);
        }
        if below > ROUNDING * (rows + self.columns + self.error + self.within) {
            return Ok(above / below);
        }
        Err(if rows == 0.0 {
            Reason::NoVariationBetweenUnits
        } else {
            Reason::NegativeVariance
        })
    }
}
