//! Free stretches on the clock: every marker is a span with the label that is compared.

use std::num::NonZeroUsize;

use sunder_agreement::{
    Category, Frame, Measurement, Pair, SessionFrame, Span, SpanBootstrap, SpanRequest, SpanStatistic, Spans,
    SpansError, measure_spans_watched,
};
use sunder_domain::{Class, Mode};

use super::facts::{CodingFacts, MarkerFacts};
use super::measuring::{Measured, Measuring};
use super::reading::Snapshot;
use super::rows::{Naming, category_name, row};
use super::values::ranks;
use super::watch::Stopped;
use super::words::name_of;
use crate::wire::{AgreementRow, Line, ValueChoice};

/// Rows of every statistic of spans, all raters together.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn rows(snapshot: &Snapshot, measuring: &Measuring<'_>) -> Result<Vec<AgreementRow>, Stopped> {
    Ok(measure(snapshot, measuring)?
        .iter()
        .map(|measurement| {
            let naming = Naming {
                line: Line::Spans,
                label: title(&measurement.statistic),
                detail: detail(measurement),
            };
            let measured = Measured {
                main: measurement.clone(),
                all: vec![measurement.clone()],
            };
            row(&measured, naming, false)
        })
        .collect())
}

/// All measurements; of two-rater statistics the mean of pairs, or the one pair.
///
/// The unitizing alphas need stretches side by side: where several of a rater's lie on each other, the highest
/// conflict's label holds. The others take the stretches as they were marked.
fn measure(snapshot: &Snapshot, measuring: &Measuring<'_>) -> Result<Vec<Measurement>, Stopped> {
    let mut measured = Vec::new();
    let side_by_side = [
        SpanStatistic::UAlpha,
        SpanStatistic::BinaryAlpha,
        SpanStatistic::CuAlpha,
        SpanStatistic::KuAlpha(None),
    ];
    let as_marked = [
        SpanStatistic::ModifiedKappa,
        SpanStatistic::Gamma,
        SpanStatistic::GammaCat,
        SpanStatistic::MatchedF1,
    ];
    measured.extend(ask(snapshot, measuring, &side_by_side, true)?);
    measured.extend(ask(snapshot, measuring, &as_marked, false)?);
    Ok(measured)
}

fn ask(
    snapshot: &Snapshot,
    measuring: &Measuring<'_>,
    statistics: &[SpanStatistic],
    flat: bool,
) -> Result<Vec<Measurement>, Stopped> {
    let (spans, frame) = continua(snapshot, flat);
    let Ok(spans) = Spans::new(&spans, &frame) else {
        return Ok(Vec::new());
    };
    let interval = measuring.interval;
    let request = SpanRequest {
        statistics: statistics.to_vec(),
        bootstrap: (interval.samples > 0).then(|| SpanBootstrap {
            samples: interval.samples as usize,
            seed: u64::from(interval.seed),
            confidence: interval.confidence,
        }),
        threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        ..SpanRequest::default()
    };
    let measured = measure_spans_watched(&spans, &request, &mut |progress| {
        measuring.watch.within(progress.done, progress.total)
    });
    match measured {
        Ok(mut measurements) => {
            let two = snapshot.panel.columns.len() == 2;
            measurements.retain(|measurement| match &measurement.pair {
                None | Some(Pair::Over(_)) => true,
                Some(Pair::Of(_)) => two,
            });
            Ok(measurements)
        }
        Err(SpansError::Cancelled) => Err(Stopped),
        Err(_) => Ok(Vec::new()),
    }
}

fn continua(snapshot: &Snapshot, flat: bool) -> (Vec<Span>, Frame) {
    let panel = &snapshot.panel;
    let mut spans = Vec::new();
    let mut sessions = Vec::new();
    for (number, row) in panel.rows.iter().enumerate() {
        // A session that two raters coded against the expert is two continua.
        let session = format!("{number} {}", row.planned.label);
        let mut longest = row.duration_ms();
        for (column, coding) in row.present() {
            let rater = panel.columns.get(column).cloned().unwrap_or_default();
            let stretches = stretches(coding, snapshot);
            let stretches = if flat {
                flattened(&stretches)
            } else {
                joined(&stretches)
            };
            for (label, start_ms, end_ms) in stretches {
                longest = longest.max(end_ms);
                spans.push(Span {
                    rater: rater.clone(),
                    label,
                    start_ms,
                    end_ms,
                    session: Some(session.clone()),
                });
            }
        }
        sessions.push(SessionFrame {
            session,
            length_ms: Some(longest),
            raters: Some(
                row.present()
                    .filter_map(|(column, _)| panel.columns.get(column).cloned())
                    .collect(),
            ),
        });
    }
    let frame = Frame {
        raters: panel.columns.clone(),
        length_ms: None,
        sessions,
    };
    (spans, frame)
}

/// A labelled stretch of time with the rank of its conflict: smaller is higher.
struct Stretch {
    label: String,
    start: u64,
    end: u64,
    rank: usize,
}

/// A label, start and end.
type Labelled = (String, u64, u64);

