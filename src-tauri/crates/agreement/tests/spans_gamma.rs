//! Gamma and gamma-cat against published answers, and what must not change them.

#[path = "spans_support/mod.rs"]
mod spans_support;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use proptest::prelude::*;
use spans_support::{data_set, measured, on_length, span};
use sunder_agreement::{
    Frame, GammaSettings, Measurement, Span, SpanRequest, SpanStatistic, Spans, SpansError, SpansProgress,
    measure_spans, measure_spans_watched,
};

fn request(gamma: GammaSettings) -> SpanRequest {
    SpanRequest {
        gamma,
        ..SpanRequest::default()
    }
}

/// As many samples as asked for, and no more.
fn samples(samples: usize) -> GammaSettings {
    GammaSettings {
        samples,
        precision: None,
        ..GammaSettings::default()
    }
}

fn only(mut measurements: Vec<Measurement>) -> Measurement {
    assert_eq!(measurements.len(), 1);
    measurements.remove(0)
}

fn gamma(spans: &Spans, settings: GammaSettings) -> Measurement {
    only(measured(spans, "gamma", &request(settings)))
}

fn alex_paul_suzan() -> Spans {
    on_length(&data_set("alex_paul_suzan.csv", 1000), 60_000)
}

/// Raters who mark the same stretches a little differently, on a continuum that they nearly fill.
fn similar_raters(raters: usize, count: u64) -> Vec<Span> {
    let mut spans = Vec::new();
    for rater in 0..raters {
        for place in 0..count {
            let scatter = |salt: u64| (place * 7919 + rater as u64 * 104_729 + salt * 1_299_709) % 1013;
            let start = place * 5000 + scatter(1) * 2;
            let label = (place * place + if scatter(2) < 200 { 1 } else { 0 }) % 4;
            spans.push(span(
                &format!("R{rater}"),
                &label.to_string(),
                start,
                start + 1500 + scatter(3) * 2,
            ));
        }
    }
    spans
}

#[test]
fn mathet_2015_alex_paul_suzan_observed_disorder_and_gamma() {
    let settings = GammaSettings {
        alpha: 3.0,
        precision: Some(0.01),
        ..GammaSettings::default()
    };
    let measurement = gamma(&alex_paul_suzan(), settings);
    assert!((measurement.fields["observed_disorder"] - 0.960_625).abs() < 5e-7);
    let value = measurement.value.unwrap();
    assert!((0.44..=0.47).contains(&value), "{value}");
    assert!(measurement.fields["sampling_error"] < 0.0101 * (1.0 - value));
    assert!(measurement.notes.is_empty(), "{:?}", measurement.notes);
}

#[test]
fn mathet_2017_alex_paul_suzan_disagreement_on_labels_by_hand() {
    let settings = GammaSettings {
        alpha: 3.0,
        ..GammaSettings::default()
    };
    let measurement = only(measured(&alex_paul_suzan(), "gamma-cat", &request(settings)));
    // Six parts; the labels differ in the second alone, where all three pairs have their whole weight.
    let third = 0.5 * (0.25 + 2.0 / 3.0);
    let fifth = 0.5 * (0.88 + 2.0 / 3.0 + 0.25);
    let by_hand = 1.5 / (1.5 + 1.5 + third + 1.0 + fifth);
    let observed = measurement.fields["observed_disagreement"];
    assert!((observed - by_hand).abs() < 1e-12, "{observed} {by_hand}");
    let expected = measurement.fields["expected_disagreement"];
    assert_eq!(measurement.value, Some(1.0 - observed / expected));
}

#[test]
fn the_cost_of_a_lone_unit_scales_disorder_and_leaves_gamma() {
    let one = gamma(&alex_paul_suzan(), samples(30));
    let three = gamma(
        &alex_paul_suzan(),
        GammaSettings {
            empty: 3.0,
            ..samples(30)
        },
    );
    assert_eq!(one.value, three.value);
    let ratio = three.fields["observed_disorder"] / one.fields["observed_disorder"];
    assert!((ratio - 3.0).abs() < 1e-12);
}

#[test]
fn perfect_agreement_is_one() {
    let marked = |rater| {
        [
            span(rater, "x", 0, 7),
            span(rater, "y", 20, 34),
            span(rater, "x", 50, 53),
        ]
    };
    let spans = on_length(&["A", "B", "C"].map(marked).concat(), 100);
    assert_eq!(gamma(&spans, samples(30)).value, Some(1.0));
    assert_eq!(
        only(measured(&spans, "gamma-cat", &request(samples(30)))).value,
        Some(1.0)
    );
}

