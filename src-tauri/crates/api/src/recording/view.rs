//! The recording of a session as this person may have it.

use sunder_domain::Material;
use sunder_media::Kind;
use sunder_store::RecordingRecord;

use super::place::file_of;
use crate::app::App;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, RecordingQuestion, RecordingState, RecordingView};

/// The recording of a session, as its file is now.
///
/// # Errors
/// `not-found` for a session that has none, or none for this person.
pub fn view(app: &mut App, request: RecordingQuestion) -> Result<RecordingView, ApiError> {
    let record = heard(app.study()?, &request.session_id)?;
    let view = recording_view(app, &record.session_id)?;
    view.ok_or_else(no_recording)
}

/// The recording that this person may hear.
pub(super) fn heard(
    study: &OpenStudy,
    session_id: &sunder_domain::SessionId,
) -> Result<RecordingRecord, ApiError> {
    study.somebody()?;
    let record = study.recordings.get(session_id).filter(|_| may_hear(study));
    record.cloned().ok_or_else(no_recording)
}

fn no_recording() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "This session has no recording that you may hear.",
    )
}

/// Raters of a study that works from transcripts get no recording at all: it would change what they judge.
fn may_hear(study: &OpenStudy) -> bool {
    study.permissions().lead || study.settings.material != Material::Transcript
}

fn may_see(study: &OpenStudy) -> bool {
    study.permissions().lead || study.settings.material == Material::Video
}

/// The same, for a session that may have none; with the address under which it plays.
pub(crate) fn recording_view(
    app: &mut App,
    session_id: &sunder_domain::SessionId,
) -> Result<Option<RecordingView>, ApiError> {
    let study = app.study()?;
    let Some(record) = study
        .recordings
        .get(session_id)
        .filter(|_| may_hear(study))
        .cloned()
    else {
        return Ok(None);
    };
    let (path, state) = file_of(app, &record)?;
    let (lead, may_see) = (study.permissions().lead, may_see(study));
    let url = path.and_then(|path| play(app, &record, &path));
    Ok(Some(RecordingView {
        // What cannot be opened any more was taken away since.
        state: if url.is_none() && app.media.is_some() && state == RecordingState::There {
            RecordingState::Missing
        } else {
            state
        },
        url,
        video: record.video && may_see,
        duration_ms: record.duration_ms,
        offset_ms: record.offset_ms,
        file: lead.then_some(record.path),
    }))
}

/// Puts the file where the window can play it.
fn play(app: &mut App, record: &RecordingRecord, path: &std::path::Path) -> Option<String> {
    let server = app.media.as_ref()?;
    let study = app.open.as_mut()?;
    if study.shelf.is_none() {
        study.shelf = server.shelf().ok();
    }
    let kind = Kind::of(path).ok()?;
    study
        .shelf
        .as_ref()?
        .put(record.session_id.as_str(), path, kind)
        .ok()
}
