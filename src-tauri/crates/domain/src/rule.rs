//! The rule: the configurable threshold that turns a conflict's scores into strain or rupture (S3–S6, S13).
//!
//! A rule is data. It is read from and written to JSON exactly as it is typed here; what it means is in `classify`
//! and `accumulation`. Pooling over raters (`pool`) is reserved and refused by name.

mod check;
mod file;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use file::{RuleError, RuleProblem};

use crate::conflict::{Factor, Origin, Relationship};
use crate::id::CodeKey;
use crate::marker::Actor;
use crate::mode::Mode;
use crate::number;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How the three factors become one score.
    Combine { Mean = "mean", Median = "median", Min = "min", Max = "max", Weighted = "weighted" }
}

vocabulary! {
    /// What "cannot judge" does to a factor.
    CannotJudge {
        /// The score is missing (the default).
        Unscored = "unscored",
        /// The factor is left out: its floor does not apply, the others combine.
        Ignore = "ignore",
    }
}

vocabulary! {
    /// What decides for conflicts of the real relationship (S13).
    RealRule {
        /// The scores, as for the alliance (the default).
        Severity = "severity",
        /// Failed care and painful feelings tied to it.
        Definition = "definition",
    }
}

vocabulary! {
    /// Which repair attempts count as tending (S5).
    TendedBy {
        Surface = "surface",
        Immediate = "immediate",
        /// One attempt is surface or immediate.
        Either = "either",
        /// One attempt is both at once.
        Both = "both",
    }
}

vocabulary! {
    /// What the members of an accumulation have in common.
    SameKey { Relationship = "relationship", Mode = "mode" }
}

#[expect(
    clippy::derivable_impls,
    reason = "the vocabulary macro has no place for a default"
)]
impl Default for CannotJudge {
    fn default() -> Self {
        Self::Unscored
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the vocabulary macro has no place for a default"
)]
impl Default for RealRule {
    fn default() -> Self {
        Self::Severity
    }
}

/// A number for some of the three factors: floors, or weights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct FactorValues {
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::plain_option"
    )]
    #[ts(optional)]
    pub intensity: Option<f64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::plain_option"
    )]
    #[ts(optional)]
    pub centrality: Option<f64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::plain_option"
    )]
    #[ts(optional)]
    pub endangerment: Option<f64>,
}

impl FactorValues {
    #[must_use]
    pub const fn get(&self, factor: Factor) -> Option<f64> {
        match factor {
            Factor::Intensity => self.intensity,
            Factor::Centrality => self.centrality,
            Factor::Endangerment => self.endangerment,
        }
    }

    /// No factor has a number.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.intensity.is_none() && self.centrality.is_none() && self.endangerment.is_none()
    }
}

/// Where the score that meets the cut comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum ScoreSource {
    /// The overall significance.
    Significance {},
    /// The three factors; all are needed whatever their weight.
    Factors {
        combine: Combine,
        /// Given exactly when `combine` is `weighted`; a missing weight is 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        weights: Option<FactorValues>,
    },
}

/// Which conflicts an override is for. All that is named must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub relationship: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mode: Option<Mode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub origin: Option<Origin>,
    /// Some conflict marker of the conflict has this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<CodeKey>,
    /// Some conflict marker of the conflict has this actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub actor: Option<Actor>,
}

/// An exception: another cut for some conflicts. The last one that matches wins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Override {
    pub when: Condition,
    #[serde(serialize_with = "number::plain")]
    pub cut: f64,
}

/// A settled conflict that was merely tended is a strain, unless its score is high (S5).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Tended {
    pub by: TendedBy,
    /// At or above this score the clause does not apply. Default 4.
    #[serde(default = "Tended::unless_score_default", serialize_with = "number::plain")]
    #[ts(optional, as = "Option<f64>")]
    pub unless_score: f64,
}

impl Tended {
    const fn unless_score_default() -> f64 {
        4.0
    }
}

/// How close together the members of an accumulation lie. Exactly one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BuildUpWindow")]
pub enum Within {
    /// All in one session; last onset − first onset at most this many minutes.
    Minutes(#[serde(serialize_with = "number::plain")] f64),
    /// Last session number − first is smaller than this.
    Sessions(u32),
}

/// When unaddressed strains are proposed as an accumulation (S6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct AccumulationRule {
    /// At least this many strains; 2 or more.
    #[schemars(range(min = 2))]
    pub count: u32,
    pub within: Within,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<SameKey>>")]
    pub same: Vec<SameKey>,
}

