//! What there is to settle in a session, with what each original says.

use sunder_domain::{
    Choice, CodingId, ItemKind, ItemSource, Role, Score, SessionId, StatedMean, Status, WindowRating,
};

use super::super::wire;
use super::frozen::ConsensusState;
use super::record::RecordView;
use crate::wire::{ConflictView, MarkerView};

wire! {
    struct ConsensusQuestion {
        pub session_id: SessionId,
        /// Raters are called Rater 1, Rater 2 …
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum OriginalState {
        /// The coding is still what was frozen.
        Unchanged,
        /// The rater has changed it since; the frozen one counts until it is frozen anew.
        Changed,
        /// It was erased.
        Erased,
    }
}

wire! {
    /// A coding as it was frozen.
    struct OriginalView {
        pub coding_id: CodingId,
        pub rater: String,
        /// Status when it was frozen.
        pub status: Status,
        pub state: OriginalState,
        pub conflicts: u32,
        pub markers: u32,
    }
}

wire! {
    /// What one original has to an item.
    struct ItemMember {
        pub coding_id: CodingId,
        pub rater: String,
        /// Whether it has anything there.
        pub marked: bool,
        /// Whether at least half of the stretch was played or read.
        pub seen: bool,
        /// For a conflict.
        pub conflict: Option<ConflictView>,
        pub markers: Vec<MarkerView>,
        /// For a session rating.
        pub rating: Option<Score>,
        /// For a window.
        pub window: Option<WindowRating>,
    }
}

wire! {
    /// How an item was settled, and what it put into the consensus.
    struct SettlementView {
        pub choice: Choice,
        /// Where it stood in the originals when it was settled.
        pub sources: Vec<ItemSource>,
        /// Whom it was taken from.
        pub rater: Option<String>,
        pub reason: String,
        pub present: String,
        pub at_ms: i64,
        /// Every score that is a mean, as it was before rounding.
        pub means: Vec<StatedMean>,
        pub conflict: Option<ConflictView>,
        pub markers: Vec<MarkerView>,
        pub rating: Option<Score>,
        pub window: Option<WindowRating>,
        /// The originals were frozen anew since, and stand otherwise here.
        pub outdated: bool,
        /// Links of the original to conflicts that are not settled yet.
        pub links_to_come: u32,
    }
}

wire! {
    /// A turn that something lies in, whole: positions of markers count from its beginning.
    struct SaidTurn { pub turn: u32, pub role: Role, pub start_ms: u32, pub text: String }
}

wire! {
    /// One thing to settle.
    struct ConsensusItem {
        /// Its name within the session.
        pub id: String,
        pub kind: ItemKind,
        /// What is rated, for ratings; else the names of the codes.
        pub label: String,
        pub start_ms: u32,
        pub end_ms: u32,
        /// First and last turn, where it lies in turns.
        pub turns: Option<[u32; 2]>,
        /// Words of those turns, cut short.
        pub excerpt: String,
        /// Those turns, the first few of them; none for ratings.
        pub said: Vec<SaidTurn>,
        /// One for each original, in their order.
        pub members: Vec<ItemMember>,
        /// All originals have it and say the same.
        pub agreed: bool,
        /// All originals have it, of one class under the study's rule. For what has no class as `agreed`.
        pub same_class: bool,
        /// What "mean" would make of the scores.
        pub means: Vec<StatedMean>,
        pub settlement: Option<SettlementView>,
    }
}

wire! {
    /// A session's originals, and all there is to settle, by onset; ratings come last.
    struct ConsensusView {
        pub session_id: SessionId,
        pub label: String,
        pub state: ConsensusState,
        pub frozen_ms: Option<i64>,
        pub originals: Vec<OriginalView>,
        pub items: Vec<ConsensusItem>,
        pub settled: u32,
        /// The consensus, once something is settled.
        pub coding_id: Option<CodingId>,
        pub record: Option<RecordView>,
        /// What undo would take back, in words.
        pub undo: Option<String>,
        pub redo: Option<String>,
        /// The item to look at after an undo or redo.
        pub focus: Option<String>,
    }
}
