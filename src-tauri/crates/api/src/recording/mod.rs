//! Recordings: linked to sessions, found again after they were moved, played by the window, drawn as a waveform. The
//! files stay where they are; the study knows their path from its own folder and their hash.

mod jobs;
mod link;
mod place;
mod taps;
mod view;
mod waveform;

pub(crate) use jobs::RecordingJobs;
pub use jobs::{cancel, poll};
pub use link::{find, link, set_offset, unlink};
pub use taps::{keep as keep_taps, save as save_taps, view as view_taps};
pub(crate) use view::recording_view;
pub use view::view;
pub use waveform::start as start_waveform;
