//! Consensus: frozen originals, what is to settle and how it was, rulings, and what counts in results.
//!
//! All of it is the lead's; of rulings raters are sent what they may see.

mod frozen;
mod items;
mod record;
mod rulings;
mod settle;

pub use frozen::*;
pub use items::*;
pub use record::*;
pub use rulings::*;
pub use settle::*;
