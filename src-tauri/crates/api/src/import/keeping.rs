//! Keeping transcripts: cases and sessions made where they are not, content under its SHA-256, all in one transaction.

use std::collections::BTreeMap;
use std::path::Path;

use sunder_domain::Transcript;
use sunder_formats::{ColumnChoices, FormatError, MergeGap, ReadOptions, Reading, RoleChoices, tiers_named};

use super::options::{encoding_named, format_named, name_of, read, read_as, warnings};
use super::plan::Plan;
use super::pseudonyms::Lists;
use crate::app::App;
use crate::study::current;
use crate::wire::{
    ApiError, CommitImport, ErrorCode, ImportWarning, Imported, ImportedSession, PseudonymPreview,
};

/// Stands for the file's own name of a transcript in the name of a case.
const KEY: &str = "{transcript_id}";

/// One transcript that is to be kept.
pub(crate) struct Incoming {
    pub(crate) case: String,
    pub(crate) brief: String,
    pub(crate) number: u32,
    pub(crate) days_since_first: Option<i64>,
    /// It is a new version of the transcript that the session has.
    pub(crate) corrects: bool,
    pub(crate) transcript: Transcript,
    pub(crate) source_format: String,
}

/// Imports a file's transcripts as sessions of a case, or each as a case of its own.
///
/// # Errors
/// `not-allowed` for raters; `file` and `format`; `bad-request` for a case without a name, or a new version of a session
/// without a number; `conflict` for a session that is there, where it is no new version; `not-found` for a new version of a
/// session that is not; `exists` where the newest version says the same.
pub fn commit(app: &mut App, request: CommitImport) -> Result<Imported, ApiError> {
    app.study()?.lead_only()?;
    let lists = Lists::chosen(&request.options)?;
    let reading = read(&request.path, &request.options, &lists)?;
    let warnings = warnings(&reading);
    let sessions = keep_reading(
        app,
        Path::new(&request.path),
        reading,
        &Destination {
            case: &request.case,
            session: request.session,
            corrects: request.new_version,
        },
        &lists,
    )?;
    Ok(Imported {
        sessions,
        warnings,
        study: current(app)?,
    })
}

/// A file to import, with everything said in words as on a command line; absent is guessed.
#[derive(Debug, Clone, Copy)]
pub struct ImportFile<'a> {
    pub path: &'a str,
    pub format: Option<&'a str>,
    pub encoding: Option<&'a str>,
    /// `text=…,speaker=…,end=`.
    pub columns: Option<&'a str>,
    /// `Ada,Bo`, by the tiers' names; `"Ada, talk",Bo` where a name holds a comma.
    pub tiers: Option<&'a str>,
    /// `client=patient,…`.
    pub speakers: Option<&'a str>,
    /// Seconds, or `off`.
    pub merge_gap: Option<&'a str>,
    /// Cues are not joined after the end of a sentence.
    pub merge_by_sentence: bool,
    /// A file with a list of pseudonyms.
    pub pseudonyms: Option<&'a str>,
    pub case: &'a str,
    pub session: Option<u32>,
    /// As new versions of transcripts that are there.
    pub new_version: bool,
}

/// What became of a file.
#[derive(Debug)]
pub struct CommittedFile {
    pub sessions: Vec<ImportedSession>,
    pub warnings: Vec<ImportWarning>,
    pub pseudonyms: PseudonymPreview,
}

/// Imports a file as [`commit`] does.
///
/// # Errors
/// As [`commit`]; `bad-request` for words that are not understood.
pub fn commit_file(app: &mut App, file: &ImportFile<'_>) -> Result<CommittedFile, ApiError> {
    app.study()?.lead_only()?;
    let path = Path::new(file.path);
    let lists = Lists::of(file.pseudonyms, "")?;
    let options = ReadOptions {
        name: name_of(path),
        format: file.format.map(format_named).transpose()?,
        encoding: file.encoding.map(encoding_named).transpose()?,
        columns: said(file.columns, ColumnChoices::parse)?,
        tiers: file.tiers.map(tiers_named).unwrap_or_default(),
        roles: said(file.speakers, RoleChoices::parse)?,
        merge_gap: said(file.merge_gap, MergeGap::parse)?,
        merge_by_sentence: file.merge_by_sentence,
        pseudonyms: lists.all.clone(),
    };
    let reading = read_as(path, &options)?;
    let warnings = warnings(&reading);
    let pseudonyms = lists.told(&reading);
    Ok(CommittedFile {
        sessions: keep_reading(
            app,
            path,
            reading,
            &Destination {
                case: file.case,
                session: file.session,
                corrects: file.new_version,
            },
            &lists,
        )?,
        warnings,
        pseudonyms,
    })
}

fn said<T: Default>(words: Option<&str>, parse: fn(&str) -> Result<T, FormatError>) -> Result<T, ApiError> {
    words.map_or_else(
        || Ok(T::default()),
        |words| parse(words).map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("{error}."))),
    )
}

/// Where what was read is kept.
struct Destination<'a> {
    case: &'a str,
    session: Option<u32>,
    corrects: bool,
}

/// Keeps what was read: in order of appearance, from the number given or the next free one.
fn keep_reading(
    app: &mut App,
    path: &Path,
    reading: Reading,
    destination: &Destination<'_>,
    lists: &Lists,
) -> Result<Vec<ImportedSession>, ApiError> {
    let pattern = destination.case.trim();
    if pattern.is_empty() {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "Name the case that these sessions belong to.",
        ));
    }
    if destination.corrects && destination.session.is_none() {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "Say which session this is a new version of, by its number.",
        ));
    }
    let stem = path
        .file_stem()
        .map(|stem| lists.all.replaced(&stem.to_string_lossy()))
        .unwrap_or_default();
    let mut incoming: Vec<Incoming> = Vec::new();
    let mut next: BTreeMap<String, u32> = BTreeMap::new();
    for read in reading.transcripts {
        let case = pattern.replace(KEY, read.key.as_deref().unwrap_or(&stem));
        let number = match next.get(&case).copied().or(destination.session) {
            Some(number) => number,
            None => next_number(app, &case)?,
        };
        next.insert(case.clone(), number.saturating_add(1));
        incoming.push(Incoming {
            case,
            brief: String::new(),
            number,
            days_since_first: None,
            corrects: destination.corrects,
            transcript: read.transcript,
            source_format: reading.format.key().to_owned(),
        });
    }
    keep(app, incoming)
}

/// The next free session number of a case.
pub(crate) fn next_number(app: &App, case: &str) -> Result<u32, ApiError> {
    let Ok(study) = app.study() else { return Ok(1) };
    let cases = study.store.cases()?;
    let Some(case) = cases.iter().find(|known| known.name == case) else {
        return Ok(1);
    };
    let highest = study
        .store
        .sessions()?
        .iter()
        .filter(|session| session.case_id == case.id)
        .map(|session| session.number)
        .max();
    Ok(highest.map_or(1, |number| number.saturating_add(1)))
}

/// Keeps transcripts, all or none.
pub(crate) fn keep(app: &mut App, incoming: Vec<Incoming>) -> Result<Vec<ImportedSession>, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    let mut plan = Plan::of(study, at_ms)?;
    let mut kept = Vec::with_capacity(incoming.len());
    for one in incoming {
        kept.push(plan.add(one)?);
    }
    study.store.transact_all(plan.operations)?;
    study.refresh()?;
    for session in &kept {
        study.forget_begun(&session.session_id);
    }
    Ok(kept)
}
