//! Coding files in and out: the JSON that other programs read and write.

mod export;
mod import;

pub use export::{export, select, to_json};
pub use import::import;

pub(crate) use import::take_in;
