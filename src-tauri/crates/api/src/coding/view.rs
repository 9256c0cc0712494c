//! A coding as the interface draws it, with classes only where this person may see them.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{Accumulation, Class, Codebook, Conflict, ConflictId, FamilyKind, Marker, Rule, mode_of};

use super::positions::outward;
use super::working::{Index, Working, in_order};
use crate::judgement;
use crate::wire::{
    AccumulationView, CodingRest, CodingView, ConflictView, EarlierConflict, MarkerView, TotalsView, Verdict,
};

/// How a coding is looked at: under which rule, if any, and with which names.
#[derive(Debug, Clone)]
pub(crate) struct Eyes<'a> {
    pub(crate) codebook: &'a Codebook,
    /// The rule; absent where the person may not see classes.
    pub(crate) rule: Option<&'a Rule>,
    pub(crate) totals: bool,
    /// Number of the open session.
    pub(crate) number: u32,
    /// Name of the case; absent where the person may not know which sessions belong together.
    pub(crate) case: Option<String>,
}

/// `Ada · 3`.
pub(crate) fn session_label(case: &str, number: u32) -> String {
    format!("{case} · {number}")
}

/// Everything that a rule says of a coding and of its siblings.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) verdicts: BTreeMap<ConflictId, Verdict>,
    /// Of the siblings.
    pub(crate) elsewhere: BTreeMap<ConflictId, Verdict>,
    pub(crate) accumulations: Vec<Accumulation>,
}

/// What the rule says of the coding and its siblings.
pub(crate) fn judge(rule: &Rule, coding: &Working, number: u32) -> Judged {
    let mut group: Vec<(u32, &Working)> = coding
        .siblings
        .iter()
        .map(|sibling| (sibling.number, &sibling.coding))
        .collect();
    group.push((number, coding));
    let (judged, accumulations) = judgement::judge_group(rule, &group);
    let mut verdicts = BTreeMap::new();
    let mut elsewhere = BTreeMap::new();
    for one in judged {
        if one.coding.id == coding.id {
            verdicts = one.verdicts;
        } else {
            elsewhere.extend(one.verdicts);
        }
    }
    Judged {
        verdicts,
        elsewhere,
        accumulations,
    }
}

/// The whole coding.
pub(crate) fn coding_view(
    coding: &Working,
    rater: &str,
    eyes: &Eyes<'_>,
    undo: (Option<String>, Option<String>),
) -> CodingView {
    let judged = eyes.rule.map(|rule| judge(rule, coding, eyes.number));
    let index = coding.index();
    let mut markers: Vec<MarkerView> = coding
        .markers
        .values()
        .map(|marker| marker_view(coding, marker, eyes.codebook))
        .collect();
    markers.sort_by(|a, b| (a.start_ms, a.end_ms, &a.id).cmp(&(b.start_ms, b.end_ms, &b.id)));
    CodingView {
        id: coding.id.clone(),
        session_id: coding.header.session_id.clone(),
        rater: rater.to_owned(),
        purpose: coding.header.purpose,
        status: coding.status,
        markers,
        conflicts: coding
            .conflicts
            .values()
            .map(|conflict| conflict_view(coding, conflict, &index, judged.as_ref()))
            .collect(),
        earlier: earlier(coding, eyes, judged.as_ref()),
        rest: rest(coding, eyes, judged.as_ref(), undo),
    }
}

pub(crate) fn marker_view(coding: &Working, marker: &Marker, codebook: &Codebook) -> MarkerView {
    let (start_ms, end_ms) = coding.times(marker);
    MarkerView {
        id: marker.id.clone(),
        segment: outward(marker.segment, &coding.transcript),
        start_ms,
        end_ms,
        code: marker.code.clone(),
        kind: codebook
            .kind_of(&marker.code)
            .unwrap_or(if marker.conflict.is_some() {
                FamilyKind::Conflict
            } else {
                FamilyKind::Other
            }),
        actor: marker.actor,
        clarity: marker.clarity,
        discuss: marker.discuss,
        note: marker.note.clone(),
        conflict_id: marker.conflict.clone(),
        answers: marker.answers.clone(),
        depth: marker.depth,
        strategy: marker.strategy,
    }
}

pub(crate) fn conflict_view(
    coding: &Working,
    conflict: &Conflict,
    index: &Index<'_>,
    judged: Option<&Judged>,
) -> ConflictView {
    let markers = index.markers(&conflict.id);
    let times = || markers.iter().map(|marker| coding.times(marker));
    ConflictView {
        id: conflict.id.clone(),
        markers: markers.iter().map(|marker| marker.id.clone()).collect(),
        mode: mode_of(markers.iter().map(|marker| marker.code.family())),
        onset_ms: times().map(|(start, _)| start).min(),
        end_ms: times().map(|(_, end)| end).max(),
        significance: conflict.significance,
        factors: conflict.factors,
        relationship: conflict.relationship,
        elements: conflict.elements.clone(),
        origin: conflict.origin,
        failed_care: conflict.failed_care,
        painful_affect: conflict.painful_affect,
        addressed: conflict.addressed,
        settled: conflict.settled,
        built_from: conflict.built_from.clone(),
        note: conflict.note.clone(),
        verdict: judged.and_then(|judged| judged.verdicts.get(&conflict.id).cloned()),
    }
}

