//! Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").
//!
//! α = 1 − (n−1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck over ordered pairs of categories, where unit u of m_u ≥ 2 ratings
//! adds 1/(m_u−1) to o_ck for each of its ordered pairs of ratings. Ordinal δ² equals the squared difference of
//! mid-ranks among the pairable values, by which any number of categories costs no more than sorting them.

use super::data::{Matrix, rated, ratings};
use super::estimator::{Additive, Estimator, Share, Weighted};
use super::reason::{Outcome, Reason};
use crate::measurement::Level;

/// Up to here the ordinal coincidences of every pair of categories are kept as sums.
const FEW_CATEGORIES: usize = 24;

/// Where the variance of values is this small a part of their mean square, it is rounding.
const ROUNDING: f64 = 1e-12;

/// Alpha at one level over a matrix; the values must be numbers for intervals and ratios.
pub(crate) fn alpha<'a>(matrix: &'a Matrix, level: Level) -> Estimator<'a> {
    let categories = matrix.categories().len();
    match level {
        Level::Nominal => Estimator::Additive(Box::new(Nominal { categories })),
        Level::Ordinal if categories <= FEW_CATEGORIES => {
            Estimator::Additive(Box::new(Ordinal { categories }))
        }
        Level::Ordinal => Estimator::Weighted(Box::new(OrdinalOfMany { matrix })),
        Level::Interval => Estimator::Additive(Box::new(Interval {
            values: unit_scale(matrix),
        })),
        Level::Ratio => Estimator::Additive(Box::new(Ratio {
            values: matrix.scale().unwrap_or_default(),
        })),
    }
}

/// Observed and expected disagreement: Σ o_ck δ² and Σ n_c n_k δ², with n of the pairable values.
struct Disagreement {
    observed: f64,
    expected: f64,
    pairable: f64,
}

impl Disagreement {
    fn alpha(&self) -> Outcome {
        if self.pairable < 2.0 {
            return Err(Reason::NoUnitRatedTwice);
        }
        if self.expected <= 0.0 {
            return Err(Reason::NoVariation);
        }
        Ok(1.0 - (self.pairable - 1.0) * self.observed / self.expected)
    }
}

/// The squared difference of two categories; `counts` are those of the pairable values.
pub(crate) fn squared_difference(
    level: Level,
    values: &[f64],
    counts: &[f64],
) -> impl Fn(usize, usize) -> f64 {
    let positions = match level {
        Level::Nominal => (0..values.len().max(counts.len()))
            .map(|index| index as f64)
            .collect(),
        Level::Ordinal => mid_ranks(counts),
        Level::Interval | Level::Ratio => values.to_vec(),
    };
    move |first, second| {
        let (Some(a), Some(b)) = (positions.get(first), positions.get(second)) else {
            return 0.0;
        };
        match level {
            Level::Nominal => f64::from(first != second),
            Level::Ordinal | Level::Interval => (a - b).powi(2),
            Level::Ratio => ratio_difference(*a, *b),
        }
    }
}

/// ((a−b)/(a+b))², 0 for 0/0; halves keep the sum of large values finite.
fn ratio_difference(a: f64, b: f64) -> f64 {
    let sum = a / 2.0 + b / 2.0;
    if sum == 0.0 {
        0.0
    } else {
        ((a / 2.0 - b / 2.0) / sum).powi(2)
    }
}

/// The mean rank of each category's values: how many lie below it and half of its own.
pub(crate) fn mid_ranks(counts: &[f64]) -> Vec<f64> {
    let mut below = 0.0;
    let rank = |count: &f64| {
        let rank = below + count / 2.0;
        below += count;
        rank
    };
    counts.iter().map(rank).collect()
}

/// The values moved to start at 0 and scaled by a power of two into [0, 1]: alpha at the interval level is the
/// same, whole numbers stay exact, and no square overflows.
pub(crate) fn unit_scale(matrix: &Matrix) -> Vec<f64> {
    let values = matrix.scale().unwrap_or_default();
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return values;
    };
    let half_range = last / 2.0 - first / 2.0;
    if half_range <= 0.0 {
        return vec![0.0; values.len()];
    }
    let unit = half_range.log2().ceil().exp2();
    values
        .iter()
        .map(|value| (value / 2.0 - first / 2.0) / unit)
        .collect()
}

