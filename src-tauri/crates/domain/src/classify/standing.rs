//! What a conflict is at every cut: the clauses before the last one do not look at the cut, so that dragging it needs
//! one comparison for each conflict, or one look into a sorted list for all of them (`ladder`).

use super::decide::{Clause, Decision, TOLERANCE, decide};
use super::{Class, ConflictFacts};
use crate::rule::Rule;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Which clause of the rule decided.
    DecidedBy {
        /// Clause 1: the definition of a rupture of the real relationship, met, not met, or open.
        Definition = "definition",
        /// Clause 2: a score is missing.
        Missing = "missing",
        /// Clause 3: a factor is below its floor.
        Floor = "floor",
        /// Clause 4: settled, and merely tended.
        Tended = "tended",
        /// Clause 5, with the cut of an exception.
        Override = "override",
        /// Clause 5, with the rule's cut.
        Cut = "cut",
    }
}

/// The class of a conflict as the rule's cut moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Course {
    /// No cut changes it.
    Always(Class),
    /// A rupture at every cut up to this one, a strain above it.
    RuptureUpTo(f64),
}

impl Course {
    /// The class at a cut, as [`super::classify`] gives it.
    #[must_use]
    pub fn class_at(self, cut: f64) -> Class {
        match self {
            Self::Always(class) => class,
            Self::RuptureUpTo(up_to) if reaches(up_to, cut) => Class::Rupture,
            Self::RuptureUpTo(_) => Class::Strain,
        }
    }
}

/// A score at or above the cut, give or take rounding.
pub(crate) fn reaches(score: f64, cut: f64) -> bool {
    score >= cut - TOLERANCE
}

/// One conflict under a rule whose cut may be dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    pub course: Course,
    pub decided_by: DecidedBy,
    /// The score, wherever it can be computed: also when an earlier clause decided.
    pub score: Option<f64>,
}

/// What a rule makes of a conflict at every cut. Exceptions stay where they are, or move along with the cut
/// (`move_exceptions`, as [`Rule::with_cut`]).
#[must_use]
pub fn standing(rule: &Rule, facts: &ConflictFacts<'_>, move_exceptions: bool) -> Standing {
    let decision = decide(rule, facts);
    let (course, decided_by) = match decision.clause {
        Clause::DefinitionMet | Clause::DefinitionOpen | Clause::DefinitionNotMet => {
            (Course::Always(decision.class()), DecidedBy::Definition)
        }
        Clause::Missing => (Course::Always(decision.class()), DecidedBy::Missing),
        Clause::BelowFloor => (Course::Always(decision.class()), DecidedBy::Floor),
        Clause::Tended { .. } => (Course::Always(decision.class()), DecidedBy::Tended),
        Clause::AtOrAboveCut | Clause::BelowCut => by_cut(rule, &decision, move_exceptions),
    };
    Standing {
        course,
        decided_by,
        score: decision.score,
    }
}

fn by_cut(rule: &Rule, decision: &Decision, move_exceptions: bool) -> (Course, DecidedBy) {
    let Some(score) = decision.score else {
        return (Course::Always(decision.class()), DecidedBy::Missing);
    };
    match decision.cut.exception {
        None => (Course::RuptureUpTo(score), DecidedBy::Cut),
        Some(_) if move_exceptions => (
            Course::RuptureUpTo(score - (decision.cut.value - rule.cut)),
            DecidedBy::Override,
        ),
        Some(_) => (Course::Always(decision.class()), DecidedBy::Override),
    }
}
