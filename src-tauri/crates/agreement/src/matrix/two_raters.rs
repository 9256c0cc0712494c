//! Coefficients of two raters: functions of the table of how often one gave category i and the other j.
//!
//! po = Σ w_ij p_ij, pe = Σ w_ij p_i. p_.j, κ = (po − pe)/(1 − pe) (Cohen 1960, 1968), here by disagreements,
//! 1 − (1−po)/(1−pe), which loses no digits where chance agreement is near 1.

use super::data::MISSING;
use super::estimator::{Additive, Share};
use super::reason::{Outcome, Reason};
use super::weights::Weights;

/// What is read off the table.
#[derive(Debug, Clone)]
pub(crate) enum PairCoefficient {
    /// Cohen's kappa, weighted or not.
    Kappa(Weights),
    /// The largest kappa that the margins allow: (Σ min(p_i., p_.i) − pe)/(1 − pe).
    KappaMax,
    /// Scott's pi: chance by the mean of both raters' proportions (Scott 1955).
    Scott,
    /// |a−d|/n for one category against the rest (Byrt, Bishop & Carlin 1993).
    Prevalence(usize),
    /// |b−c|/n for one category against the rest (Byrt, Bishop & Carlin 1993).
    Bias(usize),
}

/// A coefficient of the raters of two columns over the units that both rated.
#[derive(Debug, Clone)]
pub(crate) struct TwoRaters {
    pub(crate) columns: (usize, usize),
    pub(crate) categories: usize,
    pub(crate) coefficient: PairCoefficient,
}

/// The sums are the cells of the table, row by row; the first rater's categories are the rows.
impl Additive for TwoRaters {
    fn width(&self) -> usize {
        self.categories * self.categories
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        let rating = |column| {
            row.get(column)
                .filter(|cell| **cell != MISSING)
                .map(|cell| *cell as usize)
        };
        if let (Some(first), Some(second)) = (rating(self.columns.0), rating(self.columns.1)) {
            shares.push((first * self.categories + second, 1.0));
        }
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        let table = Table::new(self.categories, sums)?;
        match &self.coefficient {
            PairCoefficient::Kappa(weights) => table.kappa(weights),
            PairCoefficient::KappaMax => table.kappa_max(),
            PairCoefficient::Scott => table.scott(),
            PairCoefficient::Prevalence(category) => Ok(table.prevalence(*category)),
            PairCoefficient::Bias(category) => Ok(table.bias(*category)),
        }
    }
}

