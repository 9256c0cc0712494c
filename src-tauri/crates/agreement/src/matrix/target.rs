//! What a measure comes to over one matrix: which pairs and categories, with their standard errors.

use std::collections::BTreeMap;

use super::alpha::alpha;
use super::bands::name;
use super::data::{MISSING, Matrix, ratings};
use super::estimator::{Additive, Estimator, total};
use super::icc_target::icc;
use super::kind::Kind;
use super::many_raters::{Chance, ManyRaters};
use super::many_raters_error::standard_error;
use super::measure::MeasureError;
use super::proportions::{AllAlike, SpecificAgreement};
use super::reason::Reason;
use super::registry::Measure;
use super::request::Request;
use super::two_raters::{MeanOfPairs, PairCoefficient, Table, TwoRaters};
use super::weights::{Weighting, Weights};
use crate::measurement::{Category, Interval, Level, Pair};

/// More values than this are no categories: tables of pairs grow with their square.
const MOST_CATEGORIES: usize = 256;

/// One coefficient to be computed.
pub(crate) struct Target<'a> {
    pub(crate) statistic: String,
    pub(crate) pair: Option<Pair>,
    pub(crate) category: Option<Category>,
    /// The raters it is of.
    pub(crate) columns: Vec<usize>,
    pub(crate) estimator: Result<Estimator<'a>, Reason>,
    pub(crate) units_used: usize,
    pub(crate) error: Option<f64>,
    /// The published interval, where there is one besides that of the standard error.
    pub(crate) interval: Option<Interval>,
    pub(crate) notes: Vec<String>,
    pub(crate) fields: BTreeMap<String, f64>,
    /// Values count as categories, of which some may be rare.
    pub(crate) has_categories: bool,
}

impl<'a> Target<'a> {
    pub(crate) fn new(measure: &Measure, matrix: &Matrix, estimator: Result<Estimator<'a>, Reason>) -> Self {
        let has_categories = within_limit(matrix).is_ok();
        let active = matrix.active_raters();
        let idle = matrix
            .raters()
            .iter()
            .enumerate()
            .filter(|(column, _)| !active.contains(column));
        let notes = idle.map(|(_, rater)| format!("{rater} rated nothing")).collect();
        Self {
            statistic: measure.name.to_owned(),
            pair: None,
            category: None,
            columns: (0..matrix.raters().len()).collect(),
            estimator,
            units_used: 0,
            error: None,
            interval: None,
            notes,
            fields: BTreeMap::new(),
            has_categories,
        }
    }
}

