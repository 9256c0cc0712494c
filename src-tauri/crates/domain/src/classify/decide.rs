//! The decision itself, without words: which clause applies, and with which numbers.

use super::{Class, ConflictFacts};
use crate::conflict::{Conflict, Factor, FailedCare, PainfulAffect, Relationship, Settled};
use crate::marker::{Depth, Marker, Strategy};
use crate::rule::{CannotJudge, Combine, Condition, RealRule, Rule, ScoreSource, Tended, TendedBy};
use crate::score::Score;

/// Scores are sums of products; this much is rounding, not difference.
pub(super) const TOLERANCE: f64 = 1e-9;

/// The cut that applies, and the exception it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AppliedCut {
    pub(super) value: f64,
    pub(super) exception: Option<usize>,
}

/// Which clause decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Clause {
    DefinitionMet,
    DefinitionOpen,
    DefinitionNotMet,
    Missing,
    BelowFloor,
    Tended {
        surface: bool,
        immediate: bool,
        unless_score: f64,
    },
    AtOrAboveCut,
    BelowCut,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Decision {
    pub(super) clause: Clause,
    pub(super) score: Option<f64>,
    pub(super) cut: AppliedCut,
}

impl Decision {
    pub(super) const fn class(&self) -> Class {
        match self.clause {
            Clause::DefinitionMet | Clause::AtOrAboveCut => Class::Rupture,
            Clause::DefinitionOpen | Clause::Missing => Class::Unscored,
            Clause::DefinitionNotMet | Clause::BelowFloor | Clause::Tended { .. } | Clause::BelowCut => {
                Class::Strain
            }
        }
    }
}

pub(super) fn decide(rule: &Rule, facts: &ConflictFacts<'_>) -> Decision {
    let score = score(rule, facts.conflict);
    let cut = applied_cut(rule, facts);
    Decision {
        clause: clause(rule, facts, score, cut.value),
        score,
        cut,
    }
}

fn clause(rule: &Rule, facts: &ConflictFacts<'_>, score: Option<f64>, cut: f64) -> Clause {
    let conflict = facts.conflict;
    if let Some(clause) = by_definition(rule, conflict) {
        return clause;
    }
    let floor_missing = Factor::ALL
        .iter()
        .any(|factor| rule.floors.get(*factor).is_some() && is_missing(rule, conflict.factors.get(*factor)));
    let Some(score) = score.filter(|_| !floor_missing) else {
        return Clause::Missing;
    };
    if Factor::ALL
        .iter()
        .any(|factor| below_floor(rule, conflict, *factor).is_some())
    {
        return Clause::BelowFloor;
    }
    if let Some(clause) = rule.tended.and_then(|tended| merely_tended(tended, facts, score)) {
        return clause;
    }
    if score >= cut - TOLERANCE {
        Clause::AtOrAboveCut
    } else {
        Clause::BelowCut
    }
}

/// Clause 1 (S13): the definition of a rupture of the real relationship.
fn by_definition(rule: &Rule, conflict: &Conflict) -> Option<Clause> {
    let only_real = match (rule.real, conflict.relationship) {
        (RealRule::Definition, Some(Relationship::Real)) => true,
        (RealRule::Definition, Some(Relationship::Both)) => false,
        _ => return None,
    };
    match (conflict.failed_care, conflict.painful_affect) {
        (Some(FailedCare::Yes), Some(PainfulAffect::Shown | PainfulAffect::Inferred)) => {
            Some(Clause::DefinitionMet)
        }
        (None | Some(FailedCare::Unclear), _) | (_, None) => Some(Clause::DefinitionOpen),
        _ if only_real => Some(Clause::DefinitionNotMet),
        _ => None,
    }
}

/// A factor that the rule needs and cannot do without.
pub(super) fn is_missing(rule: &Rule, score: Option<Score>) -> bool {
    match score {
        Some(Score::Judged(_)) => false,
        Some(Score::CannotJudge) => rule.cannot_judge == CannotJudge::Unscored,
        None => true,
    }
}

/// Value and floor of a factor that lies below its floor (clause 3).
pub(super) fn below_floor(rule: &Rule, conflict: &Conflict, factor: Factor) -> Option<(u8, f64)> {
    let floor = rule.floors.get(factor)?;
    let value = conflict.factors.get(factor)?.value()?;
    (f64::from(value) < floor).then_some((value, floor))
}

