//! `sunder sample`: a copy of the sample study, anywhere.

use std::path::Path;

use sunder_api::study as studies;

use super::create::told;
use crate::arguments::StudyOnly;
use crate::exit::Failure;
use crate::run::Context;

/// Makes the copy; what is there already is never overwritten.
pub(crate) fn sample(context: &mut Context, arguments: &StudyOnly) -> Result<(), Failure> {
    context.lead_only("makes a study")?;
    studies::create_sample(&mut context.app, Path::new(&arguments.study))?;
    told(context)
}
