//! Linking a recording to a session, changing its offset, unlinking it, and saying where it is now.

use std::path::{Path, PathBuf};

use sunder_domain::SessionId;
use sunder_media::{Inspected, fingerprint, inspect};
use sunder_store::{Change, NewOperation, OperationKind, RecordingRecord, Target};

use super::jobs::{Purpose, Read, Watches};
use super::place::from_study;
use super::view::heard;
use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::import::{Plan, next_number};
use crate::study::{OpenStudy, current};
use crate::wire::{
    ApiError, ErrorCode, FindRecording, LinkRecording, RecordingJob, RecordingTarget, SetRecordingOffset,
    StudyView, UnlinkRecording,
};

/// A recording begins at most a day before or after its session.
const LARGEST_OFFSET_MS: i32 = 86_400_000;

/// What is to be linked once the file was read.
#[derive(Debug, Clone)]
pub(super) struct Linking {
    path: PathBuf,
    target: RecordingTarget,
    offset_ms: i32,
}

/// Reads a recording, and links it to its session when that is done. Lead only.
///
/// # Errors
/// `not-allowed` for raters, `not-found` for an unknown session, `bad-request` for an impossible offset, `conflict` for
/// a new session whose number is taken.
pub fn link(app: &mut App, request: LinkRecording) -> Result<RecordingJob, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    possible(request.offset_ms)?;
    match &request.target {
        RecordingTarget::Session { session_id } => {
            study.session(session_id)?;
        }
        RecordingTarget::New { case, number } => free(study, case, *number)?,
    }
    let path = PathBuf::from(&request.path);
    let linking = Linking {
        path: path.clone(),
        target: request.target,
        offset_ms: request.offset_ms,
    };
    study
        .recording_jobs
        .start(Purpose::Link(linking), 2, move |watches| {
            // What it is comes first: a file that is no recording is told at once.
            let inspected = inspect(&path, watch(&watches, 0))?;
            let (sha256, bytes) = fingerprint(&path, watch(&watches, 1))?;
            Ok(Read::File {
                sha256,
                bytes,
                inspected: Some(inspected),
            })
        })
}

/// One of the watches of a job; there are as many as were asked for.
pub(super) fn watch(watches: &Watches, at: usize) -> &sunder_media::Watch {
    static SPARE: std::sync::LazyLock<sunder_media::Watch> = std::sync::LazyLock::new(Default::default);
    watches.get(at).unwrap_or(&SPARE)
}

fn possible(offset_ms: i32) -> Result<(), ApiError> {
    if offset_ms.unsigned_abs() <= LARGEST_OFFSET_MS.unsigned_abs() {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::BadRequest,
        "A recording begins at most 24 hours before or after its session.",
    ))
}

/// A new session's number is one that no session of the case has.
fn free(study: &OpenStudy, case: &str, number: Option<u32>) -> Result<(), ApiError> {
    let cases = study.store.cases()?;
    let case = cases.iter().find(|known| known.name == case.trim());
    let (Some(case), Some(number)) = (case, number) else {
        return Ok(());
    };
    let taken = study
        .store
        .sessions()?
        .iter()
        .any(|session| session.case_id == case.id && session.number == number);
    if taken {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            format!(
                "This case has a session {number} already. Choose another number, or link the recording to that session."
            ),
        ));
    }
    Ok(())
}

