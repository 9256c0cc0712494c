//! Agreement of raters: what is compared, the numbers, and the way from each number to its units.
//!
//! A computation is a job: it is started, polled until it is done, and its units are asked for page by page.
//! Invariant: a figure is a finite number, or absent with a reason beside it.

mod basis;
mod choice;
mod outcome;
mod raters;
mod units;

pub use basis::*;
pub use choice::*;
pub use outcome::*;
pub use raters::*;
pub use units::*;
