//! The waveform of a session's recording: from this machine's cache, or computed once.

use sunder_media::{Peaks, WaveformCache, fingerprint, peaks};

use super::jobs::{Purpose, Read};
use super::link::watch;
use super::place::file_of;
use super::view::heard;
use crate::app::App;
use crate::wire::{ApiError, ErrorCode, JobState, RecordingProgress, RecordingQuestion, Waveform};

/// More columns than any window has.
const MOST_PEAKS: usize = 4_000;

/// The waveform, where it is known; else begins to compute it, and the reply is the job to ask about.
///
/// # Errors
/// `not-found` for a session without a recording, `file` where its file is not there.
pub fn start(app: &mut App, request: RecordingQuestion) -> Result<RecordingProgress, ApiError> {
    let record = heard(app.study()?, &request.session_id)?;
    let cache = WaveformCache::new(app.environment.data_folder.join("waveforms"));
    let known = cache.get(&record.sha256);
    let mut progress = RecordingProgress {
        job_id: 0,
        state: JobState::Done,
        done: 1.0,
        session_id: Some(record.session_id.clone()),
        warning: None,
        waveform: known.as_ref().map(drawn),
        problem: None,
    };
    if known.is_some() {
        return Ok(progress);
    }
    let (Some(path), _) = file_of(app, &record)? else {
        return Err(ApiError::new(
            ErrorCode::File,
            "The recording is not where it was linked.",
        ));
    };
    let purpose = Purpose::Draw {
        session_id: record.session_id.clone(),
    };
    let study = app.study_mut()?;
    let job = study.recording_jobs.start(purpose, 2, move |watches| {
        let peaks = peaks(&path, watch(&watches, 0))?;
        // Kept under the hash of what was read, whatever the link says.
        let (sha256, _) = fingerprint(&path, watch(&watches, 1))?;
        if cache.put(&sha256, &peaks).is_err() {
            // It is computed again the next time.
        }
        Ok(Read::Peaks(peaks))
    })?;
    progress.job_id = job.job_id;
    progress.state = JobState::Reading;
    progress.done = 0.0;
    progress.session_id = None;
    Ok(progress)
}

/// A waveform as it is drawn.
pub(super) fn drawn(peaks: &Peaks) -> Waveform {
    Waveform {
        peaks: peaks.at_most(MOST_PEAKS),
        duration_ms: peaks.duration_ms(),
    }
}
