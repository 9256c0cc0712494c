//! Classes of many codings under a rule: what the command line prints and other programs read.

mod of_record;

pub(crate) use of_record::mean;

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{CaseId, CodingId, Purpose, RaterId, Rule};
use sunder_store::CodingFilter;

use crate::app::App;
use crate::coding::Working;
use crate::consensus::Records;
use crate::judgement::{self, JudgedCoding};
use crate::study::OpenStudy;
use crate::wire::{
    ApiError, ClassifiedCoding, ClassifiedConflict, Classify, ClassifyReport, ErrorCode, Person,
    ProposedAccumulation,
};

/// Case and rater: the codings of one purpose that accumulate together and are never mixed with others.
pub(crate) type Group = (String, RaterId);

/// Classifies codings; without a purpose only production counts. A rater sees their own.
///
/// # Errors
/// `not-allowed` where this person may not see classes; `not-found` for a case, session or rater that is not there;
/// `bad-request` for a rule that cannot be.
pub fn classify(app: &mut App, request: Classify) -> Result<ClassifyReport, ApiError> {
    let study = app.study()?;
    let rule = rule_of_results(study, request.rule.as_ref())?;
    let may = study.permissions();
    // What counts for sessions is asked for where nothing restricts whose codings are meant.
    let whole = request.purpose.is_none() && request.rater.is_none() && may.lead;
    let purpose = request.purpose.unwrap_or(Purpose::Production);
    let chosen = crate::coding_file::select(
        app,
        request.case.as_deref(),
        request.session,
        request.rater.as_deref(),
        Some(purpose),
    )?;
    let chosen: BTreeSet<CodingId> = chosen.into_iter().collect();
    let records = Records::of(app.study()?)?;
    let mut codings = Vec::new();
    let mut accumulations = Vec::new();
    for ((case, rater), members) in groups(app.study()?, request.case.as_deref(), purpose)? {
        if !members.iter().any(|(_, coding)| chosen.contains(coding)) {
            continue;
        }
        // One group at a time is in memory.
        let members = fetch(app.study_mut()?, members)?;
        let rater = app.study()?.rater_name(&rater)?;
        let group: Vec<(u32, &Working)> = members.iter().map(|(number, coding)| (*number, coding)).collect();
        let (judged, found) = judgement::judge_group(&rule, &group);
        let shown: Vec<&JudgedCoding<'_>> = judged
            .iter()
            .filter(|judged| chosen.contains(&judged.coding.id))
            .collect();
        for judged in &shown {
            codings.push(ClassifiedCoding {
                case: case.clone(),
                session: judged.number,
                rater: rater.clone(),
                purpose,
                of_record: records.is_of_record(&judged.coding.id),
                totals: judgement::totals_of(judged.coding, &judged.verdicts, &found),
                conflicts: conflicts(judged),
            });
        }
        accumulations.extend(
            found
                .into_iter()
                .filter(|found| {
                    shown.iter().any(|judged| {
                        found
                            .members
                            .iter()
                            .any(|id| judged.coding.conflicts.contains_key(id))
                    })
                })
                .map(|found| ProposedAccumulation {
                    members: found.members,
                    case: case.clone(),
                    rater: rater.clone(),
                    uncoded_between: found.uncoded_between,
                    reasons: found.reasons,
                }),
        );
    }
    let sessions = if whole {
        of_record::sessions(app, &rule, &records, request.case.as_deref(), request.session)?
    } else {
        Vec::new()
    };
    Ok(ClassifyReport {
        rule,
        codings,
        accumulations,
        sessions,
    })
}

/// The rule that results are told under, the study's own where none is given, for those who may see results at all.
///
/// # Errors
/// As [`classify`].
pub(crate) fn rule_of_results(study: &OpenStudy, given: Option<&Rule>) -> Result<Rule, ApiError> {
    study.somebody()?;
    let may = study.permissions();
    if !(may.classes && may.totals && may.case_and_number) {
        return Err(ApiError::new(
            ErrorCode::NotAllowed,
            "Classes, totals, cases or session numbers are hidden from raters in this study. Ask the lead.",
        ));
    }
    let rule = match (study.visible_rule(), given) {
        (None, _) => {
            return Err(ApiError::new(
                ErrorCode::NotAllowed,
                "Classes are not shown to raters in this study.",
            ));
        }
        (Some(_), Some(rule)) => rule.clone(),
        (Some(rule), None) => rule.clone(),
    };
    rule.validate()
        .map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("This rule cannot be: {error}.")))?;
    Ok(rule)
}

/// Conflicts by onset.
fn conflicts(judged: &JudgedCoding<'_>) -> Vec<ClassifiedConflict> {
    let mut conflicts: Vec<(Option<u32>, ClassifiedConflict)> = judged
        .verdicts
        .iter()
        .map(|(id, verdict)| {
            let onset = judged
                .index
                .markers(id)
                .first()
                .map(|marker| judged.coding.times(marker).0);
            let conflict = ClassifiedConflict {
                id: id.clone(),
                onset_ms: onset,
                codes: judged
                    .index
                    .markers(id)
                    .iter()
                    .map(|marker| marker.code.clone())
                    .collect(),
                class: verdict.class,
                score: verdict.score,
                cut: verdict.cut,
                reasons: verdict.reasons.clone(),
            };
            (onset, conflict)
        })
        .collect();
    conflicts.sort_by_key(|(onset, conflict)| (onset.unwrap_or(u32::MAX), conflict.id.clone()));
    conflicts.into_iter().map(|(_, conflict)| conflict).collect()
}

/// Every coding of the purpose that this person may see, by group and session number.
pub(crate) fn groups(
    study: &OpenStudy,
    case: Option<&str>,
    purpose: Purpose,
) -> Result<BTreeMap<Group, Vec<(u32, CodingId)>>, ApiError> {
    let cases: BTreeMap<CaseId, String> = study
        .store
        .cases()?
        .into_iter()
        .map(|case| (case.id, case.name))
        .collect();
    let sessions: BTreeMap<_, _> = study
        .store
        .sessions()?
        .into_iter()
        .map(|session| (session.id.clone(), session))
        .collect();
    let own = match &study.person {
        Person::Lead => None,
        Person::Rater { rater_id } => Some(rater_id.clone()),
    };
    let filter = CodingFilter {
        rater: own,
        purpose: Some(purpose),
        ..CodingFilter::default()
    };
    let mut groups: BTreeMap<Group, Vec<(u32, CodingId)>> = BTreeMap::new();
    for summary in study.store.codings(&filter)? {
        let Some(session) = sessions.get(&summary.header.session_id) else {
            continue;
        };
        let name = cases.get(&session.case_id).cloned().unwrap_or_default();
        if summary.branch_label.is_some() || case.is_some_and(|wanted| wanted != name) {
            continue;
        }
        groups
            .entry((name, summary.header.rater_id))
            .or_default()
            .push((session.number, summary.id));
    }
    for members in groups.values_mut() {
        members.sort_by_key(|(number, _)| *number);
    }
    Ok(groups)
}

pub(crate) fn fetch(
    study: &mut OpenStudy,
    members: Vec<(u32, CodingId)>,
) -> Result<Vec<(u32, Working)>, ApiError> {
    members
        .into_iter()
        .map(|(number, id)| Ok((number, study.fetch_alone(&id)?)))
        .collect()
}
