//! Intervals from resamples: percentile (Efron 1979) and BCa (Efron 1987, "Better bootstrap confidence intervals").

use std::ops::ControlFlow;

use super::data::Matrix;
use super::distributions::{normal_below, normal_quantile};
use super::estimator::Estimator;
use super::parallel;
use super::random::Random;
use super::request::{Bootstrap, BootstrapInterval};
use super::resample::{Resampling, Scratch};
use crate::coverage;
use crate::measurement::Interval;

/// Below so many clusters an interval is known to be too narrow.
const FEW_CLUSTERS: usize = 20;

/// Where more than this part of the resamples have no value, those that have one speak of another population.
const MOST_UNDEFINED: f64 = 0.1;

/// An interval with what a reader must know of it.
pub(crate) struct Bootstrapped {
    pub(crate) interval: Option<Interval>,
    pub(crate) notes: Vec<String>,
}

/// Resamples units, or clusters where there are any; `None` where `progress` broke off.
///
/// `progress` is told how many computations are done, of how many.
pub(crate) fn bootstrap(
    estimator: &Estimator<'_>,
    matrix: &Matrix,
    value: f64,
    request: (Bootstrap, f64, usize),
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Bootstrapped> {
    let (bootstrap, confidence, threads) = request;
    let resampling = Resampling::new(estimator, matrix);
    let is_bca = bootstrap.interval == BootstrapInterval::Bca;
    let left_out = if is_bca { resampling.of_kind().len() } else { 0 };
    let all = bootstrap.samples + left_out;

    let draw = |scratch: &mut Scratch, sample: usize| {
        resampling
            .draw(&mut Random::of_sample(bootstrap.seed, sample as u64), scratch)
            .ok()
    };
    let drawn = parallel::each(bootstrap.samples, threads, Scratch::default, draw, &mut |done| {
        progress(done, all)
    })?;
    let mut values: Vec<f64> = drawn.into_iter().flatten().collect();
    values.sort_by(f64::total_cmp);

    let tails = ((1.0 - confidence) / 2.0, f64::midpoint(1.0, confidence));
    let tails = if is_bca {
        let without = |scratch: &mut Scratch, kind: usize| resampling.without(kind, scratch).ok();
        let mut later = |done| progress(bootstrap.samples + done, all);
        let jackknife = parallel::each(left_out, threads, Scratch::default, without, &mut later)?;
        bias(&values, value)
            .zip(acceleration(&jackknife, resampling.of_kind()))
            .and_then(|(bias, acceleration)| {
                Some((
                    corrected(tails.0, bias, acceleration)?,
                    corrected(tails.1, bias, acceleration)?,
                ))
            })
    } else {
        Some(tails)
    };

    let mut notes = notes(matrix, &resampling);
    let undefined = bootstrap.samples - values.len();
    if undefined > 0 {
        notes.push(format!(
            "{undefined} of {} resamples have no value and were left out",
            bootstrap.samples
        ));
    }
    if tails.is_none() && !values.is_empty() {
        notes.push(
            "no BCa interval: the resamples all lie on one side, or leaving one out has no value".into(),
        );
    }
    let speaks_for_all = undefined as f64 <= MOST_UNDEFINED * bootstrap.samples as f64;
    if !speaks_for_all && !values.is_empty() {
        notes.push("no bootstrap interval: too many resamples have no value".into());
    }
    let interval = tails
        .filter(|_| speaks_for_all && !values.is_empty() && resampling.items() > 1)
        .map(|(low, high)| Interval {
            low: quantile(&values, low),
            high: quantile(&values, high),
            confidence,
            method: bootstrap.interval.method(matrix.clusters().is_some()).into(),
            samples: Some(bootstrap.samples),
            seed: Some(bootstrap.seed),
            clusters: matrix.clusters().map(|_| resampling.items()),
        });
    if let Some(interval) = &interval {
        notes.extend(coverage::note(&interval.method, interval.clusters));
    }
    Some(Bootstrapped { interval, notes })
}

fn notes(matrix: &Matrix, resampling: &Resampling<'_>) -> Vec<String> {
    match matrix.clusters() {
        None => vec!["bootstrap over units: assumes independent units".into()],
        Some(_) if resampling.items() < 2 => vec!["one cluster: no bootstrap interval".into()],
        Some(_) if resampling.items() < FEW_CLUSTERS => vec!["few clusters: interval too narrow".into()],
        Some(_) => Vec::new(),
    }
}

/// The quantile of sorted values, linear between the two next to it (Hyndman & Fan 1996, type 7).
pub(crate) fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let place = part * sorted.len().checked_sub(1)? as f64;
    let below = sorted.get(place.floor() as usize)?;
    let above = sorted.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

/// z0: how far the resamples' median is from the value, ties counting half.
fn bias(values: &[f64], value: f64) -> Option<f64> {
    let below = values.iter().filter(|other| **other < value).count() as f64;
    let same = values.iter().filter(|other| **other == value).count() as f64;
    normal_quantile((below + same / 2.0) / values.len() as f64)
}

/// a = Σ (m−x_i)³ / 6 (Σ (m−x_i)²)^{3/2} over the values with one unit or cluster left out, m their mean.
fn acceleration(jackknife: &[Option<f64>], of_kind: &[u32]) -> Option<f64> {
    let values: Option<Vec<(f64, f64)>> = jackknife
        .iter()
        .zip(of_kind)
        .map(|(value, times)| value.map(|value| (value, f64::from(*times))))
        .collect();
    let values = values?;
    let number: f64 = values.iter().map(|(_, times)| times).sum();
    let mean = values.iter().map(|(value, times)| value * times).sum::<f64>() / number;
    let moment = |power| {
        values
            .iter()
            .map(|(value, times)| times * (mean - value).powi(power))
            .sum::<f64>()
    };
    let spread = moment(2);
    let acceleration = moment(3) / (6.0 * spread.powf(1.5));
    (spread > 0.0 && acceleration.is_finite()).then_some(acceleration)
}

/// Where among the resamples a limit of the corrected interval lies.
fn corrected(part: f64, bias: f64, acceleration: f64) -> Option<f64> {
    let shifted = bias + normal_quantile(part)?;
    let scale = 1.0 - acceleration * shifted;
    (scale > 0.0).then(|| normal_below(bias + shifted / scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_numpy() {
        // numpy.quantile([1, 2, 4, 8], [0, .025, .5, .975, 1])
        let values = [1.0, 2.0, 4.0, 8.0];
        let of = |part| quantile(&values, part).unwrap();
        let found = [of(0.0), of(0.025), of(0.5), of(0.975), of(1.0)];
        let expected = [1.0, 1.075, 3.0, 7.7, 8.0];
        assert!(
            found
                .iter()
                .zip(expected)
                .all(|(found, expected)| (found - expected).abs() < 1e-12),
            "{found:?}"
        );
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn without_bias_and_acceleration_bca_is_the_percentile_interval() {
        assert!((corrected(0.025, 0.0, 0.0).unwrap() - 0.025).abs() < 1e-12);
        // Efron & Tibshirani 1993, p. 188: z0 .146, a .061 put the limits of 90 % at .110 and .985.
        assert!((corrected(0.05, 0.146, 0.061).unwrap() - 0.110).abs() < 5e-4);
        assert!((corrected(0.95, 0.146, 0.061).unwrap() - 0.985).abs() < 6e-4);
    }
}
