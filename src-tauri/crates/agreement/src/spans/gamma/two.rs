//! The best alignment of two raters: an assignment problem.

use super::assignment::{Assignment, assigned};
use super::problem::{Alignment, Item, Problem, Stop, Stopped};

/// The units of one rater as positions in the problem, in order of their middles.
pub(super) fn items_of(problem: &Problem, rater: usize) -> Vec<usize> {
    let of_rater = problem
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.rater == rater);
    of_rater.map(|(position, _)| position).collect()
}

/// The cheapest alignment of two raters among however many, a unit that is left alone costing 1. Rows are the
/// places of the first list, columns those of the second; the cost of a pair is counted 1 less, as if every column
/// had been paid for.
pub(super) fn paired(
    problem: &Problem,
    first: &[usize],
    second: &[usize],
    stop: &Stop,
) -> Result<Assignment, Stopped> {
    let item = |position: usize| problem.items.get(position);
    let length = |position: usize| item(position).map_or(0.0, Item::length);
    let longest = second
        .iter()
        .map(|&position| length(position))
        .fold(0.0, f64::max);
    let middle = |position: usize| item(position).map_or(0.0, Item::middle);
    let mut choices = Vec::with_capacity(first.len());
    for &position in first {
        stop.check()?;
        let far = problem.dissimilarity.reach(2.0, length(position) + longest);
        let from = second.partition_point(|&other| middle(other) < middle(position) - far);
        let within = second.iter().enumerate().skip(from);
        let near = within.take_while(|&(_, &other)| middle(other) <= middle(position) + far);
        let costs = near.map(|(place, &other)| (place, problem.dissimilarity(position, other) - 1.0));
        choices.push(costs.filter(|&(_, cost)| cost < 1.0).collect());
    }
    assigned(&choices, second.len(), stop)
}

/// The best alignment of a problem with two raters.
pub(super) fn aligned(problem: &Problem, stop: &Stop) -> Result<Alignment, Stopped> {
    let (first, second) = (items_of(problem, 0), items_of(problem, 1));
    let assignment = paired(problem, &first, &second, stop)?;
    let mut alone = vec![true; second.len()];
    let mut parts = Vec::new();
    for (&position, taken) in first.iter().zip(&assignment.column_of_row) {
        let other = taken.and_then(|place| second.get(place));
        parts.push(std::iter::once(position).chain(other.copied()).collect());
        if let Some(alone) = taken.and_then(|place| alone.get_mut(place)) {
            *alone = false;
        }
    }
    parts.extend(
        second
            .iter()
            .zip(alone)
            .filter(|&(_, alone)| alone)
            .map(|(&position, _)| vec![position]),
    );
    Ok(Alignment::best(problem, parts))
}
