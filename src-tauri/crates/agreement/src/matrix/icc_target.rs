//! An intraclass correlation with its F test and interval (McGraw & Wong 1996), both of its names, and what was
//! left out.

use super::components_target::by_components;
use super::data::{Matrix, ratings};
use super::distributions::{f_above, f_quantile};
use super::estimator::{Estimator, total};
use super::icc::{Form, Icc, MeanSquares, Model};
use super::registry::Measure;
use super::request::{Missing, Request};
use super::target::Target;
use crate::measurement::Interval;

pub(crate) fn icc<'a>(measure: &Measure, matrix: &'a Matrix, form: Form, request: &Request) -> Target<'a> {
    let mut target = match request.missing {
        Missing::Listwise => listwise(measure, matrix, form, request.confidence),
        Missing::Components => by_components(measure, matrix, form),
    };
    if let Some(names) = measure.icc {
        let note = format!(
            "{} of Shrout & Fleiss, {} of McGraw & Wong",
            names.shrout_fleiss, names.mcgraw_wong
        );
        target.notes.push(note);
    }
    target.has_categories = false;
    target
}

fn listwise<'a>(measure: &Measure, matrix: &'a Matrix, form: Form, confidence: f64) -> Target<'a> {
    let own = Icc::new(form, matrix);
    let units_used = matrix.rows().filter(|row| own.is_complete(row)).count();
    let left_out = matrix.rows().filter(|row| ratings(row) > 0).count() - units_used;
    let squares = own.mean_squares(&total(&own, matrix)).ok();
    let value = squares.and_then(|squares| squares.coefficient(form).ok());

    let mut target = Target::new(measure, matrix, Ok(Estimator::Additive(Box::new(own))));
    target.units_used = units_used;
    if left_out > 0 {
        target.notes.push(format!(
            "listwise: {left_out} units that not every rater rated were left out"
        ));
    }
    let (Some(squares), Some(value)) = (squares, value) else {
        return target;
    };
    match Test::of(&squares, form.model) {
        None => target.notes.push(format!(
            "no F test and no interval: {} = 0",
            error_name(form.model)
        )),
        Some(test) => {
            let fields = [("f", test.f), ("df1", test.above), ("df2", test.below)];
            target
                .fields
                .extend(fields.map(|(name, field)| (name.to_owned(), field)));
            let p = f_above(test.f, test.above, test.below);
            target.fields.extend(p.map(|p| ("p".to_owned(), p)));
            match limits(&squares, form, value, &test, confidence) {
                None => target
                    .notes
                    .push("no interval: the limits of the formula do not hold the value".into()),
                Some(Limits { low, high }) => {
                    if low.is_none() || high.is_none() {
                        target
                            .notes
                            .push("a limit of ICC(2,1) at or below −1/(k−1) has none of ICC(2,k)".into());
                    }
                    let (method, samples, seed, clusters) = ("F".into(), None, None, None);
                    target.interval = Some(Interval {
                        low,
                        high,
                        confidence,
                        method,
                        samples,
                        seed,
                        clusters,
                    });
                }
            }
        }
    }
    target
}

fn error_name(model: Model) -> &'static str {
    if model == Model::OneWay { "MSW" } else { "MSE" }
}

/// F of no difference between units, with its degrees of freedom.
struct Test {
    f: f64,
    above: f64,
    below: f64,
}

impl Test {
    fn of(squares: &MeanSquares, model: Model) -> Option<Self> {
        let (n, k) = (squares.units, squares.raters);
        let (error, below) = match model {
            Model::OneWay => (squares.within, n * (k - 1.0)),
            Model::Agreement | Model::Consistency => (squares.error, (n - 1.0) * (k - 1.0)),
        };
        (error > 0.0).then(|| Self {
            f: squares.rows / error,
            above: n - 1.0,
            below,
        })
    }
}

struct Limits {
    low: Option<f64>,
    high: Option<f64>,
}

/// The limits of McGraw & Wong; of ICC(2,k) those of ICC(2,1) stepped up by Spearman–Brown.
fn limits(squares: &MeanSquares, form: Form, value: f64, test: &Test, confidence: f64) -> Option<Limits> {
    let part = f64::midpoint(1.0, confidence);
    let k = squares.raters;
    let single = |limit: f64| (limit - 1.0) / (limit + k - 1.0);
    let finite = |limit: f64| Some(limit).filter(|limit| limit.is_finite());
    let holds = |low: f64, high: f64, value: f64| low <= value && value <= high;
    if form.model == Model::Agreement {
        let single = if form.is_average {
            squares
                .coefficient(Form {
                    is_average: false,
                    ..form
                })
                .ok()?
        } else {
            value
        };
        let (low, high) =
            agreement(squares, single, part).filter(|(low, high)| holds(*low, *high, single))?;
        let stepped = |limit: f64| {
            let below = 1.0 + (k - 1.0) * limit;
            if !form.is_average {
                finite(limit)
            } else if below > 0.0 {
                finite(k * limit / below)
            } else {
                None
            }
        };
        return Some(Limits {
            low: stepped(low),
            high: stepped(high),
        });
    }
    let low = test.f / f_quantile(part, test.above, test.below)?;
    let high = test.f * f_quantile(part, test.below, test.above)?;
    let of = |limit: f64| {
        finite(if form.is_average {
            1.0 - 1.0 / limit
        } else {
            single(limit)
        })
    };
    Some(Limits {
        low: of(low),
        high: of(high),
    })
}

/// The limits of ICC(2,1), by Satterthwaite's degrees of freedom v.
fn agreement(squares: &MeanSquares, value: f64, part: f64) -> Option<(f64, f64)> {
    let MeanSquares {
        units: n,
        raters: k,
        rows,
        columns,
        error,
        ..
    } = *squares;
    if value >= 1.0 {
        return None;
    }
    let a = k * value / (n * (1.0 - value));
    let b = 1.0 + k * value * (n - 1.0) / (n * (1.0 - value));
    let spread = (a * columns).powi(2) / (k - 1.0) + (b * error).powi(2) / ((n - 1.0) * (k - 1.0));
    let v = (a * columns + b * error).powi(2) / spread;
    let above = f_quantile(part, n - 1.0, v)?;
    let below = f_quantile(part, v, n - 1.0)?;
    let both = k * columns + (k * n - k - n) * error;
    Some((
        n * (rows - above * error) / (above * both + n * rows),
        n * (below * rows - error) / (both + n * below * rows),
    ))
}
