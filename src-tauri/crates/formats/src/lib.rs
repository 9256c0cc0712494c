//! Reads transcripts; every reader returns its value with warnings, or an error with line and column.
//!
//! [`detect`] says what a file is, [`read`] gives its transcripts. Nothing is written, no file is opened here: bytes come
//! in. Warnings and errors carry line, column and time stamps, never words of the transcript or a file's name, so that
//! they can be logged. Reading is linear in the length of the file; whatever the bytes, no reader panics.
//!
//! # What is our own, and why
//! CSV quoting and legacy encodings are the work of `csv` and `encoding_rs`. WebVTT and SubRip are read by some three
//! hundred lines of our own. Considered were `subparse` 0.7 (MPL-2.0; no WebVTT), `srtlib` 0.2 (SubRip only),
//! `rsubs-lib` 0.4 (both, through regular expressions; the first cue that it cannot read ends the file, and its errors
//! quote the file) and `aspasia` 0.2 (both; a block that it cannot read is left out in silence). They are made for writing
//! subtitles back. A transcript needs the opposite: line and column of what is wrong, every word kept, the voices of
//! one cue told apart, unpadded times as Teams writes them; and nothing of positions and styles.

mod assemble;
mod caption;
mod chat;
pub mod coded;
mod crowd;
mod elan;
mod encoding;
mod error;
mod format;
mod grid;
mod markup;
mod merge;
mod name;
pub mod out;
mod packed;
mod place;
mod praat;
mod project;
mod pseudonym;
mod read;
mod role;
mod script;
mod table;
mod text;
mod tier;
mod time;
mod unpacked;
mod utterance;
mod vocabulary;
mod warning;
mod whisper;
mod word;
mod workbook;

pub use encoding::Encoding;
pub use error::{FormatError, MAXIMUM_BYTES, MAXIMUM_TRANSCRIPTS};
pub use format::Format;
pub use grid::{Grid, GridCell, read_grid};
pub use merge::MergeGap;
pub use packed::MAXIMUM_UNPACKED;
pub use place::Place;
pub use pseudonym::{Hit, Pseudonyms};
pub use read::{Detected, ReadOptions, ReadTranscript, Reading, detect, read, take_in};
pub use role::{RoleChoices, role_named};
pub use table::{ColumnChoice, ColumnChoices, ColumnMapping, Field, Preset};
pub use tier::{Tier, tiers_named};
pub use warning::{Warning, WarningKind};
