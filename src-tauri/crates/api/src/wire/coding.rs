//! A coding on the screen, and what one act changed in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sunder_domain::{
    Actor, Addressed, Clarity, Class, CodeKey, CodingId, ConflictId, Depth, Element, Factors, FailedCare,
    FamilyKind, MarkerId, Mode, Note, Origin, PainfulAffect, Purpose, Reason, Relationship, Score, SessionId,
    Settled, Status, Strategy, WindowRating,
};
use ts_rs::TS;

use super::wire;

/// A place in the text: turn and UTF-16 unit, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub turn: u32,
    pub unit: u32,
}

wire! {
    /// What is marked. Ends are exclusive.
    #[derive(Copy, Eq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum SegmentView {
        Text { start: Place, end: Place },
        Time { start_ms: u32, end_ms: u32 },
        Whole,
    }
}

wire! {
    struct MarkerView {
        pub id: MarkerId,
        pub segment: SegmentView,
        /// When the segment starts and ends on the session's clock.
        pub start_ms: u32,
        pub end_ms: u32,
        pub code: CodeKey,
        pub kind: FamilyKind,
        pub actor: Actor,
        pub clarity: Clarity,
        pub discuss: bool,
        pub note: String,
        pub conflict_id: Option<ConflictId>,
        pub answers: Vec<ConflictId>,
        pub depth: Option<Depth>,
        pub strategy: Option<Strategy>,
    }
}

wire! {
    /// Class of a conflict under a rule, and why.
    struct Verdict {
        pub class: Class,
        #[serde(serialize_with = "sunder_domain::number::plain_option")]
        pub score: Option<f64>,
        #[serde(serialize_with = "sunder_domain::number::plain_option")]
        pub cut: Option<f64>,
        pub reasons: Vec<Reason>,
    }
}

wire! {
    struct ConflictView {
        pub id: ConflictId,
        /// Its markers, by onset.
        pub markers: Vec<MarkerId>,
        pub mode: Mode,
        pub onset_ms: Option<u32>,
        pub end_ms: Option<u32>,
        pub significance: Option<Score>,
        pub factors: Factors,
        pub relationship: Option<Relationship>,
        pub elements: Vec<Element>,
        pub origin: Option<Origin>,
        pub failed_care: Option<FailedCare>,
        pub painful_affect: Option<PainfulAffect>,
        pub addressed: Option<Addressed>,
        pub settled: Option<Settled>,
        pub built_from: Vec<ConflictId>,
        pub note: String,
        /// Absent where the person may not see classes.
        pub verdict: Option<Verdict>,
    }
}

wire! {
    /// A conflict of an earlier session of the same rater and case, for linking.
    struct EarlierConflict {
        pub id: ConflictId,
        /// `Ada · 2`, or the neutral code.
        pub session_label: String,
        pub code: CodeKey,
        pub onset_ms: Option<u32>,
        pub significance: Option<Score>,
        /// Absent where the person may not see classes.
        pub class: Option<Class>,
    }
}

wire! {
    /// Unaddressed strains that may have built up; a person confirms or dismisses.
    struct AccumulationView {
        pub members: Vec<ConflictId>,
        /// Members that lie in the open session.
        pub here: Vec<ConflictId>,
        /// Labels of the other sessions that members lie in.
        pub elsewhere: Vec<String>,
        /// `3 unaddressed strains, a build-up?`
        pub text: String,
        /// Ruptures of this session that start after the last member and could have been built from it.
        pub candidates: Vec<ConflictId>,
    }
}

wire! {
    /// Counts, ruptures and strains apart; all of them together are conflicts.
    #[derive(Copy, Eq, Default)]
    struct TotalsView {
        pub conflicts: u32,
        pub ruptures: u32,
        pub strains: u32,
        pub unscored: u32,
        pub ruptures_built_from: u32,
        /// As the rule proposes them, whether or not a person has confirmed or dismissed one.
        pub accumulations_proposed: u32,
        pub markers: u32,
    }
}

wire! {
    struct CodingView {
        pub id: CodingId,
        pub session_id: SessionId,
        /// Empty where a lead reads a transcript that nobody has coded.
        pub rater: String,
        pub purpose: Purpose,
        pub status: Status,
        pub markers: Vec<MarkerView>,
        pub conflicts: Vec<ConflictView>,
        pub earlier: Vec<EarlierConflict>,
        pub rest: CodingRest,
    }
}

wire! {
    /// The small parts of a coding, sent whole with every change.
    struct CodingRest {
        pub status: Status,
        /// The version it stands on; another one than before once it was carried over, or back: open the session anew.
        pub transcript_version: u32,
        pub notes: Vec<Note>,
        pub session_ratings: BTreeMap<String, Score>,
        pub windows: Vec<WindowRating>,
        /// Stretches played or read, ms, ends exclusive.
        pub coverage: Vec<(u32, u32)>,
        /// Absent where the person may not see totals.
        pub totals: Option<TotalsView>,
        /// Absent where the person may not see classes.
        pub accumulations: Option<Vec<AccumulationView>>,
        /// What undo would take back, in words; absent when there is nothing.
        pub undo: Option<String>,
        pub redo: Option<String>,
    }
}

wire! {
    /// What to bring into view after an undo or redo.
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum Focus {
        Marker { marker_id: MarkerId },
        Conflict { conflict_id: ConflictId },
        Moment { at_ms: u32 },
        SessionRatings,
    }
}

wire! {
    /// What one confirmed act changed. Confirmed means durable.
    struct CodingChange {
        pub operation_id: sunder_domain::OperationId,
        pub markers: Vec<MarkerView>,
        pub removed_markers: Vec<MarkerId>,
        pub conflicts: Vec<ConflictView>,
        pub removed_conflicts: Vec<ConflictId>,
        pub rest: CodingRest,
        /// Set by undo and redo.
        pub focus: Option<Focus>,
        /// What was undone or redone, in words.
        pub done: Option<String>,
    }
}
