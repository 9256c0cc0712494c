//! From a matrix and a request to measurements.

use std::ops::ControlFlow;

use super::bands::{Scale, band, rare_categories};
use super::data::Matrix;
use super::distributions::normal_quantile;
use super::estimator::finite;
use super::interval::bootstrap;
use super::kind::Kind;
use super::krippendorff_bootstrap::krippendorff_bootstrap;
use super::registry::{Measure, measure_named, measures};
use super::request::{Bootstrap, BootstrapInterval, Request};
use super::target::{Target, targets};
use crate::coverage;
use crate::measurement::{Category, Interval, Level, Measurement, NORMAL, Wordless};

/// Values on a scale of numbers are listed as categories up to here, unless they are declared.
const LISTED_CATEGORIES: usize = 100;

/// Why nothing can be measured.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MeasureError {
    #[error("there is no statistic {0:?}")]
    UnknownStatistic(String),
    #[error("{statistic} cannot be taken of {level:?} data")]
    NotAtLevel { statistic: &'static str, level: Level },
    #[error("the values are labels: intervals and ratios need numbers")]
    NotNumbers,
    #[error("{0:?} is none of the categories")]
    UnknownCategory(String),
    #[error("confidence must lie between 0 and 1")]
    BadConfidence,
    #[error("a bootstrap needs at least one sample")]
    NoSamples,
    #[error("cancelled")]
    Cancelled,
}

/// How far a bootstrap has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The statistic at work.
    pub statistic: &'a str,
    /// Results before it, of how many.
    pub results_done: usize,
    pub results: usize,
    /// Of this result: resamples done, of how many.
    pub done: usize,
    pub total: usize,
}

/// Measures what is asked for; a coefficient without a value says why.
///
/// Statistics of two raters give one result for each pair, in the order of columns, and for more raters one for the
/// mean of pairs.
///
/// # Errors
/// Requests that cannot be met whatever the values are: see [`MeasureError`].
pub fn measure(matrix: &Matrix, request: &Request) -> Result<Vec<Measurement>, MeasureError> {
    measure_with(matrix, request, &mut |_| ControlFlow::Continue(()))
}

/// As [`measure`], telling how far a bootstrap has come; where `progress` breaks off, so does the work.
///
/// # Errors
/// As [`measure`], and [`MeasureError::Cancelled`].
pub fn measure_with(
    matrix: &Matrix,
    request: &Request,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Vec<Measurement>, MeasureError> {
    if !(request.confidence > 0.0 && request.confidence < 1.0) {
        return Err(MeasureError::BadConfidence);
    }
    if request.bootstrap.is_some_and(|bootstrap| bootstrap.samples == 0) {
        return Err(MeasureError::NoSamples);
    }
    let needs_numbers = matches!(request.level, Level::Interval | Level::Ratio);
    if needs_numbers && matrix.scale().is_none() {
        return Err(MeasureError::NotNumbers);
    }
    let mut asked = Vec::new();
    for measure in chosen(request)? {
        asked.extend(
            targets(measure, matrix, request)?
                .into_iter()
                .map(|target| (measure, target)),
        );
    }
    let results = asked.len();
    let mut measurements = Vec::with_capacity(results);
    for (results_done, (measure, target)) in asked.into_iter().enumerate() {
        let mut own = |done, total| {
            progress(Progress {
                statistic: measure.name,
                results_done,
                results,
                done,
                total,
            })
        };
        measurements.push(one(matrix, request, measure, target, &mut own).ok_or(MeasureError::Cancelled)?);
    }
    Ok(measurements)
}

fn chosen(request: &Request) -> Result<Vec<&'static Measure>, MeasureError> {
    if request.statistic == "all" {
        return Ok(measures()
            .iter()
            .filter(|measure| measure.included_at.contains(&request.level))
            .collect());
    }
    let measure = measure_named(&request.statistic)
        .filter(|measure| measure.kind == Kind::SpecificAgreement || measure.name == request.statistic)
        .ok_or_else(|| MeasureError::UnknownStatistic(request.statistic.clone()))?;
    if !measure.levels.contains(&request.level) {
        return Err(MeasureError::NotAtLevel {
            statistic: measure.name,
            level: request.level,
        });
    }
    Ok(vec![measure])
}

