//! Words for numbers, always with who proposed them, and never where they would mislead.

use super::data::{MISSING, Matrix};
use crate::measurement::{Band, Category, Interval};

/// Whose words a coefficient takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Words would mislead, and why: agreement that chance helps, AC1 and AC2, indices.
    None(&'static str),
    /// Landis & Koch (1977), for kappas.
    LandisKoch,
    /// Krippendorff (2004), for alpha.
    Krippendorff,
    /// Koo & Li (2016) on the 95 % interval of an intraclass correlation; where there is none, Cicchetti (1994).
    KooLi,
}

/// A category is rare below this part of all ratings …
pub const RARE_PART: f64 = 0.05;
/// … or where a rater gave it less often than this.
pub const RARE_COUNT: usize = 10;

/// All categories but the one that a coefficient is of.
const OTHERS: &str = "all others";

/// The word for a value; intraclass correlations take it from their interval of 95 %.
pub(crate) fn band(scale: Scale, value: f64, interval: Option<&Interval>) -> Option<Band> {
    let of = |scale: &str, label: String| {
        Some(Band {
            scale: scale.into(),
            label,
        })
    };
    match scale {
        Scale::None(_) => None,
        Scale::LandisKoch => of("Landis & Koch (1977)", landis_koch(value).into()),
        Scale::Krippendorff => of("Krippendorff (2004)", krippendorff(value).into()),
        Scale::KooLi => match interval.filter(|interval| (interval.confidence - 0.95).abs() < 1e-9) {
            Some(Interval {
                low: Some(low),
                high: Some(high),
                ..
            }) => {
                let (low, high) = (koo_li(*low), koo_li(*high));
                let label = if low == high {
                    low.into()
                } else {
                    format!("{low} to {high}")
                };
                of("Koo & Li (2016), by the 95 % interval", label)
            }
            _ => of("Cicchetti (1994)", cicchetti(value).into()),
        },
    }
}

fn landis_koch(value: f64) -> &'static str {
    match value {
        _ if value <= 0.0 => "poor",
        _ if value <= 0.20 => "slight",
        _ if value <= 0.40 => "fair",
        _ if value <= 0.60 => "moderate",
        _ if value <= 0.80 => "substantial",
        _ => "almost perfect",
    }
}

fn krippendorff(value: f64) -> &'static str {
    match value {
        _ if value >= 0.800 => "reliable",
        _ if value >= 0.667 => "tentative conclusions only",
        _ => "not to be relied on",
    }
}

fn koo_li(value: f64) -> &'static str {
    match value {
        _ if value < 0.5 => "poor",
        _ if value < 0.75 => "moderate",
        _ if value <= 0.9 => "good",
        _ => "excellent",
    }
}

fn cicchetti(value: f64) -> &'static str {
    match value {
        _ if value < 0.40 => "poor",
        _ if value < 0.60 => "fair",
        _ if value < 0.75 => "good",
        _ => "excellent",
    }
}

/// The categories too rare for a word about the raters of these columns: under 5 % of all ratings, or under ten by a
/// rater who rated anything. Where a coefficient is of one category against all others, these are one category.
pub(crate) fn rare_categories(
    matrix: &Matrix,
    columns: &[usize],
    against_others: Option<usize>,
) -> Vec<String> {
    let categories = matrix.categories().len();
    let mut by_rater = vec![vec![0_usize; categories]; columns.len()];
    for row in matrix.rows() {
        for (counts, column) in by_rater.iter_mut().zip(columns) {
            let cell = row.get(*column).filter(|cell| **cell != MISSING);
            if let Some(count) = cell.and_then(|cell| counts.get_mut(*cell as usize)) {
                *count += 1;
            }
        }
    }
    by_rater.retain(|counts| counts.iter().any(|count| *count > 0));
    let mut names: Vec<String> = matrix.categories().iter().map(name).collect();
    if let Some(own) = against_others.filter(|_| categories > 2) {
        for counts in &mut by_rater {
            let count = counts.get(own).copied().unwrap_or_default();
            *counts = vec![count, counts.iter().sum::<usize>() - count];
        }
        names = vec![names.get(own).cloned().unwrap_or_default(), OTHERS.to_owned()];
    }
    let all: usize = by_rater.iter().flatten().sum();
    let is_rare = |category: usize| {
        let of_raters = || by_rater.iter().filter_map(|counts| counts.get(category).copied());
        of_raters().any(|count| count < RARE_COUNT)
            || (of_raters().sum::<usize>() as f64) < RARE_PART * all as f64
    };
    let rare = names
        .into_iter()
        .enumerate()
        .filter(|(category, _)| is_rare(*category));
    rare.map(|(_, name)| name).collect()
}

