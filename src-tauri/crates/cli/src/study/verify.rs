//! `sunder verify`: is the study what its log says?

use sunder_api::study as studies;
use sunder_api::wire::Nothing;

use crate::arguments::StudyOnly;
use crate::exit::{Failure, Kind};
use crate::output::{counted, say};
use crate::run::Context;

/// Checks everything; findings end with code 1.
pub(crate) fn verify(context: &mut Context, arguments: &StudyOnly) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let verified = studies::verify(&mut context.app, Nothing {})?;
    context.output.print(&verified, |out| {
        let checked = format!(
            "{} in {}",
            counted(verified.operations, "operation", "operations"),
            counted(verified.streams, "stream", "streams")
        );
        if verified.sound {
            return writeln!(out, "sound: {checked}; tables, chain, heads and content agree");
        }
        writeln!(out, "not sound: {checked}")?;
        for finding in &verified.findings {
            writeln!(out, "  {}: {}", finding.subject, finding.what)?;
        }
        Ok(())
    })?;
    if verified.sound {
        return Ok(());
    }
    say(&format!(
        "sunder: {} is not what its log says. Keep the file, and restore the newest backup that verifies; backups lie in the folder beside it.",
        arguments.study
    ));
    Err(Failure::Said(Kind::Refused))
}
