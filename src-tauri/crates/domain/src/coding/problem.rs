//! What can be wrong or odd with a coding. Ids and keys are named, never words of a transcript or of a note.

use crate::id::{CodeKey, ConflictId, MarkerId};
use crate::marker::{Actor, BoundsError};
use crate::segment::SegmentError;

/// What is wrong with a coding that is sound JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodingProblem {
    #[error("the coding names no {0}")]
    Blank(&'static str),
    #[error(
        "the coding was made with codebook {coding:?}, but {codebook:?} is in use; import it where that is used"
    )]
    OtherCodebook { coding: String, codebook: String },
    #[error("the id {0} is used twice; every conflict, marker and note needs its own")]
    DuplicateId(String),
    #[error(transparent)]
    Bounds(#[from] BoundsError),
    #[error("marker {marker}: the codebook has no code {code}")]
    NoSuchCode { marker: MarkerId, code: CodeKey },
    #[error("marker {marker} names conflict {conflict}, which is not in the file")]
    NoSuchConflict { marker: MarkerId, conflict: ConflictId },
    #[error("marker {marker} has {field}, but its code {code} is not of a conflict family")]
    NotAConflictMarker {
        marker: MarkerId,
        code: CodeKey,
        field: &'static str,
    },
    #[error("marker {marker} has {field}, but its code {code} is not of a repair family")]
    NotARepairMarker {
        marker: MarkerId,
        code: CodeKey,
        field: &'static str,
    },
    #[error("conflict {0} is said to be built from itself")]
    BuiltFromItself(ConflictId),
    #[error("the codebook has no rating {0:?}")]
    NoSuchRating(String),
    #[error("the window from {start_ms} to {end_ms} ms is empty or ends before it starts")]
    WindowEmpty { start_ms: u32, end_ms: u32 },
    #[error("the stretch of coverage from {start_ms} to {end_ms} ms ends before it starts")]
    CoverageBackwards { start_ms: u32, end_ms: u32 },
    #[error("marker {marker} does not fit the transcript: {error}")]
    OutsideTranscript {
        marker: MarkerId,
        #[source]
        error: SegmentError,
    },
}

/// What is odd about a coding, and kept all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodingWarning {
    #[error(
        "the coding does not say which transcript it was made on; its positions cannot be checked against it"
    )]
    NoTranscript,
    #[error("conflict {0} has no markers; it was kept")]
    ConflictWithoutMarkers(ConflictId),
    #[error("marker {marker}: the code {code} is not meant for the actor {actor}; it was kept")]
    ActorNotAllowed {
        marker: MarkerId,
        code: CodeKey,
        actor: Actor,
    },
    #[error("the rating {key:?} is not one that the codebook asks for {per}; it was kept")]
    RatingOutOfScope { key: String, per: &'static str },
}

/// Why a coding cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodingError {
    #[error("the coding cannot be read, line {line}, column {column}: {message}")]
    Json {
        line: usize,
        column: usize,
        message: String,
    },
    #[error(
        "line 1: the file holds a list, and a coding file holds one coding; `sunder coding export --out FOLDER` writes one file for each"
    )]
    Several,
    #[error("the file calls itself {0:?}; a coding says \"sunder-coding\"")]
    Format(String),
    #[error(
        "the coding has format version {0}; this program reads version 1, and version {0} is newer: update Sunder"
    )]
    Newer(u64),
    #[error("the coding has format version 0; the first version is 1")]
    NoSuchVersion,
    #[error("line {line}, column {column}: {problem}")]
    Invalid {
        line: usize,
        column: usize,
        problem: CodingProblem,
    },
}
