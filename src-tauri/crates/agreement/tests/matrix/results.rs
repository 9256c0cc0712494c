//! The shape of results: pairs, categories, reasons, words and what may not be asked.

use sunder_agreement::Level::{self, Interval, Nominal, Ordinal};
use sunder_agreement::{
    Category, Matrix, MeasureError, Measurement, Missing, Pair, Raters, Request, measure, measure_named,
    measures,
};

use crate::common::{all_of, close, fixture, one, table};

fn labels(rows: &[[&str; 2]]) -> Matrix {
    let cells: Vec<Option<&str>> = rows
        .concat()
        .into_iter()
        .map(|cell| (!cell.is_empty()).then_some(cell))
        .collect();
    Matrix::labels(vec!["Ann".into(), "Bo".into()], &cells, None::<&[&str]>).unwrap()
}

fn names(found: &[Measurement]) -> Vec<&str> {
    let mut names: Vec<&str> = found.iter().map(|result| result.statistic.as_str()).collect();
    names.dedup();
    names
}

#[test]
fn all_is_what_belongs_to_the_level() {
    let matrix = fixture("shrout_fleiss_1979.csv");
    let interval = [
        "krippendorff-alpha",
        "icc-1-1",
        "icc-2-1",
        "icc-3-1",
        "icc-1-k",
        "icc-2-k",
        "icc-3-k",
    ];
    assert_eq!(names(&all_of(&matrix, "all", Interval)), interval);
    assert_eq!(names(&all_of(&matrix, "all", Level::Ratio)), interval);
    let nominal = all_of(&labels(&[["x", "x"], ["y", "x"]]), "all", Nominal);
    let nominal = names(&nominal);
    for name in [
        "percent-agreement",
        "specific-agreement:x",
        "specific-agreement:y",
        "prevalence-index",
        "bias-index",
        "cohen-kappa",
        "kappa-max",
        "scott-pi",
        "fleiss-kappa",
        "conger-kappa",
        "light-kappa",
        "brennan-prediger",
        "gwet-ac1",
        "krippendorff-alpha",
    ] {
        assert!(nominal.contains(&name), "{name}");
    }
    assert!(
        !nominal
            .iter()
            .any(|name| name.contains("weighted") || name.contains("ac2"))
    );
    let ordinal = all_of(&matrix, "all", Ordinal);
    for name in [
        "weighted-kappa-linear",
        "weighted-kappa-quadratic",
        "gwet-ac2-linear",
        "gwet-ac2-quadratic",
    ] {
        assert!(names(&ordinal).contains(&name), "{name}");
    }
}

#[test]
fn pairs_stand_in_the_order_of_columns_and_their_mean_after_them() {
    let found = all_of(&fixture("krippendorff_2011.csv"), "cohen-kappa", Nominal);
    let of = |first: &str, second: &str| Some(Pair::Of([first.into(), second.into()]));
    let pairs: Vec<Option<Pair>> = found.iter().map(|result| result.pair.clone()).collect();
    let mean = Some(Pair::Over("mean"));
    assert_eq!(
        pairs,
        [
            of("A", "B"),
            of("A", "C"),
            of("A", "D"),
            of("B", "C"),
            of("B", "D"),
            of("C", "D"),
            mean
        ]
    );
    let values: Vec<f64> = found.iter().filter_map(|result| result.value).collect();
    let (mean, values) = values.split_last().unwrap();
    assert!((values.iter().sum::<f64>() / 6.0 - mean).abs() < 1e-12);
    // A and B: nine units rated by both; three cells of A and two of B are empty.
    let first = &found[0];
    assert_eq!(
        (first.units, first.units_used, first.raters, first.missing),
        (12, 9, 2, 5)
    );
    assert_eq!(
        all_of(&labels(&[["x", "x"], ["y", "x"]]), "cohen-kappa", Nominal).len(),
        1
    );
}

