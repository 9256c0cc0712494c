//! Outcomes, questionnaires and inventories: a score with a name, of a case or one of its sessions, as someone saw it.

use sunder_domain::Perspective;

use super::wire;

wire! {
    /// Headings of a table; absent: recognised by their usual names.
    #[derive(Default)]
    struct OutcomeColumns {
        #[serde(default)]
        pub case: Option<String>,
        #[serde(default)]
        pub session: Option<String>,
        #[serde(default)]
        pub perspective: Option<String>,
        /// What the score is called, in a table with one score a row.
        #[serde(default)]
        pub name: Option<String>,
        /// The one score of a row.
        #[serde(default)]
        pub score: Option<String>,
        /// Columns that each hold the scores of their heading; empty: in a table without a score column, all others.
        #[serde(default)]
        pub scores: Vec<String>,
    }
}

wire! {
    struct ImportOutcomes {
        pub path: String,
        #[serde(default)]
        pub columns: OutcomeColumns,
        /// Who saw it so, where the table does not say.
        #[serde(default)]
        pub perspective: Option<Perspective>,
        /// A score that is there already and differs is replaced; else it is refused.
        #[serde(default)]
        pub replace: bool,
    }
}

wire! {
    struct ImportedOutcomes {
        pub added: u32,
        pub replaced: u32,
        /// There already, with the same score.
        pub already: u32,
        /// Cells without a score.
        pub empty: u32,
        /// What the scores are called.
        pub names: Vec<String>,
    }
}

wire! {
    struct OutcomeView {
        pub case: String,
        /// Absent: of the case as a whole.
        pub session: Option<u32>,
        pub name: String,
        pub perspective: Perspective,
        pub score: f64,
    }
}

wire! {
    /// Outcomes were set against a rule that was not locked.
    struct ExplorationView {
        #[ts(type = "number")]
        pub at_ms: i64,
        /// The rule's name.
        pub rule: String,
    }
}

wire! {
    struct OutcomeList {
        pub outcomes: Vec<OutcomeView>,
        pub explorations: Vec<ExplorationView>,
    }
}
