//! What the study holds of outcomes.

use std::collections::HashMap;

use crate::app::App;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ExplorationView, Nothing, OutcomeList, OutcomeView};

/// Every score, by name, perspective, case and session; and when outcomes were looked at without a lock. Lead only.
///
/// # Errors
/// `not-allowed` for raters; file errors.
pub fn list(app: &mut App, _: Nothing) -> Result<OutcomeList, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    let cases = study.store.cases()?.into_iter();
    let cases: HashMap<_, _> = cases.map(|case| (case.id, case.name)).collect();
    let sessions = study.store.sessions()?.into_iter();
    let sessions: HashMap<_, _> = sessions.map(|session| (session.id, session.number)).collect();
    let mut outcomes: Vec<OutcomeView> = study
        .store
        .outcomes()?
        .into_iter()
        .map(|outcome| OutcomeView {
            case: cases.get(&outcome.key.case_id).cloned().unwrap_or_default(),
            session: outcome.key.session_id.and_then(|id| sessions.get(&id).copied()),
            name: outcome.key.name,
            perspective: outcome.key.perspective,
            score: outcome.score,
        })
        .collect();
    outcomes.sort_by(|one, other| {
        let order = |view: &OutcomeView| {
            (
                view.name.clone(),
                view.perspective.key(),
                view.case.clone(),
                view.session,
            )
        };
        order(one).cmp(&order(other))
    });
    Ok(OutcomeList {
        outcomes,
        explorations: explorations(study)?,
    })
}

pub(crate) fn explorations(study: &OpenStudy) -> Result<Vec<ExplorationView>, ApiError> {
    Ok(study
        .store
        .explorations()?
        .into_iter()
        .map(|exploration| ExplorationView {
            at_ms: exploration.at_ms,
            rule: exploration.rule.name,
        })
        .collect())
}