fn stretches(coding: &CodingFacts, snapshot: &Snapshot) -> Vec<Stretch> {
    let ranks = ranks(&coding.conflicts);
    coding
        .markers
        .iter()
        .filter(|marker| marker.time.0 < marker.time.1)
        .filter_map(|marker| {
            let rank = marker.conflict.and_then(|place| ranks.get(place).copied());
            Some(Stretch {
                label: label(coding, marker, snapshot)?,
                start: marker.time.0,
                end: marker.time.1,
                rank: rank.unwrap_or(usize::MAX),
            })
        })
        .collect()
}

/// Stretches of one label that touch or overlap are one.
fn joined(stretches: &[Stretch]) -> Vec<Labelled> {
    let mut labelled: Vec<Labelled> = stretches
        .iter()
        .map(|stretch| (stretch.label.clone(), stretch.start, stretch.end))
        .collect();
    labelled.sort();
    let mut joined: Vec<Labelled> = Vec::new();
    for (label, start, end) in labelled {
        match joined.last_mut() {
            Some(last) if last.0 == label && start <= last.2 => last.2 = last.2.max(end),
            _ => joined.push((label, start, end)),
        }
    }
    joined
}

/// Each moment has the label of the highest stretch that lies there; of equals, of the earlier.
fn flattened(stretches: &[Stretch]) -> Vec<Labelled> {
    let mut bounds: Vec<u64> = stretches
        .iter()
        .flat_map(|stretch| [stretch.start, stretch.end])
        .collect();
    bounds.sort_unstable();
    bounds.dedup();
    let mut flat: Vec<Labelled> = Vec::new();
    for (start, end) in bounds.iter().zip(bounds.iter().skip(1)) {
        let highest = stretches
            .iter()
            .filter(|stretch| stretch.start <= *start && *end <= stretch.end)
            .min_by_key(|stretch| (stretch.rank, stretch.start));
        let Some(highest) = highest else { continue };
        match flat.last_mut() {
            Some(last) if last.0 == highest.label && last.2 == *start => last.2 = *end,
            _ => flat.push((highest.label.clone(), *start, *end)),
        }
    }
    flat
}

/// What a marker is called; `None` where the value does not ask for it.
fn label(coding: &CodingFacts, marker: &MarkerFacts, snapshot: &Snapshot) -> Option<String> {
    let conflict = marker.conflict.and_then(|place| coding.conflicts.get(place));
    match &snapshot.choice.value {
        ValueChoice::Presence { of: None } => conflict.map(|_| "conflict".to_owned()),
        ValueChoice::Presence { of: Some(key) } => {
            let is_so = marker.code.as_str() == key || marker.code.family() == key;
            is_so.then(|| name_of(key, snapshot))
        }
        ValueChoice::Family => conflict.map(|_| name_of(marker.code.family(), snapshot)),
        ValueChoice::Code => conflict.map(|_| name_of(marker.code.as_str(), snapshot)),
        ValueChoice::Mode => conflict.map(|conflict| match conflict.mode {
            Mode::None => "failure of care only".to_owned(),
            named => named.key().to_owned(),
        }),
        ValueChoice::Relationship => conflict.map(|conflict| {
            conflict
                .relationship
                .map_or("not given", |relationship| relationship.key())
                .to_owned()
        }),
        ValueChoice::Class => conflict.map(|conflict| match conflict.class {
            Class::Unscored => "to score".to_owned(),
            named => named.key().to_owned(),
        }),
        ValueChoice::Frequency { .. }
        | ValueChoice::Significance
        | ValueChoice::Factor { .. }
        | ValueChoice::Rating { .. } => None,
    }
}

fn title(statistic: &str) -> String {
    match statistic.split_once(':').map_or(statistic, |(name, _)| name) {
        "u-alpha" => "uα, stretches and labels",
        "binary-alpha" => "|uα, marked or not",
        "cu-alpha" => "cuα, labels where stretches meet",
        "ku-alpha" => "(k)uα, one label",
        "modified-kappa" => "Modified κ",
        "gamma" => "γ",
        "gamma-cat" => "γ-cat",
        "matched-f1" => "Matched stretches, F1",
        other => other,
    }
    .to_owned()
}

fn detail(measurement: &Measurement) -> String {
    let category = measurement
        .category
        .as_ref()
        .map(|category: &Category| category_name(category));
    let sessions = "each session its own continuum";
    match category {
        Some(category) => format!("{category}; {sessions}"),
        None => sessions.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Stretch, flattened, joined};

    fn stretch(label: &str, start: u64, end: u64, rank: usize) -> Stretch {
        Stretch {
            label: label.to_owned(),
            start,
            end,
            rank,
        }
    }

    fn told(labelled: Vec<(String, u64, u64)>) -> String {
        let words: Vec<String> = labelled
            .into_iter()
            .map(|(label, start, end)| format!("{label}[{start},{end})"))
            .collect();
        words.join(" ")
    }

    #[test]
    fn where_stretches_lie_on_each_other_the_highest_holds() {
        let marked = [
            stretch("strain", 0, 10, 1),
            stretch("rupture", 4, 6, 0),
            stretch("strain", 10, 12, 2),
            stretch("strain", 20, 30, 3),
        ];
        assert_eq!(
            told(flattened(&marked)),
            "strain[0,4) rupture[4,6) strain[6,12) strain[20,30)"
        );
        assert_eq!(told(joined(&marked)), "rupture[4,6) strain[0,12) strain[20,30)");
    }
}
