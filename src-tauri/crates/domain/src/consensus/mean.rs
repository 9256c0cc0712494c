//! The mean of several raters' judgements of one thing, stated before it is rounded.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::coding::WindowRating;
use crate::conflict::{Conflict, Factor, Factors};
use crate::score::Score;

/// A score that is a mean: the sum over those who gave a number, how many they were, and what was kept. The mean is
/// `sum` / `count`; halves are rounded up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StatedMean {
    /// `significance`, a factor, or a rating's key.
    pub of: String,
    pub sum: u32,
    pub count: u32,
    pub kept: Score,
}

/// A conflict from several raters' judgements, with the means it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanConflict {
    pub conflict: Conflict,
    /// Place of the member that all but the scores comes from.
    pub base: usize,
    pub means: Vec<StatedMean>,
}

/// The rounded mean of the numbers given. "Cannot judge" counts where nobody gave a number; a score that nobody gave at
/// all is absent.
#[must_use]
pub fn mean_score(of: &str, scores: &[Option<Score>]) -> Option<(Score, Option<StatedMean>)> {
    let numbers: Vec<u32> = scores
        .iter()
        .flatten()
        .filter_map(|score| score.value().map(u32::from))
        .collect();
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    if count == 0 {
        return scores.iter().flatten().next().map(|_| (Score::CannotJudge, None));
    }
    let sum: u32 = numbers.iter().sum();
    let rounded = (2 * sum + count) / (2 * count);
    let kept = u8::try_from(rounded).ok().and_then(Score::of)?;
    let stated = StatedMean {
        of: of.to_owned(),
        sum,
        count,
        kept,
    };
    Some((kept, Some(stated)))
}

/// The place of the member with the highest significance: "cannot judge" counts below every number, a missing one below
/// that; of equals the first. `None` for no members.
#[must_use]
pub fn highest_significance(members: &[&Conflict]) -> Option<usize> {
    let rank = |conflict: &Conflict| {
        conflict
            .significance
            .map(|score| score.value().unwrap_or_default())
    };
    let mut best: Option<(usize, Option<u8>)> = None;
    for (place, member) in members.iter().enumerate() {
        let own = rank(member);
        if best.is_none_or(|(_, highest)| own > highest) {
            best = Some((place, own));
        }
    }
    best.map(|(place, _)| place)
}

/// Rounded means of significance and of each factor; all else as the member of the highest significance has it, its id
/// and links included. `None` for no members.
#[must_use]
pub fn mean_conflict(members: &[&Conflict]) -> Option<MeanConflict> {
    let base = highest_significance(members)?;
    let mut conflict = (*members.get(base)?).clone();
    let mut means = Vec::new();
    let mut mean = |of: &str, given: &dyn Fn(&Conflict) -> Option<Score>| {
        let scores: Vec<Option<Score>> = members.iter().map(|member| given(member)).collect();
        let (score, stated) = mean_score(of, &scores)?;
        means.extend(stated);
        Some(score)
    };
    conflict.significance = mean("significance", &|member| member.significance);
    let mut factor = |factor: Factor| mean(factor.key(), &|member| member.factors.get(factor));
    conflict.factors = Factors {
        intensity: factor(Factor::Intensity),
        centrality: factor(Factor::Centrality),
        endangerment: factor(Factor::Endangerment),
    };
    Some(MeanConflict {
        conflict,
        base,
        means,
    })
}

