//! How items are settled.

use sunder_domain::{
    Actor, Clarity, CodeKey, CodingId, ConflictId, Depth, OperationId, Score, SessionId, Strategy,
    WindowRating,
};

use super::super::wire;
use crate::wire::ConflictEdit;
use crate::wire::SegmentView;

wire! {
    /// A marker of the lead's own.
    struct ConsensusMarker {
        pub segment: SegmentView,
        pub code: CodeKey,
        pub actor: Actor,
        #[serde(default = "clear")]
        pub clarity: Clarity,
        #[serde(default)]
        pub note: String,
        /// Conflicts of consensus codings; absent: what the marker that it starts from answers.
        #[serde(default)]
        #[ts(optional)]
        pub answers: Option<Vec<ConflictId>>,
        #[serde(default)]
        pub depth: Option<Depth>,
        #[serde(default)]
        pub strategy: Option<Strategy>,
    }
}

const fn clear() -> Clarity {
    Clarity::Clear
}

wire! {
    /// How to settle an item.
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum SettleBy {
        /// As this original has it.
        Take { coding_id: CodingId },
        /// Rounded means of the scores; all else from the member of the highest significance.
        Mean,
        /// Nothing is there.
        None,
        /// Values of the lead's own.
        Edit {
            /// The original to start from; else what is settled, else the member of the highest significance.
            #[serde(default)]
            #[ts(optional)]
            from: Option<CodingId>,
            /// For a conflict: what is otherwise. Links name conflicts of consensus codings.
            #[serde(default)]
            conflict: Vec<ConflictEdit>,
            /// All markers, where they are otherwise; exactly one for what is no conflict.
            #[serde(default)]
            #[ts(optional)]
            markers: Option<Vec<ConsensusMarker>>,
            /// For a session rating.
            #[serde(default)]
            #[ts(optional)]
            rating: Option<Score>,
            /// For a window.
            #[serde(default)]
            #[ts(optional)]
            window: Option<WindowRating>,
        },
    }
}

wire! {
    /// Settles one item, or settles it again.
    struct SettleItem {
        pub op: OperationId,
        pub session_id: SessionId,
        pub item: String,
        pub by: SettleBy,
        #[serde(default)]
        pub reason: String,
        /// Who was there.
        #[serde(default)]
        pub present: String,
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "kebab-case")]
    enum AgreedOn {
        /// Every judgement, code and actor.
        #[default]
        Everything,
        /// The class under the study's rule; what differs within it becomes the mean.
        Class,
    }
}

wire! {
    /// Settles, in one step, all that all originals agree on and that is not settled.
    struct SettleAgreed {
        pub op: OperationId,
        pub session_id: SessionId,
        #[serde(default)]
        pub on: AgreedOn,
        #[serde(default)]
        pub reason: String,
        #[serde(default)]
        pub present: String,
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    /// Settles, in one step, all that is not settled as one original has it.
    struct SettleRest {
        pub op: OperationId,
        pub session_id: SessionId,
        pub coding_id: CodingId,
        #[serde(default)]
        pub reason: String,
        #[serde(default)]
        pub present: String,
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    /// Makes an item unsettled again.
    struct UnsettleItem {
        pub op: OperationId,
        pub session_id: SessionId,
        pub item: String,
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    struct ConsensusAct {
        pub op: OperationId,
        pub session_id: SessionId,
        #[serde(default)]
        pub hide_names: bool,
    }
}
