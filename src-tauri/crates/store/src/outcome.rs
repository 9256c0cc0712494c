//! The records of outcomes: scores of cases and sessions, and that someone looked at them before the rule was locked.

use serde::{Deserialize, Serialize};
use sunder_domain::{CaseId, OperationId, Perspective, Rule, SessionId};

/// What a score is of. There is one score of each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeKey {
    pub case_id: CaseId,
    /// Absent: of the case as a whole.
    pub session_id: Option<SessionId>,
    /// Of the instrument or item, as the lab calls it.
    pub name: String,
    /// Who saw it so.
    pub perspective: Perspective,
}

/// A score.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeRecord {
    pub key: OutcomeKey,
    /// Finite, on the instrument's own scale.
    pub score: f64,
}

/// A look at outcomes under a rule that was not locked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplorationRecord {
    pub id: OperationId,
    pub at_ms: i64,
    pub rule: Rule,
}

/// A score in the log: as text, because the shortest text of a number is read back as the very same number, which JSON's
/// numbers do not promise.
pub(crate) mod exactly {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub(crate) fn serialize<S: Serializer>(score: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
        match score {
            Some(score) => serializer.collect_str(score),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| text.parse().map_err(|_| D::Error::custom("not a score")))
            .transpose()
    }
}