/// The small parts of a coding.
pub(crate) fn rest(
    coding: &Working,
    eyes: &Eyes<'_>,
    judged: Option<&Judged>,
    (undo, redo): (Option<String>, Option<String>),
) -> CodingRest {
    CodingRest {
        status: coding.status,
        transcript_version: coding.header.transcript.version,
        notes: coding.notes.values().cloned().collect(),
        session_ratings: coding.session_ratings.clone(),
        windows: coding.windows.values().cloned().collect(),
        coverage: coding.coverage.clone(),
        totals: judged
            .filter(|_| eyes.totals)
            .map(|judged| totals(coding, judged)),
        accumulations: judged.map(|judged| accumulation_views(coding, judged, eyes)),
        undo,
        redo,
    }
}

pub(crate) fn totals(coding: &Working, judged: &Judged) -> TotalsView {
    judgement::totals_of(coding, &judged.verdicts, &judged.accumulations)
}

/// Proposals that concern the open session and that nobody has dismissed or confirmed yet.
pub(crate) fn accumulation_views(
    coding: &Working,
    judged: &Judged,
    eyes: &Eyes<'_>,
) -> Vec<AccumulationView> {
    let dismissed: BTreeSet<&Vec<ConflictId>> = coding
        .dismissed
        .iter()
        .chain(
            coding
                .siblings
                .iter()
                .flat_map(|sibling| sibling.coding.dismissed.iter()),
        )
        .collect();
    judged
        .accumulations
        .iter()
        .filter(|found| {
            !dismissed.contains(&in_order(&found.members)) && !is_confirmed(coding, &found.members)
        })
        .filter_map(|found| accumulation_view(coding, judged, eyes, found))
        .collect()
}

/// Some conflict of the rater and case is linked to every member.
fn is_confirmed(coding: &Working, members: &[ConflictId]) -> bool {
    let elsewhere = coding
        .siblings
        .iter()
        .flat_map(|sibling| sibling.coding.conflicts.values());
    coding
        .conflicts
        .values()
        .chain(elsewhere)
        .any(|conflict| members.iter().all(|member| conflict.built_from.contains(member)))
}

fn accumulation_view(
    coding: &Working,
    judged: &Judged,
    eyes: &Eyes<'_>,
    found: &Accumulation,
) -> Option<AccumulationView> {
    let here: Vec<ConflictId> = found
        .members
        .iter()
        .filter(|member| coding.conflicts.contains_key(*member))
        .cloned()
        .collect();
    let last = found.members.last()?;
    let index = coding.index();
    let onset = |id: &ConflictId| index.markers(id).first().map(|marker| coding.times(marker).0);
    let after = if coding.conflicts.contains_key(last) {
        onset(last)
    } else {
        Some(0)
    };
    let others: Vec<_> = coding
        .siblings
        .iter()
        .filter(|sibling| {
            found
                .members
                .iter()
                .any(|member| sibling.coding.conflicts.contains_key(member))
        })
        .collect();
    // Build-ups that end in a later session are that session's business.
    if others.iter().any(|sibling| sibling.number > eyes.number) {
        return None;
    }
    let candidates: Vec<ConflictId> = judged
        .verdicts
        .iter()
        .filter(|(id, verdict)| verdict.class == Class::Rupture && onset(id) >= after)
        .map(|(id, _)| id.clone())
        .collect();
    if here.is_empty() && candidates.is_empty() {
        return None;
    }
    Some(AccumulationView {
        text: format!("{} unaddressed strains, a build-up?", found.members.len()),
        members: found.members.clone(),
        here,
        elsewhere: eyes
            .case
            .as_deref()
            .map(|case| {
                others
                    .iter()
                    .map(|sibling| session_label(case, sibling.number))
                    .collect()
            })
            .unwrap_or_default(),
        candidates,
    })
}

/// Conflicts of earlier sessions, for linking; empty where the person may not know which sessions belong together.
fn earlier(coding: &Working, eyes: &Eyes<'_>, judged: Option<&Judged>) -> Vec<EarlierConflict> {
    let Some(case) = eyes.case.as_deref() else {
        return Vec::new();
    };
    let mut earlier = Vec::new();
    for sibling in coding
        .siblings
        .iter()
        .filter(|sibling| sibling.number < eyes.number)
    {
        let index = sibling.coding.index();
        for conflict in sibling.coding.conflicts.values() {
            let Some(first) = index.markers(&conflict.id).first().copied() else {
                continue;
            };
            earlier.push(EarlierConflict {
                id: conflict.id.clone(),
                session_label: session_label(case, sibling.number),
                code: first.code.clone(),
                onset_ms: Some(sibling.coding.times(first).0),
                significance: conflict.significance,
                class: judged
                    .and_then(|judged| judged.elsewhere.get(&conflict.id))
                    .map(|verdict| verdict.class),
            });
        }
    }
    earlier.sort_by(|a, b| (&a.session_label, a.onset_ms).cmp(&(&b.session_label, b.onset_ms)));
    earlier
}
