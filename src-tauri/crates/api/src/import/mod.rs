//! Transcripts on their way in: a preview of everything, then one import that is whole or not at all.

mod keeping;
mod kind;
mod options;
mod plan;
mod preview;

pub use keeping::{ImportFile, commit, commit_file};
pub use kind::kind;
pub use preview::preview;

pub(crate) use keeping::{Incoming, keep};
pub(crate) use plan::Plan;
