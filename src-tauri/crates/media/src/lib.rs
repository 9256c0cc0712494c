//! Recordings: what a file is and how long it lasts, its fingerprint, its waveform, and the server inside the program
//! that lets the window play it.
//!
//! A recording is read in pieces and never held whole. What takes long tells a [`Watch`] how far it is and stops when
//! the watch says so. Deliberately absent: studies and sessions, and any address but this machine's own.

mod error;
mod fingerprint;
mod inspect;
mod kind;
mod server;
mod watch;
mod waveform;

pub use error::MediaError;
pub use fingerprint::fingerprint;
pub use inspect::{Inspected, inspect};
pub use kind::Kind;
pub use server::{MediaServer, Shelf};
pub use watch::Watch;
pub use waveform::{Peaks, WaveformCache, peaks};
