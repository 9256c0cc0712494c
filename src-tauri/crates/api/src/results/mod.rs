//! Results of a study: strains and ruptures apart, per session and case, and the lists that a lab acts on.
//!
//! Invariants: every count is of one coding of each session, the coding of record or, where none is fixed, each rater's side
//! by side; none adds up several. Classes come from `judgement`, as classifying has them. A rater's results are of their own
//! codings.

mod csv;
mod fit;
mod lists;
mod reading;
mod tally;

pub use csv::table;
pub use reading::{copy, read, whole};

pub(crate) use reading::Reader;
