//! The program while it runs: this machine's memory and the study that is open. The shell and the command line both
//! own one `App`; it is used from one thread.

use std::path::{Path, PathBuf};

use std::sync::Arc;

use sunder_domain::OperationId;
use sunder_media::MediaServer;

use crate::environment::Environment;
use crate::local::Local;
use crate::session;
use crate::study::{self, OpenStudy};
use crate::wire::{ApiError, AppStart, AppStarted, ErrorCode, LastOpened, Notice, OpenSession, SessionView};

/// The program while it runs.
pub struct App {
    pub(crate) environment: Environment,
    pub(crate) local: Local,
    pub(crate) open: Option<OpenStudy>,
    /// Plays recordings in the window; absent where there is none.
    pub(crate) media: Option<Arc<MediaServer>>,
}

impl App {
    /// Starts the program for these folders. Nothing is opened yet.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        let local = Local::load(&environment.data_folder, uuid::Uuid::now_v7().to_string());
        Self {
            environment,
            local,
            open: None,
            media: None,
        }
    }

    /// Recordings are played through this server from now on.
    pub fn play_through(&mut self, server: Arc<MediaServer>) {
        self.media = Some(server);
    }

    /// How this machine likes it.
    #[must_use]
    pub fn preferences(&self) -> &crate::wire::Preferences {
        self.local.preferences()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.environment.now_ms()
    }

    /// A fresh name for an act, for callers that make none of their own.
    ///
    /// # Errors
    /// `internal` where the system gives no id.
    pub fn operation_id(&self) -> Result<OperationId, ApiError> {
        crate::environment::fresh().map_err(|_| no_id())
    }

    pub(crate) fn study(&self) -> Result<&OpenStudy, ApiError> {
        self.open.as_ref().ok_or_else(no_study)
    }

    pub(crate) fn study_mut(&mut self) -> Result<&mut OpenStudy, ApiError> {
        self.open.as_mut().ok_or_else(no_study)
    }

    /// What nobody waits for: the checkpoint after two quiet seconds, the check after opening, the daily backup. It
    /// begins them and returns at once; called about once a second. Returns what the person must hear of: the study
    /// stays open and nothing confirmed is lost.
    pub fn idle(&mut self) -> Vec<Notice> {
        let now_ms = self.now_ms();
        match &mut self.open {
            Some(study) => study.idle(now_ms),
            None => Vec::new(),
        }
    }
}

pub(crate) fn no_id() -> ApiError {
    ApiError::new(ErrorCode::Internal, "The system gave no fresh id.")
}

fn no_study() -> ApiError {
    ApiError::new(ErrorCode::NoStudy, "No study is open.")
}

/// Opens what the program was started with: the study given, or the last one, or at first start the sample.
///
/// # Errors
/// None that would keep the window empty: trouble with a study is told in the reply.
pub fn start(app: &mut App, request: AppStart) -> Result<AppStarted, ApiError> {
    let (studies, transcripts): (Vec<PathBuf>, Vec<PathBuf>) = request
        .paths
        .into_iter()
        .map(PathBuf::from)
        .partition(|path| is_study(path));
    let opened = if app.open.is_some() {
        Ok(())
    } else if let Some(path) = studies.into_iter().next() {
        study::open_at(app, &path, None)
    } else if let Some(path) = app.local.last_study().filter(|path| path.is_file()) {
        study::open_at(app, &path, None)
    } else if app.local.started_before() {
        Ok(())
    } else {
        study::open_or_make_sample(app)
    };
    let study = match &app.open {
        Some(_) => Some(study::current(app)?),
        None => None,
    };
    let session = study
        .as_ref()
        .and_then(|study| study.last_opened.clone())
        .and_then(|last| session_last_open(app, last));
    Ok(AppStarted {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        preferences: app.local.preferences().clone(),
        recent: app.local.recent(),
        study,
        session,
        problem: opened.err(),
        to_import: transcripts
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
        studies_folder: app.environment.studies_folder.display().to_string(),
    })
}

/// None where it can no longer be read: the window then asks for another one, and is told why where there is none.
fn session_last_open(app: &mut App, last: LastOpened) -> Option<SessionView> {
    let request = OpenSession {
        session_id: last.session_id,
        coding_id: Some(last.coding_id),
        purpose: None,
    };
    session::open(app, request).ok()
}

fn is_study(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("sunder"))
}
