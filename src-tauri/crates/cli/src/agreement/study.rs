//! `sunder agreement study`: agreement of the codings of a study.

mod choice;

use std::io::{self, Write};

use serde::Serialize;
use sunder_api::agreement as agreements;
use sunder_api::statistics::Measurement;
use sunder_api::wire::{
    AgreementChoice, AgreementOutcome, AgreementRow, BreakdownLine, Confusion, CurvePoint, Estimate, Line,
    PollAgreement, ReportAgreement, ThresholdCurve,
};

use super::arguments::Study;
use super::print::columns;
use crate::exit::{Failure, Kind};
use crate::output::say;
use crate::run::Context;

/// What other programs read: every result, and everything beside it.
#[derive(Serialize)]
struct Report<'a> {
    results: Vec<LineResult<'a>>,
    #[serde(flatten)]
    outcome: &'a AgreementOutcome,
}

/// One result, and the line that it belongs to.
#[derive(Serialize)]
struct LineResult<'a> {
    line: Line,
    #[serde(flatten)]
    measurement: &'a Measurement,
}

/// Prints agreement and says what was left out.
pub(crate) fn study(context: &mut Context, arguments: Study) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let choice: AgreementChoice = choice::choice(&mut context.app, &arguments)?;
    let job = agreements::run(&mut context.app, choice)?;
    let job_id = job.job_id;
    let outcome = agreements::poll(
        &mut context.app,
        PollAgreement {
            job_id,
            hide_names: false,
        },
    )?
    .outcome
    .ok_or_else(|| Failure::system("The comparison ended without a result."))?;
    for left in &outcome.left_out {
        let remedy = left
            .keep
            .as_ref()
            .map(|keep| format!(" Take in with --keep {}.", keep.replace('_', "-")))
            .unwrap_or_default();
        say(&format!(
            "sunder: {}{remedy} ({})",
            left.words,
            left.which.join("; ")
        ));
    }
    for warning in &outcome.warnings {
        say(&format!("sunder: {warning}"));
    }
    for coding in &outcome.changed {
        say(&format!(
            "sunder: {}, {}: {}",
            coding.session, coding.rater, coding.words
        ));
    }
    if let Some(path) = &arguments.report {
        agreements::report(
            &mut context.app,
            ReportAgreement {
                job_id,
                path: path.clone(),
                hide_names: arguments.hide_names,
                with_words: arguments.with_words,
            },
        )?;
    }
    let report = Report {
        results: outcome
            .rows
            .iter()
            .flat_map(|row| {
                row.results.iter().map(|measurement| LineResult {
                    line: row.line,
                    measurement,
                })
            })
            .collect(),
        outcome: &outcome,
    };
    context.output.print(&report, |out| text(out, &outcome))?;
    if outcome.basis.sessions == 0 {
        return Err(Failure::Said(Kind::Refused));
    }
    Ok(())
}

fn text(out: &mut dyn Write, outcome: &AgreementOutcome) -> io::Result<()> {
    writeln!(out, "{} · {}", outcome.unit, outcome.value)?;
    if !outcome.matching.is_empty() {
        writeln!(out, "matched by {}", outcome.matching)?;
    }
    writeln!(
        out,
        "{} · {} units, {} missing values · {}",
        outcome.basis.summary, outcome.basis.units, outcome.basis.missing, outcome.basis.intervals
    )?;
    heading(out, "All raters together")?;
    rows(out, &outcome.rows)?;
    parts(out, "Pairs", &outcome.pairs)?;
    for confusion in &outcome.confusions {
        table(out, confusion)?;
    }
    parts(out, "Counts per session", &outcome.session_counts)?;
    outcome
        .case_splits
        .iter()
        .try_for_each(|split| writeln!(out, "{}", split.words))?;
    for breakdown in &outcome.breakdowns {
        parts(out, &breakdown.label, &breakdown.lines)?;
        if !breakdown.note.is_empty() {
            writeln!(out, "{}", breakdown.note)?;
        }
    }
    if !outcome.bias.is_empty() {
        heading(out, "Raters beside the others")?;
        outcome
            .bias
            .iter()
            .try_for_each(|bias| writeln!(out, "{}", bias.words))?;
        outcome
            .drift
            .iter()
            .try_for_each(|drift| writeln!(out, "{}", drift.words))?;
    }
    if let Some(curve) = &outcome.curve {
        threshold(out, curve)?;
    }
    if !outcome.sensitivity.is_empty() {
        heading(out, "Matching")?;
        for line in &outcome.sensitivity {
            writeln!(
                out,
                "{}: {} matched, {} by one only, overlap {}",
                line.within,
                line.matched,
                line.unmatched,
                estimate(line.overlap)
            )?;
        }
    }
    if !outcome.needed.is_empty() {
        heading(
            out,
            "Sessions needed, if more are like these and width shrinks with their square root",
        )?;
        for needed in &outcome.needed {
            writeln!(out, "{}: {}", needed.statistic, needed.words)?;
        }
    }
    writeln!(out, "\n{}", outcome.sentence)
}

