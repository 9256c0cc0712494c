//! Coefficients over matrices, through what the crate offers.

mod bootstrap;
mod common;
mod components;
mod golden;
mod properties;
mod results;
