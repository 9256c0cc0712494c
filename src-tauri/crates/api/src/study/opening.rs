//! Opening and closing a study, and choosing who sits at the screen.

use std::path::{Path, PathBuf};

use sunder_store::{Environment as StoreEnvironment, Study};

use super::open_study::OpenStudy;
use super::sample::make_sample;
use super::view::current;
use crate::app::App;
use crate::wire::{ApiError, ChoosePerson, ErrorCode, Nothing, Person, StudyPath, StudyView};

/// Opens a study file as the person who sat here last; where nobody did, the reply shows nothing and asks.
///
/// # Errors
/// `not-a-study`, `newer-file`, `damaged`, `open-elsewhere`, `passphrase`, `read-only` and other file errors.
pub fn open(app: &mut App, request: StudyPath) -> Result<StudyView, ApiError> {
    open_at(app, Path::new(&request.path), request.passphrase.as_deref())?;
    current(app)
}

/// Opens the user's copy of the sample study, made at the first time and never overwritten.
///
/// # Errors
/// File errors.
pub fn open_sample(app: &mut App, _: Nothing) -> Result<StudyView, ApiError> {
    open_or_make_sample(app)?;
    current(app)
}

/// Closes the open study; everything confirmed is in the one file.
///
/// # Errors
/// File errors at the last checkpoint.
pub fn close(app: &mut App, _: Nothing) -> Result<Nothing, ApiError> {
    if let Some(study) = app.open.take() {
        study.store.close()?;
    }
    Ok(Nothing {})
}

/// Chooses who sits at the screen; remembered on this machine for this study.
///
/// # Errors
/// `not-found` for an unknown rater.
pub fn choose_person(app: &mut App, request: ChoosePerson) -> Result<StudyView, ApiError> {
    let study = app.study_mut()?;
    if let Person::Rater { rater_id } = &request.person {
        study.rater_name(rater_id)?;
    }
    study.set_person(request.person.clone());
    let id = study.store.id().to_string();
    app.local.set_person(&id, request.person)?;
    current(app)
}

/// Where this machine keeps what the store has to know beside a study.
pub(crate) fn store_environment(app: &App) -> StoreEnvironment {
    StoreEnvironment {
        installation: app.local.installation().to_owned(),
        registry: app.environment.data_folder.join("heads"),
    }
}

/// Opens the file and closes the study that was open, in this order: a failure leaves everything as it is.
pub(crate) fn open_at(app: &mut App, path: &Path, passphrase: Option<&str>) -> Result<(), ApiError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if app.open.as_ref().is_some_and(|open| open.path == path) {
        return Ok(());
    }
    let store = Study::open(&path, store_environment(app), passphrase)?;
    let raters = store.raters()?;
    let person = match app.local.person(store.id().as_str()) {
        Some(Person::Rater { rater_id }) if !raters.iter().any(|rater| rater.id == *rater_id) => None,
        // A study without raters has nobody to choose between.
        None if raters.is_empty() => Some(Person::Lead),
        known => known.cloned(),
    };
    take(app, store, &path, person)?;
    remember(app)
}

/// Makes an opened file the open study.
pub(super) fn take(app: &mut App, store: Study, path: &Path, person: Option<Person>) -> Result<(), ApiError> {
    let study = OpenStudy::new(store, path, person)?;
    if let Some(before) = app.open.replace(study) {
        before.store.close()?;
    }
    Ok(())
}

/// Remembers the open study as the one to open next time.
pub(super) fn remember(app: &mut App) -> Result<(), ApiError> {
    let at_ms = app.now_ms();
    let study = app.study()?;
    let (path, name) = (study.path.clone(), study.settings.name.clone());
    app.local.opened(&path, &name, at_ms)
}

/// Opens a study as this person without remembering anything on this machine; without a name, as the lead.
///
/// # Errors
/// As [`open`]; `not-found` for an unknown rater.
pub fn open_as(app: &mut App, request: &StudyPath, person: Option<&str>) -> Result<(), ApiError> {
    let path = std::path::absolute(&request.path).unwrap_or_else(|_| PathBuf::from(&request.path));
    let store = Study::open(&path, store_environment(app), request.passphrase.as_deref())?;
    let person = match person {
        None => Person::Lead,
        Some(name) if name.eq_ignore_ascii_case("lead") => Person::Lead,
        Some(name) => {
            let raters = store.raters()?;
            let rater = raters.iter().find(|rater| rater.name == name).ok_or_else(|| {
                let names: Vec<&str> = raters.iter().map(|rater| rater.name.as_str()).collect();
                let known = if names.is_empty() {
                    "it has none yet".to_owned()
                } else {
                    names.join(", ")
                };
                ApiError::new(
                    ErrorCode::NotFound,
                    format!("There is no rater called {name} in this study: {known}."),
                )
            })?;
            Person::Rater {
                rater_id: rater.id.clone(),
            }
        }
    };
    take(app, store, &path, Some(person))
}

/// The sample study in the user's folder, made where it is not.
pub(crate) fn open_or_make_sample(app: &mut App) -> Result<(), ApiError> {
    let path = sample_path(app);
    if path.exists() {
        return open_at(app, &path, None);
    }
    std::fs::create_dir_all(&app.environment.studies_folder).map_err(|error| {
        ApiError::new(
            ErrorCode::File,
            format!(
                "The folder {} could not be made: {error}.",
                app.environment.studies_folder.display()
            ),
        )
    })?;
    let novak = make_sample(app, &path)?;
    if let Some((study, person)) = novak {
        app.local.set_person(&study, person)?;
    }
    open_at(app, &path, None)
}

/// Makes the sample study at a path of the caller's choice and opens it as the lead; nothing is remembered.
///
/// # Errors
/// `file` where there is something already, and other file errors.
pub fn create_sample(app: &mut App, path: &Path) -> Result<(), ApiError> {
    if path.exists() {
        return Err(ApiError::new(
            ErrorCode::File,
            format!(
                "{} exists already; choose another name, Sunder never overwrites a study.",
                path.display()
            ),
        ));
    }
    make_sample(app, path)?;
    let request = StudyPath {
        path: path.display().to_string(),
        passphrase: None,
    };
    open_as(app, &request, None)
}

fn sample_path(app: &App) -> PathBuf {
    app.environment.studies_folder.join("Sample study.sunder")
}
