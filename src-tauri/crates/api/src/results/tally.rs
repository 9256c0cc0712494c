//! Counting: one coding of a session, added up over the sessions of a case and of a source.

use std::collections::BTreeMap;

use sunder_domain::{Actor, Class, Conflict, Marker, Mode, Purpose, Status, mode_of};

use crate::agreement::merged;
use crate::coding::Working;
use crate::judgement::JudgedCoding;
use crate::wire::{
    ClassCounts, ClassRates, ClassRepair, RepairCounts, RepairTimes, ResultsFigures, ResultsPart, TotalsView,
};

/// The word for what nobody said.
pub(super) const NOT_SET: &str = "not-set";

const MS_PER_HOUR: f64 = 3_600_000.0;

/// Counts of sessions, each coded once.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    sessions: u32,
    totals: TotalsView,
    coded_ms: u64,
    parts: [BTreeMap<&'static str, ClassCounts>; 5],
    repairs: RepairCounts,
    times: BTreeMap<Class, Times>,
}

#[derive(Debug, Clone, Default)]
struct Times {
    in_session: u32,
    elsewhere: u32,
    unanswered: u32,
    ms: Vec<u32>,
    estimated: u32,
}

impl Tally {
    /// One coding, with its totals as they were judged and the repair attempts that it holds.
    pub(super) fn of(judged: &JudgedCoding<'_>, totals: TotalsView, repairs: &[&Marker]) -> Self {
        let mut tally = Self {
            sessions: 1,
            totals,
            coded_ms: coded_ms(judged.coding),
            ..Self::default()
        };
        for marker in repairs {
            match marker.actor {
                Actor::Therapist => tally.repairs.therapist += 1,
                Actor::Patient => tally.repairs.patient += 1,
                Actor::Both => tally.repairs.both += 1,
            }
            tally.repairs.answering += u32::from(!marker.answers.is_empty());
        }
        for (id, conflict) in &judged.coding.conflicts {
            let class = judged
                .verdicts
                .get(id)
                .map_or(Class::Unscored, |verdict| verdict.class);
            tally.conflict(judged, conflict, class);
        }
        tally
    }

    fn conflict(&mut self, judged: &JudgedCoding<'_>, conflict: &Conflict, class: Class) {
        let markers = judged.index.markers(&conflict.id);
        let keys = [
            mode(markers).key(),
            actor(markers).map_or(NOT_SET, Actor::key),
            conflict.relationship.map_or(NOT_SET, |value| value.key()),
            conflict.addressed.map_or(NOT_SET, |value| value.key()),
            conflict.settled.map_or(NOT_SET, |value| value.key()),
        ];
        for (part, key) in self.parts.iter_mut().zip(keys) {
            add_one(part.entry(key).or_insert(NONE), class);
        }
        self.times
            .entry(class)
            .or_default()
            .conflict(judged, conflict, markers);
    }

    /// Takes in the counts of other sessions.
    pub(super) fn add(&mut self, other: &Self) {
        self.sessions += other.sessions;
        self.totals = sum(self.totals, other.totals);
        self.coded_ms += other.coded_ms;
        for (part, others) in self.parts.iter_mut().zip(&other.parts) {
            for (key, counts) in others {
                let own = part.entry(key).or_insert(NONE);
                own.ruptures += counts.ruptures;
                own.strains += counts.strains;
                own.unscored += counts.unscored;
            }
        }
        self.repairs.therapist += other.repairs.therapist;
        self.repairs.patient += other.repairs.patient;
        self.repairs.both += other.repairs.both;
        self.repairs.answering += other.repairs.answering;
        for (class, times) in &other.times {
            self.times.entry(*class).or_default().add(times);
        }
    }

    pub(super) fn figures(&self) -> ResultsFigures {
        #[expect(clippy::cast_precision_loss, reason = "hours for people")]
        let hours = self.coded_ms as f64 / MS_PER_HOUR;
        let per_hour = |count: u32| f64::from(count) / hours;
        let [modes, actors, relationships, addressed, settled] = self.parts.each_ref().map(shares);
        ResultsFigures {
            sessions: self.sessions,
            totals: self.totals,
            hours,
            per_hour: (self.coded_ms > 0).then(|| ClassRates {
                conflicts: per_hour(self.totals.conflicts),
                ruptures: per_hour(self.totals.ruptures),
                strains: per_hour(self.totals.strains),
                unscored: per_hour(self.totals.unscored),
            }),
            modes,
            actors,
            relationships,
            addressed,
            settled,
            repairs: self.repairs,
            time_to_repair: self
                .times
                .iter()
                .map(|(class, times)| ClassRepair {
                    class: *class,
                    times: times.view(),
                })
                .collect(),
        }
    }
}

