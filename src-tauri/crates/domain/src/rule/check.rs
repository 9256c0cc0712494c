//! What makes a rule unusable, with the place in its JSON.

use super::file::RuleProblem;
use super::{AccumulationRule, Combine, FactorValues, Rule, ScoreSource, Within};
use crate::conflict::Factor;
use crate::json::Step;

type Finding = (Vec<Step<'static>>, RuleProblem);

impl Rule {
    /// The first problem and the path to it.
    pub(super) fn examine(&self) -> Option<Finding> {
        if self.name.trim().is_empty() {
            return Some((vec![Step::Key("name")], RuleProblem::NoName));
        }
        if !self.cut.is_finite() {
            return Some((vec![Step::Key("cut")], RuleProblem::NotFinite("the cut")));
        }
        if let Some(index) = self
            .overrides
            .iter()
            .position(|exception| !exception.cut.is_finite())
        {
            let path = vec![Step::Key("overrides"), Step::Index(index), Step::Key("cut")];
            return Some((path, RuleProblem::NotFinite("the cut of an exception")));
        }
        if !all_finite(&self.floors) {
            return Some((vec![Step::Key("floors")], RuleProblem::NotFinite("a floor")));
        }
        if self.tended.is_some_and(|tended| !tended.unless_score.is_finite()) {
            let path = vec![Step::Key("tended"), Step::Key("unless_score")];
            return Some((path, RuleProblem::NotFinite("unless_score")));
        }
        examine_score(&self.score).or_else(|| self.accumulation.as_ref().and_then(examine_accumulation))
    }
}

fn examine_score(score: &ScoreSource) -> Option<Finding> {
    let ScoreSource::Factors { combine, weights } = score else {
        return None;
    };
    let here = || vec![Step::Key("score"), Step::Key("weights")];
    match (combine, weights) {
        (Combine::Weighted, None) => Some((vec![Step::Key("score")], RuleProblem::WeightsMissing)),
        (Combine::Weighted, Some(weights)) => {
            let given = || Factor::ALL.iter().filter_map(|factor| weights.get(*factor));
            if !all_finite(weights) {
                Some((here(), RuleProblem::NotFinite("a weight")))
            } else if given().any(|weight| weight < 0.0) {
                Some((here(), RuleProblem::WeightNegative))
            } else if given().sum::<f64>() <= 0.0 {
                Some((here(), RuleProblem::WeightsZero))
            } else {
                None
            }
        }
        (_, Some(_)) => Some((here(), RuleProblem::WeightsUnused)),
        (_, None) => None,
    }
}

fn examine_accumulation(rule: &AccumulationRule) -> Option<Finding> {
    let here = |key| vec![Step::Key("accumulation"), Step::Key(key)];
    let within = match rule.within {
        Within::Minutes(minutes) => minutes.is_finite() && minutes > 0.0,
        Within::Sessions(sessions) => sessions > 0,
    };
    let repeated = rule.same.iter().enumerate().find_map(|(index, key)| {
        rule.same
            .iter()
            .take(index)
            .any(|earlier| earlier == key)
            .then_some(index)
    });
    if rule.count < 2 {
        Some((here("count"), RuleProblem::CountTooSmall(rule.count)))
    } else if !within {
        let unit = match rule.within {
            Within::Minutes(_) => "minutes",
            Within::Sessions(_) => "sessions",
        };
        let mut path = here("within");
        path.push(Step::Key(unit));
        Some((path, RuleProblem::WindowEmpty))
    } else {
        repeated.map(|index| {
            let mut path = here("same");
            path.push(Step::Index(index));
            (path, RuleProblem::SameTwice)
        })
    }
}

fn all_finite(values: &FactorValues) -> bool {
    Factor::ALL
        .iter()
        .filter_map(|factor| values.get(*factor))
        .all(f64::is_finite)
}
