//! Why a conflict has its class: kinds with their numbers, and a plain sentence for each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ConflictFacts;
use super::decide::{Clause, Decision, below_floor, is_missing};
use crate::conflict::{Conflict, Factor, FailedCare, PainfulAffect};
use crate::number::{plain, shown};
use crate::rule::{Combine, Condition, Rule, ScoreSource};
use crate::score::Score;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a rule needed and did not find.
    MissingField {
        Significance = "significance", Intensity = "intensity", Centrality = "centrality",
        Endangerment = "endangerment", FailedCare = "failed_care", PainfulAffect = "painful_affect",
    }
}

vocabulary! {
    /// What the score is made of.
    ScoreName {
        Significance = "significance", Mean = "mean", Median = "median", Min = "min", Max = "max",
        Weighted = "weighted",
    }
}

vocabulary! {
    /// Which kind of repair attempt made a settled conflict a strain.
    RepairKind { Surface = "surface", Immediate = "immediate", Both = "both" }
}

/// A reason's kind with its numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReasonDetail {
    /// Failed care and painful feelings tied to it: a rupture of the real relationship (S13).
    DefinitionMet {
        failed_care: FailedCare,
        painful_affect: PainfulAffect,
    },
    DefinitionNotMet {
        failed_care: FailedCare,
        painful_affect: PainfulAffect,
    },
    /// Not given, or given as something that does not decide (cannot judge, unclear).
    MissingScore { field: MissingField, cannot_judge: bool },
    BelowFloor {
        factor: Factor,
        value: u8,
        #[serde(serialize_with = "plain")]
        floor: f64,
    },
    Tended {
        repair: RepairKind,
        #[serde(serialize_with = "plain")]
        score: f64,
        #[serde(serialize_with = "plain")]
        unless_score: f64,
    },
    /// An exception gave the cut. `index` counts from 0.
    Override {
        index: u32,
        #[serde(serialize_with = "plain")]
        cut: f64,
    },
    ScoreAtOrAboveCut {
        of: ScoreName,
        #[serde(serialize_with = "plain")]
        score: f64,
        #[serde(serialize_with = "plain")]
        cut: f64,
    },
    ScoreBelowCut {
        of: ScoreName,
        #[serde(serialize_with = "plain")]
        score: f64,
        #[serde(serialize_with = "plain")]
        cut: f64,
    },
    /// A window in minutes was measured on estimated times.
    EstimatedClock {
        #[serde(serialize_with = "plain")]
        minutes: f64,
    },
}

/// One reason: kind and numbers for programs, a sentence for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Reason {
    #[serde(flatten)]
    pub detail: ReasonDetail,
    pub text: String,
}

impl Reason {
    /// The kind's word in files, such as `below_floor`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.detail {
            ReasonDetail::DefinitionMet { .. } => "definition_met",
            ReasonDetail::DefinitionNotMet { .. } => "definition_not_met",
            ReasonDetail::MissingScore { .. } => "missing_score",
            ReasonDetail::BelowFloor { .. } => "below_floor",
            ReasonDetail::Tended { .. } => "tended",
            ReasonDetail::Override { .. } => "override",
            ReasonDetail::ScoreAtOrAboveCut { .. } => "score_at_or_above_cut",
            ReasonDetail::ScoreBelowCut { .. } => "score_below_cut",
            ReasonDetail::EstimatedClock { .. } => "estimated_clock",
        }
    }

    /// That a window of so many minutes was measured on estimated times.
    pub(crate) fn estimated_clock(minutes: f64) -> Self {
        Self {
            detail: ReasonDetail::EstimatedClock { minutes },
            text: format!(
                "the window of {} minutes was measured on estimated times",
                shown(minutes)
            ),
        }
    }

    fn missing(field: MissingField, cannot_judge: bool) -> Self {
        let (name, word) = match (field, cannot_judge) {
            (MissingField::FailedCare, false) => ("failed care", "not set"),
            (MissingField::FailedCare, true) => ("failed care", "unclear"),
            (MissingField::PainfulAffect, _) => ("painful feelings", "not set"),
            (_, false) => (field.key(), "not scored"),
            (_, true) => (field.key(), "cannot be judged"),
        };
        Self {
            detail: ReasonDetail::MissingScore { field, cannot_judge },
            text: format!("{name} {word}"),
        }
    }
}

