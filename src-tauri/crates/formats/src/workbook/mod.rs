//! Spreadsheets (.xlsx): one sheet as a table, with the same columns and guesses as CSV.
//!
//! The first sheet is read whose columns are words and speakers or times; where there is none, the first with rows in at
//! least two columns. Others are left out and said. Numbers are taken as they are
//! kept, times and dates of a cell's format as a clock time (`h:mm:ss.mmm`), formulas by the value that was kept with them.
//! Left out: formatting, hidden marks, comments. Old `.xls` and OpenDocument sheets are not read.
//!
//! Read by some three hundred lines of our own over `zip` and `quick-xml`. The source of
//! `calamine` 0.38 was read and the crate left: it makes room for as many strings as the file says it has, before any is read.

mod sheet;
mod strings;
mod styles;

use std::collections::HashMap;

use self::sheet::{Cells, MOST_SAID, ROOM, cells, padded};
use crate::crowd;
use crate::error::FormatError;
use crate::format::Format;
use crate::markup::{Markup, Node, Problem};
use crate::packed::{Package, relations};
use crate::place::Source;
use crate::table;
use crate::unpacked::{Layout, Unpacked};
use crate::warning::WarningKind;

/// No transcript has more columns; what stands beyond is left out.
const MOST_COLUMNS: u32 = 256;

/// A sheet's rows.
///
/// # Errors
/// A file that cannot be unpacked, or whose XML is broken.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Unpacked, FormatError> {
    let mut package = Package::open(bytes, Format::Xlsx)?;
    let strings = part(&mut package, "xl/sharedStrings.xml", strings::strings)?.unwrap_or_default();
    let times = part(&mut package, "xl/styles.xml", styles::times)?.unwrap_or_default();
    let sheets = sheet_paths(&mut package)?;
    let open = |package: &mut Package<'_>, path: &str| {
        let found = part(package, path, |xml| {
            cells(xml, &strings, &times, MOST_COLUMNS).map(|found| (found, xml.len()))
        })?;
        let Some((found, length)) = found.filter(|(found, _)| found.columns() >= 2) else {
            return Ok(None);
        };
        crowd::refuse_count(found.rows.len(), length)?;
        Ok(Some((found, length)))
    };
    let mut unpacked = Unpacked::empty(Layout::Rows);
    let mut fallback = None;
    let mut chosen = None;
    for (number, path) in (1_u32..).zip(&sheets) {
        let Some(found) = open(&mut package, path)? else {
            continue;
        };
        if table::speaks(found.0.top(table::SAMPLE_ROWS)) {
            chosen = Some((number, found));
            break;
        }
        fallback = fallback.or(Some((number, path)));
    }
    if let (None, Some((number, path))) = (&chosen, fallback) {
        chosen = open(&mut package, path)?.map(|found| (number, found));
    }
    if let Some((number, (found, length))) = chosen {
        write(&found, length, &mut unpacked);
        let others = sheets.len() - 1;
        if others > 0 {
            let text = format!("sheet {number} was read; {others} others were left out");
            unpacked.noticed.push((WarningKind::SheetLeftOut, 0, text));
        }
    }
    Ok(unpacked)
}

/// A part read to its end, or nothing where there is none.
fn part<T>(
    package: &mut Package<'_>,
    name: &str,
    read: impl FnOnce(&str) -> Result<T, Problem>,
) -> Result<Option<T>, FormatError> {
    let Some(xml) = package.text(name)? else {
        return Ok(None);
    };
    read(&xml)
        .map(Some)
        .map_err(|problem| problem.error(&Source::new(&xml), Format::Xlsx))
}

/// The parts of the sheets, in the order of the workbook.
fn sheet_paths(package: &mut Package<'_>) -> Result<Vec<String>, FormatError> {
    let ids = part(package, "xl/workbook.xml", |xml| {
        attributes(xml, "sheet", ["id", "state"])
    })?;
    let relations = relations(package, "xl/_rels/workbook.xml.rels")?;
    let targets: HashMap<&str, &str> = relations
        .iter()
        .map(|relation| (relation.id.as_str(), relation.target.as_str()))
        .collect();
    let path = |id: &str| {
        let target = targets.get(id)?;
        Some(match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        })
    };
    let shown = ids
        .unwrap_or_default()
        .into_iter()
        .filter(|(_, state)| state.is_empty() || state == "visible");
    Ok(shown.filter_map(|(id, _)| path(&id)).collect())
}

/// Two attributes of every element of a name; an absent one is empty.
fn attributes(xml: &str, name: &str, wanted: [&str; 2]) -> Result<Vec<(String, String)>, Problem> {
    let mut markup = Markup::new(xml);
    let mut found = Vec::new();
    while let Some((_, node)) = markup.next()? {
        if let Node::Open(element) = node
            && element.name() == name
        {
            let [one, other] = wanted.map(|name| element.attribute(name).unwrap_or_default());
            found.push((one, other));
        }
    }
    Ok(found)
}

/// Rows as wide as the widest, so that each has all columns; where a sheet of that length would swell by it, each as wide as
/// what stands in it.
fn write(cells: &Cells, length: usize, unpacked: &mut Unpacked) {
    let width = cells.columns();
    let all = cells.rows.len().saturating_mul(width as usize);
    let swells = all > length.saturating_mul(MOST_SAID).saturating_add(ROOM);
    for (line, filled) in &cells.rows {
        let own = filled.iter().map(|(column, _)| column + 1).max().unwrap_or(0);
        let width = if swells { own.max(2) } else { width };
        unpacked.row(*line, padded(filled, width));
    }
}

#[cfg(test)]
mod tests;
