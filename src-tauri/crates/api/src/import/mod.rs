//! Transcripts on their way in: a preview of everything, then one import that is whole or not at all.

mod keeping;
mod kind;
mod options;
mod plan;
mod preview;
mod pseudonyms;

pub use keeping::{CommittedFile, ImportFile, commit, commit_file};
pub use kind::kind;
pub use preview::preview;
pub use pseudonyms::keep_pseudonyms;

pub(crate) use keeping::{Incoming, keep, next_number};
pub(crate) use options::{bytes_of, refused};
pub(crate) use plan::Plan;
