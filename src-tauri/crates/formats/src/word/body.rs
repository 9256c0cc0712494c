//! The body of a document as paragraphs and rows of tables.

use crate::markup::{Markup, Node, Problem};

/// A stretch of the body, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(String),
    /// The cells of one row; a cell that spans columns is followed by empty ones.
    Row(Vec<String>),
}

/// What holds no words of the transcript, whatever stands in it. A change that is tracked keeps its old words in `del` and
/// `moveFrom`; `Fallback` and `txbxContent` repeat or adorn.
const LEFT_OUT: &[&str] = &[
    "del",
    "moveFrom",
    "Fallback",
    "txbxContent",
    "instrText",
    "delText",
    "pPr",
    "sectPr",
];
/// Cells that one cell may span.
const WIDEST_SPAN: usize = 16;

/// All blocks of a document's XML.
pub(super) fn blocks(xml: &str) -> Result<Vec<Block>, Problem> {
    let mut markup = Markup::new(xml);
    let mut body = Body::default();
    while let Some((_, node)) = markup.next()? {
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
            Node::Close(closing) => body.close(closing.name()),
            Node::Text(text) if body.in_text => body.push(&text),
            Node::Text(_) => {}
        }
    }
    Ok(body.done)
}

#[derive(Default)]
struct Body {
    done: Vec<Block>,
    paragraph: String,
    /// The cells of the row that is read, of the outermost table alone.
    row: Vec<String>,
    cell: String,
    tables: usize,
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
            "tbl" => self.tables += 1,
            "r" => self.hidden = false,
            "t" => self.in_text = true,
            "tc" if self.tables == 1 => self.span = 1,
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
                if self.tables == 0 {
                    self.done.push(Block::Paragraph(paragraph));
                } else if !paragraph.trim().is_empty() {
                    if !self.cell.is_empty() {
                        self.cell.push('\n');
                    }
                    self.cell.push_str(&paragraph);
                }
            }
            "tc" if self.tables == 1 => {
                self.row.push(std::mem::take(&mut self.cell));
                let further = self.span.saturating_sub(1);
                self.row.extend(std::iter::repeat_n(String::new(), further));
            }
            "tr" if self.tables == 1 => self.done.push(Block::Row(std::mem::take(&mut self.row))),
            "tbl" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if !self.hidden {
            self.paragraph.push_str(text);
        }
    }
}
