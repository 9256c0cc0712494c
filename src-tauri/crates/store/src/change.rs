//! What an operation does: the state of each thing it touches, as it is afterwards.
//!
//! An operation never says how to get there, only what is so when it is done. Applying is therefore the same for an
//! act, its undo and a rebuild, and the state before an operation is the last one given earlier in its stream.

use serde::{Deserialize, Serialize};
use sunder_domain::{
    CaseId, CodingId, Conflict, ConflictId, Marker, MarkerId, Note, NoteId, OperationId, RaterId, RuleId,
    RulingId, Score, SessionId, Settlement, WindowRating,
};

use crate::consensus::{CodingOfRecord, OriginalsRecord, RulingRecord};
use crate::outcome::{ExplorationRecord, OutcomeKey};
use crate::record::{
    CaseRecord, CodebookRecord, CodingHeader, HeadRecord, RaterRecord, RecordingRecord, RuleRecord,
    SessionRecord, StatusRecord, StudySettings, TranscriptRecord,
};

/// One thing after the operation: its state, or `None` where it is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entity", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    // Of the study's set-up.
    Study {
        after: Option<StudySettings>,
    },
    Case {
        id: CaseId,
        after: Option<CaseRecord>,
    },
    Session {
        id: SessionId,
        after: Option<SessionRecord>,
    },
    Transcript {
        session_id: SessionId,
        version: u32,
        after: Option<TranscriptRecord>,
    },
    Recording {
        session_id: SessionId,
        after: Option<RecordingRecord>,
    },
    /// A score of a case or a session, finite.
    Outcome {
        of: OutcomeKey,
        #[serde(with = "crate::outcome::exactly")]
        after: Option<f64>,
    },
    /// Outcomes were looked at under a rule that was not locked.
    Exploration {
        id: OperationId,
        after: Option<Box<ExplorationRecord>>,
    },
    Rater {
        id: RaterId,
        after: Option<RaterRecord>,
    },
    Rule {
        id: RuleId,
        after: Option<RuleRecord>,
    },
    Codebook {
        reference: String,
        after: Option<CodebookRecord>,
    },
    Head {
        after: HeadRecord,
    },
    /// The codings that are compared and settled, as they stood when the lead froze them.
    Originals {
        session_id: SessionId,
        after: Option<OriginalsRecord>,
    },
    Ruling {
        id: RulingId,
        after: Option<Box<RulingRecord>>,
    },
    /// What counts in results.
    CodingOfRecord {
        session_id: SessionId,
        after: Option<CodingOfRecord>,
    },
    /// What is erased, and whose data it was: the subjects cover what other copies add to them later.
    Erased {
        operations: Vec<OperationId>,
        contents: Vec<String>,
        cases: Vec<CaseId>,
        sessions: Vec<SessionId>,
        codings: Vec<CodingId>,
    },
    // Of one coding.
    Coding {
        after: Option<CodingHeader>,
    },
    Status {
        after: Option<StatusRecord>,
    },
    Conflict {
        id: ConflictId,
        after: Option<Box<Conflict>>,
    },
    Marker {
        id: MarkerId,
        after: Option<Box<Marker>>,
    },
    SessionRating {
        key: String,
        after: Option<Score>,
    },
    Window {
        start_ms: u32,
        after: Option<WindowRating>,
    },
    Note {
        id: NoteId,
        after: Option<Note>,
    },
    /// Stretches played or read, ms, ends exclusive, sorted and apart from each other.
    Coverage {
        after: Vec<(u32, u32)>,
    },
    Dismissed {
        members: Vec<ConflictId>,
        after: bool,
    },
    /// Of a consensus coding alone.
    Settlement {
        item: String,
        after: Option<Box<Settlement>>,
    },
}

