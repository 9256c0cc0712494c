//! Codings out, for other programs: chosen, read a little with each question, judged and written on a thread of its own,
//! and put in place whole or not at all.
//!
//! The lead exports what they choose, a rater their own codings, without what is hidden from them.

mod choose;
mod jobs;
mod options;
mod prepare;
mod reading;
mod staging;

pub use jobs::{cancel, poll, run, start};
pub use options::options;

pub(crate) use jobs::ExportJobs;
