//! How two columns of numbers go together over the same units: Pearson's r (1895) and Spearman's rho (1904, as Pearson's
//! r of ranks, ties with their mean rank), with percentile intervals from whole units drawn with replacement (Efron 1979).

use std::cmp::Ordering;

use crate::matrix::random::Random;

/// Where more than this part of the resamples have no value, those that have one speak of another population.
const MOST_UNDEFINED: f64 = 0.1;

/// Which coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Pearson,
    Spearman,
}

/// Why there is no coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRelation {
    #[error("fewer than two pairs")]
    TooFew,
    #[error("all values of one column are the same")]
    Constant,
    #[error("a value is no finite number")]
    NotFinite,
}

/// How an interval is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resamples {
    pub samples: u32,
    pub seed: u64,
    /// Between 0 and 1.
    pub confidence: f64,
}

impl Relation {
    /// The coefficient, −1 to 1.
    ///
    /// # Errors
    /// Fewer than two pairs, a constant column, or a value that is not finite.
    pub fn of(self, pairs: &[(f64, f64)]) -> Result<f64, NoRelation> {
        if pairs.len() < 2 {
            return Err(NoRelation::TooFew);
        }
        if pairs
            .iter()
            .any(|(one, other)| !one.is_finite() || !other.is_finite())
        {
            return Err(NoRelation::NotFinite);
        }
        match self {
            Self::Pearson => pearson(pairs),
            Self::Spearman => {
                let ones = ranks(pairs.iter().map(|(one, _)| *one));
                let others = ranks(pairs.iter().map(|(_, other)| *other));
                pearson(&ones.into_iter().zip(others).collect::<Vec<_>>())
            }
        }
    }

    /// The percentile interval over resampled pairs; `None` where more than a tenth of them have no coefficient, or none
    /// were asked for.
    #[must_use]
    pub fn interval(self, pairs: &[(f64, f64)], resamples: Resamples) -> Option<(f64, f64)> {
        let mut drawn: Vec<(f64, f64)> = Vec::with_capacity(pairs.len());
        let mut values: Vec<f64> = (0..u64::from(resamples.samples))
            .filter_map(|sample| {
                let mut random = Random::of_sample(resamples.seed, sample);
                drawn.clear();
                random.each_below(pairs.len().max(1), pairs.len(), |place| {
                    drawn.extend(pairs.get(place));
                });
                self.of(&drawn).ok()
            })
            .collect();
        let asked = f64::from(resamples.samples);
        if values.is_empty() || as_number(values.len()) < asked * (1.0 - MOST_UNDEFINED) {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let outside = (1.0 - resamples.confidence) / 2.0;
        Some((quantile(&values, outside)?, quantile(&values, 1.0 - outside)?))
    }
}

fn pearson(pairs: &[(f64, f64)]) -> Result<f64, NoRelation> {
    let number = as_number(pairs.len());
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / number;
    let (one_mean, other_mean) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let (mut both, mut ones, mut others) = (0.0, 0.0, 0.0);
    for (one, other) in pairs {
        let (one, other) = (one - one_mean, other - other_mean);
        both += one * other;
        ones += one * one;
        others += other * other;
    }
    let constant = |of: fn(&(f64, f64)) -> f64| {
        let mut values = pairs.iter().map(of);
        let first = values.next();
        values.all(|value| first.is_some_and(|first| value.total_cmp(&first) == Ordering::Equal))
    };
    // Means of equal numbers may miss them by a last digit.
    if constant(|pair| pair.0) || constant(|pair| pair.1) || ones <= 0.0 || others <= 0.0 {
        return Err(NoRelation::Constant);
    }
    Ok((both / (ones.sqrt() * others.sqrt())).clamp(-1.0, 1.0))
}

/// Ranks from 1; equal values share the mean of theirs.
fn ranks(values: impl Iterator<Item = f64>) -> Vec<f64> {
    // Zero is zero, whatever its sign.
    let mut order: Vec<(usize, f64)> = values.map(|value| value + 0.0).enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut ranks = vec![0.0; order.len()];
    let mut passed = 0;
    for tied in order.chunk_by(|one, other| one.1.total_cmp(&other.1) == Ordering::Equal) {
        let rank = as_number(passed) + (as_number(tied.len()) + 1.0) / 2.0;
        for (place, _) in tied {
            if let Some(own) = ranks.get_mut(*place) {
                *own = rank;
            }
        }
        passed += tied.len();
    }
    ranks
}

/// Between the two nearest of sorted values (Hyndman & Fan 1996, type 7).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place between 0 and the number of resamples"
)]
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share.clamp(0.0, 1.0) * as_number(sorted.len().checked_sub(1)?);
    let below = sorted.get(place.floor() as usize)?;
    let above = sorted.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

#[expect(clippy::cast_precision_loss, reason = "numbers of units")]
fn as_number(count: usize) -> f64 {
    count as f64
}
