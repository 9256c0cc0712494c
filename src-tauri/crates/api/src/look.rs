//! A look at another cut: computed, shown, kept nowhere.

use crate::app::App;
use crate::coding::{accumulation_views, judge, totals};
use crate::wire::{ApiError, ErrorCode, Look, TakeLook};

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