pub(super) fn reasons(rule: &Rule, facts: &ConflictFacts<'_>, decision: &Decision) -> Vec<Reason> {
    let conflict = facts.conflict;
    match decision.clause {
        Clause::DefinitionMet => definition(conflict, true),
        Clause::DefinitionNotMet => definition(conflict, false),
        Clause::DefinitionOpen => definition_open(conflict),
        Clause::Missing => missing(rule, conflict),
        Clause::BelowFloor => Factor::ALL
            .iter()
            .filter_map(|factor| floor(rule, conflict, *factor))
            .collect(),
        Clause::Tended {
            surface,
            immediate,
            unless_score,
        } => decision
            .score
            .map(|score| tended(rule, surface, immediate, score, unless_score))
            .into_iter()
            .collect(),
        Clause::AtOrAboveCut | Clause::BelowCut => by_cut(rule, decision),
    }
}

fn definition(conflict: &Conflict, met: bool) -> Vec<Reason> {
    let (Some(failed_care), Some(painful_affect)) = (conflict.failed_care, conflict.painful_affect) else {
        return Vec::new();
    };
    let care = match failed_care {
        FailedCare::Yes => "care failed",
        FailedCare::No => "care did not fail",
        FailedCare::Unclear => "unclear whether care failed",
    };
    let affect = match painful_affect {
        PainfulAffect::Shown => "painful feelings shown",
        PainfulAffect::Inferred => "painful feelings inferred",
        PainfulAffect::NotSeen => "painful feelings not seen",
    };
    let (detail, verdict) = if met {
        (
            ReasonDetail::DefinitionMet {
                failed_care,
                painful_affect,
            },
            "definition met",
        )
    } else {
        (
            ReasonDetail::DefinitionNotMet {
                failed_care,
                painful_affect,
            },
            "definition not met",
        )
    };
    vec![Reason {
        detail,
        text: format!("{verdict}: {care}, {affect}"),
    }]
}

fn definition_open(conflict: &Conflict) -> Vec<Reason> {
    let care = match conflict.failed_care {
        None => Some(Reason::missing(MissingField::FailedCare, false)),
        Some(FailedCare::Unclear) => Some(Reason::missing(MissingField::FailedCare, true)),
        Some(FailedCare::Yes | FailedCare::No) => None,
    };
    let affect = conflict
        .painful_affect
        .is_none()
        .then(|| Reason::missing(MissingField::PainfulAffect, false));
    care.into_iter().chain(affect).collect()
}

/// Every needed score that is missing; where factors were left out until nothing was left, those.
fn missing(rule: &Rule, conflict: &Conflict) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let by_factors = match rule.score {
        ScoreSource::Significance {} => {
            if conflict.significance.and_then(Score::value).is_none() {
                reasons.push(Reason::missing(
                    MissingField::Significance,
                    conflict.significance.is_some(),
                ));
            }
            false
        }
        ScoreSource::Factors { .. } => true,
    };
    for factor in Factor::ALL {
        let score = conflict.factors.get(*factor);
        if (by_factors || rule.floors.get(*factor).is_some()) && is_missing(rule, score) {
            reasons.push(Reason::missing(field_of(*factor), score.is_some()));
        }
    }
    if reasons.is_empty() {
        let left_out = |factor: &&Factor| conflict.factors.get(**factor) == Some(Score::CannotJudge);
        let weighs = |factor: &&Factor| carries_weight(rule, **factor);
        let some_left = !Factor::ALL.iter().all(|factor| left_out(&factor));
        reasons.extend(
            Factor::ALL
                .iter()
                .filter(left_out)
                .filter(|factor| !some_left || weighs(factor))
                .map(|factor| Reason::missing(field_of(*factor), true)),
        );
    }
    reasons
}

