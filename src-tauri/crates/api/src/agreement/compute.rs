//! From a snapshot to everything about one comparison. Runs on a thread of its own: it reaches no file and no study.

use std::sync::Arc;

use super::lines::{self, Extent, Marked, UnitWords};
use super::measuring::Measuring;
use super::memo::Memo;
use super::reading::Snapshot;
use super::units::Units;
use super::values::Readings;
use super::watch::{Stopped, Watch};
use super::words;
use super::{
    base_rates, breakdown, confusion, curve, differences, heat_map, needed, rows, sensitivity, sentence,
    spans,
};
use crate::wire::{
    AgreementBasis, AgreementOutcome, BreakdownLine, Compare, ComparedRater, HeatMap, IntervalChoice,
    IntervalMethod, LeftOut, UnitChoice, ValueChoice,
};

/// What was computed, with what its cells are opened from.
#[derive(Debug)]
pub(crate) struct Computed {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) units: Units,
    pub(crate) readings: Readings,
    pub(crate) outcome: AgreementOutcome,
}

/// 1,000 resamples at 95 %.
pub(crate) const INTERVAL: IntervalChoice = IntervalChoice {
    samples: 1_000,
    seed: 1,
    method: IntervalMethod::Percentile,
    confidence: 0.95,
};

/// Up to so many pairs each coefficient of a pair has an interval; beyond, only the heat map's has.
const PAIRS_WITH_INTERVALS: usize = 10;

/// Parts of the work, for its progress.
const STEPS: usize = 10;

/// Computes everything.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn compute(snapshot: Snapshot, watch: &Watch, memo: &Memo) -> Result<Computed, Stopped> {
    watch.expect(STEPS);
    watch.doing("laying out units", 1)?;
    let choice = &snapshot.choice;
    let value = &choice.value;
    let units = Units::of(&snapshot.panel, choice.unit, snapshot.study.window_seconds);
    let readings = Readings::of(&snapshot.panel, &units, value, &snapshot.codebook);
    let interval = choice.interval.unwrap_or(INTERVAL);
    let measuring = Measuring::of(&snapshot.panel, &units, interval, watch).treating(choice.missing);
    let words = words::unit_words(&snapshot);
    let all: Vec<usize> = (0..snapshot.panel.columns.len()).collect();
    let is_spans = choice.unit == UnitChoice::Span;
    watch.step()?;

    watch.doing("all raters together", 17)?;
    let rows = if is_spans {
        spans::rows(&snapshot, &measuring)?
    } else {
        lines::rows(&measuring, &readings, &words, Extent::Full, &all, |_| true)?
    };
    watch.step()?;

    watch.doing("counts per session", 2 * (3 + snapshot.codebook.families.len()))?;
    let (session_counts, case_splits) = breakdown::session_counts(&snapshot, interval, watch, memo)?;
    watch.step()?;

    watch.doing("each pair of raters", 6 * all.len() * all.len())?;
    let pairs = confusion::pairs(&readings, all.len());
    let heat_map = if is_spans {
        HeatMap {
            statistic: String::new(),
            raters: snapshot.panel.columns.clone(),
            cells: Vec::new(),
            sentence: String::new(),
        }
    } else {
        heat_map::heat_map(&measuring, &snapshot.panel, &units, &readings, &pairs)?
    };
    let confusions = if is_spans {
        Vec::new()
    } else {
        confusion::tables(&snapshot, &readings, &pairs)
    };
    let pair_lines = if is_spans {
        Vec::new()
    } else {
        pair_lines(&measuring, &readings, &words, &pairs)?
    };
    watch.step()?;

    watch.doing("codes, sessions and cases", 5 * (8 + snapshot.panel.rows.len()))?;
    let breakdowns = if is_spans {
        Vec::new()
    } else {
        breakdown::all(&snapshot, &units, &readings, &measuring, &words)?
    };
    watch.step()?;

    watch.doing("rater bias and drift", 1)?;
    let bias = differences::bias(&snapshot.panel, &units, &readings, &measuring, &words);
    let drift = differences::drift(&snapshot.panel, &units, &readings, interval);
    watch.step()?;

    watch.doing("base rates", 1)?;
    let base_rates = base_rates::base_rates(&snapshot.panel, &readings);
    watch.step()?;

    let curve = if *value == ValueChoice::Class && !is_spans {
        watch.doing("every cut", 5 * snapshot.cuts.len() + 1)?;
        Some(curve::curve(&snapshot, &units, &measuring, &words)?)
    } else {
        None
    };
    watch.step()?;

    watch.doing("matching under other tolerances", 1)?;
    let sensitivity = match choice.unit {
        UnitChoice::Conflict { .. } => sensitivity::sensitivity(&snapshot.panel, watch)?,
        _ => Vec::new(),
    };
    watch.step()?;

    let marked = Marked::of(&readings, &all, |_| true);
    let basis = basis(&snapshot, &units, &readings, &measuring, marked);
    let mut left_out = snapshot.left_out.clone();
    left_out.extend(unseen(&snapshot));
    let differing = confusion::differing(&readings);
    let mut outcome = AgreementOutcome {
        choice: choice.clone(),
        unit: words::unit(choice.unit),
        value: words::value(&snapshot),
        matching: words::matching(choice.unit),
        basis,
        left_out,
        warnings: words::warnings(&snapshot, &units, &measuring, &base_rates),
        // Asked of the study whenever the outcome is.
        changed: Vec::new(),
        needed: needed::needed(&rows, &session_counts, &measuring),
        lowest: rows::lowest(
            rows.iter()
                .chain(session_counts.iter().flat_map(|line| &line.rows)),
        ),
        rows,
        heat_map,
        confusions,
        pairs: pair_lines,
        breakdowns,
        session_counts,
        case_splits,
        bias,
        drift,
        base_rates,
        curve,
        sensitivity,
        disagreements: differing,
        sentence: String::new(),
    };
    outcome.heat_map.sentence = differences::sentence(&outcome.bias, &outcome.drift);
    outcome.sentence = sentence::sentence(&outcome);
    watch.step()?;
    Ok(Computed {
        snapshot: Arc::new(snapshot),
        units,
        readings,
        outcome,
    })
}

