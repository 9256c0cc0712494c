//! From codings to numbers: what is compared, what of it agrees, and where it does not.
//!
//! Codings are read once into plain data; whatever takes time works on those alone, on a thread of its own.

mod base_rates;
mod breakdown;
mod changed;
mod choose;
mod compared;
mod compute;
mod confusion;
mod copy;
mod curve;
mod differences;
#[cfg(test)]
mod example;
pub(crate) mod extent;
mod facts;
mod figure;
mod heat_map;
mod hiding;
mod jobs;
mod lines;
pub(crate) mod matching;
mod measuring;
mod memo;
mod needed;
mod nesting;
mod options;
mod panel;
mod reading;
mod records;
mod report;
mod resample;
mod rows;
mod sensitivity;
mod sentence;
mod spans;
pub mod table;
mod units;
mod values;
mod watch;
mod words;

pub use compared::units;
pub use copy::copy;
pub use figure::save_figure;
pub use jobs::{cancel, poll, run, start};
pub use options::options;
pub use report::report;

pub(crate) use extent::merged;
pub(crate) use jobs::Jobs;
