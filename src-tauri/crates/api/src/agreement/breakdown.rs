//! Parts of the data, each measured alone: families and codes, sessions, cases, raters; and counts per session.

use std::collections::BTreeMap;

use sunder_domain::FamilyKind;

use super::lines::{self, Extent, UnitWords};
use super::measuring::Measuring;
use super::memo::Memo;
use super::nesting;
use super::reading::Snapshot;
use super::units::Units;
use super::values::{Reading, Readings};
use super::watch::{Stopped, Watch};
use crate::wire::{Breakdown, BreakdownLine, CaseSplit, IntervalChoice, UnitChoice, ValueChoice};

/// One part: these columns, the units that `keep` says.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn line(
    measuring: &Measuring<'_>,
    readings: &Readings,
    words: &UnitWords,
    (key, label): (String, String),
    columns: &[usize],
    keep: impl Fn(usize) -> bool + Copy,
) -> Result<BreakdownLine, Stopped> {
    let (mut units, mut positives) = (0_u32, 0_u32);
    for (_, row) in readings.rows().enumerate().filter(|(unit, _)| keep(*unit)) {
        let own = || columns.iter().filter_map(|column| row.get(*column));
        units += u32::from(own().any(|reading| *reading != Reading::Missing));
        let there = own().filter(|reading| readings.scale.something(**reading) == Some(true));
        positives = positives.saturating_add(u32::try_from(there.count()).unwrap_or(u32::MAX));
    }
    Ok(BreakdownLine {
        key,
        label,
        units,
        positives,
        rows: lines::rows(measuring, readings, words, Extent::Brief, columns, keep)?,
    })
}

/// Every breakdown that says something: one with a single line says what the table says.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn all(
    snapshot: &Snapshot,
    units: &Units,
    readings: &Readings,
    measuring: &Measuring<'_>,
    words: &UnitWords,
) -> Result<Vec<Breakdown>, Stopped> {
    let mut all = Vec::new();
    if !matches!(
        snapshot.choice.value,
        ValueChoice::Rating { .. } | ValueChoice::Frequency { .. }
    ) {
        all.push(by_family(snapshot, units, measuring, words)?);
        all.push(by_code(snapshot, units, measuring, words)?);
    }
    let rows = &snapshot.panel.rows;
    all.push(by_row(
        units,
        readings,
        measuring,
        words,
        ("session", "Sessions"),
        |row| rows.get(row).map(|row| row.planned.label.clone()),
    )?);
    all.push(by_row(
        units,
        readings,
        measuring,
        words,
        ("case", "Cases"),
        |row| rows.get(row).map(|row| row.planned.case.clone()),
    )?);
    all.push(by_row(
        units,
        readings,
        measuring,
        words,
        ("rater", "Raters"),
        |row| rows.get(row).and_then(|row| row.planned.of.clone()),
    )?);
    all.retain(|breakdown| !breakdown.lines.is_empty());
    Ok(all)
}

/// Present or not, for each family that somebody used.
fn by_family(
    snapshot: &Snapshot,
    units: &Units,
    measuring: &Measuring<'_>,
    words: &UnitWords,
) -> Result<Breakdown, Stopped> {
    let families = snapshot
        .codebook
        .families
        .iter()
        .filter(|family| family.kind != FamilyKind::Other);
    let keys = families.map(|family| (family.key.clone(), family.name.clone()));
    Ok(Breakdown {
        by: "family".to_owned(),
        label: "Families, present or not".to_owned(),
        note: String::new(),
        lines: presence(snapshot, units, measuring, words, keys)?,
    })
}

/// Present or not, for each code that somebody used.
fn by_code(
    snapshot: &Snapshot,
    units: &Units,
    measuring: &Measuring<'_>,
    words: &UnitWords,
) -> Result<Breakdown, Stopped> {
    let codes = snapshot.codebook.families.iter().flat_map(|family| &family.codes);
    let keys = codes.map(|code| (code.key.to_string(), code.name.clone()));
    Ok(Breakdown {
        by: "code".to_owned(),
        label: "Codes, present or not".to_owned(),
        note: String::new(),
        lines: presence(snapshot, units, measuring, words, keys)?,
    })
}

fn presence(
    snapshot: &Snapshot,
    units: &Units,
    measuring: &Measuring<'_>,
    words: &UnitWords,
    keys: impl Iterator<Item = (String, String)>,
) -> Result<Vec<BreakdownLine>, Stopped> {
    let columns: Vec<usize> = (0..measuring.columns.len()).collect();
    let mut lines = Vec::new();
    for (key, label) in keys {
        let value = ValueChoice::Presence {
            of: Some(key.clone()),
        };
        let readings = Readings::of(&snapshot.panel, units, &value, &snapshot.codebook);
        let there = |reading: &Reading| readings.scale.something(*reading) == Some(true);
        if !readings.cells.iter().any(there) {
            continue;
        }
        let words = UnitWords {
            something: label.to_lowercase(),
            ..words.clone()
        };
        lines.push(line(
            measuring,
            &readings,
            &words,
            (key, label),
            &columns,
            |_| true,
        )?);
    }
    Ok(lines)
}

