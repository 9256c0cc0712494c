//! Statistics of two raters on more: one result per pair in order, and one for the mean over pairs.
//!
//! Invariant: what is counted is summed over the sessions that both coded before anything is divided.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::bootstrap::enter_interval;
use super::continuum::{Spans, Unit};
use super::request::SpanBootstrap;
use super::result::{Coefficient, field, settle};
use crate::measurement::{Measurement, Pair};

/// What was counted for every pair of raters.
pub(super) struct PairTallies<T> {
    pairs: Vec<PairTally<T>>,
}

struct PairTally<T> {
    names: [String; 2],
    units: usize,
    /// One per session; `None` where not both raters coded it.
    sessions: Vec<Option<T>>,
}

/// A session's counts for every pair, so that the mean over pairs can be resampled as one.
#[derive(Clone)]
struct Together<T>(Vec<T>);

impl<T: for<'a> AddAssign<&'a T>> AddAssign<&Self> for Together<T> {
    fn add_assign(&mut self, other: &Self) {
        for (here, there) in self.0.iter_mut().zip(&other.0) {
            *here += there;
        }
    }
}

impl<T: Clone + Default + for<'a> AddAssign<&'a T>> PairTallies<T> {
    /// Counts for every pair of raters, in their order.
    pub(super) fn new(spans: &Spans, count: impl Fn(&[Unit], &[Unit]) -> T) -> Self {
        let raters = spans.raters();
        let mut pairs = Vec::new();
        for (first, first_name) in raters.iter().enumerate() {
            for (second, second_name) in raters.iter().enumerate().skip(first + 1) {
                let mut units = 0;
                let sessions = spans.continua().iter().map(|continuum| {
                    let (here, there) = (continuum.track(first)?, continuum.track(second)?);
                    units += here.len() + there.len();
                    Some(count(here, there))
                });
                let sessions = sessions.collect();
                pairs.push(PairTally {
                    names: [first_name.clone(), second_name.clone()],
                    units,
                    sessions,
                });
            }
        }
        Self { pairs }
    }

    /// One measurement per pair, then the mean over the pairs where the coefficient is defined.
    pub(super) fn measure(
        &self,
        blank: &Measurement,
        bootstrap: Option<SpanBootstrap>,
        coefficient: impl Fn(&T) -> Coefficient,
        figures: impl Fn(&T) -> Vec<(&'static str, f64)>,
    ) -> Vec<Measurement> {
        let mut measured = Vec::with_capacity(self.pairs.len() + 1);
        for pair in &self.pairs {
            let mut measurement = blank.clone();
            measurement.pair = Some(Pair::Of(pair.names.clone()));
            measurement.raters = 2;
            measurement.units = pair.units;
            measurement.units_used = pair.units;
            let counted: Vec<T> = pair.sessions.iter().flatten().cloned().collect();
            let mut total = T::default();
            counted.iter().for_each(|session| total += session);
            settle(&mut measurement, coefficient(&total));
            for (name, figure) in figures(&total) {
                field(&mut measurement, name, figure);
            }
            if measurement.value.is_some() {
                enter_interval(&mut measurement, &counted, bootstrap, &coefficient);
            }
            measured.push(measurement);
        }
        let mut mean = blank.clone();
        enter_mean(&mut mean, &measured);
        if mean.value.is_some() {
            enter_interval(&mut mean, &self.together(), bootstrap, |total| {
                let defined: Vec<f64> = total.0.iter().filter_map(|pair| coefficient(pair).ok()).collect();
                mean_of(&defined).ok_or("no pair is defined")
            });
        }
        measured.push(mean);
        measured
    }

    fn together(&self) -> Vec<Together<T>> {
        let sessions = self.pairs.first().map_or(0, |pair| pair.sessions.len());
        (0..sessions)
            .map(|session| {
                let of_pair = |pair: &PairTally<T>| pair.sessions.get(session).cloned().flatten();
                Together(
                    self.pairs
                        .iter()
                        .map(|pair| of_pair(pair).unwrap_or_default())
                        .collect(),
                )
            })
            .collect()
    }
}

fn enter_mean(mean: &mut Measurement, of_pairs: &[Measurement]) {
    mean.pair = Some(Pair::Over("mean"));
    let values: Vec<f64> = of_pairs.iter().filter_map(|pair| pair.value).collect();
    mean.value = mean_of(&values);
    if values.is_empty() {
        let reason = of_pairs.first().and_then(|pair| pair.reason.clone());
        mean.reason = Some(reason.unwrap_or_else(|| "fewer than two raters".to_owned()));
    } else if values.len() < of_pairs.len() {
        mean.notes.push(format!(
            "mean over the {} of {} pairs that have a value",
            values.len(),
            of_pairs.len()
        ));
    }
    let mut figures: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (name, figure) in of_pairs.iter().flat_map(|pair| &pair.fields) {
        figures.entry(name).or_default().push(*figure);
    }
    for (name, figures) in figures {
        mean.fields
            .extend(mean_of(&figures).map(|figure| (name.to_owned(), figure)));
    }
}

fn mean_of(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
