//! Boundary similarity of two segmentations (Fournier 2013, Evaluating text segmentation using boundary edit distance).
//!
//! A segmentation is a list of masses: lengths of its segments, in units such as turns. With |M| boundaries at the same
//! place, |T| near misses (a boundary of each, at most n_t − 1 apart, whom nothing else explains) and |A| boundaries that
//! have no counterpart, B = 1 − (|A| + Σ distance/n_t)/(|A| + |T| + |M|). There is one type of boundary, so that none
//! is ever substituted. Boundaries are matched so that the numerator is least; with n_t above 2 a greedy match of the
//! nearest first (the segeval package) at times gives a little more or less.

use std::collections::BTreeSet;

use super::error::SpansError;
use super::result::{field, settle, wordless};
use crate::measurement::{Measurement, Pair};

/// The largest sum of masses.
const LONGEST: u64 = super::continuum::LONGEST_MS;

/// A rater's segmentation: the masses of the segments, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segmentation {
    pub rater: String,
    pub masses: Vec<u64>,
}

/// Boundary similarity for each pair of raters, in order, and its mean over pairs: between 0 and 1, and 1 where neither
/// has a boundary. Figures: `matches`, `near_misses`, `additions`. `near` is n_t, 2 in the paper: boundaries less
/// than this apart may be near misses.
///
/// # Errors
/// A mass of 0, masses that add up to different lengths (all raters segment the same), `near` of 0.
pub fn measure_boundaries(segmentations: &[Segmentation], near: u64) -> Result<Vec<Measurement>, SpansError> {
    if near == 0 {
        return Err(SpansError::Setting {
            setting: "near",
            value: 0.0,
            range: "1 or more",
        });
    }
    let boundaries = segmentations
        .iter()
        .map(boundaries)
        .collect::<Result<Vec<_>, _>>()?;
    check_same_length(segmentations)?;
    let mut measured = Vec::new();
    for (first, (here, at_here)) in segmentations.iter().zip(&boundaries).enumerate() {
        for (there, at_there) in segmentations.iter().zip(&boundaries).skip(first + 1) {
            let edits = Edits::between(at_here, at_there, near);
            let mut measurement = blank(2);
            measurement.pair = Some(Pair::Of([here.rater.clone(), there.rater.clone()]));
            measurement.units = at_here.len() + at_there.len();
            measurement.units_used = measurement.units;
            settle(&mut measurement, Ok(edits.similarity()));
            field(&mut measurement, "matches", edits.matches as f64);
            field(&mut measurement, "near_misses", edits.near_misses as f64);
            field(&mut measurement, "additions", edits.additions as f64);
            measured.push(measurement);
        }
    }
    let values: Vec<f64> = measured
        .iter()
        .filter_map(|measurement| measurement.value)
        .collect();
    let mut mean = blank(segmentations.len());
    mean.pair = Some(Pair::Over("mean"));
    mean.units = boundaries.iter().map(BTreeSet::len).sum();
    mean.units_used = mean.units;
    let value = (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    settle(&mut mean, value.ok_or("fewer than two raters"));
    measured.push(mean);
    Ok(measured)
}

fn blank(raters: usize) -> Measurement {
    Measurement {
        statistic: "boundary-similarity".to_owned(),
        level: None,
        pair: None,
        category: None,
        value: None,
        se: None,
        ci: None,
        bootstrap_ci: None,
        units: 0,
        units_used: 0,
        raters,
        missing: 0,
        categories: Vec::new(),
        band: None,
        wordless: wordless("boundary-similarity"),
        reason: None,
        notes: Vec::new(),
        fields: std::collections::BTreeMap::new(),
    }
}

/// Where segments end, but for the last.
fn boundaries(segmentation: &Segmentation) -> Result<BTreeSet<u64>, SpansError> {
    let mut reached = 0_u64;
    let mut places = BTreeSet::new();
    for (index, &mass) in segmentation.masses.iter().enumerate() {
        if mass == 0 {
            return Err(SpansError::EmptySegment {
                rater: segmentation.rater.clone(),
                index,
            });
        }
        if index > 0 {
            places.insert(reached);
        }
        reached = reached.saturating_add(mass);
    }
    if reached > LONGEST {
        return Err(SpansError::MassesTooLarge {
            rater: segmentation.rater.clone(),
        });
    }
    Ok(places)
}

fn check_same_length(segmentations: &[Segmentation]) -> Result<(), SpansError> {
    let total = |segmentation: &Segmentation| segmentation.masses.iter().sum::<u64>();
    let Some((first, others)) = segmentations.split_first() else {
        return Ok(());
    };
    match others.iter().find(|other| total(other) != total(first)) {
        None => Ok(()),
        Some(other) => Err(SpansError::MassesDiffer {
            rater: first.rater.clone(),
            total: total(first),
            other: other.rater.clone(),
            other_total: total(other),
        }),
    }
}

/// How one segmentation becomes the other.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Edits {
    matches: usize,
    near_misses: usize,
    additions: usize,
    /// Σ distance/n_t.
    weight: f64,
}

impl Edits {
    fn between(first: &BTreeSet<u64>, second: &BTreeSet<u64>, near: u64) -> Self {
        let matches = first.intersection(second).count();
        let here: Vec<u64> = first.difference(second).copied().collect();
        let there: Vec<u64> = second.difference(first).copied().collect();
        Self {
            matches,
            ..Self::of_unmatched(&here, &there, near)
        }
    }