fn heading(out: &mut dyn Write, words: &str) -> io::Result<()> {
    writeln!(out, "\n{words}")
}

fn rows(out: &mut dyn Write, rows: &[AgreementRow]) -> io::Result<()> {
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.label.clone(),
                row.detail.clone(),
                value(row),
                row.words.clone(),
            ]
        })
        .collect();
    columns(out, &lines)
}

/// The parts of a breakdown, a line for each of their coefficients.
fn parts(out: &mut dyn Write, label: &str, parts: &[BreakdownLine]) -> io::Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    heading(out, label)?;
    let lines: Vec<Vec<String>> = parts
        .iter()
        .flat_map(|part| {
            part.rows.iter().map(|row| {
                vec![
                    part.label.clone(),
                    format!("{} marked", part.positives),
                    row.label.clone(),
                    row.measurement.statistic.clone(),
                    value(row),
                    row.words.clone(),
                ]
            })
        })
        .collect();
    columns(out, &lines)
}

fn value(row: &AgreementRow) -> String {
    let interval = row.measurement.interval.as_ref();
    estimate(Estimate {
        value: row.measurement.value,
        low: interval.and_then(|interval| interval.low),
        high: interval.and_then(|interval| interval.high),
    })
}

/// `.814 [.720, .880]`.
fn estimate(estimate: Estimate) -> String {
    let Some(value) = estimate.value else {
        return "–".to_owned();
    };
    match (estimate.low, estimate.high) {
        (Some(low), Some(high)) => format!("{value:.3} [{low:.3}, {high:.3}]"),
        _ => format!("{value:.3}"),
    }
}

fn table(out: &mut dyn Write, confusion: &Confusion) -> io::Result<()> {
    let [first, second] = &confusion.pair;
    heading(
        out,
        &format!(
            "{first} (rows) × {second} (columns), {} units, {} missing",
            confusion.units, confusion.missing
        ),
    )?;
    let mut lines = vec![
        std::iter::once(String::new())
            .chain(confusion.categories.clone())
            .collect(),
    ];
    for (category, counts) in confusion.categories.iter().zip(&confusion.counts) {
        lines.push(
            std::iter::once(category.clone())
                .chain(counts.iter().map(u32::to_string))
                .collect(),
        );
    }
    columns(out, &lines)
}

fn threshold(out: &mut dyn Write, curve: &ThresholdCurve) -> io::Result<()> {
    heading(out, "Agreement under every cut (rupture or not)")?;
    let head = ["cut", "rupture", "strain", "κ", "AC1", "α", "ruptures", "strains"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for point in &curve.points {
        let CurvePoint {
            cut,
            specific_rupture,
            specific_strain,
            kappa,
            ac1,
            alpha,
            rupture_rate,
            strain_rate,
            ..
        } = point;
        let mark = if (cut - curve.study_cut).abs() < 1e-9 {
            " (the rule's)"
        } else {
            ""
        };
        lines.push(vec![
            format!("{}{mark}", crate::output::number(*cut)),
            estimate(*specific_rupture),
            estimate(*specific_strain),
            estimate(*kappa),
            estimate(*ac1),
            estimate(*alpha),
            format!("{:.1} %", rupture_rate * 100.0),
            format!("{:.1} %", strain_rate * 100.0),
        ]);
    }
    columns(out, &lines)?;
    if let Some(raw) = &curve.raw {
        writeln!(out, "{}: {} {}", raw.label, value(raw), raw.detail)?;
    }
    writeln!(out, "{}", curve.sentence)
}
