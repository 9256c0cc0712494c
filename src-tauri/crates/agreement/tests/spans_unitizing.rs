//! The unitizing alphas against published answers, and what must not change them.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test's data is good, or the test is wrong"
)]

#[path = "spans_support/mod.rs"]
mod spans_support;

use proptest::prelude::*;
use spans_support::{data_set, measured, on_length, span};
use sunder_agreement::{
    Frame, GammaSettings, SessionFrame, Span, SpanBootstrap, SpanRequest, SpanStatistic, Spans, SpansError,
    measure_spans,
};

fn value(spans: &Spans, name: &str) -> Option<f64> {
    let measurements = measured(spans, name, &SpanRequest::default());
    assert_eq!(measurements.len(), 1, "{name}");
    measurements[0].value
}

fn assert_six_digits(actual: Option<f64>, expected: f64) {
    let actual = actual.expect("a value");
    assert!((actual - expected).abs() < 5e-7, "{actual} is not {expected}");
}

#[test]
fn krippendorff_2016_example_in_unit_steps() {
    let spans = on_length(&data_set("unitizing_example.csv", 1), 60);
    assert_six_digits(value(&spans, "u-alpha"), 0.398_298);
    assert_six_digits(value(&spans, "binary-alpha"), 0.523_801);
    assert_six_digits(value(&spans, "cu-alpha"), 0.357_143);
    assert_six_digits(value(&spans, "ku-alpha:1"), 0.312_500);
    assert_six_digits(value(&spans, "ku-alpha:2"), 0.390_625);
    let coverage = measured(&spans, "cu-alpha", &SpanRequest::default())[0].fields["coverage"];
    assert!((coverage - 0.077_778).abs() < 5e-7);
}

#[test]
fn krippendorff_2016_example_in_milliseconds() {
    let spans = on_length(&data_set("unitizing_example.csv", 1000), 60_000);
    assert_six_digits(value(&spans, "u-alpha"), 0.395_376);
    assert_six_digits(value(&spans, "binary-alpha"), 0.521_489);
}

fn reason(spans: &Spans, name: &str) -> Option<String> {
    let mut measurements = measured(spans, name, &SpanRequest::default());
    assert_eq!(measurements.len(), 1);
    assert_eq!(measurements[0].value, None);
    measurements.remove(0).reason
}

#[test]
fn undefined_alphas_say_why() {
    let full = on_length(&[span("A", "x", 0, 9), span("B", "x", 0, 9)], 9);
    assert_eq!(reason(&full, "u-alpha").as_deref(), Some("no variation"));
    assert_eq!(reason(&full, "binary-alpha").as_deref(), Some("no gaps"));
    assert_eq!(reason(&full, "cu-alpha").as_deref(), Some("one label only"));
    assert_eq!(reason(&full, "ku-alpha:x").as_deref(), Some("one label only"));
    let apart = on_length(&[span("A", "x", 0, 3), span("B", "y", 5, 9)], 9);
    assert_eq!(reason(&apart, "cu-alpha").as_deref(), Some("no overlap"));
    let alone = on_length(&[span("A", "x", 0, 3)], 9);
    assert_eq!(
        reason(&alone, "u-alpha").as_deref(),
        Some("no continuum that two raters coded")
    );
    let silent = Spans::new(
        &[],
        &Frame {
            raters: vec!["A".into(), "B".into()],
            length_ms: Some(9),
            ..Frame::default()
        },
    );
    assert_eq!(
        reason(&silent.unwrap(), "binary-alpha").as_deref(),
        Some("no spans")
    );
}

#[test]
fn one_intersection_among_four_raters_is_too_little_for_expected_coincidences() {
    let mut frame = Frame {
        length_ms: Some(100),
        ..Frame::default()
    };
    frame.raters = ["A", "B", "C", "D"].map(str::to_owned).to_vec();
    let spans = Spans::new(&[span("A", "x", 0, 10), span("B", "y", 0, 10)], &frame).unwrap();
    assert_eq!(
        reason(&spans, "cu-alpha").as_deref(),
        Some("too little overlap to expect anything of")
    );
}

#[test]
fn a_rater_who_marked_nothing_counts_and_one_who_did_not_listen_does_not() {
    let marked = data_set("unitizing_example.csv", 1);
    let with = |silent: bool, session: Option<Vec<String>>| {
        let in_session: Vec<Span> = marked
            .iter()
            .cloned()
            .map(|span| Span {
                session: Some("s".to_owned()),
                ..span
            })
            .collect();
        let raters = ["Alex", "Paul", "Susan", "Silent"].map(str::to_owned);
        let frame = Frame {
            raters: raters[..if silent { 4 } else { 3 }].to_vec(),
            length_ms: Some(60),
            sessions: vec![SessionFrame {
                session: "s".to_owned(),
                length_ms: None,
                raters: session,
            }],
        };
        value(&Spans::new(&in_session, &frame).unwrap(), "u-alpha")
    };
    let listened = Some(["Alex", "Paul", "Susan"].map(str::to_owned).to_vec());
    assert_six_digits(with(false, None), 0.398_298);
    assert_six_digits(with(true, listened), 0.398_298);
    assert!(with(true, None).unwrap() < 0.3);
}

