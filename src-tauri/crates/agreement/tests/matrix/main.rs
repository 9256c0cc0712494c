//! Coefficients over matrices, through what the crate offers.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may say what it expects"
)]

mod bootstrap;
mod common;
mod components;
mod golden;
mod properties;
mod results;