/// A category as it is written.
pub(crate) fn name(category: &Category) -> String {
    match category {
        Category::Number(number) => number.to_string(),
        Category::Label(label) => label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(scale: Scale, value: f64) -> String {
        band(scale, value, None).unwrap().label
    }

    #[test]
    fn limits_belong_to_the_band_that_their_source_gives_them_to() {
        let landis_koch =
            [-0.1, 0.0, 0.2, 0.21, 0.4, 0.6, 0.8, 0.81].map(|value| label(Scale::LandisKoch, value));
        let words = [
            "poor",
            "poor",
            "slight",
            "fair",
            "fair",
            "moderate",
            "substantial",
            "almost perfect",
        ];
        assert_eq!(landis_koch, words);
        let alpha = [0.666, 0.667, 0.8].map(|value| label(Scale::Krippendorff, value));
        assert_eq!(
            alpha,
            ["not to be relied on", "tentative conclusions only", "reliable"]
        );
        let cicchetti = [0.39, 0.4, 0.6, 0.75].map(|value| label(Scale::KooLi, value));
        assert_eq!(cicchetti, ["poor", "fair", "good", "excellent"]);
    }

    #[test]
    fn koo_and_li_speak_of_the_interval_of_95_percent_only() {
        let interval = |low, high, confidence| Interval {
            low: Some(low),
            high: Some(high),
            confidence,
            method: String::new(),
            samples: None,
            seed: None,
            clusters: None,
        };
        let of = |interval: Interval| band(Scale::KooLi, 0.8, Some(&interval)).unwrap();
        assert_eq!(of(interval(0.6, 0.92, 0.95)).label, "moderate to excellent");
        assert_eq!(of(interval(0.76, 0.9, 0.95)).label, "good");
        assert_eq!(of(interval(0.76, 0.9, 0.9)).scale, "Cicchetti (1994)");
    }

    #[test]
    fn a_category_is_rare_by_its_part_or_by_one_rater() {
        let column = |ones: usize| (0..100).map(move |unit| Some(f64::from(unit < ones)));
        let of = |first, second| {
            let cells: Vec<_> = column(first)
                .zip(column(second))
                .flat_map(|(a, b)| [a, b])
                .collect();
            rare_categories(
                &Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).unwrap(),
                &[0, 1],
                None,
            )
        };
        assert_eq!(of(10, 10), Vec::<String>::new());
        assert_eq!(of(9, 40), ["1"]);
        assert_eq!(of(95, 50), ["0"]);
    }

    #[test]
    fn what_holds_most_units_is_not_rare_because_another_category_is() {
        // 93 of 100 the first, 6 the second, 1 the third.
        let value = |unit: usize| f64::from(u8::from(unit >= 93) + u8::from(unit >= 99));
        let cells: Vec<_> = (0..300).flat_map(|unit| [Some(value(unit % 100)); 2]).collect();
        let matrix = Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).unwrap();
        assert_eq!(rare_categories(&matrix, &[0, 1], None), ["2"]);
        assert_eq!(rare_categories(&matrix, &[0, 1], Some(0)), Vec::<String>::new());
        assert_eq!(rare_categories(&matrix, &[0, 1], Some(2)), ["2"]);
    }
}
