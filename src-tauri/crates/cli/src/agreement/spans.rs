//! `sunder agreement spans`: statistics of spans that raters marked.

use std::num::NonZeroUsize;

use sunder_api::agreement::table::{SpansQuestion, measure_masses, measure_spans_table};
use sunder_api::statistics::{GammaSettings, SpanBootstrap};

use super::arguments::{IntervalName, Spans};
use super::print::{Results, table};
use crate::exit::Failure;
use crate::run::Context;

/// Prints what is asked for.
pub(crate) fn spans(context: &mut Context, arguments: &Spans) -> Result<(), Failure> {
    let bytes =
        std::fs::read(&arguments.file).map_err(|error| Failure::unreadable(&arguments.file, &error))?;
    if arguments.boundaries {
        let results = Results {
            results: measure_masses(&arguments.file, &bytes, arguments.near)?,
        };
        return context.output.print(&results, |out| table(out, &results.results));
    }
    let resampling = &arguments.resampling;
    if resampling.interval != IntervalName::Percentile {
        return Err(Failure::usage(
            "Spans have percentile intervals only. Leave --interval out.",
        ));
    }
    let question = SpansQuestion {
        length_s: arguments.length,
        raters: arguments
            .raters
            .iter()
            .map(|rater| rater.trim().to_owned())
            .collect(),
        statistic: arguments.statistic.clone(),
        threshold: arguments.threshold,
        gamma: GammaSettings {
            alpha: arguments.alpha,
            beta: arguments.beta,
            samples: arguments.samples,
            precision: (arguments.precision > 0.0).then_some(arguments.precision),
            seed: u64::from(resampling.seed),
            ..GammaSettings::default()
        },
        bootstrap: resampling
            .bootstrap
            .filter(|samples| *samples > 0)
            .map(|samples| SpanBootstrap {
                samples: samples as usize,
                seed: u64::from(resampling.seed),
                confidence: resampling.confidence,
            }),
        threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    };
    let results = Results {
        results: measure_spans_table(&arguments.file, &bytes, &question)?,
    };
    context.output.print(&results, |out| table(out, &results.results))
}
