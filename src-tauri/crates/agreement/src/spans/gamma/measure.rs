//! Gamma (Mathet, Widlöcher & Métivier 2015) and gamma-cat (Mathet 2017) as measurements.
//!
//! γ = 1 − δ observed / mean δ random, with δ the disorder of the best alignment per mean number of units of a rater.
//! Several continua: disorders are summed over them, observed and random alike, before anything is divided.

use std::ops::ControlFlow;

use super::super::continuum::{Continuum, Spans};
use super::super::error::SpansError;
use super::super::measure::SpansProgress;
use super::super::request::SpanRequest;
use super::super::result::{Coefficient, blank, field, ratio, settle};
use super::samples::{Samples, mean_and_deviation};
use crate::measurement::Measurement;

/// Alignments beyond this relative gap count as not proven.
const PROVEN: f64 = 1e-9;

/// The alignments that gamma and gamma-cat share; or why there are none.
pub(in super::super) struct Alignments {
    samples: Result<Samples, &'static str>,
    /// Mean number of units per rater.
    units_per_rater: f64,
    sessions_left_out: usize,
}

impl Alignments {
    /// Aligns what was marked, and random continua.
    ///
    /// # Errors
    /// [`SpansError::Cancelled`] where the watcher breaks.
    pub(in super::super) fn new(
        spans: &Spans,
        request: &SpanRequest,
        progress: &mut dyn FnMut(SpansProgress) -> ControlFlow<()>,
    ) -> Result<Self, SpansError> {
        let coded: Vec<&Continuum> = spans
            .continua()
            .iter()
            .filter(|continuum| continuum.present().len() > 1)
            .collect();
        let per_rater = |continuum: &&Continuum| {
            let tracks = continuum.present();
            tracks.iter().map(|track| track.len()).sum::<usize>() as f64 / tracks.len() as f64
        };
        let units_per_rater = coded.iter().map(per_rater).sum();
        let shared = |continuum: &&Continuum| {
            continuum
                .present()
                .iter()
                .filter(|track| !track.is_empty())
                .count()
                > 1
        };
        let samples = if coded.is_empty() {
            Err("no continuum that two raters coded")
        } else if units_per_rater <= 0.0 {
            Err("no spans")
        } else if !coded.iter().any(shared) {
            Err("no continuum in which two raters marked anything")
        } else {
            Ok(Samples::drawn(&coded, request, progress)?)
        };
        Ok(Self {
            samples,
            units_per_rater,
            sessions_left_out: spans.sessions() - coded.len(),
        })
    }

    /// γ, with `observed_disorder` and `expected_disorder`, the number of `samples` and `sampling_error` (half the
    /// 95 % range that the draw of samples leaves). Where alignments are not proven the best: `gap`, the largest
    /// relative distance from the bound, and `lowest` and `highest`, between which γ lies.
    pub(in super::super) fn gamma(&self, spans: &Spans, request: &SpanRequest) -> Measurement {
        let mut measurement = blank("gamma", spans);
        let samples = match &self.samples {
            Ok(samples) => samples,
            Err(reason) => {
                settle(&mut measurement, Err(reason));
                return measurement;
            }
        };
        let scale = request.gamma.empty / self.units_per_rater;
        let (expected, deviation) = mean_and_deviation(samples.random.iter().map(|sample| sample.disorder));
        let relative = ratio(samples.observed.disorder, expected, "no disorder is expected");
        settle(&mut measurement, relative.map(|relative| 1.0 - relative));
        field(
            &mut measurement,
            "observed_disorder",
            samples.observed.disorder * scale,
        );
        field(&mut measurement, "expected_disorder", expected * scale);
        field(&mut measurement, "samples", samples.random.len() as f64);
        if let Ok(relative) = relative {
            let error = 1.96 * deviation / expected / (samples.random.len() as f64).sqrt();
            field(&mut measurement, "sampling_error", relative * error);
        }
        self.enter_notes(&mut measurement, samples, expected);
        measurement
    }

    /// γcat, with `observed_disagreement`, `expected_disagreement` and the number of `samples`.
    pub(in super::super) fn gamma_cat(&self, spans: &Spans) -> Measurement {
        let mut measurement = blank("gamma-cat", spans);
        let samples = match &self.samples {
            Ok(samples) => samples,
            Err(reason) => {
                settle(&mut measurement, Err(reason));
                return measurement;
            }
        };
        let observed = samples.observed.labels.disagreement();
        let random: Vec<f64> = samples
            .random
            .iter()
            .filter_map(|sample| sample.labels.disagreement())
            .collect();
        let expected = (!random.is_empty()).then(|| random.iter().sum::<f64>() / random.len() as f64);
        settle(&mut measurement, gamma_cat(spans, observed, expected));
        field(
            &mut measurement,
            "observed_disagreement",
            observed.unwrap_or(f64::NAN),
        );
        field(
            &mut measurement,
            "expected_disagreement",
            expected.unwrap_or(f64::NAN),
        );
        field(&mut measurement, "samples", random.len() as f64);
        let (expected, _) = mean_and_deviation(samples.random.iter().map(|sample| sample.disorder));
        self.enter_notes(&mut measurement, samples, expected);
        measurement.fields.remove("lowest");
        measurement.fields.remove("highest");
        measurement
    }

    fn enter_notes(&self, measurement: &mut Measurement, samples: &Samples, expected: f64) {
        if self.sessions_left_out > 0 {
            let left_out = self.sessions_left_out;
            measurement.notes.push(format!(
                "{left_out} sessions left out: fewer than two raters coded them"
            ));
        }
        if samples.short_of_precision {
            measurement
                .notes
                .push("more samples are needed for the precision than were allowed".to_owned());
        }
        let all = || std::iter::once(&samples.observed).chain(&samples.random);
        let gap =
            |aligned: &super::samples::Aligned| (aligned.disorder - aligned.at_least) / aligned.disorder;
        let unproven = all().filter(|aligned| gap(aligned) > PROVEN).count();
        if unproven == 0 {
            return;
        }
        let largest = all().map(gap).fold(0.0, f64::max);
        measurement.notes.push(format!(
            "the limit stopped the search for {unproven} of {} alignments; none is more than {:.2} % from the best",
            samples.random.len() + 1,
            100.0 * largest
        ));
        field(measurement, "gap", largest);
        let (least_expected, _) = mean_and_deviation(samples.random.iter().map(|sample| sample.at_least));
        field(
            measurement,
            "lowest",
            1.0 - samples.observed.disorder / least_expected,
        );
        field(measurement, "highest", 1.0 - samples.observed.at_least / expected);
    }
}

fn gamma_cat(spans: &Spans, observed: Option<f64>, expected: Option<f64>) -> Coefficient {
    if spans.labels().len() < 2 {
        return Err("one category only");
    }
    let observed = observed.ok_or("no aligned spans are near enough to compare labels")?;
    let expected = expected.ok_or("no aligned spans of random continua are near enough to compare labels")?;
    Ok(1.0 - ratio(observed, expected, "no disagreement is expected")?)
}
