//! Which span of one rater answers which of another: one to one, the largest overlap first.
//!
//! Overlap is intersection / longer of the two (Holle & Rein 2015). Ties go to the lower place of the second
//! rater's span, then of the first's; places are in order of time.

use std::cmp::Ordering;

use super::continuum::Unit;

/// Two units that answer each other, as places in the two tracks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) first: usize,
    pub(super) second: usize,
}

struct Candidate {
    link: Link,
    intersection: u64,
    longer: u64,
}

/// Links that reach the threshold, among the pairs that may be linked.
pub(super) fn linked(
    first: &[Unit],
    second: &[Unit],
    threshold: f64,
    may_link: impl Fn(&Unit, &Unit) -> bool,
) -> Vec<Link> {
    let mut candidates = candidates(first, second, threshold, may_link);
    candidates.sort_by(|left, right| {
        larger_first(left, right)
            .then(left.link.second.cmp(&right.link.second))
            .then(left.link.first.cmp(&right.link.first))
    });
    let mut free_first = vec![true; first.len()];
    let mut free_second = vec![true; second.len()];
    let mut links = Vec::new();
    for Candidate { link, .. } in candidates {
        if let (Some(here), Some(there)) = (free_first.get_mut(link.first), free_second.get_mut(link.second))
            && *here
            && *there
        {
            (*here, *there) = (false, false);
            links.push(link);
        }
    }
    links
}

/// Pairs that reach the threshold. Tracks are sorted by start, so that the inner walk stops early.
fn candidates(
    first: &[Unit],
    second: &[Unit],
    threshold: f64,
    may_link: impl Fn(&Unit, &Unit) -> bool,
) -> Vec<Candidate> {
    let longest = second.iter().map(Unit::length).max().unwrap_or_default();
    let mut found = Vec::new();
    for (place, unit) in first.iter().enumerate() {
        let from = second.partition_point(|other| other.start.saturating_add(longest) <= unit.start);
        for (offset, other) in second
            .iter()
            .skip(from)
            .take_while(|other| other.start < unit.end)
            .enumerate()
        {
            let intersection = unit.intersection(other);
            let longer = unit.length().max(other.length());
            if intersection > 0 && intersection as f64 / longer as f64 >= threshold && may_link(unit, other) {
                let link = Link {
                    first: place,
                    second: from + offset,
                };
                found.push(Candidate {
                    link,
                    intersection,
                    longer,
                });
            }
        }
    }
    found
}

/// Compares the two fractions exactly.
fn larger_first(left: &Candidate, right: &Candidate) -> Ordering {
    let left_scaled = u128::from(left.intersection) * u128::from(right.longer);
    let right_scaled = u128::from(right.intersection) * u128::from(left.longer);
    right_scaled.cmp(&left_scaled)
}
