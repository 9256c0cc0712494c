//! How often each rater uses each category, and which are too rare for coefficients to say much.

use super::panel::Panel;
use super::values::{Reading, Readings};
use crate::wire::BaseRate;

/// Below this part of all units a category is rare …
const RARE_PART: f64 = 0.05;
/// … or with fewer of them than this.
const RARE_COUNT: u32 = 10;

/// The rates of every rater who has seen something.
pub(crate) fn base_rates(panel: &Panel, readings: &Readings) -> Vec<BaseRate> {
    let scale = &readings.scale;
    let count = u16::try_from(scale.categories.len()).unwrap_or(u16::MAX);
    let mut rates = Vec::new();
    for (column, rater) in panel.columns.iter().enumerate() {
        let own: Vec<Reading> = readings
            .rows()
            .filter_map(|row| row.get(column).copied())
            .filter(|reading| *reading != Reading::Missing)
            .collect();
        let units = u32::try_from(own.len()).unwrap_or(u32::MAX);
        if units == 0 {
            continue;
        }
        let categories = scale
            .nothing
            .map(|_| Reading::Nothing)
            .into_iter()
            .chain((0..count).map(Reading::Category))
            .chain(scale.unscored.map(|_| Reading::Unscored));
        for category in categories {
            let positives = own.iter().filter(|reading| **reading == category).count();
            let positives = u32::try_from(positives).unwrap_or(u32::MAX);
            let rate = f64::from(positives) / f64::from(units);
            rates.push(BaseRate {
                rater: rater.clone(),
                category: scale.name(category),
                positives,
                units,
                rate,
                warning: warning(category, positives, rate),
            });
        }
    }
    rates
}

fn warning(category: Reading, positives: u32, rate: f64) -> Option<String> {
    if !matches!(category, Reading::Category(_)) || positives == 0 {
        return None;
    }
    if rate < RARE_PART {
        Some("rare: under 5 %".to_owned())
    } else if positives < RARE_COUNT {
        Some("rare: fewer than 10".to_owned())
    } else {
        None
    }
}
