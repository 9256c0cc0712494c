//! What holds for any matrix.

use proptest::prelude::*;
use sunder_agreement::Level::{self, Interval, Nominal, Ordinal, Ratio};
use sunder_agreement::{
    Bootstrap, BootstrapInterval, Matrix, Measurement, Missing, Pair, Request, measure, measures,
};

use crate::common::{one, value};

const LEVELS: [Level; 4] = [Nominal, Ordinal, Interval, Ratio];

type Cells = Vec<Vec<Option<f64>>>;

fn names(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("R{index}")).collect()
}

fn matrix(cells: &Cells) -> Matrix {
    Matrix::numbers(names(cells.first().map_or(2, Vec::len)), &cells.concat(), None).unwrap()
}

fn cells(values: impl Strategy<Value = f64> + Clone, missing: f64) -> impl Strategy<Value = Cells> {
    (2..5_usize, 1..12_usize).prop_flat_map(move |(raters, units)| {
        let cell = prop::option::weighted(1.0 - missing, values.clone());
        prop::collection::vec(prop::collection::vec(cell, raters), units)
    })
}

fn few_values() -> impl Strategy<Value = f64> + Clone {
    (0..4_u8).prop_map(f64::from)
}

fn any_values() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        few_values(),
        -1e3..1e3,
        Just(0.1),
        Just(1e300),
        Just(-1e308),
        Just(1e-300),
        Just(f64::MAX)
    ]
}

/// Everything that can be asked of a matrix.
fn everything(matrix: &Matrix, bootstrap: Option<Bootstrap>) -> Vec<Measurement> {
    let mut found = Vec::new();
    for entry in measures() {
        for level in entry.levels {
            for missing in [Missing::Listwise, Missing::Components] {
                let mut request = Request::new(entry.name, *level);
                (request.missing, request.bootstrap) = (missing, bootstrap);
                found.extend(measure(matrix, &request).unwrap());
            }
        }
    }
    found
}

/// Coefficients that are of all raters alike, so that their order is nothing.
fn of_all(matrix: &Matrix, level: Level) -> Vec<(String, Option<f64>)> {
    let mut request = Request::new("all", level);
    request.missing = Missing::Listwise;
    let found = measure(matrix, &request).unwrap();
    let of_pairs = matrix.raters().len() > 2;
    let whole = found.into_iter().filter(|result| match result.pair {
        Some(Pair::Of(_)) => !of_pairs,
        _ => true,
    });
    whole
        .map(|result| {
            (
                format!("{} {:?}", result.statistic, result.category),
                result.value,
            )
        })
        .collect()
}