/// Proportions of the table and its margins.
pub(crate) struct Table<'a> {
    counts: &'a [f64],
    number: f64,
    rows: Vec<f64>,
    columns: Vec<f64>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(categories: usize, counts: &'a [f64]) -> Result<Self, Reason> {
        let number: f64 = counts.iter().sum();
        if number < 1.0 || categories == 0 {
            return Err(Reason::NoUnitRatedTwice);
        }
        let lines = || counts.chunks_exact(categories);
        let rows = lines().map(|line| line.iter().sum::<f64>() / number).collect();
        let mut columns = vec![0.0; categories];
        for line in lines() {
            for (column, count) in columns.iter_mut().zip(line) {
                *column += count / number;
            }
        }
        Ok(Self {
            counts,
            number,
            rows,
            columns,
        })
    }

    /// Cells that are not zero: row, column, proportion.
    fn cells(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        let categories = self.rows.len();
        let cell = move |(place, count): (usize, &f64)| {
            (place / categories, place % categories, count / self.number)
        };
        self.counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count != 0.0)
            .map(cell)
    }

    /// Σ p_ij (1 − w_ij).
    fn observed(&self, weights: &Weights) -> f64 {
        self.cells()
            .map(|(row, column, part)| part * weights.disagreement(row, column))
            .sum()
    }

    fn different(&self) -> f64 {
        self.cells()
            .filter(|(row, column, _)| row != column)
            .map(|(_, _, part)| part)
            .sum()
    }

    /// Σ p_i. p_.j over i ≠ j.
    fn different_by_chance(&self) -> f64 {
        let before_and_after = |place: usize| {
            let others = self
                .columns
                .iter()
                .enumerate()
                .filter(move |(other, _)| *other != place);
            others.map(|(_, part)| part).sum::<f64>()
        };
        self.rows
            .iter()
            .enumerate()
            .map(|(place, part)| part * before_and_after(place))
            .sum()
    }

    fn kappa(&self, weights: &Weights) -> Outcome {
        corrected(
            self.rows.len(),
            self.observed(weights),
            weights.expected(&self.rows, &self.columns),
        )
    }

    fn kappa_max(&self) -> Outcome {
        let least: f64 = self
            .rows
            .iter()
            .zip(&self.columns)
            .map(|(row, column)| row.min(*column))
            .sum();
        corrected(self.rows.len(), 1.0 - least, self.different_by_chance())
    }

    fn scott(&self) -> Outcome {
        let means = self
            .rows
            .iter()
            .zip(&self.columns)
            .map(|(row, column)| (row + column) / 2.0);
        corrected(
            self.rows.len(),
            self.different(),
            means.map(|mean| mean * (1.0 - mean)).sum(),
        )
    }

    fn collapsed(&self, category: usize) -> (f64, f64, f64) {
        let margin = |margins: &[f64]| margins.get(category).copied().unwrap_or_default();
        let both = self
            .cells()
            .find(|(row, column, _)| *row == category && *column == category);
        (
            both.map_or(0.0, |(_, _, part)| part),
            margin(&self.rows),
            margin(&self.columns),
        )
    }

    fn prevalence(&self, category: usize) -> f64 {
        let (both, first, second) = self.collapsed(category);
        (both - (1.0 - first - second + both)).abs()
    }

    fn bias(&self, category: usize) -> f64 {
        let (_, first, second) = self.collapsed(category);
        (first - second).abs()
    }

    /// The standard error of kappa (Fleiss, Cohen & Everitt 1969), with w̄_i. = Σ_j w_ij p_.j and
    /// w̄_.j = Σ_i w_ij p_i.: var = [Σ p_ij(w_ij(1−pe) − (w̄_i.+w̄_.j)(1−po))² − (po·pe − 2pe + po)²] / (n(1−pe)⁴).
    pub(crate) fn kappa_error(&self, weights: &Weights) -> Option<f64> {
        let observed = 1.0 - self.observed(weights);
        let expected = 1.0 - weights.expected(&self.rows, &self.columns);
        let at = |margins: &[f64], place: usize| margins.get(place).copied().unwrap_or_default();
        let of_row = |row| 1.0 - weights.against(row, |column| at(&self.columns, column));
        let of_column = |column| 1.0 - weights.against(column, |row| at(&self.rows, row));
        let rows: Vec<f64> = (0..self.rows.len()).map(of_row).collect();
        let columns: Vec<f64> = (0..self.columns.len()).map(of_column).collect();
        let term = |(row, column, part): (usize, usize, f64)| {
            let weight = 1.0 - weights.disagreement(row, column);
            part * (weight * (1.0 - expected) - (at(&rows, row) + at(&columns, column)) * (1.0 - observed))
                .powi(2)
        };
        let spread =
            self.cells().map(term).sum::<f64>() - (observed * expected - 2.0 * expected + observed).powi(2);
        let variance = spread.max(0.0) / (self.number * (1.0 - expected).powi(4));
        Some(variance.sqrt()).filter(|error| error.is_finite())
    }
}

/// 1 − observed/expected disagreement.
fn corrected(categories: usize, observed: f64, expected: f64) -> Outcome {
    if categories < 2 {
        Err(Reason::OneCategory)
    } else if expected <= 0.0 {
        Err(Reason::NoVariation)
    } else {
        Ok(1.0 - observed / expected)
    }
}

/// The mean of a coefficient over pairs of raters; Light's kappa where it is Cohen's (Light 1971).
pub(crate) struct MeanOfPairs {
    pub(crate) pairs: Vec<TwoRaters>,
}

impl Additive for MeanOfPairs {
    fn width(&self) -> usize {
        self.pairs.iter().map(Additive::width).sum()
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        let mut before = 0;
        for pair in &self.pairs {
            let start = shares.len();
            pair.contribute(row, shares);
            shares.iter_mut().skip(start).for_each(|share| share.0 += before);
            before += pair.width();
        }
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        let mut rest = sums;
        let (mut sum, mut number, mut reason) = (0.0, 0.0, None);
        for pair in &self.pairs {
            let (own, after) = rest
                .split_at_checked(pair.width())
                .ok_or(Reason::NoPairHasAValue)?;
            rest = after;
            match pair.finish(own) {
                Ok(value) => (sum, number) = (sum + value, number + 1.0),
                Err(other) => reason = reason.or(Some(other)),
            }
        }
        if number > 0.0 {
            Ok(sum / number)
        } else {
            Err(reason.unwrap_or(Reason::NoPairHasAValue))
        }
    }
}
