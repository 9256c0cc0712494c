//! The best alignment of any number of raters, or the best that the limit allows with a bound.
#![expect(
    clippy::indexing_slicing,
    reason = "candidates are counted; indices never come from data"
)]

use super::candidates::{Candidates, NoCandidates, candidates};
use super::descent::descended;
use super::frontier::search;
use super::pair_prices::PairPrices;
use super::problem::{Alignment, Problem, Stop, Stopped};
use super::two;
use super::unit_prices::UnitPrices;

/// Differences below this are rounding.
const ROUNDING: f64 = 1e-9;

/// How prices are raised before each search, and how much of the limit it may use.
struct Round {
    /// In disorder.
    temperature: f64,
    sweeps: usize,
    /// The limit is divided by this.
    share: usize,
}

/// Most problems are done after the first.
const ROUNDS: [Round; 9] = [
    Round {
        temperature: 0.05,
        sweeps: 20,
        share: 400,
    },
    Round {
        temperature: 0.02,
        sweeps: 20,
        share: 400,
    },
    Round {
        temperature: 0.02,
        sweeps: 20,
        share: 400,
    },
    Round {
        temperature: 0.01,
        sweeps: 20,
        share: 400,
    },
    Round {
        temperature: 0.01,
        sweeps: 20,
        share: 400,
    },
    Round {
        temperature: 0.005,
        sweeps: 30,
        share: 100,
    },
    Round {
        temperature: 0.0025,
        sweeps: 40,
        share: 50,
    },
    Round {
        temperature: 0.001,
        sweeps: 60,
        share: 20,
    },
    Round {
        temperature: 0.0005,
        sweeps: 60,
        share: 1,
    },
];

/// The best alignment; where `limit` steps of the search do not suffice, the best found, with the bound that was
/// reached.
pub(super) fn aligned(problem: &Problem, limit: usize, stop: &Stop) -> Result<Alignment, Stopped> {
    if problem.raters == 2 {
        return two::aligned(problem, stop);
    }
    let known = descended(problem, stop)?;
    let pair_prices = PairPrices::of(problem, stop)?;
    let unit_prices = pair_prices.of_units();
    let bound: f64 = unit_prices.iter().sum();
    let distance = known.disorder - bound;
    if distance <= ROUNDING {
        return Ok(Alignment::best(problem, known.parts));
    }
    match candidates(problem, &pair_prices, distance, limit, stop) {
        Ok(candidates) => searched(problem, known, candidates, unit_prices, limit, stop),
        Err(NoCandidates::TooMany) => Ok(Alignment {
            at_least: bound,
            ..known
        }),
        Err(NoCandidates::Stopped) => Err(Stopped),
    }
}

/// Brings the bounds together from both sides: better prices leave fewer candidates, a quick search finds a better
/// alignment; until they meet or a search was complete.
fn searched(
    problem: &Problem,
    mut known: Alignment,
    mut candidates: Candidates,
    prices: Vec<f64>,
    limit: usize,
    stop: &Stop,
) -> Result<Alignment, Stopped> {
    let mut prices = UnitPrices::new(prices, &candidates);
    let mut at_least = 0.0_f64;
    for Round {
        temperature,
        sweeps,
        share,
    } in ROUNDS
    {
        prices.raise(&candidates, temperature, sweeps, stop)?;
        at_least = at_least.max(prices.bound());
        let slack = known.disorder - prices.bound() - ROUNDING;
        if slack <= 0.0 {
            return Ok(Alignment::best(problem, known.parts));
        }
        let Some(found) = search(&candidates, &prices, slack, limit / share, stop)? else {
            continue;
        };
        if let Some(parts) = found.parts {
            let members = |part: usize| {
                candidates
                    .members(part)
                    .iter()
                    .map(|&unit| unit as usize)
                    .collect()
            };
            known = Alignment::best(problem, parts.into_iter().map(members).collect());
        }
        if found.dropped_above >= slack {
            return Ok(Alignment::best(problem, known.parts));
        }
        at_least = at_least.max(prices.bound() + found.dropped_above);
        let slack = known.disorder - prices.bound();
        candidates =
            candidates.only(|part| prices.above[part] < slack || candidates.members(part).len() == 1);
        prices = prices.among(&candidates);
    }
    let at_least = at_least.min(known.disorder);
    Ok(Alignment { at_least, ..known })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spans::gamma::problem::{Dissimilarity, Item};
    use proptest::prelude::*;

    /// The least disorder over every alignment there is: each unit in turn joins a part or begins one.
    fn least_of_all(problem: &Problem, from: usize, parts: &mut Vec<Vec<usize>>) -> f64 {
        let Some(item) = problem.items.get(from) else {
            return parts.iter().map(|part| problem.part_disorder(part)).sum();
        };
        parts.push(vec![from]);
        let mut least = least_of_all(problem, from + 1, parts);
        parts.pop();
        for part in 0..parts.len() {
            if parts[part]
                .iter()
                .all(|&other| problem.items[other].rater != item.rater)
            {
                parts[part].push(from);
                least = least.min(least_of_all(problem, from + 1, parts));
                parts[part].pop();
            }
        }
        least
    }

    fn problem(raters: usize, units: &[(usize, u32, u32, usize)], alpha: f64, beta: f64) -> Problem {
        let item = |&(rater, start, length, label): &(usize, u32, u32, usize)| Item {
            rater: rater % raters,
            start: f64::from(start),
            end: f64::from(start + length),
            label,
        };
        Problem::new(
            units.iter().map(item).collect(),
            raters,
            Dissimilarity { alpha, beta },
        )
    }

    fn assert_covers_each_unit_once(problem: &Problem, alignment: &Alignment) {
        let mut covered: Vec<usize> = alignment.parts.iter().flatten().copied().collect();
        covered.sort_unstable();
        assert_eq!(covered, (0..problem.items.len()).collect::<Vec<_>>());
        for part in &alignment.parts {
            let mut raters: Vec<usize> = part.iter().map(|&unit| problem.items[unit].rater).collect();
            raters.sort_unstable();
            raters.dedup();
            assert_eq!(raters.len(), part.len());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_best_alignment_is_the_least_of_every_alignment_there_is(
            raters in 2_usize..5,
            units in prop::collection::vec((0_usize..4, 0_u32..40, 1_u32..14, 0_usize..3), 0..9),
            alpha in prop_oneof![Just(0.0), Just(1.0), Just(3.0), 0.1..5.0_f64],
            beta in prop_oneof![Just(0.0), Just(1.0), 0.1..3.0_f64],
        ) {
            let problem = problem(raters, &units, alpha, beta);
            let alignment = aligned(&problem, 1_000_000, &Stop::default()).unwrap();
            assert_covers_each_unit_once(&problem, &alignment);
            let least = least_of_all(&problem, 0, &mut Vec::new());
            prop_assert!((alignment.disorder - least).abs() < 1e-6, "{} {least}", alignment.disorder);
            prop_assert_eq!(alignment.at_least, alignment.disorder);
        }

        #[test]
        fn a_limit_gives_a_bound_that_holds(
            units in prop::collection::vec((0_usize..4, 0_u32..30, 1_u32..14, 0_usize..2), 4..10),
            limit in 0_usize..80,
        ) {
            let problem = problem(4, &units, 1.0, 1.0);
            let alignment = aligned(&problem, limit, &Stop::default()).unwrap();
            assert_covers_each_unit_once(&problem, &alignment);
            let least = least_of_all(&problem, 0, &mut Vec::new());
            prop_assert!(alignment.at_least <= least + 1e-6);
            prop_assert!(least <= alignment.disorder + 1e-6);
        }
    }
}
