//! Statistics of spans in a file: `rater,label,start_s,end_s` (or `start_ms,end_ms`) `[,session]`.

use std::num::NonZeroUsize;

use sunder_agreement::{
    Frame, GammaSettings, Measurement, Span, SpanBootstrap, SpanRequest, SpanStatistic, Spans, SpansError,
    measure_spans,
};

use super::records::{Record, Table};
use crate::wire::{ApiError, ErrorCode};

/// What is asked of spans.
#[derive(Debug, Clone, PartialEq)]
pub struct SpansQuestion {
    /// Length of every continuum in seconds; without it the largest end of each.
    pub length_s: Option<f64>,
    /// Raters, also those who marked nothing, in the order of the results.
    pub raters: Vec<String>,
    /// A name, or `all`.
    pub statistic: String,
    /// Two spans may be linked where intersection / longer reaches this.
    pub threshold: f64,
    pub gamma: GammaSettings,
    pub bootstrap: Option<SpanBootstrap>,
    pub threads: NonZeroUsize,
}

/// Measures the spans in a file.
///
/// # Errors
/// `format` for a file that holds none, with file, line and remedy; `bad-request` for a statistic that is none, or that
/// these spans cannot be asked for.
pub fn measure_spans_table(
    name: &str,
    bytes: &[u8],
    question: &SpansQuestion,
) -> Result<Vec<Measurement>, ApiError> {
    let statistic: SpanStatistic = question
        .statistic
        .parse()
        .map_err(|error| unmet(name, &error, &[]))?;
    let table = Table::read(name, bytes)?;
    let (spans, lines) = spans(&table)?;
    let length_ms = question.length_s.map(milliseconds).transpose().map_err(|()| {
        ApiError::new(
            ErrorCode::BadRequest,
            "A length is a number of seconds above 0, such as --length 3000.",
        )
    })?;
    let frame = Frame {
        raters: question.raters.clone(),
        length_ms,
        sessions: Vec::new(),
    };
    let spans = Spans::new(&spans, &frame).map_err(|error| unmet(name, &error, &lines))?;
    let request = SpanRequest {
        statistics: vec![statistic],
        threshold: question.threshold,
        gamma: question.gamma.clone(),
        bootstrap: question.bootstrap,
        threads: question.threads,
    };
    measure_spans(&spans, &request).map_err(|error| unmet(name, &error, &lines))
}

/// Where the columns of a table of spans stand.
struct Columns {
    rater: usize,
    label: usize,
    start: usize,
    end: usize,
    in_ms: bool,
    session: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Result<Self, ApiError> {
        let missing = |what: &str| {
            table.fault(
                1,
                &format!(
                    "there is no column {what}. The header reads rater,label,start_s,end_s or rater,label,start_ms,end_ms, and session where there are several."
                ),
            )
        };
        let in_ms = table.column("start_ms").is_some();
        let (start, end) = if in_ms {
            ("start_ms", "end_ms")
        } else {
            ("start_s", "end_s")
        };
        Ok(Self {
            rater: table.column("rater").ok_or_else(|| missing("rater"))?,
            label: table.column("label").ok_or_else(|| missing("label"))?,
            start: table.column(start).ok_or_else(|| missing(start))?,
            end: table.column(end).ok_or_else(|| missing(end))?,
            in_ms,
            session: table.column("session"),
        })
    }
}

/// The spans, and the line of each.
fn spans(table: &Table) -> Result<(Vec<Span>, Vec<u64>), ApiError> {
    let columns = Columns::of(table)?;
    let mut spans = Vec::with_capacity(table.records.len());
    let mut lines = Vec::with_capacity(table.records.len());
    for record in &table.records {
        let field = |column: usize| record.fields.get(column).map_or("", String::as_str);
        let rater = field(columns.rater);
        if rater.is_empty() {
            return Err(table.fault(record.line, "the span has no rater. Name who marked it."));
        }
        let start_ms = time(table, record, columns.start, columns.in_ms)?;
        let end_ms = time(table, record, columns.end, columns.in_ms)?;
        if end_ms <= start_ms {
            return Err(table.fault(
                record.line,
                "the span does not end after it starts. Correct the times, or leave the span out.",
            ));
        }
        spans.push(Span {
            rater: rater.to_owned(),
            label: field(columns.label).to_owned(),
            start_ms,
            end_ms,
            session: columns.session.map(|column| field(column).to_owned()),
        });
        lines.push(record.line);
    }
    Ok((spans, lines))
}

fn time(table: &Table, record: &Record, column: usize, in_ms: bool) -> Result<u64, ApiError> {
    let text = record.fields.get(column).map_or("", String::as_str);
    let read = if in_ms {
        text.parse::<u64>().map_err(|_| ())
    } else {
        text.parse::<f64>().map_err(|_| ()).and_then(milliseconds)
    };
    read.map_err(|()| {
        let what = if in_ms {
            "a whole number of milliseconds"
        } else {
            "a number of seconds"
        };
        table.fault(
            record.line,
            &format!(
                "{} is {text:?}; it must be {what}, 0 or more.",
                table.header.get(column).map_or("the time", String::as_str)
            ),
        )
    })
}

/// Whole milliseconds nearest to these seconds.
fn milliseconds(seconds: f64) -> Result<u64, ()> {
    const LONGEST_S: f64 = 1e11;
    if !(0.0..=LONGEST_S).contains(&seconds) {
        return Err(());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, and between 0 and 10^14"
    )]
    let milliseconds = (seconds * 1_000.0).round() as u64;
    Ok(milliseconds)
}

/// An error of the crate as file and line, where it names spans.
fn unmet(name: &str, error: &SpansError, lines: &[u64]) -> ApiError {
    let line = |index: usize| lines.get(index).copied().unwrap_or(1);
    let format = |line: u64, message: &str| super::records::fault(name, line, message);
    match error {
        SpansError::BeyondLength {
            rater,
            index,
            end_ms,
            length_ms,
        } => format(
            line(*index),
            &format!(
                "a span of {rater} ends at {end_ms} ms, beyond the length of {length_ms} ms. Correct it, or give a longer --length."
            ),
        ),
        SpansError::Overlap { rater, first, second } => format(
            line(*second),
            &format!(
                "a span of {rater} overlaps the one on line {}. This statistic needs spans side by side: choose modified-kappa, gamma or matched-f1, or give each layer a file of its own.",
                line(*first)
            ),
        ),
        SpansError::UnknownStatistic { name: statistic } => ApiError::new(
            ErrorCode::BadRequest,
            format!(
                "There is no statistic of spans called {statistic:?}. Choose all, u-alpha, binary-alpha, cu-alpha, ku-alpha:LABEL, modified-kappa, gamma, gamma-cat or matched-f1; boundary-similarity comes with --boundaries."
            ),
        ),
        SpansError::NeedsMasses => ApiError::new(
            ErrorCode::BadRequest,
            "Boundary similarity is of segmentations, not of spans: give a file of masses with --boundaries.",
        ),
        SpansError::Setting { .. } | SpansError::UnknownLabel { .. } => {
            ApiError::new(ErrorCode::BadRequest, format!("{name}: {error}."))
        }
        other => ApiError::new(ErrorCode::Format, format!("{name}: {other}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn seconds_become_the_nearest_millisecond() {
        assert_eq!(milliseconds(2.5), Ok(2_500));
        assert_eq!(milliseconds(0.0004), Ok(0));
        assert_eq!(milliseconds(1.0005), Ok(1_001));
        assert_eq!(milliseconds(-1.0), Err(()));
        assert_eq!(milliseconds(f64::NAN), Err(()));
    }
}
