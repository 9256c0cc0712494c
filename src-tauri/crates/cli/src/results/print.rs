//! Results for people to read.

use std::io::{self, Write};

use sunder_api::wire::{
    CaseResults, ResultsConflict, ResultsFigures, ResultsList, ResultsPart, ResultsReport, ResultsSource,
};

use crate::output::{moment, number};

/// Rule, sources, lists and notes.
pub(super) fn text(out: &mut dyn Write, report: &ResultsReport) -> io::Result<()> {
    writeln!(
        out,
        "Rule: {} (cut {})",
        report.rule.name,
        number(report.rule.cut)
    )?;
    match &report.locked {
        Some(lock) => writeln!(out, "Locked by {}: {}", lock.by, lock.reason)?,
        None => writeln!(out, "Not locked")?,
    }
    for source in &report.sources {
        source_text(out, source)?;
    }
    list(
        out,
        "Unaddressed conflicts, the real relationship first",
        &report.unaddressed,
    )?;
    list(
        out,
        "Worth a look: origin and response do not seem to fit",
        &report.worth_a_look,
    )?;
    writeln!(out)?;
    report.notes.iter().try_for_each(|note| writeln!(out, "{note}"))
}

fn source_text(out: &mut dyn Write, source: &ResultsSource) -> io::Result<()> {
    writeln!(out, "\n{}", source.words)?;
    writeln!(
        out,
        "{:<18} {:>8} {:>8} {:>9} {:>10} {:>7} {:>11} {:>10}  coder",
        "case · session", "ruptures", "strains", "unscored", "conflicts", "hours", "ruptures/h", "strains/h"
    )?;
    for CaseResults {
        case,
        figures,
        sessions,
    } in &source.cases
    {
        for session in sessions {
            let name = format!("{case} · {}", session.session);
            line(out, &name, &session.figures, &session.coder)?;
        }
        let name = format!("{case}, {}", counted(figures.sessions));
        line(out, &name, figures, "")?;
    }
    line(out, &counted(source.figures.sessions), &source.figures, "")?;
    for (name, parts) in [
        ("by mode", &source.figures.modes),
        ("by actor", &source.figures.actors),
        ("by relationship", &source.figures.relationships),
        ("addressed", &source.figures.addressed),
        ("settled", &source.figures.settled),
    ] {
        breakdown(out, name, parts)?;
    }
    repairs(out, &source.figures)
}

fn line(out: &mut dyn Write, name: &str, figures: &ResultsFigures, coder: &str) -> io::Result<()> {
    let totals = figures.totals;
    let rate = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    let text = format!(
        "{name:<18} {:>8} {:>8} {:>9} {:>10} {:>7.2} {:>11} {:>10}  {coder}",
        totals.ruptures,
        totals.strains,
        totals.unscored,
        totals.conflicts,
        figures.hours,
        rate(figures.per_hour.map(|rates| rates.ruptures)),
        rate(figures.per_hour.map(|rates| rates.strains)),
    );
    writeln!(out, "{}", text.trim_end())
}

fn breakdown(out: &mut dyn Write, name: &str, parts: &[ResultsPart]) -> io::Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let words: Vec<String> = parts
        .iter()
        .map(|part| {
            let counts = part.counts;
            format!(
                "{} {} + {} + {}",
                part.key, counts.ruptures, counts.strains, counts.unscored
            )
        })
        .collect();
    writeln!(
        out,
        "  {name} (ruptures + strains + unscored): {}",
        words.join(" · ")
    )
}

fn repairs(out: &mut dyn Write, figures: &ResultsFigures) -> io::Result<()> {
    let repairs = figures.repairs;
    writeln!(
        out,
        "  repair attempts: therapist {} · patient {} · both {}; {} answer a conflict",
        repairs.therapist, repairs.patient, repairs.both, repairs.answering
    )?;
    for each in &figures.time_to_repair {
        let times = each.times;
        let middle = times.median_ms.map_or_else(String::new, |ms| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a time within a session"
            )]
            let ms = ms.round() as u32;
            format!(
                "; to the first attempt, middle {} (n {})",
                moment(ms),
                times.timed
            )
        });
        writeln!(
            out,
            "  {}: answered in the session {}, in another {}, not {}{middle}",
            each.class, times.in_session, times.elsewhere, times.unanswered
        )?;
    }
    Ok(())
}

fn list(out: &mut dyn Write, title: &str, list: &ResultsList) -> io::Result<()> {
    writeln!(out, "\n{title}: {}", list.total)?;
    list.conflicts.iter().try_for_each(|conflict| row(out, conflict))
}

fn row(out: &mut dyn Write, row: &ResultsConflict) -> io::Result<()> {
    let mut parts = vec![
        format!("{} · {}", row.case, row.session),
        row.onset_ms.map_or_else(|| "–".to_owned(), moment),
        row.class.to_string(),
        row.relationship
            .map_or_else(|| "relationship not set".to_owned(), |value| value.to_string()),
        row.name.clone(),
        row.coder.clone(),
    ];
    parts.extend(row.why.iter().cloned());
    writeln!(out, "  {}", parts.join(" · "))?;
    match &row.excerpt {
        Some(words) if !words.is_empty() => writeln!(out, "      {words}"),
        _ => Ok(()),
    }
}

fn counted(sessions: u32) -> String {
    crate::output::counted(sessions, "session", "sessions")
}
