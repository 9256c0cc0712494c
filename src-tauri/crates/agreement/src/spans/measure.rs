//! Measures spans by the names of statistics.

use std::ops::ControlFlow;

use super::continuum::Spans;
use super::error::SpansError;
use super::request::{SpanRequest, SpanStatistic};
use super::result::blank;
use super::{matched, modified_kappa, unitizing};
use crate::measurement::Measurement;

/// How far a long computation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpansProgress {
    /// Alignments of random continua that are done.
    pub done: usize,
    /// Alignments that will be needed, as far as is known now.
    pub total: usize,
}

/// What `all` stands for, in the order of the results.
const EVERYTHING: [SpanStatistic; 8] = [
    SpanStatistic::UAlpha,
    SpanStatistic::BinaryAlpha,
    SpanStatistic::CuAlpha,
    SpanStatistic::KuAlpha(None),
    SpanStatistic::ModifiedKappa,
    SpanStatistic::Gamma,
    SpanStatistic::GammaCat,
    SpanStatistic::MatchedF1,
];

/// Measures what is asked for, in that order. See [`measure_spans_watched`].
///
/// # Errors
/// As [`measure_spans_watched`], but it is never cancelled.
pub fn measure_spans(spans: &Spans, request: &SpanRequest) -> Result<Vec<Measurement>, SpansError> {
    measure_spans_watched(spans, request, &mut |_| ControlFlow::Continue(()))
}

/// Measures what is asked for, telling how far it is; a `Break` stops it soon.
///
/// Sums are taken over continua before a coefficient. Statistics of two raters come once per pair, in the order of
/// raters, and once as the mean over pairs. A coefficient that is undefined has no value and a reason.
///
/// # Errors
/// Settings out of range; for the unitizing alphas, when asked for by name, spans of one rater that overlap (under
/// `all` they have no value and say so); a label that no span carries; [`SpansError::Cancelled`].
pub fn measure_spans_watched(
    spans: &Spans,
    request: &SpanRequest,
    progress: &mut dyn FnMut(SpansProgress) -> ControlFlow<()>,
) -> Result<Vec<Measurement>, SpansError> {
    request.check()?;
    let mut measured = Vec::new();
    for statistic in &request.statistics {
        if *statistic != SpanStatistic::All {
            measured.extend(measure_one(spans, statistic, request, progress)?);
            continue;
        }
        for statistic in &EVERYTHING {
            match measure_one(spans, statistic, request, progress) {
                Ok(measurements) => measured.extend(measurements),
                Err(error @ SpansError::Overlap { .. }) => {
                    measured.push(without_value(spans, statistic, &error))
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(measured)
}

fn measure_one(
    spans: &Spans,
    statistic: &SpanStatistic,
    request: &SpanRequest,
    _progress: &mut dyn FnMut(SpansProgress) -> ControlFlow<()>,
) -> Result<Vec<Measurement>, SpansError> {
    match statistic {
        SpanStatistic::UAlpha
        | SpanStatistic::BinaryAlpha
        | SpanStatistic::CuAlpha
        | SpanStatistic::KuAlpha(_) => unitizing::measure(spans, statistic, request),
        SpanStatistic::ModifiedKappa => Ok(modified_kappa::measure(spans, request)),
        SpanStatistic::MatchedF1 => Ok(matched::measure(spans, request)),
        SpanStatistic::Gamma | SpanStatistic::GammaCat | SpanStatistic::All => Ok(Vec::new()),
    }
}

fn without_value(spans: &Spans, statistic: &SpanStatistic, error: &SpansError) -> Measurement {
    let mut measurement = blank(statistic.name(), spans);
    measurement.units_used = 0;
    measurement.reason = Some(error.to_string());
    measurement
}
