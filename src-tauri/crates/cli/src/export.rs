//! `sunder export`: codings for other programs.

use sunder_api::export;
use sunder_api::wire::{ExportChoice, ExportForm};

use crate::arguments;
use crate::exit::Failure;
use crate::output::counted;
use crate::run::Context;

/// Writes an export and says what was written.
pub(crate) fn run(context: &mut Context, arguments: arguments::Export) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let which = arguments.which;
    let choice = ExportChoice {
        form: form(&arguments.form)?,
        path: arguments.out,
        case: which.case,
        session: which.session,
        rater: which.rater,
        purpose: which.purpose,
        words: arguments.with_text,
    };
    let exported = export::run(&mut context.app, choice)?;
    context.output.print(&exported, |out| {
        writeln!(
            out,
            "{}: {}, {}, {} in {}",
            exported.path,
            counted(exported.codings, "coding", "codings"),
            counted(exported.conflicts, "conflict", "conflicts"),
            counted(exported.markers, "marker", "markers"),
            counted(exported.files, "file", "files"),
        )
    })
}

/// The form of a word, as the wire has it.
fn form(word: &str) -> Result<ExportForm, Failure> {
    serde_json::from_value(serde_json::Value::from(word.to_lowercase())).map_err(|_| {
        Failure::usage(format!(
            "There is no form called {word}. Choose csv, tsv, xlsx, r, spss, json, eaf, qdpx, qdc, textgrid or sdis."
        ))
    })
}
