//! The api through its door, as the window uses it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at what they did not expect"
)]

mod agreement;
mod agreement_choice;
mod agreement_taken;
mod coding;
mod coding_preview;
mod consensus;
mod consensus_frozen;
mod consensus_links;
mod consensus_record;
mod consensus_steps;
mod exports;
mod figure;
mod import;
mod masking;
mod memory;
mod program;
mod recordings;
mod results;
mod review;
mod robust;
mod rules;
mod rulings;
mod threshold;
mod versions;
