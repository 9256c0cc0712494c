//! Outcomes of cases and sessions: taken in from a table, whole or not at all, and listed. For the lead alone: raters
//! never see an outcome.

mod columns;
mod import;
mod list;
mod score;

pub use import::import;
pub use list::list;
