//! Word documents (.docx): paragraphs as plain text is read, or tables by their columns, whichever holds more words.
//!
//! Kept: the words of the body as they stand after all changes that are tracked, tabulators, line breaks, tables. Left
//! out: deleted and hidden words, comments, notes, headers and footers, text boxes, numbering, pictures, and all formatting.
//! A paragraph, and a row of a table, counts as one line. `docx-rs` 0.4 was left without a
//! trial: it calls itself a writer, and of its document nothing but paragraphs and cells would be needed.

mod body;

use self::body::{Block, blocks};
use crate::error::FormatError;
use crate::format::Format;
use crate::packed::Package;
use crate::place::{Source, number};
use crate::unpacked::{Layout, Unpacked};
use crate::warning::WarningKind;

/// Where the words stand.
const DOCUMENT: &str = "word/document.xml";

/// The document's words, as prose or as rows.
///
/// # Errors
/// A file that cannot be unpacked, or whose XML is broken.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Unpacked, FormatError> {
    let mut package = Package::open(bytes, Format::Docx)?;
    let xml = package
        .text(DOCUMENT)?
        .ok_or(FormatError::Damaged { format: Format::Docx })?;
    let blocks = blocks(&xml).map_err(|problem| problem.error(&Source::new(&xml), Format::Docx))?;
    drop(xml);
    Ok(if is_table(&blocks) {
        rows(&blocks)
    } else {
        prose(&blocks)
    })
}

/// More words in rows of at least two filled cells than everywhere else.
fn is_table(blocks: &[Block]) -> bool {
    let (mut within, mut rows, mut without) = (0_usize, 0, 0);
    for block in blocks {
        match block {
            Block::Row(cells) if cells.iter().filter(|cell| !cell.trim().is_empty()).count() >= 2 => {
                rows += 1;
                within += cells.iter().map(String::len).sum::<usize>();
            }
            Block::Row(cells) => without += cells.iter().map(String::len).sum::<usize>(),
            Block::Paragraph(text) => without += text.len(),
        }
    }
    rows >= 2 && within > without
}

fn prose(blocks: &[Block]) -> Unpacked {
    let mut unpacked = Unpacked::empty(Layout::Prose);
    for (index, block) in blocks.iter().enumerate() {
        let line = number(index + 1);
        match block {
            Block::Paragraph(text) => unpacked.paragraph(line, text),
            Block::Row(cells) => {
                let filled: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
                unpacked.paragraph(line, filled.join("\t").trim());
            }
        }
    }
    unpacked
}

fn rows(blocks: &[Block]) -> Unpacked {
    let mut unpacked = Unpacked::empty(Layout::Rows);
    let mut outside = 0_u32;
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Row(cells) => unpacked.row(number(index + 1), cells.iter().map(String::as_str)),
            Block::Paragraph(text) => outside += u32::from(!text.trim().is_empty()),
        }
    }
    if outside > 0 {
        let text = format!("{outside} paragraphs stand outside the table and were left out");
        unpacked.noticed.push((WarningKind::PrefaceLeftOut, 0, text));
    }
    unpacked
}

#[cfg(test)]
mod tests;
