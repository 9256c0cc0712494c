//! The parts that a best alignment of three or more raters can be made of.
//!
//! A part is left out where it costs more above the prices of its units than the distance between the bounds, or
//! where splitting it in two costs no more: then some best alignment does without it. Both are seen early, while a part is
//! being put together, because what it costs above pair prices only grows.
#![expect(
    clippy::indexing_slicing,
    reason = "parts and places are counted here; indices never come from data"
)]

use super::pair_prices::PairPrices;
use super::problem::{Problem, Stop, Stopped};

/// Parts with more units than this are only tried for splitting off single units.
const MOST_SPLIT: usize = 7;

/// Putting parts together takes steps; a candidate that is kept weighs as much as this many.
const STEPS_PER_CANDIDATE: usize = 10;

const STEPS_BETWEEN_CHECKS: usize = 4096;

/// Parts by their first unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    members: Vec<u32>,
    /// Where each part's members end.
    ends: Vec<u32>,
    pub(super) disorder: Vec<f64>,
    /// Where each first unit's parts end.
    ends_of_first: Vec<u32>,
}

impl Candidates {
    pub(super) fn count(&self) -> usize {
        self.disorder.len()
    }

    /// The units of a part; the first is the earliest.
    pub(super) fn members(&self, part: usize) -> &[u32] {
        let from = if part == 0 { 0 } else { self.ends[part - 1] };
        &self.members[from as usize..self.ends[part] as usize]
    }

    /// The parts whose earliest unit this is.
    pub(super) fn first_at(&self, position: usize) -> std::ops::Range<usize> {
        let from = if position == 0 {
            0
        } else {
            self.ends_of_first[position - 1]
        };
        from as usize..self.ends_of_first[position] as usize
    }

    /// Those that are wanted, in the same order.
    pub(super) fn only(&self, wanted: impl Fn(usize) -> bool) -> Self {
        let mut kept = Self::default();
        for first in 0..self.ends_of_first.len() {
            for part in self.first_at(first).filter(|&part| wanted(part)) {
                kept.push(self.members(part).iter().copied(), self.disorder[part]);
            }
            kept.ends_of_first.push(kept.count() as u32);
        }
        kept
    }

    fn push(&mut self, members: impl Iterator<Item = u32>, disorder: f64) {
        self.members.extend(members);
        self.ends.push(self.members.len() as u32);
        self.disorder.push(disorder);
    }
}

/// Why there is no list of candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoCandidates {
    Stopped,
    /// They take more steps than the limit allows.
    TooMany,
}

impl From<Stopped> for NoCandidates {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// A part that is being put together, rater by rater.
struct Growing<'a> {
    problem: &'a Problem,
    prices: &'a PairPrices,
    /// M times the distance between the bounds.
    slack: f64,
    /// Units near the first, by rater.
    near: Vec<Vec<usize>>,
    members: Vec<usize>,
    /// Σ dissimilarity of each member with the others.
    apart: Vec<f64>,
    absent: Vec<usize>,
    found: Candidates,
    limit: usize,
    steps: usize,
    stop: &'a Stop,
}

/// Every part that may be needed to improve on an alignment that is `distance` above the bound of the prices, found
/// in at most `limit` steps.
pub(super) fn candidates(
    problem: &Problem,
    prices: &PairPrices,
    distance: f64,
    limit: usize,
    stop: &Stop,
) -> Result<Candidates, NoCandidates> {
    let mut growing = Growing {
        problem,
        prices,
        slack: (distance + 1e-9) * problem.pairs(),
        near: vec![Vec::new(); problem.raters],
        members: Vec::new(),
        apart: Vec::new(),
        absent: Vec::new(),
        found: Candidates::default(),
        limit,
        steps: 0,
        stop,
    };
    for first in 0..problem.items.len() {
        growing.begin(first);
        growing.grow(0, 0.0)?;
        growing.found.ends_of_first.push(growing.found.count() as u32);
    }
    Ok(growing.found)
}

