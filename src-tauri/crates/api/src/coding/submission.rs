//! Submitting a coding: what still stands open, the lock, and reopening.

use sunder_domain::{Class, Conflict, RatingScope, Status};
use sunder_store::{Change, OperationKind, StatusRecord};

use super::act::act;
use super::moments::unseen;
use crate::app::App;
use crate::judgement;
use crate::wire::{
    ApiError, CodingAct, CodingChange, CodingQuestion, ErrorCode, ReopenCoding, SubmitCheck, UnseenStretch,
};

/// Stretches shorter than this are breathing space between turns, not something missed.
const SHORTEST_GAP_MS: u32 = 1_000;

/// What stands between a coding and its submission; none of it forbids it.
///
/// # Errors
/// `not-found` for an unknown coding.
pub fn check_submission(app: &mut App, request: CodingQuestion) -> Result<SubmitCheck, ApiError> {
    let study = app.study_mut()?;
    study.may_read(&request.coding_id)?;
    let unrated: Vec<String> = study
        .codebook
        .ratings
        .iter()
        .filter(|rating| rating.per.contains(&RatingScope::Session))
        .map(|rating| rating.key.clone())
        .collect();
    study.working(&request.coding_id)?;
    let study = app.study()?;
    let coding = study.working_ref(&request.coding_id)?;
    // Where classes are shown the rule says what is unscored; a masked rater is told of significance alone.
    let index = coding.index();
    let is_unscored = |conflict: &Conflict| match study.visible_rule() {
        Some(rule) => judgement::verdict(rule, conflict, &index).class == Class::Unscored,
        None => conflict.significance.is_none(),
    };
    let turns = &coding.transcript.turns;
    let stretches = unseen(&coding.coverage, coding.duration_ms())
        .into_iter()
        .filter(|(start, end)| end - start >= SHORTEST_GAP_MS)
        .map(|(start_ms, end_ms)| {
            let inside = |turn: &sunder_domain::Turn| turn.start_ms < end_ms && turn.end_ms > start_ms;
            let place = |found: Option<usize>| found.and_then(|turn| u32::try_from(turn).ok());
            UnseenStretch {
                start_ms,
                end_ms,
                first_turn: place(turns.iter().position(inside)),
                last_turn: place(turns.iter().rposition(inside)),
            }
        })
        .collect();
    Ok(SubmitCheck {
        unseen: stretches,
        unscored: coding
            .conflicts
            .values()
            .filter(|conflict| is_unscored(conflict))
            .map(|conflict| conflict.id.clone())
            .collect(),
        unrated: unrated
            .into_iter()
            .filter(|key| !coding.session_ratings.contains_key(key))
            .collect(),
        to_discuss: coding
            .markers
            .values()
            .filter(|marker| marker.discuss)
            .map(|marker| marker.id.clone())
            .collect(),
    })
}

/// Submits the coding: it is locked from now on.
///
/// # Errors
/// `locked` when it is submitted already, `not-allowed`, and file errors.
pub fn submit(app: &mut App, request: CodingAct) -> Result<CodingChange, ApiError> {
    let at_ms = app.now_ms();
    act(app, &request.coding_id, request.op, OperationKind::Submit, |_| {
        Ok(vec![Change::Status {
            after: Some(StatusRecord {
                status: Status::Submitted,
                at_ms,
                reason: None,
            }),
        }])
    })
}

/// Opens a submitted coding again; when, by whom and why stay on record.
///
/// # Errors
/// `bad-request` without a reason or when it is open, `not-allowed`, and file errors.
pub fn reopen(app: &mut App, request: ReopenCoding) -> Result<CodingChange, ApiError> {
    let at_ms = app.now_ms();
    let reason = request.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "Say why the coding is reopened; the reason stays on record.",
        ));
    }
    act(
        app,
        &request.coding_id,
        request.op,
        OperationKind::Reopen,
        |coding| {
            if coding.status == Status::Open {
                return Err(ApiError::new(ErrorCode::BadRequest, "This coding is open."));
            }
            Ok(vec![Change::Status {
                after: Some(StatusRecord {
                    status: Status::Open,
                    at_ms,
                    reason: Some(reason),
                }),
            }])
        },
    )
}