fn assert_same(
    first: &[(String, Option<f64>)],
    second: &[(String, Option<f64>)],
) -> Result<(), TestCaseError> {
    prop_assert_eq!(first.len(), second.len());
    for ((name, first), (other, second)) in first.iter().zip(second) {
        prop_assert_eq!(name, other);
        match (first, second) {
            (Some(first), Some(second)) => {
                prop_assert!(
                    (first - second).abs() <= 1e-8 * (1.0 + first.abs()),
                    "{name}: {first} {second}"
                );
            }
            _ => prop_assert_eq!(first, second, "{}", name),
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_order_of_raters_and_of_units_is_nothing(
        (cells, raters, units) in cells(few_values(), 0.2).prop_flat_map(|cells| {
            let raters: Vec<usize> = (0..cells[0].len()).collect();
            let units: Vec<usize> = (0..cells.len()).collect();
            (Just(cells), Just(raters).prop_shuffle(), Just(units).prop_shuffle())
        }),
    ) {
        let shuffled: Cells =
            units.iter().map(|unit| raters.iter().map(|rater| cells[*unit][*rater]).collect()).collect();
        for level in LEVELS {
            assert_same(&of_all(&matrix(&cells), level), &of_all(&matrix(&shuffled), level))?;
        }
    }

    #[test]
    fn nominal_labels_are_only_names(cells in cells(few_values(), 0.2)) {
        let renamed: Vec<Option<String>> = cells.concat().iter()
            .map(|cell| cell.map(|value| ["wolf", "ant", "zebra", "bee"][value as usize].to_owned())).collect();
        let renamed = Matrix::labels(names(cells[0].len()), &renamed, None::<&[&str]>).unwrap();
        let original = matrix(&cells);
        for name in ["percent-agreement", "cohen-kappa", "scott-pi", "kappa-max", "fleiss-kappa", "conger-kappa",
            "light-kappa", "brennan-prediger", "gwet-ac1", "krippendorff-alpha"] {
            let of = |matrix: &Matrix| {
                let found = one(matrix, name, Nominal);
                (name.to_owned(), found.value)
            };
            assert_same(&[of(&original)], &[of(&renamed)])?;
        }
    }

    #[test]
    fn perfect_agreement_is_1_wherever_it_is_defined(
        values in prop::collection::vec(few_values(), 2..12), raters in 2..5_usize,
    ) {
        let cells: Cells = values.iter().map(|value| vec![Some(*value); raters]).collect();
        let without_chance = ["prevalence-index", "bias-index"];
        for result in everything(&matrix(&cells), None) {
            if without_chance.contains(&result.statistic.as_str()) {
                continue;
            }
            if let Some(value) = result.value {
                prop_assert!((value - 1.0).abs() < 1e-9, "{} {value}", result.statistic);
            } else {
                let varies = values.iter().any(|value| *value != values[0]);
                prop_assert!(!varies, "{}: {:?}", result.statistic, result.reason);
            }
        }
    }

    #[test]
    fn alpha_of_two_raters_is_that_of_its_direct_definition(
        pairs in prop::collection::vec((0..4_u8, 0..4_u8), 2..20),
    ) {
        let cells: Cells = pairs.iter().map(|(a, b)| vec![Some(f64::from(*a)), Some(f64::from(*b))]).collect();
        let pooled: Vec<f64> = cells.iter().flatten().flatten().copied().collect();
        let number = pooled.len() as f64;
        for level in LEVELS {
            // Mean squared differences within units, and among all values whoever gave them.
            let difference = |a: f64, b: f64| match level {
                Nominal => f64::from(a != b),
                Ordinal => {
                    let (low, high) = (a.min(b), a.max(b));
                    let between = pooled.iter().filter(|v| **v >= low && **v <= high).count() as f64;
                    let ends = pooled.iter().filter(|v| **v == low).count() + pooled.iter().filter(|v| **v == high).count();
                    if a == b { 0.0 } else { (between - ends as f64 / 2.0).powi(2) }
                }
                Interval => (a - b).powi(2),
                Ratio => if a + b == 0.0 { 0.0 } else { ((a - b) / (a + b)).powi(2) },
            };
            let observed = cells.iter().map(|row| difference(row[0].unwrap(), row[1].unwrap())).sum::<f64>()
                / cells.len() as f64;
            let all = pooled.iter().flat_map(|a| pooled.iter().map(|b| difference(*a, *b))).sum::<f64>();
            let found = one(&matrix(&cells), "krippendorff-alpha", level).value;
            let expected = (all > 0.0).then(|| 1.0 - observed / (all / (number * (number - 1.0))));
            assert_same(&[("alpha".into(), found)], &[("alpha".into(), expected)])?;
        }
    }

    #[test]
    fn quadratic_kappa_of_two_raters_follows_from_the_analysis_of_variance(
        pairs in prop::collection::vec((0..5_u8, 0..5_u8), 2..20),
    ) {
        let cells: Cells = pairs.iter().map(|(a, b)| vec![Some(f64::from(*a)), Some(f64::from(*b))]).collect();
        let n = pairs.len() as f64;
        let mean = |f: &dyn Fn(&(u8, u8)) -> f64| pairs.iter().map(f).sum::<f64>() / n;
        let (first, second) = (mean(&|p| f64::from(p.0)), mean(&|p| f64::from(p.1)));
        let grand = f64::midpoint(first, second);
        let of_units = 2.0 * n * mean(&|p| (f64::midpoint(f64::from(p.0), f64::from(p.1)) - grand).powi(2));
        let of_raters = n * ((first - grand).powi(2) + (second - grand).powi(2));
        let whole = n * mean(&|p| (f64::from(p.0) - grand).powi(2) + (f64::from(p.1) - grand).powi(2));
        let error = whole - of_units - of_raters;
        let below = of_units + error + 2.0 * of_raters;
        prop_assume!(below > 1e-9);
        let found = value(&matrix(&cells), "weighted-kappa-quadratic", Ordinal);
        prop_assert!((found - (of_units - error) / below).abs() < 1e-9);
    }

    #[test]
    fn a_rater_who_rated_nothing_changes_nothing(cells in cells(few_values(), 0.2)) {
        let mut with_idle = cells.clone();
        with_idle.iter_mut().for_each(|row| row.push(None));
        for name in ["percent-agreement", "cohen-kappa", "light-kappa", "fleiss-kappa", "conger-kappa",
            "brennan-prediger", "gwet-ac1", "krippendorff-alpha", "icc-1-1", "icc-2-k", "icc-3-1"] {
            let level = if name.starts_with("icc") { Interval } else { Nominal };
            for missing in [Missing::Listwise, Missing::Components] {
                let of = |cells: &Cells| {
                    let mut request = Request::new(name, level);
                    request.missing = missing;
                    let found = measure(&matrix(cells), &request).unwrap();
                    let whole = found.iter().rfind(|result| result.category.is_none()).unwrap();
                    (name.to_owned(), whole.value)
                };
                assert_same(&[of(&cells)], &[of(&with_idle)])?;
            }
        }
    }

    #[test]
    fn components_of_complete_units_are_those_of_the_analysis_of_variance(
        cells in prop::collection::vec(prop::collection::vec((-9..9_i8).prop_map(|v| Some(f64::from(v))), 3), 3..9),
    ) {
        let complete = matrix(&cells);
        let mut request = Request::new("icc-2-1", Interval);
        let listwise = measure(&complete, &request).unwrap().remove(0);
        request.missing = Missing::Components;
        let found = measure(&complete, &request).unwrap().remove(0);
        let parts = ["variance_units", "variance_raters"].map(|part| found.fields.get(part).copied());
        // Where a variance is cut at zero, restricted likelihood and analysis of variance part company.
        let is_cut = parts.into_iter().any(|part| part.is_none_or(|part| part <= 1e-6));
        if let Some(expected) = listwise.value.filter(|_| !is_cut) {
            prop_assert!((found.value.unwrap() - expected).abs() < 1e-5, "{:?} {expected}", found.value);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_is_ever_infinite_or_unexplained(
        cells in cells(any_values(), 0.3), clusters in prop::option::of(prop::collection::vec(0..3_u8, 12)),
        bca in any::<bool>(),
    ) {
        let mut matrix = matrix(&cells);
        if let Some(clusters) = clusters {
            let clusters: Vec<String> = clusters.iter().take(cells.len()).map(u8::to_string).collect();
            matrix = matrix.with_clusters(&clusters).unwrap();
        }
        let interval = if bca { BootstrapInterval::Bca } else { BootstrapInterval::Krippendorff };
        for result in everything(&matrix, Some(Bootstrap { samples: 8, seed: 1, interval })) {
            let limits = [&result.ci, &result.bootstrap_ci].into_iter().flatten().flat_map(|ci| [ci.low, ci.high]);
            let mut figures = limits.chain([result.value, result.se]).flatten().chain(result.fields.values().copied());
            prop_assert!(figures.all(f64::is_finite), "{result:?}");
            prop_assert_eq!(result.value.is_none(), result.reason.is_some(), "{}", result.statistic);
            if let Some(ci) = &result.ci {
                prop_assert!(ci.low.zip(ci.high).is_none_or(|(low, high)| low <= high), "{result:?}");
            }
        }
    }
}
