//! Where every session stands, and one session whole.

use std::collections::BTreeMap;

use sunder_domain::{Perspective, Purpose, SessionId, Status};
use sunder_store::{CodingFilter, CodingSummary, SessionRecord};

use super::record::record_of;
use super::table::{Table, settlements_of};
use super::view::{count, state, view};
use crate::app::App;
use crate::coding::session_label;
use crate::study::OpenStudy;
use crate::wire::{
    ApiError, ConsensusOverview, ConsensusQuestion, ConsensusState, ConsensusSummary, ConsensusView, Nothing,
    OriginalState,
};

/// Every session that two raters or more have coded, or whose codings are frozen.
///
/// # Errors
/// `not-allowed` for raters; file errors.
pub fn list(app: &mut App, _: Nothing) -> Result<ConsensusOverview, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    overview(study, at_ms, Vec::new())
}

/// A session's originals and all that there is to settle.
///
/// # Errors
/// `not-allowed` for raters; `not-found`; `conflict` where its codings are not frozen; file errors.
pub fn session(app: &mut App, request: ConsensusQuestion) -> Result<ConsensusView, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    view(study, &request.session_id, request.hide_names, at_ms)
}

/// Codings that can be compared, by session: an observer's, for production, none of them a branch.
pub(super) fn comparable(study: &OpenStudy) -> Result<BTreeMap<SessionId, Vec<CodingSummary>>, ApiError> {
    let filter = CodingFilter {
        purpose: Some(Purpose::Production),
        ..CodingFilter::default()
    };
    let mut codings: BTreeMap<SessionId, Vec<CodingSummary>> = BTreeMap::new();
    for coding in study.store.codings(&filter)? {
        if coding.branch_label.is_none() && coding.header.perspective == Perspective::Observer {
            codings
                .entry(coding.header.session_id.clone())
                .or_default()
                .push(coding);
        }
    }
    Ok(codings)
}

pub(super) fn overview(
    study: &mut OpenStudy,
    at_ms: i64,
    left_out: Vec<String>,
) -> Result<ConsensusOverview, ApiError> {
    let codings = comparable(study)?;
    let frozen = study.store.originals()?;
    let cases: BTreeMap<_, String> = study
        .store
        .cases()?
        .into_iter()
        .map(|case| (case.id, case.name))
        .collect();
    let mut sessions = Vec::new();
    for session in study.store.sessions()? {
        let own = codings.get(&session.id).map(Vec::as_slice).unwrap_or_default();
        let is_frozen = frozen.contains_key(&session.id);
        if own.len() > 1 || is_frozen {
            let case = cases.get(&session.case_id).map_or("", String::as_str);
            sessions.push(summary(study, &session, case, own, is_frozen, at_ms)?);
        }
    }
    sessions.sort_by(|one: &ConsensusSummary, other| {
        (&one.case_name, one.number, &one.session_id).cmp(&(
            &other.case_name,
            other.number,
            &other.session_id,
        ))
    });
    Ok(ConsensusOverview {
        items: sessions.iter().map(|session| session.items).sum(),
        settled: sessions.iter().map(|session| session.settled).sum(),
        sessions,
        left_out,
    })
}

fn summary(
    study: &mut OpenStudy,
    session: &SessionRecord,
    case: &str,
    codings: &[CodingSummary],
    is_frozen: bool,
    at_ms: i64,
) -> Result<ConsensusSummary, ApiError> {
    let mut raters = Vec::new();
    let mut unsubmitted = Vec::new();
    for coding in codings {
        let name = study.rater_name(&coding.header.rater_id)?;
        if coding.status != Status::Submitted {
            unsubmitted.push(name.clone());
        }
        raters.push(name);
    }
    raters.sort();
    unsubmitted.sort();
    let record = record_of(study, &session.id)?;
    let mut summary = ConsensusSummary {
        session_id: session.id.clone(),
        label: session_label(case, session.number),
        case_name: case.to_owned(),
        number: session.number,
        raters,
        unsubmitted,
        state: ConsensusState::NotOpened,
        frozen_ms: None,
        changed: Vec::new(),
        items: 0,
        settled: 0,
        agreed: 0,
        coding_id: None,
        record,
    };
    if is_frozen {
        let table = Table::of(study, &session.id, at_ms)?;
        let indexes = table.indexes();
        let items = table.items(&indexes);
        let is_settled = |item: &&super::items::Item<'_>| !settlements_of(&table.consensus, item).is_empty();
        summary.state = state(&table);
        summary.frozen_ms = table.originals.frozen_ms;
        summary.changed = table
            .originals
            .present
            .iter()
            .filter(|original| original.state == OriginalState::Changed)
            .map(|original| original.rater.clone())
            .collect();
        summary.items = count(items.len());
        summary.settled = count(items.iter().filter(is_settled).count());
        summary.agreed = count(
            items
                .iter()
                .filter(|item| !is_settled(item) && item.agreed())
                .count(),
        );
        summary.coding_id = table.consensus.started.then(|| table.consensus.id.clone());
    }
    Ok(summary)
}
