//! `sunder backup`: a checked copy beside the study.

use sunder_api::study as studies;
use sunder_api::wire::Nothing;

use crate::arguments::StudyOnly;
use crate::exit::Failure;
use crate::run::Context;

/// Writes the copy and prints where it is.
pub(crate) fn backup(context: &mut Context, arguments: &StudyOnly) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let backup = studies::backup(&mut context.app, Nothing {})?;
    context
        .output
        .print(&backup, |out| writeln!(out, "{}", backup.path))
}
