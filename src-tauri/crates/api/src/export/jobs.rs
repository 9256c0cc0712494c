//! Exports under way: started, asked how far they are, stopped. Whoever asks never waits for one.
//!
//! Codings are read on the calls' own thread, a little with each question; judging and writing happen on a thread of its
//! own, which a bounded number of cases waits for. A job that is let go of stops, and leaves nothing behind.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sunder_formats::out::{self, Case, Form, Origin, OutError, Session, Setting};

use super::choose::choose;
use super::options::{form, refused};
use super::prepare::Preparing;
use super::reading::{ReadCase, Reader};
use super::staging::{Staging, unwritable};
use crate::app::App;
use crate::consensus::{Records, record_view};
use crate::study::{OpenStudy, rater_names};
use crate::wire::{
    ApiError, ErrorCode, ExportChoice, ExportJob, ExportProgress, Exported, JobState, Nothing,
};

/// How long a question may read on.
const READING_TIME: Duration = Duration::from_millis(25);
/// Cases that may wait to be written.
const WAITING: usize = 2;
/// Reading is this part of the whole.
const READING_PART: f64 = 0.9;
/// Jobs that can still be asked for.
const JOBS_KEPT: usize = 6;

/// All exports of an open study.
#[derive(Default)]
pub(crate) struct ExportJobs {
    last: u32,
    jobs: BTreeMap<u32, Job>,
}

enum Job {
    Running(Box<Running>),
    Done(Exported),
    Cancelled,
    Failed(ApiError),
}

/// What the thread hears.
enum Word {
    Case(Box<ReadCase>),
    /// Everything was said: without it nothing is put in place.
    Through,
}

/// An export at work; dropping it stops it and waits until nothing of it is left.
struct Running {
    reader: Reader,
    /// `None` once everything was said.
    say: Option<SyncSender<Word>>,
    waiting: Option<Box<ReadCase>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<Exported, ApiError>>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.say = None;
        if let Some(thread) = self.thread.take() {
            // What it came to does not matter any more.
            let _ = thread.join();
        }
    }
}

impl Running {
    /// Reads on for a little; returns what it came to, once it has ended.
    fn go_on(&mut self, study: &mut OpenStudy) -> Result<Option<Job>, ApiError> {
        let begun = Instant::now();
        while self.hand_on() && begun.elapsed() < READING_TIME && !self.reader.is_through() {
            self.waiting = self.reader.read_for(study, begun, READING_TIME)?.map(Box::new);
        }
        if self.waiting.is_none() && self.reader.is_through() {
            self.say_through();
        }
        if !self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            return Ok(None);
        }
        Ok(Some(match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Ok(exported))) => Job::Done(exported),
            Some(Ok(Err(error))) => Job::Failed(error),
            // What a panic says may hold words of the data: it is not told.
            Some(Err(_)) | None => Job::Failed(ApiError::new(
                ErrorCode::Internal,
                "The export could not be written. Nothing of the study was changed.",
            )),
        }))
    }

    /// Hands on the case that waits; false while there is no room for it.
    fn hand_on(&mut self) -> bool {
        let Some(case) = self.waiting.take() else {
            return true;
        };
        let Some(say) = &self.say else {
            return false;
        };
        match say.try_send(Word::Case(case)) {
            Ok(()) => true,
            Err(TrySendError::Full(Word::Case(case))) => {
                self.waiting = Some(case);
                false
            }
            // The thread has ended: what it came to is asked for.
            Err(_) => {
                self.say = None;
                false
            }
        }
    }

    fn say_through(&mut self) {
        if let Some(say) = &self.say
            && !matches!(say.try_send(Word::Through), Err(TrySendError::Full(_)))
        {
            self.say = None;
        }
    }
}

