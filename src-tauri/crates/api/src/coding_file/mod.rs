//! Coding files in and out: the JSON that other programs read and write.

mod export;
mod import;
mod intake;

pub use export::{export, select, to_json};

pub(crate) use export::as_file;
pub use import::{import, preview};

pub(crate) use import::take_in;
