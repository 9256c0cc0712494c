//! What a rule makes of the conflicts of a study, at one cut.

use sunder_domain::{
    Class, CodeKey, CodingId, ConflictId, DecidedBy, Mode, Purpose, RaterId, Relationship, Rule, RuleId,
    SessionId,
};

use super::super::wire;
use super::RuleView;

wire! {
    /// Whose codings are looked at: one coding of each session, never several added up.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum ThresholdSource {
        /// What counts for each session in results.
        OfRecord,
        /// One person's codings for one purpose.
        Coder { rater_id: RaterId, purpose: Purpose },
    }
}

wire! {
    struct ThresholdSourceView {
        pub source: ThresholdSource,
        /// `coding of record`, `L. Haddad`, `Expert, expert coding`.
        pub words: String,
        pub sessions: u32,
        pub cases: u32,
        pub conflicts: u32,
    }
}

wire! {
    /// Reads the codings, a little with each call; `anew` begins again.
    struct ReadThreshold {
        #[serde(default)]
        pub anew: bool,
    }
}

wire! {
    struct ThresholdReading {
        /// 0 to 1; 1 when everything is read.
        pub done: f64,
        /// Given once everything is read.
        pub basis: Option<ThresholdBasis>,
    }
}

wire! {
    /// What was read.
    struct ThresholdBasis {
        /// The coding of record first, where any is fixed; then people, those who coded for production first.
        pub sources: Vec<ThresholdSourceView>,
        pub sessions: u32,
        /// Sessions that nobody has coded.
        pub uncoded: u32,
        /// Coded sessions whose coding of record is not fixed.
        pub without_record: u32,
        /// Sessions whose record is the mean of raters: their raters stand side by side.
        pub record_is_mean: u32,
        pub rules: Vec<RuleView>,
    }
}

wire! {
    /// The rule to look with, and the one that its changes are told against.
    struct PrepareThreshold {
        pub source: ThresholdSource,
        pub rule: Rule,
        pub base: Rule,
        /// Exceptions move along when the cut is dragged.
        #[serde(default)]
        pub move_exceptions: bool,
    }
}

wire! {
    /// One bar of the histogram.
    #[derive(Copy)]
    struct ScoreBin {
        /// The score that it is of, or the lowest of those that it holds.
        pub value: f64,
        pub from: f64,
        pub to: f64,
    }
}

wire! {
    #[derive(Copy, Eq)]
    struct ClassCounts { pub ruptures: u32, pub strains: u32, pub unscored: u32 }
}

wire! {
    /// How many conflicts a clause decided, and as what.
    #[derive(Copy, Eq)]
    struct ClauseCount { pub clause: DecidedBy, pub conflicts: u32 }
}

wire! {
    struct ThresholdView {
        pub source: ThresholdSourceView,
        pub bins: Vec<ScoreBin>,
        /// How far apart the scores of neighbouring bars lie.
        pub grid: f64,
        /// A bar stands around its score; else it begins there.
        pub centred: bool,
        /// Conflicts that have a score, whatever clause decided: those in the bars.
        pub scored: u32,
        /// Every cut at which something changes, rising.
        pub cuts: Vec<f64>,
        pub clauses: Vec<ClauseCount>,
        pub step: ThresholdStep,
    }
}

wire! {
    struct StepThreshold {
        pub cut: f64,
        /// Also what takes longer than a frame: build-ups that are proposed at this cut. Else they are told where they
        /// are known.
        #[serde(default)]
        pub whole: bool,
    }
}

wire! {
    #[derive(Copy, Eq)]
    struct ModeShare { pub mode: Mode, pub counts: ClassCounts }
}

wire! {
    /// Without a relationship: conflicts of which it is not set.
    #[derive(Copy, Eq)]
    struct RelationshipShare { pub relationship: Option<Relationship>, pub counts: ClassCounts }
}

wire! {
    /// The cut removes one mode mostly: a smaller share of its scored conflicts stays rupture than half of the others'.
    #[derive(Copy, Eq)]
    struct Skew {
        pub mode: Mode,
        pub ruptures: u32,
        pub scored: u32,
        pub others_ruptures: u32,
        pub others_scored: u32,
    }
}

wire! {
    /// Conflicts that were one thing under the base rule and are another now.
    #[derive(Copy, Eq)]
    struct ClassMove {
        pub from: Class,
        pub to: Class,
        pub conflicts: u32,
        /// Of them withdrawal, confrontation, mixed, no mode.
        pub modes: [u32; 4],
    }
}

wire! {
    /// Another source under the same rule and cut; never added up.
    #[derive(Eq)]
    struct SourceCounts { pub words: String, pub counts: ClassCounts }
}

wire! {
    /// Everything at one cut.
    struct ThresholdStep {
        pub cut: f64,
        pub counts: ClassCounts,
        /// Ruptures that a person linked to the strains they were built from.
        pub built_from: u32,
        /// Build-ups that the rule proposes; absent where it proposes none ever, or they are not known yet.
        pub proposed: Option<u32>,
        /// For each bar, for each mode: ruptures, strains, unscored.
        pub heights: Vec<[[u32; 3]; 4]>,
        pub modes: Vec<ModeShare>,
        pub relationships: Vec<RelationshipShare>,
        pub skew: Option<Skew>,
        /// Against the base rule.
        pub moves: Vec<ClassMove>,
        /// Places of the conflicts that changed, the nearest to the line first, at most 100. Where none did, those that
        /// the next higher cut would change.
        pub near: Vec<u32>,
        /// How many there are in all.
        pub near_total: u32,
        /// Two cuts between which those of `near` change; the same twice where none do.
        pub between: [f64; 2],
        /// `near` tells what has changed, not what would.
        pub changed: bool,
        pub beside: Vec<SourceCounts>,
    }
}

wire! { struct ThresholdPlaces { pub places: Vec<u32> } }

wire! {
    /// A conflict with its place in the transcript.
    struct ThresholdConflict {
        pub place: u32,
        pub id: ConflictId,
        pub session_id: SessionId,
        pub coding_id: CodingId,
        /// `Ada · 3`.
        pub session: String,
        pub onset_ms: Option<u32>,
        /// Short name of its first marker's code.
        pub name: String,
        pub codes: Vec<CodeKey>,
        pub mode: Mode,
        pub relationship: Option<Relationship>,
        pub excerpt: String,
        /// Under the base rule.
        pub before: Class,
        /// Under the rule at the cut that was looked at last.
        pub now: Class,
        pub score: Option<f64>,
        /// Why it is what it is now.
        pub reason: String,
    }
}

wire! { struct ThresholdConflicts { pub conflicts: Vec<ThresholdConflict> } }

wire! {
    /// Two rules over the same conflicts.
    struct CompareRules { pub source: ThresholdSource, pub one: Rule, pub other: Rule }
}

wire! {
    /// Classes under one rule (rows) and the other (columns), each rupture, strain, unscored.
    #[derive(Eq)]
    struct RuleComparison { pub source: String, pub cells: [[u32; 3]; 3] }
}

wire! {
    /// The conflicts of a cell.
    struct CompareCell {
        pub source: ThresholdSource,
        pub one: Rule,
        pub other: Rule,
        pub row: Class,
        pub column: Class,
        #[serde(default)]
        pub from: u32,
        pub limit: u32,
    }
}

wire! { struct CellConflicts { pub total: u32, pub conflicts: Vec<ThresholdConflict> } }

wire! {
    /// The study's rule becomes another of its rules.
    struct UseRule { pub rule_id: RuleId }
}
