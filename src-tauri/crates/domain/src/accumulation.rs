//! Accumulation (S6): unaddressed strains that build up. It proposes, it never counts; a person confirms by linking a
//! rupture to what it was built from.
//!
//! The candidates of one call belong to one rater, case and purpose, or to the coding of record: never to several.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::classify::{Class, Reason};
use crate::conflict::{Addressed, Relationship};
use crate::id::ConflictId;
use crate::mode::Mode;
use crate::rule::{AccumulationRule, SameKey, Within};

/// A conflict as the search for accumulations sees it. Conflicts of every class are passed: ruptures end a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: ConflictId,
    /// Number of the session in its case.
    pub session: u32,
    pub class: Class,
    pub addressed: Option<Addressed>,
    pub relationship: Option<Relationship>,
    /// Derived from the markers; `None` (no mode) is a group of its own.
    pub mode: Mode,
    /// Start of the first conflict marker, ms; absent where the conflict has no marker.
    pub onset_ms: Option<u32>,
    /// End of the last conflict marker, ms.
    pub end_ms: Option<u32>,
    /// The times rest on an estimate.
    pub estimated_clock: bool,
}

/// Strains that may have built up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Accumulation {
    /// In order of time; at least as many as the rule's count.
    pub members: Vec<ConflictId>,
    /// Session numbers between the first and the last member that nobody has coded here.
    pub uncoded_between: Vec<u32>,
    /// `estimated_clock`, where a window in minutes was measured on estimated times.
    pub reasons: Vec<Reason>,
}

/// The accumulations among conflicts of one rater, case and purpose, in order of their first members, whatever the order of
/// the candidates. `coded_sessions` are the numbers of the sessions that this rater coded for this purpose.
#[must_use]
pub fn propose_accumulations(
    rule: &AccumulationRule,
    candidates: &[Candidate],
    coded_sessions: &[u32],
) -> Vec<Accumulation> {
    let mut ordered: Vec<&Candidate> = candidates.iter().collect();
    ordered.sort_by_key(|candidate| position(candidate));

    let mut groups: BTreeMap<Group, Vec<&Candidate>> = BTreeMap::new();
    for candidate in ordered {
        groups
            .entry(group_of(rule, candidate))
            .or_default()
            .push(candidate);
    }
    let mut found: Vec<Vec<&Candidate>> = Vec::new();
    for group in groups.values() {
        for run in runs(group) {
            found.extend(
                proposals(rule, &run)
                    .into_iter()
                    .filter_map(|range| run.get(range).map(<[_]>::to_vec)),
            );
        }
    }
    found.sort_by_key(|members| members.first().map(|first| position(first)));
    found
        .iter()
        .map(|members| accumulation(rule, members, coded_sessions))
        .collect()
}

/// What the members of a group share; a key the rule does not ask for is left empty, one that is not set is `Some(None)`.
type Group = (Option<Option<Relationship>>, Option<Mode>);

fn group_of(rule: &AccumulationRule, candidate: &Candidate) -> Group {
    let asked = |key| rule.same.contains(&key);
    (
        asked(SameKey::Relationship).then_some(candidate.relationship),
        asked(SameKey::Mode).then_some(candidate.mode),
    )
}

/// Session number, onset, end, id; what has no time comes after what has one.
fn position(candidate: &Candidate) -> (u32, u64, u64, &ConflictId) {
    let time = |ms: Option<u32>| ms.map_or(u64::MAX, u64::from);
    (
        candidate.session,
        time(candidate.onset_ms),
        time(candidate.end_ms),
        &candidate.id,
    )
}

/// Unaddressed strains without anything between them that ends a run.
fn runs<'a>(group: &[&'a Candidate]) -> Vec<Vec<&'a Candidate>> {
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for candidate in group {
        match (candidate.class, candidate.addressed) {
            (Class::Strain, Some(Addressed::No)) => run.push(*candidate),
            (Class::Rupture, _) | (Class::Strain, Some(Addressed::Yes)) => {
                runs.push(std::mem::take(&mut run))
            }
            (Class::Strain, None) | (Class::Unscored, _) => {}
        }
    }
    runs.push(run);
    runs
}

/// Ranges of a run: every window of `count` members that fits, joined where they share a member.
fn proposals(rule: &AccumulationRule, run: &[&Candidate]) -> Vec<Range<usize>> {
    let count = usize::try_from(rule.count).unwrap_or(usize::MAX).max(2);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for (start, window) in run.windows(count).enumerate() {
        if !fits(rule.within, window) {
            continue;
        }
        let end = start + window.len();
        match joined.last_mut() {
            Some(last) if start < last.end => last.end = end,
            _ => joined.push(start..end),
        }
    }
    joined
}

fn fits(within: Within, window: &[&Candidate]) -> bool {
    let (Some(first), Some(last)) = (window.first(), window.last()) else {
        return false;
    };
    match within {
        Within::Sessions(sessions) => last.session.saturating_sub(first.session) < sessions,
        Within::Minutes(minutes) => {
            first.session == last.session
                && first
                    .onset_ms
                    .zip(last.onset_ms)
                    .is_some_and(|(from, to)| f64::from(to.saturating_sub(from)) <= minutes * 60_000.0)
        }
    }
}

fn accumulation(rule: &AccumulationRule, members: &[&Candidate], coded_sessions: &[u32]) -> Accumulation {
    let between = match (members.first(), members.last()) {
        (Some(first), Some(last)) => first.session.saturating_add(1)..last.session,
        _ => 0..0,
    };
    let reasons = match rule.within {
        Within::Minutes(minutes) if members.iter().any(|member| member.estimated_clock) => {
            vec![Reason::estimated_clock(minutes)]
        }
        _ => Vec::new(),
    };
    Accumulation {
        members: members.iter().map(|member| member.id.clone()).collect(),
        uncoded_between: between
            .filter(|session| !coded_sessions.contains(session))
            .collect(),
        reasons,
    }
}

#[cfg(test)]
mod tests;