fn one(
    matrix: &Matrix,
    request: &Request,
    measure: &Measure,
    target: Target<'_>,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Measurement> {
    let outcome = target
        .estimator
        .as_ref()
        .map_err(|reason| *reason)
        .and_then(|estimator| estimator.value(matrix));
    let mut notes = target.notes;
    let se = target.error.filter(|error| error.is_finite());
    let mut ci = target.interval;
    let mut bootstrap_ci = None;
    if let (Some(asked), Ok(value), Ok(estimator)) = (request.bootstrap, outcome, &target.estimator) {
        let bootstrapped = if asked.interval != BootstrapInterval::Krippendorff {
            bootstrap(
                estimator,
                matrix,
                value,
                (asked, request.confidence, request.threads),
                progress,
            )?
        } else {
            krippendorff(matrix, request, measure, asked, progress)?
        };
        bootstrap_ci = bootstrapped.interval;
        notes.extend(bootstrapped.notes);
    }
    if let (Ok(value), Some(se)) = (outcome, se) {
        notes.push("standard error: assumes independent units".into());
        ci = ci.or_else(|| normal(value, se, request.confidence));
        let printed = ci.as_ref().filter(|ci| ci.method == NORMAL);
        notes.extend(printed.and_then(|ci| coverage::note(&ci.method, matrix.number_of_clusters())));
    }
    let ci = ci.or_else(|| bootstrap_ci.clone());

    let rare = if target.has_categories {
        let own = target.category.as_ref();
        let own = own.and_then(|own| matrix.categories().iter().position(|category| category == own));
        rare_categories(matrix, &target.columns, own)
    } else {
        Vec::new()
    };
    if !rare.is_empty() {
        notes.push(format!(
            "rare (under 5 %, or under 10 by a rater): {}",
            rare.join(", ")
        ));
    }
    if request.coded_units_only {
        notes.push(
            "overlap among coded turns: units that nobody coded were dropped, chance is not corrected for"
                .into(),
        );
    }
    let wordless = match measure.scale {
        Scale::None(why) => Some(Wordless::Never(why)),
        _ if request.coded_units_only => Some(Wordless::CodedUnitsOnly),
        _ => (!rare.is_empty()).then_some(Wordless::Rare(rare)),
    };
    let word = outcome
        .ok()
        .filter(|_| wordless.is_none())
        .and_then(|value| band(measure.scale, value, ci.as_ref()));
    let fields = target.fields.into_iter().filter(|(_, value)| value.is_finite());
    Some(Measurement {
        statistic: target.statistic,
        level: Some(request.level),
        pair: target.pair,
        category: target.category,
        value: outcome.ok(),
        se: outcome.ok().and(se),
        ci,
        bootstrap_ci,
        units: matrix.units(),
        units_used: target.units_used,
        raters: target.columns.len(),
        missing: matrix.missing_of(&target.columns),
        categories: listed(matrix, request.level),
        band: word,
        wordless: wordless.filter(|_| outcome.is_ok()),
        reason: outcome.err().map(|reason| reason.to_string()),
        notes,
        fields: fields.collect(),
    })
}

fn krippendorff(
    matrix: &Matrix,
    request: &Request,
    measure: &Measure,
    asked: Bootstrap,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<super::interval::Bootstrapped> {
    if measure.kind == Kind::Alpha {
        let work = (asked, request.confidence, request.threads);
        return krippendorff_bootstrap(matrix, request.level, work, progress);
    }
    let note = "Krippendorff's bootstrap is defined for alpha alone".to_owned();
    Some(super::interval::Bootstrapped {
        interval: None,
        notes: vec![note],
    })
}

/// value ± z·se, no limit above 1, which no coefficient passes.
fn normal(value: f64, se: f64, confidence: f64) -> Option<Interval> {
    let half = normal_quantile(f64::midpoint(1.0, confidence))? * se;
    let limit = |limit: f64| finite(limit.min(1.0)).ok();
    Some(Interval {
        low: limit(value - half),
        high: limit(value + half),
        confidence,
        method: NORMAL.into(),
        samples: None,
        seed: None,
        clusters: None,
    })
}

fn listed(matrix: &Matrix, level: Level) -> Vec<Category> {
    let categories = matrix.categories();
    let are_measured = matches!(level, Level::Interval | Level::Ratio) && !matrix.are_categories_declared();
    if are_measured && categories.len() > LISTED_CATEGORIES {
        Vec::new()
    } else {
        categories.to_vec()
    }
}
