//! Agreement of one category, and how often all raters are alike.

use super::data::{rated, ratings};
use super::estimator::{Additive, Share};
use super::reason::{Outcome, Reason};

/// Specific agreement of a category, 2a/(2a+b+c), pooled over all pairs of raters (Cicchetti & Feinstein 1990).
///
/// Sums: ordered pairs of ratings that both are the category; ordered pairs of which the first is.
pub(crate) struct SpecificAgreement {
    pub(crate) category: usize,
}

impl Additive for SpecificAgreement {
    fn width(&self) -> usize {
        2
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        let number = ratings(row);
        let own = rated(row).filter(|category| *category == self.category).count();
        if number > 1 && own > 0 {
            shares.push((0, (own * (own - 1)) as f64));
            shares.push((1, (own * (number - 1)) as f64));
        }
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        match sums {
            [both, either] if *either > 0.0 => Ok(both / either),
            _ => Err(Reason::NeverUsed),
        }
    }
}

/// The part of units of two ratings or more of which all ratings are the same.
pub(crate) struct AllAlike;

impl Additive for AllAlike {
    fn width(&self) -> usize {
        2
    }

    fn contribute(&self, row: &[u32], shares: &mut Vec<Share>) {
        if ratings(row) < 2 {
            return;
        }
        let mut ratings = rated(row);
        let first = ratings.next();
        shares.push((0, f64::from(ratings.all(|rating| Some(rating) == first))));
        shares.push((1, 1.0));
    }

    fn finish(&self, sums: &[f64]) -> Outcome {
        match sums {
            [alike, units] if *units > 0.0 => Ok(alike / units),
            _ => Err(Reason::NoUnitRatedTwice),
        }
    }
}
