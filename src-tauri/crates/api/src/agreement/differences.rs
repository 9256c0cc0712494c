//! How each rater differs from the others on the units they share, and whether that changes with the date of coding.

use std::collections::BTreeMap;

use super::choose::EXPERT;
use super::lines::UnitWords;
use super::measuring::Measuring;
use super::panel::Panel;
use super::resample;
use super::units::Units;
use super::values::{RUPTURE, Reading, Readings, STRAIN, Scale};
use crate::wire::{DriftLine, DriftPoint, Estimate, IntervalChoice, RaterBias};

/// Drift is told in changes per so many days.
const DRIFT_DAYS: f64 = 30.0;
const DAY_MS: f64 = 86_400_000.0;
/// With fewer sessions nothing is said of drift.
const FEWEST_SESSIONS: usize = 4;

/// What is counted or averaged of a rater's readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    /// Share of units where something is marked.
    Something,
    /// Share of units that are this category.
    Category(u16),
    /// Mean of the value where all have one.
    Value,
}

impl Figure {
    fn of(self, scale: &Scale, reading: Reading) -> Option<f64> {
        match self {
            Self::Something => scale.something(reading).map(|there| f64::from(u8::from(there))),
            Self::Category(wanted) => match reading {
                Reading::Missing | Reading::Unscored => None,
                other => Some(f64::from(u8::from(other == Reading::Category(wanted)))),
            },
            Self::Value => match reading {
                Reading::Category(_) => scale.number(reading),
                _ => None,
            },
        }
    }
}

/// The figures that a scale has, and what they are called.
fn figures(scale: &Scale, words: &UnitWords) -> Vec<(Figure, String)> {
    if scale.counts {
        return vec![(Figure::Value, words.something.clone())];
    }
    if scale.nothing.is_none() {
        return vec![(Figure::Value, words.value.clone())];
    }
    let plural = format!("{}s", words.something.trim_end_matches('s'));
    let mut figures = vec![(Figure::Something, plural)];
    if is_class(scale) {
        figures.push((Figure::Category(RUPTURE), "ruptures".to_owned()));
        figures.push((Figure::Category(STRAIN), "strains".to_owned()));
    } else if scale.ordered {
        figures.push((Figure::Value, words.value.clone()));
    }
    figures
}

fn is_class(scale: &Scale) -> bool {
    scale.ordered && scale.nothing.is_some() && scale.categories.len() == 2
}

/// Who is told apart from whom.
struct Subject<'a> {
    rater: &'a str,
    column: usize,
    /// Only this rater's rows, where columns are kinds of coding.
    of: Option<&'a str>,
    /// `the others`.
    beside: &'static str,
}

/// Each rater beside the others; each beside the expert; each one's recoding beside the first coding.
fn subjects(panel: &Panel) -> Vec<Subject<'_>> {
    let people: std::collections::BTreeSet<&str> = panel
        .rows
        .iter()
        .filter_map(|row| row.planned.of.as_deref())
        .collect();
    if people.is_empty() {
        return panel
            .columns
            .iter()
            .enumerate()
            .map(|(column, rater)| Subject {
                rater,
                column,
                of: None,
                beside: "the others",
            })
            .collect();
    }
    let is_expert = panel.columns.last().is_some_and(|column| column == EXPERT);
    people
        .into_iter()
        .map(|rater| Subject {
            rater,
            column: usize::from(!is_expert),
            of: Some(rater),
            beside: if is_expert {
                "the expert"
            } else {
                "in the first coding"
            },
        })
        .collect()
}

impl Subject<'_> {
    fn has(&self, panel: &Panel, row: usize) -> bool {
        self.of.is_none()
            || panel
                .rows
                .get(row)
                .is_some_and(|row| row.planned.of.as_deref() == self.of)
    }
}

/// Own and others' sum over the units of one cluster.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    own: f64,
    others: f64,
    units: u32,
}

