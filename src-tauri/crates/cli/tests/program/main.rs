//! The real program, run as others run it: what it prints, what it says, how it ends.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test ends where something is not as it should be"
)]

mod agreement;
mod agreement_study;
mod classes;
mod codings;
mod consensus;
mod desk;
mod exports;
mod outcomes;
mod refi;
mod refusals;
mod results;
mod sample;
mod studies;
mod threshold;
mod transcripts;
mod versions;
