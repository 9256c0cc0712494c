//! The ratios of variances at which the restricted likelihood is highest.
//!
//! Newton's method on logarithms of the ratios, the curvature by differences of slopes; a ratio whose likelihood
//! falls from zero on is zero.

use super::reason::Reason;
use super::reml::{Likelihood, Ratings, Ratios};
use super::symmetric::{Square, dot};

/// Sources of variance besides the residual.
pub(crate) const PARTS: usize = 3;
const MOST_STEPS: usize = 100;
/// A step changes no ratio by more than this factor's logarithm.
const LONGEST_STEP: f64 = 2.0;
/// For differences of slopes.
const NEARBY: f64 = 1e-4;
/// Below this ratio it is looked at whether zero is better.
const SMALL: f64 = 0.02;
/// Where a ratio starts again when zero turns out not to be best.
const RESTART: f64 = 1e-3;
/// A ratio as large as this has left no residual.
const LARGEST: f64 = 1e9;
const CLOSE_ENOUGH: f64 = 1e-10;

fn list(ratios: Ratios) -> [f64; PARTS] {
    [ratios.unit, ratios.cluster, ratios.rater]
}

fn ratios(list: [f64; PARTS]) -> Ratios {
    let [unit, cluster, rater] = list;
    Ratios { unit, cluster, rater }
}

/// The best ratios and the likelihood at them; `parts` says which sources of variance there are.
pub(crate) fn best(ratings: &Ratings, parts: [bool; PARTS]) -> Result<(Ratios, Likelihood), Reason> {
    let start = [1.0, 0.5, 0.1];
    let mut at = [0, 1, 2].map(|part: usize| {
        if parts.get(part) == Some(&true) {
            value(&start, part)
        } else {
            0.0
        }
    });
    let mut here = ratings.likelihood(ratios(at)).ok_or(Reason::NoResidual)?;
    for _ in 0..MOST_STEPS {
        (at, here) = without_small(ratings, at, here);
        let free: Vec<usize> = (0..PARTS).filter(|part| value(&at, *part) > 0.0).collect();
        let moved = match step(ratings, at, &here, &free) {
            Some(step) => advance(ratings, at, &here, &free, &step),
            None => None,
        };
        if at.iter().any(|ratio| *ratio > LARGEST) {
            return Err(Reason::NoResidual);
        }
        let length = match moved {
            Some((next, likelihood)) => {
                let change = |part: &usize| (value(&next, *part) / value(&at, *part)).ln().abs();
                let length = free.iter().map(change).fold(0.0, f64::max);
                (at, here) = (next, likelihood);
                length
            }
            None => 0.0,
        };
        if length < CLOSE_ENOUGH {
            match wrongly_zero(parts, at, &here) {
                None => return Ok((ratios(at), here)),
                Some(part) => {
                    at = with(at, part, RESTART);
                    here = ratings.likelihood(ratios(at)).ok_or(Reason::NoResidual)?;
                }
            }
        }
    }
    Ok((ratios(at), here))
}

fn value(list: &[f64; PARTS], part: usize) -> f64 {
    list.get(part).copied().unwrap_or_default()
}

fn with(mut list: [f64; PARTS], part: usize, ratio: f64) -> [f64; PARTS] {
    list.get_mut(part).into_iter().for_each(|cell| *cell = ratio);
    list
}

/// Small ratios that the likelihood would have smaller are set to zero where it is no lower there.
fn without_small(
    ratings: &Ratings,
    mut at: [f64; PARTS],
    mut here: Likelihood,
) -> ([f64; PARTS], Likelihood) {
    for part in 0..PARTS {
        let ratio = value(&at, part);
        if ratio > 0.0 && ratio < SMALL && value(&list(here.slope), part) > 0.0 {
            let zero = with(at, part, 0.0);
            let is_no_worse = |there: &Likelihood| {
                there.deviance <= here.deviance && value(&list(there.slope), part) >= 0.0
            };
            if let Some(there) = ratings.likelihood(ratios(zero)).filter(is_no_worse) {
                (at, here) = (zero, there);
            }
        }
    }
    (at, here)
}

/// A part that is zero though the likelihood rises from there.
fn wrongly_zero(parts: [bool; PARTS], at: [f64; PARTS], here: &Likelihood) -> Option<usize> {
    let slopes = list(here.slope);
    let rises = |part: &usize| value(&slopes, *part) < -1e-7;
    (0..PARTS)
        .filter(|part| parts.get(*part) == Some(&true) && value(&at, *part) == 0.0)
        .find(rises)
}

/// The slope by the logarithm of each free ratio.
fn log_slope(at: [f64; PARTS], likelihood: &Likelihood, free: &[usize]) -> Vec<f64> {
    let slopes = list(likelihood.slope);
    free.iter()
        .map(|part| value(&at, *part) * value(&slopes, *part))
        .collect()
}

/// Newton's step in logarithms, or one down the slope where the curvature is no valley's.
fn step(ratings: &Ratings, at: [f64; PARTS], here: &Likelihood, free: &[usize]) -> Option<Vec<f64>> {
    let slope = log_slope(at, here, free);
    let mut curvature = Square::zero(free.len());
    for (column, part) in free.iter().enumerate() {
        let near = with(at, *part, value(&at, *part) * NEARBY.exp());
        let there = log_slope(near, &ratings.likelihood(ratios(near))?, free);
        for (row, (there, here)) in there.iter().zip(&slope).enumerate() {
            let half = (there - here) / NEARBY / 2.0;
            curvature.add(row, column, half);
            curvature.add(column, row, half);
        }
    }
    let mut step = match curvature.inverse() {
        Some((inverse, _)) => inverse.times(&slope).iter().map(|part| -part).collect(),
        None => {
            let length = dot(&slope, &slope).sqrt();
            slope
                .iter()
                .map(|part| if length > 0.0 { -part / length } else { 0.0 })
                .collect::<Vec<f64>>()
        }
    };
    let longest = step.iter().fold(0.0_f64, |longest, part| longest.max(part.abs()));
    if longest > LONGEST_STEP {
        step.iter_mut().for_each(|part| *part *= LONGEST_STEP / longest);
    }
    Some(step)
}

/// Along the step, halved until the deviance is no higher.
fn advance(
    ratings: &Ratings,
    at: [f64; PARTS],
    here: &Likelihood,
    free: &[usize],
    step: &[f64],
) -> Option<([f64; PARTS], Likelihood)> {
    let mut length = 1.0;
    for _ in 0..40 {
        let moved = free.iter().zip(step).fold(at, |next, (part, change)| {
            with(next, *part, value(&next, *part) * (length * change).exp())
        });
        let is_no_worse = |there: &Likelihood| there.deviance <= here.deviance;
        if let Some(likelihood) = ratings.likelihood(ratios(moved)).filter(is_no_worse) {
            return Some((moved, likelihood));
        }
        length /= 2.0;
    }
    None
}
