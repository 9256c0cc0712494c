//! Why a file cannot be read: what happened, where, and what to do. Never a word of the file, never its name.

use crate::encoding::Encoding;
use crate::format::Format;
use crate::packed::MAXIMUM_UNPACKED;
use crate::place::Place;
use crate::table::Field;

/// Files above this size are refused: a three-hour session is under one megabyte.
pub const MAXIMUM_BYTES: usize = 256 * 1024 * 1024;

/// Transcripts in one file; a lab has some thousand sessions.
pub const MAXIMUM_TRANSCRIPTS: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    #[error("the file is empty: choose the file that holds the transcript, or export it again")]
    Empty,
    #[error(
        "the file has {bytes} bytes or more; transcripts are read up to {MAXIMUM_BYTES}: split it, or choose the transcript rather than the recording"
    )]
    TooLarge { bytes: usize },
    #[error(
        "line {line}, column {column}: the file is not text: export the transcript as plain text, WebVTT, SubRip, CSV or TSV, or choose its encoding if it is text"
    )]
    Binary { line: u32, column: u32 },
    #[error("the file is {what}: {remedy}")]
    Unsupported {
        what: &'static str,
        remedy: &'static str,
    },
    #[error(
        "line {line}, column {column}: the bytes are not {encoding}; {replaced} of {characters} characters cannot be read: choose another encoding"
    )]
    NotDecodable {
        encoding: Encoding,
        line: u32,
        column: u32,
        replaced: u32,
        characters: u32,
    },
    #[error(
        "the file seems to hold {turns} turns, more than words would fill: split it, or check that it is a transcript"
    )]
    TooManyTurns { turns: usize },
    #[error(
        "the file holds {transcripts} transcripts; one is read up to {MAXIMUM_TRANSCRIPTS}: split it, or choose another column for the transcript"
    )]
    TooManyTranscripts { transcripts: usize },
    #[error(
        "the file cannot be unpacked as {format}: it is damaged, cut off or locked: save it again without a password, or copy it again"
    )]
    Damaged { format: Format },
    #[error(
        "unpacked, the file has more than {MAXIMUM_UNPACKED} bytes: save it without pictures and other attachments, or split it"
    )]
    TooMuchUnpacked,
    #[error(
        "line {line}, column {column}: {problem}: export the file again as {format}, or choose another format"
    )]
    Broken {
        format: Format,
        line: u32,
        column: u32,
        problem: &'static str,
    },
    #[error(
        "no turn was found in the file, read as {format}: choose another format, or check that the export is complete"
    )]
    NoText { format: Format },
    #[error(
        "line {line}, column {column}: no column for the text was recognised among {columns}: name it or give its number, such as --columns text=3"
    )]
    NoTextColumn { line: u32, column: u32, columns: u32 },
    #[error(
        "line {line}, column {column}: the column chosen for {field} is not in the table, which has {columns}: choose one of its headings, or a number from 1 to {columns}"
    )]
    NoSuchColumn {
        field: Field,
        line: u32,
        column: u32,
        columns: u32,
    },
    #[error(
        "line {line}, column {column}: the table cannot be read there: export it again as CSV or TSV in UTF-8"
    )]
    Table { line: u32, column: u32 },
    #[error(
        "chosen tier {choice} is not among the {tiers} tiers of the file: choose tiers by their names as they stand there"
    )]
    NoSuchTier { choice: u32, tiers: u32 },
    #[error(
        "part {part} of the column choice is not FIELD=COLUMN with text, speaker, start, end or transcript as field: write for instance text=utterance,speaker=2"
    )]
    ColumnChoice { part: u32 },
    #[error(
        "part {part} of the speakers' roles is not NAME=ROLE with patient (or client), therapist or other as role: write for instance Ada=patient"
    )]
    RoleChoice { part: u32 },
    #[error(
        "line {line} of the list of pseudonyms does not say what is replaced by what: write for instance Anna = Ada"
    )]
    PseudonymLine { line: u32 },
    #[error("the merge gap is neither a number of seconds (0 or more) nor off: write for instance 2 or 0.5")]
    MergeGap,
}

impl FormatError {
    /// Where the error stands, for those that stand somewhere.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match *self {
            Self::Binary { line, column }
            | Self::NotDecodable { line, column, .. }
            | Self::Broken { line, column, .. }
            | Self::NoTextColumn { line, column, .. }
            | Self::NoSuchColumn { line, column, .. }
            | Self::Table { line, column } => Some(Place { line, column }),
            _ => None,
        }
    }
}
