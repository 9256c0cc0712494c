//! Files with more turns than words: what is a few bytes on disk is some two hundred in memory, turn by turn.
//!
//! Up to [`ORDINARY`] turns anything goes, a session having some hundreds; beyond, a turn has to come with as many bytes as
//! it takes for the memory to stay within ten times the file.

use crate::error::FormatError;
use crate::format::Format;

/// More turns than two hundred long sessions have.
const ORDINARY: usize = 150_000;
/// Bytes of the file for each turn beyond.
const FOR_EACH: usize = 32;

/// # Errors
/// Text of a format that would make too many turns for its length.
pub(crate) fn refuse(text: &str, format: Format) -> Result<(), FormatError> {
    let most = most(text.len());
    let count = |sign: &str| {
        text.matches(sign)
            .take(most.saturating_mul(2).saturating_add(2))
            .count()
    };
    let turns = match format {
        Format::WebVtt | Format::SubRip => count("-->"),
        Format::Whisper => count("\"text\""),
        Format::TextGrid => count("\"") / 2,
        Format::Text | Format::Csv | Format::Tsv | Format::Chat | Format::Qdpx => {
            count("\n").max(count("\r"))
        }
        Format::Eaf => count("_ANNOTATION").max(count("<TIER")),
        // Their turns are counted where they are taken out of their XML.
        Format::Docx | Format::Xlsx => 0,
    };
    refuse_count(turns, text.len())
}

/// # Errors
/// More turns than `bytes` bytes may make.
pub(crate) fn refuse_count(turns: usize, bytes: usize) -> Result<(), FormatError> {
    if turns > most(bytes) {
        return Err(FormatError::TooManyTurns { turns });
    }
    Ok(())
}

const fn most(bytes: usize) -> usize {
    ORDINARY.saturating_add(bytes / FOR_EACH)
}
