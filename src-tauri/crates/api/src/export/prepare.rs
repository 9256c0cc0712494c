//! From a case that was read to what the writers take: judged under the rule, and without what this person may not see.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{Accumulation, CodingId, MarkerId, Purpose, RaterId, Rule, SessionId};
use sunder_formats::out::{Case, CodedSession, Counts, Judged, Session, Setting, Span};

use super::reading::{ReadCase, ReadCoding};
use crate::coding::Working;
use crate::consensus::RecordedCoding;
use crate::judgement::{self, JudgedCoding};
use crate::report::mean;
use crate::wire::TotalsView;

/// What holds for all cases.
pub(super) struct Preparing {
    pub(super) setting: Setting,
    /// What classes follow from, whether or not they may be seen.
    pub(super) rule: Rule,
    pub(super) window_seconds: u32,
    /// What counts for sessions, in words; empty for whoever may not see it.
    pub(super) records: BTreeMap<SessionId, (String, RecordedCoding)>,
    /// Counts of record are wanted.
    pub(super) whole: bool,
}

impl Preparing {
    /// The case as it goes out.
    pub(super) fn case(&self, read: &ReadCase) -> Case {
        let mut groups: BTreeMap<(&RaterId, Purpose), Vec<&ReadCoding>> = BTreeMap::new();
        for coding in &read.codings {
            let header = &coding.working.header;
            groups
                .entry((&header.rater_id, header.purpose))
                .or_default()
                .push(coding);
        }
        let mut coded: Vec<(SessionId, CodedSession)> = Vec::new();
        let mut totals: BTreeMap<CodingId, TotalsView> = BTreeMap::new();
        for mut group in groups.into_values() {
            group.sort_by_key(|coding| coding.number);
            self.group(&group, &mut coded, &mut totals);
        }
        let of_record = if self.whole && self.setting.totals {
            self.of_record(read, &totals)
        } else {
            BTreeMap::new()
        };
        coded.sort_by(|(_, one), (_, other)| {
            let key = |coded: &CodedSession| (coded.coding.purpose, coded.coding.rater.clone());
            key(one).cmp(&key(other))
        });
        let mut by_session: BTreeMap<SessionId, Vec<CodedSession>> = BTreeMap::new();
        for (session, coded) in coded {
            by_session.entry(session).or_default().push(coded);
        }
        let sessions = read.sessions.iter().map(|session| Session {
            number: self.setting.named.then_some(session.number),
            code: session.neutral_code.clone(),
            days_since_first: session.days_since_first.filter(|_| self.setting.named),
            record: self
                .records
                .get(&session.id)
                .map(|(words, _)| words.clone())
                .unwrap_or_default(),
            of_record: of_record.get(&session.id).copied(),
            codings: by_session.remove(&session.id).unwrap_or_default(),
        });
        Case {
            sessions: sessions.collect(),
            name: if self.setting.named {
                read.name.clone()
            } else {
                String::new()
            },
        }
    }

    /// The codings of one rater, case and purpose.
    fn group(
        &self,
        group: &[&ReadCoding],
        coded: &mut Vec<(SessionId, CodedSession)>,
        totals: &mut BTreeMap<CodingId, TotalsView>,
    ) {
        let members: Vec<(u32, &Working)> = group
            .iter()
            .map(|coding| (coding.number, &coding.working))
            .collect();
        let (judged, accumulations) = judgement::judge_group(&self.rule, &members);
        for (coding, judged) in group.iter().zip(&judged) {
            let own = judgement::totals_of(judged.coding, &judged.verdicts, &accumulations);
            totals.insert(coding.working.id.clone(), own);
            if coding.shown {
                let session = coding.working.header.session_id.clone();
                coded.push((session, self.coding(coding, judged, &accumulations)));
            }
        }
    }

