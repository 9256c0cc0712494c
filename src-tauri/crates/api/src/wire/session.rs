//! One session, open for coding or for looking.

use sunder_domain::{ClockSource, CodingId, Element, Purpose, Relationship, Role, SessionId};

use super::coding::CodingView;
use super::consensus::RulingView;
use super::recording::RecordingView;
use super::study::SessionItem;
use super::wire;

wire! {
    /// One turn; its index is its place in the list.
    struct TurnView {
        pub role: Role,
        /// As the file named the speaker; empty where it named nobody.
        pub speaker: String,
        pub text: String,
        pub start_ms: u32,
        pub end_ms: u32,
        /// The start was not in the file.
        pub estimated: bool,
    }
}

wire! {
    struct TranscriptView {
        pub version: u32,
        /// The newest version, where the coding stands on an older one.
        pub newer: Option<u32>,
        pub clock: ClockSource,
        pub duration_ms: u32,
        pub turns: Vec<TurnView>,
    }
}

wire! {
    /// Opens a session: one's own coding, or (for the lead) the coding named.
    struct OpenSession {
        pub session_id: SessionId,
        #[serde(default)]
        #[ts(optional)]
        pub coding_id: Option<CodingId>,
        #[serde(default)]
        #[ts(optional)]
        pub purpose: Option<Purpose>,
    }
}

wire! {
    /// Which elements can be hurt where a relationship is.
    struct RelationshipElements { pub relationship: Relationship, pub elements: Vec<Element> }
}

wire! {
    /// A look at another cut as this machine keeps it; never the study's rule.
    #[derive(Copy)]
    struct KeptLook { pub cut: f64, pub move_exceptions: bool }
}

wire! { struct KeepLook { pub look: Option<KeptLook> } }

wire! {
    struct SessionView {
        pub session: SessionItem,
        pub transcript: TranscriptView,
        /// What plays with it; absent where there is none, or where this person works from the transcript alone.
        pub recording: Option<RecordingView>,
        pub coding: CodingView,
        /// Somebody else's coding, or a lead's look: nothing can be changed.
        pub read_only: bool,
        /// Where playing stopped last time.
        pub position_ms: u32,
        pub window_ms: u32,
        /// What the lead decided about entries of the codebook.
        pub rulings: Vec<RulingView>,
        /// Problems and goals of the case, where raters may read them.
        pub brief: Option<String>,
        pub elements: Vec<RelationshipElements>,
        /// The look that this person left on; absent where classes are not shown, or where it is the study's cut by now.
        pub look: Option<KeptLook>,
    }
}

wire! { struct SetPosition { pub session_id: SessionId, pub at_ms: u32 } }
