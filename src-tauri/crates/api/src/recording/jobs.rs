//! Files that are being read: a recording is large and a disk may be slow, so that nobody waits for one. Each is read on
//! a thread of its own; who asks is told how far it is. A job that is let go of stops.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;

use sunder_domain::SessionId;
use sunder_media::{Inspected, MediaError, Peaks, Watch};

use super::link::{Linking, finish_find, finish_link};
use super::waveform::drawn;
use crate::app::App;
use crate::wire::{ApiError, ErrorCode, JobState, Nothing, RecordingJob, RecordingProgress};

/// All jobs of an open study.
#[derive(Default)]
pub(crate) struct RecordingJobs {
    last: u32,
    jobs: BTreeMap<u32, Job>,
}

/// What is to be done with what was read.
#[derive(Debug, Clone)]
pub(super) enum Purpose {
    Link(Linking),
    Find {
        session_id: SessionId,
        path: std::path::PathBuf,
    },
    Draw {
        session_id: SessionId,
    },
}

/// What was read.
#[derive(Debug)]
pub(super) enum Read {
    /// The file's hash and length, and what it is.
    File {
        sha256: String,
        bytes: u64,
        inspected: Option<Inspected>,
    },
    Peaks(Peaks),
}

/// A file that is read through more than once is watched once for each time.
pub(super) type Watches = Arc<[Watch]>;

/// A thread at work; dropping it tells the thread to stop.
struct Job {
    purpose: Purpose,
    watches: Watches,
    thread: Option<JoinHandle<Result<Read, MediaError>>>,
    cancelled: bool,
}

impl Drop for Job {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Job {
    fn stop(&self) {
        self.watches.iter().for_each(Watch::stop);
    }

    fn done(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "two or three")]
        let times = self.watches.len().max(1) as f64;
        self.watches.iter().map(Watch::done).sum::<f64>() / times
    }
}

impl RecordingJobs {
    /// Starts to read; `times` is how often the file is read through.
    pub(super) fn start(
        &mut self,
        purpose: Purpose,
        times: usize,
        read: impl FnOnce(Watches) -> Result<Read, MediaError> + Send + 'static,
    ) -> Result<RecordingJob, ApiError> {
        let watches: Watches = (0..times).map(|_| Watch::default()).collect();
        let own = Arc::clone(&watches);
        let thread = std::thread::Builder::new()
            .name("recording".to_owned())
            .spawn(move || read(own))
            .map_err(|_| ApiError::new(ErrorCode::Internal, "The system gave no thread to read on."))?;
        self.last = self.last.wrapping_add(1);
        self.jobs.insert(
            self.last,
            Job {
                purpose,
                watches,
                thread: Some(thread),
                cancelled: false,
            },
        );
        Ok(RecordingJob { job_id: self.last })
    }
}

fn no_job() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "This file is no longer being read. Start again.",
    )
}

/// How far a job is; the first question after its end brings what came of it, and ends it.
///
/// # Errors
/// `not-found` for a job that is not there.
pub fn poll(app: &mut App, request: RecordingJob) -> Result<RecordingProgress, ApiError> {
    let study = app.study_mut()?;
    study.somebody()?;
    let job_id = request.job_id;
    let jobs = &mut study.recording_jobs.jobs;
    let job = jobs.get(&job_id).ok_or_else(no_job)?;
    let mut progress = RecordingProgress {
        job_id,
        state: JobState::Reading,
        done: job.done(),
        session_id: None,
        warning: None,
        waveform: None,
        problem: None,
    };
    if !job.thread.as_ref().is_none_or(JoinHandle::is_finished) {
        return Ok(progress);
    }
    let mut job = jobs.remove(&job_id).ok_or_else(no_job)?;
    if job.cancelled {
        progress.state = JobState::Cancelled;
        return Ok(progress);
    }
    let purpose = job.purpose.clone();
    let ended = match job.thread.take().map(JoinHandle::join) {
        Some(Ok(read)) => read.map_err(|error| trouble(&error)),
        // What a panic says is not told.
        Some(Err(_)) | None => Err(ApiError::new(
            ErrorCode::Format,
            "This recording could not be read; it may be damaged. Nothing of the study was changed.",
        )),
    };
    match ended.and_then(|read| finish(app, purpose, read, &mut progress)) {
        Ok(()) => {
            progress.state = JobState::Done;
            progress.done = 1.0;
        }
        Err(problem) => {
            progress.state = JobState::Failed;
            progress.problem = Some(problem);
        }
    }
    Ok(progress)
}

fn finish(
    app: &mut App,
    purpose: Purpose,
    read: Read,
    progress: &mut RecordingProgress,
) -> Result<(), ApiError> {
    match (purpose, read) {
        (
            Purpose::Link(linking),
            Read::File {
                sha256,
                bytes,
                inspected: Some(inspected),
            },
        ) => {
            progress.warning = inspected
                .promised_ms
                .map(|promised| cut_off(inspected.duration_ms, promised));
            progress.session_id = Some(finish_link(app, linking, sha256, bytes, &inspected)?);
        }
        (Purpose::Find { session_id, path }, Read::File { sha256, .. }) => {
            finish_find(app, &session_id, path, &sha256)?;
            progress.session_id = Some(session_id);
        }
        (Purpose::Draw { session_id }, Read::Peaks(peaks)) => {
            progress.waveform = Some(drawn(&peaks));
            progress.session_id = Some(session_id);
        }
        _ => return Err(no_job()),
    }
    Ok(())
}

fn cut_off(duration_ms: u32, promised_ms: u32) -> String {
    format!(
        "The file seems to be cut off: it says that it lasts {}, and ends after {}.",
        minutes(promised_ms),
        minutes(duration_ms)
    )
}

fn minutes(ms: u32) -> String {
    let seconds = ms / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Stops a job. One that has ended meanwhile stays as it ended.
///
/// # Errors
/// `not-found` for a job that is not there.
pub fn cancel(app: &mut App, request: RecordingJob) -> Result<Nothing, ApiError> {
    let jobs = &mut app.study_mut()?.recording_jobs.jobs;
    let job = jobs.get_mut(&request.job_id).ok_or_else(no_job)?;
    job.stop();
    job.cancelled = true;
    Ok(Nothing {})
}

/// What is wrong with a recording, as the edge says it.
pub(super) fn trouble(error: &MediaError) -> ApiError {
    let code = match error {
        MediaError::Io(_) => ErrorCode::File,
        MediaError::UnknownKind | MediaError::NoSound | MediaError::NoDecoder => ErrorCode::Format,
        MediaError::Stopped => ErrorCode::NotFound,
    };
    ApiError::new(code, format!("The recording cannot be used: {error}."))
}
