//! Who agrees with whom.

use std::collections::BTreeSet;

use sunder_agreement::{Level, Measurement};

use super::measuring::{Data, Measuring};
use super::panel::Panel;
use super::units::Units;
use super::values::{Reading, Readings, Scale};
use super::watch::Stopped;
use crate::wire::{Estimate, HeatCell, HeatMap};

/// Alpha of the combined line: where it is ordered, ordinal; of counts, interval; else nominal.
const fn statistic(scale: &Scale) -> (Data, Level, &'static str) {
    if scale.counts {
        (Data::NumbersAndNothing, Level::Interval, "α interval")
    } else if scale.ordered {
        (Data::Combined, Level::Ordinal, "α ordinal")
    } else {
        (Data::Combined, Level::Nominal, "α nominal")
    }
}

/// The map; cells for both orders of a pair.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn heat_map(
    measuring: &Measuring<'_>,
    panel: &Panel,
    units: &Units,
    readings: &Readings,
    pairs: &[[usize; 2]],
) -> Result<HeatMap, Stopped> {
    let (data, level, name) = statistic(&readings.scale);
    let mut cells = Vec::new();
    for pair in pairs {
        let measurement = match measuring.matrix(readings, data, pair, |_| true) {
            Some(matrix) => measuring.one(&matrix, "krippendorff-alpha", level)?,
            None => None,
        }
        .map(|measured| measured.main);
        let (shared, sessions) = shared(units, readings, *pair);
        for [row, column] in [*pair, [pair[1], pair[0]]] {
            cells.push(HeatCell {
                row: small(row),
                column: small(column),
                estimate: measurement.as_ref().map_or(Estimate::NONE, estimate),
                units: shared,
                sessions,
                reason: measurement
                    .as_ref()
                    .and_then(|measurement| measurement.reason.clone()),
            });
        }
    }
    Ok(HeatMap {
        statistic: name.to_owned(),
        raters: panel.columns.clone(),
        cells,
        sentence: String::new(),
    })
}

/// A measurement's value with the limits that are shown for it.
pub(crate) fn estimate(measurement: &Measurement) -> Estimate {
    let interval = measurement.bootstrap_ci.as_ref().or(measurement.ci.as_ref());
    Estimate {
        value: measurement.value,
        low: interval.and_then(|interval| interval.low),
        high: interval.and_then(|interval| interval.high),
    }
}

/// How many units, in how many sessions, both have seen.
fn shared(units: &Units, readings: &Readings, [first, second]: [usize; 2]) -> (u32, u32) {
    let known = |reading: Option<&Reading>| reading.is_some_and(|reading| *reading != Reading::Missing);
    let rows: Vec<usize> = readings
        .rows()
        .zip(&units.units)
        .filter(|(row, _)| known(row.get(first)) && known(row.get(second)))
        .map(|(_, unit)| unit.row)
        .collect();
    let sessions: BTreeSet<usize> = rows.iter().copied().collect();
    (small(rows.len()), small(sessions.len()))
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
