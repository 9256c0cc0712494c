//! Agreement of raters on the class under every cut, beside a sweep.

use sunder_domain::Rule;

use super::sweep::sweep;
use crate::agreement;
use crate::app::App;
use crate::wire::{
    AgreementChoice, AgreementJob, ApiError, AskAgreementOptions, ErrorCode, IntervalChoice, SweepAgreement,
    SweepChoice, SweepReport, ValueChoice,
};

/// A sweep with agreement on the class where it is over the cut; intervals as asked for, none leaves agreement out. Lead
/// only.
///
/// # Errors
/// As [`sweep`].
pub fn sweep_with_agreement(
    app: &mut App,
    choice: SweepChoice,
    interval: Option<IntervalChoice>,
) -> Result<SweepReport, ApiError> {
    let mut report = sweep(app, choice)?;
    if let Some(interval) = interval
        && report.parameter == "cut"
    {
        match agreement_of(app, &report.rule, interval) {
            Ok(found) => report.agreement = found,
            // Too few raters are no reason to give no counts.
            Err(error)
                if matches!(
                    error.code,
                    ErrorCode::NotFound | ErrorCode::Conflict | ErrorCode::BadRequest
                ) =>
            {
                report.notes.push(format!("No agreement: {}", error.message));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(report)
}

fn agreement_of(
    app: &mut App,
    rule: &Rule,
    interval: IntervalChoice,
) -> Result<Option<SweepAgreement>, ApiError> {
    let first = agreement::options(app, AskAgreementOptions { hide_names: false })?.first;
    let unit = first.unit;
    let choice = AgreementChoice {
        value: ValueChoice::Class,
        rule: Some(rule.clone()),
        interval: Some(interval),
        ..first
    };
    let AgreementJob { job_id } = agreement::run(app, choice)?;
    let computed = app.study()?.jobs.computed(job_id)?;
    let outcome = &computed.outcome;
    Ok(outcome.curve.as_ref().map(|curve| SweepAgreement {
        unit,
        per: outcome.unit.clone(),
        raters: u32::try_from(outcome.basis.raters.len()).unwrap_or(u32::MAX),
        sessions: outcome.basis.sessions,
        points: curve.points.clone(),
        sentence: curve.sentence.clone(),
    }))
}
