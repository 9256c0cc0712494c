//! Classes, totals and proposed build-ups of codings under a rule: the one place where the api asks the domain.

use std::collections::BTreeMap;

use sunder_domain::{
    Accumulation, Candidate, Class, Classification, Conflict, ConflictFacts, ConflictId, Rule, class_of,
    classify, mode_of, propose_accumulations, totals,
};

use crate::coding::{Index, Working};
use crate::wire::{TotalsView, Verdict};

/// Class and reasons of one conflict.
pub(crate) fn verdict(rule: &Rule, conflict: &Conflict, index: &Index<'_>) -> Verdict {
    let facts = ConflictFacts {
        conflict,
        markers: index.markers(&conflict.id),
        repairs: index.repairs(&conflict.id),
    };
    let Classification {
        class,
        score,
        cut,
        reasons,
    } = classify(rule, &facts);
    Verdict {
        class,
        score,
        cut,
        reasons,
    }
}

/// Class and score of one conflict, without the sentences.
pub(crate) fn class_and_score(rule: &Rule, conflict: &Conflict, index: &Index<'_>) -> (Class, Option<f64>) {
    class_of(
        rule,
        &ConflictFacts {
            conflict,
            markers: index.markers(&conflict.id),
            repairs: index.repairs(&conflict.id),
        },
    )
}

/// Class and reasons of every conflict of a coding.
fn verdicts(rule: &Rule, coding: &Working, index: &Index<'_>) -> BTreeMap<ConflictId, Verdict> {
    coding
        .conflicts
        .values()
        .map(|conflict| (conflict.id.clone(), verdict(rule, conflict, index)))
        .collect()
}

/// Counts of one coding; a build-up counts where its last member lies.
pub(crate) fn totals_of(
    coding: &Working,
    verdicts: &BTreeMap<ConflictId, Verdict>,
    accumulations: &[Accumulation],
) -> TotalsView {
    let classified = coding.conflicts.values().filter_map(|conflict| {
        verdicts
            .get(&conflict.id)
            .map(|verdict| (conflict, verdict.class))
    });
    let ending_here = accumulations
        .iter()
        .filter(|found| {
            found
                .members
                .last()
                .is_some_and(|last| coding.conflicts.contains_key(last))
        })
        .count();
    totals(classified, ending_here, coding.markers.len()).into()
}

impl From<sunder_domain::Totals> for TotalsView {
    fn from(totals: sunder_domain::Totals) -> Self {
        Self {
            conflicts: totals.conflicts,
            ruptures: totals.ruptures,
            strains: totals.strains,
            unscored: totals.unscored,
            ruptures_built_from: totals.ruptures_built_from,
            accumulations_proposed: totals.accumulations_proposed,
            markers: totals.markers,
        }
    }
}

/// One coding of a case, with what its conflicts are under the rule.
pub(crate) struct JudgedCoding<'a> {
    pub(crate) number: u32,
    pub(crate) coding: &'a Working,
    pub(crate) index: Index<'a>,
    pub(crate) verdicts: BTreeMap<ConflictId, Verdict>,
}

/// The codings of one rater, case and purpose (session number and coding): what each is under the rule, since a repair
/// of one session may answer a conflict of another, and the build-ups that the rule proposes over them.
pub(crate) fn judge_group<'a>(
    rule: &Rule,
    group: &[(u32, &'a Working)],
) -> (Vec<JudgedCoding<'a>>, Vec<Accumulation>) {
    let judged: Vec<JudgedCoding<'a>> = group
        .iter()
        .map(|(number, coding)| {
            let others = group
                .iter()
                .map(|(_, other)| *other)
                .filter(|other| other.id != coding.id);
            let index = Index::of(coding, others);
            let verdicts = verdicts(rule, coding, &index);
            JudgedCoding {
                number: *number,
                coding,
                index,
                verdicts,
            }
        })
        .collect();
    let accumulations = accumulations(rule, &judged);
    (judged, accumulations)
}

/// Proposed build-ups over the codings of one rater, case and purpose; none where the rule asks for none.
fn accumulations(rule: &Rule, codings: &[JudgedCoding<'_>]) -> Vec<Accumulation> {
    let Some(wanted) = &rule.accumulation else {
        return Vec::new();
    };
    let mut candidates = Vec::new();
    for judged in codings {
        for conflict in judged.coding.conflicts.values() {
            let markers = judged.index.markers(&conflict.id);
            let times = || markers.iter().map(|marker| judged.coding.times(marker));
            candidates.push(Candidate {
                id: conflict.id.clone(),
                session: judged.number,
                class: judged
                    .verdicts
                    .get(&conflict.id)
                    .map_or(Class::Unscored, |verdict| verdict.class),
                addressed: conflict.addressed,
                relationship: conflict.relationship,
                mode: mode_of(markers.iter().map(|marker| marker.code.family())),
                onset_ms: times().map(|(start, _)| start).min(),
                end_ms: times().map(|(_, end)| end).max(),
                estimated_clock: markers.iter().any(|marker| judged.coding.onset_estimated(marker)),
            });
        }
    }
    let numbers: Vec<u32> = codings.iter().map(|judged| judged.number).collect();
    propose_accumulations(wanted, &candidates, &numbers)
}
