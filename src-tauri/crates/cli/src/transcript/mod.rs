//! Transcripts on their way in.

mod import;

pub(crate) use import::import;