/// Clause 4 (S5): settled, and a repair that goes no deeper, unless the score is high.
fn merely_tended(tended: Tended, facts: &ConflictFacts<'_>, score: f64) -> Option<Clause> {
    if facts.conflict.settled != Some(Settled::Yes) || score >= tended.unless_score - TOLERANCE {
        return None;
    }
    let (surface, immediate) = facts.repairs.iter().find_map(|repair| tends(tended.by, repair))?;
    Some(Clause::Tended {
        surface,
        immediate,
        unless_score: tended.unless_score,
    })
}

/// What of a repair attempt counts as tending: surface, immediate.
fn tends(by: TendedBy, repair: &Marker) -> Option<(bool, bool)> {
    let surface = repair.depth == Some(Depth::Surface);
    let immediate = repair.strategy == Some(Strategy::Immediate);
    match by {
        TendedBy::Surface => surface.then_some((true, false)),
        TendedBy::Immediate => immediate.then_some((false, true)),
        TendedBy::Either => (surface || immediate).then_some((surface, immediate)),
        TendedBy::Both => (surface && immediate).then_some((true, true)),
    }
}

/// The score where it can be computed.
fn score(rule: &Rule, conflict: &Conflict) -> Option<f64> {
    match rule.score {
        ScoreSource::Significance {} => conflict.significance?.value().map(f64::from),
        ScoreSource::Factors { combine, weights } => {
            let mut parts = [(0.0_f64, 0.0_f64); 3];
            let mut count = 0;
            for (part, factor) in parts.iter_mut().zip(Factor::ALL) {
                let given = conflict.factors.get(*factor);
                if is_missing(rule, given) {
                    return None;
                }
                let weight = weights.and_then(|weights| weights.get(*factor)).unwrap_or(0.0);
                match given.and_then(Score::value) {
                    Some(value) => {
                        *part = (f64::from(value), weight);
                        count += 1;
                    }
                    // Left out: sorts behind every value, and is cut off below.
                    None => *part = (f64::INFINITY, 0.0),
                }
            }
            parts.sort_by(|a, b| a.0.total_cmp(&b.0));
            combined(combine, parts.get(..count)?)
        }
    }
}

/// Combines (value, weight) pairs in rising order of value; `None` where no value or no weight is left.
fn combined(combine: Combine, parts: &[(f64, f64)]) -> Option<f64> {
    let values = || parts.iter().map(|(value, _)| *value);
    let count = match parts.len() {
        1 => 1.0,
        2 => 2.0,
        3 => 3.0,
        _ => return None,
    };
    match combine {
        Combine::Mean => Some(values().sum::<f64>() / count),
        Combine::Median => {
            let low = parts.get((parts.len() - 1) / 2)?.0;
            let high = parts.get(parts.len() / 2)?.0;
            Some(f64::midpoint(low, high))
        }
        Combine::Min => values().next(),
        Combine::Max => values().next_back(),
        Combine::Weighted => {
            let weight: f64 = parts.iter().map(|(_, weight)| weight).sum();
            let sum: f64 = parts.iter().map(|(value, weight)| value * weight).sum();
            (weight > 0.0).then(|| sum / weight)
        }
    }
}

fn applied_cut(rule: &Rule, facts: &ConflictFacts<'_>) -> AppliedCut {
    rule.overrides
        .iter()
        .enumerate()
        .rfind(|(_, exception)| matches(&exception.when, facts))
        .map_or(
            AppliedCut {
                value: rule.cut,
                exception: None,
            },
            |(index, exception)| AppliedCut {
                value: exception.cut,
                exception: Some(index),
            },
        )
}

fn matches(when: &Condition, facts: &ConflictFacts<'_>) -> bool {
    when.relationship
        .is_none_or(|wanted| facts.conflict.relationship == Some(wanted))
        && when
            .origin
            .is_none_or(|wanted| facts.conflict.origin == Some(wanted))
        && when.mode.is_none_or(|wanted| facts.mode() == wanted)
        && when
            .code
            .as_ref()
            .is_none_or(|wanted| facts.markers.iter().any(|marker| marker.code == *wanted))
        && when
            .actor
            .is_none_or(|wanted| facts.markers.iter().any(|marker| marker.actor == wanted))
}
