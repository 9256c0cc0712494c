//! `sunder sweep`: strains and ruptures at every cut, apart, with agreement on the class beside them.

use std::io::{self, Write};

use sunder_api::threshold::{source_named, sweep_with_agreement};
use sunder_api::wire::{IntervalChoice, IntervalMethod, SweepChoice, SweepReport, SweepSource};

use super::arguments;
use super::csv;
use crate::arguments::Format;
use crate::exit::Failure;
use crate::output::{number, say};
use crate::run::Context;

/// Prints the sweep as a table, as CSV or as JSON.
pub(crate) fn sweep(
    context: &mut Context,
    arguments: arguments::Sweep,
    format: Format,
) -> Result<(), Failure> {
    let rule = arguments
        .rule
        .as_deref()
        .map(super::rule::from_file)
        .transpose()?;
    context.open(&arguments.study)?;
    let source = match &arguments.rater {
        Some(name) => Some(source_named(&mut context.app, name, arguments.purpose)?),
        None => None,
    };
    let choice = SweepChoice {
        rule,
        parameter: Some(arguments.parameter),
        values: arguments.values,
        source,
    };
    let interval = (!arguments.without_agreement).then_some(IntervalChoice {
        samples: arguments.bootstrap,
        seed: arguments.seed,
        method: IntervalMethod::Percentile,
        confidence: 0.95,
    });
    let report = sweep_with_agreement(&mut context.app, choice, interval)?;
    if report.sources.is_empty() {
        say("sunder: nobody has coded a session of this study.");
    }
    if format == Format::Csv {
        for note in &report.notes {
            say(note);
        }
        return context.output.print_raw(&csv::table(&report));
    }
    context.output.print(&report, |out| text(out, &report))
}

fn text(out: &mut dyn Write, report: &SweepReport) -> io::Result<()> {
    writeln!(
        out,
        "Rule: {} · sweep over {}",
        report.rule.name, report.parameter
    )?;
    match &report.locked {
        Some(lock) => writeln!(out, "Locked by {}: {}", lock.by, lock.reason)?,
        None => writeln!(out, "Not locked")?,
    }
    for source in &report.sources {
        source_text(out, source)?;
    }
    if let Some(agreement) = &report.agreement {
        writeln!(
            out,
            "\nAgreement on the class, {} · {} raters, {} sessions",
            agreement.per, agreement.raters, agreement.sessions
        )?;
        writeln!(
            out,
            "{:>8} {:>9} {:>16} {:>9} {:>16} {:>9}",
            "cut", "rupture", "95 % interval", "strain", "95 % interval", "how rare"
        )?;
        for point in &agreement.points {
            writeln!(
                out,
                "{:>8} {:>9} {:>16} {:>9} {:>16} {:>9}",
                number(point.cut),
                figure(point.specific_rupture.value),
                interval(point.specific_rupture.low, point.specific_rupture.high),
                figure(point.specific_strain.value),
                interval(point.specific_strain.low, point.specific_strain.high),
                figure(Some(point.rupture_rate))
            )?;
        }
        writeln!(out, "{}", agreement.sentence)?;
    }
    writeln!(out)?;
    report.notes.iter().try_for_each(|note| writeln!(out, "{note}"))
}

fn source_text(out: &mut dyn Write, source: &SweepSource) -> io::Result<()> {
    writeln!(
        out,
        "\n{} · {} sessions, {} cases",
        source.words, source.sessions, source.cases
    )?;
    writeln!(
        out,
        "{:>8} {:>9} {:>8} {:>9} {:>10} {:>22} {:>19}",
        "value",
        "ruptures",
        "strains",
        "unscored",
        "conflicts",
        "sessions with rupture",
        "cases with rupture"
    )?;
    for row in &source.rows {
        writeln!(
            out,
            "{:>8} {:>9} {:>8} {:>9} {:>10} {:>22} {:>19}",
            number(row.value),
            row.counts.ruptures,
            row.counts.strains,
            row.counts.unscored,
            row.conflicts,
            row.sessions_with_rupture,
            row.cases_with_rupture
        )?;
    }
    Ok(())
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

fn interval(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("[{low:.2}, {high:.2}]"),
        _ => "–".to_owned(),
    }
}