fn pair_lines(
    measuring: &Measuring<'_>,
    readings: &Readings,
    words: &UnitWords,
    pairs: &[[usize; 2]],
) -> Result<Vec<BreakdownLine>, Stopped> {
    let lean = measuring.without_intervals();
    let measuring = if pairs.len() <= PAIRS_WITH_INTERVALS {
        measuring
    } else {
        &lean
    };
    pairs
        .iter()
        .map(|pair| {
            let name = |column: usize| measuring.columns.get(column).cloned().unwrap_or_default();
            let [first, second] = *pair;
            breakdown::line(
                measuring,
                readings,
                words,
                (
                    format!("{first}-{second}"),
                    format!("{} × {}", name(first), name(second)),
                ),
                pair,
                |_| true,
            )
        })
        .collect()
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn basis(
    snapshot: &Snapshot,
    units: &Units,
    readings: &Readings,
    measuring: &Measuring<'_>,
    marked: Marked,
) -> AgreementBasis {
    let panel = &snapshot.panel;
    let raters: Vec<ComparedRater> = panel
        .columns
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let codings: Vec<_> = panel
                .rows
                .iter()
                .filter_map(|row| row.codings.get(column).and_then(Option::as_deref))
                .collect();
            ComparedRater {
                name: name.clone(),
                codings: small(codings.len()),
                conflicts: small(codings.iter().map(|coding| coding.conflicts.len()).sum()),
                markers: small(codings.iter().map(|coding| coding.markers.len()).sum()),
            }
        })
        .collect();
    let unseen: usize = unseen(snapshot).iter().map(|left| left.count as usize).sum();
    let cluster = if measuring.by_case { "case" } else { "session" };
    let counted = words::counted;
    AgreementBasis {
        sessions: small(panel.sessions()),
        cases: small(panel.cases()),
        units: small(units.units.len()),
        missing: small(readings.missing()),
        matched: marked.by_several,
        unmatched: marked.by_one,
        cluster: cluster.to_owned(),
        clusters: small(measuring.number_of_clusters),
        summary: format!(
            "{} · {} · {} unseen",
            counted(panel.sessions(), "session", "sessions"),
            people(snapshot),
            counted(unseen, "stretch", "stretches")
        ),
        intervals: if measuring.interval.samples == 0 {
            "No intervals were asked for.".to_owned()
        } else {
            format!(
                "Intervals by resampling {}.",
                counted(
                    measuring.number_of_clusters,
                    cluster,
                    if measuring.by_case { "cases" } else { "sessions" }
                )
            )
        },
        raters,
    }
}

/// `3 raters`, `3 raters beside the expert`, `3 raters twice`.
fn people(snapshot: &Snapshot) -> String {
    let names: std::collections::BTreeSet<&String> = snapshot
        .panel
        .rows
        .iter()
        .filter_map(|row| row.planned.of.as_ref())
        .collect();
    let raters = |count| words::counted(count, "rater", "raters");
    match snapshot.choice.compare {
        Compare::Raters => raters(snapshot.panel.columns.len()),
        Compare::Recoding => format!("{} twice", raters(names.len())),
        Compare::Expert => format!("{} beside the expert", raters(names.len())),
    }
}

/// Stretches of at least a second that a rater has not seen, with where they lie.
fn unseen(snapshot: &Snapshot) -> Option<LeftOut> {
    let mut which = Vec::new();
    for row in &snapshot.panel.rows {
        for (column, coding) in row.present() {
            let name = snapshot.panel.columns.get(column).map_or("", String::as_str);
            let name = row
                .planned
                .of
                .as_deref()
                .map_or_else(|| name.to_owned(), |of| format!("{of} ({name})"));
            which.extend(coding.unseen().into_iter().map(|(start, end)| {
                format!(
                    "{}, {name}: {}–{}",
                    row.planned.label,
                    words::moment(start),
                    words::moment(end)
                )
            }));
        }
    }
    (!which.is_empty()).then(|| LeftOut {
        kind: "unseen".to_owned(),
        count: small(which.len()),
        words: format!(
            "{} never played or read: missing, not nothing.",
            words::counted(which.len(), "stretch was", "stretches were")
        ),
        which,
        keep: None,
    })
}