/// The coefficients that a measure comes to, in the order of results.
pub(crate) fn targets<'a>(
    measure: &Measure,
    matrix: &'a Matrix,
    request: &Request,
) -> Result<Vec<Target<'a>>, MeasureError> {
    let categories = 0..matrix.categories().len();
    let takes_categories = !matches!(measure.kind, Kind::PercentAgreement | Kind::Alpha | Kind::Icc(_));
    if let Err(reason) = within_limit(matrix)
        && takes_categories
    {
        return Ok(vec![Target::new(measure, matrix, Err(reason))]);
    }
    let mut targets = match measure.kind {
        Kind::PercentAgreement => vec![percent(measure, matrix)],
        Kind::SpecificAgreement => specific(measure, matrix, request)?,
        Kind::Prevalence => of_categories(measure, matrix, PairCoefficient::Prevalence),
        Kind::Bias => of_categories(measure, matrix, PairCoefficient::Bias),
        Kind::Kappa(weighting) => pairs(
            measure,
            matrix,
            &PairCoefficient::Kappa(Weights::of(matrix, weighting)),
        ),
        Kind::KappaMax => pairs(measure, matrix, &PairCoefficient::KappaMax),
        Kind::Scott => pairs(measure, matrix, &PairCoefficient::Scott),
        Kind::Light => {
            let kappa = PairCoefficient::Kappa(Weights::of(matrix, Weighting::Identity));
            vec![mean_of_pairs(measure, matrix, &kappa)]
        }
        Kind::Fleiss => {
            let mut all = vec![many(measure, matrix, Chance::Fleiss, Weighting::Identity, None)];
            let of_category = |category| {
                many(
                    measure,
                    matrix,
                    Chance::Fleiss,
                    Weighting::Identity,
                    Some(category),
                )
            };
            all.extend(categories.map(of_category));
            all
        }
        Kind::Conger => vec![many(measure, matrix, Chance::Conger, Weighting::Identity, None)],
        Kind::BrennanPrediger => vec![many(
            measure,
            matrix,
            Chance::BrennanPrediger,
            Weighting::Identity,
            None,
        )],
        Kind::Gwet(weighting) => vec![many(measure, matrix, Chance::Gwet, weighting, None)],
        Kind::Alpha => {
            let mut target = Target::new(measure, matrix, Ok(alpha(matrix, request.level)));
            target.units_used = units_of(matrix, 2);
            target.has_categories &= matches!(request.level, Level::Nominal | Level::Ordinal);
            vec![target]
        }
        Kind::Icc(form) => vec![icc(measure, matrix, form, request)],
    };
    let by_alphabet = matrix.scale().is_none() && !matrix.are_categories_declared();
    if by_alphabet && request.level == Level::Ordinal {
        let note = "the order of categories is alphabetical: declare them in theirs";
        targets
            .iter_mut()
            .for_each(|target| target.notes.push(note.into()));
    }
    Ok(targets)
}

fn units_of(matrix: &Matrix, least_ratings: usize) -> usize {
    matrix.rows().filter(|row| ratings(row) >= least_ratings).count()
}

fn additive<'a>(additive: impl Additive + 'a) -> Result<Estimator<'a>, Reason> {
    Ok(Estimator::Additive(Box::new(additive)))
}

fn percent<'a>(measure: &Measure, matrix: &'a Matrix) -> Target<'a> {
    let mut target = many(measure, matrix, Chance::Uncorrected, Weighting::Identity, None);
    let alike = AllAlike.finish(&total(&AllAlike, matrix));
    target
        .fields
        .extend(alike.ok().map(|alike| ("all_alike".to_owned(), alike)));
    target
}

fn specific<'a>(
    measure: &Measure,
    matrix: &'a Matrix,
    request: &Request,
) -> Result<Vec<Target<'a>>, MeasureError> {
    let asked = request.statistic.split_once(':').map(|(_, label)| label);
    let is_asked = |category: &Category| asked.is_none_or(|label| name(category) == label);
    let chosen = matrix
        .categories()
        .iter()
        .enumerate()
        .filter(|(_, category)| is_asked(category));
    let targets: Vec<Target> = chosen
        .map(|(place, category)| {
            let mut target = Target::new(measure, matrix, additive(SpecificAgreement { category: place }));
            target.statistic = format!("{}:{}", measure.name, name(category));
            target.category = Some(category.clone());
            target.units_used = units_of(matrix, 2);
            target
        })
        .collect();
    match asked {
        Some(label) if targets.is_empty() => Err(MeasureError::UnknownCategory(label.to_owned())),
        _ => Ok(targets),
    }
}

fn many<'a>(
    measure: &Measure,
    matrix: &'a Matrix,
    chance: Chance,
    weighting: Weighting,
    category: Option<usize>,
) -> Target<'a> {
    let weights = if category.is_some() {
        Weights::of_two()
    } else {
        Weights::of(matrix, weighting)
    };
    let coefficient = ManyRaters {
        chance,
        weights,
        raters: matrix.raters().len(),
        category,
    };
    let error = measure
        .has_standard_error
        .then(|| standard_error(&coefficient, matrix))
        .flatten();
    let mut target = Target::new(measure, matrix, additive(coefficient));
    target.error = error;
    target.category = category
        .and_then(|category| matrix.categories().get(category))
        .cloned();
    let needs_two = matches!(chance, Chance::Uncorrected | Chance::BrennanPrediger);
    target.units_used = units_of(matrix, if needs_two { 2 } else { 1 });
    target
}

