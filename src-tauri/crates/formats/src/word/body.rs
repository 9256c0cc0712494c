//! The body of a document as paragraphs and rows of tables.

use crate::markup::{Markup, Node, Problem};

/// A stretch of the body with words in it, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// From 1: a paragraph, and a row of a table, counts as one line, empty or not.
    pub(super) line: u32,
    pub(super) content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Paragraph(String),
    /// The cells of one row, and the number of its table; a cell that spans columns is followed by empty ones.
    Row {
        table: u32,
        cells: Vec<String>,
    },
}

/// What holds no words of the transcript, whatever stands in it. A change that is tracked keeps its old words in `del` and
/// `moveFrom`, and how things looked before in `rPrChange` and `tcPrChange`; `Fallback` and `txbxContent` repeat or adorn.
const LEFT_OUT: &[&str] = &[
    "del",
    "moveFrom",
    "Fallback",
    "txbxContent",
    "instrText",
    "delText",
    "pPr",
    "sectPr",
    "rPrChange",
    "tcPrChange",
];
/// Cells that one cell may span.
const WIDEST_SPAN: usize = 16;
/// Word's own limit; a row with more was not made by it.
const MOST_COLUMNS: usize = 63;

/// All blocks of a document's XML.
pub(super) fn blocks(xml: &str) -> Result<Vec<Block>, Problem> {
    let mut markup = Markup::new(xml);
    let mut body = Body::default();
    while let Some((at, node)) = markup.next()? {
        match node {
            Node::Open(_) if body.skipping > 0 => body.skipping += 1,
            Node::Close(_) if body.skipping > 0 => body.skipping -= 1,
            Node::Text(_) if body.skipping > 0 => {}
            Node::Open(element) if LEFT_OUT.contains(&element.name()) => body.skipping = 1,
            Node::Open(element) => match element.name() {
                "gridSpan" => {
                    let span = element.attribute("val").and_then(|span| span.parse().ok());
                    body.span = span.unwrap_or(1_usize).clamp(1, WIDEST_SPAN);
                }
                "vanish" => {
                    let off = element.attribute("val");
                    body.hidden = !matches!(off.as_deref(), Some("0" | "false" | "off"));
                }
                name => body.open(name),
            },
            Node::Close(closing) => {
                body.close(closing.name());
                if body.row.len() > MOST_COLUMNS {
                    let what = "the row has more columns than a table of Word can have";
                    return Err(Problem { at, what });
                }
            }
            Node::Text(text) if body.in_text => body.push(&text),
            Node::Text(_) => {}
        }
    }
    Ok(body.done)
}

#[derive(Default)]
struct Body {
    done: Vec<Block>,
    /// How many lines there were.
    lines: u32,
    paragraph: String,
    /// The cells of the row that is read, of the outermost table alone.
    row: Vec<String>,
    cell: String,
    /// How deep in tables.
    depth: usize,
    /// How many outermost tables began.
    table: u32,
    span: usize,
    in_text: bool,
    /// The run that is read is hidden.
    hidden: bool,
    /// How deep in something that is left out.
    skipping: usize,
}

impl Body {
    fn open(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.table = self.table.saturating_add(u32::from(self.depth == 0));
                self.depth += 1;
            }
            "r" => self.hidden = false,
            "t" => self.in_text = true,
            "tc" if self.depth == 1 => self.span = 1,
            "tab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                if self.depth == 0 {
                    let blank = paragraph.trim().is_empty();
                    self.add(blank, Content::Paragraph(paragraph));
                } else if !paragraph.trim().is_empty() {
                    if !self.cell.is_empty() {
                        self.cell.push('\n');
                    }
                    self.cell.push_str(&paragraph);
                }
            }
            "tc" if self.depth == 1 => {
                self.row.push(std::mem::take(&mut self.cell));
                let further = self.span.saturating_sub(1);
                self.row.extend(std::iter::repeat_n(String::new(), further));
            }
            "tr" if self.depth == 1 => {
                let cells = std::mem::take(&mut self.row);
                let blank = cells.iter().all(|cell| cell.trim().is_empty());
                let table = self.table;
                self.add(blank, Content::Row { table, cells });
            }
            "tbl" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Counts a line, and keeps it unless it is blank.
    fn add(&mut self, blank: bool, content: Content) {
        self.lines = self.lines.saturating_add(1);
        if !blank {
            let line = self.lines;
            self.done.push(Block { line, content });
        }
    }

    fn push(&mut self, text: &str) {
        if !self.hidden {
            self.paragraph.push_str(text);
        }
    }
}
