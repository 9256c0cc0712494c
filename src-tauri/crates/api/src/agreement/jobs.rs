//! Computations under way: started, asked how far they are, stopped. Whoever asks never waits for one.
//!
//! Codings are read on the calls' own thread, a little with each question; what takes long then works on the snapshot
//! on a thread of its own. A job that is let go of stops.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::changed::changed;
use super::compute::{Computed, compute};
use super::hiding;
use super::memo::Memo;
use super::reading::{Reader, Snapshot};
use super::watch::{Stopped, Watch};
use crate::app::App;
use crate::study::OpenStudy;
use crate::wire::{
    AgreementChoice, AgreementJob, AgreementProgress, ApiError, ErrorCode, JobState, Nothing, PollAgreement,
};

/// How long a question may read on.
const READING_TIME: Duration = Duration::from_millis(25);

/// Finished jobs whose units can still be asked for.
const JOBS_KEPT: usize = 6;

/// All jobs of an open study.
#[derive(Default)]
pub(crate) struct Jobs {
    last: u32,
    jobs: BTreeMap<u32, Job>,
    memo: Arc<Memo>,
}

enum Job {
    Reading(Box<Reader>),
    Computing(Working),
    Done(Arc<Computed>),
    Cancelled,
    Failed(ApiError),
}

/// A thread at work; dropping it tells the thread to stop.
struct Working {
    watch: Arc<Watch>,
    thread: Option<JoinHandle<Result<Computed, Stopped>>>,
}

impl Drop for Working {
    fn drop(&mut self) {
        self.watch.stop();
    }
}

impl Working {
    fn start(snapshot: Snapshot, memo: Arc<Memo>) -> Result<Self, ApiError> {
        let watch = Arc::new(Watch::default());
        let own = Arc::clone(&watch);
        let thread = std::thread::Builder::new()
            .name("agreement".to_owned())
            .spawn(move || compute(snapshot, &own, &memo))
            .map_err(|_| ApiError::new(ErrorCode::Internal, "The system gave no thread to compute on."))?;
        Ok(Self {
            watch,
            thread: Some(thread),
        })
    }

    /// What it came to, once it has ended.
    fn ended(&mut self) -> Option<Job> {
        if !self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            return None;
        }
        Some(match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Ok(computed))) => Job::Done(Arc::new(computed)),
            Some(Ok(Err(Stopped))) => Job::Cancelled,
            // What a panic says may hold words of the data: it is not told.
            Some(Err(_)) | None => Job::Failed(ApiError::new(
                ErrorCode::Internal,
                "Agreement could not be computed. Nothing of the study was changed.",
            )),
        })
    }
}

impl Jobs {
    fn add(&mut self, job: Job) -> u32 {
        self.last = self.last.wrapping_add(1);
        self.jobs.insert(self.last, job);
        while self.jobs.len() > JOBS_KEPT {
            self.jobs.pop_first();
        }
        self.last
    }

    /// Goes on with a job and says how far it is.
    fn ask(&mut self, job_id: u32, study: &mut OpenStudy) -> Result<AgreementProgress, ApiError> {
        let job = self.jobs.remove(&job_id).ok_or_else(|| no_job(job_id))?;
        let job = advance(job, study, &self.memo);
        let progress = progress(job_id, &job);
        self.jobs.insert(job_id, job);
        Ok(progress)
    }

    fn cancel(&mut self, job_id: u32) -> Result<(), ApiError> {
        let job = self.jobs.get_mut(&job_id).ok_or_else(|| no_job(job_id))?;
        if matches!(job, Job::Reading(_) | Job::Computing(_)) {
            *job = Job::Cancelled;
        }
        Ok(())
    }

    /// What a finished job came to.
    pub(crate) fn computed(&self, job_id: u32) -> Result<Arc<Computed>, ApiError> {
        match self.jobs.get(&job_id) {
            Some(Job::Done(computed)) => Ok(Arc::clone(computed)),
            Some(_) => Err(ApiError::new(
                ErrorCode::NotFound,
                format!("The computation {job_id} is not done."),
            )),
            None => Err(no_job(job_id)),
        }
    }
}

fn no_job(job_id: u32) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("There is no computation {job_id} any more. Start it again."),
    )
}

