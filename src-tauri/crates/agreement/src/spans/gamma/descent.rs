//! A good alignment of three or more raters, quickly: raters join one after the other by an assignment problem, then
//! each in turn leaves and joins again until nothing improves.
//!
//! What it finds is a bound from above for the exact search, and often the best.
#![expect(
    clippy::indexing_slicing,
    reason = "parts and places are counted here; indices never come from data"
)]

use super::assignment::assigned;
use super::problem::{Alignment, Problem, Stop, Stopped};
use super::two::items_of;

/// Rounds in which every rater joins anew; improvement ends long before.
const MOST_ROUNDS: usize = 20;

/// An alignment that no single rater can improve by joining anew. Its bound from below is left at 0.
pub(super) fn descended(problem: &Problem, stop: &Stop) -> Result<Alignment, Stopped> {
    let items: Vec<Vec<usize>> = (0..problem.raters)
        .map(|rater| items_of(problem, rater))
        .collect();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut disorder = f64::INFINITY;
    for _ in 0..MOST_ROUNDS {
        for (rater, of_rater) in items.iter().enumerate() {
            for part in &mut parts {
                part.retain(|&position| problem.items[position].rater != rater);
            }
            parts.retain(|part| !part.is_empty());
            join(problem, &mut parts, of_rater, stop)?;
        }
        let now: f64 = parts.iter().map(|part| problem.part_disorder(part)).sum();
        if now >= disorder - 1e-9 {
            break;
        }
        disorder = now;
    }
    Ok(Alignment {
        at_least: 0.0,
        ..Alignment::best(problem, parts)
    })
}

/// Adds a rater's units to the parts at the least cost; a unit that joins none becomes a part.
fn join(
    problem: &Problem,
    parts: &mut Vec<Vec<usize>>,
    joining: &[usize],
    stop: &Stop,
) -> Result<(), Stopped> {
    let mut part_of = vec![usize::MAX; problem.items.len()];
    for (place, part) in parts.iter().enumerate() {
        part.iter().for_each(|&position| part_of[position] = place);
    }
    let most = problem.pairs() + problem.raters as f64;
    let mut choices = Vec::with_capacity(joining.len());
    let mut near = Vec::new();
    for &position in joining {
        stop.check()?;
        near.clear();
        near.extend(
            problem
                .near(position, most)
                .map(|other| part_of[other])
                .filter(|&part| part != usize::MAX),
        );
        near.sort_unstable();
        near.dedup();
        let cost = |&part: &usize| {
            let excess: f64 = parts[part]
                .iter()
                .map(|&other| problem.dissimilarity(position, other) - 1.0)
                .sum();
            (part, excess / problem.pairs())
        };
        choices.push(near.iter().map(cost).filter(|&(_, cost)| cost < 1.0).collect());
    }
    let assignment = assigned(&choices, parts.len(), stop)?;
    for (&position, part) in joining.iter().zip(assignment.column_of_row) {
        match part {
            Some(part) => parts[part].push(position),
            None => parts.push(vec![position]),
        }
    }
    Ok(())
}
