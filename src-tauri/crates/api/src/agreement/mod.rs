//! From codings to numbers: what is compared, what of it agrees, and where it does not.
//!
//! Codings are read once into plain data; whatever takes time works on those alone, on a thread of its own.

#[cfg(test)]
mod example;
mod extent;
mod matching;

pub(crate) use extent::{Basis, Extent};
pub(crate) use matching::{Group, Tolerance, match_conflicts};