/// Adds every rated category to its count, after the first `before` sums.
fn count(row: &[u32], before: usize, shares: &mut Vec<Share>) {
    shares.extend(rated(row).map(|category| (before + category, 1.0)));
}

/// The unit's ordered pairs of ratings, each pair once: `f(first, second)`.
fn each_pair(row: &[u32], mut f: impl FnMut(usize, usize)) {
    let mut rest = rated(row);
    while let Some(first) = rest.next() {
        for second in rest.clone() {
            f(first, second);
        }
    }
}

/// Sums: observed disagreement, then the count of each category.
struct Nominal {
    categories: usize,
}

impl Additive for Nominal {
    fn width(&self) -> usize {
        1 + self.categories
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        let ratings = ratings(row);
        if ratings < 2 {
            return;
        }
        count(row, 1, shares);
        let mut different = 0_usize;
        each_pair(row, |first, second| different += usize::from(first != second));
        if different > 0 {
            shares.push((0, 2.0 * different as f64 / (ratings - 1) as f64));
        }
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        let (observed, counts) = sums.split_first().ok_or(Reason::NoUnitRatedTwice)?;
        let pairable: f64 = counts.iter().sum();
        let same: f64 = counts.iter().map(|count| count * count).sum();
        Disagreement {
            observed: *observed,
            expected: pairable * pairable - same,
            pairable,
        }
        .alpha()
    }
}

/// Sums: the count of each category, then half the coincidences of each pair of different categories.
struct Ordinal {
    categories: usize,
}

impl Ordinal {
    /// Pairs (0,1), (0,2), (1,2), (0,3) … in this order.
    fn pair(&self, first: usize, second: usize) -> usize {
        let (low, high) = if first < second {
            (first, second)
        } else {
            (second, first)
        };
        self.categories + high * high.saturating_sub(1) / 2 + low
    }
}

impl Additive for Ordinal {
    fn width(&self) -> usize {
        self.categories + self.categories * self.categories.saturating_sub(1) / 2
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        let ratings = ratings(row);
        if ratings < 2 {
            return;
        }
        count(row, 0, shares);
        let share = 1.0 / (ratings - 1) as f64;
        each_pair(row, |first, second| {
            if first != second {
                shares.push((self.pair(first, second), share));
            }
        });
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        let (counts, coincidences) = sums
            .split_at_checked(self.categories)
            .ok_or(Reason::NoUnitRatedTwice)?;
        let ranks = mid_ranks(counts);
        let mut coincidences = coincidences.iter();
        let (mut observed, mut expected) = (0.0, 0.0);
        for (high, (high_rank, high_count)) in ranks.iter().zip(counts).enumerate() {
            for (low_rank, low_count) in ranks.iter().zip(counts).take(high) {
                let difference = (high_rank - low_rank).powi(2);
                observed += 2.0 * coincidences.next().unwrap_or(&0.0) * difference;
                expected += 2.0 * high_count * low_count * difference;
            }
        }
        Disagreement {
            observed,
            expected,
            pairable: counts.iter().sum(),
        }
        .alpha()
    }
}

/// Ordinal alpha where pairs of categories are too many to keep: ranks are found for each resample.
struct OrdinalOfMany<'a> {
    matrix: &'a Matrix,
}

impl Weighted for OrdinalOfMany<'_> {
    fn evaluate(&self, weights: &[f64]) -> Outcome {
        let mut counts = vec![0.0; self.matrix.categories().len()];
        for (row, weight) in self.pairable(weights) {
            for category in rated(row) {
                if let Some(count) = counts.get_mut(category) {
                    *count += weight;
                }
            }
        }
        let pairable: f64 = counts.iter().sum();
        // Ranks as parts of all values: the ratio of disagreements is the same, and squares stay small.
        let ranks: Vec<f64> = mid_ranks(&counts)
            .iter()
            .map(|rank| rank / pairable.max(1.0))
            .collect();
        let mut observed = 0.0;
        for (row, weight) in self.pairable(weights) {
            let ranks = rated(row).filter_map(|category| ranks.get(category).copied());
            observed += weight * mean_square_differences(ranks);
        }
        let moments = ranks
            .iter()
            .zip(&counts)
            .fold(Moments::default(), |moments, (rank, count)| {
                moments.with(*rank, *count)
            });
        Disagreement {
            observed,
            expected: moments.square_differences(),
            pairable,
        }
        .alpha()
    }
}

