//! What counts in results for sessions that several people coded.

use sunder_domain::{OperationId, RaterId, SessionId};

use super::super::wire;

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