/// Starts an export; the reply is the job to ask about. A rater exports their own codings.
///
/// # Errors
/// `not-allowed` for another rater's codings and for forms that name what is hidden; `not-found` for names that are not
/// there and where no coding is like that; `exists`, `file`, `read-only` where the place cannot be written to.
pub fn start(app: &mut App, choice: ExportChoice) -> Result<ExportJob, ApiError> {
    let study = app.study()?;
    study.somebody()?;
    let form = form(choice.form);
    if let Some(error) = refused(study, form) {
        return Err(error);
    }
    own_alone(study, &choice)?;
    let records = Records::of(study)?;
    let plan = choose(app, &choice, &records)?;
    let preparing = preparing(app.study()?, &choice, &records, plan.whole)?;
    let id = app.operation_id()?;
    let place = Path::new(&choice.path);
    fits(form, place)?;
    let staging = Staging::new(place, form.extension().is_none(), id.as_str())?;
    let running = begin(Reader::new(plan), preparing, form, staging, place.to_owned())?;
    let jobs = &mut app.study_mut()?.exports;
    jobs.last = jobs.last.wrapping_add(1);
    jobs.jobs.insert(jobs.last, Job::Running(Box::new(running)));
    while jobs.jobs.len() > JOBS_KEPT {
        jobs.jobs.pop_first();
    }
    Ok(ExportJob { job_id: jobs.last })
}

/// How far an export is; once it is done, what was written.
///
/// # Errors
/// `not-found` for a job that is not there.
pub fn poll(app: &mut App, request: ExportJob) -> Result<ExportProgress, ApiError> {
    let study = app.study_mut()?;
    study.somebody()?;
    let job = study
        .exports
        .jobs
        .remove(&request.job_id)
        .ok_or_else(|| no_job(request.job_id))?;
    let job = match job {
        Job::Running(mut running) => match running.go_on(study) {
            Ok(Some(ended)) => ended,
            Ok(None) => Job::Running(running),
            Err(error) => Job::Failed(error),
        },
        ended => ended,
    };
    let progress = progress(request.job_id, &job);
    study.exports.jobs.insert(request.job_id, job);
    Ok(progress)
}

/// Stops an export that is under way, and leaves nothing of it. One that is done stays.
///
/// # Errors
/// `not-found` for a job that is not there.
pub fn cancel(app: &mut App, request: ExportJob) -> Result<Nothing, ApiError> {
    let study = app.study_mut()?;
    study.somebody()?;
    let job = study
        .exports
        .jobs
        .get_mut(&request.job_id)
        .ok_or_else(|| no_job(request.job_id))?;
    if matches!(job, Job::Running(_)) {
        *job = Job::Cancelled;
    }
    Ok(Nothing {})
}

/// Exports in one go, for callers without a window.
///
/// # Errors
/// As [`start`], and whatever goes wrong on the way.
pub fn run(app: &mut App, choice: ExportChoice) -> Result<Exported, ApiError> {
    let job = start(app, choice)?;
    loop {
        let progress = poll(app, job)?;
        match progress.state {
            JobState::Reading => {}
            JobState::Computing => std::thread::sleep(Duration::from_millis(2)),
            JobState::Done => return progress.exported.ok_or_else(|| no_job(job.job_id)),
            JobState::Cancelled => return Err(no_job(job.job_id)),
            JobState::Failed => return Err(progress.problem.unwrap_or_else(|| no_job(job.job_id))),
        }
    }
}

fn no_job(job_id: u32) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("There is no export {job_id} any more. Start it again."),
    )
}

/// A rater's name in the choice can only be their own.
fn own_alone(study: &OpenStudy, choice: &ExportChoice) -> Result<(), ApiError> {
    let (Some(name), crate::wire::Person::Rater { rater_id }) = (&choice.rater, &study.person) else {
        return Ok(());
    };
    if study.rater_name(rater_id)? == *name {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::NotAllowed,
        "A rater exports their own codings. Leave the name out, or ask the lead.",
    ))
}

/// A folder that is named like a file is hardly meant.
fn fits(form: Form, place: &Path) -> Result<(), ApiError> {
    let ending = place
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let like_a_file = ["csv", "tsv", "eaf", "textgrid", "r", "sps"]
        .iter()
        .any(|file| ending.eq_ignore_ascii_case(file));
    if form.extension().is_none() && like_a_file {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!(
                "This form is a folder of several files; {} is the name of one. Name the folder.",
                place.display()
            ),
        ));
    }
    Ok(())
}

