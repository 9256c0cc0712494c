//! Intervals of means and slopes: clusters are drawn whole, with replacement, always with the same seed.

use crate::wire::{Estimate, IntervalChoice};

/// The value over all clusters with the percentile limits of the resamples. `of` is given the drawn clusters and says
/// the value, or that there is none.
pub(crate) fn estimate<Cluster>(
    clusters: &[Cluster],
    interval: IntervalChoice,
    of: impl Fn(&[&Cluster]) -> Option<f64>,
) -> Estimate {
    let value = of(&clusters.iter().collect::<Vec<_>>());
    if clusters.len() < 2 || interval.samples == 0 || value.is_none() {
        return Estimate {
            value,
            ..Estimate::NONE
        };
    }
    let mut random = Random(u64::from(interval.seed));
    let mut values: Vec<f64> = (0..interval.samples)
        .filter_map(|_| {
            let drawn: Vec<&Cluster> = (0..clusters.len())
                .filter_map(|_| clusters.get(random.below(clusters.len())))
                .collect();
            of(&drawn)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - interval.confidence) / 2.0;
    Estimate {
        value,
        low: quantile(&values, tail),
        high: quantile(&values, 1.0 - tail),
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `bound`, evenly but for a part in 2^64 ÷ `bound`.
    fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.next()) * (bound as u128);
        usize::try_from(product >> 64).unwrap_or_default()
    }
}

/// Linear between the two next to it (Hyndman & Fan 1996, type 7).
fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let place = part * (sorted.len().checked_sub(1)? as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in the list, between 0 and its length"
    )]
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    let (below, above) = (sorted.get(below)?, sorted.get(above)?);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::estimate;
    use crate::agreement::compute::INTERVAL;

    #[expect(clippy::unnecessary_wraps, reason = "the shape that estimate asks for")]
    fn mean(clusters: &[&f64]) -> Option<f64> {
        Some(clusters.iter().copied().sum::<f64>() / clusters.len() as f64)
    }

    #[test]
    fn an_interval_lies_around_its_value_and_is_the_same_each_time() {
        let clusters: Vec<f64> = (0..40).map(|number| f64::from(number % 7)).collect();
        let found = estimate(&clusters, INTERVAL, mean);
        assert_eq!(found, estimate(&clusters, INTERVAL, mean));
        let (value, low, high) = (found.value.unwrap(), found.low.unwrap(), found.high.unwrap());
        assert!(low < value && value < high);
        // ± 1.96 standard errors of the mean, about .32 here.
        assert!((high - low - 1.24).abs() < 0.25, "{low} {high}");
    }

    #[test]
    fn one_cluster_has_no_interval_and_equal_ones_none_that_is_wide() {
        assert_eq!(estimate(&[2.0], INTERVAL, mean).low, None);
        let found = estimate(&[2.0, 2.0, 2.0], INTERVAL, mean);
        assert_eq!((found.low, found.high), (Some(2.0), Some(2.0)));
    }
}
