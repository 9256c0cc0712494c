//! `sunder demo`: what the window would show first, for a terminal of 80 columns.

mod conflicts;
mod page;
mod show;
mod turns;

pub(crate) use show::show;
