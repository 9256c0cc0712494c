//! Krippendorff's own bootstrap of alpha (Krippendorff 2016, "Bootstrapping distributions for Krippendorff's
//! alpha").
//!
//! Observed pairs of ratings are drawn with replacement, as many as there are, while expected disagreement stays
//! what it is: α* = 1 − Σ over the places of pairs in units of 2 δ²(drawn pair) / (n D_e (m_u − 1)). The interval is
//! narrower than one that computes everything anew.

use std::ops::ControlFlow;

use super::alpha::{squared_difference, unit_scale};
use super::data::{Matrix, rated, ratings};
use super::interval::{Bootstrapped, quantile};
use super::parallel;
use super::random::Random;
use super::request::Bootstrap;
use crate::measurement::{Interval, Level};

/// Alpha is not below this, to which draws are cut.
const LEAST_ALPHA: f64 = -1.0;

/// The interval of alpha, which has a value; `None` where `progress` broke off.
pub(crate) fn krippendorff_bootstrap(
    matrix: &Matrix,
    level: Level,
    request: (Bootstrap, f64, usize),
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Bootstrapped> {
    let (bootstrap, confidence, threads) = request;
    let pairs = Pairs::of(matrix, level);
    let draw = |(): &mut (), sample: usize| pairs.draw(&mut Random::of_sample(bootstrap.seed, sample as u64));
    let mut told = |done| progress(done, bootstrap.samples);
    let mut values = parallel::each(bootstrap.samples, threads, || (), draw, &mut told)?;
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let interval = Interval {
        low: quantile(&values, (1.0 - confidence) / 2.0),
        high: quantile(&values, f64::midpoint(1.0, confidence)),
        confidence,
        method: "Krippendorff's bootstrap (expected disagreement fixed)".into(),
        samples: Some(bootstrap.samples),
        seed: Some(bootstrap.seed),
        clusters: None,
    };
    let note = "Krippendorff's bootstrap keeps expected disagreement fixed: interval too narrow".to_owned();
    Some(Bootstrapped {
        interval: (!values.is_empty()).then_some(interval),
        notes: vec![note],
    })
}

struct Pairs {
    /// δ² of each observed pair of ratings.
    differences: Vec<f64>,
    /// By size of unit: how many places it has, and what a δ² in one of them takes from alpha.
    places: Vec<(usize, f64)>,
}

impl Pairs {
    fn of(matrix: &Matrix, level: Level) -> Self {
        let mut counts = vec![0.0; matrix.categories().len()];
        let mut units_of_size = vec![0_usize; matrix.raters().len() + 1];
        for row in matrix.rows().filter(|row| ratings(row) > 1) {
            units_of_size
                .get_mut(ratings(row))
                .into_iter()
                .for_each(|units| *units += 1);
            for category in rated(row) {
                counts
                    .get_mut(category)
                    .into_iter()
                    .for_each(|count| *count += 1.0);
            }
        }
        let values = if level == Level::Interval {
            unit_scale(matrix)
        } else {
            matrix.scale().unwrap_or_default()
        };
        let difference = squared_difference(level, &values, &counts);
        let mut differences = Vec::new();
        for row in matrix.rows() {
            let mut rest = rated(row);
            while let Some(first) = rest.next() {
                differences.extend(rest.clone().map(|second| difference(first, second)));
            }
        }
        let number: f64 = counts.iter().sum();
        let present = || counts.iter().enumerate().filter(|(_, count)| **count > 0.0);
        let mut expected = 0.0;
        for (first, count) in present() {
            expected += present()
                .map(|(second, other)| count * other * difference(first, second))
                .sum::<f64>();
        }
        let place = |(size, units): (usize, &usize)| {
            let weight = 2.0 * (number - 1.0) / (expected * (size - 1) as f64);
            (units * size * (size - 1) / 2, weight)
        };
        let places = units_of_size
            .iter()
            .enumerate()
            .skip(2)
            .filter(|(_, units)| **units > 0)
            .map(place)
            .collect();
        Self { differences, places }
    }

    fn draw(&self, random: &mut Random) -> f64 {
        let mut value = 1.0;
        for (places, weight) in &self.places {
            let mut sum = 0.0;
            for _ in 0..*places {
                sum += self
                    .differences
                    .get(random.below(self.differences.len()))
                    .copied()
                    .unwrap_or_default();
            }
            value -= weight * sum;
        }
        value.max(LEAST_ALPHA)
    }
}