#[test]
fn spans_that_cannot_be_are_named() {
    let new = |spans: &[Span], length_ms| {
        Spans::new(
            spans,
            &Frame {
                length_ms,
                ..Frame::default()
            },
        )
    };
    assert_eq!(
        new(&[span("A", "x", 0, 5), span("B", "x", 5, 5)], None),
        Err(SpansError::EndNotAfterStart {
            rater: "B".into(),
            index: 1,
            start_ms: 5,
            end_ms: 5
        })
    );
    assert_eq!(
        new(&[span("A", "x", 0, 50)], Some(40)),
        Err(SpansError::BeyondLength {
            rater: "A".into(),
            index: 0,
            end_ms: 50,
            length_ms: 40
        })
    );
    assert!(matches!(
        new(&[span("A", "x", 0, u64::MAX)], None),
        Err(SpansError::LengthTooLong { .. })
    ));
    let overlapping = on_length(
        &[span("A", "x", 4, 9), span("B", "x", 0, 1), span("A", "y", 0, 5)],
        10,
    );
    let request = SpanRequest {
        statistics: vec![SpanStatistic::UAlpha],
        ..SpanRequest::default()
    };
    let overlap = SpansError::Overlap {
        rater: "A".into(),
        first: 0,
        second: 2,
    };
    assert_eq!(measure_spans(&overlapping, &request), Err(overlap.clone()));
    let all = measure_spans(&overlapping, &SpanRequest::default()).unwrap();
    assert_eq!(all[0].reason, Some(overlap.to_string()));
    assert!(
        all.iter()
            .any(|measurement| measurement.statistic == "matched-f1")
    );
}

#[test]
fn an_interval_comes_from_sessions_resampled_whole() {
    let mut spans = Vec::new();
    for (session, shift) in ["a", "b", "c", "d"].into_iter().zip([0, 1, 3, 6]) {
        let in_session = |span: Span| Span {
            session: Some(session.to_owned()),
            ..span
        };
        spans.push(in_session(span("A", "x", 10, 20)));
        spans.push(in_session(span("B", "x", 10 + shift, 20 + shift)));
        spans.push(in_session(span("B", "y", 40, 50)));
        spans.push(in_session(span("A", "y", 40 + shift, 50)));
    }
    let spans = on_length(&spans, 100);
    let request = SpanRequest {
        bootstrap: Some(SpanBootstrap {
            samples: 400,
            seed: 7,
            confidence: 0.9,
        }),
        ..SpanRequest::default()
    };
    for name in [
        "u-alpha",
        "binary-alpha",
        "cu-alpha",
        "modified-kappa",
        "matched-f1",
    ] {
        for measurement in measured(&spans, name, &request) {
            let Some(value) = measurement.value else { continue };
            let interval = measurement
                .bootstrap_ci
                .clone()
                .expect("an interval was asked for");
            assert_eq!(interval.clusters, Some(4));
            assert_eq!(measurement.ci.as_ref(), Some(&interval));
            let (low, high) = (interval.low.unwrap(), interval.high.unwrap());
            assert!(
                low <= value && value <= high,
                "{name}: {value} in [{low}, {high}]"
            );
            assert!(
                measurement
                    .notes
                    .iter()
                    .any(|note| note == "few clusters: interval too narrow")
            );
        }
    }
    assert_eq!(
        measured(&spans, "u-alpha", &request),
        measured(&spans, "u-alpha", &request)
    );
}

/// Spans side by side within each of up to four raters.
fn side_by_side() -> impl Strategy<Value = Vec<Span>> {
    let track = prop::collection::vec((1_u64..6, 0_u64..4, 0_usize..3), 0..8);
    prop::collection::vec(track, 2..5).prop_map(|tracks| {
        let mut spans = Vec::new();
        for (rater, track) in tracks.into_iter().enumerate() {
            let mut reached = 0;
            for (length, gap, label) in track {
                let start = reached + gap;
                reached = start + length;
                spans.push(span(
                    ["A", "B", "C", "D"][rater],
                    ["x", "y", "z"][label],
                    start,
                    reached,
                ));
            }
        }
        spans
    })
}

