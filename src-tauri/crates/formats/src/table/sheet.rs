//! A table as rows of cells: the sign between columns, quotes, and where rows and cells stand in the file.

use std::ops::ControlFlow;

use csv::{ReaderBuilder, StringRecord};

use super::column::is_known_heading;
use crate::error::FormatError;
use crate::format::Format;
use crate::warning::{WarningKind, Warnings};

/// How many rows a guess looks at.
pub(crate) const SAMPLE_ROWS: usize = 200;
/// How much of the file the recognition of the format looks at, in bytes.
const SNIFFED: usize = 64 * 1024;

/// A row and where it starts.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) at: usize,
    pub(crate) cells: StringRecord,
}

/// The rows of a file.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    text: &'a str,
    /// Where the rows start (after a spreadsheet's own `sep=` line).
    from: usize,
    pub(crate) delimiter: u8,
    quoting: bool,
    quotes: Quotes,
}

impl<'a> Sheet<'a> {
    pub(crate) fn open(text: &'a str, format: Format) -> Self {
        let packed = format.is_packed();
        let (from, told) = if packed {
            (0, Some(b'\t'))
        } else {
            separator_line(text)
        };
        let body = text.get(from..).unwrap_or("");
        let delimiter = match (told, format) {
            (Some(told), _) => told,
            (None, Format::Tsv) => b'\t',
            (None, _) => sniff(body).map_or(b',', |found| found.delimiter),
        };
        let quotes = Quotes::of(text, from, delimiter);
        // Tabulator-separated text is often written without any quoting, and quotes are then somebody's words.
        let quoting = packed || delimiter != b'\t' || !(quotes.hold_rows || quotes.stray > quotes.clean);
        Self {
            text,
            from,
            delimiter,
            quoting,
            quotes,
        }
    }

    /// Says where quotes do not pair up.
    pub(crate) fn warn(&self, warnings: &mut Warnings<'_>) {
        if let Some(at) = self.quotes.odd_at {
            let done = if self.quoting {
                "rows after it may have run together"
            } else {
                "quotes were read as words"
            };
            warnings.at(WarningKind::QuoteUnclosed, at, || {
                format!("quotes do not pair up from here: {done}")
            });
        }
    }

