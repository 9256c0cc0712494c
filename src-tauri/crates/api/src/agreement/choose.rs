//! Which codings are set against each other, and which are left out and why.
//!
//! Invariants: a coding is never set against itself; everything that was left out is counted; what could be taken in
//! after all names the choice that does it.

mod grounds;

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{CodingId, Perspective, Purpose, RaterId, SessionId, Status};
use sunder_store::CodingSummary;

use self::grounds::{
    BRANCH, Ground, NO_CODING, NO_OTHER, ONCE, OTHER_CODEBOOK, OTHER_PERSPECTIVE, OTHER_TRANSCRIPT, SECOND,
    UNSUBMITTED, note,
};
use super::records::Records;
use crate::wire::{AgreementChoice, ApiError, Compare, ErrorCode, LeftOut};

/// The column of the expert's codings.
pub(crate) const EXPERT: &str = "expert";

/// One session, or one rater's session where two kinds of coding are set against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedRow {
    pub(crate) session_id: SessionId,
    /// `Ada · 3`.
    pub(crate) label: String,
    pub(crate) case: String,
    pub(crate) number: u32,
    /// Whose coding it is that is set against another kind; absent where raters are compared with each other.
    pub(crate) of: Option<String>,
    /// For each column the coding that stands in it.
    pub(crate) codings: Vec<Option<CodingId>>,
}

/// What is compared: rows of codings in columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// Raters' names, or the two kinds.
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<PlannedRow>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// Chooses.
///
/// # Errors
/// `conflict` where the same rater or session is named twice, `not-found` for names that are not there.
pub(crate) fn choose(records: &Records, choice: &AgreementChoice) -> Result<Plan, ApiError> {
    named_once(records, choice)?;
    let mut left_out = Vec::new();
    let mut codings = within(records, choice);
    let without = choice
        .raters
        .iter()
        .filter(|rater| !codings.iter().any(|coding| coding.header.rater_id == **rater));
    note(
        &mut left_out,
        &NO_CODING,
        without.map(|rater| records.rater(rater)),
    );
    let mut set_aside = |ground: &Ground, out: Vec<&CodingSummary>| {
        note(
            &mut left_out,
            ground,
            out.into_iter().map(|coding| records.coding_label(coding)),
        );
    };
    set_aside(
        &BRANCH,
        split(&mut codings, |coding| coding.branch_label.is_some()),
    );
    set_aside(
        &OTHER_PERSPECTIVE,
        split(&mut codings, |coding| {
            coding.header.perspective != Perspective::Observer
        }),
    );
    if !choice.keep.unsubmitted {
        set_aside(
            &UNSUBMITTED,
            split(&mut codings, |coding| coding.status != Status::Submitted),
        );
    }
    if !choice.keep.other_codebooks {
        let usual = usual(&codings, |coding| ((), coding.header.codebook.clone()));
        set_aside(
            &OTHER_CODEBOOK,
            split(&mut codings, |coding| {
                usual.get(&()) != Some(&coding.header.codebook)
            }),
        );
    }
    if !choice.keep.other_transcripts {
        let version = |coding: &CodingSummary| {
            (
                coding.header.transcript.version,
                coding.header.transcript.sha256.clone(),
            )
        };
        let usual = usual(&codings, |coding| {
            (coding.header.session_id.clone(), version(coding))
        });
        set_aside(
            &OTHER_TRANSCRIPT,
            split(&mut codings, |coding| {
                usual.get(&coding.header.session_id) != Some(&version(coding))
            }),
        );
    }
    // The earliest is the first coding; a later one of the same kind is none to compare with the others.
    codings.sort_by_key(|coding| (coding.header.started_ms, coding.id.clone()));
    let mut seen = BTreeSet::new();
    set_aside(
        &SECOND,
        split(&mut codings, |coding| {
            !seen.insert((
                &coding.header.session_id,
                &coding.header.rater_id,
                coding.header.purpose,
            ))
        }),
    );
    let (columns, mut rows) = match choice.compare {
        Compare::Raters => side_by_side(records, &codings),
        Compare::Recoding => against(records, &codings, Purpose::Recoding, &mut left_out),
        Compare::Expert => against(records, &codings, Purpose::Expert, &mut left_out),
    };
    if choice.compare == Compare::Raters && !choice.keep.coded_once {
        let (kept, once): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .partition(|row| row.codings.iter().flatten().count() > 1);
        note(&mut left_out, &ONCE, once.into_iter().map(|row| row.label));
        rows = kept;
    }
    rows.sort_by(|one, other| (&one.case, one.number, &one.of).cmp(&(&other.case, other.number, &other.of)));
    Ok(Plan {
        columns,
        rows,
        left_out,
    })
}

/// Nothing is named twice, and everything that is named is there.
fn named_once(records: &Records, choice: &AgreementChoice) -> Result<(), ApiError> {
    let mut raters = BTreeSet::new();
    for rater in &choice.raters {
        if !records.raters.contains_key(rater) {
            return Err(not_found("rater", rater.as_str()));
        }
        if !raters.insert(rater) {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                format!(
                    "{} is named twice. A coding is not compared with itself; name two raters, or compare recodings.",
                    records.rater(rater)
                ),
            ));
        }
    }
    let mut sessions = BTreeSet::new();
    for session in &choice.sessions {
        if !records.sessions.contains_key(session) {
            return Err(not_found("session", session.as_str()));
        }
        if !sessions.insert(session) {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                format!(
                    "The session {} is named twice; name it once.",
                    records.label(session)
                ),
            ));
        }
    }
    match choice
        .cases
        .iter()
        .find(|name| !records.cases.values().any(|known| known == *name))
    {
        Some(name) => Err(not_found("case", name)),
        None => Ok(()),
    }
}

