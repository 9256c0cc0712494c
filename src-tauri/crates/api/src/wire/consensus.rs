//! Consensus: frozen originals, what is to settle and how it was, rulings, and what counts in results.
//!
//! All of it is the lead's; of rulings raters are sent what they may see.

use sunder_domain::{
    Actor, Choice, Clarity, CodeKey, CodingId, ConflictId, Depth, ItemKind, ItemSource, OperationId, RaterId,
    Role, RulingId, Score, SessionId, StatedMean, Status, Strategy, WindowRating,
};

use super::coding::{ConflictView, MarkerView, SegmentView};
use super::edit::ConflictEdit;
use super::wire;

wire! {
    /// Freezes the codings of sessions as they stand: what is compared and settled from then on.
    struct OpenConsensus {
        pub op: OperationId,
        /// Empty: every session that two raters or more have coded for production.
        #[serde(default)]
        pub sessions: Vec<SessionId>,
        /// Also sessions that were frozen before: as their codings stand now.
        #[serde(default)]
        pub anew: bool,
        /// Codings that are not submitted are frozen as well; they are left out otherwise.
        #[serde(default)]
        pub unsubmitted: bool,
    }
}

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum ConsensusState {
        /// Its codings are not frozen.
        NotOpened,
        Open,
        /// Its consensus is submitted.
        Submitted,
    }
}

wire! {
    /// Where one session stands.
    struct ConsensusSummary {
        pub session_id: SessionId,
        /// `Ada · 3`.
        pub label: String,
        pub case_name: String,
        pub number: u32,
        /// Who coded it for production.
        pub raters: Vec<String>,
        /// Raters whose coding is not submitted.
        pub unsubmitted: Vec<String>,
        pub state: ConsensusState,
        /// When its codings were frozen, Unix ms.
        pub frozen_ms: Option<i64>,
        /// Raters whose coding is not any more what was frozen.
        pub changed: Vec<String>,
        /// Things to settle, those of them that are settled, and those left that all originals agree on.
        pub items: u32,
        pub settled: u32,
        pub agreed: u32,
        /// The consensus, once something is settled.
        pub coding_id: Option<CodingId>,
        pub record: Option<RecordView>,
    }
}

wire! {
    /// Every session that two raters or more have coded, or whose codings are frozen.
    struct ConsensusOverview {
        pub sessions: Vec<ConsensusSummary>,
        pub items: u32,
        pub settled: u32,
        /// What was left out when the codings were frozen, in words.
        pub left_out: Vec<String>,
    }
}

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

wire! {
    /// What counts in results for a session that several people coded.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum RecordChoice {
        Consensus,
        /// The mean of the raters' totals.
        Mean,
        Rater { rater_id: RaterId },
        /// One of its raters, drawn once and for good; the same seed draws the same.
        Random { seed: u32 },
    }
}

wire! {
    struct SetRecord {
        pub op: OperationId,
        /// Empty: every session that this can be fixed for.
        #[serde(default)]
        pub sessions: Vec<SessionId>,
        /// Absent: none is fixed any more.
        #[serde(default)]
        pub record: Option<RecordChoice>,
    }
}

wire! {
    /// The coding of record, as the lead fixed it.
    struct RecordView {
        pub choice: RecordChoice,
        /// The rater named or drawn.
        pub rater: Option<String>,
        /// When it was fixed, Unix ms.
        pub fixed_ms: i64,
        /// `consensus`, `mean of raters`, `R. Novak`, `R. Novak (drawn, seed 7)`.
        pub words: String,
    }
}

wire! {
    /// A turn's part in a passage.
    struct PassageTurn { pub role: Role, pub text: String }
}

wire! {
    /// Where a ruling comes from.
    struct PassageView {
        pub words: Vec<PassageTurn>,
        /// Absent, with what follows, where the person may not know the session.
        pub session_id: Option<SessionId>,
        pub label: Option<String>,
        pub segment: Option<SegmentView>,
    }
}

wire! {
    /// What the lead decided about an entry of the codebook; every rater sees it from then on.
    struct RulingView {
        pub id: RulingId,
        /// Key of a code, a family or a rating.
        pub entry: String,
        pub text: String,
        pub at_ms: i64,
        pub passage: Option<PassageView>,
    }
}

wire! { struct PassageChoice { pub session_id: SessionId, pub segment: SegmentView } }

wire! {
    struct AddRuling {
        pub op: OperationId,
        pub entry: String,
        pub text: String,
        #[serde(default)]
        pub passage: Option<PassageChoice>,
    }
}

wire! { struct EditRuling { pub op: OperationId, pub ruling_id: RulingId, pub text: String } }
wire! { struct RemoveRuling { pub op: OperationId, pub ruling_id: RulingId } }
