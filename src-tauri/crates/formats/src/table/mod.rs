//! Tables (CSV, TSV): one row is one utterance; which column is what is guessed, reported, and can be chosen.

mod choice;
mod column;
mod guess;
mod preset;
mod repeats;
mod sheet;

pub use choice::{ColumnChoice, ColumnChoices, ColumnMapping, Field};
pub use preset::Preset;

use std::collections::HashMap;

use self::guess::Layout;
use self::repeats::Repeats;
use self::sheet::{Record, Sheet};
use crate::error::FormatError;
use crate::format::Format;
use crate::name;
use crate::place::{Place, Source, number};
use crate::read::Parsed;
use crate::time::{self, Unit};
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

pub(crate) use self::sheet::{SAMPLE_ROWS, looks_like};

/// How people write that a cell has no value.
const NO_VALUE: &[&str] = &["", "-", "n/a", "na", "nan", "null", "none", "#n/a"];

/// A table's headings and the guess, for a person to look at. Nothing where the table cannot be read.
pub(crate) fn overview(
    source: &Source<'_>,
    format: Format,
    choices: &ColumnChoices,
) -> (Vec<String>, Option<ColumnMapping>) {
    let sheet = Sheet::open(source.text, format);
    let Ok(layout) = sheet.sample().map(|sample| Layout::of(&sample, choices)) else {
        return (Vec::new(), None);
    };
    let mapping = layout
        .mapping(choices, Place { line: 1, column: 1 })
        .ok()
        .map(|(mapping, _)| mapping);
    (layout.columns, mapping)
}

/// Hands over every row as its cells, each with its offset in the text; gives the sign between columns.
pub(crate) fn each_row(
    source: &Source<'_>,
    format: Format,
    mut act: impl FnMut(&mut dyn Iterator<Item = (&str, usize)>),
) -> Result<u8, FormatError> {
    let sheet = Sheet::open(source.text, format);
    let failed = sheet.each(|record| {
        let cells = record.cells.iter().enumerate();
        act(&mut cells.map(|(index, text)| (text, sheet.cell_at(record.at, index))));
    });
    match failed {
        None => Ok(sheet.delimiter),
        Some(at) => {
            let Place { line, column } = source.place(at);
            Err(FormatError::Table { line, column })
        }
    }
}

/// Whether rows of cells are a transcript's: a column of words, and one of speakers or times.
pub(crate) fn speaks<'c>(rows: impl Iterator<Item = impl Iterator<Item = &'c str>>) -> bool {
    let sample: Vec<Record> = rows
        .take(SAMPLE_ROWS)
        .map(|cells| Record {
            at: 0,
            cells: cells.collect(),
        })
        .collect();
    let choices = ColumnChoices::default();
    let mapping = Layout::of(&sample, &choices).mapping(&choices, Place { line: 1, column: 1 });
    mapping.is_ok_and(|(mapping, _)| mapping.speaker.or(mapping.start).is_some())
}

/// Reads all rows, by transcript in order of appearance.
pub(crate) fn read(
    source: &Source<'_>,
    format: Format,
    choices: &ColumnChoices,
    warnings: &mut Warnings<'_>,
) -> Result<Parsed, FormatError> {
    let sheet = Sheet::open(source.text, format);
    sheet.warn(warnings);
    let sample = sheet.sample()?;
    let top = sample.first().map_or(0, |record| record.at);
    let layout = Layout::of(&sample, choices);
    let (mapping, guessed) = layout.mapping(choices, source.place(top))?;
    for (field, column) in guessed {
        warnings.at(WarningKind::ColumnGuessed, top, || {
            format!("column {column} was taken for {field} by its content: check it")
        });
    }
    for (field, column) in layout.passed_over(&mapping, choices) {
        warnings.at(WarningKind::ColumnLeftOut, top, || {
            format!("column {column} is headed as {field}, but most of what stands in it is none; it was left out: choose it for {field} to read it all the same")
        });
    }
    let mut rows = Rows::new(&sheet, &layout, mapping);
    if rows.units.contains(&Unit::Milliseconds) {
        warnings.at(WarningKind::Milliseconds, top, || {
            "bare numbers in a time column are read as milliseconds, as its heading says".into()
        });
    }
    let mut heading = layout.has_header;
    let failed = sheet.each(|record| {
        if !std::mem::take(&mut heading) {
            rows.row(record, warnings);
        }
    });
    if let Some(at) = failed {
        let Place { line, column } = source.place(at);
        return Err(FormatError::Table { line, column });
    }
    rows.repeats.warn(warnings);
    let mut groups = rows.groups;
    if mapping.speaker.is_none() {
        groups
            .iter_mut()
            .for_each(|(_, utterances)| name::split_off(utterances));
    }
    Ok(Parsed {
        groups,
        preset: Preset::of(&layout),
        columns: layout.columns,
        mapping: Some(mapping),
        tiers: Vec::new(),
    })
}

