//! Requests that change a coding. Each carries a fresh operation id, so that one sent twice is done once.

use sunder_domain::{
    Actor, Addressed, Clarity, CodeKey, CodingId, ConflictId, Depth, Element, FailedCare, MarkerId, NoteId,
    OperationId, Origin, PainfulAffect, Relationship, Score, Settled, Strategy,
};

use super::coding::SegmentView;
use super::wire;

wire! {
    /// Marks a segment. Ids are made by the caller, so that the mark can be drawn before it is confirmed.
    struct AddMarker {
        pub op: OperationId,
        pub coding_id: CodingId,
        pub marker_id: MarkerId,
        /// The conflict of its own that a conflict marker starts with; not used for repairs.
        #[serde(default)]
        pub conflict_id: Option<ConflictId>,
        pub segment: SegmentView,
        pub code: CodeKey,
        /// Default: the speaker of the first turn, or the code's only actor.
        #[serde(default)]
        pub actor: Option<Actor>,
        /// For a repair: the conflicts it answers.
        #[serde(default)]
        pub answers: Vec<ConflictId>,
    }
}

wire! {
    /// One thing about a marker.
    #[serde(tag = "set", content = "to", rename_all = "kebab-case")]
    enum MarkerEdit {
        Code(CodeKey),
        Actor(Actor),
        Clarity(Clarity),
        Discuss(bool),
        Note(String),
        Segment(SegmentView),
        Answers(Vec<ConflictId>),
        Depth(Option<Depth>),
        Strategy(Option<Strategy>),
    }
}

wire! {
    /// One thing about a conflict; null takes it back.
    #[serde(tag = "set", content = "to", rename_all = "kebab-case")]
    enum ConflictEdit {
        Significance(Option<Score>),
        Intensity(Option<Score>),
        Centrality(Option<Score>),
        Endangerment(Option<Score>),
        Relationship(Option<Relationship>),
        Elements(Vec<Element>),
        Origin(Option<Origin>),
        FailedCare(Option<FailedCare>),
        PainfulAffect(Option<PainfulAffect>),
        Addressed(Option<Addressed>),
        Settled(Option<Settled>),
        BuiltFrom(Vec<ConflictId>),
        Note(String),
    }
}

wire! {
    struct ChangeMarker {
        pub op: OperationId,
        pub coding_id: CodingId,
        pub marker_id: MarkerId,
        pub edit: MarkerEdit,
        /// Needed when the new code makes a repair into a conflict.
        #[serde(default)]
        pub conflict_id: Option<ConflictId>,
    }
}

wire! { struct DeleteMarker { pub op: OperationId, pub coding_id: CodingId, pub marker_id: MarkerId } }

wire! {
    struct ChangeConflict {
        pub op: OperationId,
        pub coding_id: CodingId,
        pub conflict_id: ConflictId,
        pub edit: ConflictEdit,
    }
}

wire! {
    /// Joins `join` into `keep`: its markers move, the higher scores stay, what `keep` does not say is taken from `join`.
    struct JoinConflicts { pub op: OperationId, pub coding_id: CodingId, pub keep: ConflictId, pub join: ConflictId }
}

wire! {
    /// Parts a marker from its conflict into an unscored one of its own.
    struct PartMarker {
        pub op: OperationId,
        pub coding_id: CodingId,
        pub marker_id: MarkerId,
        pub conflict_id: ConflictId,
    }
}

wire! { struct PutNote { pub op: OperationId, pub coding_id: CodingId, pub note_id: NoteId, pub at_ms: u32, pub text: String } }
wire! { struct DeleteNote { pub op: OperationId, pub coding_id: CodingId, pub note_id: NoteId } }

wire! {
    /// Rates the session, or one window.
    struct SetRating {
        pub op: OperationId,
        pub coding_id: CodingId,
        pub key: String,
        /// Start and end of the window; null for the session.
        #[serde(default)]
        pub window: Option<(u32, u32)>,
        pub score: Option<Score>,
    }
}

wire! {
    /// Says of a window that nothing is there, or takes that back.
    struct SetNothingHere { pub op: OperationId, pub coding_id: CodingId, pub window: (u32, u32), pub nothing_here: bool }
}

wire! {
    /// Adds stretches that were played or read.
    struct AddCoverage { pub op: OperationId, pub coding_id: CodingId, pub ranges: Vec<(u32, u32)> }
}

wire! {
    struct DismissAccumulation {
        pub op: OperationId,
        pub coding_id: CodingId,
        pub members: Vec<ConflictId>,
        pub dismissed: bool,
    }
}

wire! { struct CodingAct { pub op: OperationId, pub coding_id: CodingId } }
wire! { struct ReopenCoding { pub op: OperationId, pub coding_id: CodingId, pub reason: String } }

wire! {
    /// A stretch of the session that was never played or read.
    #[derive(Copy, Eq)]
    struct UnseenStretch { pub start_ms: u32, pub end_ms: u32, pub first_turn: Option<u32>, pub last_turn: Option<u32> }
}

wire! { struct CodingQuestion { pub coding_id: CodingId } }

wire! {
    /// What stands between a coding and its submission.
    struct SubmitCheck {
        pub unseen: Vec<UnseenStretch>,
        pub unscored: Vec<ConflictId>,
        /// Keys of session ratings that are not given.
        pub unrated: Vec<String>,
        pub to_discuss: Vec<MarkerId>,
    }
}

wire! {
    /// A look at another cut: never part of the study.
    struct TakeLook { pub coding_id: CodingId, pub cut: f64, #[serde(default)] pub move_exceptions: bool }
}

wire! {
    struct Look {
        pub verdicts: std::collections::BTreeMap<ConflictId, super::coding::Verdict>,
        /// Absent where the person may not see totals.
        pub totals: Option<super::coding::TotalsView>,
        pub accumulations: Vec<super::coding::AccumulationView>,
    }
}
