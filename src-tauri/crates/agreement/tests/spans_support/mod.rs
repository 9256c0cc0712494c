//! Spans for tests: read from the data sets with known answers, or written down in short.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test's data is good, or the test is wrong"
)]

use std::path::Path;

use sunder_agreement::{Frame, Measurement, Span, SpanRequest, SpanStatistic, Spans, measure_spans};

/// One span without a session.
pub(crate) fn span(rater: &str, label: &str, start_ms: u64, end_ms: u64) -> Span {
    Span {
        rater: rater.to_owned(),
        label: label.to_owned(),
        start_ms,
        end_ms,
        session: None,
    }
}

/// A data set of `tests/fixtures/agreement`, its seconds times `scale`.
pub(crate) fn data_set(name: &str, scale: u64) -> Vec<Span> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures/agreement")
        .join(name);
    let text = std::fs::read_to_string(path).expect("the data set is part of the repository");
    text.lines()
        .skip(1)
        .map(|line| match line.split(',').collect::<Vec<_>>()[..] {
            [rater, label, start, end] => {
                let scaled = |field: &str| field.parse::<u64>().expect("whole seconds") * scale;
                span(rater, label, scaled(start), scaled(end))
            }
            _ => panic!("four fields: {line}"),
        })
        .collect()
}

/// Spans on a continuum of a given length.
pub(crate) fn on_length(spans: &[Span], length_ms: u64) -> Spans {
    Spans::new(
        spans,
        &Frame {
            length_ms: Some(length_ms),
            ..Frame::default()
        },
    )
    .expect("good spans")
}

/// What a name measures, with the request's other settings.
pub(crate) fn measured(spans: &Spans, name: &str, request: &SpanRequest) -> Vec<Measurement> {
    let statistic: SpanStatistic = name.parse().expect("a statistic");
    measure_spans(
        spans,
        &SpanRequest {
            statistics: vec![statistic],
            ..request.clone()
        },
    )
    .expect("measurable")
}