#[test]
fn the_written_shape_is_the_documented_one() {
    let found = one(&fixture("krippendorff_2011.csv"), "krippendorff-alpha", Ordinal);
    let written = serde_json::to_value(&found).unwrap();
    let expected = serde_json::json!({
        "statistic": "krippendorff-alpha", "level": "ordinal", "value": found.value, "se": null, "ci": null,
        "units": 12, "units_used": 11, "raters": 4, "missing": 7, "categories": [1.0, 2.0, 3.0, 4.0, 5.0],
        "band": null, "reason": null, "notes": found.notes,
    });
    assert_eq!(written, expected);
}

#[test]
fn what_is_undefined_has_its_reason() {
    let check = |matrix: &Matrix, statistic: &str, level: Level, reason: &str| {
        let found = one(matrix, statistic, level);
        assert_eq!(
            (found.value, found.reason.as_deref()),
            (None, Some(reason)),
            "{statistic}"
        );
    };
    let alike = labels(&[["x", "x"], ["x", "x"]]);
    check(&alike, "krippendorff-alpha", Nominal, "no variation");
    check(&alike, "cohen-kappa", Nominal, "one category only");
    check(&alike, "gwet-ac1", Nominal, "one category only");
    let apart = labels(&[["x", ""], ["", "y"]]);
    for statistic in [
        "krippendorff-alpha",
        "cohen-kappa",
        "fleiss-kappa",
        "gwet-ac1",
        "percent-agreement",
        "light-kappa",
    ] {
        check(&apart, statistic, Nominal, "no unit rated twice");
    }
    let declared = Matrix::numbers(
        vec!["A".into(), "B".into()],
        &[Some(1.0); 6],
        Some(&[1.0, 2.0, 3.0]),
    )
    .unwrap();
    check(&declared, "cohen-kappa", Nominal, "no variation");
    check(&declared, "specific-agreement:3", Nominal, "category never used");
    check(&declared, "icc-2-1", Interval, "no variation");
    let negative = Matrix::numbers(
        vec!["A".into(), "B".into()],
        &[-1.0, 1.0, 2.0, 2.0].map(Some),
        None,
    )
    .unwrap();
    check(
        &negative,
        "krippendorff-alpha",
        Level::Ratio,
        "negative values on a ratio scale",
    );
    let incomplete = Matrix::numbers(
        vec!["A".into(), "B".into()],
        &[Some(1.0), None, None, Some(2.0)],
        None,
    )
    .unwrap();
    check(&incomplete, "icc-2-1", Interval, "no unit rated by every rater");
}

#[test]
fn without_residual_there_is_a_value_but_no_interval() {
    let cells = [1.0, 2.0, 4.0, 5.0, 7.0, 8.0].map(Some);
    let found = one(
        &Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).unwrap(),
        "icc-3-1",
        Interval,
    );
    assert_eq!(
        (found.value, found.ci.clone(), found.reason.clone()),
        (Some(1.0), None, None)
    );
    assert!(
        found.notes.iter().any(|note| note.contains("MSE = 0")),
        "{:?}",
        found.notes
    );
}

/// Far below zero, Satterthwaite's degrees of freedom give limits that do not hold the value.
#[test]
fn limits_that_do_not_hold_the_value_are_not_given() {
    let cells = [-823.6117881421007, 616.7958850318254, 0.0, 0.0].map(Some);
    let found = one(
        &Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).unwrap(),
        "icc-2-1",
        Interval,
    );
    assert!(found.value.unwrap() < -0.5 && found.ci.is_none(), "{found:?}");
    assert!(
        found.notes.iter().any(|note| note.starts_with("no interval")),
        "{:?}",
        found.notes
    );
}

