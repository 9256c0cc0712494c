//! Freezing the codings of sessions, and where each session stands.

use sunder_domain::{CodingId, OperationId, SessionId};

use super::super::wire;
use super::record::RecordView;

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