impl Change {
    /// What kind of thing is changed, in the glossary's word.
    #[must_use]
    pub const fn entity(&self) -> &'static str {
        match self {
            Self::Study { .. } => "study",
            Self::Case { .. } => "case",
            Self::Session { .. } => "session",
            Self::Transcript { .. } => "transcript",
            Self::Recording { .. } => "recording",
            Self::Outcome { .. } => "outcome",
            Self::Exploration { .. } => "exploration",
            Self::Rater { .. } => "rater",
            Self::Rule { .. } => "rule",
            Self::Codebook { .. } => "codebook",
            Self::Head { .. } => "head",
            Self::Originals { .. } => "original",
            Self::Ruling { .. } => "ruling",
            Self::CodingOfRecord { .. } => "coding of record",
            Self::Erased { .. } => "erasure",
            Self::Coding { .. } => "coding",
            Self::Status { .. } => "status",
            Self::Conflict { .. } => "conflict",
            Self::Marker { .. } => "marker",
            Self::SessionRating { .. } => "rating",
            Self::Window { .. } => "window",
            Self::Note { .. } => "note",
            Self::Coverage { .. } => "coverage",
            Self::Dismissed { .. } => "dismissed",
            Self::Settlement { .. } => "settlement",
        }
    }

    /// Whether it belongs to the study's set-up rather than to a coding.
    #[must_use]
    pub const fn is_set_up(&self) -> bool {
        matches!(
            self,
            Self::Study { .. }
                | Self::Case { .. }
                | Self::Session { .. }
                | Self::Transcript { .. }
                | Self::Recording { .. }
                | Self::Outcome { .. }
                | Self::Exploration { .. }
                | Self::Rater { .. }
                | Self::Rule { .. }
                | Self::Codebook { .. }
                | Self::Head { .. }
                | Self::Originals { .. }
                | Self::Ruling { .. }
                | Self::CodingOfRecord { .. }
                | Self::Erased { .. }
        )
    }

    /// Whether both say something about the same thing.
    #[must_use]
    pub(crate) fn same_thing(&self, other: &Self) -> bool {
        use Change as C;
        match (self, other) {
            (C::Study { .. }, C::Study { .. })
            | (C::Coding { .. }, C::Coding { .. })
            | (C::Status { .. }, C::Status { .. })
            | (C::Coverage { .. }, C::Coverage { .. }) => true,
            (C::Case { id: a, .. }, C::Case { id: b, .. }) => a == b,
            (C::Session { id: a, .. }, C::Session { id: b, .. }) => a == b,
            (
                C::Transcript {
                    session_id: a,
                    version: v,
                    ..
                },
                C::Transcript {
                    session_id: b,
                    version: w,
                    ..
                },
            ) => a == b && v == w,
            (C::Outcome { of: a, .. }, C::Outcome { of: b, .. }) => a == b,
            (C::Exploration { id: a, .. }, C::Exploration { id: b, .. }) => a == b,
            (C::Rater { id: a, .. }, C::Rater { id: b, .. }) => a == b,
            (C::Rule { id: a, .. }, C::Rule { id: b, .. }) => a == b,
            (C::Codebook { reference: a, .. }, C::Codebook { reference: b, .. }) => a == b,
            (C::Recording { session_id: a, .. }, C::Recording { session_id: b, .. })
            | (C::Originals { session_id: a, .. }, C::Originals { session_id: b, .. })
            | (C::CodingOfRecord { session_id: a, .. }, C::CodingOfRecord { session_id: b, .. }) => a == b,
            (C::Ruling { id: a, .. }, C::Ruling { id: b, .. }) => a == b,
            (C::Settlement { item: a, .. }, C::Settlement { item: b, .. }) => a == b,
            (C::Conflict { id: a, .. }, C::Conflict { id: b, .. }) => a == b,
            (C::Marker { id: a, .. }, C::Marker { id: b, .. }) => a == b,
            (C::SessionRating { key: a, .. }, C::SessionRating { key: b, .. }) => a == b,
            (C::Window { start_ms: a, .. }, C::Window { start_ms: b, .. }) => a == b,
            (C::Note { id: a, .. }, C::Note { id: b, .. }) => a == b,
            (C::Dismissed { members: a, .. }, C::Dismissed { members: b, .. }) => sorted(a) == sorted(b),
            _ => false,
        }
    }

    /// The id that every change of the same thing spells out in JSON as it is; `None` where there is no such text.
    pub(crate) fn id(&self) -> Option<&str> {
        let id = match self {
            Self::Case { id, .. } => id.as_str(),
            Self::Session { id, .. } => id.as_str(),
            Self::Outcome { of, .. } => of.case_id.as_str(),
            Self::Exploration { id, .. } => id.as_str(),
            Self::Rater { id, .. } => id.as_str(),
            Self::Rule { id, .. } => id.as_str(),
            Self::Recording { session_id, .. }
            | Self::Originals { session_id, .. }
            | Self::CodingOfRecord { session_id, .. } => session_id.as_str(),
            Self::Ruling { id, .. } => id.as_str(),
            Self::Settlement { item, .. } => item,
            Self::Conflict { id, .. } => id.as_str(),
            Self::Marker { id, .. } => id.as_str(),
            Self::Note { id, .. } => id.as_str(),
            _ => return None,
        };
        // JSON spells these two differently.
        (!id.contains(['"', '\\'])).then_some(id)
    }

    /// The same thing as if nobody had ever said anything about it; `None` for what is only ever added.
    #[must_use]
    pub(crate) fn absent(&self) -> Option<Self> {
        Some(match self {
            Self::Study { .. } => Self::Study { after: None },
            Self::Case { id, .. } => Self::Case {
                id: id.clone(),
                after: None,
            },
            Self::Session { id, .. } => Self::Session {
                id: id.clone(),
                after: None,
            },
            Self::Transcript {
                session_id, version, ..
            } => Self::Transcript {
                session_id: session_id.clone(),
                version: *version,
                after: None,
            },
            Self::Recording { session_id, .. } => Self::Recording {
                session_id: session_id.clone(),
                after: None,
            },
            Self::Outcome { of, .. } => Self::Outcome {
                of: of.clone(),
                after: None,
            },
            Self::Exploration { id, .. } => Self::Exploration {
                id: id.clone(),
                after: None,
            },
            Self::Rater { id, .. } => Self::Rater {
                id: id.clone(),
                after: None,
            },
            Self::Rule { id, .. } => Self::Rule {
                id: id.clone(),
                after: None,
            },
            Self::Codebook { reference, .. } => Self::Codebook {
                reference: reference.clone(),
                after: None,
            },
            Self::Originals { session_id, .. } => Self::Originals {
                session_id: session_id.clone(),
                after: None,
            },
            Self::Ruling { id, .. } => Self::Ruling {
                id: id.clone(),
                after: None,
            },
            Self::CodingOfRecord { session_id, .. } => Self::CodingOfRecord {
                session_id: session_id.clone(),
                after: None,
            },
            Self::Coding { .. } => Self::Coding { after: None },
            Self::Status { .. } => Self::Status { after: None },
            Self::Conflict { id, .. } => Self::Conflict {
                id: id.clone(),
                after: None,
            },
            Self::Marker { id, .. } => Self::Marker {
                id: id.clone(),
                after: None,
            },
            Self::SessionRating { key, .. } => Self::SessionRating {
                key: key.clone(),
                after: None,
            },
            Self::Window { start_ms, .. } => Self::Window {
                start_ms: *start_ms,
                after: None,
            },
            Self::Note { id, .. } => Self::Note {
                id: id.clone(),
                after: None,
            },
            Self::Coverage { .. } => Self::Coverage { after: Vec::new() },
            Self::Dismissed { members, .. } => Self::Dismissed {
                members: members.clone(),
                after: false,
            },
            Self::Settlement { item, .. } => Self::Settlement {
                item: item.clone(),
                after: None,
            },
            Self::Head { .. } | Self::Erased { .. } => return None,
        })
    }
}

/// Members of a build-up in the one order that tables and comparisons use.
pub(crate) fn sorted(members: &[ConflictId]) -> Vec<&str> {
    let mut ids: Vec<&str> = members.iter().map(ConflictId::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
