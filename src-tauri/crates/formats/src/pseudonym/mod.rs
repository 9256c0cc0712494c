//! Names, places and patterns that are replaced while a transcript is read, so that they never reach a study.
//!
//! A list has one entry on each line, `Anna = Ada`. Whole words are found, in upper and lower case alike; the replacement takes
//! the case of what was there. In what is looked for, `#` is a digit and `*` the rest of a word; a space is any white space. Where
//! several entries fit at a place, the longest is taken; what was put in is not searched again. Lines that begin with `//`
//! are remarks. Letters with accents have to be written as the file has them.

mod entry;
mod list;
mod replace;

pub use list::Pseudonyms;
pub(crate) use replace::Replacing;

/// One place where something was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which entry of the list, from 0.
    pub entry: u32,
    /// Transcript of the file and turn in it, from 0; no turn where it is the name of a speaker or of the transcript.
    pub transcript: u32,
    pub turn: Option<u32>,
    /// Some words before, as they will stand in the study.
    pub before: String,
    pub found: String,
    pub replaced: String,
    /// Some words after, as they stand in the file.
    pub after: String,
}

#[cfg(test)]
mod tests;
