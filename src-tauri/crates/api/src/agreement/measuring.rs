//! The way to the statistics: readings become a matrix with clusters, a name becomes a measurement.

use std::num::NonZeroUsize;

use sunder_agreement::{
    Bootstrap, BootstrapInterval, Level, Matrix, MeasureError, Measurement, Missing, Pair, Request,
    measure_with,
};

use super::panel::Panel;
use super::units::Units;
use super::values::{Reading, Readings, Scale};
use super::watch::{Stopped, Watch};
use crate::wire::{IntervalChoice, IntervalMethod, MissingChoice};

/// From so many cases on, cases are resampled rather than sessions.
const ENOUGH_CASES: usize = 20;

/// Which of the lines a matrix is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Data {
    /// Something or nothing.
    Detection,
    /// The category, where there is something.
    Judgement,
    /// Nothing as the lowest category.
    Combined,
    /// One category or not.
    One(u16),
    /// The value as a number where there is something.
    Numbers,
    /// The value as a number, nothing as 0.
    NumbersAndNothing,
}

/// Everything that measuring needs beside the values.
pub(crate) struct Measuring<'a> {
    pub(crate) columns: &'a [String],
    /// For each unit the cluster it lies in: place in the names.
    pub(crate) clusters: Vec<u32>,
    names: Vec<String>,
    pub(crate) by_case: bool,
    pub(crate) number_of_clusters: usize,
    pub(crate) interval: IntervalChoice,
    pub(crate) missing: MissingChoice,
    pub(crate) watch: &'a Watch,
}

impl<'a> Measuring<'a> {
    /// Clusters are cases where there are enough of them, else sessions.
    pub(crate) fn of(panel: &'a Panel, units: &Units, interval: IntervalChoice, watch: &'a Watch) -> Self {
        let by_case = panel.cases() >= ENOUGH_CASES;
        let mut known = std::collections::BTreeMap::new();
        let of_row: Vec<u32> = panel
            .rows
            .iter()
            .map(|row| {
                let name = if by_case {
                    row.planned.case.as_str()
                } else {
                    row.planned.session_id.as_str()
                };
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(name).or_insert(next)
            })
            .collect();
        Self {
            columns: &panel.columns,
            clusters: units
                .units
                .iter()
                .map(|unit| of_row.get(unit.row).copied().unwrap_or_default())
                .collect(),
            by_case,
            number_of_clusters: known.len(),
            names: (0..known.len()).map(|place| place.to_string()).collect(),
            interval,
            missing: MissingChoice::default(),
            watch,
        }
    }

    /// The same with another treatment of missing values.
    pub(crate) fn treating(self, missing: MissingChoice) -> Self {
        Self { missing, ..self }
    }

