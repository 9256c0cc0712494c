//! `sunder classify`: strain or rupture, and why.

use std::io::{self, Write};

use sunder_api::report;
use sunder_api::wire::{
    ClassifiedCoding, ClassifiedConflict, ClassifyReport, ProposedAccumulation, TotalsView,
};
use sunder_domain::{CodeKey, Rule};

use crate::arguments;
use crate::exit::Failure;
use crate::output::{number, say};
use crate::run::Context;

/// Prints the report under the study's rule, or under the rule in a file.
pub(crate) fn classify(context: &mut Context, arguments: arguments::Classify) -> Result<(), Failure> {
    let rule = arguments.rule.as_deref().map(read_rule).transpose()?;
    context.open(&arguments.study)?;
    let which = arguments.which;
    let request = sunder_api::wire::Classify {
        rule,
        case: which.case,
        session: which.session,
        rater: which.rater,
        purpose: which.purpose,
    };
    let report = report::classify(&mut context.app, request)?;
    if report.codings.is_empty() {
        say("sunder: no coding is like that. Without --purpose only production codings count.");
    }
    context.output.print(&report, |out| text(out, &report))
}

fn read_rule(path: &str) -> Result<Rule, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
    Rule::from_json(&text).map_err(|error| Failure::system(format!("{path}: {error}.")))
}

fn text(out: &mut dyn Write, report: &ClassifyReport) -> io::Result<()> {
    writeln!(
        out,
        "Rule: {} (cut {})",
        report.rule.name,
        number(report.rule.cut)
    )?;
    for coding in &report.codings {
        writeln!(out)?;
        coding_text(out, coding)?;
    }
    if !report.sessions.is_empty() {
        writeln!(out, "\nOf record")?;
    }
    for session in &report.sessions {
        writeln!(
            out,
            "  {} · {} · {}: ruptures {} · strains {} · unscored {} · conflicts in all {}",
            session.case,
            session.session,
            session.record.words,
            number(session.totals.ruptures),
            number(session.totals.strains),
            number(session.totals.unscored),
            number(session.totals.conflicts)
        )?;
    }
    if !report.accumulations.is_empty() {
        writeln!(
            out,
            "\nBuild-ups proposed (a person confirms or dismisses; they count as nothing)"
        )?;
        report
            .accumulations
            .iter()
            .try_for_each(|found| accumulation(out, found, &report.codings))?;
    }
    Ok(())
}

fn coding_text(out: &mut dyn Write, coding: &ClassifiedCoding) -> io::Result<()> {
    let of_record = if coding.of_record { " · of record" } else { "" };
    writeln!(
        out,
        "{} · {} · {} · {}{of_record}",
        coding.case, coding.session, coding.rater, coding.purpose
    )?;
    writeln!(out, "  {}", totals(&coding.totals))?;
    if coding.conflicts.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "  {:>8}  {:<9}{:>5} {:>5}  why",
        "begins", "class", "score", "cut"
    )?;
    coding
        .conflicts
        .iter()
        .try_for_each(|conflict| conflict_line(out, conflict))
}

/// All that a coding counts, strains and ruptures apart.
pub(crate) fn totals(totals: &TotalsView) -> String {
    format!(
        "ruptures {} · strains {} · unscored {} · conflicts in all {} · markers {}",
        totals.ruptures, totals.strains, totals.unscored, totals.conflicts, totals.markers
    )
}

fn conflict_line(out: &mut dyn Write, conflict: &ClassifiedConflict) -> io::Result<()> {
    let reasons: Vec<&str> = conflict
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    let codes: Vec<&str> = conflict.codes.iter().map(CodeKey::as_str).collect();
    writeln!(
        out,
        "  {:>8}  {:<9}{:>5} {:>5}  {}",
        conflict.onset_ms.map_or_else(|| "–".to_owned(), clock),
        conflict.class.key(),
        value(conflict.score),
        value(conflict.cut),
        reasons.join("; ")
    )?;
    writeln!(out, "{:>12}{}  [{}]", "", codes.join(", "), conflict.id)
}

/// `12:34`, hours only where there are any.
fn clock(ms: u32) -> String {
    let seconds = ms / 1_000;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes:02}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

fn accumulation(
    out: &mut dyn Write,
    found: &ProposedAccumulation,
    codings: &[ClassifiedCoding],
) -> io::Result<()> {
    writeln!(
        out,
        "  {} · {} · {} unaddressed strains",
        found.case,
        found.rater,
        found.members.len()
    )?;
    for member in &found.members {
        let place = codings
            .iter()
            .filter(|coding| coding.case == found.case && coding.rater == found.rater)
            .find_map(|coding| {
                let conflict = coding.conflicts.iter().find(|conflict| conflict.id == *member)?;
                Some(format!(
                    "session {} {}",
                    coding.session,
                    clock(conflict.onset_ms?)
                ))
            });
        writeln!(
            out,
            "    {}  [{member}]",
            place.as_deref().unwrap_or("in a session not listed here")
        )?;
    }
    if !found.uncoded_between.is_empty() {
        let numbers: Vec<String> = found.uncoded_between.iter().map(u32::to_string).collect();
        writeln!(out, "    not coded in between: session {}", numbers.join(", "))?;
    }
    found
        .reasons
        .iter()
        .try_for_each(|reason| writeln!(out, "    {}", reason.text))
}

fn value(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), number)
}
