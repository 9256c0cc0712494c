//! Published and cross-checked answers. Six decimals hold to 5e-7, others to the digits printed.

use crate::common::{all_of, close, fixture, one, table, value};
use sunder_agreement::Level::{Interval, Nominal, Ordinal, Ratio};
use sunder_agreement::{Bootstrap, BootstrapInterval, Matrix, Request, measure};

const SIX: f64 = 5.1e-7;

/// κ, linear and quadratic with their standard errors; π, Brennan–Prediger, AC1, nominal α.
fn check_two_raters(matrix: &Matrix, kappas: [(f64, f64); 3], others: [f64; 4]) {
    let names = ["cohen-kappa", "weighted-kappa-linear", "weighted-kappa-quadratic"];
    for (name, (kappa, error)) in names.into_iter().zip(kappas) {
        let found = one(matrix, name, Ordinal);
        close(found.value.unwrap(), kappa, SIX);
        close(found.se.unwrap(), error, SIX);
    }
    let names = ["scott-pi", "brennan-prediger", "gwet-ac1", "krippendorff-alpha"];
    for (name, expected) in names.into_iter().zip(others) {
        close(value(matrix, name, Nominal), expected, SIX);
    }
}

#[test]
fn cohen_1960_example_2_with_200_units() {
    let matrix = table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]);
    let kappas = [(0.491525, 0.051002), (0.473684, 0.054432), (0.454545, 0.066454)];
    check_two_raters(&matrix, kappas, [0.487179, 0.550000, 0.575972, 0.488462]);
}

#[test]
fn fleiss_cohen_everitt_1969_example() {
    let matrix = table(&[&[53, 5, 2], &[11, 14, 5], &[1, 6, 3]]);
    let kappas = [(0.428571, 0.075959), (0.492308, 0.071727), (0.566667, 0.078724)];
    check_two_raters(&matrix, kappas, [0.427208, 0.550000, 0.593565, 0.430072]);
}

#[test]
fn two_by_two_cross_checked_with_published_packages() {
    let matrix = table(&[&[20, 5], &[10, 15]]);
    check_two_raters(
        &matrix,
        [(0.4, 0.126996); 3],
        [0.393939, 0.400000, 0.405941, 0.400000],
    );
}

#[test]
fn artstein_poesio_2008_example() {
    let matrix = table(&[&[20, 20], &[10, 50]]);
    check_two_raters(
        &matrix,
        [(0.347826, 0.095008); 3],
        [0.340659, 0.400000, 0.449541, 0.343956],
    );
}

#[test]
fn krippendorff_2011_many_raters_with_missing_values_by_irr_cac() {
    let matrix = fixture("krippendorff_2011.csv");
    let expected = [
        ("gwet-ac1", 0.775444),
        ("fleiss-kappa", 0.761169),
        ("conger-kappa", 0.762817),
        ("brennan-prediger", 0.772727),
        ("percent-agreement", 0.818182),
    ];
    for (name, expected) in expected {
        close(value(&matrix, name, Nominal), expected, SIX);
    }
    close(value(&matrix, "gwet-ac2-quadratic", Ordinal), 0.914001, SIX);
    close(value(&matrix, "gwet-ac2-linear", Ordinal), 0.858739, SIX);
}

#[test]
fn fleiss_1971_overall_and_by_category() {
    let matrix = fixture("fleiss_1971.csv");
    let expected = [
        ("fleiss-kappa", 0.430245),
        ("conger-kappa", 0.441809),
        ("brennan-prediger", 0.444444),
        ("gwet-ac1", 0.447885),
        ("krippendorff-alpha", 0.433410),
    ];
    for (name, expected) in expected {
        close(value(&matrix, name, Nominal), expected, SIX);
    }
    let by_category = all_of(&matrix, "fleiss-kappa", Nominal);
    let by_category = by_category.iter().filter(|result| result.category.is_some());
    for (result, expected) in by_category.zip([0.245, 0.245, 0.520, 0.471, 0.566]) {
        close(result.value.unwrap(), expected, 5e-4);
    }
}

#[test]
fn krippendorff_2011_alpha_at_every_level() {
    let matrix = fixture("krippendorff_2011.csv");
    let expected = [
        (Nominal, 0.743421),
        (Ordinal, 0.815388),
        (Interval, 0.849107),
        (Ratio, 0.797403),
    ];
    for (level, expected) in expected {
        close(value(&matrix, "krippendorff-alpha", level), expected, SIX);
    }
    let result = one(&matrix, "krippendorff-alpha", Ordinal);
    assert_eq!(
        (result.units, result.units_used, result.raters, result.missing),
        (12, 11, 4, 7)
    );
}

#[test]
fn hayes_krippendorff_2007_alpha_at_every_level() {
    let matrix = fixture("hayes_krippendorff_2007.csv");
    let expected = [
        (Nominal, 0.476510),
        (Ordinal, 0.759829),
        (Interval, 0.757378),
        (Ratio, 0.662123),
    ];
    for (level, expected) in expected {
        close(value(&matrix, "krippendorff-alpha", level), expected, SIX);
    }
}

#[test]
fn krippendorff_2011_example_a_binary() {
    close(
        value(&fixture("krippendorff_a.csv"), "krippendorff-alpha", Nominal),
        0.095238,
        SIX,
    );
}

