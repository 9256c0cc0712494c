//! The api through its door, as the window uses it.

mod coding;
mod masking;
mod program;