fn carries_weight(rule: &Rule, factor: Factor) -> bool {
    match rule.score {
        ScoreSource::Factors {
            combine: Combine::Weighted,
            weights,
        } => weights
            .and_then(|weights| weights.get(factor))
            .is_some_and(|weight| weight > 0.0),
        _ => true,
    }
}

const fn field_of(factor: Factor) -> MissingField {
    match factor {
        Factor::Intensity => MissingField::Intensity,
        Factor::Centrality => MissingField::Centrality,
        Factor::Endangerment => MissingField::Endangerment,
    }
}

fn floor(rule: &Rule, conflict: &Conflict, factor: Factor) -> Option<Reason> {
    let (value, floor) = below_floor(rule, conflict, factor)?;
    Some(Reason {
        detail: ReasonDetail::BelowFloor { factor, value, floor },
        text: format!("{factor} {value} < floor {}", shown(floor)),
    })
}

fn tended(rule: &Rule, surface: bool, immediate: bool, score: f64, unless_score: f64) -> Reason {
    let (repair, words) = match (surface, immediate) {
        (true, true) => (RepairKind::Both, "a surface, immediate repair"),
        (true, false) => (RepairKind::Surface, "a surface repair"),
        (false, _) => (RepairKind::Immediate, "an immediate repair"),
    };
    let (_, name) = score_name(rule);
    Reason {
        detail: ReasonDetail::Tended {
            repair,
            score,
            unless_score,
        },
        text: format!(
            "settled by {words}, {name} {} < {}",
            shown(score),
            shown(unless_score)
        ),
    }
}

fn by_cut(rule: &Rule, decision: &Decision) -> Vec<Reason> {
    let Some(score) = decision.score else {
        return Vec::new();
    };
    let cut = decision.cut.value;
    let (of, name) = score_name(rule);
    let exception = decision.cut.exception.and_then(|index| {
        let when = &rule.overrides.get(index)?.when;
        let index = u32::try_from(index).ok()?;
        Some(Reason {
            detail: ReasonDetail::Override { index, cut },
            text: format!(
                "exception {}: cut {} for {}",
                u64::from(index) + 1,
                shown(cut),
                condition(when)
            ),
        })
    });
    let (detail, sign) = if decision.clause == Clause::AtOrAboveCut {
        (ReasonDetail::ScoreAtOrAboveCut { of, score, cut }, "≥")
    } else {
        (ReasonDetail::ScoreBelowCut { of, score, cut }, "<")
    };
    let verdict = Reason {
        detail,
        text: format!("{name} {} {sign} cut {}", shown(score), shown(cut)),
    };
    exception.into_iter().chain([verdict]).collect()
}

const fn score_name(rule: &Rule) -> (ScoreName, &'static str) {
    match rule.score {
        ScoreSource::Significance {} => (ScoreName::Significance, "significance"),
        ScoreSource::Factors { combine, .. } => match combine {
            Combine::Mean => (ScoreName::Mean, "mean of factors"),
            Combine::Median => (ScoreName::Median, "median of factors"),
            Combine::Min => (ScoreName::Min, "lowest factor"),
            Combine::Max => (ScoreName::Max, "highest factor"),
            Combine::Weighted => (ScoreName::Weighted, "weighted mean of factors"),
        },
    }
}

fn condition(when: &Condition) -> String {
    let parts: Vec<String> = [
        when.relationship.map(|relationship| match relationship {
            crate::conflict::Relationship::Alliance => "the alliance".to_owned(),
            crate::conflict::Relationship::Real => "the real relationship".to_owned(),
            crate::conflict::Relationship::Both => "both relationships".to_owned(),
        }),
        when.mode.map(|mode| match mode {
            crate::mode::Mode::None => "no mode".to_owned(),
            crate::mode::Mode::Mixed => "mixed mode".to_owned(),
            named => named.key().to_owned(),
        }),
        when.origin
            .map(|origin| format!("origin {}", origin.key().replace('-', " "))),
        when.code.as_ref().map(|code| code.as_str().to_owned()),
        when.actor.map(|actor| format!("actor {actor}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "every conflict".to_owned()
    } else {
        parts.join(", ")
    }
}