#[test]
fn the_precision_decides_how_many_samples_are_drawn() {
    let drawn = |precision| {
        let settings = GammaSettings {
            alpha: 3.0,
            precision,
            ..GammaSettings::default()
        };
        gamma(&alex_paul_suzan(), settings).fields["samples"]
    };
    let (five, two, one) = (drawn(Some(0.05)), drawn(Some(0.02)), drawn(Some(0.01)));
    assert_eq!(drawn(None), 30.0);
    assert!(five >= 30.0 && two > five && one > two, "{five} {two} {one}");
    // The number grows with the square of the precision, up to rounding up.
    assert!((one / two - 4.0).abs() < 0.1, "{one} {two}");
    let settings = GammaSettings {
        alpha: 3.0,
        precision: Some(0.001),
        most_samples: 50,
        ..GammaSettings::default()
    };
    let short = gamma(&alex_paul_suzan(), settings);
    assert_eq!(short.fields["samples"], 50.0);
    assert!(
        short
            .notes
            .iter()
            .any(|note| note.contains("more samples are needed"))
    );
}

#[test]
fn the_digits_are_the_same_with_any_number_of_threads_and_differ_with_the_seed() {
    let spans = on_length(&similar_raters(3, 20), 110_000);
    let with = |threads: usize, seed| {
        let mut request = request(GammaSettings {
            seed,
            ..GammaSettings::default()
        });
        request.threads = NonZeroUsize::new(threads).unwrap();
        request.statistics = vec![SpanStatistic::Gamma, SpanStatistic::GammaCat];
        measure_spans(&spans, &request).unwrap()
    };
    assert_eq!(with(1, 1), with(3, 1));
    assert_eq!(with(1, 1), with(7, 1));
    assert_ne!(with(1, 1)[0].value, with(1, 2)[0].value);
}

