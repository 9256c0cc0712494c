//! The real program, run as others run it: what it prints, what it says, how it ends.

mod classes;
mod codings;
mod desk;
mod refusals;
mod sample;
mod studies;
mod transcripts;
