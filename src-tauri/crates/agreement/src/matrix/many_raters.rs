//! Coefficients of any number of raters with missing values, in one framework (Gwet 2014, Handbook of
//! Inter-Rater Reliability, 4th ed., chapters 2–5).
//!
//! pa is the mean, over units of two ratings or more, of a unit's weighted agreement; π_k the mean, over units
//! rated at all, of the part of a unit's ratings that are k; T_w = Σ_kl w_kl. The coefficients differ in chance:
//! AC1/AC2 pe = T_w/(q(q−1)) Σ π_k(1−π_k), Fleiss pe = Σ w_kl π_k π_l, Brennan–Prediger pe = T_w/q²,
//! Conger pe = Σ w_kl (p̄_k p̄_l − s_kl/r) with mean and sample covariance over raters' own proportions.

use super::data::{MISSING, rated, ratings};
use super::estimator::{Additive, Share};
use super::reason::{Outcome, Reason};
use super::weights::Weights;

/// How chance agreement is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chance {
    /// None: the coefficient is pa itself.
    Uncorrected,
    Gwet,
    Fleiss,
    Conger,
    BrennanPrediger,
}

/// A coefficient of all raters.
#[derive(Debug, Clone)]
pub(crate) struct ManyRaters {
    pub(crate) chance: Chance,
    pub(crate) weights: Weights,
    pub(crate) raters: usize,
    /// Where the coefficient is that of one category against all others.
    pub(crate) category: Option<usize>,
}

/// What the sums say.
pub(crate) struct Agreement<'a> {
    /// Units rated at all.
    pub(crate) rated: f64,
    /// Units of two ratings or more.
    pub(crate) rated_twice: f64,
    /// One less pa.
    pub(crate) observed: f64,
    /// π_k.
    pub(crate) proportions: Vec<f64>,
    /// For Conger: how often each rater gave each category, rater by rater.
    by_rater: &'a [f64],
}

const BEFORE_PROPORTIONS: usize = 3;

impl ManyRaters {
    /// A unit's ratings in the categories of the weights.
    pub(crate) fn rated<'a>(&'a self, row: &'a [u32]) -> impl Iterator<Item = usize> + Clone + 'a {
        rated(row).map(|category| self.taken_as(category))
    }

    /// The category that the weights know it by.
    fn taken_as(&self, category: usize) -> usize {
        self.category.map_or(category, |own| usize::from(own == category))
    }

    /// One less the weighted agreement within a unit of two ratings or more.
    pub(crate) fn disagreement_within(&self, row: &[u32]) -> Option<f64> {
        let number = ratings(row);
        if number < 2 {
            return None;
        }
        let mut rest = self.rated(row);
        let mut sum = 0.0;
        while let Some(first) = rest.next() {
            sum += rest
                .clone()
                .map(|second| self.weights.disagreement(first, second))
                .sum::<f64>();
        }
        Some(2.0 * sum / (number * (number - 1)) as f64)
    }

    pub(crate) fn agreement<'a>(&self, sums: &'a [f64]) -> Result<Agreement<'a>, Reason> {
        let (head, tail) = sums
            .split_at_checked(BEFORE_PROPORTIONS)
            .ok_or(Reason::NoUnitRated)?;
        let (parts, by_rater) = tail
            .split_at_checked(self.weights.categories())
            .ok_or(Reason::NoUnitRated)?;
        let [rated, rated_twice, disagreement] = head else {
            return Err(Reason::NoUnitRated);
        };
        if *rated_twice < 1.0 {
            return Err(Reason::NoUnitRatedTwice);
        }
        Ok(Agreement {
            rated: *rated,
            rated_twice: *rated_twice,
            observed: disagreement / rated_twice,
            proportions: parts.iter().map(|part| part / rated).collect(),
            by_rater,
        })
    }

    /// One less pe.
    pub(crate) fn chance_disagreement(&self, agreement: &Agreement) -> Result<f64, Reason> {
        let categories = self.weights.categories();
        if categories < 2 && self.chance != Chance::Uncorrected {
            return Err(Reason::OneCategory);
        }
        let number = categories as f64;
        let disagreement = match self.chance {
            Chance::Uncorrected => 1.0,
            Chance::Gwet => {
                let spread: f64 = agreement.proportions.iter().map(|part| part * (1.0 - part)).sum();
                1.0 - self.weights.total() / (number * (number - 1.0)) * spread
            }
            Chance::Fleiss => self
                .weights
                .expected(&agreement.proportions, &agreement.proportions),
            Chance::BrennanPrediger => 1.0 - self.weights.total() / (number * number),
            Chance::Conger => self.conger(&agreement.raters(categories))?,
        };
        if disagreement > 0.0 {
            Ok(disagreement)
        } else {
            Err(Reason::NoVariation)
        }
    }

    /// Mean over pairs of different raters of their disagreement by chance, which is the formula above rearranged.
    fn conger(&self, raters: &[RaterProportions]) -> Result<f64, Reason> {
        let number = raters.len() as f64;
        if raters.len() < 2 {
            return Err(Reason::FewerThanTwoRaters);
        }
        let mut pairs = 0.0;
        for (place, first) in raters.iter().enumerate() {
            for second in raters.iter().skip(place + 1) {
                pairs += self.weights.expected(&first.proportions, &second.proportions);
            }
        }
        Ok(2.0 * pairs / (number * (number - 1.0)))
    }
}

/// A rater's own proportions.
pub(crate) struct RaterProportions {
    pub(crate) column: usize,
    /// Units that the rater rated.
    pub(crate) number: f64,
    pub(crate) proportions: Vec<f64>,
}

impl Agreement<'_> {
    /// The raters who rated anything.
    pub(crate) fn raters(&self, categories: usize) -> Vec<RaterProportions> {
        let of = |(column, counts): (usize, &[f64])| {
            let number: f64 = counts.iter().sum();
            let proportions = counts.iter().map(|count| count / number).collect();
            (number > 0.0).then_some(RaterProportions {
                column,
                number,
                proportions,
            })
        };
        self.by_rater
            .chunks_exact(categories.max(1))
            .enumerate()
            .filter_map(of)
            .collect()
    }
}

/// The sums: units rated, units rated twice, disagreement within them, parts of ratings by category; for Conger
/// then each rater's counts of categories.
impl Additive for ManyRaters {
    fn width(&self) -> usize {
        let categories = self.weights.categories();
        let of_raters = if self.chance == Chance::Conger {
            self.raters * categories
        } else {
            0
        };
        BEFORE_PROPORTIONS + categories + of_raters
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        let number = ratings(row);
        if number == 0 {
            return;
        }
        let categories = self.weights.categories();
        shares.push((0, 1.0));
        if let Some(disagreement) = self.disagreement_within(row) {
            shares.extend([(1, 1.0), (2, disagreement)]);
        }
        shares.extend(
            self.rated(row)
                .map(|category| (BEFORE_PROPORTIONS + category, 1.0 / number as f64)),
        );
        if self.chance == Chance::Conger {
            let before = BEFORE_PROPORTIONS + categories;
            let given = row.iter().enumerate().filter(|(_, cell)| **cell != MISSING);
            shares.extend(
                given.map(|(column, cell)| {
                    (before + column * categories + self.taken_as(*cell as usize), 1.0)
                }),
            );
        }
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        let agreement = self.agreement(sums)?;
        Ok(1.0 - agreement.observed / self.chance_disagreement(&agreement)?)
    }
}
