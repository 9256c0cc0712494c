//! The table to take along: as text, as CSV, as a sentence.

use std::fmt::Write as _;

use super::hiding;
use super::sentence::apa;
use crate::app::App;
use crate::wire::{AgreementOutcome, AgreementRow, ApiError, CopiedText, CopyAgreement, CopyForm};

/// The table in the form that was asked for. Lead only.
///
/// # Errors
/// `not-allowed` for raters, `not-found` for a job that is not there.
pub fn copy(app: &mut App, request: CopyAgreement) -> Result<CopiedText, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    let computed = study.jobs.computed(request.job_id)?;
    let outcome = hiding::outcome(&computed, request.hide_names);
    Ok(CopiedText {
        text: match request.form {
            CopyForm::Text => text(&outcome),
            CopyForm::Csv => csv(&outcome),
            CopyForm::Apa => outcome.sentence.clone(),
        },
    })
}

/// `.81 [.72, .88]`; a dash and the reason where there is none.
pub(crate) fn shown(row: &AgreementRow) -> (String, String) {
    let Some(value) = row.measurement.value else {
        return ("–".to_owned(), String::new());
    };
    let interval = row
        .measurement
        .interval
        .as_ref()
        .and_then(|interval| Some(format!("[{}, {}]", apa(interval.low?), apa(interval.high?))))
        .unwrap_or_default();
    (apa(value), interval)
}

fn text(outcome: &AgreementOutcome) -> String {
    let mut text = format!(
        "{} · {}\n{}\n\n",
        outcome.unit, outcome.value, outcome.basis.summary
    );
    let widths = outcome.rows.iter().fold(0, |width, row| {
        width.max(row.label.chars().count() + row.detail.chars().count() + 2)
    });
    for row in &outcome.rows {
        let named = format!("{}  {}", row.label, row.detail);
        let (value, interval) = shown(row);
        let _ = writeln!(
            text,
            "{named:<widths$}  {value:>5}  {interval:<12}  {}",
            row.words
        );
    }
    let _ = writeln!(text, "\n{}", outcome.basis.intervals);
    text
}

fn csv(outcome: &AgreementOutcome) -> String {
    let mut text = String::from(
        "part,name,line,label,detail,statistic,level,category,value,se,ci_low,ci_high,confidence,method,clusters,units,units_used,raters,missing,words,reason,notes\n",
    );
    let mut part = |part: &str, name: &str, rows: &[AgreementRow]| {
        for row in rows {
            text.push_str(&line(part, name, row));
        }
    };
    part("all", "", &outcome.rows);
    for pair in &outcome.pairs {
        part("pair", &pair.label, &pair.rows);
    }
    for breakdown in &outcome.breakdowns {
        for line in &breakdown.lines {
            part(&breakdown.by, &line.key, &line.rows);
        }
    }
    for line in &outcome.session_counts {
        part("session-count", &line.key, &line.rows);
    }
    text
}

fn line(part: &str, name: &str, row: &AgreementRow) -> String {
    let measurement = &row.measurement;
    let interval = measurement.interval.as_ref();
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.6}"));
    let count = |value: u32| value.to_string();
    let fields = [
        part.to_owned(),
        name.to_owned(),
        row.id.split('/').next().unwrap_or_default().to_owned(),
        row.label.clone(),
        row.detail.clone(),
        measurement.statistic.clone(),
        measurement.level.clone().unwrap_or_default(),
        measurement.category.clone().unwrap_or_default(),
        number(measurement.value),
        number(measurement.se),
        number(interval.and_then(|interval| interval.low)),
        number(interval.and_then(|interval| interval.high)),
        interval.map_or_else(String::new, |interval| interval.confidence.to_string()),
        interval.map_or_else(String::new, |interval| interval.method.clone()),
        interval
            .and_then(|interval| interval.clusters)
            .map_or_else(String::new, count),
        count(measurement.units),
        count(measurement.units_used),
        count(measurement.raters),
        count(measurement.missing),
        row.words.clone(),
        measurement.reason.clone().unwrap_or_default(),
        measurement.notes.join("; "),
    ];
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    format!("{}\n", fields.join(","))
}

/// A field as CSV holds it (RFC 4180); one that a spreadsheet would take for a formula begins with an apostrophe.
fn quoted(field: &str) -> String {
    let is_number = field.parse::<f64>().is_ok();
    let field = if field.starts_with(['=', '+', '-', '@']) && !is_number {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn fields_are_quoted_and_no_formula_runs() {
        assert_eq!(quoted("a"), "a");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("-0.5"), "-0.5");
    }
}