impl OrdinalOfMany<'_> {
    fn pairable<'b>(&'b self, weights: &'b [f64]) -> impl Iterator<Item = (&'b [u32], f64)> {
        self.matrix
            .rows()
            .zip(weights.iter().copied())
            .filter(|(row, weight)| *weight > 0.0 && ratings(row) > 1)
    }
}

/// Σ over ordered pairs of (x_i − x_j)², divided by one less than their number; measured from the first of them.
fn mean_square_differences(mut values: impl Iterator<Item = f64>) -> f64 {
    let Some(first) = values.next() else { return 0.0 };
    let start = Moments::default().with(0.0, 1.0);
    let moments = values.fold(start, |moments, value| moments.with(value - first, 1.0));
    if moments.number < 2.0 {
        0.0
    } else {
        moments.square_differences() / (moments.number - 1.0)
    }
}

#[derive(Default, Clone, Copy)]
struct Moments {
    number: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn with(self, value: f64, times: f64) -> Self {
        let (sum, squares) = (self.sum + times * value, self.squares + times * value * value);
        Self {
            number: self.number + times,
            sum,
            squares,
        }
    }

    /// Σ over ordered pairs of (x_i − x_j)²; exactly 0 where it is only rounding.
    fn square_differences(&self) -> f64 {
        let (whole, part) = (
            self.number * self.squares,
            self.number * self.squares - self.sum * self.sum,
        );
        if part <= whole * ROUNDING { 0.0 } else { 2.0 * part }
    }
}

/// Sums: observed disagreement; number, sum and sum of squares of the pairable values.
struct Interval {
    values: Vec<f64>,
}

impl Additive for Interval {
    fn width(&self) -> usize {
        4
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        if ratings(row) < 2 {
            return;
        }
        let values = rated(row).filter_map(|category| self.values.get(category).copied());
        let all = values
            .clone()
            .fold(Moments::default(), |moments, value| moments.with(value, 1.0));
        shares.push((0, mean_square_differences(values)));
        shares.extend([(1, all.number), (2, all.sum), (3, all.squares)]);
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        let [observed, number, sum, squares] = sums else {
            return Err(Reason::NoUnitRatedTwice);
        };
        let expected = Moments {
            number: *number,
            sum: *sum,
            squares: *squares,
        }
        .square_differences();
        Disagreement {
            observed: *observed,
            expected,
            pairable: *number,
        }
        .alpha()
    }
}

/// Sums: observed disagreement, then the count of each value.
struct Ratio {
    values: Vec<f64>,
}

impl Additive for Ratio {
    fn width(&self) -> usize {
        1 + self.values.len()
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        let ratings = ratings(row);
        if ratings < 2 {
            return;
        }
        count(row, 1, shares);
        let mut difference = 0.0;
        each_pair(row, |first, second| {
            if let (Some(a), Some(b)) = (self.values.get(first), self.values.get(second)) {
                difference += ratio_difference(*a, *b);
            }
        });
        shares.push((0, 2.0 * difference / (ratings - 1) as f64));
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        let (observed, counts) = sums.split_first().ok_or(Reason::NoUnitRatedTwice)?;
        if self.values.first().is_some_and(|least| *least < 0.0) {
            return Err(Reason::NegativeRatio);
        }
        let present = || self.values.iter().zip(counts).filter(|(_, count)| **count > 0.0);
        let mut expected = 0.0;
        for (place, (value, count)) in present().enumerate() {
            let below: f64 = present()
                .take(place)
                .map(|(other, count)| count * ratio_difference(*value, *other))
                .sum();
            expected += 2.0 * count * below;
        }
        Disagreement {
            observed: *observed,
            expected,
            pairable: counts.iter().sum(),
        }
        .alpha()
    }
}
