//! Writes codings for other programs: tables, workbooks, JSON, ELAN, REFI-QDA, Praat, R, SPSS, GSEQ.
//!
//! [`writer`] gives the writer of a form. It is handed one case at a time, so that a study of any size goes through, and
//! says by name which files it wants to write; whoever calls gives them a place ([`Target`]). Nothing is opened here and
//! no clock is asked: the same material gives the same bytes. What a person may not see is not in the material.
//!
//! What was said goes in only where [`Setting::words`] says so; notes of raters are judgements and always go.

mod cell;
mod column;
mod dictionary;
mod document;
mod elan;
mod form;
mod lanes;
mod material;
mod naming;
mod refi;
mod script;
mod separated;
mod sequence;
mod setting;
mod tables;
mod textgrid;
mod workbook;
mod xml;

pub use cell::unguarded;
pub use document::{ClassFile, ClassifiedFile, ExportFile, TranscriptFile};
pub use form::Form;
pub use material::{Case, CodedSession, Counts, Judged, Origin, Session, Span};
pub use setting::Setting;

use std::io::{self, Write};

/// Where a writer's files go.
pub trait Target {
    /// A new file of this name, without folders; the one file of a form that is no folder has the name "".
    ///
    /// # Errors
    /// Whatever the place says.
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>>;
}

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutError {
    #[error("{0}")]
    Io(#[from] io::Error),
    /// More rows than a sheet of Excel has.
    #[error("the sheet {sheet} would have more than 1,048,575 rows; export as CSV, or fewer codings")]
    SheetFull { sheet: &'static str },
    #[error("the workbook could not be written: {0}")]
    Workbook(String),
}

/// Writes one export.
pub trait Writer: Send {
    /// Takes the next case.
    ///
    /// # Errors
    /// As [`OutError`] says.
    fn case(&mut self, case: &Case, target: &mut dyn Target) -> Result<(), OutError>;

    /// Writes what is left after the last case.
    ///
    /// # Errors
    /// As [`OutError`] says.
    fn finish(self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError>;
}

/// The writer of a form.
#[must_use]
pub fn writer(form: Form, setting: Setting) -> Box<dyn Writer> {
    match form {
        Form::Csv | Form::Tsv | Form::R | Form::Spss => Box::new(separated::Tables::new(form, setting)),
        Form::Xlsx => Box::new(workbook::Book::new(setting)),
        Form::Json => Box::new(document::Document::new(setting)),
        Form::Eaf => Box::new(elan::Files::new(setting)),
        Form::Qdpx => Box::new(refi::Project::new(setting)),
        Form::Qdc => Box::new(refi::CodebookFile::new(setting)),
        Form::Textgrid => Box::new(textgrid::Files::new(setting)),
        Form::Sdis => Box::new(sequence::Sequences::new(setting)),
    }
}
