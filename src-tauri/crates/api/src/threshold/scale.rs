//! The scale of the histogram: which scores share a bar.

use sunder_domain::{CannotJudge, Combine, Rule, ScoreSource};

use crate::wire::ScoreBin;

/// Bars from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    /// How far apart the scores of neighbouring bars lie.
    pub(crate) grid: f64,
    /// A bar stands around its score; else it holds what lies from there up to the next.
    pub(crate) centred: bool,
    pub(crate) bars: usize,
}

impl Scale {
    /// Whole scores for significance and for the lowest or highest factor; halves where a median of two may be; quarters of
    /// a point for means.
    pub(crate) fn of(rule: &Rule) -> Self {
        let whole = Self {
            grid: 1.0,
            centred: true,
            bars: 5,
        };
        match rule.score {
            ScoreSource::Significance {} => whole,
            ScoreSource::Factors { combine, .. } => match combine {
                Combine::Min | Combine::Max => whole,
                Combine::Median if rule.cannot_judge == CannotJudge::Unscored => whole,
                Combine::Median => Self {
                    grid: 0.5,
                    centred: true,
                    bars: 9,
                },
                Combine::Mean | Combine::Weighted => Self {
                    grid: 0.25,
                    centred: false,
                    bars: 17,
                },
            },
        }
    }

    /// Place of a score's bar; scores are 1 to 5.
    pub(crate) fn bar_of(self, score: f64) -> usize {
        let steps = (score - 1.0) / self.grid;
        let steps = if self.centred {
            steps.round()
        } else {
            // What is a third short of a quarter by rounding alone belongs to it.
            (steps + 1e-9).floor()
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the bars there are"
        )]
        let place = steps.clamp(0.0, (self.bars - 1) as f64) as usize;
        place
    }

    pub(crate) fn bins(self) -> Vec<ScoreBin> {
        (0..self.bars)
            .map(|place| {
                #[expect(clippy::cast_precision_loss, reason = "at most 17")]
                let value = 1.0 + place as f64 * self.grid;
                let from = if self.centred {
                    value - self.grid / 2.0
                } else {
                    value
                };
                ScoreBin {
                    value,
                    from,
                    to: from + self.grid,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use sunder_domain::Rule;

    use super::Scale;

    fn scale(score: &str) -> Scale {
        Scale::of(&Rule::from_json(&format!(r#"{{"name": "r", "score": {score}, "cut": 3}}"#)).unwrap())
    }

    #[test]
    fn every_score_lies_in_the_bar_that_begins_or_stands_there() {
        let whole = scale(r#"{"from": "significance"}"#);
        assert_eq!([1.0, 3.0, 5.0].map(|score| whole.bar_of(score)), [0, 2, 4]);
        let quarters = scale(r#"{"from": "factors", "combine": "mean"}"#);
        assert_eq!(
            [1.0, 4.0 / 3.0, 5.0 / 3.0, 2.5, 3.0 - 1e-12, 3.0, 5.0].map(|score| quarters.bar_of(score)),
            [0, 1, 2, 6, 8, 8, 16]
        );
        for scale in [whole, quarters] {
            for (place, bin) in scale.bins().iter().enumerate() {
                assert_eq!(scale.bar_of(bin.value), place);
            }
        }
    }
}