/// u-alpha from the formula alone: one step of the continuum at a time.
fn u_alpha_by_steps(spans: &[Span], raters: &[&str], length: u64) -> Option<f64> {
    let category = |rater: &str, step: u64| {
        spans
            .iter()
            .find(|span| span.rater == rater && span.start_ms <= step && step < span.end_ms)
            .map(|span| span.label.as_str())
    };
    let all = (raters.len() as u64 * length) as f64;
    let mut categories: Vec<Option<&str>> = spans.iter().map(|span| Some(span.label.as_str())).collect();
    categories.push(None);
    categories.sort_unstable();
    categories.dedup();
    let (mut agreed, mut sums, mut squares) = (0.0, 0.0, 0.0);
    for &wanted in &categories {
        let held = |rater: &str| {
            (0..length)
                .filter(|&step| category(rater, step) == wanted)
                .count() as f64
        };
        let total: f64 = raters.iter().map(|rater| held(rater)).sum();
        let square: f64 = match wanted {
            None => total,
            Some(label) => spans
                .iter()
                .filter(|span| span.label == label)
                .map(|span| ((span.end_ms - span.start_ms) as f64).powi(2))
                .sum(),
        };
        sums += total * total - square;
        squares += square;
        for step in 0..length {
            let here = raters
                .iter()
                .filter(|rater| category(rater, step) == wanted)
                .count() as f64;
            agreed += here * (here - 1.0) / (raters.len() as f64 - 1.0);
        }
    }
    let expected = all * sums / (all * all - squares);
    (all - expected > 1e-9).then(|| 1.0 - (all - agreed) / (all - expected))
}

proptest! {
    #[test]
    fn u_alpha_equals_a_walk_in_single_steps(spans in side_by_side()) {
        let raters = ["A", "B", "C", "D"];
        let frame = Frame {
            raters: raters.map(str::to_owned).to_vec(), length_ms: Some(80), ..Frame::default()
        };
        let measured = value(&Spans::new(&spans, &frame).unwrap(), "u-alpha");
        match (measured, u_alpha_by_steps(&spans, &raters, 80)) {
            (Some(measured), Some(walked)) => prop_assert!((measured - walked).abs() < 1e-9),
            (measured, walked) => prop_assert_eq!(measured, walked),
        }
    }

    #[test]
    fn neither_the_order_of_spans_and_raters_nor_the_names_of_labels_matter(spans in side_by_side()) {
        let turned: Vec<Span> = spans
            .iter()
            .rev()
            .map(|span| Span { label: format!("{}{}", 9 - span.label.as_bytes()[0] % 9, span.label), ..span.clone() })
            .collect();
        for name in ["u-alpha", "binary-alpha", "cu-alpha", "matched-f1", "modified-kappa"] {
            let one = measured(&on_length(&spans, 90), name, &SpanRequest::default());
            let other = measured(&on_length(&turned, 90), name, &SpanRequest::default());
            let overall = |measurements: &[sunder_agreement::Measurement]| {
                let mean = sunder_agreement::Pair::Over("mean");
                let whole = |wanted: &&sunder_agreement::Measurement| {
                    wanted.category.is_none() && wanted.pair.as_ref().is_none_or(|pair| *pair == mean)
                };
                measurements.iter().find(whole).and_then(|measurement| measurement.value)
            };
            match (overall(&one), overall(&other)) {
                (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-9, "{name}: {one} {other}"),
                (one, other) => prop_assert_eq!(one, other, "{}", name),
            }
        }
    }

    #[test]
    fn hostile_spans_neither_panic_nor_give_anything_but_numbers_and_reasons(
        spans in prop::collection::vec(
            (0_usize..5, 0_usize..4, prop_oneof![0_u64..12, any::<u64>()], 0_u64..20, 0_usize..3),
            0..14,
        ),
        length in prop::option::of(prop_oneof![0_u64..40, any::<u64>()]),
    ) {
        let spans: Vec<Span> = spans
            .into_iter()
            .map(|(rater, label, start, extent, session)| Span {
                session: (session > 0).then(|| session.to_string()),
                ..span(&rater.to_string(), &label.to_string(), start, start.saturating_add(extent))
            })
            .collect();
        let Ok(spans) = Spans::new(&spans, &Frame { length_ms: length, ..Frame::default() }) else { return Ok(()) };
        let request = SpanRequest {
            bootstrap: Some(SpanBootstrap { samples: 20, ..SpanBootstrap::default() }),
            gamma: GammaSettings { samples: 3, precision: None, ..GammaSettings::default() },
            ..SpanRequest::default()
        };
        for measurement in measure_spans(&spans, &request).unwrap() {
            prop_assert!(measurement.value.is_none_or(f64::is_finite));
            prop_assert_eq!(measurement.value.is_none(), measurement.reason.is_some(), "{:?}", measurement);
            prop_assert!(measurement.fields.values().all(|figure| figure.is_finite()));
        }
    }
}
