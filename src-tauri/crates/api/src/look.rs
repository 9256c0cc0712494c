//! A look at another cut: computed, shown, remembered on this machine for one person; never part of the study.

use crate::app::App;
use crate::coding::{accumulation_views, judge, totals};
use crate::wire::{ApiError, ErrorCode, KeepLook, KeptLook, Look, Nothing, TakeLook};

/// What the open coding would be under the study's rule with another cut.
///
/// # Errors
/// `not-allowed` where this person may not see classes, `not-found`, and `bad-request` for a cut that is no number.
pub fn take(app: &mut App, request: TakeLook) -> Result<Look, ApiError> {
    let study = app.study_mut()?;
    study.may_read(&request.coding_id)?;
    let rule = study
        .visible_rule()
        .ok_or_else(|| ApiError::new(ErrorCode::NotAllowed, "Classes are not shown in this study."))?;
    if !request.cut.is_finite() {
        return Err(ApiError::new(ErrorCode::BadRequest, "A cut is a number."));
    }
    let rule = rule.with_cut(request.cut, request.move_exceptions);
    let coding = study.working_ref(&request.coding_id)?;
    let eyes = study.eyes(coding)?;
    let judged = judge(&rule, coding, eyes.number);
    Ok(Look {
        totals: eyes.totals.then(|| totals(coding, &judged)),
        accumulations: accumulation_views(coding, &judged, &eyes),
        verdicts: judged.verdicts,
    })
}

/// Remembers the look that this person goes on with, or, with none, that the study's rule is shown.
///
/// # Errors
/// `no-study`, `bad-request` for a cut that is no number, and `file` when it cannot be written.
pub fn keep(app: &mut App, request: KeepLook) -> Result<Nothing, ApiError> {
    let key = app.study()?.memory_key();
    if request.look.is_some_and(|look| !look.cut.is_finite()) {
        return Err(ApiError::new(ErrorCode::BadRequest, "A cut is a number."));
    }
    app.local.set_look(key, request.look)?;
    Ok(Nothing {})
}

/// The look that this person left on, where classes are shown and it is not the study's own cut.
pub(crate) fn kept_look(app: &App) -> Option<KeptLook> {
    let study = app.open.as_ref()?;
    let rule = study.visible_rule()?;
    app.local
        .look(&study.memory_key())
        .filter(|look| (look.cut - rule.cut).abs() > f64::EPSILON)
}
