//! Folders of CSV or TSV files: the tables, what their columns mean, the codebook, the rule; with a script where R or
//! SPSS is to read them.
//!
//! UTF-8 without a mark, one line end for each row, quoted as RFC 4180 says. Text is guarded against spreadsheets
//! ([`super::unguarded`] takes the guard off).

use std::io::Write;

use super::cell::Cell;
use super::dictionary::{self, Sheet};
use super::form::Form;
use super::material::Case;
use super::script;
use super::setting::Setting;
use super::tables::{self, Table};
use super::{OutError, Target, Writer};

type File = csv::Writer<Box<dyn Write + Send>>;

/// Writes tables row by row.
pub(super) struct Tables {
    form: Form,
    setting: Setting,
    tables: Vec<Table>,
    /// Of each table, once there was a case.
    files: Vec<File>,
}

impl Tables {
    pub(super) fn new(form: Form, setting: Setting) -> Self {
        Self {
            form,
            tables: tables::all(&setting),
            setting,
            files: Vec::new(),
        }
    }

    /// Opens the files of all tables with their headings.
    fn open(&mut self, target: &mut dyn Target) -> Result<(), OutError> {
        if !self.files.is_empty() {
            return Ok(());
        }
        for table in &self.tables {
            let mut file = self.file(target, table.name)?;
            write(&mut file, table.columns.iter().map(|column| column.key.clone()))?;
            self.files.push(file);
        }
        Ok(())
    }

    fn file(&self, target: &mut dyn Target, name: &str) -> Result<File, OutError> {
        let (delimiter, ending) = match self.form {
            Form::Tsv => (b'\t', "tsv"),
            _ => (b',', "csv"),
        };
        let file = target.file(&format!("{name}.{ending}"))?;
        Ok(csv::WriterBuilder::new().delimiter(delimiter).from_writer(file))
    }

    fn sheet(&self, target: &mut dyn Target, sheet: &Sheet) -> Result<(), OutError> {
        let mut file = self.file(target, sheet.name)?;
        write(&mut file, sheet.head.iter().map(ToString::to_string))?;
        for row in &sheet.rows {
            write(&mut file, row.iter().map(|cell| written(cell, self.form)))?;
        }
        Ok(file.flush()?)
    }
}

impl Writer for Tables {
    fn case(&mut self, case: &Case, target: &mut dyn Target) -> Result<(), OutError> {
        self.open(target)?;
        let form = self.form;
        for (table, file) in self.tables.iter().zip(&mut self.files) {
            table.rows(&self.setting, case, |cells| {
                write(file, cells.iter().map(|cell| written(cell, form)))
            })?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        self.open(target)?;
        for file in &mut self.files {
            file.flush()?;
        }
        self.sheet(target, &dictionary::about(&self.setting))?;
        self.sheet(target, &dictionary::columns(&self.tables))?;
        self.sheet(target, &dictionary::codebook(&self.setting))?;
        if self.setting.classes {
            let mut file = target.file("rule.json")?;
            writeln!(file, "{}", self.setting.origin.rule_json())?;
            file.flush()?;
        }
        let script = match self.form {
            Form::R => Some(("read.R", script::r(&self.setting, &self.tables))),
            Form::Spss => Some(("read.sps", script::spss(&self.setting, &self.tables))),
            _ => None,
        };
        if let Some((name, text)) = script {
            let mut file = target.file(name)?;
            file.write_all(text.as_bytes())?;
            file.flush()?;
        }
        Ok(())
    }
}

/// SPSS takes every line end for the end of a row, also within quotes.
fn written(cell: &Cell, form: Form) -> String {
    match form {
        Form::Spss => cell.written().replace(['\n', '\r'], " "),
        _ => cell.written(),
    }
}

fn write(file: &mut File, cells: impl Iterator<Item = String>) -> Result<(), OutError> {
    file.write_record(cells).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => OutError::Io(error),
        other => OutError::Io(std::io::Error::other(format!("{other:?}"))),
    })
}
