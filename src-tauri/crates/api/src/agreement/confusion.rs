//! What two raters made of the same units, as a table; and on how many units raters differ.

use std::collections::BTreeSet;

use super::reading::Snapshot;
use super::values::{Reading, Readings};
use crate::wire::Confusion;

/// Scales with more categories show only those that the two used.
const SHOWN_WHOLE: usize = 6;

/// Pairs of columns that have a unit in common, in the order of columns.
pub(crate) fn pairs(readings: &Readings, columns: usize) -> Vec<[usize; 2]> {
    let mut shared = BTreeSet::new();
    let all = columns * columns.saturating_sub(1) / 2;
    for row in readings.rows() {
        if shared.len() == all {
            break;
        }
        let known: Vec<usize> = row
            .iter()
            .enumerate()
            .filter(|(_, reading)| **reading != Reading::Missing)
            .map(|(column, _)| column)
            .collect();
        for (place, first) in known.iter().enumerate() {
            shared.extend(known.iter().skip(place + 1).map(|second| [*first, *second]));
        }
    }
    shared.into_iter().collect()
}

/// The readings that a pair's table has rows and columns for.
pub(crate) fn shown(readings: &Readings, [first, second]: [usize; 2]) -> Vec<Reading> {
    let scale = &readings.scale;
    let mut shown: Vec<Reading> = scale.nothing.map(|_| Reading::Nothing).into_iter().collect();
    let used: BTreeSet<u16> = readings
        .rows()
        .flat_map(|row| [row.get(first), row.get(second)])
        .filter_map(|reading| match reading {
            Some(Reading::Category(place)) => Some(*place),
            _ => None,
        })
        .collect();
    let count = u16::try_from(scale.categories.len()).unwrap_or(u16::MAX);
    shown.extend(
        (0..count)
            .filter(|place| usize::from(count) <= SHOWN_WHOLE || used.contains(place))
            .map(Reading::Category),
    );
    shown.extend(scale.unscored.map(|_| Reading::Unscored));
    shown
}

/// One table for each pair.
pub(crate) fn tables(snapshot: &Snapshot, readings: &Readings, pairs: &[[usize; 2]]) -> Vec<Confusion> {
    pairs
        .iter()
        .map(|pair| table(snapshot, readings, *pair))
        .collect()
}

fn table(snapshot: &Snapshot, readings: &Readings, pair: [usize; 2]) -> Confusion {
    let shown = shown(readings, pair);
    let place = |reading: Option<&Reading>| {
        reading.and_then(|reading| shown.iter().position(|known| known == reading))
    };
    let mut counts = vec![vec![0_u32; shown.len()]; shown.len()];
    let (mut units, mut missing) = (0, 0);
    let [first, second] = pair;
    for row in readings.rows() {
        match (place(row.get(first)), place(row.get(second))) {
            (Some(own), Some(other)) => {
                units += 1;
                if let Some(cell) = counts.get_mut(own).and_then(|row| row.get_mut(other)) {
                    *cell += 1;
                }
            }
            _ => missing += 1,
        }
    }
    Confusion {
        pair: pair.map(|column| snapshot.name(column, false)),
        categories: shown
            .iter()
            .map(|reading| readings.scale.name(*reading))
            .collect(),
        counts,
        units,
        missing,
    }
}

/// Whether some two of these readings differ; what is missing differs from nothing.
pub(crate) fn differ(row: impl Iterator<Item = Reading>) -> bool {
    let mut known = row.filter(|reading| *reading != Reading::Missing);
    let first = known.next();
    known.any(|reading| Some(reading) != first)
}

/// On how many units raters differ.
pub(crate) fn differing(readings: &Readings) -> u32 {
    let count = readings.rows().filter(|row| differ(row.iter().copied())).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
