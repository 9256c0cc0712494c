//! A coding file checked against the study, before anything is written: where it belongs, what it would make, and
//! whether it is there already.

use sunder_domain::{Coding, CodingId, Purpose, RaterId, SessionId, TranscriptRef};
use sunder_store::{CodingFilter, LEAD, TranscriptRecord};

use super::export::as_file;
use crate::app::App;
use crate::consensus::lead;
use crate::import::Plan;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode};

/// What a coding brings with it that the study does not have.
pub(super) enum Makes {
    Case(String),
    Session { case: String, number: u32 },
    Rater(String),
}

impl Makes {
    pub(super) fn done(&self) -> String {
        match self {
            Self::Case(case) => format!("There was no case {case}; one was made."),
            Self::Session { case, number } => format!(
                "Case {case} had no session {number}; it was made, without a transcript, so positions could not be checked."
            ),
            Self::Rater(rater) => format!("There was no rater {rater}; one was made."),
        }
    }

    pub(super) fn ahead(&self) -> String {
        match self {
            Self::Case(case) => format!("case {case}"),
            Self::Session { case, number } => format!(
                "session {number} of case {case}, without a transcript, so that positions cannot be checked"
            ),
            Self::Rater(rater) => format!("rater {rater}"),
        }
    }
}

/// A coding file, checked against the study and not written yet.
pub(super) struct Intake {
    pub(super) at_ms: i64,
    pub(super) coding: Coding,
    pub(super) plan: Plan,
    pub(super) session: SessionId,
    pub(super) rater: RaterId,
    pub(super) transcript: TranscriptRef,
    pub(super) makes: Vec<Makes>,
    pub(super) warnings: Vec<String>,
    /// The equal coding that the study has already.
    pub(super) known: Option<CodingId>,
}

impl Intake {
    /// Checks everything.
    ///
    /// # Errors
    /// As [`super::import`].
    pub(super) fn of(app: &mut App, text: &str, as_recoding: bool) -> Result<Self, ApiError> {
        let at_ms = app.now_ms();
        let study = app.study_mut()?;
        study.lead_only()?;
        let (mut coding, warnings) = Coding::from_json(text, &study.codebook)
            .map_err(|error| ApiError::new(ErrorCode::Format, format!("{error}.")))?;
        if as_recoding {
            coding.purpose = Purpose::Recoding;
        }
        let mut makes = Vec::new();
        let mut plan = Plan::of(study, at_ms)?;
        let session = place(&mut plan, &coding, &mut makes)?;
        let transcript = version_of(study, &session, &coding)?;
        // The lead, who writes the consensus, is no rater of a study.
        let (rater, is_new) = if coding.purpose == Purpose::Consensus && coding.rater == LEAD {
            (lead()?, false)
        } else {
            plan.rater(&coding.rater)?
        };
        if is_new {
            makes.push(Makes::Rater(coding.rater.clone()));
        }
        let known = same_kind(study, &session, &rater, coding.purpose)?;
        match &known {
            Some(known) => must_equal(study, known, &coding)?,
            None => {
                let kept = study.transcript(&transcript.sha256)?;
                if !kept.turns.is_empty() {
                    coding
                        .fits(&kept)
                        .map_err(|error| ApiError::new(ErrorCode::Format, format!("{error}.")))?;
                }
            }
        }
        Ok(Self {
            at_ms,
            coding,
            plan,
            session,
            rater,
            transcript,
            makes,
            warnings: warnings.iter().map(ToString::to_string).collect(),
            known,
        })
    }
}

/// The session that the coding is of, planned where there is none.
fn place(plan: &mut Plan, coding: &Coding, makes: &mut Vec<Makes>) -> Result<SessionId, ApiError> {
    if !plan.has_case(&coding.case) {
        makes.push(Makes::Case(coding.case.clone()));
    }
    let case = plan.case(&coding.case, "")?;
    if let Some(session) = plan.find(&case, coding.session) {
        return Ok(session.id.clone());
    }
    makes.push(Makes::Session {
        case: coding.case.clone(),
        number: coding.session,
    });
    Ok(plan.session(case, coding.session, None)?.id)
}

/// The version of the session's transcript that the coding was made on. Where the session has none yet, what the file
/// says is kept, so that the transcript is found when it comes.
fn version_of(study: &OpenStudy, session: &SessionId, coding: &Coding) -> Result<TranscriptRef, ApiError> {
    let versions: Vec<TranscriptRecord> = study
        .store
        .transcripts()?
        .into_iter()
        .filter(|record| record.session_id == *session)
        .collect();
    let reference = |record: &TranscriptRecord| TranscriptRef {
        version: record.version,
        sha256: record.sha256.clone(),
    };
    let newest = versions.iter().max_by_key(|record| record.version);
    match (&coding.transcript, newest) {
        (None, None) => Ok(TranscriptRef {
            version: 0,
            sha256: String::new(),
        }),
        (None, Some(newest)) => Ok(reference(newest)),
        (Some(named), None) => Ok(named.clone()),
        (Some(named), Some(newest)) => versions
            .iter()
            .find(|record| record.sha256 == named.sha256)
            .map(reference)
            .ok_or_else(|| {
                ApiError::new(
                    ErrorCode::Conflict,
                    format!(
                        "The coding was made on version {} of the transcript ({}); case {}, session {} has version {} ({}). Import that transcript first, or take the coding from the right study.",
                        named.version,
                        shortened(&named.sha256),
                        coding.case,
                        coding.session,
                        newest.version,
                        shortened(&newest.sha256)
                    ),
                )
            }),
    }
}

fn shortened(sha256: &str) -> &str {
    sha256.get(..12).unwrap_or(sha256)
}

fn same_kind(
    study: &OpenStudy,
    session: &SessionId,
    rater: &RaterId,
    purpose: Purpose,
) -> Result<Option<CodingId>, ApiError> {
    let filter = CodingFilter {
        session: Some(session.clone()),
        rater: Some(rater.clone()),
        purpose: Some(purpose),
        ..CodingFilter::default()
    };
    Ok(study
        .store
        .codings(&filter)?
        .into_iter()
        .find(|coding| coding.branch_label.is_none())
        .map(|coding| coding.id))
}

/// Another coding of the same kind is refused; the same one again is none.
fn must_equal(study: &mut OpenStudy, known: &CodingId, incoming: &Coding) -> Result<(), ApiError> {
    let working = study.working(known)?.clone();
    let kept = as_file(study, &working)?;
    if ordered(&kept) == ordered(incoming) {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::Exists,
        format!(
            "{} has a {} coding of case {}, session {} already, and it is different; nothing was imported. Import it as a recoding, or under another rater.",
            incoming.rater, incoming.purpose, incoming.case, incoming.session
        ),
    ))
}

/// The coding with everything in one order; which transcript it names was checked before.
fn ordered(coding: &Coding) -> Coding {
    let mut coding = coding.clone();
    coding.transcript = None;
    coding.conflicts.sort_by(|a, b| a.id.cmp(&b.id));
    for conflict in &mut coding.conflicts {
        conflict.elements.sort_unstable();
    }
    coding.markers.sort_by(|a, b| a.id.cmp(&b.id));
    coding.notes.sort_by(|a, b| a.id.cmp(&b.id));
    coding.ratings.windows.sort_by_key(|window| window.start_ms);
    for members in &mut coding.dismissed {
        members.sort_unstable();
    }
    coding.dismissed.sort();
    coding
}
