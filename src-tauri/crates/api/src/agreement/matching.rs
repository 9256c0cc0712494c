//! Which conflicts of several raters are the same event: one to one, greedily, the largest shared stretch first.
//!
//! Invariants: a group holds at most one conflict of each rater; every conflict stands in exactly one group, alone
//! where nobody else marked it; the order in which raters stand changes nothing but the order inside a group.

use std::collections::BTreeSet;

use super::extent::Extent;

/// How far apart the onsets of two conflicts may lie that share nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// They must overlap.
    Overlap,
    /// Onsets at most this far apart, ms; 0 adds nothing to overlapping.
    Time(u32),
    /// Onsets at most this many turns apart; 0 adds nothing to overlapping.
    Turns(u32),
}

/// Conflicts that are one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// For each rater the place of the conflict in that rater's list, `None` where the rater marked none.
    pub(crate) members: Vec<Option<usize>>,
    pub(crate) onset_ms: u32,
    pub(crate) end_ms: u32,
}

impl Group {
    /// How many raters marked it.
    pub(crate) fn size(&self) -> usize {
        self.members.iter().flatten().count()
    }
}

/// A conflict by rater and place in that rater's list.
type Place = (usize, usize);

/// Two conflicts that may be the same event.
struct Link {
    first: Place,
    second: Place,
    /// Smaller is better.
    rank: Rank,
}

/// More shared first, then nearer onsets, then earlier ones, then by ids: no part depends on which rater is first.
type Rank = (std::cmp::Reverse<u64>, u32, (u32, u32), (String, String));

/// Groups the conflicts of the raters of one session, by onset. A group grows from the largest pair that is still
/// free: the conflict that makes the best pair with any of its members joins, until none is left that may.
pub(crate) fn match_conflicts(raters: &[Vec<Extent>], tolerance: Tolerance) -> Vec<Group> {
    let links = links(raters, tolerance);
    let mut taken: BTreeSet<Place> = BTreeSet::new();
    let mut groups = Vec::new();
    for seed in &links {
        if taken.contains(&seed.first) || taken.contains(&seed.second) {
            continue;
        }
        let mut members = vec![seed.first, seed.second];
        taken.extend(&members);
        while let Some(next) = joining(&links, &members, &taken) {
            members.push(next);
            taken.insert(next);
        }
        groups.push(group(raters, &members));
    }
    for (rater, extents) in raters.iter().enumerate() {
        for place in 0..extents.len() {
            if !taken.contains(&(rater, place)) {
                groups.push(group(raters, &[(rater, place)]));
            }
        }
    }
    groups.sort_by(|one, other| {
        (one.onset_ms, one.end_ms, &one.members).cmp(&(other.onset_ms, other.end_ms, &other.members))
    });
    groups
}

/// Pairs that may match, the best first.
fn links(raters: &[Vec<Extent>], tolerance: Tolerance) -> Vec<Link> {
    let mut links = Vec::new();
    for (rater, own) in raters.iter().enumerate() {
        for (further, others) in raters.iter().enumerate().skip(rater + 1) {
            for (place, extent) in own.iter().enumerate() {
                for (other_place, other) in others.iter().enumerate() {
                    let shared = extent.shared(other);
                    if shared > 0 || near(extent, other, tolerance) {
                        links.push(Link {
                            first: (rater, place),
                            second: (further, other_place),
                            rank: rank(extent, other, shared),
                        });
                    }
                }
            }
        }
    }
    links.sort_by(|one, other| one.rank.cmp(&other.rank));
    links
}

fn near(one: &Extent, other: &Extent, tolerance: Tolerance) -> bool {
    match tolerance {
        Tolerance::Overlap | Tolerance::Time(0) | Tolerance::Turns(0) => false,
        Tolerance::Time(ms) => one.onset_ms.abs_diff(other.onset_ms) <= ms,
        Tolerance::Turns(turns) => one
            .onset_turn
            .zip(other.onset_turn)
            .is_some_and(|(one, other)| one.abs_diff(other) <= turns),
    }
}

fn rank(one: &Extent, other: &Extent, shared: u64) -> Rank {
    let onsets = (one.onset_ms.min(other.onset_ms), one.onset_ms.max(other.onset_ms));
    let (id, other_id) = (one.conflict.to_string(), other.conflict.to_string());
    let ids = if id <= other_id {
        (id, other_id)
    } else {
        (other_id, id)
    };
    (
        std::cmp::Reverse(shared),
        one.onset_ms.abs_diff(other.onset_ms),
        onsets,
        ids,
    )
}

/// The free conflict of a rater who is not in the group yet that makes the best pair with one of its members.
fn joining(links: &[Link], members: &[Place], taken: &BTreeSet<Place>) -> Option<Place> {
    let free = |place: &Place| !taken.contains(place) && members.iter().all(|(rater, _)| *rater != place.0);
    links.iter().find_map(|link| {
        if members.contains(&link.first) && free(&link.second) {
            Some(link.second)
        } else if members.contains(&link.second) && free(&link.first) {
            Some(link.first)
        } else {
            None
        }
    })
}

fn group(raters: &[Vec<Extent>], places: &[Place]) -> Group {
    let mut members = vec![None; raters.len()];
    let (mut onset_ms, mut end_ms) = (u32::MAX, 0);
    for (rater, place) in places {
        if let Some(extent) = raters.get(*rater).and_then(|extents| extents.get(*place)) {
            onset_ms = onset_ms.min(extent.onset_ms);
            end_ms = end_ms.max(extent.end_ms);
        }
        if let Some(member) = members.get_mut(*rater) {
            *member = Some(*place);
        }
    }
    Group {
        members,
        onset_ms,
        end_ms,
    }
}

#[cfg(test)]
mod tests;
