//! Reading and writing a rule's JSON, with errors that name line and column.

use serde::{Deserialize, Deserializer};

use super::{Rule, Within};
use crate::json::{Step, locate, without_mark};

/// What is wrong with a rule that is sound JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    #[error("the rule has no name; give it one")]
    NoName,
    #[error("{0} is not a finite number")]
    NotFinite(&'static str),
    #[error("weights go with \"combine\": \"weighted\" only; remove them or change combine")]
    WeightsUnused,
    #[error("\"combine\": \"weighted\" needs weights, for example {{\"intensity\": 1, \"endangerment\": 2}}")]
    WeightsMissing,
    #[error("a weight is below 0; weights are 0 or more")]
    WeightNegative,
    #[error("all weights are 0; at least one must be above 0")]
    WeightsZero,
    #[error("an accumulation needs a count of at least 2, not {0}")]
    CountTooSmall(u32),
    #[error("the window of an accumulation must be longer than 0")]
    WindowEmpty,
    #[error("an accumulation names the same key twice in \"same\"")]
    SameTwice,
}

/// Why a rule cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error("the rule cannot be read, line {line}, column {column}: {message}")]
    Json {
        line: usize,
        column: usize,
        message: String,
    },
    #[error(
        "line {line}, column {column}: \"pool\" (pooling over raters) is not yet supported; remove it from the rule"
    )]
    Pool { line: usize, column: usize },
    #[error("line {line}, column {column}: {problem}")]
    Invalid {
        line: usize,
        column: usize,
        problem: RuleProblem,
    },
}

impl Rule {
    /// The rule in a JSON text, or why it cannot be used.
    pub fn from_json(text: &str) -> Result<Self, RuleError> {
        let text = without_mark(text);
        let rule: Self = match serde_json::from_str(text) {
            Ok(rule) => rule,
            Err(error) => return Err(refused(text, &error)),
        };
        match rule.examine() {
            None => Ok(rule),
            Some((path, problem)) => {
                let (line, column) = locate(text, &path);
                Err(RuleError::Invalid {
                    line,
                    column,
                    problem,
                })
            }
        }
    }

    /// The rule as JSON, pretty, without what is at its default.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not text or a failing writer can fail; a rule has neither.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// What is wrong with the rule, if anything.
    pub fn validate(&self) -> Result<(), RuleProblem> {
        self.examine().map_or(Ok(()), |(_, problem)| Err(problem))
    }
}

impl<'de> Deserialize<'de> for Within {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Window {
            #[serde(default)]
            minutes: Option<f64>,
            #[serde(default)]
            sessions: Option<u32>,
        }
        let window = Window::deserialize(deserializer)?;
        match (window.minutes, window.sessions) {
            (Some(minutes), None) => Ok(Self::Minutes(minutes)),
            (None, Some(sessions)) => Ok(Self::Sessions(sessions)),
            (Some(_), Some(_)) => Err(serde::de::Error::custom("give minutes or sessions, not both")),
            (None, None) => Err(serde::de::Error::custom("give minutes or sessions")),
        }
    }
}

