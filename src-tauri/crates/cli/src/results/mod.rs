//! `sunder results`: strains and ruptures apart, per session and case, and the lists that a lab acts on.

pub(crate) mod arguments;
mod print;

use sunder_api::results::{table, whole};
use sunder_api::wire::ResultsChoice;

use crate::arguments::Format;
use crate::exit::Failure;
use crate::output::say;
use crate::run::Context;

/// Prints the results as text, as CSV or as JSON.
pub(crate) fn results(
    context: &mut Context,
    arguments: arguments::Results,
    format: Format,
) -> Result<(), Failure> {
    let rule = arguments
        .rule
        .as_deref()
        .map(crate::threshold::rule_from_file)
        .transpose()?;
    context.open(&arguments.study)?;
    let choice = ResultsChoice {
        rule,
        case: arguments.case,
        with_text: arguments.with_text,
        limit: None,
    };
    let report = whole(&mut context.app, choice)?;
    if report.sources.is_empty() {
        say("sunder: no session of this study is coded for production or has a coding of record.");
    }
    if format == Format::Csv {
        for note in &report.notes {
            say(note);
        }
        return context.output.print_raw(&table(&report));
    }
    context.output.print(&report, |out| print::text(out, &report))
}
