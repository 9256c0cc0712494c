//! A table of anything, cell by cell: for what is no transcript, such as outcomes. First row: headings.
//!
//! Which column is what is not known here.

use crate::error::FormatError;
use crate::format::Format;
use crate::place::{Mark, Place, Source};
use crate::read;
use crate::table;

/// A cell, trimmed, and where it stands: line and column of characters; in a workbook row and column of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    pub text: String,
    pub place: Place,
}

/// A table. Rows that are empty are left out; a row may be shorter than the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    pub headings: Vec<GridCell>,
    pub rows: Vec<Vec<GridCell>>,
    /// Numbers in it may have a decimal comma: the sign between columns is none.
    pub decimal_comma: bool,
}

/// Reads a table of text (CSV, TSV, with `;` or `|` between columns) or the first sheet of a workbook.
///
/// # Errors
/// Files that are empty, too large, not text, or no table.
pub fn read_grid(bytes: &[u8], name: &str) -> Result<Grid, FormatError> {
    let opened = read::open_table(bytes, name)?;
    let source = Source::marked(&opened.text, &opened.marks);
    let mut rows = Vec::new();
    let delimiter = table::each_row(&source, opened.format, |cells| {
        let cells: Vec<GridCell> = cells
            .map(|(text, at)| GridCell {
                text: text.trim().to_owned(),
                place: source.place(at),
            })
            .collect();
        if cells.iter().any(|cell| !cell.text.is_empty()) {
            rows.push(cells);
        }
    })?;
    if rows.is_empty() {
        return Err(FormatError::Empty);
    }
    let headings = rows.remove(0);
    Ok(Grid {
        headings,
        rows,
        decimal_comma: delimiter != b',',
    })
}

/// A table as text, with the format its cells are written in.
pub(crate) struct OpenedTable {
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
    pub(crate) format: Format,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cells: &[GridCell]) -> Vec<&str> {
        cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    #[test]
    fn cells_know_where_they_stand() {
        let grid = read_grid("case,BDI\n\"Ada, L.\", 12\n\nBruno,x\n".as_bytes(), "o.csv").unwrap();
        assert_eq!(texts(&grid.headings), ["case", "BDI"]);
        assert_eq!(texts(&grid.rows[0]), ["Ada, L.", "12"]);
        assert_eq!(grid.rows[1][1].place, Place { line: 4, column: 7 });
        assert!(!grid.decimal_comma);
    }

    #[test]
    fn a_semicolon_leaves_the_comma_to_numbers() {
        let grid = read_grid("case;BDI\nAda;12,5\n".as_bytes(), "o.csv").unwrap();
        assert_eq!(texts(&grid.rows[0]), ["Ada", "12,5"]);
        assert!(grid.decimal_comma);
        let tabs = read_grid("case\tBDI\nAda\t12,5\n".as_bytes(), "o.tsv").unwrap();
        assert_eq!(texts(&tabs.rows[0]), ["Ada", "12,5"]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for bytes in [&b""[..], b"  \n ", b"%PDF-1.7\n%a,b\n"] {
            assert!(read_grid(bytes, "o.csv").is_err(), "{bytes:?}");
        }
    }
}
