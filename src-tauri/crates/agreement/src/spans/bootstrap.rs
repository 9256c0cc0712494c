//! Intervals from sessions resampled whole, for statistics that are made of sums over sessions.
//!
//! Invariant: the draws depend on seed and number of sessions alone.

use std::ops::AddAssign;

use super::random::Stream;
use super::request::SpanBootstrap;
use super::result::Coefficient;
use crate::coverage;
use crate::measurement::{Interval, Measurement};

/// Below this many sessions an interval is too narrow.
const FEW_CLUSTERS: usize = 20;

/// Enters the percentile interval of a coefficient over sessions drawn with replacement; a note where there is none.
pub(super) fn enter_interval<T>(
    measurement: &mut Measurement,
    sessions: &[T],
    settings: Option<SpanBootstrap>,
    coefficient: impl Fn(&T) -> Coefficient,
) where
    T: Clone + for<'a> AddAssign<&'a T>,
{
    let Some(settings) = settings else { return };
    let [first, _, ..] = sessions else {
        measurement
            .notes
            .push("one session only: no bootstrap interval".to_owned());
        return;
    };
    let mut values = Vec::with_capacity(settings.samples);
    for sample in 0..settings.samples {
        let mut stream = Stream::new(settings.seed, sample as u64);
        let mut total: Option<T> = None;
        for _ in sessions {
            let drawn = sessions.get(stream.position(sessions.len())).unwrap_or(first);
            match &mut total {
                Some(total) => *total += drawn,
                None => total = Some(drawn.clone()),
            }
        }
        values.extend(
            total
                .and_then(|total| coefficient(&total).ok())
                .filter(|value| value.is_finite()),
        );
    }
    if values.len() < settings.samples {
        let lost = settings.samples - values.len();
        measurement.notes.push(format!(
            "undefined in {lost} of {} bootstrap samples",
            settings.samples
        ));
    }
    if sessions.len() < FEW_CLUSTERS {
        measurement
            .notes
            .push("few clusters: interval too narrow".to_owned());
    }
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - settings.confidence) / 2.0;
    let interval = Interval {
        low: quantile(&values, tail),
        high: quantile(&values, 1.0 - tail),
        confidence: settings.confidence,
        method: "bootstrap over clusters".to_owned(),
        samples: Some(settings.samples),
        seed: Some(settings.seed),
        clusters: Some(sessions.len()),
    };
    measurement
        .notes
        .extend(coverage::note(&interval.method, interval.clusters));
    measurement.ci = Some(interval.clone());
    measurement.bootstrap_ci = Some(interval);
}

/// The quantile of sorted values, between neighbours by linear interpolation (Hyndman & Fan 1996, type 7).
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * (sorted.len().checked_sub(1)?) as f64;
    let below = *sorted.get(place.floor() as usize)?;
    let above = *sorted.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        let sorted = [0.0, 1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&sorted, 0.0), Some(0.0));
        assert_eq!(quantile(&sorted, 0.025), Some(0.1));
        assert_eq!(quantile(&sorted, 1.0), Some(4.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