    /// Walks along both; places are sorted, so that near misses that cross are never better than ones that do not.
    fn of_unmatched(here: &[u64], there: &[u64], near: u64) -> Self {
        let added = |edits: &Self| Self {
            additions: edits.additions + 1,
            ..*edits
        };
        let mut above: Vec<Self> = (0..=there.len())
            .map(|additions| Self {
                additions,
                ..Self::default()
            })
            .collect();
        for &place in here {
            let mut left = above.first().map(added).unwrap_or_default();
            let mut row = vec![left];
            for (&other, pair) in there.iter().zip(above.windows(2)) {
                let [diagonal, over] = pair else { continue };
                let mut best = if over.cost() <= left.cost() {
                    added(over)
                } else {
                    added(&left)
                };
                let distance = place.abs_diff(other);
                if distance < near {
                    let missed = Self {
                        near_misses: diagonal.near_misses + 1,
                        weight: diagonal.weight + distance as f64 / near as f64,
                        ..*diagonal
                    };
                    best = if missed.cost() < best.cost() { missed } else { best };
                }
                left = best;
                row.push(best);
            }
            above = row;
        }
        above.last().copied().unwrap_or_default()
    }

    fn cost(&self) -> f64 {
        self.additions as f64 + self.weight
    }

    fn similarity(&self) -> f64 {
        let boundaries = self.additions + self.near_misses + self.matches;
        if boundaries == 0 {
            1.0
        } else {
            1.0 - self.cost() / boundaries as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn similarity(first: &[u64], second: &[u64], near: u64) -> f64 {
        let of = |rater: &str, masses: &[u64]| Segmentation {
            rater: rater.to_owned(),
            masses: masses.to_vec(),
        };
        measure_boundaries(&[of("A", first), of("B", second)], near).unwrap()[0]
            .value
            .unwrap()
    }

    #[test]
    fn fournier_2013_five_examples_with_near_misses_of_one() {
        assert_eq!(similarity(&[2, 3, 6], &[5, 6], 2), 0.5);
        assert!((similarity(&[2, 3, 6], &[2, 3, 3, 3], 2) - 0.666_667).abs() < 5e-7);
        assert_eq!(similarity(&[2, 3, 6], &[2, 2, 7], 2), 0.75);
        assert_eq!(similarity(&[2, 3, 6], &[1, 1, 3, 1, 5], 2), 0.5);
        assert_eq!(similarity(&[11], &[5, 6], 2), 0.0);
    }

    #[test]
    fn without_boundaries_segmentations_are_the_same() {
        assert_eq!(similarity(&[11], &[11], 2), 1.0);
        assert_eq!(similarity(&[], &[], 2), 1.0);
    }

    #[test]
    fn masses_that_cannot_be_compared_are_named() {
        let of = |rater: &str, masses: &[u64]| Segmentation {
            rater: rater.to_owned(),
            masses: masses.to_vec(),
        };
        assert_eq!(
            measure_boundaries(&[of("A", &[4, 6]), of("B", &[11])], 2),
            Err(SpansError::MassesDiffer {
                rater: "A".into(),
                total: 10,
                other: "B".into(),
                other_total: 11
            })
        );
        assert_eq!(
            measure_boundaries(&[of("A", &[4, 0, 7])], 2),
            Err(SpansError::EmptySegment {
                rater: "A".into(),
                index: 1
            })
        );
        assert_eq!(
            measure_boundaries(&[of("A", &[u64::MAX, 7])], 2),
            Err(SpansError::MassesTooLarge { rater: "A".into() })
        );
        assert!(matches!(
            measure_boundaries(&[], 0),
            Err(SpansError::Setting { setting: "near", .. })
        ));
        assert_eq!(
            measure_boundaries(&[], 2).unwrap()[0].reason.as_deref(),
            Some("fewer than two raters")
        );
    }

    /// The least cost over every way to match unmatched boundaries.
    fn least(here: &[u64], there: &mut Vec<u64>, near: u64) -> f64 {
        let Some((&place, rest)) = here.split_first() else {
            return there.len() as f64;
        };
        let mut best = 1.0 + least(rest, there, near);
        for other in 0..there.len() {
            let taken = there.remove(other);
            if taken.abs_diff(place) < near {
                best = best.min(taken.abs_diff(place) as f64 / near as f64 + least(rest, there, near));
            }
            there.insert(other, taken);
        }
        best
    }

    proptest! {
        #[test]
        fn no_other_matching_of_boundaries_costs_less(
            here in prop::collection::btree_set(1_u64..16, 0..6),
            there in prop::collection::btree_set(1_u64..16, 0..6),
            near in 1_u64..6,
        ) {
            let edits = Edits::between(&here, &there, near);
            let lone: Vec<u64> = here.difference(&there).copied().collect();
            let mut other: Vec<u64> = there.difference(&here).copied().collect();
            prop_assert!((edits.cost() - least(&lone, &mut other, near)).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&edits.similarity()));
            let turned = Edits::between(&there, &here, near);
            prop_assert!((edits.similarity() - turned.similarity()).abs() < 1e-12);
        }
    }
}
