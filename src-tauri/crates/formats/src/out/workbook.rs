//! A workbook for Excel and LibreOffice: the tables as sheets, with what they are, their columns and the codebook.
//!
//! Text is written as text, never as a formula, so it needs no guard. `rust_xlsxwriter` writes; by hand it would be a
//! second thousand lines of XML.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::cell::Cell;
use super::dictionary::{self, Sheet};
use super::material::Case;
use super::setting::Setting;
use super::tables::{self, Table};
use super::{OutError, Target, Writer};

/// The most characters that a cell of Excel holds; a longer text ends in an ellipsis.
const LONGEST: usize = 32_767;
/// Rows of a sheet, without its heading.
const MOST_ROWS: u32 = 1_048_575;

/// Gathers the sheets and writes them at the end.
pub(super) struct Book {
    setting: Setting,
    tables: Vec<Table>,
    sheets: Vec<Filling>,
}

/// A sheet that rows are put into.
struct Filling {
    sheet: Worksheet,
    rows: u32,
}

impl Book {
    pub(super) fn new(setting: Setting) -> Self {
        Self {
            tables: tables::all(&setting),
            setting,
            sheets: Vec::new(),
        }
    }

    fn open(&mut self) -> Result<(), OutError> {
        if !self.sheets.is_empty() {
            return Ok(());
        }
        for table in &self.tables {
            let head: Vec<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
            let sheet = headed(table.title, &head)?;
            self.sheets.push(Filling { sheet, rows: 0 });
        }
        Ok(())
    }
}

impl Writer for Book {
    fn case(&mut self, case: &Case, _: &mut dyn Target) -> Result<(), OutError> {
        self.open()?;
        for (table, filling) in self.tables.iter().zip(&mut self.sheets) {
            table.rows(&self.setting, case, |cells| {
                if filling.rows >= MOST_ROWS {
                    return Err(OutError::SheetFull { sheet: table.title });
                }
                filling.rows += 1;
                put(&mut filling.sheet, filling.rows, &cells)
            })?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        self.open()?;
        let mut book = Workbook::new();
        // The same study gives the same bytes: no clock is asked.
        let made = ExcelDateTime::from_ymd(1980, 1, 1).map_err(said)?;
        book.set_properties(
            &DocProperties::new()
                .set_title(&self.setting.origin.study)
                .set_comment(&self.setting.origin.program)
                .set_creation_datetime(&made),
        );
        book.push_worksheet(whole(&dictionary::about(&self.setting))?);
        for Filling { sheet, .. } in self.sheets {
            book.push_worksheet(sheet);
        }
        book.push_worksheet(whole(&dictionary::columns(&self.tables))?);
        book.push_worksheet(whole(&dictionary::codebook(&self.setting))?);
        let bytes = book.save_to_buffer().map_err(said)?;
        let mut file = target.file("")?;
        file.write_all(&bytes)?;
        Ok(file.flush()?)
    }
}

fn whole(of: &Sheet) -> Result<Worksheet, OutError> {
    let mut sheet = headed(of.title, &of.head)?;
    for (row, cells) in (1..).zip(&of.rows) {
        put(&mut sheet, row, cells)?;
    }
    Ok(sheet)
}

/// A sheet with its heading, which stays in view.
fn headed(title: &str, head: &[&str]) -> Result<Worksheet, OutError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(title).map_err(said)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(head) {
        sheet
            .write_string_with_format(0, column, *name, &bold)
            .map_err(said)?;
        let wide = name.len().clamp(9, 28);
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        sheet.set_column_width(column, wide as f64 + 2.0).map_err(said)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(said)?;
    Ok(sheet)
}

fn put(sheet: &mut Worksheet, row: u32, cells: &[Cell]) -> Result<(), OutError> {
    for (column, cell) in (0..).zip(cells) {
        match cell {
            Cell::Empty => continue,
            Cell::Text(text) => sheet.write_string(row, column, fitting(text)),
            #[expect(clippy::cast_precision_loss, reason = "ms and counts are far below 2^53")]
            Cell::Whole(value) => sheet.write_number(row, column, *value as f64),
            Cell::Number(value) => sheet.write_number(row, column, *value),
            Cell::Yes | Cell::No | Cell::CannotJudge => sheet.write_string(row, column, cell.written()),
        }
        .map_err(said)?;
    }
    Ok(())
}

/// The text as a cell can hold it: Excel counts UTF-16 units.
fn fitting(text: &str) -> String {
    let mut left = LONGEST;
    let mut fits = String::new();
    for character in text.chars() {
        if left <= character.len_utf16() {
            fits.push('…');
            break;
        }
        left -= character.len_utf16();
        fits.push(character);
    }
    fits
}

fn said(error: XlsxError) -> OutError {
    match error {
        XlsxError::IoError(error) => OutError::Io(error),
        other => OutError::Workbook(other.to_string()),
    }
}