/// Writes the link of a file that was read.
pub(super) fn finish_link(
    app: &mut App,
    linking: Linking,
    sha256: String,
    bytes: u64,
    inspected: &Inspected,
) -> Result<SessionId, ApiError> {
    let at_ms = app.now_ms();
    let number = match &linking.target {
        RecordingTarget::New { case, number: None } => next_number(app, case.trim())?,
        RecordingTarget::New {
            number: Some(number), ..
        } => *number,
        RecordingTarget::Session { .. } => 0,
    };
    let study = app.study_mut()?;
    study.lead_only()?;
    let mut plan = Plan::of(study, at_ms)?;
    let session_id = match &linking.target {
        RecordingTarget::Session { session_id } => session_id.clone(),
        RecordingTarget::New { case, .. } => {
            free(study, case, Some(number))?;
            let case_id = plan.case(case, "")?;
            plan.session(case_id, number, None)?.id
        }
    };
    let record = RecordingRecord {
        session_id: session_id.clone(),
        path: from_study(&study.path, &linking.path),
        sha256,
        bytes,
        media_type: inspected.kind.media_type.to_owned(),
        video: inspected.kind.video,
        duration_ms: inspected.duration_ms,
        offset_ms: linking.offset_ms,
        linked_ms: at_ms,
    };
    let operation = NewOperation::new(
        fresh().map_err(|_| no_id())?,
        OperationKind::RecordingLink,
        study.actor(),
        at_ms,
        vec![change(&session_id, Some(record))],
    );
    plan.operations.push((Target::SetUp, operation));
    study.store.transact_all(plan.operations)?;
    // One that was there before is served no longer.
    study.shelf = None;
    study.refresh()?;
    Ok(session_id)
}

fn change(session_id: &SessionId, after: Option<RecordingRecord>) -> Change {
    Change::Recording {
        session_id: session_id.clone(),
        after,
    }
}

/// Sets where a recording begins on the session's clock. Lead only.
///
/// # Errors
/// `not-allowed` for raters, `not-found` for a session without a recording, `bad-request` for an impossible offset.
pub fn set_offset(app: &mut App, request: SetRecordingOffset) -> Result<StudyView, ApiError> {
    possible(request.offset_ms)?;
    let record = linked(app, &request.session_id)?;
    if record.offset_ms != request.offset_ms {
        let after = RecordingRecord {
            offset_ms: request.offset_ms,
            ..record
        };
        let changed = change(&request.session_id, Some(after));
        write(app, request.op, OperationKind::RecordingEdit, changed)?;
    }
    current(app)
}

/// Takes a recording from its session. The file stays where it is. Lead only.
///
/// # Errors
/// `not-allowed` for raters, `not-found` for a session without a recording.
pub fn unlink(app: &mut App, request: UnlinkRecording) -> Result<StudyView, ApiError> {
    linked(app, &request.session_id)?;
    let changed = change(&request.session_id, None);
    write(app, request.op, OperationKind::RecordingUnlink, changed)?;
    current(app)
}

fn linked(app: &App, session_id: &SessionId) -> Result<RecordingRecord, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    heard(study, session_id)
}

fn write(
    app: &mut App,
    op: sunder_domain::OperationId,
    kind: OperationKind,
    change: Change,
) -> Result<(), ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    let operation = NewOperation::new(op, kind, study.actor(), at_ms, vec![change]);
    study.store.transact(Target::SetUp, operation)?;
    // What was played until now is served no longer.
    study.shelf = None;
    study.refresh()
}

/// Says where a recording is now; when its hash is that of the one linked, this machine remembers it. Nothing of the
/// study changes: elsewhere it may lie elsewhere.
///
/// # Errors
/// `not-found` for a session without a recording.
pub fn find(app: &mut App, request: FindRecording) -> Result<RecordingJob, ApiError> {
    let study = app.study_mut()?;
    heard(study, &request.session_id)?;
    let path = PathBuf::from(&request.path);
    let purpose = Purpose::Find {
        session_id: request.session_id,
        path: path.clone(),
    };
    study.recording_jobs.start(purpose, 1, move |watches| {
        let (sha256, bytes) = fingerprint(&path, watch(&watches, 0))?;
        Ok(Read::File {
            sha256,
            bytes,
            inspected: None,
        })
    })
}

/// Remembers the file where it is the one.
pub(super) fn finish_find(
    app: &mut App,
    session_id: &SessionId,
    path: PathBuf,
    sha256: &str,
) -> Result<(), ApiError> {
    let record = heard(app.study()?, session_id)?;
    if record.sha256 != sha256 {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "This is another file than the one that was linked: its content differs. Choose the recording of this \
             session, or have the lead link this one instead.",
        ));
    }
    let path = std::path::absolute(Path::new(&path)).unwrap_or(path);
    app.local.set_recording(record.sha256, path)
}
