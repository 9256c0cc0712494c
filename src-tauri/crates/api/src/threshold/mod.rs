//! The threshold as an instrument: the study's conflicts read once, what a rule makes of them at every cut, two rules
//! side by side, and the sweep.
//!
//! Invariant: every count is of one coding of each session, the coding of record or one person's; none adds up several.

mod at_cut;
mod basis;
mod beside;
mod compare;
mod naming;
mod prepared;
mod reading;
mod rows;
mod scale;
mod state;
mod sweep;
mod tally;

pub use beside::sweep_with_agreement;
pub use compare::{cell, compare};
pub use naming::{only_source, source_named};
pub use reading::read;
pub use rows::conflicts;
pub use state::{prepare, step};
pub use sweep::sweep;

pub(crate) use state::{Threshold, sound};