    /// The first rows.
    pub(crate) fn sample(&self) -> Result<Vec<Record>, FormatError> {
        let mut sample = Vec::new();
        let failed = self.walk(|record| {
            // Cell by cell: a clone would keep the longest row's room for every row.
            sample.push(Record {
                at: record.at,
                cells: record.cells.iter().collect(),
            });
            if sample.len() < SAMPLE_ROWS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        match failed {
            Some(at) => {
                let place = crate::place::Source::new(self.text).place(at);
                Err(FormatError::Table {
                    line: place.line,
                    column: place.column,
                })
            }
            None => Ok(sample),
        }
    }

    /// Hands over every row; gives the offset of a row that cannot be read.
    pub(crate) fn each(&self, mut act: impl FnMut(&Record)) -> Option<usize> {
        self.walk(|record| {
            act(record);
            ControlFlow::Continue(())
        })
    }

    fn walk(&self, mut act: impl FnMut(&Record) -> ControlFlow<()>) -> Option<usize> {
        let body = self.text.get(self.from..).unwrap_or("");
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(self.quoting)
            .delimiter(self.delimiter)
            .from_reader(body.as_bytes());
        let mut record = Record {
            at: self.from,
            cells: StringRecord::new(),
        };
        loop {
            let before = usize::try_from(reader.position().byte())
                .unwrap_or(usize::MAX)
                .min(body.len());
            let line_ends = body
                .as_bytes()
                .iter()
                .skip(before)
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            record.at = self.from + before + line_ends;
            match reader.read_record(&mut record.cells) {
                Ok(true) => {
                    if act(&record).is_break() {
                        return None;
                    }
                }
                Ok(false) => return None,
                Err(_) => return Some(record.at),
            }
        }
    }

    /// Where the cell with an index from 0 starts, in a row that starts at `row_at`.
    pub(crate) fn cell_at(&self, row_at: usize, index: usize) -> usize {
        let mut quoted = false;
        let mut start = true;
        let mut passed = 0;
        let row = self.text.as_bytes().iter().enumerate().skip(row_at);
        for (at, byte) in row {
            if passed == index {
                return at;
            }
            match *byte {
                b'"' if self.quoting && (start || quoted) => quoted = !quoted,
                b'\r' | b'\n' if !quoted => return row_at,
                delimiter if delimiter == self.delimiter && !quoted => {
                    passed += 1;
                    start = true;
                    continue;
                }
                _ => {}
            }
            start = false;
        }
        row_at
    }
}

/// A spreadsheet's first line that tells the sign, such as `sep=;`: where the rows start, and the sign.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let first = text.lines().next().unwrap_or("");
    let told = first.trim_end().strip_prefix("sep=").map(str::as_bytes);
    match told {
        Some([delimiter @ (b',' | b';' | b'|')]) => (first.len(), Some(*delimiter)),
        Some([]) if first.starts_with("sep=\t") => (first.len(), Some(b'\t')),
        _ => (0, None),
    }
}

/// Whether quotes pair up.
#[derive(Debug, Default)]
struct Quotes {
    /// The first quote that is never closed, or whose closing one has words after it.
    odd_at: Option<usize>,
    /// A quoted cell holds line ends and column signs both, as if it held rows.
    hold_rows: bool,
    /// Quoted cells that end with their quote, and those that do not.
    clean: u32,
    stray: u32,
}

impl Quotes {
    fn of(text: &str, from: usize, delimiter: u8) -> Self {
        let mut found = Self::default();
        let mut opened: Option<usize> = None;
        let mut cell_start = true;
        let (mut delimiters, mut ends) = (false, false);
        let mut bytes = text.bytes().enumerate().skip(from).peekable();
        while let Some((at, byte)) = bytes.next() {
            let Some(open_at) = opened else {
                if byte == b'"' && cell_start {
                    opened = Some(at);
                    (delimiters, ends) = (false, false);
                }
                cell_start = byte == delimiter || matches!(byte, b'\r' | b'\n');
                continue;
            };
            match byte {
                b'"' if bytes.next_if(|(_, next)| *next == b'"').is_some() => {}
                b'"' => {
                    opened = None;
                    found.hold_rows |= delimiters && ends;
                    let after = bytes.peek().map(|(_, next)| *next);
                    if after.is_none_or(|next| next == delimiter || matches!(next, b'\r' | b'\n')) {
                        found.clean = found.clean.saturating_add(1);
                    } else {
                        found.stray = found.stray.saturating_add(1);
                        found.odd_at = found.odd_at.or(Some(open_at));
                    }
                }
                b'\r' | b'\n' => ends = true,
                other => delimiters |= other == delimiter,
            }
        }
        if let Some(open_at) = opened {
            found.hold_rows |= delimiters && ends;
            found.odd_at = found.odd_at.or(Some(open_at));
        }
        found
    }
}

/// A column sign and how well it fits.
struct Found {
    delimiter: u8,
    columns: usize,
    /// Headings that we know: hardly chance.
    known: bool,
}

/// The table format of a text and whether that is beyond doubt, or nothing where no sign gives even rows.
pub(crate) fn looks_like(text: &str) -> Option<(Format, bool)> {
    let (from, told) = separator_line(text);
    if let Some(told) = told {
        return Some((if told == b'\t' { Format::Tsv } else { Format::Csv }, true));
    }
    let found = sniff(text.get(from..)?)?;
    let tabs = found.delimiter == b'\t';
    Some((
        if tabs { Format::Tsv } else { Format::Csv },
        found.known || (tabs && found.columns >= 3),
    ))
}

fn sniff(text: &str) -> Option<Found> {
    let sample = sniffed(text);
    let mut best: Option<(u32, Found)> = None;
    for delimiter in [b'\t', b';', b',', b'|'] {
        let Some((score, found)) = fit(sample, delimiter) else {
            continue;
        };
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, found));
        }
    }
    best.map(|(_, found)| found)
}

/// The beginning of the text, up to a line end.
fn sniffed(text: &str) -> &str {
    if text.len() <= SNIFFED {
        return text;
    }
    let whole = (0..=SNIFFED).rfind(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text.get(..whole).unwrap_or(text);
    start
        .rfind(['\n', '\r'])
        .and_then(|end| start.get(..end))
        .unwrap_or(start)
}

/// How evenly a sign parts the rows: known headings count most, then even rows, then many columns.
fn fit(sample: &str, delimiter: u8) -> Option<(u32, Found)> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(sample.as_bytes());
    let mut widths: Vec<usize> = Vec::new();
    let mut known = false;
    let (mut signs, mut spaced) = (0_usize, 0_usize);
    let mut record = StringRecord::new();
    while widths.len() < SAMPLE_ROWS && matches!(reader.read_record(&mut record), Ok(true)) {
        if widths.is_empty() {
            known = record.len() >= 2 && record.iter().filter(|cell| is_known_heading(cell)).count() >= 2;
        }
        widths.push(record.len());
        signs += record.len() - 1;
        spaced += record.iter().skip(1).filter(|cell| cell.starts_with(' ')).count();
    }
    let first = *widths.first()?;
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let columns = if known {
        first
    } else {
        *sorted.get(sorted.len() / 2)?
    };
    let even = widths.iter().filter(|width| **width == columns).count() * 100 / widths.len();
    let prose = spaced * 2 > signs;
    if columns < 2 || (!known && (widths.len() < 2 || even < 90 || prose)) {
        return None;
    }
    let score = u32::from(known) * 10_000
        + u32::try_from(even).unwrap_or(0) * 50
        + u32::try_from(columns.min(40)).unwrap_or(0);
    Some((
        score,
        Found {
            delimiter,
            columns,
            known,
        },
    ))
}
