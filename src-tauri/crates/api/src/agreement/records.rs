//! What the study holds, by its records alone: sessions, cases, raters, and what codings there are.

use std::collections::BTreeMap;

use sunder_domain::{CaseId, RaterId, SessionId};
use sunder_store::{CodingFilter, CodingSummary, SessionRecord};

use crate::coding::session_label;
use crate::study::OpenStudy;
use crate::wire::ApiError;

/// The records of a study, by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    pub(crate) sessions: BTreeMap<SessionId, SessionRecord>,
    pub(crate) cases: BTreeMap<CaseId, String>,
    pub(crate) raters: BTreeMap<RaterId, String>,
    pub(crate) codings: Vec<CodingSummary>,
}

impl Records {
    pub(crate) fn of(study: &OpenStudy) -> Result<Self, ApiError> {
        let sessions = study.store.sessions()?;
        let cases = study.store.cases()?;
        let raters = study.store.raters()?;
        Ok(Self {
            sessions: sessions
                .into_iter()
                .map(|session| (session.id.clone(), session))
                .collect(),
            cases: cases.into_iter().map(|case| (case.id, case.name)).collect(),
            raters: raters.into_iter().map(|rater| (rater.id, rater.name)).collect(),
            codings: as_frozen(study, study.store.codings(&CodingFilter::default())?)?,
        })
    }

    /// Name of the case that a session is of.
    pub(crate) fn case_of(&self, session: &SessionRecord) -> &str {
        self.cases.get(&session.case_id).map_or("", String::as_str)
    }

    /// `Ada · 3`.
    pub(crate) fn label(&self, session: &SessionId) -> String {
        self.sessions.get(session).map_or_else(
            || session.to_string(),
            |record| session_label(self.case_of(record), record.number),
        )
    }

    pub(crate) fn rater(&self, rater: &RaterId) -> String {
        self.raters
            .get(rater)
            .cloned()
            .unwrap_or_else(|| rater.to_string())
    }

    /// `Ada · 3, Novak`.
    pub(crate) fn coding_label(&self, coding: &CodingSummary) -> String {
        format!(
            "{}, {}",
            self.label(&coding.header.session_id),
            self.rater(&coding.header.rater_id)
        )
    }
}

/// The codings as they were frozen, where they were: one that its rater has reopened since still counts as submitted.
fn as_frozen(study: &OpenStudy, mut codings: Vec<CodingSummary>) -> Result<Vec<CodingSummary>, ApiError> {
    for original in study
        .store
        .originals()?
        .values()
        .flat_map(|record| &record.codings)
    {
        if study.store.is_current(original)? {
            continue;
        }
        let summary = codings.iter_mut().find(|coding| coding.id == original.coding_id);
        if let (Some(summary), Some(frozen)) = (summary, study.store.coding_at(original)?) {
            summary.status = frozen.status;
            summary.submitted_ms = frozen.submitted_ms;
        }
    }
    Ok(codings)
}
