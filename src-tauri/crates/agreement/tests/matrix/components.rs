//! Variance components by REML: answers of other programs, and those of the analysis of variance.

use crate::common::{close, fixture, one};
use sunder_agreement::Level::Interval;
use sunder_agreement::{Matrix, Measurement, Missing, Request, measure};

fn by_components(matrix: &Matrix, statistic: &str) -> Measurement {
    let mut request = Request::new(statistic, Interval);
    request.missing = Missing::Components;
    measure(matrix, &request).expect("a measurement").remove(0)
}

/// statsmodels 0.14 (MixedLM, REML) and a dense likelihood maximised by scipy agree to 1e-5 and 1e-7 with these.
#[test]
fn hayes_krippendorff_2007_with_missing_cells_by_statsmodels_and_scipy() {
    let matrix = fixture("hayes_krippendorff_2007.csv");
    let one_way = by_components(&matrix, "icc-1-1");
    close(one_way.fields["variance_units"], 0.677654, 1e-6);
    close(one_way.fields["variance_residual"], 0.213541, 1e-6);
    let crossed = by_components(&matrix, "icc-2-1");
    let [units, raters, residual] = [0.678341, 0.000792476, 0.212691];
    close(crossed.fields["variance_units"], units, 1e-6);
    close(crossed.fields["variance_raters"], raters, 1e-6);
    close(crossed.fields["variance_residual"], residual, 1e-6);
    close(crossed.value.unwrap(), units / (units + raters + residual), 1e-6);
    close(
        by_components(&matrix, "icc-3-1").value.unwrap(),
        units / (units + residual),
        1e-6,
    );
    assert_eq!((crossed.units, crossed.units_used), (40, 40));
}

#[test]
fn hayes_krippendorff_2007_in_ten_clusters_of_four_by_statsmodels_and_scipy() {
    let clusters: Vec<String> = (0..40).map(|unit| (unit / 4).to_string()).collect();
    let matrix = fixture("hayes_krippendorff_2007.csv")
        .with_clusters(&clusters)
        .unwrap();
    let found = by_components(&matrix, "icc-2-1");
    let [between, within, raters, residual] = [0.050647, 0.631557, 0.000800140, 0.212688];
    close(found.fields["variance_clusters"], between, 1e-6);
    close(found.fields["variance_units"], within, 1e-6);
    close(found.fields["variance_raters"], raters, 1e-6);
    close(found.fields["variance_residual"], residual, 1e-6);
    let units = between + within;
    close(found.value.unwrap(), units / (units + raters + residual), 2e-6);
}

#[test]
fn on_complete_units_they_are_those_of_the_analysis_of_variance() {
    let matrix = fixture("shrout_fleiss_1979.csv");
    for statistic in ["icc-1-1", "icc-2-1", "icc-3-1", "icc-1-k", "icc-2-k", "icc-3-k"] {
        let listwise = one(&matrix, statistic, Interval).value.unwrap();
        close(by_components(&matrix, statistic).value.unwrap(), listwise, 1e-7);
    }
    // Shrout & Fleiss 1979: MSR 11.24, MSC 32.49, MSE 1.02.
    let found = by_components(&matrix, "icc-2-1").fields;
    close(found["variance_units"], (11.2417 - 1.0194) / 4.0, 1e-4);
    close(found["variance_raters"], (32.4861 - 1.0194) / 6.0, 1e-4);
    close(found["variance_residual"], 1.0194, 1e-4);
}

#[test]
fn putka_2008_q_is_0_where_all_rate_all_and_1_over_k_where_each_unit_has_its_own() {
    let names = |count: usize| (0..count).map(|index| format!("R{index}")).collect();
    let crossed = fixture("shrout_fleiss_1979.csv");
    let of_mean = by_components(&crossed, "icc-3-k");
    close(of_mean.fields["q"], 0.0, 1e-12);
    close(of_mean.fields["g_q_k"], of_mean.value.unwrap(), 1e-12);
    assert_eq!(of_mean.fields["ratings_per_unit"], 4.0);

    // Three units, each rated by two of six raters: only the one-way model can be found.
    let mut cells = vec![None; 18];
    for (unit, pair) in [[1.0, 2.0], [4.0, 4.5], [8.0, 7.0]].into_iter().enumerate() {
        cells[unit * 6 + unit * 2] = Some(pair[0]);
        cells[unit * 6 + unit * 2 + 1] = Some(pair[1]);
    }
    let nested = Matrix::numbers(names(6), &cells, None).unwrap();
    let one_way = by_components(&nested, "icc-1-k");
    close(one_way.fields["q"], 0.5, 1e-12);
    // Analysis of variance by hand: MSR 18.041667, MSW 0.375.
    close(one_way.value.unwrap(), 0.97921478, 1e-7);
    let reason = by_components(&nested, "icc-2-1").reason.unwrap();
    assert!(reason.starts_with("raters nested in units"), "{reason}");

    // Rotating pairs AB, BC, CA: two pairs of units share one rater of two each; c/(k k') = 1/4 for each.
    let rotating = [
        [Some(1.0), Some(2.0), None],
        [None, Some(5.0), Some(4.0)],
        [Some(7.0), None, Some(9.0)],
        [Some(3.0), Some(3.5), None],
    ];
    let rotating = Matrix::numbers(names(3), &rotating.concat(), None).unwrap();
    // 12 ordered pairs of units: AB with AB twice at 1/2, the other ten at 1/4.
    close(
        by_components(&rotating, "icc-2-k").fields["q"],
        0.5 - (1.0 + 2.5) / 12.0,
        1e-12,
    );
}

#[test]
fn alike_ratings_are_perfectly_reliable_and_no_variation_is_none() {
    let raters = || vec!["A".to_owned(), "B".to_owned()];
    let alike = [1.0, 1.0, 5.0, 5.0, 2.0, 2.0].map(Some);
    let found = by_components(&Matrix::numbers(raters(), &alike, None).unwrap(), "icc-2-1");
    assert_eq!(found.value, Some(1.0));
    let flat = Matrix::numbers(raters(), &[Some(2.0); 6], None).unwrap();
    assert_eq!(
        by_components(&flat, "icc-2-1").reason.as_deref(),
        Some("no variation")
    );
}
