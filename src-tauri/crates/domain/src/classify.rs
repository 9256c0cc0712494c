//! Strain or rupture: the five clauses of the rule, applied to one conflict by its own scores.
//!
//! The first clause that applies decides. `class_of` decides without writing sentences, for the moments when
//! the cut is dragged over a whole study; `classify` also says why.

mod decide;
mod reason;
mod standing;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use reason::{MissingField, Reason, ReasonDetail, RepairKind, ScoreName};
pub(crate) use standing::reaches;
pub use standing::{Course, DecidedBy, Standing, standing};

use crate::conflict::Conflict;
use crate::marker::Marker;
use crate::mode::{Mode, mode_of};
use crate::rule::Rule;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a conflict is under a rule.
    Class { Rupture = "rupture", Strain = "strain", Unscored = "unscored" }
}

/// A conflict with all that a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct ConflictFacts<'a> {
    pub conflict: &'a Conflict,
    /// Its conflict markers.
    pub markers: &'a [&'a Marker],
    /// The repair attempts linked to it, also of later sessions.
    pub repairs: &'a [&'a Marker],
}

impl ConflictFacts<'_> {
    /// How the conflict shows, from the families of its markers.
    #[must_use]
    pub fn mode(&self) -> Mode {
        mode_of(self.markers.iter().map(|marker| marker.code.family()))
    }
}

/// What a rule makes of one conflict, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Classification {
    pub class: Class,
    /// The score, wherever it can be computed: also when an earlier clause decided.
    #[serde(serialize_with = "crate::number::plain_option")]
    pub score: Option<f64>,
    /// The cut that applies to this conflict: the rule's, or that of the last exception that matches. Always given.
    #[serde(serialize_with = "crate::number::plain_option")]
    pub cut: Option<f64>,
    /// Never empty.
    pub reasons: Vec<Reason>,
}

/// Class and reasons of one conflict under a rule.
#[must_use]
pub fn classify(rule: &Rule, facts: &ConflictFacts<'_>) -> Classification {
    let decision = decide::decide(rule, facts);
    Classification {
        class: decision.class(),
        score: decision.score,
        cut: Some(decision.cut.value),
        reasons: reason::reasons(rule, facts, &decision),
    }
}

/// Class and score alone, as [`classify`] gives them.
#[must_use]
pub fn class_of(rule: &Rule, facts: &ConflictFacts<'_>) -> (Class, Option<f64>) {
    let decision = decide::decide(rule, facts);
    (decision.class(), decision.score)
}

#[cfg(test)]
mod tests;
