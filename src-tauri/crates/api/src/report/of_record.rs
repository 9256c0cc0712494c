//! Totals of sessions from their codings of record.

use std::collections::BTreeMap;

use sunder_domain::{CaseId, CodingId, Purpose, Rule, SessionId};
use sunder_store::SessionRecord;

use super::{fetch, groups};
use crate::app::App;
use crate::coding::Working;
use crate::consensus::{RecordedCoding, Records, record_view};
use crate::judgement;
use crate::study::rater_names;
use crate::wire::{ApiError, SessionOfRecord, TotalsOfRecord, TotalsView};

/// Sessions whose coding of record is fixed, by case and number. Codings of record of one case build up together, whoever
/// made them; for a mean each rater's codings do, and their totals are averaged.
pub(super) fn sessions(
    app: &mut App,
    rule: &Rule,
    records: &Records,
    case: Option<&str>,
    number: Option<u32>,
) -> Result<Vec<SessionOfRecord>, ApiError> {
    let study = app.study()?;
    let names = rater_names(study)?;
    let cases: BTreeMap<CaseId, String> = study
        .store
        .cases()?
        .into_iter()
        .map(|case| (case.id, case.name))
        .collect();
    let mut by_case: BTreeMap<&str, Vec<SessionRecord>> = BTreeMap::new();
    for session in study.store.sessions()? {
        let name = cases.get(&session.case_id).map_or("", String::as_str);
        if case.is_none_or(|wanted| wanted == name) {
            by_case.entry(name).or_default().push(session);
        }
    }
    let mut found = Vec::new();
    for (name, sessions) in by_case {
        let totals = totals_of_case(app, rule, records, name, &sessions)?;
        for session in sessions
            .iter()
            .filter(|session| number.is_none_or(|wanted| wanted == session.number))
        {
            if let (Some((record, _)), Some(totals)) = (records.get(&session.id), totals.get(&session.id)) {
                found.push(SessionOfRecord {
                    case: name.to_owned(),
                    session: session.number,
                    record: record_view(record, &names),
                    totals: *totals,
                });
            }
        }
    }
    found.sort_by(|one, other| (&one.case, one.session).cmp(&(&other.case, other.session)));
    Ok(found)
}

fn totals_of_case(
    app: &mut App,
    rule: &Rule,
    records: &Records,
    case: &str,
    sessions: &[SessionRecord],
) -> Result<BTreeMap<SessionId, TotalsOfRecord>, ApiError> {
    let mut single: Vec<(u32, CodingId)> = Vec::new();
    let mut means: Vec<(&SessionId, &Vec<CodingId>)> = Vec::new();
    for session in sessions {
        match records.get(&session.id) {
            Some((_, RecordedCoding::One(coding))) => single.push((session.number, coding.clone())),
            Some((_, RecordedCoding::Mean(codings))) => means.push((&session.id, codings)),
            None => {}
        }
    }
    let mut totals = BTreeMap::new();
    single.sort();
    for (coding, own) in judged(app, rule, single)? {
        totals.insert(coding.header.session_id.clone(), mean(&[own]));
    }
    if means.is_empty() {
        return Ok(totals);
    }
    let mut of_raters: BTreeMap<CodingId, TotalsView> = BTreeMap::new();
    for members in groups(app.study()?, Some(case), Purpose::Production)?.into_values() {
        if members
            .iter()
            .any(|(_, coding)| means.iter().any(|(_, codings)| codings.contains(coding)))
        {
            let judged = judged(app, rule, members)?;
            of_raters.extend(judged.into_iter().map(|(coding, totals)| (coding.id, totals)));
        }
    }
    for (session, codings) in means {
        let own: Vec<TotalsView> = codings
            .iter()
            .filter_map(|coding| of_raters.get(coding).copied())
            .collect();
        totals.insert(session.clone(), mean(&own));
    }
    Ok(totals)
}

/// The codings of one sequence of sessions, with the totals of each.
fn judged(
    app: &mut App,
    rule: &Rule,
    members: Vec<(u32, CodingId)>,
) -> Result<Vec<(Working, TotalsView)>, ApiError> {
    let members = fetch(app.study_mut()?, members)?;
    let group: Vec<(u32, &Working)> = members.iter().map(|(number, coding)| (*number, coding)).collect();
    let (judged, accumulations) = judgement::judge_group(rule, &group);
    let totals: Vec<TotalsView> = judged
        .iter()
        .map(|one| judgement::totals_of(one.coding, &one.verdicts, &accumulations))
        .collect();
    drop(judged);
    Ok(members
        .into_iter()
        .map(|(_, coding)| coding)
        .zip(totals)
        .collect())
}

/// The mean of counts; of one coding they are its own.
pub(crate) fn mean(of: &[TotalsView]) -> TotalsOfRecord {
    let count = u32::try_from(of.len()).unwrap_or(u32::MAX).max(1);
    let mean = |field: fn(&TotalsView) -> u32| {
        let sum: u64 = of.iter().map(|totals| u64::from(field(totals))).sum();
        #[expect(clippy::cast_precision_loss, reason = "counts of a session")]
        let sum = sum as f64;
        sum / f64::from(count)
    };
    TotalsOfRecord {
        conflicts: mean(|totals| totals.conflicts),
        ruptures: mean(|totals| totals.ruptures),
        strains: mean(|totals| totals.strains),
        unscored: mean(|totals| totals.unscored),
        ruptures_built_from: mean(|totals| totals.ruptures_built_from),
        accumulations_proposed: mean(|totals| totals.accumulations_proposed),
        markers: mean(|totals| totals.markers),
    }
}
