//! The sweep: what the study's conflicts would be under every cut, or along any one other number of the rule.

use sunder_domain::{Rule, RuleId};

use super::super::agreement::{CurvePoint, UnitChoice};
use super::super::wire;
use super::{ClassCounts, LockView, ModeShare, RelationshipShare, ThresholdSource};

wire! {
    #[derive(Default)]
    struct SweepChoice {
        /// Else the study's own.
        #[serde(default)]
        pub rule: Option<Rule>,
        /// `cut`, `floors.intensity`, `floors.centrality`, `floors.endangerment`, `tended.unless_score`,
        /// `accumulation.count`, `accumulation.within` or `overrides.N` (counted from 1).
        #[serde(default)]
        pub parameter: Option<String>,
        /// Absent: of the cut, every one at which anything changes; of another parameter, a grid of its own.
        #[serde(default)]
        pub values: Option<Vec<f64>>,
        /// Absent: the coding of record where any is fixed, else every person who coded for production, side by side.
        #[serde(default)]
        pub source: Option<ThresholdSource>,
    }
}

wire! {
    /// Counts at one value.
    struct SweepRow {
        pub value: f64,
        pub conflicts: u32,
        pub counts: ClassCounts,
        /// Ruptures that a person linked to the strains they were built from.
        pub built_from: u32,
        /// Absent where the rule proposes no build-ups.
        pub proposed: Option<u32>,
        pub sessions_with_rupture: u32,
        pub sessions_with_strain: u32,
        pub cases_with_rupture: u32,
        pub cases_with_strain: u32,
        pub modes: Vec<ModeShare>,
        pub relationships: Vec<RelationshipShare>,
    }
}

wire! {
    /// One source; sources are never added up.
    struct SweepSource {
        pub words: String,
        pub of_record: bool,
        pub sessions: u32,
        pub cases: u32,
        pub rows: Vec<SweepRow>,
    }
}

wire! {
    /// Agreement of raters on the class under every cut.
    struct SweepAgreement {
        pub unit: UnitChoice,
        /// `windows of 5 minutes`.
        pub per: String,
        pub raters: u32,
        pub sessions: u32,
        pub points: Vec<CurvePoint>,
        /// Why a peak is no reason to choose a cut.
        pub sentence: String,
    }
}

wire! {
    struct SweepReport {
        pub rule: Rule,
        /// Set where the rule is one that the study has locked.
        pub locked: Option<LockView>,
        pub rule_id: Option<RuleId>,
        pub parameter: String,
        /// The rule's own value; absent where it has none.
        pub own: Option<f64>,
        pub sources: Vec<SweepSource>,
        /// Absent for a parameter other than the cut, or where fewer than two raters coded a session.
        pub agreement: Option<SweepAgreement>,
        /// What is missing, and what to keep in mind.
        pub notes: Vec<String>,
    }
}