fn refused(text: &str, error: &serde_json::Error) -> RuleError {
    let pooled =
        serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.get("pool").is_some());
    if pooled {
        let (line, column) = locate(text, &[Step::Key("pool")]);
        return RuleError::Pool { line, column };
    }
    RuleError::Json {
        line: error.line(),
        column: error.column(),
        message: crate::json::message(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{RuleError, RuleProblem};
    use crate::rule::Rule;

    const DESIGN: &str = r#"{ "name": "Significance 3 and above",
  "score": { "from": "significance" },
  "cut": 3,
  "overrides": [ { "when": { "mode": "confrontation" }, "cut": 4 } ],
  "floors": { "endangerment": 2 },
  "cannot_judge": "unscored",
  "real": "severity",
  "tended": { "by": "either", "unless_score": 4 },
  "accumulation": { "count": 3, "within": { "sessions": 3 }, "same": ["relationship"] } }"#;

    #[test]
    fn the_rule_of_the_design_is_read_and_written() {
        let rule = Rule::from_json(DESIGN).expect("the design's own example");
        assert_eq!(Rule::from_json(&rule.to_json()), Ok(rule.clone()));
        assert!(
            rule.to_json().contains("\"cut\": 3,"),
            "whole numbers stay whole: {}",
            rule.to_json()
        );
    }

    #[test]
    fn every_preset_survives_a_round_trip() {
        for rule in Rule::presets() {
            assert_eq!(Rule::from_json(&rule.to_json()), Ok(rule));
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let check = |rest: &str, line, column, problem| {
            let text = format!("{{\"name\": \"r\", \"cut\": 3,\n{rest}}}");
            assert_eq!(
                Rule::from_json(&text),
                Err(RuleError::Invalid {
                    line,
                    column,
                    problem
                }),
                "{text}"
            );
        };
        let plain = "\"score\": {\"from\": \"significance\"}, ";
        check(
            r#""score": {"from": "factors", "combine": "weighted"}"#,
            2,
            10,
            RuleProblem::WeightsMissing,
        );
        check(
            r#""score": {"from": "factors", "combine": "mean", "weights": {"intensity": 1}}"#,
            2,
            60,
            RuleProblem::WeightsUnused,
        );
        check(
            r#""score": {"from": "factors", "combine": "weighted", "weights": {"intensity": 0}}"#,
            2,
            64,
            RuleProblem::WeightsZero,
        );
        check(
            r#""score": {"from": "factors", "combine": "weighted", "weights": {"intensity": 2, "centrality": -1}}"#,
            2,
            64,
            RuleProblem::WeightNegative,
        );
        let accumulation = |body: &str| format!("{plain}\n\"accumulation\": {body}");
        check(
            &accumulation(r#"{"count": 1, "within": {"sessions": 3}}"#),
            3,
            27,
            RuleProblem::CountTooSmall(1),
        );
        check(
            &accumulation(r#"{"count": 2, "within": {"sessions": 0}}"#),
            3,
            53,
            RuleProblem::WindowEmpty,
        );
        check(
            &accumulation(r#"{"count": 2, "within": {"minutes": 0}}"#),
            3,
            52,
            RuleProblem::WindowEmpty,
        );
        check(
            &accumulation(r#"{"count": 2, "within": {"minutes": 5}, "same": ["mode", "mode"]}"#),
            3,
            73,
            RuleProblem::SameTwice,
        );
    }

    #[test]
    fn what_is_not_a_rule_is_refused() {
        let check = |text: &str, says: &str| {
            let error = Rule::from_json(text).expect_err(text).to_string();
            assert!(error.contains(says) && error.contains("line "), "{error}");
        };
        let rule =
            |rest: &str| format!(r#"{{"name": "r", "score": {{"from": "significance"}}, "cut": 3{rest}}}"#);
        check(&rule(r#", "pool": {"over": "mean", "unmatched": 1}"#), "\"pool\"");
        check(&rule(r#", "cuts": 4"#), "unknown field `cuts`");
        check(
            &rule(r#", "tended": {"by": "anything"}"#),
            "expected one of `surface`",
        );
        check(
            &rule(r#", "overrides": [{"when": {"weather": 1}, "cut": 4}]"#),
            "weather",
        );
        check(
            &rule(r#", "accumulation": {"count": 2, "within": {"minutes": 5, "sessions": 2}}"#),
            "minutes or sessions, not both",
        );
        check(
            &rule(r#", "accumulation": {"count": 2, "within": {}}"#),
            "give minutes or sessions",
        );
        check(
            r#"{"name": "r", "score": {"from": "luck"}, "cut": 3}"#,
            "expected `significance` or `factors`",
        );
        check(
            r#"{"name": "r", "score": {"from": "significance", "combine": "mean"}, "cut": 3}"#,
            "combine",
        );
        check(
            r#"{"name": "r", "score": {"from": "factors"}, "cut": 3}"#,
            "combine",
        );
        check(r#"{"name": "r", "score": {"from": "significance"}}"#, "cut");
        check(
            r#"{"name": " ", "score": {"from": "significance"}, "cut": 3}"#,
            "no name",
        );
        check(
            r#"{"name": "r", "score": {"from": "significance"}, "cut": 1e999}"#,
            "out of range",
        );
        check("", "EOF");
        let unset = Rule {
            cut: f64::NAN,
            ..Rule::default()
        };
        assert_eq!(unset.validate(), Err(RuleProblem::NotFinite("the cut")));
    }

    #[test]
    fn what_is_absent_takes_its_default() {
        let rule = Rule::from_json(
            r#"{"name": "r", "score": {"from": "significance"}, "cut": -2.5, "tended": {"by": "both"}}"#,
        )
        .expect("a sound rule");
        assert_eq!(rule.tended.map(|tended| tended.unless_score), Some(4.0));
        assert!((rule.cut + 2.5).abs() < f64::EPSILON);
    }
}