/// One coefficient where there are two categories, else one for each against the others.
fn of_categories<'a>(
    measure: &Measure,
    matrix: &'a Matrix,
    coefficient: fn(usize) -> PairCoefficient,
) -> Vec<Target<'a>> {
    if matrix.categories().len() <= 2 {
        return pairs(measure, matrix, &coefficient(0));
    }
    let of_category = |(place, category): (usize, &Category)| {
        let mut targets = pairs(measure, matrix, &coefficient(place));
        targets
            .iter_mut()
            .for_each(|target| target.category = Some(category.clone()));
        targets
    };
    matrix
        .categories()
        .iter()
        .enumerate()
        .flat_map(of_category)
        .collect()
}

/// One target for each pair of raters, and with more than one pair their mean.
fn pairs<'a>(measure: &Measure, matrix: &'a Matrix, coefficient: &PairCoefficient) -> Vec<Target<'a>> {
    let mut targets: Vec<Target> = of_pairs(matrix, coefficient)
        .into_iter()
        .map(|pair| of_pair(measure, matrix, pair))
        .collect();
    if targets.len() > 1 {
        let mut mean = mean_of_pairs(measure, matrix, coefficient);
        mean.pair = Some(Pair::Over("mean"));
        targets.push(mean);
    }
    targets
}

fn of_pairs(matrix: &Matrix, coefficient: &PairCoefficient) -> Vec<TwoRaters> {
    let raters = matrix.raters().len();
    let categories = matrix.categories().len();
    let columns = (0..raters).flat_map(|first| (first + 1..raters).map(move |second| (first, second)));
    columns
        .map(|columns| TwoRaters {
            columns,
            categories,
            coefficient: coefficient.clone(),
        })
        .collect()
}

fn of_pair<'a>(measure: &Measure, matrix: &'a Matrix, pair: TwoRaters) -> Target<'a> {
    let (first, second) = pair.columns;
    let name = |column: usize| matrix.raters().get(column).cloned().unwrap_or_default();
    let is_rated = |row: &[u32], column: usize| row.get(column).is_some_and(|cell| *cell != MISSING);
    let both = |row: &&[u32]| is_rated(row, first) && is_rated(row, second);
    let units_used = matrix.rows().filter(both).count();
    let error = error_of_pair(matrix, &pair);
    let mut target = Target::new(
        measure,
        matrix,
        within_limit(matrix).and_then(|()| additive(pair)),
    );
    target.pair = Some(Pair::Of([name(first), name(second)]));
    target.columns = vec![first, second];
    target.units_used = units_used;
    target.error = error;
    target
}

fn error_of_pair(matrix: &Matrix, pair: &TwoRaters) -> Option<f64> {
    let PairCoefficient::Kappa(weights) = &pair.coefficient else {
        return None;
    };
    let sums = total(pair, matrix);
    pair.finish(&sums).ok()?;
    Table::new(pair.categories, &sums).ok()?.kappa_error(weights)
}

fn mean_of_pairs<'a>(measure: &Measure, matrix: &'a Matrix, coefficient: &PairCoefficient) -> Target<'a> {
    let pairs = of_pairs(matrix, coefficient);
    let number = pairs.len();
    let valued = |pair: &&TwoRaters| pair.finish(&total(*pair, matrix)).is_ok();
    let with_value = pairs.iter().filter(valued).count();
    let mut target = Target::new(measure, matrix, additive(MeanOfPairs { pairs }));
    target.units_used = units_of(matrix, 2);
    if with_value < number && with_value > 0 {
        target.notes.push(format!(
            "mean of {with_value} of {number} pairs: the others have no value"
        ));
    }
    target
}

fn within_limit(matrix: &Matrix) -> Result<(), Reason> {
    if matrix.categories().len() > MOST_CATEGORIES {
        Err(Reason::TooManyCategories)
    } else {
        Ok(())
    }
}
