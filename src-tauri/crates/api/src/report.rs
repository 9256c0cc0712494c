//! Classes of many codings under a rule: what the command line prints and other programs read.

use std::collections::BTreeMap;

use sunder_domain::{CaseId, ConflictId, Purpose, RaterId};
use sunder_store::CodingFilter;

use crate::app::App;
use crate::coding::{Index, Working};
use crate::judgement::{self, JudgedCoding};
use crate::wire::{
    ApiError, ClassifiedCoding, ClassifiedConflict, Classify, ClassifyReport, ErrorCode, Person,
    ProposedAccumulation, Verdict,
};

/// The codings of one rater, case and purpose: what accumulates together, and what is never mixed with others.
type Group = (String, RaterId, Purpose);

/// Classifies codings; without a purpose only production counts. A rater sees their own.
///
/// # Errors
/// `not-allowed` where this person may not see classes; `not-found` for a case, session or rater that is not there;
/// `bad-request` for a rule that cannot be.
pub fn classify(app: &mut App, request: Classify) -> Result<ClassifyReport, ApiError> {
    let study = app.study()?;
    let rule = match (study.visible_rule(), &request.rule) {
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
    let purpose = request.purpose.unwrap_or(Purpose::Production);
    let chosen = crate::coding_file::select(
        app,
        request.case.as_deref(),
        request.session,
        request.rater.as_deref(),
        Some(purpose),
    )?;
    let mut codings = Vec::new();
    let mut accumulations = Vec::new();
    for ((case, rater, _), members) in groups(app, request.case.as_deref(), purpose)? {
        if !members.iter().any(|(_, coding)| chosen.contains(&coding.id)) {
            continue;
        }
        let rater = app.study()?.rater_name(&rater)?;
        let indexes: Vec<Index<'_>> = members
            .iter()
            .map(|(_, coding)| index(coding, &members))
            .collect();
        let verdicts: Vec<BTreeMap<ConflictId, Verdict>> = members
            .iter()
            .zip(&indexes)
            .map(|((_, coding), index)| judgement::verdicts(&rule, coding, index))
            .collect();
        let judged: Vec<JudgedCoding<'_>> = members
            .iter()
            .zip(&indexes)
            .zip(&verdicts)
            .map(|(((number, coding), index), verdicts)| JudgedCoding {
                number: *number,
                coding,
                index,
                verdicts,
            })
            .collect();
        let found = judgement::accumulations(&rule, &judged);
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
                of_record: false,
                totals: judgement::totals_of(judged.coding, judged.verdicts, &found),
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
    Ok(ClassifyReport {
        rule,
        codings,
        accumulations,
    })
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

fn index<'a>(coding: &'a Working, group: &'a [(u32, Working)]) -> Index<'a> {
    Index::of(
        coding,
        group
            .iter()
            .map(|(_, other)| other)
            .filter(|other| other.id != coding.id),
    )
}

/// Every coding of the purpose that this person may see, by group and session number.
fn groups(
    app: &mut App,
    case: Option<&str>,
    purpose: Purpose,
) -> Result<BTreeMap<Group, Vec<(u32, Working)>>, ApiError> {
    let study = app.study_mut()?;
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
    let mut groups: BTreeMap<Group, Vec<(u32, Working)>> = BTreeMap::new();
    for summary in study.store.codings(&filter)? {
        let Some(session) = sessions.get(&summary.header.session_id) else {
            continue;
        };
        let name = cases.get(&session.case_id).cloned().unwrap_or_default();
        if summary.branch_label.is_some() || case.is_some_and(|wanted| wanted != name) {
            continue;
        }
        let coding = study.fetch_alone(&summary.id)?;
        groups
            .entry((name, summary.header.rater_id.clone(), purpose))
            .or_default()
            .push((session.number, coding));
    }
    for members in groups.values_mut() {
        members.sort_by_key(|(number, _)| *number);
    }
    Ok(groups)
}