#[test]
fn shrout_fleiss_1979_table_2_with_intervals_of_mcgraw_wong_1996() {
    let matrix = fixture("shrout_fleiss_1979.csv");
    let expected = [
        ("icc-1-1", 0.165742, [-0.132932, 0.722560]),
        ("icc-2-1", 0.289764, [0.018787, 0.761084]),
        ("icc-3-1", 0.714841, [0.342465, 0.945858]),
        ("icc-1-k", 0.442797, [-0.884442, 0.912415]),
        ("icc-2-k", 0.620051, [0.071137, 0.927232]),
        ("icc-3-k", 0.909316, [0.675675, 0.985892]),
    ];
    for (name, value, [low, high]) in expected {
        let found = one(&matrix, name, Interval);
        let interval = found.ci.unwrap();
        close(found.value.unwrap(), value, SIX);
        close(interval.low.unwrap(), low, SIX);
        close(interval.high.unwrap(), high, SIX);
    }
}

#[test]
fn shrout_fleiss_1979_f_tests_by_pingouin() {
    let matrix = fixture("shrout_fleiss_1979.csv");
    for (name, f, df2, p) in [
        ("icc-1-1", 1.7946784922394683, 18.0, 0.16476880834463953),
        ("icc-2-1", 11.027247956403299, 15.0, 0.000134566516484335),
        ("icc-3-1", 11.027247956403299, 15.0, 0.000134566516484335),
        ("icc-1-k", 1.7946784922394683, 18.0, 0.16476880834463953),
        ("icc-2-k", 11.027247956403299, 15.0, 0.000134566516484335),
        ("icc-3-k", 11.027247956403299, 15.0, 0.000134566516484335),
    ] {
        let found = one(&matrix, name, Interval).fields;
        close(found["f"], f, 1e-9 * f);
        close(found["df1"], 5.0, 0.0);
        close(found["df2"], df2, 0.0);
        close(found["p"], p, 1e-9);
    }
}

#[test]
fn standard_errors_of_many_raters_with_missing_values_by_irr_cac() {
    let check = |file: &str, level, expected: &[(&str, f64, f64)]| {
        for (name, value, error) in expected {
            let found = one(&fixture(file), name, level);
            close(found.value.unwrap(), *value, 1e-9);
            close(found.se.unwrap(), *error, 1e-9);
        }
    };
    check(
        "krippendorff_2011.csv",
        Nominal,
        &[
            ("gwet-ac1", 0.775444068, 0.142949951),
            ("fleiss-kappa", 0.761169275, 0.153019203),
            ("conger-kappa", 0.762817441, 0.149168152),
            ("brennan-prediger", 0.772727273, 0.14471662),
        ],
    );
    check(
        "krippendorff_2011.csv",
        Ordinal,
        &[
            ("gwet-ac2-linear", 0.858739136, 0.117329022),
            ("gwet-ac2-quadratic", 0.914000724, 0.103962245),
        ],
    );
    check(
        "hayes_krippendorff_2007.csv",
        Nominal,
        &[
            ("gwet-ac1", 0.509349244, 0.065442995),
            ("fleiss-kappa", 0.46968488, 0.069603936),
            ("conger-kappa", 0.472607818, 0.06878192),
            ("brennan-prediger", 0.5, 0.066147073),
        ],
    );
    check(
        "hayes_krippendorff_2007.csv",
        Ordinal,
        &[
            ("gwet-ac2-linear", 0.706798293, 0.043642738),
            ("gwet-ac2-quadratic", 0.847644229, 0.027934856),
        ],
    );
    check(
        "fleiss_1971.csv",
        Nominal,
        &[
            ("gwet-ac1", 0.447884516, 0.055662142),
            ("fleiss-kappa", 0.43024452, 0.054198936),
            ("conger-kappa", 0.44180854, 0.050794406),
            ("brennan-prediger", 0.444444444, 0.055122836),
        ],
    );
    check(
        "fleiss_1971.csv",
        Ordinal,
        &[
            ("gwet-ac2-linear", 0.385473614, 0.07608752),
            ("gwet-ac2-quadratic", 0.380228301, 0.104656837),
        ],
    );
}

/// Limits of 10,000 draws; another generator's differ by about a hundredth.
#[test]
fn hayes_krippendorff_2007_bootstrap_of_units_and_krippendorffs_own() {
    let matrix = fixture("hayes_krippendorff_2007.csv");
    for (interval, [low, high]) in [
        (BootstrapInterval::Percentile, [0.626, 0.842]),
        (BootstrapInterval::Krippendorff, [0.715, 0.813]),
    ] {
        let mut request = Request::new("krippendorff-alpha", Ordinal);
        request.bootstrap = Some(Bootstrap {
            samples: 10_000,
            seed: 1,
            interval,
        });
        let found = measure(&matrix, &request)
            .unwrap()
            .remove(0)
            .bootstrap_ci
            .unwrap();
        close(found.low.unwrap(), low, 0.008);
        close(found.high.unwrap(), high, 0.005);
    }
}

#[test]
fn rare_categories_example_of_nothing_strain_rupture() {
    let whole = table(&[&[771, 14, 2, 0], &[12, 38, 6, 1], &[1, 4, 22, 0], &[0, 1, 0, 0]]);
    close(value(&whole, "specific-agreement:3", Nominal), 44.0 / 57.0, 1e-12);
    let detection = table(&[&[771, 16], &[13, 72]]);
    close(value(&detection, "cohen-kappa", Nominal), 0.813917, SIX);
    let class = table(&[&[38, 6], &[4, 22]]);
    close(value(&class, "cohen-kappa", Nominal), 0.698795, SIX);
}
