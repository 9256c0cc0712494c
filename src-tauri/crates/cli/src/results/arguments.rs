//! What can be typed after `results`.

use clap::Args;

use crate::arguments::Who;

#[derive(Debug, Args)]
pub(crate) struct Results {
    /// The study file
    pub(crate) study: String,
    /// A rule to look with, as JSON; else the study's own
    #[arg(long, value_name = "FILE")]
    pub(crate) rule: Option<String>,
    /// Only of this case
    #[arg(long, value_name = "NAME")]
    pub(crate) case: Option<String>,
    /// Put in what was said where a conflict of the lists lies
    #[arg(long)]
    pub(crate) with_text: bool,
    #[command(flatten)]
    pub(crate) who: Who,
}
