//! What the lead decides: raters, what they see, and the rule.

use sunder_store::{
    Change, Masking, NewOperation, OperationKind, RaterRecord, RuleRecord, Scoring, StudySettings, Target,
};

use super::view::current;
use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::names;
use crate::wire::{AddRater, ApiError, ErrorCode, ScoringMoment, SetRule, SetSettings, StudyView};

/// Writes one operation to the set-up.
fn write_set_up(app: &mut App, kind: OperationKind, changes: Vec<Change>) -> Result<(), ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    let operation = NewOperation::new(fresh().map_err(|_| no_id())?, kind, study.actor(), at_ms, changes);
    study.store.transact(Target::SetUp, operation)?;
    study.refresh()
}

/// Adds a person who codes.
///
/// # Errors
/// `not-allowed` for raters, `bad-request` without a proper name, `conflict` for a name that is taken.
pub fn add_rater(app: &mut App, request: AddRater) -> Result<StudyView, ApiError> {
    app.study()?.lead_only()?;
    let name = names::of_rater(&request.name)?;
    if app
        .study()?
        .store
        .raters()?
        .iter()
        .any(|rater| rater.name == name)
    {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            format!("There is a rater called {name} already."),
        ));
    }
    let id: sunder_domain::RaterId = fresh().map_err(|_| no_id())?;
    write_set_up(
        app,
        OperationKind::RaterAdd,
        vec![Change::Rater {
            id: id.clone(),
            after: Some(RaterRecord { id, name }),
        }],
    )?;
    current(app)
}

/// Sets what holds for the whole study.
///
/// # Errors
/// `not-allowed` for raters, `bad-request` for impossible values.
pub fn set_settings(app: &mut App, request: SetSettings) -> Result<StudyView, ApiError> {
    app.study()?.lead_only()?;
    let wanted = request.settings;
    let name = names::proper(&wanted.name, "A study")?;
    if !(10..=3600).contains(&wanted.window_seconds) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "A window has 10 to 3600 seconds.",
        ));
    }
    let before = app.study()?.settings.clone();
    let shown = wanted.shown_to_raters;
    let after = StudySettings {
        name,
        masking: Masking {
            classes: shown.classes,
            totals: shown.totals,
            case_name: shown.case_and_number,
            session_number: shown.case_and_number,
            session_date: before.masking.session_date,
        },
        material: wanted.material,
        window_seconds: wanted.window_seconds,
        scoring: match wanted.scoring {
            ScoringMoment::WithTag => Scoring::WithTag,
            ScoringMoment::AfterWindow => Scoring::AfterWindow,
            ScoringMoment::AtEnd => Scoring::AtEnd,
        },
        rule_id: before.rule_id.clone(),
        raters_see_brief: shown.brief,
    };
    if after != before {
        write_set_up(
            app,
            OperationKind::StudyEdit,
            vec![Change::Study { after: Some(after) }],
        )?;
    }
    current(app)
}

/// Sets the study's rule. A locked rule does not change.
///
/// # Errors
/// `not-allowed` for raters, `bad-request` for a rule that cannot be, `locked` for a locked one.
pub fn set_rule(app: &mut App, request: SetRule) -> Result<StudyView, ApiError> {
    app.study()?.lead_only()?;
    request
        .rule
        .validate()
        .map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("This rule cannot be: {error}.")))?;
    let before = app.study()?.rule.clone();
    if before.locked.is_some() {
        return Err(ApiError::new(
            ErrorCode::Locked,
            "The study's rule is locked and can no longer change.",
        ));
    }
    if before.rule != request.rule {
        let after = RuleRecord {
            rule: request.rule,
            ..before
        };
        write_set_up(
            app,
            OperationKind::RuleEdit,
            vec![Change::Rule {
                id: after.id.clone(),
                after: Some(after),
            }],
        )?;
    }
    current(app)
}
