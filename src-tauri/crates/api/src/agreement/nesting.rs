//! How much of the differences between sessions lies between cases, and how much between the sessions of a case.
//!
//! One-way analysis of variance of session means over raters, unequal numbers of sessions (Searle, Casella & McCulloch
//! 1992, section 3.6): with MSB between and MSW within cases and n0 = (N − Σ n_i² ÷ N) ÷ (cases − 1), the variance
//! between cases is (MSB − MSW) ÷ n0, 0 where that is below 0, and MSW what is left within a case, raters' error
//! included.

use std::collections::BTreeMap;

use super::panel::Panel;
use super::units::Units;
use super::values::Readings;
use crate::wire::CaseSplit;

/// The split of one count.
pub(crate) fn split(panel: &Panel, units: &Units, readings: &Readings, label: &str) -> CaseSplit {
    let mut sessions: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for (unit, row) in units.units.iter().zip(readings.rows()) {
        let Some(planned) = panel.rows.get(unit.row).map(|row| &row.planned) else {
            continue;
        };
        sessions
            .entry((planned.case.as_str(), planned.session_id.as_str()))
            .or_default()
            .extend(row.iter().filter_map(|reading| readings.scale.number(*reading)));
    }
    let mut cases: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((case, _), values) in &sessions {
        if !values.is_empty() {
            cases.entry(case).or_default().push(mean(values));
        }
    }
    let cases: Vec<Vec<f64>> = cases.into_values().collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let between = between_cases(&cases);
    CaseSplit {
        label: label.to_owned(),
        cases: count(cases.len()),
        sessions: count(cases.iter().map(Vec::len).sum()),
        words: match between {
            Ok(part) => format!(
                "{label}: {:.0} % of the variance of sessions lies between cases, {:.0} % between the sessions of a case.",
                part * 100.0,
                (1.0 - part) * 100.0
            ),
            Err(reason) => format!("{label}: the split cannot be told: {reason}."),
        },
        between: between.ok(),
        reason: between.err().map(str::to_owned),
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The part of the variance that lies between cases, 0 to 1.
fn between_cases(cases: &[Vec<f64>]) -> Result<f64, &'static str> {
    let number: usize = cases.iter().map(Vec::len).sum();
    if cases.len() < 2 {
        return Err("fewer than two cases");
    }
    if number <= cases.len() {
        return Err("no case has two sessions");
    }
    let all: Vec<f64> = cases.iter().flatten().copied().collect();
    let grand = mean(&all);
    let of = |case: &Vec<f64>| (case.len() as f64, mean(case));
    let between: f64 = cases
        .iter()
        .map(|case| {
            let (size, own) = of(case);
            size * (own - grand).powi(2)
        })
        .sum();
    let within: f64 = cases
        .iter()
        .flat_map(|case| {
            let (_, own) = of(case);
            case.iter().map(move |value| (value - own).powi(2))
        })
        .sum();
    let (sessions, groups) = (number as f64, cases.len() as f64);
    let squares: f64 = cases.iter().map(|case| (case.len() as f64).powi(2)).sum();
    let typical = (sessions - squares / sessions) / (groups - 1.0);
    let mean_within = within / (sessions - groups);
    let variance = ((between / (groups - 1.0) - mean_within) / typical).max(0.0);
    let total = variance + mean_within;
    if total > 0.0 {
        Ok(variance / total)
    } else {
        Err("no variation")
    }
}

#[cfg(test)]
mod tests {
    use super::between_cases;

    #[test]
    fn the_split_is_that_of_the_analysis_of_variance() {
        // Means 2, 6, 6 around 14/3: 2 × (64 + 16 + 16) ÷ 9 = 64/3 on 2 degrees, so MSB 32/3; MSW 6 ÷ 3 = 2; n0 2.
        let split = between_cases(&[vec![1.0, 3.0], vec![5.0, 7.0], vec![5.0, 7.0]]).unwrap();
        let (between, within) = (32.0 / 3.0, 2.0);
        let expected = ((between - within) / 2.0) / ((between - within) / 2.0 + within);
        assert!((split - expected).abs() < 1e-12, "{split}");
        assert_eq!(between_cases(&[vec![1.0, 3.0], vec![1.0, 3.0]]), Ok(0.0));
        assert_eq!(between_cases(&[vec![1.0, 1.0], vec![2.0, 2.0]]), Ok(1.0));
    }

    #[test]
    fn what_cannot_be_told_has_a_reason() {
        assert_eq!(between_cases(&[vec![1.0, 2.0]]), Err("fewer than two cases"));
        assert_eq!(
            between_cases(&[vec![1.0], vec![2.0]]),
            Err("no case has two sessions")
        );
        assert_eq!(between_cases(&[vec![1.0, 1.0], vec![1.0]]), Err("no variation"));
    }
}
