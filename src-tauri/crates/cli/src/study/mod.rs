//! The study as a file: made, copied, checked.

mod backup;
mod create;
mod sample;
mod verify;

pub(crate) use backup::backup;
pub(crate) use create::create;
pub(crate) use sample::sample;
pub(crate) use verify::verify;
