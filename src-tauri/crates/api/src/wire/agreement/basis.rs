//! What the numbers stand on, what they leave out, and what has changed since.

use super::super::wire;

wire! {
    /// What was left out, and the choice that would take it in.
    struct LeftOut {
        /// `unsubmitted`, `coded-once`, `other-transcript`, `other-codebook`, `branch`, `unseen`, `not-rated`.
        pub kind: String,
        pub count: u32,
        /// `3 codings are not submitted.`
        pub words: String,
        /// `Ada · 3, Novak`: which.
        pub which: Vec<String>,
        /// The member of `keep` that takes it in.
        pub keep: Option<String>,
    }
}

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum ChangedSince {
        /// It was frozen: the numbers are of what was frozen.
        Frozen,
        /// It was compared.
        Compared,
        /// It is gone.
        Erased,
    }
}

wire! {
    /// A coding that is not any more what the numbers were computed from.
    struct ChangedCoding {
        /// `Ada · 3`.
        pub session: String,
        pub rater: String,
        pub since: ChangedSince,
        /// What it means for the numbers.
        pub words: String,
    }
}

wire! {
    struct ComparedRater { pub name: String, pub codings: u32, pub conflicts: u32, pub markers: u32 }
}

wire! {
    /// What the numbers stand on.
    struct AgreementBasis {
        pub sessions: u32,
        pub cases: u32,
        pub raters: Vec<ComparedRater>,
        pub units: u32,
        pub missing: u32,
        /// Units that two or more raters marked, and that one alone did.
        pub matched: u32,
        pub unmatched: u32,
        /// `case` or `session`.
        pub cluster: String,
        pub clusters: u32,
        /// `24 sessions · 3 raters · 3 stretches unseen`.
        pub summary: String,
        /// `Intervals by resampling 24 sessions.`
        pub intervals: String,
    }
}