#[test]
fn a_limit_of_the_single_rater_that_cannot_be_stepped_up_is_null() {
    // By the formula in numpy and scipy the limits of ICC(2,1) are −1.353392 and .906235; −1/(k−1) is −1.
    let cells = [4.0, 2.0, 2.0, 5.0, 1.0, 2.0, 4.0, 4.0].map(Some);
    let matrix = Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).unwrap();
    let single = one(&matrix, "icc-2-1", Interval).ci.unwrap();
    close(single.low.unwrap(), -1.353392, 1e-6);
    close(single.high.unwrap(), 0.906235, 1e-6);
    let average = one(&matrix, "icc-2-k", Interval);
    let interval = average.ci.unwrap();
    assert_eq!(interval.low, None);
    close(interval.high.unwrap(), 2.0 * 0.906235 / 1.906235, 1e-6);
    assert!(
        average.notes.iter().any(|note| note.contains("−1/(k−1)")),
        "{:?}",
        average.notes
    );
}

#[test]
fn requests_that_cannot_be_met_are_errors() {
    let words = labels(&[["x", "x"], ["y", "x"]]);
    let refused = |statistic: &str, level| measure(&words, &Request::new(statistic, level)).unwrap_err();
    assert_eq!(
        refused("kappa", Nominal),
        MeasureError::UnknownStatistic("kappa".into())
    );
    assert_eq!(
        refused("cohen-kappa:x", Nominal),
        MeasureError::UnknownStatistic("cohen-kappa:x".into())
    );
    assert_eq!(
        refused("icc-1-1", Nominal),
        MeasureError::NotAtLevel {
            statistic: "icc-1-1",
            level: Nominal
        }
    );
    assert_eq!(refused("krippendorff-alpha", Interval), MeasureError::NotNumbers);
    assert_eq!(
        refused("specific-agreement:z", Nominal),
        MeasureError::UnknownCategory("z".into())
    );
    let mut request = Request::new("all", Nominal);
    request.confidence = 1.0;
    assert_eq!(
        measure(&words, &request).unwrap_err(),
        MeasureError::BadConfidence
    );
}

#[test]
fn words_stand_only_where_no_category_is_rare() {
    let common = table(&[&[40, 5], &[5, 30]]);
    let kappa = one(&common, "cohen-kappa", Nominal);
    let word = kappa.band.unwrap();
    assert_eq!(
        (word.scale.as_str(), word.label.as_str()),
        ("Landis & Koch (1977)", "substantial")
    );
    assert_eq!(
        one(&common, "krippendorff-alpha", Nominal).band.unwrap().label,
        "tentative conclusions only"
    );
    for statistic in [
        "gwet-ac1",
        "percent-agreement",
        "kappa-max",
        "prevalence-index",
        "specific-agreement:1",
    ] {
        assert_eq!(one(&common, statistic, Nominal).band, None, "{statistic}");
    }
    let rare = one(&table(&[&[400, 5], &[5, 4]]), "cohen-kappa", Nominal);
    assert_eq!(rare.band, None);
    assert!(
        rare.notes
            .iter()
            .any(|note| note.starts_with("rare") && note.ends_with(": 2")),
        "{:?}",
        rare.notes
    );
    let mut coded_only = Request::new("cohen-kappa", Nominal);
    coded_only.coded_units_only = true;
    let found = measure(&common, &coded_only).unwrap().remove(0);
    assert_eq!(found.band, None);
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.starts_with("overlap among coded turns"))
    );
}

#[test]
fn correlations_take_their_word_from_the_interval_and_show_both_names() {
    let found = one(&fixture("shrout_fleiss_1979.csv"), "icc-3-k", Interval);
    let word = found.band.unwrap();
    assert_eq!(word.label, "moderate to excellent");
    assert!(word.scale.starts_with("Koo & Li (2016)"));
    let names = "ICC(3,k) of Shrout & Fleiss, ICC(C,k) of McGraw & Wong";
    assert!(found.notes.contains(&names.to_owned()), "{:?}", found.notes);
}

