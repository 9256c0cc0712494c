//! Word documents (.docx): paragraphs as plain text is read, or the tables that hold the transcript by their columns.
//!
//! Kept: the words of the body as they stand after all changes that are tracked, tabulators, line breaks, tables. Left
//! out: deleted and hidden words, comments, notes, headers and footers, text boxes, numbering, pictures, and all formatting.
//! A paragraph, and a row of a table, counts as one line. `docx-rs` 0.4 was left without a
//! trial: it calls itself a writer, and of its document nothing but paragraphs and cells would be needed.

mod body;
mod tables;

use self::body::{Block, Content, blocks};
use crate::crowd;
use crate::error::FormatError;
use crate::format::Format;
use crate::packed::{Package, relations};
use crate::place::Source;
use crate::unpacked::{Layout, Unpacked};
use crate::warning::WarningKind;

/// Where the words stand in most documents.
const DOCUMENT: &str = "word/document.xml";

/// The document's words, as prose or as rows.
///
/// # Errors
/// A file that cannot be unpacked, or whose XML is broken.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Unpacked, FormatError> {
    let mut package = Package::open(bytes, Format::Docx)?;
    let path = main_part(&mut package)?;
    let xml = package
        .text(&path)?
        .ok_or(FormatError::Damaged { format: Format::Docx })?;
    let blocks = blocks(&xml).map_err(|problem| problem.error(&Source::new(&xml), Format::Docx))?;
    crowd::refuse_count(blocks.len(), xml.len())?;
    drop(xml);
    let spoken = tables::spoken(&blocks);
    Ok(if spoken.is_empty() {
        prose(&blocks)
    } else {
        rows(&blocks, &spoken)
    })
}

/// The part that the package names as its document; where it names none, the one that is called so.
fn main_part(package: &mut Package<'_>) -> Result<String, FormatError> {
    let named = relations(package, "_rels/.rels")?
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"));
    if let Some(relation) = named {
        return Ok(relation.target.trim_start_matches('/').to_owned());
    }
    let is_document = |name: &String| {
        let name = name.strip_prefix("word/document");
        name.is_some_and(|rest| rest.ends_with(".xml") && !rest.contains('/'))
    };
    let found = package.names().filter(is_document).min();
    Ok(found.unwrap_or_else(|| DOCUMENT.to_owned()))
}

fn prose(blocks: &[Block]) -> Unpacked {
    let mut unpacked = Unpacked::empty(Layout::Prose);
    for Block { line, content } in blocks {
        match content {
            Content::Paragraph(text) => unpacked.paragraph(*line, text),
            Content::Row { cells, .. } => {
                let filled = cells
                    .iter()
                    .map(|cell| cell.trim())
                    .filter(|cell| !cell.is_empty());
                unpacked.paragraph(*line, &filled.collect::<Vec<_>>().join("\t"));
            }
        }
    }
    unpacked
}

/// The rows of the chosen tables; headings that are repeated where a table goes on are left out.
fn rows(blocks: &[Block], chosen: &[u32]) -> Unpacked {
    let mut unpacked = Unpacked::empty(Layout::Rows);
    let mut top: Option<&[String]> = None;
    let mut last = 0;
    let (mut paragraphs, mut others) = (0_u32, 0_u32);
    for Block { line, content } in blocks {
        match content {
            Content::Row { table, cells } if chosen.contains(table) => {
                let begins = std::mem::replace(&mut last, *table) != *table;
                if !(begins && top == Some(cells)) {
                    unpacked.row(*line, cells.iter().map(String::as_str));
                }
                top = top.or(Some(cells));
            }
            Content::Row { .. } => others += 1,
            Content::Paragraph(_) => paragraphs += 1,
        }
    }
    let mut left_out = |count: u32, what: &str| {
        if count > 0 {
            let text = format!("{count} {what} outside the table and were left out");
            unpacked.noticed.push((WarningKind::PrefaceLeftOut, 0, text));
        }
    };
    left_out(paragraphs, "paragraphs stand");
    left_out(others, "rows of other tables stand");
    unpacked
}

#[cfg(test)]
mod tests;
