//! The conflict: what is judged, with its scores, what is hurt, and what became of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::ConflictId;
use crate::score::Score;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What is hurt.
    Relationship { Alliance = "alliance", Real = "real", Both = "both" }
}

vocabulary! {
    /// Which part of the working alliance or of the real relationship. The two bonds are never merged.
    Element {
        Goals = "goals", Tasks = "tasks", WorkingBond = "working-bond",
        Realism = "realism", Genuineness = "genuineness", PersonalBond = "personal-bond",
    }
}

impl Relationship {
    /// What can be hurt of it (S1): of the alliance goals, tasks and the working bond; of the real relationship realism,
    /// genuineness and the personal bond; of both all of them.
    #[must_use]
    pub const fn elements(self) -> &'static [Element] {
        use Element::{Genuineness, Goals, PersonalBond, Realism, Tasks, WorkingBond};
        match self {
            Self::Alliance => &[Goals, Tasks, WorkingBond],
            Self::Real => &[Realism, Genuineness, PersonalBond],
            Self::Both => Element::ALL,
        }
    }
}

vocabulary! {
    /// Where it comes from.
    Origin {
        TechnicalError = "technical-error", FailureOfHumanness = "failure-of-humanness",
        ResistanceOrTransference = "resistance-or-transference", Mismatch = "mismatch",
        Mixed = "mixed", Unclear = "unclear",
    }
}

vocabulary! {
    /// Did anyone take it up?
    Addressed { Yes = "yes", No = "no" }
}

vocabulary! {
    /// Was it settled? An attempt is not a resolution.
    Settled { Yes = "yes", No = "no", CannotTell = "cannot-tell" }
}

vocabulary! {
    /// First part of the definition of a rupture of the real relationship (S13).
    FailedCare { Yes = "yes", No = "no", Unclear = "unclear" }
}

vocabulary! {
    /// Second part of the definition of a rupture of the real relationship (S13).
    PainfulAffect { Shown = "shown", Inferred = "inferred", NotSeen = "not-seen" }
}

vocabulary! {
    /// The three factors of significance (S3).
    Factor { Intensity = "intensity", Centrality = "centrality", Endangerment = "endangerment" }
}

/// The three factors, each 1 to 5, "cannot judge", or not given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Factors {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intensity: Option<Score>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centrality: Option<Score>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endangerment: Option<Score>,
}

impl Factors {
    #[must_use]
    pub const fn get(&self, factor: Factor) -> Option<Score> {
        match factor {
            Factor::Intensity => self.intensity,
            Factor::Centrality => self.centrality,
            Factor::Endangerment => self.endangerment,
        }
    }
}

/// One event, shown by one or more markers. Its class is never kept: it follows from a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    pub id: ConflictId,
    #[serde(default)]
    pub significance: Option<Score>,
    #[serde(default)]
    pub factors: Factors,
    #[serde(default)]
    pub relationship: Option<Relationship>,
    #[serde(default)]
    pub elements: Vec<Element>,
    #[serde(default)]
    pub origin: Option<Origin>,
    #[serde(default)]
    pub failed_care: Option<FailedCare>,
    #[serde(default)]
    pub painful_affect: Option<PainfulAffect>,
    #[serde(default)]
    pub addressed: Option<Addressed>,
    #[serde(default)]
    pub settled: Option<Settled>,
    /// The strains that this rupture was built from, also of earlier sessions (S6).
    #[serde(default)]
    pub built_from: Vec<ConflictId>,
    #[serde(default)]
    pub note: String,
}

impl Conflict {
    /// A conflict about which nothing is said yet.
    #[must_use]
    pub fn new(id: ConflictId) -> Self {
        Self {
            id,
            significance: None,
            factors: Factors::default(),
            relationship: None,
            elements: Vec::new(),
            origin: None,
            failed_care: None,
            painful_affect: None,
            addressed: None,
            settled: None,
            built_from: Vec::new(),
            note: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_relationships_share_no_element_and_leave_none_out() {
        let (alliance, real) = (Relationship::Alliance.elements(), Relationship::Real.elements());
        assert!(alliance.contains(&Element::WorkingBond) && real.contains(&Element::PersonalBond));
        assert!(alliance.iter().all(|element| !real.contains(element)));
        assert_eq!([alliance, real].concat(), Relationship::Both.elements());
        assert_eq!(Relationship::Both.elements(), Element::ALL);
    }
}