/// Reads on, or looks whether the thread has ended.
fn advance(job: Job, study: &mut OpenStudy, memo: &Arc<Memo>) -> Job {
    match job {
        Job::Reading(mut reader) => match reader.read_for(study, READING_TIME) {
            Ok(false) => Job::Reading(reader),
            Ok(true) => reader
                .finish()
                .and_then(|snapshot| Working::start(snapshot, Arc::clone(memo)))
                .map_or_else(Job::Failed, Job::Computing),
            Err(error) => Job::Failed(error),
        },
        Job::Computing(mut working) => working.ended().unwrap_or(Job::Computing(working)),
        ended @ (Job::Done(_) | Job::Cancelled | Job::Failed(_)) => ended,
    }
}

/// Reading is this part of the whole.
const READING_PART: f64 = 0.2;

fn progress(job_id: u32, job: &Job) -> AgreementProgress {
    let told = |state, done, doing: &str| AgreementProgress {
        job_id,
        state,
        done,
        doing: doing.to_owned(),
        outcome: None,
        problem: None,
    };
    match job {
        Job::Reading(reader) => told(JobState::Reading, reader.done() * READING_PART, "reading codings"),
        Job::Computing(working) => {
            let (done, doing) = working.watch.progress();
            let done = READING_PART + done * (1.0 - READING_PART);
            told(JobState::Computing, done, &doing)
        }
        Job::Done(_) => told(JobState::Done, 1.0, ""),
        Job::Cancelled => told(JobState::Cancelled, 0.0, ""),
        Job::Failed(error) => AgreementProgress {
            problem: Some(error.clone()),
            ..told(JobState::Failed, 0.0, "")
        },
    }
}

/// Starts a comparison; the reply is the job to ask about. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `conflict` where a coding would be compared with itself; `bad-request` for a value that
/// the unit does not have; `not-found` for names that are not there.
pub fn start(app: &mut App, choice: AgreementChoice) -> Result<AgreementJob, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    super::options::fits(&choice, &study.codebook)?;
    let reader = Reader::new(study, choice)?;
    let job_id = study.jobs.add(Job::Reading(Box::new(reader)));
    Ok(AgreementJob { job_id })
}

/// How far a job is; once it is done, what it came to.
///
/// # Errors
/// `not-allowed` for raters, `not-found` for a job that is not there.
pub fn poll(app: &mut App, request: PollAgreement) -> Result<AgreementProgress, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    // The jobs are apart from the study while it is read from.
    let mut jobs = std::mem::take(&mut study.jobs);
    let progress = jobs.ask(request.job_id, study);
    study.jobs = jobs;
    let mut progress = progress?;
    if progress.state == JobState::Done {
        let computed = study.jobs.computed(request.job_id)?;
        let mut outcome = hiding::outcome(&computed, request.hide_names).into_owned();
        // Whom it is of is said by id: what is settled next goes by it.
        outcome.choice.clone_from(&computed.outcome.choice);
        outcome.changed = changed(study, &computed.snapshot, request.hide_names)?;
        progress.outcome = Some(Box::new(outcome));
    }
    Ok(progress)
}

/// Stops a job that is under way. One that is done stays.
///
/// # Errors
/// `not-allowed` for raters, `not-found` for a job that is not there.
pub fn cancel(app: &mut App, request: AgreementJob) -> Result<Nothing, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    study.jobs.cancel(request.job_id)?;
    Ok(Nothing {})
}

/// Reads and computes in one go, for callers without a window.
///
/// # Errors
/// As [`start`].
pub fn run(app: &mut App, choice: AgreementChoice) -> Result<AgreementJob, ApiError> {
    let job = start(app, choice)?;
    loop {
        let asked = PollAgreement {
            job_id: job.job_id,
            hide_names: false,
        };
        let progress = poll(app, asked)?;
        match progress.state {
            JobState::Reading => {}
            JobState::Computing => std::thread::sleep(Duration::from_millis(2)),
            JobState::Done => return Ok(job),
            JobState::Cancelled => return Err(no_job(job.job_id)),
            JobState::Failed => {
                return Err(progress.problem.unwrap_or_else(|| no_job(job.job_id)));
            }
        }
    }
}
