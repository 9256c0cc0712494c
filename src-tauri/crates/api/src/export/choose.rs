//! Which codings go out, and which have to be read beside them: a repair of one session may answer a conflict of another,
//! and build-ups run over sessions.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sunder_domain::{CaseId, CodingId, Purpose, RaterId, SessionId};
use sunder_store::{CodingFilter, CodingSummary, SessionRecord};

use crate::app::App;
use crate::coding_file;
use crate::consensus::{RecordedCoding, Records};
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, ExportChoice, ExportForm, Person};

/// One case: its sessions, what is read and what of it goes out.
pub(super) struct CasePlan {
    pub(super) name: String,
    /// By number.
    pub(super) sessions: Vec<SessionRecord>,
    pub(super) read: VecDeque<CodingId>,
    pub(super) shown: BTreeSet<CodingId>,
}

/// All cases that something goes out of, by name.
pub(super) struct Plan {
    pub(super) cases: VecDeque<CasePlan>,
    /// What counts for a session is exported too: nothing restricts whose codings are meant.
    pub(super) whole: bool,
    /// How many codings are read.
    pub(super) all: usize,
}

/// Chooses.
///
/// # Errors
/// `not-found` for names that are not there, or where nothing is like that; `not-allowed` where cases are hidden.
pub(super) fn choose(app: &App, choice: &ExportChoice, records: &Records) -> Result<Plan, ApiError> {
    let study = app.study()?;
    let purpose = choice.purpose.unwrap_or(Purpose::Production);
    let whole = choice.purpose.is_none() && choice.rater.is_none() && study.permissions().lead;
    let named = coding_file::select(
        app,
        choice.case.as_deref(),
        choice.session,
        choice.rater.as_deref(),
        Some(purpose),
    )?;
    let codings = Known::of(study)?;
    let mut shown: BTreeSet<CodingId> = named
        .into_iter()
        .filter(|id| codings.summaries.contains_key(id))
        .collect();
    if whole {
        shown.extend(codings.of_record(records, choice));
    }
    if shown.is_empty() && choice.form != ExportForm::Qdc {
        return Err(ApiError::new(
            ErrorCode::NotFound,
            "No coding is like that, so nothing was exported. Without a purpose only production codings are.",
        ));
    }
    let cases = codings.cases(&shown, records, whole);
    Ok(Plan {
        all: cases.iter().map(|case| case.read.len()).sum(),
        cases,
        whole,
    })
}

/// The codings that this person may read, with where they belong.
struct Known {
    summaries: BTreeMap<CodingId, CodingSummary>,
    sessions: BTreeMap<SessionId, SessionRecord>,
    cases: BTreeMap<CaseId, String>,
}

impl Known {
    fn of(study: &OpenStudy) -> Result<Self, ApiError> {
        let filter = CodingFilter {
            rater: match &study.person {
                Person::Lead => None,
                Person::Rater { rater_id } => Some(rater_id.clone()),
            },
            ..CodingFilter::default()
        };
        let summaries = study.store.codings(&filter)?.into_iter();
        let sessions = study.store.sessions()?.into_iter();
        let cases = study.store.cases()?.into_iter();
        Ok(Self {
            // Of two branches of a coding the longer one is the coding.
            summaries: summaries
                .filter(|coding| coding.branch_label.is_none())
                .map(|coding| (coding.id.clone(), coding))
                .collect(),
            sessions: sessions.map(|session| (session.id.clone(), session)).collect(),
            cases: cases.map(|case| (case.id, case.name)).collect(),
        })
    }

    fn session(&self, coding: &CodingId) -> Option<&SessionRecord> {
        self.sessions.get(&self.summaries.get(coding)?.header.session_id)
    }

    /// Codings that count for a session of the choice, such as its consensus.
    fn of_record<'a>(
        &'a self,
        records: &'a Records,
        choice: &'a ExportChoice,
    ) -> impl Iterator<Item = CodingId> + 'a {
        self.sessions.values().filter_map(|session| {
            let case = self.cases.get(&session.case_id)?;
            let chosen = choice.case.as_ref().is_none_or(|wanted| wanted == case)
                && choice.session.is_none_or(|wanted| wanted == session.number);
            match records.get(&session.id) {
                Some((_, RecordedCoding::One(coding))) if chosen => Some(coding.clone()),
                _ => None,
            }
        })
    }

    /// The cases of what is shown. All codings of the same rater, case and purpose are read, and all that count.
    fn cases(&self, shown: &BTreeSet<CodingId>, records: &Records, whole: bool) -> VecDeque<CasePlan> {
        type Group<'a> = (&'a CaseId, &'a RaterId, Purpose);
        let mut groups: BTreeMap<Group<'_>, Vec<&CodingId>> = BTreeMap::new();
        for (id, summary) in &self.summaries {
            if let Some(session) = self.sessions.get(&summary.header.session_id) {
                let header = &summary.header;
                groups
                    .entry((&session.case_id, &header.rater_id, header.purpose))
                    .or_default()
                    .push(id);
            }
        }
        let mut read: BTreeMap<&CaseId, BTreeSet<CodingId>> = BTreeMap::new();
        for ((case, _, _), members) in groups {
            if members.iter().any(|id| shown.contains(*id)) {
                read.entry(case).or_default().extend(members.into_iter().cloned());
            }
        }
        if whole {
            for session in self.sessions.values() {
                let (Some(read), Some((_, recorded))) =
                    (read.get_mut(&session.case_id), records.get(&session.id))
                else {
                    continue;
                };
                match recorded {
                    RecordedCoding::One(coding) => read.extend([coding.clone()]),
                    RecordedCoding::Mean(codings) => read.extend(codings.iter().cloned()),
                }
            }
        }
        let mut cases: Vec<CasePlan> = read
            .into_iter()
            .map(|(case, read)| self.case(case, read, shown))
            .collect();
        cases.sort_by(|one, other| one.name.cmp(&other.name));
        cases.into()
    }

    fn case(&self, case: &CaseId, read: BTreeSet<CodingId>, shown: &BTreeSet<CodingId>) -> CasePlan {
        let own: BTreeSet<CodingId> = read.iter().filter(|id| shown.contains(*id)).cloned().collect();
        let mut sessions: Vec<SessionRecord> = self
            .sessions
            .values()
            .filter(|session| session.case_id == *case)
            .cloned()
            .collect();
        sessions.retain(|session| {
            own.iter()
                .any(|id| self.session(id).is_some_and(|known| known.id == session.id))
        });
        sessions.sort_by_key(|session| session.number);
        CasePlan {
            name: self.cases.get(case).cloned().unwrap_or_default(),
            sessions,
            read: read.into_iter().collect(),
            shown: own,
        }
    }
}