    /// The same without intervals.
    pub(crate) fn without_intervals(&self) -> Measuring<'a> {
        Measuring {
            columns: self.columns,
            clusters: self.clusters.clone(),
            names: self.names.clone(),
            interval: IntervalChoice {
                samples: 0,
                ..self.interval
            },
            ..*self
        }
    }

    /// The same for these units alone.
    pub(crate) fn part(&self, units: &[usize]) -> Measuring<'a> {
        Measuring {
            columns: self.columns,
            clusters: units
                .iter()
                .map(|unit| self.clusters.get(*unit).copied().unwrap_or_default())
                .collect(),
            names: self.names.clone(),
            ..*self
        }
    }

    /// In how many of what is resampled whole the units lie.
    pub(crate) fn clusters_used(&self) -> usize {
        self.clusters
            .iter()
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    }

    /// Readings as the matrix of a line: these columns, the units that `keep` says. `None` where a matrix cannot be.
    pub(crate) fn matrix(
        &self,
        readings: &Readings,
        data: Data,
        columns: &[usize],
        keep: impl Fn(usize) -> bool,
    ) -> Option<Matrix> {
        let names: Vec<String> = columns
            .iter()
            .filter_map(|column| self.columns.get(*column).cloned())
            .collect();
        let mut cells = Vec::new();
        let mut clusters = Vec::new();
        for (unit, row) in readings.rows().enumerate() {
            if !keep(unit) {
                continue;
            }
            let cluster = self.clusters.get(unit).copied().unwrap_or_default();
            clusters.push(self.names.get(cluster as usize).map_or("", String::as_str));
            cells.extend(columns.iter().map(|column| {
                let reading = row.get(*column).copied().unwrap_or(Reading::Missing);
                value(&readings.scale, data, reading)
            }));
        }
        let matrix = match labels(&readings.scale, data) {
            Some(labels) => {
                let cells: Vec<Option<&str>> = cells
                    .iter()
                    .map(|cell| {
                        cell.and_then(|place| labels.get(place as usize))
                            .map(String::as_str)
                    })
                    .collect();
                Matrix::labels(names, &cells, Some(&labels)).ok()
            }
            None => Matrix::numbers(names, &cells, None).ok(),
        };
        matrix.and_then(|matrix| matrix.with_clusters(&clusters).ok())
    }

    /// How often such intervals held the true value in simulated studies, where that was too seldom.
    pub(crate) fn simulated_coverage(&self) -> Option<String> {
        self.bootstrap_interval()
            .simulated_coverage(self.number_of_clusters)
    }

    fn bootstrap_interval(&self) -> BootstrapInterval {
        match self.interval.method {
            IntervalMethod::Percentile => BootstrapInterval::Percentile,
            IntervalMethod::Bca => BootstrapInterval::Bca,
        }
    }

    /// What a statistic comes to, as the crate orders its results.
    ///
    /// # Errors
    /// [`Stopped`] where somebody asked for it.
    pub(crate) fn all(
        &self,
        matrix: &Matrix,
        statistic: &str,
        level: Level,
    ) -> Result<Vec<Measurement>, Stopped> {
        let request = Request {
            confidence: self.interval.confidence,
            bootstrap: (self.interval.samples > 0).then(|| Bootstrap {
                samples: self.interval.samples as usize,
                seed: u64::from(self.interval.seed),
                interval: self.bootstrap_interval(),
            }),
            missing: match self.missing {
                MissingChoice::Components => Missing::Components,
                MissingChoice::Listwise => Missing::Listwise,
            },
            threads: std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
            ..Request::new(statistic, level)
        };
        let measured = measure_with(matrix, &request, &mut |progress| {
            let all = progress.results.saturating_mul(progress.total);
            let before = progress.results_done.saturating_mul(progress.total);
            self.watch.within(before.saturating_add(progress.done), all)
        });
        self.watch.measured();
        match measured {
            Ok(measurements) => Ok(measurements),
            Err(MeasureError::Cancelled) => Err(Stopped),
            // A statistic that these data cannot be asked of gives nothing, rather than something else.
            Err(_) => Ok(Vec::new()),
        }
    }

    /// What a statistic comes to over all raters: of two-rater statistics the one pair, or the mean of pairs.
    ///
    /// # Errors
    /// [`Stopped`] where somebody asked for it.
    pub(crate) fn one(
        &self,
        matrix: &Matrix,
        statistic: &str,
        level: Level,
    ) -> Result<Option<Measured>, Stopped> {
        Ok(Measured::of(self.all(matrix, statistic, level)?))
    }
}

/// What a statistic came to: over all raters, and each of its results.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) main: Measurement,
    /// With each pair's own.
    pub(crate) all: Vec<Measurement>,
}

impl Measured {
    /// The mean of pairs where there is one, else the first.
    pub(crate) fn of(all: Vec<Measurement>) -> Option<Self> {
        let mean = all
            .iter()
            .find(|measurement| matches!(measurement.pair, Some(Pair::Over(_))));
        let main = mean.or(all.first()).cloned()?;
        Some(Self { main, all })
    }
}

/// The place of a value among the labels of its line, or the number itself.
fn value(scale: &Scale, data: Data, reading: Reading) -> Option<f64> {
    let place = |reading| match reading {
        Reading::Category(place) => Some(f64::from(place)),
        _ => None,
    };
    match data {
        Data::Detection => scale.something(reading).map(|there| f64::from(u8::from(there))),
        Data::Judgement => place(reading),
        Data::Combined => match reading {
            Reading::Nothing => Some(0.0),
            Reading::Category(place) => Some(f64::from(place) + f64::from(u8::from(scale.nothing.is_some()))),
            Reading::Missing | Reading::Unscored => None,
        },
        Data::One(wanted) => match reading {
            Reading::Category(place) => Some(f64::from(u8::from(place == wanted))),
            Reading::Nothing => Some(0.0),
            Reading::Missing | Reading::Unscored => None,
        },
        Data::Numbers => match reading {
            Reading::Category(_) => scale.number(reading),
            _ => None,
        },
        Data::NumbersAndNothing => scale.number(reading),
    }
}

/// The labels of a line, in order; `None` for numbers.
fn labels(scale: &Scale, data: Data) -> Option<Vec<String>> {
    match data {
        Data::Detection => Some(vec!["nothing".to_owned(), "marked".to_owned()]),
        Data::Judgement => Some(scale.categories.clone()),
        Data::Combined => Some(
            scale
                .nothing
                .into_iter()
                .map(str::to_owned)
                .chain(scale.categories.iter().cloned())
                .collect(),
        ),
        Data::One(wanted) => {
            let name = scale
                .categories
                .get(usize::from(wanted))
                .cloned()
                .unwrap_or_default();
            Some(vec![format!("not {name}"), name])
        }
        Data::Numbers | Data::NumbersAndNothing => None,
    }
}