    fn coding(
        &self,
        read: &ReadCoding,
        judged: &JudgedCoding<'_>,
        accumulations: &[Accumulation],
    ) -> CodedSession {
        let working = &read.working;
        let mut coding = read.file.clone();
        if !self.setting.named {
            coding.case = String::new();
            coding.session = 0;
        }
        let classes = judged.verdicts.iter().filter(|_| self.setting.classes);
        let classes = classes.map(|(id, verdict)| {
            let judged = Judged {
                class: verdict.class,
                score: verdict.score,
                cut: verdict.cut,
                reasons: verdict.reasons.iter().map(|reason| reason.text.clone()).collect(),
            };
            (id.clone(), judged)
        });
        let repairs = working.conflicts.keys().map(|id| {
            let repairs = judged.index.repairs(id).iter();
            (id.clone(), repairs.copied().cloned().collect())
        });
        let totals = judgement::totals_of(working, &judged.verdicts, accumulations);
        CodedSession {
            classes: classes.collect(),
            totals: self.setting.totals.then(|| domain_totals(totals)),
            repairs: repairs.collect(),
            spans: spans(working),
            coding,
            transcript: std::sync::Arc::clone(&working.transcript),
            of_record: matches!(
                self.records.get(&working.header.session_id),
                Some((_, RecordedCoding::One(id))) if *id == working.id
            ),
            window_seconds: self.window_seconds,
        }
    }

    /// The counts of what counts for each session: codings of record of a case build up together, whoever made them; for
    /// a mean each rater's own counts are averaged.
    fn of_record(
        &self,
        read: &ReadCase,
        totals: &BTreeMap<CodingId, TotalsView>,
    ) -> BTreeMap<SessionId, Counts> {
        let single: BTreeSet<&CodingId> = self
            .records
            .values()
            .filter_map(|(_, recorded)| match recorded {
                RecordedCoding::One(coding) => Some(coding),
                RecordedCoding::Mean(_) => None,
            })
            .collect();
        let mut members: Vec<(u32, &Working)> = read
            .codings
            .iter()
            .filter(|coding| single.contains(&coding.working.id))
            .map(|coding| (coding.number, &coding.working))
            .collect();
        members.sort_by_key(|(number, coding)| (*number, coding.id.clone()));
        let (judged, accumulations) = judgement::judge_group(&self.rule, &members);
        let mut counts: BTreeMap<SessionId, Counts> = judged
            .iter()
            .map(|judged| {
                let own = judgement::totals_of(judged.coding, &judged.verdicts, &accumulations);
                (judged.coding.header.session_id.clone(), averaged(&[own]))
            })
            .collect();
        for session in &read.sessions {
            if let Some((_, RecordedCoding::Mean(codings))) = self.records.get(&session.id) {
                let own: Vec<TotalsView> = codings.iter().filter_map(|id| totals.get(id).copied()).collect();
                counts.insert(session.id.clone(), averaged(&own));
            }
        }
        counts
    }
}

fn averaged(of: &[TotalsView]) -> Counts {
    let mean = mean(of);
    Counts {
        conflicts: mean.conflicts,
        ruptures: mean.ruptures,
        strains: mean.strains,
        unscored: mean.unscored,
        ruptures_built_from: mean.ruptures_built_from,
        accumulations_proposed: mean.accumulations_proposed,
        markers: mean.markers,
    }
}

const fn domain_totals(totals: TotalsView) -> sunder_domain::Totals {
    sunder_domain::Totals {
        conflicts: totals.conflicts,
        ruptures: totals.ruptures,
        strains: totals.strains,
        unscored: totals.unscored,
        ruptures_built_from: totals.ruptures_built_from,
        accumulations_proposed: totals.accumulations_proposed,
        markers: totals.markers,
    }
}

fn spans(coding: &Working) -> BTreeMap<MarkerId, Span> {
    coding
        .markers
        .values()
        .map(|marker| {
            let (start_ms, end_ms) = coding.times(marker);
            let span = Span {
                start_ms,
                end_ms,
                estimated: coding.onset_estimated(marker),
            };
            (marker.id.clone(), span)
        })
        .collect()
}
