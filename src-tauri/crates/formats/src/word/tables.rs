//! Which of a document's tables hold the transcript, and whether it is they rather than the paragraphs.
//!
//! A page about the session often stands before the transcript as a table of its own. The table is read whose columns are
//! speakers, times and words, and of several the one with most words; tables that go on with it after a page's end are known
//! by its width and by what recurs in their columns. All others are left out, and said.

use std::collections::{BTreeMap, HashSet};

use super::body::{Block, Content};
use crate::table;
use crate::text;
use crate::time::{self, Unit};

/// A cell up to this length is a speaker, a heading or the like, in bytes.
const SHORT: usize = 32;

/// A table's rows that hold words.
#[derive(Debug, Default)]
struct Table<'b> {
    rows: Vec<&'b [String]>,
}

impl Table<'_> {
    fn words(&self) -> usize {
        self.rows.iter().flat_map(|row| row.iter()).map(String::len).sum()
    }

    /// At least two rows with words in two cells.
    fn has_columns(&self) -> bool {
        let filled = |row: &&&[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count() >= 2;
        self.rows.iter().filter(filled).nth(1).is_some()
    }

    fn speaks(&self) -> bool {
        table::speaks(self.rows.iter().map(|row| row.iter().map(String::as_str)))
    }

    fn width(&self) -> usize {
        self.rows.iter().map(|row| row.len()).max().unwrap_or(0)
    }

    /// Short cells with their columns; all times count as one.
    fn short_cells(&self) -> HashSet<(usize, &str)> {
        let cells = self.rows.iter().flat_map(|row| row.iter().enumerate());
        cells
            .map(|(column, cell)| (column, cell.trim()))
            .filter(|(_, cell)| !cell.is_empty() && cell.len() <= SHORT)
            .map(|(column, cell)| {
                let is_time = time::cell(cell, Unit::Seconds).is_some();
                (column, if is_time { "0:00" } else { cell })
            })
            .collect()
    }
}

/// The numbers of the tables that are the transcript; none where the paragraphs are.
pub(super) fn spoken(blocks: &[Block]) -> Vec<u32> {
    let mut tables: BTreeMap<u32, Table<'_>> = BTreeMap::new();
    for block in blocks {
        if let Content::Row { table, cells } = &block.content {
            tables.entry(*table).or_default().rows.push(cells);
        }
    }
    let best = tables
        .iter()
        .filter(|(_, table)| table.has_columns())
        .max_by_key(|(number, table)| (table.speaks(), table.words(), std::cmp::Reverse(**number)));
    let Some((first, best)) = best else {
        return Vec::new();
    };
    let known = best.short_cells();
    let goes_on = |table: &Table<'_>| {
        table.width() == best.width() && table.short_cells().iter().any(|cell| known.contains(cell))
    };
    let chosen: Vec<u32> = tables
        .iter()
        .filter(|(number, table)| *number == first || goes_on(table))
        .map(|(number, _)| *number)
        .collect();
    let within: usize = chosen
        .iter()
        .filter_map(|number| tables.get(number))
        .map(Table::words)
        .sum();
    let (without, turns) = outside(blocks, &chosen);
    if within > without || best.speaks() && !turns {
        chosen
    } else {
        Vec::new()
    }
}

/// How many bytes of words stand outside the chosen tables, and whether the paragraphs among them are turns.
fn outside(blocks: &[Block], chosen: &[u32]) -> (usize, bool) {
    let mut words = 0;
    let mut paragraphs = String::new();
    for block in blocks {
        match &block.content {
            Content::Paragraph(text) => {
                words += text.len();
                paragraphs.push_str(text);
                paragraphs.push('\n');
            }
            Content::Row { table, .. } if chosen.contains(table) => {}
            Content::Row { cells, .. } => words += cells.iter().map(String::len).sum::<usize>(),
        }
    }
    (words, text::looks_like(&paragraphs))
}
