//! Codings: in and out as files, and what a rule says of them.

mod carry;
mod classify;
mod export;
mod import;

pub(crate) use carry::carry;
pub(crate) use classify::classify;
pub(crate) use export::export;
pub(crate) use import::import;