fn preparing(
    study: &OpenStudy,
    choice: &ExportChoice,
    records: &Records,
    whole: bool,
) -> Result<Preparing, ApiError> {
    let may = study.permissions();
    let names = rater_names(study)?;
    let mut counting = BTreeMap::new();
    for session in study.store.sessions()? {
        if let Some((record, recorded)) = records.get(&session.id).filter(|_| may.lead) {
            let words = record_view(record, &names).words;
            counting.insert(session.id, (words, recorded.clone()));
        }
    }
    Ok(Preparing {
        setting: Setting {
            origin: Origin {
                study: study.settings.name.clone(),
                rule: study.visible_rule().cloned(),
                program: format!("Sunder {}", env!("CARGO_PKG_VERSION")),
            },
            codebook: Arc::clone(&study.codebook),
            words: choice.words,
            classes: may.classes,
            totals: may.totals,
            named: may.case_and_number,
        },
        rule: study.rule.rule.clone(),
        window_seconds: study.settings.window_seconds,
        records: counting,
        whole,
    })
}

fn begin(
    reader: Reader,
    preparing: Preparing,
    form: Form,
    staging: Staging,
    place: PathBuf,
) -> Result<Running, ApiError> {
    let (say, hear) = sync_channel(WAITING);
    let stop = Arc::new(AtomicBool::new(false));
    let own = Arc::clone(&stop);
    let thread = std::thread::Builder::new()
        .name("export".to_owned())
        .spawn(move || write(&preparing, form, staging, &place, &hear, &own))
        .map_err(|_| ApiError::new(ErrorCode::Internal, "The system gave no thread to write on."))?;
    Ok(Running {
        reader,
        say: Some(say),
        waiting: None,
        stop,
        thread: Some(thread),
    })
}

/// Writes what it hears of. Where the word that everything was said does not come, nothing is put in place.
fn write(
    preparing: &Preparing,
    form: Form,
    mut staging: Staging,
    place: &Path,
    hear: &Receiver<Word>,
    stop: &AtomicBool,
) -> Result<Exported, ApiError> {
    let failed = |error: OutError| match error {
        OutError::Io(error) => unwritable(place, &error),
        other => ApiError::new(ErrorCode::Conflict, format!("Nothing was exported: {other}.")),
    };
    let mut writer = out::writer(form, preparing.setting.clone());
    let (mut codings, mut conflicts, mut markers) = (0, 0, 0);
    // Where cases are hidden, their order and which sessions are of one case would tell of them.
    let mut nameless: Vec<Session> = Vec::new();
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(stopped());
        }
        match hear.recv() {
            Ok(Word::Case(read)) => {
                let case = preparing.case(&read);
                for coded in case.sessions.iter().flat_map(|session| &session.codings) {
                    codings += 1;
                    conflicts += coded.coding.conflicts.len();
                    markers += coded.coding.markers.len();
                }
                if preparing.setting.named {
                    writer.case(&case, &mut staging).map_err(failed)?;
                } else {
                    nameless.extend(case.sessions);
                }
            }
            Ok(Word::Through) => break,
            Err(_) => return Err(stopped()),
        }
    }
    nameless.sort_by(|one, other| one.code.cmp(&other.code));
    for session in nameless {
        let alone = Case {
            name: String::new(),
            sessions: vec![session],
        };
        writer.case(&alone, &mut staging).map_err(failed)?;
    }
    writer.finish(&mut staging).map_err(failed)?;
    if stop.load(Ordering::Relaxed) {
        return Err(stopped());
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Exported {
        files: staging.place()?,
        path: place.display().to_string(),
        codings,
        conflicts: count(conflicts),
        markers: count(markers),
    })
}

fn stopped() -> ApiError {
    ApiError::new(ErrorCode::Internal, "The export was stopped.")
}

fn progress(job_id: u32, job: &Job) -> ExportProgress {
    let told = |state, done, doing: &str| ExportProgress {
        job_id,
        state,
        done,
        doing: doing.to_owned(),
        exported: None,
        problem: None,
    };
    match job {
        Job::Running(running) if running.reader.is_through() => {
            told(JobState::Computing, READING_PART, "writing")
        }
        Job::Running(running) => told(
            JobState::Reading,
            running.reader.done() * READING_PART,
            "reading and writing codings",
        ),
        Job::Done(exported) => ExportProgress {
            exported: Some(exported.clone()),
            ..told(JobState::Done, 1.0, "")
        },
        Job::Cancelled => told(JobState::Cancelled, 0.0, ""),
        Job::Failed(error) => ExportProgress {
            problem: Some(error.clone()),
            ..told(JobState::Failed, 0.0, "")
        },
    }
}
