//! `sunder agreement matrix`: coefficients over a table of units and raters.

use std::num::NonZeroUsize;

use sunder_api::agreement::table::{MatrixQuestion, measure_matrix};
use sunder_api::statistics::{Bootstrap, BootstrapInterval};

use super::arguments::{IntervalName, Matrix, Resampling};
use super::print::{Results, table};
use crate::exit::Failure;
use crate::run::Context;

/// Prints what is asked for.
pub(crate) fn matrix(context: &mut Context, arguments: &Matrix) -> Result<(), Failure> {
    let bytes =
        std::fs::read(&arguments.file).map_err(|error| Failure::unreadable(&arguments.file, &error))?;
    let question = MatrixQuestion {
        level: arguments.level.into(),
        statistic: arguments.statistic.clone(),
        categories: arguments.categories.as_ref().map(|categories| {
            categories
                .iter()
                .map(|category| category.trim().to_owned())
                .collect()
        }),
        bootstrap: bootstrap(&arguments.resampling),
        confidence: arguments.resampling.confidence,
        missing: arguments.missing.into(),
        threads: std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
    };
    let results = Results {
        results: measure_matrix(&arguments.file, &bytes, &question)?,
    };
    context.output.print(&results, |out| table(out, &results.results))
}

fn bootstrap(resampling: &Resampling) -> Option<Bootstrap> {
    let samples = resampling.bootstrap.filter(|samples| *samples > 0)?;
    Some(Bootstrap {
        samples: samples as usize,
        seed: u64::from(resampling.seed),
        interval: match resampling.interval {
            IntervalName::Percentile => BootstrapInterval::Percentile,
            IntervalName::Bca => BootstrapInterval::Bca,
            IntervalName::Krippendorff => BootstrapInterval::Krippendorff,
        },
    })
}
