//! Transcripts on their way in: a preview of everything, then one import that is whole or not at all.

mod keeping;
mod options;
mod plan;
mod preview;

pub use keeping::{ImportFile, commit, commit_file};
pub use preview::preview;

pub(crate) use keeping::{Incoming, keep, next_number};
pub(crate) use plan::Plan;
