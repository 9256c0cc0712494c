//! The shape of results, which other programs read, and names.

#[path = "spans_support/mod.rs"]
mod spans_support;

use serde_json::{Value, json};
use spans_support::{data_set, measured, on_length};
use sunder_agreement::{
    GammaSettings, Pair, SpanRequest, SpanStatistic, SpansError, measure_spans, span_measures,
};

#[test]
fn all_is_everything_but_boundary_similarity_in_the_order_of_the_registry() {
    let spans = on_length(&data_set("alex_paul_suzan.csv", 1000), 60_000);
    let request = SpanRequest {
        gamma: GammaSettings {
            precision: None,
            samples: 5,
            ..GammaSettings::default()
        },
        ..SpanRequest::default()
    };
    let measurements = measure_spans(&spans, &request).unwrap();
    let mut names: Vec<&str> = measurements
        .iter()
        .filter_map(|measurement| measurement.statistic.split(':').next())
        .collect();
    names.dedup();
    let registered: Vec<&str> = span_measures().iter().map(|measure| measure.name).collect();
    assert_eq!([names, vec!["boundary-similarity"]].concat(), registered);
    for measure in span_measures() {
        let of_measure = measurements
            .iter()
            .filter(|measured| measured.statistic.split(':').next() == Some(measure.name));
        for measurement in of_measure {
            assert_eq!(
                measurement.pair.is_some(),
                measure.of_pairs,
                "{}",
                measurement.statistic
            );
        }
    }
}

#[test]
fn the_registry_says_everything_of_every_measure() {
    for measure in span_measures() {
        for text in [
            measure.title,
            measure.assumes,
            measure.formula,
            measure.source,
            measure.reading,
        ] {
            assert!(!text.trim().is_empty(), "{}", measure.name);
        }
        let named = measure.name.parse::<SpanStatistic>();
        match measure.name {
            "boundary-similarity" => assert_eq!(named, Err(SpansError::NeedsMasses)),
            _ => assert!(named.is_ok(), "{}", measure.name),
        }
    }
    assert_eq!(
        "ku-alpha:a:b".parse(),
        Ok(SpanStatistic::KuAlpha(Some("a:b".to_owned())))
    );
    let unknown = SpansError::UnknownStatistic {
        name: "kappa".to_owned(),
    };
    assert_eq!("kappa".parse::<SpanStatistic>(), Err(unknown));
}

#[test]
fn statistics_of_two_raters_come_per_pair_in_order_and_as_their_mean() {
    let spans = on_length(&data_set("alex_paul_suzan.csv", 1000), 60_000);
    let measurements = measured(&spans, "matched-f1", &SpanRequest::default());
    let pair = |first: &str, second: &str| Some(Pair::Of([first.to_owned(), second.to_owned()]));
    let pairs: Vec<Option<Pair>> = measurements
        .iter()
        .map(|measurement| measurement.pair.clone())
        .collect();
    let mean = Some(Pair::Over("mean"));
    assert_eq!(
        pairs,
        [
            pair("Alex", "Paul"),
            pair("Alex", "Suzan"),
            pair("Paul", "Suzan"),
            mean
        ]
    );
    let values: Vec<f64> = measurements
        .iter()
        .filter_map(|measurement| measurement.value)
        .collect();
    assert!((values[3] - (values[0] + values[1] + values[2]) / 3.0).abs() < 1e-12);
}

#[test]
fn a_result_is_written_as_other_programs_read_it() {
    let spans = on_length(&data_set("linking_example.csv", 1000), 100_000);
    let measurements = measured(&spans, "modified-kappa", &SpanRequest::default());
    let written = serde_json::to_value(&measurements[0]).unwrap();
    let rounded = |name: &str| (written[name].as_f64().unwrap() * 1e6).round() / 1e6;
    assert_eq!(rounded("value"), -0.217_391);
    assert_eq!(rounded("kappa_max"), 0.695_652);
    assert_eq!(rounded("linked"), 0.6);
    assert_eq!(written["pair"], json!(["R1", "R2"]));
    assert_eq!(written["categories"], json!(["1", "2"]));
    assert_eq!(written["reason"], Value::Null);
    assert_eq!(
        serde_json::to_value(&measurements[1]).unwrap()["pair"],
        json!("mean")
    );
    let of_label = serde_json::to_value(&measurements[2]).unwrap();
    assert_eq!(of_label["category"], json!("1"));
}

#[test]
fn a_label_that_no_span_carries_is_refused() {
    let spans = on_length(&data_set("unitizing_example.csv", 1000), 60_000);
    let request = SpanRequest {
        statistics: vec![SpanStatistic::KuAlpha(Some("9".to_owned()))],
        ..SpanRequest::default()
    };
    assert_eq!(
        measure_spans(&spans, &request),
        Err(SpansError::UnknownLabel {
            label: "9".to_owned()
        })
    );
}
