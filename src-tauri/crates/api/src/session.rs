//! Opening a session for coding or for looking.

use sunder_domain::{
    ClockSource, CodingId, Purpose, RaterId, Relationship, Role, SessionId, Status, Transcript,
    TranscriptRef, Turn,
};
use sunder_store::{CodingFilter, CodingHeader};

use crate::app::{App, no_id};
use crate::coding::{Working, coding_view};
use crate::consensus::ruling_views;
use crate::environment::fresh;
use crate::look::kept_look;
use crate::recording::recording_view;
use crate::study::{OpenStudy, session_item};
use crate::wire::{
    ApiError, ErrorCode, LastOpened, Nothing, OpenSession, Person, RelationshipElements, SessionView,
    SetPosition, TranscriptView, TurnView,
};

/// Stands for a rater where nobody has coded the session: an id that no rater is given.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// Opens a session: a rater's own coding, begun where there is none, or for the lead the coding named (else the first).
/// Where nobody has coded it, the lead reads the transcript under a coding that is empty, named after nobody, and never
/// written.
///
/// # Errors
/// `not-found`, `not-allowed` for a rater who asks for another's coding, and file errors.
pub fn open(app: &mut App, request: OpenSession) -> Result<SessionView, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    let coding_id = match &request.coding_id {
        Some(id) => id.clone(),
        None => coding_of(study, &request.session_id, request.purpose, at_ms)?,
    };
    study.may_read(&coding_id)?;
    let position_key = position_key(study, &request.session_id);
    let undo = study.undo_and_redo(&coding_id)?;
    let recording = recording_view(app, &request.session_id)?;
    let study = app.study()?;
    let coding = study.working_ref(&coding_id)?;
    let session = study.session(&request.session_id)?;
    if coding.header.session_id != session.id {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "This coding belongs to another session.",
        ));
    }
    let eyes = study.eyes(coding)?;
    let rater = if coding.header.rater_id.as_str() == NOBODY {
        String::new()
    } else {
        study.rater_name(&coding.header.rater_id)?
    };
    let shown = study.permissions().lead || study.settings.raters_see_brief;
    let brief = study.case_of(&session)?.brief;
    Ok(SessionView {
        session: session_item(study, &session.id)?,
        transcript: TranscriptView {
            version: coding.header.transcript.version,
            newer: newer_transcript(study, coding)?,
            clock: clock_of(&coding.transcript),
            duration_ms: coding.duration_ms(),
            turns: coding
                .transcript
                .turns
                .iter()
                .map(|turn| turn_view(&coding.transcript, turn))
                .collect(),
        },
        recording,
        coding: coding_view(coding, &rater, &eyes, undo),
        read_only: study.may_write(&coding_id).is_err(),
        position_ms: app
            .local
            .position(&position_key)
            .unwrap_or_else(|| frontier(coding))
            .min(coding.duration_ms()),
        window_ms: study.settings.window_seconds.saturating_mul(1_000),
        rulings: ruling_views(study)?,
        brief: (shown && !brief.is_empty()).then_some(brief),
        elements: Relationship::ALL
            .iter()
            .map(|relationship| RelationshipElements {
                relationship: *relationship,
                elements: relationship.elements().to_vec(),
            })
            .collect(),
        look: kept_look(app),
    })
}

/// The same in the window: at the next start it is what opens for this person.
///
/// # Errors
/// As [`open`].
pub fn open_in_window(app: &mut App, request: OpenSession) -> Result<SessionView, ApiError> {
    let view = open(app, request)?;
    let key = app.study()?.memory_key();
    let opened = LastOpened {
        session_id: view.session.id.clone(),
        coding_id: view.coding.id.clone(),
    };
    if app.local.set_last_opened(key, opened).is_err() {
        // The session is open all the same; the next start opens another one.
    }
    Ok(view)
}