/// Rounded means of every rating of a window; nothing is there where all say so. `None` for no members.
#[must_use]
pub fn mean_window(members: &[&WindowRating]) -> Option<(WindowRating, Vec<StatedMean>)> {
    let first = members.first()?;
    let keys: BTreeSet<&String> = members.iter().flat_map(|member| member.ratings.keys()).collect();
    let mut ratings = BTreeMap::new();
    let mut means = Vec::new();
    for key in keys {
        let scores: Vec<Option<Score>> = members
            .iter()
            .map(|member| member.ratings.get(key).copied())
            .collect();
        if let Some((score, stated)) = mean_score(key, &scores) {
            ratings.insert(key.clone(), score);
            means.extend(stated);
        }
    }
    let window = WindowRating {
        start_ms: first.start_ms,
        end_ms: first.end_ms,
        nothing_here: members.iter().all(|member| member.nothing_here),
        ratings,
    };
    Some((window, means))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conflict::Relationship;
    use crate::id::ConflictId;

    fn score(value: u8) -> Option<Score> {
        match value {
            0 => None,
            9 => Some(Score::CannotJudge),
            value => Score::of(value),
        }
    }

    fn conflict(name: &str, significance: u8) -> Conflict {
        Conflict {
            significance: score(significance),
            ..Conflict::new(ConflictId::new(name).unwrap())
        }
    }

    #[test]
    fn halves_go_up_and_only_numbers_count() {
        for (given, kept, sum, count) in [
            (&[2, 3][..], 3, 5, 2),
            (&[2, 2, 3], 2, 7, 3),
            (&[2, 3, 3], 3, 8, 3),
            (&[1, 2, 9, 0], 2, 3, 2),
            (&[5, 5, 5, 5], 5, 20, 4),
            (&[1, 1], 1, 2, 2),
        ] {
            let scores: Vec<Option<Score>> = given.iter().map(|value| score(*value)).collect();
            let (found, stated) = mean_score("x", &scores).unwrap();
            let stated = stated.unwrap();
            assert_eq!(
                (Some(found), stated.sum, stated.count, stated.kept),
                (Score::of(kept), sum, count, found),
                "{given:?}"
            );
        }
        assert_eq!(
            mean_score("x", &[score(9), None]),
            Some((Score::CannotJudge, None))
        );
        assert_eq!(mean_score("x", &[None, None]), None);
        assert_eq!(mean_score("x", &[]), None);
    }

    #[test]
    fn all_but_the_scores_comes_from_the_highest_member_and_of_equals_the_first() {
        let mut low = conflict("low", 2);
        low.relationship = Some(Relationship::Alliance);
        let mut high = conflict("high", 4);
        high.relationship = Some(Relationship::Real);
        high.factors.intensity = score(5);
        let also_high = conflict("also", 4);
        let found = mean_conflict(&[&low, &high, &also_high]).unwrap();
        assert_eq!((found.base, found.conflict.id.as_str()), (1, "high"));
        assert_eq!(found.conflict.relationship, Some(Relationship::Real));
        assert_eq!(found.conflict.significance, score(3), "10 / 3");
        assert_eq!(found.conflict.factors.intensity, score(5));
        let of: Vec<&str> = found.means.iter().map(|mean| mean.of.as_str()).collect();
        assert_eq!(of, ["significance", "intensity"]);
        assert_eq!(
            highest_significance(&[&conflict("none", 0), &conflict("cannot", 9)]),
            Some(1)
        );
        assert_eq!(mean_conflict(&[]), None);
    }

    #[test]
    fn a_window_holds_nothing_only_where_all_say_so() {
        let window = |nothing_here, ratings: &[(&str, u8)]| WindowRating {
            start_ms: 0,
            end_ms: 300_000,
            nothing_here,
            ratings: ratings
                .iter()
                .filter_map(|(key, value)| Some(((*key).to_owned(), score(*value)?)))
                .collect(),
        };
        let (one, _) = mean_window(&[&window(true, &[]), &window(false, &[("a", 2)])]).unwrap();
        assert_eq!(one, window(false, &[("a", 2)]));
        let (both, means) =
            mean_window(&[&window(true, &[("a", 1)]), &window(true, &[("a", 2), ("b", 9)])]).unwrap();
        assert_eq!(both, window(true, &[("a", 2), ("b", 9)]));
        assert_eq!(means.len(), 1, "what nobody could judge has no mean");
        assert_eq!(mean_window(&[]), None);
    }
}