/// Gathers rows into transcripts.
struct Rows<'s, 'a> {
    sheet: &'s Sheet<'a>,
    mapping: ColumnMapping,
    width: usize,
    /// Of the start and the end column.
    units: [Unit; 2],
    repeats: Repeats,
    groups: Vec<(Option<String>, Vec<Utterance>)>,
    by_key: HashMap<String, usize>,
}

impl<'s, 'a> Rows<'s, 'a> {
    fn new(sheet: &'s Sheet<'a>, layout: &Layout, mapping: ColumnMapping) -> Self {
        let unit = |column: Option<u32>| column.map_or(Unit::Seconds, |column| layout.unit(column));
        Self {
            sheet,
            mapping,
            width: layout.columns.len(),
            units: [unit(mapping.start), unit(mapping.end)],
            repeats: Repeats::of(layout),
            groups: Vec::new(),
            by_key: HashMap::new(),
        }
    }

    fn row(&mut self, record: &Record, warnings: &mut Warnings<'_>) {
        if record.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let Some(text) = self.text(record, warnings) else {
            warnings.at(WarningKind::RowShort, record.at, || {
                format!(
                    "the row has {} columns and none for the text; it was left out",
                    record.cells.len()
                )
            });
            return;
        };
        let key = self
            .mapping
            .transcript
            .map(|column| cell(record, column).to_owned());
        let group = self.group(key);
        let kept = self
            .groups
            .get(group)
            .and_then(|(_, utterances)| utterances.last());
        if self
            .repeats
            .repeats(record, group, kept.is_some_and(|kept| kept.text == text))
        {
            return;
        }
        let [start_unit, end_unit] = self.units;
        let start = self.time(record, self.mapping.start, start_unit, warnings);
        let end = self.time(record, self.mapping.end, end_unit, warnings);
        let start_ms = start.map(|(start_ms, _)| start_ms);
        let end_ms = end
            .map(|(end_ms, _)| end_ms)
            .or(start.and_then(|(_, end_ms)| end_ms));
        let speaker = self
            .mapping
            .speaker
            .map(|column| cell(record, column).trim_end_matches(':').trim_end());
        let speaker = speaker.filter(|name| !name.is_empty()).map(str::to_owned);
        if let Some((_, utterances)) = self.groups.get_mut(group) {
            utterances.push(Utterance {
                at: record.at,
                speaker,
                start_ms,
                end_ms,
                text,
                ..Utterance::default()
            });
        }
    }

    /// The words of a row. Where the text is the last column, more columns than headings mean that nobody quoted it.
    fn text(&self, record: &Record, warnings: &mut Warnings<'_>) -> Option<String> {
        let index = self.mapping.text.checked_sub(1)? as usize;
        let first = record.cells.get(index)?;
        let mut text = first.to_owned();
        if record.cells.len() > self.width {
            let last = index + 1 == self.width;
            if last {
                for further in record.cells.iter().skip(self.width) {
                    text.push(char::from(self.sheet.delimiter));
                    text.push_str(further);
                }
            }
            warnings.at(WarningKind::RowLong, record.at, || {
                let done = if last {
                    "what is too much was joined to the text"
                } else {
                    "what is too much was left out"
                };
                format!(
                    "the row has {} columns, the table {}: {done}",
                    record.cells.len(),
                    self.width
                )
            });
        }
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        let trimmed = text.trim();
        if trimmed.len() < text.len() {
            Some(trimmed.to_owned())
        } else {
            Some(text)
        }
    }

    fn time(
        &self,
        record: &Record,
        column: Option<u32>,
        unit: Unit,
        warnings: &mut Warnings<'_>,
    ) -> Option<(u32, Option<u32>)> {
        let column = column?;
        let written = cell(record, column);
        if NO_VALUE.contains(&written.to_ascii_lowercase().as_str()) {
            return None;
        }
        let told = time::span(written, unit);
        if told.is_none() {
            let at = self.sheet.cell_at(record.at, column.saturating_sub(1) as usize);
            warnings.at(WarningKind::TimeUnreadable, at, || {
                "the time is neither h:mm:ss, mm:ss nor a number; it is estimated".into()
            });
        }
        told
    }

    fn group(&mut self, key: Option<String>) -> usize {
        let found = self.by_key.get(key.as_deref().unwrap_or("")).copied();
        found.unwrap_or_else(|| {
            let group = self.groups.len();
            self.by_key.insert(key.clone().unwrap_or_default(), group);
            self.groups.push((key, Vec::new()));
            group
        })
    }
}

/// A cell by its column from 1, trimmed; empty where the row is too short.
fn cell(record: &Record, column: u32) -> &str {
    column
        .checked_sub(1)
        .and_then(|index| record.cells.get(index as usize))
        .unwrap_or("")
        .trim()
}

/// The column from 1 of an index from 0.
fn column_number(index: usize) -> u32 {
    number(index + 1)
}

#[cfg(test)]
mod tests;
