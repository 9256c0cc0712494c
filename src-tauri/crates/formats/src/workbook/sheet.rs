//! The cells of one sheet, as text.

use super::strings::{Runs, unescaped};
use crate::markup::{Markup, Node, Problem};

/// A day in ms, which is the unit of times in a cell.
const DAY_MS: f64 = 86_400_000.0;

/// How many times the bytes of sheet and strings the cells' text may have: a string that cells share is written once and
/// said often, and a long one that is said a million times is no transcript.
pub(super) const MOST_SAID: usize = 2;
/// What small sheets may have beyond.
pub(super) const ROOM: usize = 1024 * 1024;

/// Filled cells, row by row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cells {
    /// A row's number from 1, and its cells by column from 0.
    pub(super) rows: Vec<(u32, Vec<(u32, String)>)>,
}

impl Cells {
    /// The first rows, each as wide as the widest of the sheet.
    pub(super) fn top(&self, rows: usize) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        let width = self.columns();
        let top = self.rows.iter().take(rows);
        top.map(move |(_, cells)| padded(cells, width).into_iter())
    }

    /// How many columns there are, up to the last that is filled.
    pub(super) fn columns(&self) -> u32 {
        let filled = self.rows.iter().flat_map(|(_, cells)| cells);
        filled.map(|(column, _)| column + 1).max().unwrap_or(0)
    }
}

/// A row with empty cells where nothing stands.
pub(super) fn padded(cells: &[(u32, String)], width: u32) -> Vec<&str> {
    let mut row = vec![""; usize::try_from(width).unwrap_or(usize::MAX)];
    for (column, text) in cells {
        let cell = usize::try_from(*column)
            .ok()
            .and_then(|column| row.get_mut(column));
        if let Some(cell) = cell {
            *cell = text;
        }
    }
    row
}

#[derive(Default)]
struct Cell {
    column: u32,
    kind: String,
    style: Option<usize>,
    value: String,
    in_value: bool,
    inline: Runs,
}

/// All filled cells in the first `most` columns.
pub(super) fn cells(xml: &str, strings: &[String], times: &[bool], most: u32) -> Result<Cells, Problem> {
    let mut markup = Markup::new(xml);
    let mut done = Cells::default();
    let mut row = 0_u32;
    let mut open: Option<Cell> = None;
    let mut next_column = 0;
    let given = xml.len() + strings.iter().map(String::len).sum::<usize>();
    let mut left = given.saturating_mul(MOST_SAID).saturating_add(ROOM);
    while let Some((at, node)) = markup.next()? {
        if let Some(cell) = &mut open {
            match &node {
                Node::Open(element) if element.name() == "v" => cell.in_value = true,
                Node::Close(closing) if closing.name() == "v" => cell.in_value = false,
                Node::Text(text) if cell.in_value => cell.value.push_str(text),
                Node::Close(closing) if closing.name() == "c" => {
                    next_column = cell.column.saturating_add(1);
                    let text = cell.text(strings, times);
                    left = left.checked_sub(text.len()).ok_or(Problem {
                        at,
                        what: "the sheet says the same long texts over and over",
                    })?;
                    if cell.column < most && !text.is_empty() {
                        match done.rows.last_mut() {
                            Some((number, cells)) if *number == row => cells.push((cell.column, text)),
                            _ => done.rows.push((row, vec![(cell.column, text)])),
                        }
                    }
                    open = None;
                }
                node => cell.inline.take(node),
            }
            continue;
        }
        if let Node::Open(element) = node {
            match element.name() {
                "row" => {
                    let told = element.attribute("r").and_then(|row| row.parse().ok());
                    row = told.unwrap_or(row.saturating_add(1));
                    next_column = 0;
                }
                "c" => {
                    let told = element.attribute("r").and_then(|reference| column(&reference));
                    open = Some(Cell {
                        column: told.unwrap_or(next_column),
                        kind: element.attribute("t").unwrap_or_default(),
                        style: element.attribute("s").and_then(|style| style.parse().ok()),
                        ..Cell::default()
                    });
                }
                _ => {}
            }
        }
    }
    Ok(done)
}

impl Cell {
    fn text(&mut self, strings: &[String], times: &[bool]) -> String {
        let value = self.value.trim();
        match self.kind.as_str() {
            "s" => {
                let shared = value.parse::<usize>().ok().and_then(|index| strings.get(index));
                shared.cloned().unwrap_or_default()
            }
            "inlineStr" => unescaped(std::mem::take(&mut self.inline.text)),
            "str" => unescaped(std::mem::take(&mut self.value)),
            "e" => String::new(),
            _ => {
                let shows_time = self
                    .style
                    .and_then(|style| times.get(style))
                    .copied()
                    .unwrap_or(false);
                let clock = || clock(value.parse().ok()?);
                let told = if shows_time { clock() } else { plain(value) };
                told.unwrap_or_else(|| value.to_owned())
            }
        }
    }
}

/// The time of a number of days: the hours of a day where it is a date.
fn clock(days: f64) -> Option<String> {
    let whole = if days >= 366.0 { days.fract() } else { days };
    let ms = (whole * DAY_MS).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both ends are checked"
    )]
    let ms = (0.0..=f64::from(u32::MAX)).contains(&ms).then_some(ms as u64)?;
    let seconds = ms / 1000;
    Some(format!(
        "{}:{:02}:{:02}.{:03}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        ms % 1000
    ))
}

/// A number without the dust of binary fractions (`36.588000000000001`) and without an exponent.
fn plain(value: &str) -> Option<String> {
    let long = value.len() > 15 || value.contains(['e', 'E']);
    let number: f64 = value.parse().ok().filter(|_| long)?;
    number.is_finite().then(|| {
        let rounded = format!("{number:.9}");
        rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
    })
}

/// The column from 0 of a reference such as `AB12`.
fn column(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_u32;
    for letter in letters {
        let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_every_kind() {
        let xml = "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c><c t=\"str\"><f>A1</f><v>by formula</v></c><c t=\"e\"><v>#N/A</v></c></row><row><c s=\"1\"><v>8.4027777777777781E-3</v></c><c><v>36.588000000000001</v></c><c s=\"1\"><v>45000.5</v></c><c t=\"s\"><v>99</v></c><c r=\"XFD3\"><v>1</v></c></row></sheetData></worksheet>";
        let cells = cells(xml, &["zero".into(), "one".into()], &[false, true], 256).unwrap();
        let row = |cells: &[(u32, &str)]| {
            cells
                .iter()
                .map(|(at, text)| (*at, (*text).to_owned()))
                .collect::<Vec<_>>()
        };
        let expected = [
            (2, row(&[(0, "one"), (2, "inline"), (3, "by formula")])),
            (3, row(&[(0, "0:12:06.000"), (1, "36.588"), (2, "12:00:00.000")])),
        ];
        assert_eq!(cells.rows, expected);
        assert_eq!(cells.columns(), 4);
    }

    #[test]
    fn references() {
        let check = |reference, expected| assert_eq!(column(reference), expected, "{reference}");
        check("A1", Some(0));
        check("Z9", Some(25));
        check("aa10", Some(26));
        check("XFD1", Some(16_383));
        check("12", None);
        check("ZZZZZZZZZZ1", None);
    }
}
