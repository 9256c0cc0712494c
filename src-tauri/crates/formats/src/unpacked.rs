//! A file that is no text by itself, put into words: what a reader of text or tables goes on with.

use crate::place::Mark;
use crate::project::Document;
use crate::warning::WarningKind;

/// Text that was put together from a file, and where its parts stand in it.
#[derive(Debug)]
pub(crate) struct Unpacked {
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
    pub(crate) layout: Layout,
    /// What was noticed on the way, by offset in the text.
    pub(crate) noticed: Vec<(WarningKind, usize, String)>,
}

/// How the text is to be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Paragraphs, with blank lines between.
    Prose,
    /// Rows of quoted cells with tabulators between.
    Rows,
    /// Several texts, one after the other.
    Documents(Vec<Document>),
}

impl Unpacked {
    pub(crate) fn empty(layout: Layout) -> Self {
        Self {
            text: String::new(),
            marks: Vec::new(),
            layout,
            noticed: Vec::new(),
        }
    }

    /// Adds a paragraph, which is counted as line `line`.
    pub(crate) fn paragraph(&mut self, line: u32, text: &str) {
        self.marks.push(Mark::characters(self.text.len(), line));
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    /// Adds a line with its end, if it has one.
    pub(crate) fn line(&mut self, line: u32, text: &str) {
        self.marks.push(Mark::characters(self.text.len(), line));
        self.text.push_str(text);
    }

    /// Adds a row, which is counted as line `line`; columns count cells. An empty cell takes no more than one byte, so that
    /// a wide sheet with little in it stays small.
    pub(crate) fn row<'c>(&mut self, line: u32, cells: impl IntoIterator<Item = &'c str>) {
        for (column, cell) in (1..).zip(cells) {
            if column > 1 {
                self.text.push('\t');
            }
            if cell.is_empty() && column > 1 {
                continue;
            }
            self.marks.push(Mark::cell(self.text.len(), line, column));
            if cell.is_empty() {
                continue;
            }
            self.text.push('"');
            for (index, part) in cell.split('"').enumerate() {
                self.text.push_str(if index > 0 { "\"\"" } else { "" });
                self.text.push_str(part);
            }
            self.text.push('"');
        }
        self.text.push('\n');
    }
}