#[test]
fn left_out_units_and_idle_raters_are_named() {
    let cells = [
        Some(1.0),
        Some(2.0),
        None,
        Some(4.0),
        Some(4.0),
        None,
        Some(2.0),
        None,
        None,
        Some(6.0),
        Some(5.0),
        None,
    ];
    let matrix = Matrix::numbers(vec!["A".into(), "B".into(), "C".into()], &cells, None).unwrap();
    let found = one(&matrix, "icc-2-1", Interval);
    assert_eq!(found.units_used, 3);
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.starts_with("listwise: 1 units")),
        "{:?}",
        found.notes
    );
    assert!(
        found.notes.contains(&"C rated nothing".to_owned()),
        "{:?}",
        found.notes
    );
    let mut components = Request::new("icc-2-1", Interval);
    components.missing = Missing::Components;
    assert_eq!(measure(&matrix, &components).unwrap()[0].units_used, 4);
}

#[test]
fn prevalence_and_bias_of_several_categories_are_of_each_against_the_rest() {
    // Byrt, Bishop & Carlin 1993: |a−d|/n and |b−c|/n.
    let two = table(&[&[20, 5], &[10, 15]]);
    let value = |statistic| one(&two, statistic, Nominal).value.unwrap();
    assert!((value("prevalence-index") - 5.0 / 50.0).abs() < 1e-12);
    assert!((value("bias-index") - 5.0 / 50.0).abs() < 1e-12);
    let three = all_of(
        &table(&[&[20, 5, 0], &[10, 15, 0], &[0, 2, 8]]),
        "prevalence-index",
        Nominal,
    );
    let categories: Vec<_> = three.iter().map(|result| result.category.clone()).collect();
    assert_eq!(
        categories,
        [1.0, 2.0, 3.0].map(|value| Some(Category::Number(value)))
    );
    // The third against the rest: a = 8, d = 50.
    assert!((three[2].value.unwrap() - 42.0 / 60.0).abs() < 1e-12);
}

#[test]
fn a_scale_of_many_values_is_not_taken_for_categories() {
    let cells: Vec<Option<f64>> = (0..600).map(|cell| Some(f64::from(cell) / 7.0)).collect();
    let matrix = Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).unwrap();
    let ordinal = all_of(&matrix, "all", Ordinal);
    let kappa = ordinal
        .iter()
        .find(|result| result.statistic == "cohen-kappa")
        .unwrap();
    assert_eq!(
        kappa.reason.as_deref(),
        Some("too many different values to be taken as categories")
    );
    assert!(
        ordinal
            .iter()
            .find(|result| result.statistic == "krippendorff-alpha")
            .unwrap()
            .value
            .is_some()
    );
    assert!(one(&matrix, "icc-2-1", Interval).categories.is_empty());
}

#[test]
fn all_alike_stands_beside_percent_agreement() {
    let found = one(&fixture("krippendorff_2011.csv"), "percent-agreement", Nominal);
    // 8 of the 11 units of two ratings or more.
    assert!((found.fields["all_alike"] - 8.0 / 11.0).abs() < 1e-12);
}

#[test]
fn the_registry_says_everything_of_every_measure() {
    let expected = "percent-agreement specific-agreement prevalence-index bias-index cohen-kappa weighted-kappa-linear \
        weighted-kappa-quadratic kappa-max scott-pi fleiss-kappa conger-kappa light-kappa brennan-prediger gwet-ac1 \
        gwet-ac2-linear gwet-ac2-quadratic krippendorff-alpha icc-1-1 icc-2-1 icc-3-1 icc-1-k icc-2-k icc-3-k";
    let found: Vec<&str> = measures().iter().map(|measure| measure.name).collect();
    assert_eq!(found, expected.split_whitespace().collect::<Vec<_>>());
    for entry in measures() {
        for text in [
            entry.title,
            entry.missing,
            entry.assumes,
            entry.formula,
            entry.source,
            entry.reading,
        ] {
            assert!(!text.trim().is_empty(), "{}", entry.name);
        }
        assert!(
            entry.included_at.iter().all(|level| entry.levels.contains(level)),
            "{}",
            entry.name
        );
        assert_eq!(entry.icc.is_some(), entry.name.starts_with("icc"));
    }
    assert_eq!(
        measure_named("specific-agreement:x").unwrap().name,
        "specific-agreement"
    );
    assert_eq!(measure_named("cohen-kappa").unwrap().raters, Raters::Two);
}
