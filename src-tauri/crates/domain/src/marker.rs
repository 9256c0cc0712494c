//! One place where something shows: segment, code, actor, clarity; and for repairs what it answers.

mod file;

use serde::{Deserialize, Serialize};

pub use file::BoundsError;
pub(crate) use file::MarkerFile;

use crate::id::{CodeKey, ConflictId, MarkerId};
use crate::segment::Segment;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Who does it.
    Actor { Patient = "patient", Therapist = "therapist", Both = "both" }
}

vocabulary! {
    /// How visible it is; not how much it matters.
    Clarity { Clear = "clear", Possible = "possible", Faint = "faint" }
}

vocabulary! {
    /// How deep a repair attempt goes.
    Depth { Surface = "surface", Underlying = "underlying" }
}

vocabulary! {
    /// Back to the task, or into what lies beneath.
    Strategy { Immediate = "immediate", Expressive = "expressive" }
}

/// One marked place. A conflict marker names its conflict; a repair marker what it answers. It is written and read as in
/// the coding file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "MarkerFile", into = "MarkerFile")]
pub struct Marker {
    pub id: MarkerId,
    pub segment: Segment,
    pub code: CodeKey,
    pub actor: Actor,
    pub clarity: Clarity,
    pub discuss: bool,
    pub note: String,
    /// Set exactly for markers of a conflict family.
    pub conflict: Option<ConflictId>,
    /// Conflicts that a repair attempt answers, also of earlier sessions.
    pub answers: Vec<ConflictId>,
    pub depth: Option<Depth>,
    pub strategy: Option<Strategy>,
}