/// Remembers where playing stopped; no operation, this machine only.
///
/// # Errors
/// `no-study`, and `file` when it cannot be written.
pub fn set_position(app: &mut App, request: SetPosition) -> Result<Nothing, ApiError> {
    let key = position_key(app.study()?, &request.session_id);
    app.local.set_position(key, request.at_ms)?;
    Ok(Nothing {})
}

pub(crate) fn turn_view(transcript: &Transcript, turn: &Turn) -> TurnView {
    let speaker = turn
        .speaker
        .and_then(|index| usize::try_from(index).ok())
        .and_then(|index| transcript.speakers.get(index));
    TurnView {
        role: speaker.map_or(Role::Other, |speaker| speaker.role),
        speaker: speaker.map(|speaker| speaker.name.clone()).unwrap_or_default(),
        text: turn.text.clone(),
        start_ms: turn.start_ms,
        end_ms: turn.end_ms,
        estimated: turn.start_estimated,
    }
}

/// Without turns there is nothing to estimate: the clock is the recording's.
fn clock_of(transcript: &Transcript) -> ClockSource {
    if transcript.turns.is_empty() {
        ClockSource::Given
    } else {
        transcript.clock
    }
}

/// Where a coding that was begun elsewhere goes on: behind what was seen from the start on.
fn frontier(coding: &Working) -> u32 {
    match (coding.status, coding.coverage.first()) {
        (Status::Open, Some((0, end))) if *end < coding.duration_ms() => *end,
        _ => 0,
    }
}

fn position_key(study: &OpenStudy, session_id: &SessionId) -> String {
    format!("{}/{session_id}", study.memory_key())
}

/// The newest version of the transcript, where the coding stands on an older one.
fn newer_transcript(study: &OpenStudy, coding: &Working) -> Result<Option<u32>, ApiError> {
    let newest = study.store.newest_transcript(&coding.header.session_id)?;
    Ok(newest
        .filter(|newest| newest.sha256 != coding.header.transcript.sha256)
        .map(|newest| newest.version))
}

fn coding_of(
    study: &mut OpenStudy,
    session_id: &SessionId,
    purpose: Option<Purpose>,
    at_ms: i64,
) -> Result<CodingId, ApiError> {
    let filter = CodingFilter {
        session: Some(session_id.clone()),
        purpose,
        ..CodingFilter::default()
    };
    let mut codings = study.store.codings(&filter)?;
    codings.retain(|coding| coding.branch_label.is_none());
    // Production first: the others are asked for by name.
    codings.sort_by_key(|coding| coding.header.purpose != Purpose::Production);
    let rater_id = match study.person.clone() {
        Person::Rater { rater_id } => {
            codings.retain(|coding| coding.header.rater_id == rater_id);
            rater_id
        }
        Person::Lead => RaterId::new(NOBODY).map_err(|_| no_id())?,
    };
    if let Some(first) = codings.into_iter().next() {
        return Ok(first.id);
    }
    let purpose = purpose.unwrap_or(Purpose::Production);
    if let Some(begun) = study.begun(session_id, &rater_id, purpose) {
        return Ok(begun);
    }
    let transcript = transcript_of(study, session_id)?;
    let header = CodingHeader {
        session_id: session_id.clone(),
        rater_id,
        purpose,
        perspective: sunder_domain::Perspective::Observer,
        material: study.settings.material,
        codebook: study.codebook.reference().to_string(),
        transcript,
        started_ms: at_ms,
    };
    let id: CodingId = fresh().map_err(|_| no_id())?;
    study.begin(id.clone(), header)?;
    Ok(id)
}

/// The transcript that a coding begins on; none where the session has a recording alone.
fn transcript_of(study: &OpenStudy, session_id: &SessionId) -> Result<TranscriptRef, ApiError> {
    if study.recordings.contains_key(session_id) && study.store.newest_transcript(session_id)?.is_none() {
        return Ok(TranscriptRef {
            version: 0,
            sha256: String::new(),
        });
    }
    let transcript = study.newest_transcript(session_id)?;
    Ok(TranscriptRef {
        version: transcript.version,
        sha256: transcript.sha256,
    })
}
