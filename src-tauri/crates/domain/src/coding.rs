//! One rater's pass over one session, as the coding file holds it.

mod check;
mod file;
mod problem;
mod read;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use problem::{CodingError, CodingProblem, CodingWarning};

use crate::conflict::Conflict;
use crate::id::{ConflictId, NoteId};
use crate::marker::Marker;
use crate::score::Score;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Who judges.
    Perspective { Observer = "observer", Patient = "patient", Therapist = "therapist" }
}

vocabulary! {
    /// What the rater saw and heard.
    Material { Video = "video", Audio = "audio", Transcript = "transcript" }
}

vocabulary! {
    /// What the coding was made for; only production codings count unless others are asked for by name.
    Purpose {
        Production = "production", Training = "training", Recoding = "recoding",
        Expert = "expert", Consensus = "consensus",
    }
}

vocabulary! {
    /// Submitted codings are locked until they are reopened.
    Status { Open = "open", Submitted = "submitted" }
}

/// Which transcript a coding was made on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct TranscriptRef {
    pub version: u32,
    /// SHA-256 of the transcript as kept, in lower-case hexadecimal.
    pub sha256: String,
}

/// What was said of one window: ratings, or that nothing is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct WindowRating {
    pub start_ms: u32,
    pub end_ms: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub nothing_here: bool,
    #[serde(default)]
    pub ratings: BTreeMap<String, Score>,
}

/// Ratings of the session and of its windows, by the codebook's keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    #[serde(default)]
    pub session: BTreeMap<String, Score>,
    #[serde(default)]
    pub windows: Vec<WindowRating>,
}

/// A free note on a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Note {
    pub id: NoteId,
    pub at_ms: u32,
    pub text: String,
}

/// A whole coding. Incomplete ones are legal. It is written and read as the coding file, see [`Coding::from_json`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "file::CodingFile", into = "file::CodingFile")]
pub struct Coding {
    pub case: String,
    pub session: u32,
    pub transcript: Option<TranscriptRef>,
    pub rater: String,
    pub perspective: Perspective,
    pub material: Material,
    /// `key@edition`.
    pub codebook: String,
    pub purpose: Purpose,
    pub status: Status,
    pub conflicts: Vec<Conflict>,
    pub markers: Vec<Marker>,
    pub ratings: Ratings,
    pub notes: Vec<Note>,
    /// Stretches played or read, ms, ends exclusive, sorted and apart from each other.
    pub coverage: Vec<(u32, u32)>,
    /// Build-up proposals that a person dismissed, by their members.
    pub dismissed: Vec<Vec<ConflictId>>,
}
