//! One function for each thing a user can do, with its request and reply types, its error codes, and who may do it.
//!
//! The shell and the command line both own an [`App`] and call it from one thread: by name through [`dispatch`], or the
//! functions themselves. Invariants: a reply to an act is sent after the commit, never before; a rater's request never
//! fetches another rater's coding; positions in text are UTF-16 only in [`wire`]; no message holds words of a transcript.

pub mod agreement;
mod app;
pub mod coding;
pub mod coding_file;
mod commands;
pub mod consensus;
mod environment;
pub mod export;
mod faults;
pub mod import;
mod judgement;
mod local;
pub mod look;
mod names;
pub mod outcomes;
pub mod outgoing;
pub mod preferences;
pub mod recording;
pub mod report;
pub mod results;
pub mod rules;
mod schemas;
pub mod session;
pub mod study;
pub mod threshold;
mod typescript;
pub mod wire;

pub use app::{App, start};
pub use sunder_agreement as statistics;
pub use sunder_media::MediaServer;

pub use commands::{NAMES, dispatch};
pub use environment::Environment;
pub use schemas::json_schemas;
pub use typescript::typescript;
pub use wire::{ApiError, ErrorCode};
