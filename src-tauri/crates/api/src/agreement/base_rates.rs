//! How often each rater uses each category, and which are too rare for coefficients to say much.

use sunder_agreement::{RARE_COUNT, RARE_PART};

use super::panel::Panel;
use super::values::{Reading, Readings};
use crate::wire::BaseRate;

/// The rates of every rater who has seen something.
///
/// Who gave a category least is named as well: none of it is the rarest case. Of unordered categories those that nobody
/// gave are not in question; a class or score that nobody gave is. Counts are numbers, not categories.
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
            let is_in_question = !scale.counts && (scale.ordered || readings.cells.contains(&category));
            rates.push(BaseRate {
                rater: rater.clone(),
                category: scale.name(category),
                positives,
                units,
                rate,
                warning: warning(category, positives, rate).filter(|_| is_in_question),
            });
        }
    }
    rates
}

fn warning(category: Reading, positives: u32, rate: f64) -> Option<String> {
    // What is still to be scored is no category of any coefficient.
    if matches!(category, Reading::Missing | Reading::Unscored) {
        return None;
    }
    if positives == 0 {
        Some("rare: none".to_owned())
    } else if rate < RARE_PART {
        Some("rare: under 5 %".to_owned())
    } else if (positives as usize) < RARE_COUNT {
        Some("rare: fewer than 10".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use sunder_domain::Codebook;

    use super::base_rates;
    use crate::agreement::example::{coding, facts, mark, panel, session, transcript, turn};
    use crate::agreement::units::Units;
    use crate::agreement::values::Readings;
    use crate::wire::{UnitChoice, ValueChoice};

    /// `A rupture 2: rare: under 5 %` of each class that is warned of, over 60 turns.
    fn warned(ruptures_of_b: u32) -> Vec<String> {
        let transcript = transcript(60);
        let mut of_a = coding("A", &transcript);
        let mut of_b = coding("B", &transcript);
        for place in 0..12 {
            mark(
                &mut of_a,
                &format!("a{place}"),
                turn(place),
                "withdrawal/denial",
                Some(4),
            );
            mark(
                &mut of_b,
                &format!("b{place}"),
                turn(place),
                "withdrawal/denial",
                Some(2),
            );
        }
        for place in 12..12 + ruptures_of_b {
            mark(
                &mut of_b,
                &format!("b{place}"),
                turn(place),
                "withdrawal/denial",
                Some(4),
            );
        }
        let panel = panel(vec![session(
            "s1",
            vec![Some(facts(&of_a, 0)), Some(facts(&of_b, 0))],
        )]);
        let units = Units::of(&panel, UnitChoice::Turn, 300);
        let readings = Readings::of(&panel, &units, &ValueChoice::Class, &Codebook::built_in());
        base_rates(&panel, &readings)
            .into_iter()
            .filter_map(|rate| {
                Some(format!(
                    "{} {} {}: {}",
                    rate.rater, rate.category, rate.positives, rate.warning?
                ))
            })
            .collect()
    }

    #[test]
    fn who_gave_none_is_the_rarest_case() {
        assert_eq!(warned(0), ["A strain 0: rare: none", "B rupture 0: rare: none"]);
        assert_eq!(
            warned(2),
            ["A strain 0: rare: none", "B rupture 2: rare: under 5 %"]
        );
        assert_eq!(
            warned(4),
            ["A strain 0: rare: none", "B rupture 4: rare: fewer than 10"]
        );
    }
}