fn not_found(what: &str, name: &str) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("There is no {what} called {name} in this study."),
    )
}

/// The codings of the purposes, cases, sessions and raters that were asked for.
fn within<'a>(records: &'a Records, choice: &AgreementChoice) -> Vec<&'a CodingSummary> {
    let base = choice.purpose.unwrap_or(Purpose::Production);
    let purposes: &[Purpose] = match choice.compare {
        Compare::Raters => &[base],
        Compare::Recoding => &[base, Purpose::Recoding],
        Compare::Expert => &[base, Purpose::Expert],
    };
    records
        .codings
        .iter()
        .filter(|coding| {
            let header = &coding.header;
            // An expert is set against the raters that were chosen, and need not be chosen.
            let expert = choice.compare == Compare::Expert && header.purpose == Purpose::Expert;
            let rater = choice.raters.is_empty() || choice.raters.contains(&header.rater_id) || expert;
            let session = choice.sessions.is_empty() || choice.sessions.contains(&header.session_id);
            let case = choice.cases.is_empty()
                || records
                    .sessions
                    .get(&header.session_id)
                    .is_some_and(|session| choice.cases.iter().any(|name| name == records.case_of(session)));
            purposes.contains(&header.purpose) && rater && session && case
        })
        .collect()
}

/// Takes out of the list what is so.
fn split<'a>(
    codings: &mut Vec<&'a CodingSummary>,
    mut is_so: impl FnMut(&'a CodingSummary) -> bool,
) -> Vec<&'a CodingSummary> {
    let (out, kept) = std::mem::take(codings)
        .into_iter()
        .partition(|coding| is_so(coding));
    *codings = kept;
    out
}

/// For each group what most of its codings have; of two that as many have, the later.
fn usual<Group: Ord + Clone, Value: Ord + Clone>(
    codings: &[&CodingSummary],
    of: impl Fn(&CodingSummary) -> (Group, Value),
) -> BTreeMap<Group, Value> {
    let mut counts: BTreeMap<(Group, Value), usize> = BTreeMap::new();
    for coding in codings {
        *counts.entry(of(coding)).or_default() += 1;
    }
    let mut usual: BTreeMap<Group, (usize, Value)> = BTreeMap::new();
    for ((group, value), count) in counts {
        let best = usual.entry(group).or_insert_with(|| (count, value.clone()));
        // Values rise: at equal counts the later one stays.
        if count >= best.0 {
            *best = (count, value);
        }
    }
    usual
        .into_iter()
        .map(|(group, (_, value))| (group, value))
        .collect()
}

fn row(
    records: &Records,
    session: &SessionId,
    of: Option<String>,
    codings: Vec<Option<CodingId>>,
) -> PlannedRow {
    let record = records.sessions.get(session);
    PlannedRow {
        session_id: session.clone(),
        label: records.label(session),
        case: record.map_or("", |record| records.case_of(record)).to_owned(),
        number: record.map_or(0, |record| record.number),
        of,
        codings,
    }
}

/// A column for each rater, a row for each session.
fn side_by_side(records: &Records, codings: &[&CodingSummary]) -> (Vec<String>, Vec<PlannedRow>) {
    let mut raters: Vec<(String, &RaterId)> = codings
        .iter()
        .map(|coding| &coding.header.rater_id)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|rater| (records.rater(rater), rater))
        .collect();
    raters.sort();
    let mut cells: BTreeMap<&SessionId, Vec<Option<CodingId>>> = BTreeMap::new();
    for coding in codings {
        let header = &coding.header;
        let column = raters.iter().position(|(_, rater)| **rater == header.rater_id);
        let cells = cells
            .entry(&header.session_id)
            .or_insert_with(|| vec![None; raters.len()]);
        if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
            *cell = Some(coding.id.clone());
        }
    }
    let rows = cells
        .into_iter()
        .map(|(session, codings)| row(records, session, None, codings))
        .collect();
    (raters.into_iter().map(|(name, _)| name).collect(), rows)
}

/// Two columns, what raters coded and what it is set against; a row for each rater and session that has both.
fn against(
    records: &Records,
    codings: &[&CodingSummary],
    other: Purpose,
    left_out: &mut Vec<LeftOut>,
) -> (Vec<String>, Vec<PlannedRow>) {
    let (others, own): (Vec<&CodingSummary>, Vec<&CodingSummary>) =
        codings.iter().partition(|coding| coding.header.purpose == other);
    let mut rows = Vec::new();
    let mut alone = Vec::new();
    for coding in own {
        let header = &coding.header;
        let counterpart = others.iter().find(|candidate| {
            candidate.header.session_id == header.session_id
                && (candidate.header.rater_id == header.rater_id) == (other == Purpose::Recoding)
        });
        match counterpart {
            Some(counterpart) => rows.push(row(
                records,
                &header.session_id,
                Some(records.rater(&header.rater_id)),
                vec![Some(coding.id.clone()), Some(counterpart.id.clone())],
            )),
            None => alone.push(records.coding_label(coding)),
        }
    }
    note(left_out, &NO_OTHER, alone.into_iter());
    let columns = match other {
        Purpose::Recoding => ["first coding", "recoding"],
        _ => ["rater", EXPERT],
    };
    (columns.map(str::to_owned).to_vec(), rows)
}

#[cfg(test)]
mod tests;
