//! The lists that a lab acts on: conflicts that nobody took up, and those worth a look, each with the way to its place.

use sunder_domain::{Addressed, Class, Codebook, Conflict, Relationship};

use super::fit::worth_a_look;
use super::tally::mode;
use crate::consensus::excerpt;
use crate::judgement::JudgedCoding;
use crate::wire::{ResultsConflict, ResultsList};

/// Both lists as they grow.
#[derive(Debug, Default)]
pub(super) struct Lists {
    unaddressed: Vec<ResultsConflict>,
    worth_a_look: Vec<ResultsConflict>,
}

/// Where a coding stands, for the rows of its conflicts.
pub(super) struct Place<'a> {
    pub(super) case: &'a str,
    pub(super) coder: &'a str,
    pub(super) of_record: bool,
    pub(super) with_text: bool,
    pub(super) codebook: &'a Codebook,
}

impl Lists {
    /// Takes in the conflicts of one coding.
    pub(super) fn add(&mut self, judged: &JudgedCoding<'_>, place: &Place<'_>) {
        for conflict in judged.coding.conflicts.values() {
            if conflict.addressed == Some(Addressed::No) {
                self.unaddressed.push(row(judged, conflict, place, &[]));
            }
            let why = worth_a_look(conflict, judged.index.repairs(&conflict.id));
            if !why.is_empty() {
                self.worth_a_look.push(row(judged, conflict, place, &why));
            }
        }
    }

    /// The lists in their order, as many of each as are wanted.
    pub(super) fn finish(self, limit: Option<u32>) -> [ResultsList; 2] {
        [self.unaddressed, self.worth_a_look].map(|mut conflicts| {
            conflicts.sort_by(|one, other| order(one).cmp(&order(other)));
            let total = u32::try_from(conflicts.len()).unwrap_or(u32::MAX);
            conflicts.truncate(limit.map_or(usize::MAX, |limit| limit as usize));
            ResultsList { total, conflicts }
        })
    }
}

/// The real relationship first, ruptures before strains; then as the sessions follow one another.
fn order(row: &ResultsConflict) -> impl Ord + '_ {
    let relationship = match row.relationship {
        Some(Relationship::Real) => 0,
        Some(Relationship::Both) => 1,
        Some(Relationship::Alliance) => 2,
        None => 3,
    };
    let class = match row.class {
        Class::Rupture => 0,
        Class::Strain => 1,
        Class::Unscored => 2,
    };
    (
        (relationship, class),
        (&row.case, row.session, row.onset_ms),
        (!row.of_record, &row.coder, &row.id),
    )
}

fn row(judged: &JudgedCoding<'_>, conflict: &Conflict, place: &Place<'_>, why: &[&str]) -> ResultsConflict {
    let coding = judged.coding;
    let markers = judged.index.markers(&conflict.id);
    let verdict = judged.verdicts.get(&conflict.id);
    let times = || markers.iter().map(|marker| coding.times(marker));
    let (onset, end) = (
        times().map(|(start, _)| start).min(),
        times().map(|(_, end)| end).max(),
    );
    let name = markers.first().map_or_else(
        || "no marker".to_owned(),
        |marker| {
            let code = place.codebook.code(&marker.code);
            code.map_or_else(|| marker.code.to_string(), |code| code.short.clone())
        },
    );
    ResultsConflict {
        id: conflict.id.clone(),
        session_id: coding.header.session_id.clone(),
        coding_id: coding.id.clone(),
        case: place.case.to_owned(),
        session: judged.number,
        coder: place.coder.to_owned(),
        of_record: place.of_record,
        onset_ms: onset,
        name,
        codes: markers.iter().map(|marker| marker.code.clone()).collect(),
        class: verdict.map_or(Class::Unscored, |verdict| verdict.class),
        score: verdict.and_then(|verdict| verdict.score),
        mode: mode(markers),
        relationship: conflict.relationship,
        origin: conflict.origin,
        why: why.iter().map(|words| (*words).to_owned()).collect(),
        excerpt: onset
            .zip(end)
            .filter(|_| place.with_text)
            .map(|(onset, end)| excerpt(&coding.transcript, onset, end)),
    }
}