/// Each rater beside the mean of the others, over units where both have a figure.
pub(crate) fn bias(
    panel: &Panel,
    units: &Units,
    readings: &Readings,
    measuring: &Measuring<'_>,
    words: &UnitWords,
) -> Vec<RaterBias> {
    let mut biases = Vec::new();
    for (figure, of) in figures(&readings.scale, words) {
        for subject in subjects(panel) {
            let mut clusters: BTreeMap<u32, Sums> = BTreeMap::new();
            for (place, (unit, row)) in units.units.iter().zip(readings.rows()).enumerate() {
                if !subject.has(panel, unit.row) {
                    continue;
                }
                let Some((own, others)) = beside(readings, row, subject.column, figure) else {
                    continue;
                };
                let cluster = measuring.clusters.get(place).copied().unwrap_or_default();
                let sums = clusters.entry(cluster).or_default();
                sums.own += own;
                sums.others += others;
                sums.units += 1;
            }
            let clusters: Vec<Sums> = clusters.into_values().collect();
            let total = clusters.iter().fold(Sums::default(), |sum, one| Sums {
                own: sum.own + one.own,
                others: sum.others + one.others,
                units: sum.units + one.units,
            });
            if total.units == 0 {
                continue;
            }
            let difference = resample::estimate(&clusters, measuring.interval, |drawn| {
                let units: f64 = drawn.iter().map(|sums| f64::from(sums.units)).sum();
                let sum: f64 = drawn.iter().map(|sums| sums.own - sums.others).sum();
                Some(sum / units)
            });
            let count = f64::from(total.units);
            let ratio = (total.others > 0.0).then(|| total.own / total.others);
            biases.push(RaterBias {
                words: bias_words(&subject, &of, figure, difference, ratio),
                rater: subject.rater.to_owned(),
                of: of.clone(),
                own: total.own / count,
                others: total.others / count,
                difference,
                ratio,
                units: total.units,
            });
        }
    }
    biases
}

/// The rater's figure and the mean of the others', where there are both.
fn beside(readings: &Readings, row: &[Reading], column: usize, figure: Figure) -> Option<(f64, f64)> {
    let of = |reading: &Reading| figure.of(&readings.scale, *reading);
    let own = row.get(column).and_then(of)?;
    let others: Vec<f64> = row
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != column)
        .filter_map(|(_, reading)| of(reading))
        .collect();
    (!others.is_empty()).then(|| (own, others.iter().sum::<f64>() / others.len() as f64))
}

fn excludes_none(estimate: Estimate) -> bool {
    matches!((estimate.low, estimate.high), (Some(low), Some(high)) if low > 0.0 || high < 0.0)
}

fn bias_words(
    subject: &Subject<'_>,
    of: &str,
    figure: Figure,
    difference: Estimate,
    ratio: Option<f64>,
) -> String {
    let Subject { rater, beside, .. } = subject;
    let Some(value) = difference.value.filter(|value| value.abs() > 1e-9) else {
        return match figure {
            Figure::Something | Figure::Category(_) => format!("{rater} marks as many {of} as {beside}."),
            Figure::Value => format!("{rater} has the same {of} as {beside}."),
        };
    };
    let more = value > 0.0;
    let told = match (figure, ratio) {
        (Figure::Something | Figure::Category(_), Some(ratio)) => format!(
            "{rater} marks {:.0} % {} {of} than {beside}",
            (ratio - 1.0).abs() * 100.0,
            if more { "more" } else { "fewer" }
        ),
        _ => format!(
            "{rater} is {:.2} {} in {of} than {beside}",
            value.abs(),
            if more { "higher" } else { "lower" }
        ),
    };
    let sure = match (difference.low, difference.high) {
        (Some(_), Some(_)) if excludes_none(difference) => "",
        (Some(_), Some(_)) => "; the interval includes no difference",
        _ => "; no interval",
    };
    format!("{told}{sure}.")
}

/// One session of one rater.
struct CodedSession {
    label: String,
    at_ms: i64,
    own: f64,
    others: f64,
    units: u32,
    alike: u32,
}

/// The rater's difference from the others, session by session, by the date of coding.
pub(crate) fn drift(
    panel: &Panel,
    units: &Units,
    readings: &Readings,
    interval: IntervalChoice,
) -> Vec<DriftLine> {
    let figure = if is_class(&readings.scale) {
        Figure::Category(RUPTURE)
    } else if readings.scale.nothing.is_some() {
        Figure::Something
    } else {
        Figure::Value
    };
    subjects(panel)
        .into_iter()
        .filter_map(|subject| {
            let sessions = sessions(panel, units, readings, &subject, figure);
            if sessions.is_empty() {
                return None;
            }
            let slope = if sessions.len() < FEWEST_SESSIONS {
                Estimate::NONE
            } else {
                resample::estimate(&sessions, interval, slope)
            };
            Some(DriftLine {
                words: drift_words(&subject, sessions.len(), slope),
                rater: subject.rater.to_owned(),
                points: sessions
                    .iter()
                    .map(|session| DriftPoint {
                        session: session.label.clone(),
                        at_ms: session.at_ms,
                        difference: session.difference(),
                        agreement: Some(f64::from(session.alike) / f64::from(session.units.max(1))),
                    })
                    .collect(),
                slope,
            })
        })
        .collect()
}