impl Times {
    fn conflict(&mut self, judged: &JudgedCoding<'_>, conflict: &Conflict, markers: &[&Marker]) {
        let repairs = judged.index.repairs(&conflict.id);
        let own: Vec<&Marker> = repairs
            .iter()
            .copied()
            .filter(|marker| judged.coding.markers.contains_key(&marker.id))
            .collect();
        if repairs.is_empty() {
            self.unanswered += 1;
        } else if own.is_empty() {
            self.elsewhere += 1;
        } else {
            self.in_session += 1;
        }
        let Some(first) = markers.first() else { return };
        let (onset, _) = judged.coding.times(first);
        let answer = own
            .into_iter()
            .map(|marker| (judged.coding.times(marker).0, marker))
            .filter(|(start, _)| *start >= onset)
            .min_by_key(|(start, marker)| (*start, &marker.id));
        if let Some((start, repair)) = answer {
            self.ms.push(start - onset);
            let estimated = judged.coding.onset_estimated(first) || judged.coding.onset_estimated(repair);
            self.estimated += u32::from(estimated);
        }
    }

    fn add(&mut self, other: &Self) {
        self.in_session += other.in_session;
        self.elsewhere += other.elsewhere;
        self.unanswered += other.unanswered;
        self.ms.extend(&other.ms);
        self.estimated += other.estimated;
    }

    fn view(&self) -> RepairTimes {
        let mut ms = self.ms.clone();
        ms.sort_unstable();
        RepairTimes {
            in_session: self.in_session,
            elsewhere: self.elsewhere,
            unanswered: self.unanswered,
            timed: u32::try_from(ms.len()).unwrap_or(u32::MAX),
            median_ms: median(&ms),
            mean_ms: mean(&ms),
            estimated: self.estimated,
        }
    }
}

const NONE: ClassCounts = ClassCounts {
    ruptures: 0,
    strains: 0,
    unscored: 0,
};

fn add_one(counts: &mut ClassCounts, class: Class) {
    match class {
        Class::Rupture => counts.ruptures += 1,
        Class::Strain => counts.strains += 1,
        Class::Unscored => counts.unscored += 1,
    }
}

fn shares(part: &BTreeMap<&'static str, ClassCounts>) -> Vec<ResultsPart> {
    part.iter()
        .map(|(key, counts)| ResultsPart {
            key: (*key).to_owned(),
            counts: *counts,
        })
        .collect()
}

fn sum(one: TotalsView, other: TotalsView) -> TotalsView {
    TotalsView {
        conflicts: one.conflicts + other.conflicts,
        ruptures: one.ruptures + other.ruptures,
        strains: one.strains + other.strains,
        unscored: one.unscored + other.unscored,
        ruptures_built_from: one.ruptures_built_from + other.ruptures_built_from,
        accumulations_proposed: one.accumulations_proposed + other.accumulations_proposed,
        markers: one.markers + other.markers,
    }
}

pub(super) fn mode(markers: &[&Marker]) -> Mode {
    mode_of(markers.iter().map(|marker| marker.code.family()))
}

/// Who does it, over all markers of a conflict: one of them where all say so, else both; nobody without a marker.
fn actor(markers: &[&Marker]) -> Option<Actor> {
    let mut actors = markers.iter().map(|marker| marker.actor);
    let first = actors.next()?;
    Some(if actors.all(|other| other == first) {
        first
    } else {
        Actor::Both
    })
}

/// The time that was coded: what was played or read, within the session. A coding that was submitted without such a record,
/// and a consensus, count as the whole session.
fn coded_ms(coding: &Working) -> u64 {
    let length = u64::from(coding.duration_ms());
    let unrecorded = coding.coverage.is_empty()
        && (coding.status == Status::Submitted || coding.header.purpose == Purpose::Consensus);
    if unrecorded {
        return length;
    }
    let seen = coding
        .coverage
        .iter()
        .map(|(start, end)| (u64::from(*start), u64::from(*end).min(length)))
        .filter(|(start, end)| start < end)
        .collect();
    merged(seen).iter().map(|(start, end)| end - start).sum()
}

/// The middle one of rising times, of two middle ones their mean; nothing of none.
fn median(rising: &[u32]) -> Option<f64> {
    let upper = rising.get(rising.len() / 2)?;
    if rising.len() % 2 == 1 {
        return Some(f64::from(*upper));
    }
    let lower = rising.get(rising.len() / 2 - 1)?;
    Some(f64::midpoint(f64::from(*lower), f64::from(*upper)))
}

fn mean(of: &[u32]) -> Option<f64> {
    let count = u32::try_from(of.len()).ok().filter(|count| *count > 0)?;
    #[expect(clippy::cast_precision_loss, reason = "times of conflicts, in ms")]
    let sum = of.iter().map(|ms| u64::from(*ms)).sum::<u64>() as f64;
    Some(sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::{mean, median};

    #[test]
    fn middle_and_mean_of_times() {
        assert_eq!((median(&[]), mean(&[])), (None, None));
        assert_eq!((median(&[7]), mean(&[7])), (Some(7.0), Some(7.0)));
        assert_eq!((median(&[1, 2]), mean(&[1, 2])), (Some(1.5), Some(1.5)));
        assert_eq!((median(&[1, 2, 9]), mean(&[1, 2, 9])), (Some(2.0), Some(4.0)));
    }
}
