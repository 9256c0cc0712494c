//! How a comparison is said: units, values, matching, warnings.

use super::lines::{UnitWords, cells};
use super::measuring::Measuring;
use super::reading::Snapshot;
use super::units::Units;
use crate::wire::{BaseRate, UnitChoice, ValueChoice, Within};

/// `1 turn`, `2 turns`.
pub(crate) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `12:46`, or `1:02:31` from an hour on.
pub(crate) fn moment(ms: u64) -> String {
    let seconds = ms / 1_000;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes:02}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A rule's number: `3`, `2.5`.
pub(crate) fn plain(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `window of 60 s`.
pub(crate) fn unit(choice: UnitChoice) -> String {
    match choice {
        UnitChoice::Session => "session".to_owned(),
        UnitChoice::Window { seconds } => format!("window of {seconds} s"),
        UnitChoice::Turn => "turn".to_owned(),
        UnitChoice::Conflict { .. } => "conflict".to_owned(),
        UnitChoice::Span => "span".to_owned(),
    }
}

/// `any overlap`; empty where nothing is matched.
pub(crate) fn matching(choice: UnitChoice) -> String {
    match choice {
        UnitChoice::Conflict { within } => tolerance(within),
        _ => String::new(),
    }
}

/// `any overlap, or onsets within 5 s`.
pub(crate) fn tolerance(within: Option<Within>) -> String {
    match within {
        None | Some(Within::Seconds { seconds: 0 } | Within::Turns { turns: 0 }) => "any overlap".to_owned(),
        Some(Within::Seconds { seconds }) => format!("any overlap, or onsets within {seconds} s"),
        Some(Within::Turns { turns }) => format!(
            "any overlap, or onsets within {}",
            counted(turns as usize, "turn", "turns")
        ),
    }
}

/// `strain or rupture · Significance 3 and above`.
pub(crate) fn value(snapshot: &Snapshot) -> String {
    match &snapshot.choice.value {
        ValueChoice::Class => format!("strain or rupture · {}", snapshot.rule.name),
        other => value_words(other, snapshot),
    }
}

fn value_words(value: &ValueChoice, snapshot: &Snapshot) -> String {
    match value {
        ValueChoice::Presence { of } => format!("presence of {}", thing(of.as_deref(), snapshot, false)),
        ValueChoice::Frequency { of } => format!("frequency of {}", thing(of.as_deref(), snapshot, true)),
        ValueChoice::Family => "family".to_owned(),
        ValueChoice::Code => "code".to_owned(),
        ValueChoice::Mode => "mode".to_owned(),
        ValueChoice::Relationship => "relationship".to_owned(),
        ValueChoice::Significance => "significance".to_owned(),
        ValueChoice::Factor { factor } => factor.key().to_owned(),
        ValueChoice::Class => "strain or rupture".to_owned(),
        ValueChoice::Rating { key } => snapshot
            .codebook
            .rating(key)
            .map_or_else(|| key.clone(), |rating| rating.name.to_lowercase()),
    }
}

/// `conflict`, or the name of a family or code.
fn thing(of: Option<&str>, snapshot: &Snapshot, several: bool) -> String {
    let Some(key) = of else {
        return if several { "conflicts" } else { "a conflict" }.to_owned();
    };
    name_of(key, snapshot)
}

/// The codebook's name of a family or code.
pub(crate) fn name_of(key: &str, snapshot: &Snapshot) -> String {
    let codebook = &snapshot.codebook;
    codebook
        .families
        .iter()
        .find(|family| family.key == key)
        .map(|family| family.name.to_lowercase())
        .or_else(|| {
            codebook
                .families
                .iter()
                .flat_map(|family| &family.codes)
                .find(|code| code.key.as_str() == key)
                .map(|code| code.name.clone())
        })
        .unwrap_or_else(|| key.to_owned())
}

/// What the rows call units and values.
pub(crate) fn unit_words(snapshot: &Snapshot) -> UnitWords {
    let choice = &snapshot.choice;
    let something = match &choice.value {
        ValueChoice::Presence { of: Some(key) } | ValueChoice::Frequency { of: Some(key) } => {
            name_of(key, snapshot)
        }
        ValueChoice::Frequency { of: None } => "conflicts".to_owned(),
        _ => "conflict".to_owned(),
    };
    UnitWords {
        per: match choice.unit {
            UnitChoice::Conflict { .. } => "per conflict and empty turn".to_owned(),
            other => format!("per {}", unit(other)),
        },
        something,
        value: value_words(&choice.value, snapshot),
        cells: cells(choice.missing),
    }
}

/// What a reader must know beside the numbers.
pub(crate) fn warnings(
    snapshot: &Snapshot,
    units: &Units,
    measuring: &Measuring<'_>,
    base_rates: &[BaseRate],
) -> Vec<String> {
    const ENOUGH_CLUSTERS: usize = 20;
    let panel = &snapshot.panel;
    let mut warnings = Vec::new();
    if panel.rows.is_empty() {
        warnings.push(
            "No session has two codings to compare. See what was left out; a choice may take it in."
                .to_owned(),
        );
    }
    for (column, name) in panel.columns.iter().enumerate() {
        let codings: Vec<_> = panel
            .rows
            .iter()
            .filter_map(|row| row.codings.get(column).and_then(Option::as_deref))
            .collect();
        if !codings.is_empty() && codings.iter().all(|coding| coding.markers.is_empty()) {
            warnings.push(format!("{name} coded and marked nothing."));
        }
    }
    if measuring.interval.samples > 0 && (1..ENOUGH_CLUSTERS).contains(&measuring.number_of_clusters) {
        warnings.push(format!(
            "Only {}: the intervals are too narrow.",
            if measuring.by_case {
                counted(measuring.number_of_clusters, "case", "cases")
            } else {
                counted(measuring.number_of_clusters, "session", "sessions")
            }
        ));
    }
    let has_intervals = measuring.interval.samples > 0 && measuring.number_of_clusters > 1;
    if let Some(said) = measuring.simulated_coverage().filter(|_| has_intervals) {
        warnings.push(format!("Intervals: {said}."));
    }
    let short = units.short_windows();
    if short > 0 {
        warnings.push(format!(
            "{} short, since the session ends there.",
            counted(short, "last window is", "last windows are")
        ));
    }
    if units.markers_nowhere > 0 {
        warnings.push(format!(
            "{} for no {}: none holds half of it.",
            counted(units.markers_nowhere, "marker counts", "markers count"),
            if snapshot.choice.unit == UnitChoice::Turn {
                "turn"
            } else {
                "window"
            }
        ));
    }
    let unrecorded = panel
        .rows
        .iter()
        .flat_map(|row| row.present())
        .filter(|(_, coding)| coding.seen.is_none())
        .count();
    if unrecorded > 0 {
        warnings.push(format!(
            "{} no record of what was seen; the whole session counts as seen.",
            counted(unrecorded, "coding has", "codings have")
        ));
    }
    if base_rates.iter().any(|rate| rate.warning.is_some()) {
        warnings.push("A category is rare: look at specific agreement beside the coefficients.".to_owned());
    }
    warnings
}