impl CodedSession {
    /// Own minus others, per unit.
    fn difference(&self) -> f64 {
        (self.own - self.others) / f64::from(self.units.max(1))
    }
}

fn sessions(
    panel: &Panel,
    units: &Units,
    readings: &Readings,
    subject: &Subject<'_>,
    figure: Figure,
) -> Vec<CodedSession> {
    let mut sessions: BTreeMap<usize, CodedSession> = BTreeMap::new();
    for (unit, row) in units.units.iter().zip(readings.rows()) {
        if !subject.has(panel, unit.row) {
            continue;
        }
        let column = subject.column;
        let planned = panel.rows.get(unit.row);
        let coding = planned
            .and_then(|row| row.codings.get(column))
            .and_then(Option::as_deref);
        let (Some(panel_row), Some(coding)) = (planned, coding) else {
            continue;
        };
        let Some((own, others)) = beside(readings, row, column, figure) else {
            continue;
        };
        let session = sessions.entry(unit.row).or_insert_with(|| CodedSession {
            label: panel_row.planned.label.clone(),
            at_ms: coding.coded_ms,
            own: 0.0,
            others: 0.0,
            units: 0,
            alike: 0,
        });
        session.own += own;
        session.others += others;
        session.units += 1;
        session.alike += u32::from((own - others).abs() < 1e-9);
    }
    let mut sessions: Vec<CodedSession> = sessions.into_values().collect();
    sessions.sort_by(|one, other| (one.at_ms, &one.label).cmp(&(other.at_ms, &other.label)));
    sessions
}

/// Least squares of the difference on the date, per 30 days; `None` where all were coded at one time.
fn slope(sessions: &[&CodedSession]) -> Option<f64> {
    let days: Vec<f64> = sessions
        .iter()
        .map(|session| (session.at_ms as f64) / DAY_MS)
        .collect();
    let number = days.len() as f64;
    let mean_day = days.iter().sum::<f64>() / number;
    let mean: f64 = sessions.iter().map(|session| session.difference()).sum::<f64>() / number;
    let spread: f64 = days.iter().map(|day| (day - mean_day).powi(2)).sum();
    let together: f64 = days
        .iter()
        .zip(sessions)
        .map(|(day, session)| (day - mean_day) * (session.difference() - mean))
        .sum();
    let slope = together / spread * DRIFT_DAYS;
    // Days that differ by less than a minute in all are one time.
    (spread > 1e-6 && slope.is_finite()).then_some(slope)
}

fn drift_words(subject: &Subject<'_>, sessions: usize, slope: Estimate) -> String {
    let Subject { rater, beside, .. } = subject;
    if sessions < FEWEST_SESSIONS {
        return format!("{rater}: {sessions} sessions are too few to tell drift.");
    }
    match slope.value {
        None => format!("{rater} coded all sessions at one time: no drift can be told."),
        Some(value) if excludes_none(slope) => format!(
            "{rater} drifts {} by {:.3} per unit and 30 days, from {beside}.",
            if value > 0.0 { "up" } else { "down" },
            value.abs()
        ),
        Some(_) => format!("{rater}: no drift over time is shown; the interval includes none."),
    }
}

/// `Okafor marks 22 % fewer ruptures than the others; no drift over time.`
pub(crate) fn sentence(bias: &[RaterBias], drift: &[DriftLine]) -> String {
    // Of classes, ruptures are what the study is about; of others there is one figure or the first.
    let of = bias
        .iter()
        .map(|bias| bias.of.as_str())
        .find(|of| *of == "ruptures")
        .or_else(|| bias.first().map(|bias| bias.of.as_str()));
    let largest = bias
        .iter()
        .filter(|bias| Some(bias.of.as_str()) == of)
        .filter(|bias| excludes_none(bias.difference))
        .max_by(|one, other| {
            let size = |bias: &RaterBias| bias.difference.value.unwrap_or_default().abs();
            size(one).total_cmp(&size(other))
        });
    let told = largest.map_or_else(
        || "No rater is shown to differ".to_owned(),
        |bias| bias.words.trim_end_matches('.').to_owned(),
    );
    let drifting: Vec<&str> = drift
        .iter()
        .filter(|line| excludes_none(line.slope))
        .map(|line| line.rater.as_str())
        .collect();
    let too_few = drift.iter().all(|line| line.slope.value.is_none());
    if drifting.is_empty() {
        let no = if too_few {
            "drift cannot be told"
        } else {
            "no drift over time is shown"
        };
        format!("{told}; {no}.")
    } else {
        format!("{told}; drift over time: {}.", drifting.join(", "))
    }
}

#[cfg(test)]
mod tests;