/// So many of what is resampled whole a part has at least, to have an interval: the fewest that were simulated.
const FEWEST_CLUSTERS: usize = 6;

/// A line for each name that rows of the panel have; none where they all have the same. A part that lies in few of
/// what is resampled whole has no interval: how seldom one holds the truth there, nobody has simulated.
fn by_row(
    units: &Units,
    readings: &Readings,
    measuring: &Measuring<'_>,
    words: &UnitWords,
    (by, label): (&str, &str),
    name: impl Fn(usize) -> Option<String>,
) -> Result<Breakdown, Stopped> {
    let columns: Vec<usize> = (0..measuring.columns.len()).collect();
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, unit) in units.units.iter().enumerate() {
        if let Some(name) = name(unit.row) {
            parts.entry(name).or_default().push(place);
        }
    }
    let mut lines = Vec::new();
    let mut small = 0;
    let lean = measuring.without_intervals();
    if parts.len() > 1 {
        for (name, places) in parts {
            let part = readings.part(&places);
            let own = measuring.part(&places);
            let own = if own.clusters_used() < FEWEST_CLUSTERS {
                small += 1;
                lean.part(&places)
            } else {
                own
            };
            lines.push(line(&own, &part, words, (name.clone(), name), &columns, |_| {
                true
            })?);
        }
    }
    Ok(Breakdown {
        by: by.to_owned(),
        label: label.to_owned(),
        note: note(measuring, label, small, lines.len()),
        lines,
    })
}

/// Why some or all of the parts have no interval; empty where none was asked for, or all have one.
fn note(measuring: &Measuring<'_>, label: &str, small: usize, all: usize) -> String {
    if measuring.interval.samples == 0 || small == 0 {
        return String::new();
    }
    let clusters = if measuring.by_case { "cases" } else { "sessions" };
    let why = format!("{clusters} are resampled whole, and fewer than {FEWEST_CLUSTERS} tell too little");
    if small == all {
        format!("{label} have no intervals: {why}.")
    } else {
        format!("What lies in few {clusters} has no interval: {why}.")
    }
}

/// What the field publishes: counts per session of conflicts, ruptures, strains, and each family, with their
/// reliability.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn session_counts(
    snapshot: &Snapshot,
    interval: IntervalChoice,
    watch: &Watch,
    memo: &Memo,
) -> Result<(Vec<BreakdownLine>, Vec<CaseSplit>), Stopped> {
    let units = Units::of(
        &snapshot.panel,
        UnitChoice::Session,
        snapshot.study.window_seconds,
    );
    let measuring = Measuring::of(&snapshot.panel, &units, interval, watch).treating(snapshot.choice.missing);
    let columns: Vec<usize> = (0..measuring.columns.len()).collect();
    let families = snapshot
        .codebook
        .families
        .iter()
        .filter(|family| family.kind != FamilyKind::Other)
        .map(|family| {
            let value = ValueChoice::Frequency {
                of: Some(family.key.clone()),
            };
            let readings = Readings::of(&snapshot.panel, &units, &value, &snapshot.codebook);
            (family.key.clone(), family.name.clone(), readings)
        });
    let all = ValueChoice::Frequency { of: None };
    let counted = [
        (
            "conflicts".to_owned(),
            "Conflicts".to_owned(),
            Readings::of(&snapshot.panel, &units, &all, &snapshot.codebook),
        ),
        (
            "ruptures".to_owned(),
            "Ruptures".to_owned(),
            Readings::counts_of_class(&snapshot.panel, &units, sunder_domain::Class::Rupture),
        ),
        (
            "strains".to_owned(),
            "Strains".to_owned(),
            Readings::counts_of_class(&snapshot.panel, &units, sunder_domain::Class::Strain),
        ),
    ];
    let mut lines = Vec::new();
    let mut splits = Vec::new();
    for (key, label, readings) in counted.into_iter().chain(families) {
        splits.push(nesting::split(&snapshot.panel, &units, &readings, &label));
        let words = UnitWords {
            per: "per session".to_owned(),
            something: label.to_lowercase(),
            value: label.to_lowercase(),
            cells: lines::cells(snapshot.choice.missing),
        };
        let own = (key, label.clone());
        let mut own = memo.line(&label, &measuring, &readings, || {
            line(&measuring, &readings, &words, own, &columns, |_| true)
        })?;
        // How often it was marked, not in how many sessions.
        own.positives = readings.sum();
        own.rows.retain(|row| row.line == crate::wire::Line::Reliability);
        lines.push(own);
    }
    Ok((lines, splits))
}
