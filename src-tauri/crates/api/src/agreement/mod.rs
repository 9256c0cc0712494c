//! From codings to numbers: what is compared, what of it agrees, and where it does not.
//!
//! Codings are read once into plain data; whatever takes time works on those alone, on a thread of its own.

mod choose;
#[cfg(test)]
mod example;
mod extent;
mod facts;
mod matching;
mod panel;
mod records;
mod units;
mod values;

pub(crate) use extent::{Basis, Extent};
pub(crate) use matching::{Group, Tolerance, match_conflicts};
