//! The api through its door, as the window uses it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at what they did not expect"
)]

mod agreement;
mod coding;
mod coding_preview;
mod consensus;
mod figure;
mod import;
mod masking;
mod memory;
mod program;
mod review;
mod robust;
mod rulings;