#[test]
fn progress_is_told_to_the_end_and_a_break_stops() {
    let spans = alex_paul_suzan();
    let mut request = request(samples(40));
    request.statistics = vec![SpanStatistic::Gamma];
    let mut told = Vec::new();
    let mut watch = |progress: SpansProgress| {
        told.push(progress);
        ControlFlow::Continue(())
    };
    measure_spans_watched(&spans, &request, &mut watch).unwrap();
    assert_eq!(told.last(), Some(&SpansProgress { done: 41, total: 41 }));
    let mut calls = 0;
    let stopped = measure_spans_watched(&spans, &request, &mut |_| {
        calls += 1;
        if calls == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!(stopped, Err(SpansError::Cancelled));
    assert_eq!(calls, 3);
}

#[test]
fn five_raters_and_long_continua_are_aligned_completely() {
    for (raters, count) in [(5, 30), (3, 150), (2, 500)] {
        let spans = on_length(&similar_raters(raters, count), count * 5000 + 5000);
        let measurement = gamma(&spans, samples(4));
        assert!(measurement.value.unwrap() > 0.0);
        assert!(
            measurement.notes.is_empty(),
            "{raters} × {count}: {:?}",
            measurement.notes
        );
    }
}

#[test]
fn a_search_that_is_cut_short_says_so_and_bounds_gamma() {
    let mut spans = Vec::new();
    for rater in ["A", "B", "C", "D"] {
        for place in 0..12 {
            let start = place * 3 + rater.len() as u64;
            spans.push(span(rater, &(place % 5).to_string(), start, start + 20 + place));
        }
    }
    let spans = on_length(&spans, 80);
    let complete = gamma(&spans, samples(5));
    let short = gamma(
        &spans,
        GammaSettings {
            search_limit: 40,
            ..samples(5)
        },
    );
    assert!(
        short
            .notes
            .iter()
            .any(|note| note.contains("the limit stopped the search")),
        "{short:?}"
    );
    assert!(short.fields["gap"] > 0.0);
    let value = complete.value.unwrap();
    assert!(
        short.fields["lowest"] <= value && value <= short.fields["highest"],
        "{value} {short:?}"
    );
}

#[test]
fn sessions_are_summed_before_the_coefficient() {
    let whole = data_set("alex_paul_suzan.csv", 1000);
    let in_session = |session: &str| {
        let session = Some(session.to_owned());
        whole.iter().cloned().map(move |span| Span {
            session: session.clone(),
            ..span
        })
    };
    let twice: Vec<Span> = in_session("one").chain(in_session("two")).collect();
    let one = gamma(&alex_paul_suzan(), samples(30));
    let two = gamma(&on_length(&twice, 60_000), samples(30));
    let observed = |measurement: &Measurement| measurement.fields["observed_disorder"];
    assert!((observed(&one) - observed(&two)).abs() < 1e-12);
    assert!((one.value.unwrap() - two.value.unwrap()).abs() < 0.05);
}

#[test]
fn undefined_cases_say_why() {
    let reason = |spans: &[Span], raters: &[&str], name| {
        let raters = raters.iter().map(|&rater| rater.to_owned()).collect();
        let spans = Spans::new(
            spans,
            &Frame {
                raters,
                length_ms: Some(50),
                ..Frame::default()
            },
        )
        .unwrap();
        let measurement = only(measured(&spans, name, &request(samples(10))));
        assert_eq!(measurement.value, None);
        measurement.reason.unwrap()
    };
    let marked = [span("A", "x", 0, 9), span("A", "x", 20, 30)];
    assert_eq!(
        reason(&marked, &[], "gamma"),
        "no continuum that two raters coded"
    );
    assert_eq!(
        reason(&marked, &["A", "B"], "gamma"),
        "no continuum in which two raters marked anything"
    );
    assert_eq!(reason(&[], &["A", "B"], "gamma-cat"), "no spans");
    let both = [span("A", "x", 0, 9), span("B", "x", 20, 30)];
    assert_eq!(reason(&both, &[], "gamma-cat"), "one category only");
}

#[test]
fn settings_out_of_range_are_named() {
    let spans = alex_paul_suzan();
    let setting = |settings: GammaSettings| match measure_spans(&spans, &request(settings)) {
        Err(SpansError::Setting { setting, .. }) => setting,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        setting(GammaSettings {
            alpha: f64::NAN,
            ..samples(5)
        }),
        "alpha"
    );
    assert_eq!(
        setting(GammaSettings {
            beta: -1.0,
            ..samples(5)
        }),
        "beta"
    );
    assert_eq!(
        setting(GammaSettings {
            empty: 0.0,
            ..samples(5)
        }),
        "empty"
    );
    assert_eq!(setting(samples(1)), "samples");
    assert_eq!(
        setting(GammaSettings {
            precision: Some(0.0),
            ..samples(5)
        }),
        "precision"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn observed_disorder_depends_on_no_order_no_origin_and_no_name(
        units in prop::collection::vec((0_usize..4, 0_u64..60, 1_u64..15, 0_usize..3), 2..24),
        shift in 0_u64..1000,
    ) {
        let names = ["A", "B", "C", "D"];
        let frame = |length| Frame {
            raters: names.map(str::to_owned).to_vec(), length_ms: Some(length), ..Frame::default()
        };
        let spans: Vec<Span> = units
            .iter()
            .map(|&(rater, start, length, label)| span(names[rater], &label.to_string(), start, start + length))
            .collect();
        let moved: Vec<Span> = units
            .iter()
            .rev()
            .map(|&(rater, start, length, label)| {
                let start = start + shift;
                span(names[(rater + 1) % 4], ["u", "t", "s"][label], start, start + length)
            })
            .collect();
        let disorder = |spans: &[Span], length| {
            let spans = Spans::new(spans, &frame(length)).unwrap();
            gamma(&spans, samples(2)).fields.get("observed_disorder").copied()
        };
        match (disorder(&spans, 80), disorder(&moved, 80 + shift)) {
            (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-9, "{one} {other}"),
            (one, other) => prop_assert_eq!(one, other),
        }
    }
}

#[test]
fn spans_that_all_lie_over_each_other_end_within_the_limit() {
    let mut spans = Vec::new();
    for rater in 0..5 {
        for place in 0..40_u64 {
            spans.push(span(
                &format!("R{rater}"),
                &(place * (rater + 1) % 7).to_string(),
                place * 7 + rater,
                900 + place * 11,
            ));
        }
    }
    let spans = on_length(&spans, 2000);
    for alpha in [0.0, 1.0] {
        let settings = GammaSettings {
            alpha,
            search_limit: 100_000,
            ..samples(2)
        };
        let measurement = gamma(&spans, settings);
        assert!(measurement.value.is_some(), "{measurement:?}");
        let gap = measurement.fields.get("gap").copied().unwrap_or_default();
        assert!(gap < 0.5, "{measurement:?}");
        assert_eq!(
            gap > 0.0,
            measurement.notes.iter().any(|note| note.contains("limit"))
        );
    }
}