impl Growing<'_> {
    fn begin(&mut self, first: usize) {
        self.near.iter_mut().for_each(Vec::clear);
        let rater = self.problem.items[first].rater;
        let most = self.most_apart();
        for position in self.problem.near(first, most) {
            let other = self.problem.items[position].rater;
            if position > first && other != rater {
                let apart = self.problem.dissimilarity(first, position);
                if apart < most && self.above_prices(first, position, apart) <= self.slack {
                    self.near[other].push(position);
                }
            }
        }
        self.members.clear();
        self.members.push(first);
        self.apart.clear();
        self.apart.push(0.0);
        self.absent.clear();
    }

    /// No member of a part that is worth keeping is further from the others together than this: it costs less than
    /// 1 to join, (Σ dissimilarity − number of the others)/M.
    fn most_apart(&self) -> f64 {
        self.problem.pairs() + (self.problem.raters - 1) as f64
    }

    /// What two units of a part cost above their prices; never negative.
    fn above_prices(&self, one: usize, other: usize, apart: f64) -> f64 {
        let (rater, other_rater) = (self.problem.items[one].rater, self.problem.items[other].rater);
        apart - self.prices.with(one, other_rater) - self.prices.with(other, rater)
    }

    /// Decides about a rater and all after it.
    fn grow(&mut self, rater: usize, above: f64) -> Result<(), NoCandidates> {
        if self.steps.is_multiple_of(STEPS_BETWEEN_CHECKS) {
            self.stop.check()?;
        }
        self.steps += 1;
        if self.steps > self.limit || self.found.count() > self.limit / STEPS_PER_CANDIDATE {
            return Err(NoCandidates::TooMany);
        }
        if rater == self.problem.raters {
            self.keep();
            return Ok(());
        }
        if rater == self.problem.items[self.members[0]].rater {
            // The first unit's own rater: absent raters that were decided before are charged here.
            return self.grow(rater + 1, above);
        }
        for choice in 0..self.near[rater].len() {
            let joining = self.near[rater][choice];
            if let Some(above) = self.joined(joining, rater, above) {
                let apart = self.apart.clone();
                self.join(joining);
                self.grow(rater + 1, above)?;
                self.members.pop();
                self.apart = apart;
            }
        }
        let alone: f64 = self
            .members
            .iter()
            .map(|&member| 1.0 - self.prices.with(member, rater))
            .sum();
        let above = above + alone + self.absent.len() as f64;
        if above <= self.slack {
            self.absent.push(rater);
            self.grow(rater + 1, above)?;
            self.absent.pop();
        }
        Ok(())
    }

    /// What the part costs above prices with one more unit, unless that is too much.
    fn joined(&self, joining: usize, rater: usize, mut above: f64) -> Option<f64> {
        for &absent in &self.absent {
            above += 1.0 - self.prices.with(joining, absent);
        }
        let most = self.most_apart();
        let mut apart_from_all = 0.0;
        for (&member, &member_apart) in self.members.iter().zip(&self.apart) {
            let apart = self.problem.dissimilarity(member, joining);
            apart_from_all += apart;
            above += apart
                - self.prices.with(member, rater)
                - self.prices.with(joining, self.problem.items[member].rater);
            if above > self.slack || apart_from_all >= most || member_apart + apart >= most {
                return None;
            }
        }
        (above <= self.slack).then_some(above)
    }

    fn join(&mut self, joining: usize) {
        let mut apart_from_all = 0.0;
        for (&member, member_apart) in self.members.iter().zip(&mut self.apart) {
            let apart = self.problem.dissimilarity(member, joining);
            *member_apart += apart;
            apart_from_all += apart;
        }
        self.members.push(joining);
        self.apart.push(apart_from_all);
    }

    fn keep(&mut self) {
        if !self.splits() {
            let disorder = self.problem.part_disorder(&self.members);
            self.found
                .push(self.members.iter().map(|&position| position as u32), disorder);
        }
    }

    /// Whether two smaller parts cost no more: Σ (dissimilarity − 1) across them reaches M.
    fn splits(&self) -> bool {
        let pairs = self.problem.pairs();
        let others = (self.members.len() - 1) as f64;
        if self.members.len() > 1 && self.apart.iter().any(|apart| apart - others >= pairs) {
            return true;
        }
        if self.members.len() < 4 || self.members.len() > MOST_SPLIT {
            return false;
        }
        // The last member stays on one side, so that every split is tried once.
        (1_u32..1 << (self.members.len() - 1)).any(|side| {
            let mut across = 0.0;
            for (place, &one) in self.members.iter().enumerate() {
                for (other_place, &other) in self.members.iter().enumerate().skip(place + 1) {
                    if (side >> place) & 1 != (side >> other_place) & 1 {
                        across += self.problem.dissimilarity(one, other) - 1.0;
                    }
                }
            }
            across >= pairs
        })
    }
}
