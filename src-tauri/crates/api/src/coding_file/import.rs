//! A coding file on its way in: whole or not at all, once.

use sunder_domain::{Coding, CodingId, Purpose, RaterId, SessionId, Status, TranscriptRef};
use sunder_store::{
    Change, CodingFilter, CodingHeader, LEAD, NewOperation, OperationKind, StatusRecord, Target,
    TranscriptRecord,
};

use super::export::as_file;
use crate::app::{App, no_id};
use crate::consensus::lead;
use crate::environment::fresh;
use crate::import::Plan;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, ImportCoding, ImportedCoding};

/// Takes in a coding file. An unknown rater, case or session is made, and said; the same coding again is "already there".
///
/// # Errors
/// `not-allowed` for raters; `file`; `format` with line and column; `conflict` where the session has another coding of this
/// rater and purpose, or the coding was made on another version of the transcript.
pub fn import(app: &mut App, request: ImportCoding) -> Result<ImportedCoding, ApiError> {
    let text = std::fs::read_to_string(&request.path).map_err(|error| {
        ApiError::new(
            ErrorCode::File,
            format!("{} could not be read: {error}.", request.path),
        )
    })?;
    take_in(app, &text, request.as_recoding).map_err(|error| ApiError {
        message: format!("{}: {}", request.path, error.message),
        ..error
    })
}

/// Takes in the text of a coding file. Everything is checked before anything is written.
pub(crate) fn take_in(app: &mut App, text: &str, as_recoding: bool) -> Result<ImportedCoding, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    let (mut coding, warnings) = Coding::from_json(text, &study.codebook)
        .map_err(|error| ApiError::new(ErrorCode::Format, format!("{error}.")))?;
    let mut messages: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    if as_recoding {
        coding.purpose = Purpose::Recoding;
    }
    let mut plan = Plan::of(study, at_ms)?;
    let session = place(&mut plan, &coding, &mut messages)?;
    let transcript = version_of(study, &session, &coding)?;
    // The lead, who writes the consensus, is no rater of a study.
    let (rater_id, made) = if coding.purpose == Purpose::Consensus && coding.rater == LEAD {
        (lead()?, false)
    } else {
        plan.rater(&coding.rater)?
    };
    if made {
        messages.push(format!("There was no rater {}; one was made.", coding.rater));
    }
    if let Some(known) = same_kind(study, &session, &rater_id, coding.purpose)? {
        return compare(study, &known, &coding, messages);
    }
    let kept = study.transcript(&transcript.sha256)?;
    if !kept.turns.is_empty() {
        coding
            .fits(&kept)
            .map_err(|error| ApiError::new(ErrorCode::Format, format!("{error}.")))?;
    }
    let coding_id = write(study, plan, at_ms, &session, rater_id, transcript, coding)?;
    Ok(ImportedCoding {
        coding_id,
        already_there: false,
        messages,
    })
}

/// The session that the coding is of, planned where there is none.
fn place(plan: &mut Plan, coding: &Coding, messages: &mut Vec<String>) -> Result<SessionId, ApiError> {
    if !plan.has_case(&coding.case) {
        messages.push(format!("There was no case {}; one was made.", coding.case));
    }
    let case = plan.case(&coding.case, "")?;
    if let Some(session) = plan.find(&case, coding.session) {
        return Ok(session.id.clone());
    }
    messages.push(format!(
        "Case {} had no session {}; it was made, without a transcript, so positions could not be checked.",
        coding.case, coding.session
    ));
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

fn compare(
    study: &mut OpenStudy,
    known: &CodingId,
    incoming: &Coding,
    messages: Vec<String>,
) -> Result<ImportedCoding, ApiError> {
    let working = study.working(known)?.clone();
    let kept = as_file(study, &working)?;
    if ordered(&kept) == ordered(incoming) {
        return Ok(ImportedCoding {
            coding_id: known.clone(),
            already_there: true,
            messages,
        });
    }
    Err(ApiError::new(
        ErrorCode::Conflict,
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

fn write(
    study: &mut OpenStudy,
    plan: Plan,
    at_ms: i64,
    session: &SessionId,
    rater_id: RaterId,
    transcript: TranscriptRef,
    coding: Coding,
) -> Result<CodingId, ApiError> {
    let header = CodingHeader {
        session_id: session.clone(),
        rater_id,
        purpose: coding.purpose,
        perspective: coding.perspective,
        material: coding.material,
        codebook: coding.codebook.clone(),
        transcript,
        started_ms: at_ms,
    };
    let mut changes: Vec<Change> = Vec::new();
    changes.extend(coding.conflicts.into_iter().map(|conflict| Change::Conflict {
        id: conflict.id.clone(),
        after: Some(Box::new(conflict)),
    }));
    changes.extend(coding.markers.into_iter().map(|marker| Change::Marker {
        id: marker.id.clone(),
        after: Some(Box::new(marker)),
    }));
    changes.extend(
        coding
            .ratings
            .session
            .into_iter()
            .map(|(key, score)| Change::SessionRating {
                key,
                after: Some(score),
            }),
    );
    changes.extend(coding.ratings.windows.into_iter().map(|window| Change::Window {
        start_ms: window.start_ms,
        after: Some(window),
    }));
    changes.extend(coding.notes.into_iter().map(|note| Change::Note {
        id: note.id.clone(),
        after: Some(note),
    }));
    if !coding.coverage.is_empty() {
        changes.push(Change::Coverage {
            after: coding.coverage,
        });
    }
    changes.extend(
        coding
            .dismissed
            .into_iter()
            .map(|members| Change::Dismissed { members, after: true }),
    );
    if coding.status == Status::Submitted {
        changes.push(Change::Status {
            after: Some(StatusRecord {
                status: Status::Submitted,
                at_ms,
                reason: None,
            }),
        });
    }
    let id: CodingId = fresh().map_err(|_| no_id())?;
    let actor = study.actor();
    let target = Target::Coding(id.clone());
    let start = Change::Coding { after: Some(header) };
    let operation = |kind, changes| {
        Ok::<_, ApiError>(NewOperation::new(
            fresh().map_err(|_| no_id())?,
            kind,
            &actor,
            at_ms,
            changes,
        ))
    };
    let mut operations = plan.operations;
    operations.extend([
        (
            target.clone(),
            operation(OperationKind::CodingStart, vec![start])?,
        ),
        (target, operation(OperationKind::CodingImport, changes)?),
    ]);
    study.store.transact_all(operations)?;
    study.refresh()?;
    Ok(id)
}
