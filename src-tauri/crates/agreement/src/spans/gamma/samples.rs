//! Alignments of the continua as marked and of as many random ones as the precision needs, on several threads.
//!
//! Invariant: what a sample is depends on seed and number alone, and sums are taken in the order of numbers, so the
//! result is the same with any number of threads.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::super::continuum::Continuum;
use super::super::error::SpansError;
use super::super::measure::SpansProgress;
use super::super::random::Stream;
use super::super::request::{GammaSettings, SpanRequest};
use super::align::aligned;
use super::category::LabelWeights;
use super::chance::{as_marked, shuffled};
use super::problem::{Dissimilarity, Problem, Stop, Stopped};

/// The watcher is asked at least this often whether to go on.
const PATIENCE: Duration = Duration::from_millis(50);

/// The standard normal's quantile for 95 %.
const NORMAL_95: f64 = 1.96;

/// The best alignments of all continua, summed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Aligned {
    /// In units of Δ∅.
    pub(super) disorder: f64,
    /// The same where the search was complete, else a bound from below.
    pub(super) at_least: f64,
    pub(super) labels: LabelWeights,
}

/// What gamma and gamma-cat are computed from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Samples {
    pub(super) observed: Aligned,
    pub(super) random: Vec<Aligned>,
    /// More would have been needed for the precision than were allowed.
    pub(super) short_of_precision: bool,
}

impl Samples {
    /// Aligns the continua, each coded by at least two raters.
    ///
    /// # Errors
    /// [`SpansError::Cancelled`] where the watcher breaks.
    pub(super) fn drawn(
        continua: &[&Continuum],
        request: &SpanRequest,
        progress: &mut dyn FnMut(SpansProgress) -> ControlFlow<()>,
    ) -> Result<Self, SpansError> {
        let settings = &request.gamma;
        let mut crew = Crew {
            continua,
            settings,
            threads: request.threads,
            done: 0,
            total: settings.samples + 1,
            progress,
        };
        let first = crew.work(0..settings.samples + 1)?;
        let Some((&observed, random)) = first.split_first() else {
            return Err(SpansError::Cancelled);
        };
        let mut random = random.to_vec();
        let needed = settings
            .precision
            .map_or(0, |precision| samples_needed(&random, precision));
        let allowed = needed.min(settings.most_samples.max(settings.samples));
        if allowed > random.len() {
            crew.total = allowed + 1;
            random.extend(crew.work(random.len() + 1..allowed + 1)?);
        }
        Ok(Self {
            observed,
            random,
            short_of_precision: needed > allowed,
        })
    }
}

/// How many samples bring the mean disorder within a relative error at 95 %: (CV·1.96/e)².
fn samples_needed(random: &[Aligned], precision: f64) -> usize {
    let (mean, deviation) = mean_and_deviation(random.iter().map(|sample| sample.disorder));
    let needed = (deviation / mean * NORMAL_95 / precision).powi(2).ceil();
    if needed.is_finite() { needed as usize } else { 0 }
}

/// Mean and standard deviation (n − 1).
pub(super) fn mean_and_deviation(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let squares: f64 = values.map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0)).sqrt())
}

/// Threads that share the alignments.
struct Crew<'a> {
    continua: &'a [&'a Continuum],
    settings: &'a GammaSettings,
    threads: NonZeroUsize,
    done: usize,
    total: usize,
    progress: &'a mut dyn FnMut(SpansProgress) -> ControlFlow<()>,
}

impl Crew<'_> {
    /// Alignments by number: 0 as marked, the others random.
    fn work(&mut self, numbers: std::ops::Range<usize>) -> Result<Vec<Aligned>, SpansError> {
        let stop = Stop::default();
        let next = AtomicUsize::new(numbers.start);
        let (sender, receiver) = mpsc::channel();
        let mut results: Vec<Option<Aligned>> = vec![None; numbers.len()];
        let (continua, settings) = (self.continua, self.settings);
        std::thread::scope(|scope| {
            for _ in 0..self.threads.get().min(numbers.len()) {
                let (sender, stop, next, end) = (sender.clone(), &stop, &next, numbers.end);
                scope.spawn(move || {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= end {
                            return;
                        }
                        let Ok(aligned) = align_all(continua, settings, number, stop) else {
                            return;
                        };
                        if sender.send((number, aligned)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            loop {
                match receiver.recv_timeout(PATIENCE) {
                    Ok((number, aligned)) => {
                        self.done += 1;
                        if let Some(result) = results.get_mut(number - numbers.start) {
                            *result = Some(aligned);
                        }
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                let progress = SpansProgress {
                    done: self.done,
                    total: self.total,
                };
                if (self.progress)(progress).is_break() {
                    stop.now();
                    return;
                }
            }
        });
        results
            .into_iter()
            .collect::<Option<Vec<Aligned>>>()
            .ok_or(SpansError::Cancelled)
    }
}

fn align_all(
    continua: &[&Continuum],
    settings: &GammaSettings,
    number: usize,
    stop: &Stop,
) -> Result<Aligned, Stopped> {
    let dissimilarity = Dissimilarity {
        alpha: settings.alpha,
        beta: settings.beta,
    };
    let mut stream = Stream::new(settings.seed, number as u64);
    let mut all = Aligned::default();
    for continuum in continua {
        let problem: Problem = match number {
            0 => as_marked(continuum, dissimilarity),
            _ => shuffled(continuum, dissimilarity, &mut stream),
        };
        let alignment = aligned(&problem, settings.search_limit, stop)?;
        all.disorder += alignment.disorder;
        all.at_least += alignment.at_least;
        all.labels += LabelWeights::of(&problem, &alignment);
    }
    Ok(all)
}
