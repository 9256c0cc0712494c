//! Data with known answers, and how answers are compared.

use std::path::Path;

use sunder_agreement::{Level, Matrix, Measurement, Pair, Request, measure};

/// A matrix of `tests/fixtures/agreement`: one row for each unit, the unit's name first.
pub(crate) fn fixture(name: &str) -> Matrix {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures/agreement")
        .join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines().map(|line| line.split(',').skip(1));
    let raters: Vec<String> = lines.next().expect("a head").map(str::to_owned).collect();
    let cells: Vec<Option<&str>> = lines
        .flatten()
        .map(|cell| (!cell.is_empty()).then_some(cell))
        .collect();
    Matrix::text(raters, &cells, None::<&[&str]>).expect("a matrix")
}

/// Two raters who gave categories 1, 2, … as often as a table says; the first rater's are the rows.
pub(crate) fn table(counts: &[&[usize]]) -> Matrix {
    let mut cells = Vec::new();
    for (row, line) in counts.iter().enumerate() {
        for (column, count) in line.iter().enumerate() {
            for _ in 0..*count {
                cells.extend([Some(row as f64 + 1.0), Some(column as f64 + 1.0)]);
            }
        }
    }
    Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).expect("a matrix")
}

pub(crate) fn all_of(matrix: &Matrix, statistic: &str, level: Level) -> Vec<Measurement> {
    measure(matrix, &Request::new(statistic, level)).expect("measurements")
}

/// The one result that is neither of a category nor of one pair among several.
pub(crate) fn one(matrix: &Matrix, statistic: &str, level: Level) -> Measurement {
    let mut found = all_of(matrix, statistic, level);
    found.retain(|result| result.category.is_none() || statistic.starts_with("specific-agreement:"));
    if found.len() > 1 {
        found.retain(|result| result.pair == Some(Pair::Over("mean")));
    }
    found.pop().expect("a result")
}

pub(crate) fn value(matrix: &Matrix, statistic: &str, level: Level) -> f64 {
    let found = one(matrix, statistic, level);
    found
        .value
        .unwrap_or_else(|| panic!("{statistic}: {:?}", found.reason))
}

#[track_caller]
pub(crate) fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected}"
    );
}
