//! Measurements as a table for people.

use std::io::{self, Write};

use serde::Serialize;
use sunder_api::statistics::{Category, Interval, Measurement, Pair};

/// What other programs read.
#[derive(Serialize)]
pub(crate) struct Results {
    pub(crate) results: Vec<Measurement>,
}

/// Columns as wide as their widest field; the last is not padded.
pub(crate) fn columns(out: &mut dyn Write, rows: &[Vec<String>]) -> io::Result<()> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|field| field.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut line = String::new();
        for (column, (field, width)) in row.iter().zip(&widths).enumerate() {
            if column > 0 {
                line.push_str("  ");
            }
            line.push_str(&format!("{field:<width$}"));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The table, and below it the notes, each once.
pub(crate) fn table(out: &mut dyn Write, results: &[Measurement]) -> io::Result<()> {
    let head = [
        "statistic",
        "of",
        "value",
        "se",
        "interval",
        "units",
        "raters",
        "in words",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let mut notes: Vec<&str> = Vec::new();
    for measurement in results {
        for note in &measurement.notes {
            if !notes.contains(&note.as_str()) {
                notes.push(note);
            }
        }
        rows.push(vec![
            name(measurement),
            of(measurement),
            number(measurement.value),
            measurement.se.map_or_else(String::new, |se| number(Some(se))),
            measurement
                .bootstrap_ci
                .as_ref()
                .or(measurement.ci.as_ref())
                .map_or_else(String::new, interval),
            if measurement.units_used == measurement.units {
                measurement.units.to_string()
            } else {
                format!("{} of {}", measurement.units_used, measurement.units)
            },
            measurement.raters.to_string(),
            words(measurement),
        ]);
    }
    columns(out, &rows)?;
    if !notes.is_empty() {
        writeln!(out)?;
    }
    notes.iter().try_for_each(|note| writeln!(out, "note: {note}"))
}

fn name(measurement: &Measurement) -> String {
    match measurement.level {
        Some(level) if measurement.statistic == "krippendorff-alpha" => {
            format!(
                "{} ({})",
                measurement.statistic,
                format!("{level:?}").to_lowercase()
            )
        }
        _ => measurement.statistic.clone(),
    }
}

/// The pair, and the category where the name does not say it.
fn of(measurement: &Measurement) -> String {
    let pair = measurement.pair.as_ref().map(|pair| match pair {
        Pair::Of([first, second]) => format!("{first} × {second}"),
        Pair::Over(what) => format!("{what} of pairs"),
    });
    let category = measurement
        .category
        .as_ref()
        .map(|category| match category {
            Category::Number(number) => number.to_string(),
            Category::Label(label) => label.clone(),
        })
        .filter(|category| !measurement.statistic.ends_with(&format!(":{category}")));
    let parts: Vec<String> = pair.into_iter().chain(category).collect();
    parts.join(", ")
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.6}"))
}

fn interval(interval: &Interval) -> String {
    let limit = |limit: Option<f64>| limit.map_or_else(|| "–".to_owned(), |limit| format!("{limit:.3}"));
    format!(
        "[{}, {}] {:.0} % {}",
        limit(interval.low),
        limit(interval.high),
        interval.confidence * 100.0,
        interval.method
    )
}

fn words(measurement: &Measurement) -> String {
    match (&measurement.reason, &measurement.band) {
        (Some(reason), _) => format!("no value: {reason}"),
        (None, Some(band)) => format!("{} · {}", band.label, band.scale),
        (None, None) => String::new(),
    }
}
