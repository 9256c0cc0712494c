//! The rules of a study.

use sunder_domain::{Rule, RuleId};

use super::super::wire;

wire! {
    /// Who locked a rule, when and why.
    #[derive(Eq)]
    struct LockView { pub at_ms: i64, pub by: String, pub reason: String }
}

wire! {
    struct RuleView {
        pub id: RuleId,
        pub rule: Rule,
        /// How often it was saved as something else, counted from 1.
        pub version: u32,
        /// When this version was saved, Unix ms.
        pub saved_ms: i64,
        /// It is the study's rule.
        pub of_study: bool,
        pub locked: Option<LockView>,
    }
}

wire! { struct RuleList { pub rules: Vec<RuleView> } }

wire! {
    /// Saves a rule: a new one, or the next version of one that is there.
    struct SaveRule {
        #[serde(default)]
        pub rule_id: Option<RuleId>,
        pub rule: Rule,
    }
}

wire! { struct SavedRule { pub rule_id: RuleId, pub rules: Vec<RuleView> } }

wire! { struct WhichRule { pub rule_id: RuleId } }

wire! {
    /// Locks a rule for good. Who and why are kept with it and printed with results.
    struct LockRule { pub rule_id: RuleId, pub by: String, pub reason: String }
}

wire! { struct RuleVersionView { pub version: u32, pub saved_ms: i64, pub rule: Rule } }

wire! {
    /// Versions of one rule, oldest first.
    struct RuleVersions { pub versions: Vec<RuleVersionView> }
}

wire! { struct ImportRule { pub path: String } }

wire! {
    /// Writes a rule as it stands on the screen, saved or not.
    struct ExportRule { pub rule: Rule, pub path: String }
}
