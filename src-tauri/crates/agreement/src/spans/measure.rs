//! Measures spans by the names of statistics.

use std::ops::ControlFlow;

use super::continuum::Spans;
use super::error::SpansError;
use super::gamma::Alignments;
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
    let mut measuring = Measuring {
        spans,
        request,
        progress,
        alignments: None,
    };
    let mut measured = Vec::new();
    for statistic in &request.statistics {
        if *statistic != SpanStatistic::All {
            measured.extend(measuring.measure(statistic)?);
            continue;
        }
        for statistic in &EVERYTHING {
            match measuring.measure(statistic) {
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

struct Measuring<'a> {
    spans: &'a Spans,
    request: &'a SpanRequest,
    progress: &'a mut dyn FnMut(SpansProgress) -> ControlFlow<()>,
    /// Made once, for gamma and gamma-cat alike.
    alignments: Option<Alignments>,
}

impl Measuring<'_> {
    fn measure(&mut self, statistic: &SpanStatistic) -> Result<Vec<Measurement>, SpansError> {
        let (spans, request) = (self.spans, self.request);
        match statistic {
            SpanStatistic::All => Ok(Vec::new()),
            SpanStatistic::UAlpha
            | SpanStatistic::BinaryAlpha
            | SpanStatistic::CuAlpha
            | SpanStatistic::KuAlpha(_) => unitizing::measure(spans, statistic, request),
            SpanStatistic::ModifiedKappa => Ok(modified_kappa::measure(spans, request)),
            SpanStatistic::MatchedF1 => Ok(matched::measure(spans, request)),
            SpanStatistic::Gamma => Ok(vec![self.alignments()?.gamma(spans, request)]),
            SpanStatistic::GammaCat => Ok(vec![self.alignments()?.gamma_cat(spans)]),
        }
    }

    fn alignments(&mut self) -> Result<&Alignments, SpansError> {
        let alignments = match self.alignments.take() {
            Some(alignments) => alignments,
            None => Alignments::new(self.spans, self.request, self.progress)?,
        };
        Ok(self.alignments.insert(alignments))
    }
}

fn without_value(spans: &Spans, statistic: &SpanStatistic, error: &SpansError) -> Measurement {
    let mut measurement = blank(statistic.name(), spans);
    measurement.units_used = 0;
    measurement.reason = Some(error.to_string());
    measurement
}
