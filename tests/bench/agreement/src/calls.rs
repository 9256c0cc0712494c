//! Times of calls in process, from values in memory to results.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use sunder_agreement::Level::{self, Interval, Ordinal};
use sunder_agreement::{
    Bootstrap, BootstrapInterval, Matrix, Measurement, Missing, Request, SpanRequest, SpanStatistic, measure,
    measure_spans,
};

use crate::input::{read_matrix, read_spans};

/// Calls that are timed, after one that is not.
const CALLS: usize = 9;
const RESAMPLES: usize = 1_000;
const ICCS: [&str; 6] = ["icc-1-1", "icc-2-1", "icc-3-1", "icc-1-k", "icc-2-k", "icc-3-k"];

/// Ordinal alpha.
pub(crate) fn alpha(file: &Path) -> Value {
    of_matrix(file, &[Request::new("krippendorff-alpha", Ordinal)])
}

/// Ordinal alpha with an interval from resampled units.
pub(crate) fn bootstrap(file: &Path, threads: usize) -> Value {
    let mut request = Request::new("krippendorff-alpha", Ordinal);
    request.bootstrap = resamples(RESAMPLES);
    request.threads = threads;
    of_matrix(file, &[request])
}

/// The six intraclass correlations with F tests and intervals.
pub(crate) fn icc(file: &Path) -> Value {
    of_matrix(file, &ICCS.map(|name| Request::new(name, Level::Interval)))
}

/// An intraclass correlation from variance components, with a bootstrap of 200.
pub(crate) fn components(file: &Path) -> Value {
    let mut request = Request::new("icc-2-1", Interval);
    request.missing = Missing::Components;
    request.bootstrap = resamples(200);
    request.threads = std::thread::available_parallelism().map_or(1, usize::from);
    of_matrix(file, &[request])
}

/// Gamma with 30 samples, exact.
pub(crate) fn gamma(file: &Path) -> Value {
    let spans = read_spans(file);
    let mut request = SpanRequest {
        statistics: vec![SpanStatistic::Gamma],
        ..SpanRequest::default()
    };
    request.gamma.precision = None;
    timed(|| measure_spans(&spans, &request).expect("settings within range"))
}

fn resamples(samples: usize) -> Option<Bootstrap> {
    Some(Bootstrap {
        samples,
        seed: 1,
        interval: BootstrapInterval::Percentile,
    })
}

fn of_matrix(file: &Path, requests: &[Request]) -> Value {
    let (raters, cells) = read_matrix(file);
    timed(|| {
        let matrix = Matrix::numbers(raters.clone(), &cells, None).expect("whole rows");
        let one = |request| measure(&matrix, request).expect("a statistic that fits");
        requests.iter().flat_map(one).collect()
    })
}

/// Times in ms, and what came out the last time.
fn timed(act: impl Fn() -> Vec<Measurement>) -> Value {
    let mut results = act();
    let mut times = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let began = Instant::now();
        results = act();
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    let values: Vec<Option<f64>> = results.iter().map(|result| result.value).collect();
    let limits: Vec<Value> = results
        .iter()
        .map(|result| match &result.ci {
            Some(ci) => json!([ci.low, ci.high]),
            None => Value::Null,
        })
        .collect();
    let fields: Vec<Value> = results.iter().map(|result| json!(result.fields)).collect();
    let notes: Vec<&str> = results
        .iter()
        .flat_map(|result| &result.notes)
        .map(String::as_str)
        .collect();
    json!({ "ms": times, "values": values, "limits": limits, "fields": fields, "notes": notes })
}