/// A named rule. `name`, `score` and `cut` are required; the rest may be absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub name: String,
    pub score: ScoreSource,
    /// A score at or above it is a rupture.
    #[serde(serialize_with = "number::plain")]
    pub cut: f64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Override>>")]
    pub overrides: Vec<Override>,
    /// A factor below its floor makes a strain.
    #[serde(default, skip_serializing_if = "FactorValues::is_empty")]
    #[ts(optional, as = "Option<FactorValues>")]
    pub floors: FactorValues,
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(optional, as = "Option<CannotJudge>")]
    pub cannot_judge: CannotJudge,
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(optional, as = "Option<RealRule>")]
    pub real: RealRule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tended: Option<Tended>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub accumulation: Option<AccumulationRule>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Default for Rule {
    /// The built-in rule: significance 3 and above.
    fn default() -> Self {
        Self::plain("Significance 3 and above", ScoreSource::Significance {})
    }
}

impl Rule {
    fn plain(name: &str, score: ScoreSource) -> Self {
        Self {
            name: name.to_owned(),
            score,
            cut: 3.0,
            overrides: Vec::new(),
            floors: FactorValues::default(),
            cannot_judge: CannotJudge::Unscored,
            real: RealRule::Severity,
            tended: None,
            accumulation: None,
        }
    }

    /// The rules a study can start from. The built-in default is [`Rule::default`].
    #[must_use]
    pub fn presets() -> Vec<Self> {
        let factors = |combine| ScoreSource::Factors {
            combine,
            weights: None,
        };
        vec![
            Self::plain("Significance 3", ScoreSource::Significance {}),
            Self::plain("All three factors ≥ 3", factors(Combine::Min)),
            Self::plain("Two of three ≥ 3", factors(Combine::Median)),
            Self::plain("Mean of factors ≥ 3", factors(Combine::Mean)),
        ]
    }

    /// The same rule with the cut dragged elsewhere. Exceptions stay, or move along by the same difference.
    /// A cut that is not a number leaves the rule as it is.
    #[must_use]
    pub fn with_cut(&self, cut: f64, move_exceptions: bool) -> Self {
        let mut moved = self.clone();
        if !cut.is_finite() {
            return moved;
        }
        let difference = cut - self.cut;
        moved.cut = cut;
        if move_exceptions {
            for exception in &mut moved.overrides {
                exception.cut += difference;
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::{Combine, Rule, ScoreSource};

    #[test]
    fn the_default_and_the_presets_cut_at_three() {
        assert_eq!(Rule::default().name, "Significance 3 and above");
        assert_eq!(Rule::default().score, ScoreSource::Significance {});
        let presets = Rule::presets();
        let names: Vec<_> = presets.iter().map(|rule| rule.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Significance 3",
                "All three factors ≥ 3",
                "Two of three ≥ 3",
                "Mean of factors ≥ 3"
            ]
        );
        let combined: Vec<_> = presets
            .iter()
            .filter_map(|rule| match rule.score {
                ScoreSource::Significance {} => None,
                ScoreSource::Factors { combine, .. } => Some(combine),
            })
            .collect();
        assert_eq!(combined, [Combine::Min, Combine::Median, Combine::Mean]);
        for rule in presets.iter().chain([&Rule::default()]) {
            assert!((rule.cut - 3.0).abs() < f64::EPSILON);
            assert_eq!(rule.validate(), Ok(()));
        }
    }

    #[test]
    fn dragging_moves_the_exceptions_only_when_asked() {
        let rule = Rule::from_json(
            r#"{"name": "r", "score": {"from": "significance"}, "cut": 3,
                "overrides": [{"when": {"mode": "confrontation"}, "cut": 4}]}"#,
        )
        .expect("a sound rule");
        let cuts = |rule: &Rule| (rule.cut, rule.overrides[0].cut);
        assert_eq!(cuts(&rule.with_cut(2.5, false)), (2.5, 4.0));
        assert_eq!(cuts(&rule.with_cut(2.5, true)), (2.5, 3.5));
        assert_eq!(rule.with_cut(f64::NAN, true), rule);
        assert_eq!(rule.with_cut(3.0, true), rule);
    }
}
