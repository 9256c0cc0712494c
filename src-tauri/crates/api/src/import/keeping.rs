//! Keeping transcripts: cases and sessions made where they are not, content under its SHA-256, all in one transaction.

use std::collections::BTreeSet;
use std::path::Path;

use sunder_domain::{CaseId, SessionId, Transcript};
use sunder_formats::{
    ColumnChoices, Encoding, Format, FormatError, MergeGap, ReadOptions, Reading, RoleChoices,
};
use sunder_store::{
    CaseRecord, Change, NewOperation, OperationKind, SessionRecord, Target, TranscriptRecord, content_sha256,
};

use super::options::{known, name_of, read, read_as, warnings};
use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::study::{OpenStudy, current};
use crate::wire::{ApiError, CommitImport, ErrorCode, ImportWarning, Imported, ImportedSession};

/// Stands for the file's own name of a transcript in the name of a case.
const KEY: &str = "{transcript_id}";

/// One transcript that is to be kept.
pub(crate) struct Incoming {
    pub(crate) case: String,
    pub(crate) brief: String,
    pub(crate) number: u32,
    pub(crate) days_since_first: Option<i64>,
    pub(crate) transcript: Transcript,
    pub(crate) source_format: String,
}

/// Imports a file's transcripts as sessions of a case, or each as a case of its own.
///
/// # Errors
/// `not-allowed` for raters; `file` and `format`; `bad-request` for a case without a name; `conflict` for a session that is there.
pub fn commit(app: &mut App, request: CommitImport) -> Result<Imported, ApiError> {
    app.study()?.lead_only()?;
    let reading = read(&request.path, &request.options)?;
    let warnings = warnings(&reading);
    let sessions = keep_reading(
        app,
        Path::new(&request.path),
        reading,
        &request.case,
        request.session,
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
    /// `client=patient,…`.
    pub speakers: Option<&'a str>,
    /// Seconds, or `off`.
    pub merge_gap: Option<&'a str>,
    pub case: &'a str,
    pub session: Option<u32>,
}

/// Imports a file as [`commit`] does.
///
/// # Errors
/// As [`commit`]; `bad-request` for words that are not understood.
pub fn commit_file(
    app: &mut App,
    file: &ImportFile<'_>,
) -> Result<(Vec<ImportedSession>, Vec<ImportWarning>), ApiError> {
    app.study()?.lead_only()?;
    let path = Path::new(file.path);
    let options = ReadOptions {
        name: name_of(path),
        format: file
            .format
            .map(|key| known(Format::from_key(key), "format", key))
            .transpose()?,
        encoding: file
            .encoding
            .map(|key| known(Encoding::from_key(key), "encoding", key))
            .transpose()?,
        columns: said(file.columns, ColumnChoices::parse)?,
        roles: said(file.speakers, RoleChoices::parse)?,
        merge_gap: said(file.merge_gap, MergeGap::parse)?,
    };
    let reading = read_as(path, &options)?;
    let warnings = warnings(&reading);
    Ok((
        keep_reading(app, path, reading, file.case, file.session)?,
        warnings,
    ))
}

fn said<T: Default>(words: Option<&str>, parse: fn(&str) -> Result<T, FormatError>) -> Result<T, ApiError> {
    words.map_or_else(
        || Ok(T::default()),
        |words| parse(words).map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("{error}."))),
    )
}

/// Keeps what was read: in order of appearance, from the number given or the next free one.
fn keep_reading(
    app: &mut App,
    path: &Path,
    reading: Reading,
    case: &str,
    session: Option<u32>,
) -> Result<Vec<ImportedSession>, ApiError> {
    let pattern = case.trim();
    if pattern.is_empty() {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "Name the case that these sessions belong to.",
        ));
    }
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut incoming: Vec<Incoming> = Vec::new();
    for read in reading.transcripts {
        let case = pattern.replace(KEY, read.key.as_deref().unwrap_or(&stem));
        let before =
            u32::try_from(incoming.iter().filter(|other| other.case == case).count()).unwrap_or(u32::MAX);
        let first = match session {
            Some(number) => number,
            None => next_number(app, &case)?,
        };
        incoming.push(Incoming {
            case,
            brief: String::new(),
            number: first.saturating_add(before),
            days_since_first: None,
            transcript: read.transcript,
            source_format: reading.format.key().to_owned(),
        });
    }
    keep(app, incoming)
}

/// The next free session number of a case.
pub(super) fn next_number(app: &App, case: &str) -> Result<u32, ApiError> {
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
    Ok(kept)
}

/// The case of this name, made where it is not; that is said.
pub(crate) fn find_or_make_case(
    app: &mut App,
    name: &str,
    messages: &mut Vec<String>,
) -> Result<CaseId, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    let mut plan = Plan::of(study, at_ms)?;
    let case = plan.case(name, "")?;
    if !plan.operations.is_empty() {
        study.store.transact_all(plan.operations)?;
        study.refresh()?;
        messages.push(format!("There was no case {name}; one was made."));
    }
    Ok(case)
}

/// A session without a transcript, for a coding that came first.
pub(crate) fn make_session(app: &mut App, case: &CaseId, number: u32) -> Result<SessionId, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    let mut plan = Plan::of(study, at_ms)?;
    let session = plan.session(case.clone(), number, None)?;
    study.store.transact_all(plan.operations)?;
    study.refresh()?;
    Ok(session.id)
}

struct Plan {
    at_ms: i64,
    actor: String,
    cases: Vec<CaseRecord>,
    sessions: Vec<(CaseId, u32)>,
    codes: BTreeSet<String>,
    operations: Vec<(Target, NewOperation)>,
}

impl Plan {
    fn of(study: &OpenStudy, at_ms: i64) -> Result<Self, ApiError> {
        let sessions = study.store.sessions()?;
        Ok(Self {
            at_ms,
            actor: study.actor(),
            cases: study.store.cases()?,
            sessions: sessions
                .iter()
                .map(|session| (session.case_id.clone(), session.number))
                .collect(),
            codes: sessions.into_iter().map(|session| session.neutral_code).collect(),
            operations: Vec::new(),
        })
    }

    fn operation(&self, kind: OperationKind, changes: Vec<Change>) -> Result<NewOperation, ApiError> {
        Ok(NewOperation::new(
            fresh().map_err(|_| no_id())?,
            kind,
            &self.actor,
            self.at_ms,
            changes,
        ))
    }

    fn add(&mut self, incoming: Incoming) -> Result<ImportedSession, ApiError> {
        incoming.transcript.validate().map_err(|error| {
            ApiError::new(
                ErrorCode::Format,
                format!("This transcript cannot be kept: {error}."),
            )
        })?;
        let case_id = self.case(&incoming.case, &incoming.brief)?;
        if self.sessions.contains(&(case_id.clone(), incoming.number)) {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                format!(
                    "Case {} has a session {} already; nothing was imported. Choose another number.",
                    incoming.case, incoming.number
                ),
            ));
        }
        let session = self.session(case_id, incoming.number, incoming.days_since_first)?;

        let bytes = serde_json::to_vec(&incoming.transcript)
            .map_err(|_| ApiError::new(ErrorCode::Internal, "The transcript could not be put into words."))?;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let record = TranscriptRecord {
            session_id: session.id.clone(),
            version: 1,
            sha256: content_sha256(&bytes),
            speakers: count(incoming.transcript.speakers.len()),
            turns: count(incoming.transcript.turns.len()),
            characters: incoming
                .transcript
                .turns
                .iter()
                .map(|turn| turn.text.chars().count() as u64)
                .sum(),
            duration_ms: incoming.transcript.duration_ms(),
            clock: incoming.transcript.clock,
            imported_ms: self.at_ms,
            source_format: incoming.source_format,
        };
        let turns = record.turns;
        let add = Change::Transcript {
            session_id: session.id.clone(),
            version: 1,
            after: Some(record),
        };
        let operation = self
            .operation(OperationKind::TranscriptAdd, vec![add])?
            .with_content("transcript", bytes);
        self.operations.push((Target::SetUp, operation));
        Ok(ImportedSession {
            session_id: session.id,
            case: incoming.case,
            number: session.number,
            turns,
        })
    }

    fn session(
        &mut self,
        case_id: CaseId,
        number: u32,
        days_since_first: Option<i64>,
    ) -> Result<SessionRecord, ApiError> {
        self.sessions.push((case_id.clone(), number));
        let session = SessionRecord {
            id: fresh().map_err(|_| no_id())?,
            case_id,
            number,
            days_since_first,
            neutral_code: self.neutral_code()?,
            added_ms: self.at_ms,
        };
        let add = Change::Session {
            id: session.id.clone(),
            after: Some(session.clone()),
        };
        let operation = self.operation(OperationKind::SessionAdd, vec![add])?;
        self.operations.push((Target::SetUp, operation));
        Ok(session)
    }

    fn case(&mut self, name: &str, brief: &str) -> Result<CaseId, ApiError> {
        if let Some(known) = self.cases.iter().find(|known| known.name == name) {
            return Ok(known.id.clone());
        }
        let case = CaseRecord {
            id: fresh().map_err(|_| no_id())?,
            name: name.to_owned(),
            therapist: None,
            brief: brief.to_owned(),
        };
        let add = Change::Case {
            id: case.id.clone(),
            after: Some(case.clone()),
        };
        let operation = self.operation(OperationKind::CaseAdd, vec![add])?;
        self.operations.push((Target::SetUp, operation));
        self.cases.push(case.clone());
        Ok(case.id)
    }

    /// A code that says nothing of case, number or order of import.
    fn neutral_code(&mut self) -> Result<String, ApiError> {
        let mut digits = 3;
        loop {
            let room = 10_u32.pow(digits);
            // Drawn until one is free; when most are taken, one digit more.
            for _ in 0..64 {
                let mut bytes = [0_u8; 4];
                getrandom::fill(&mut bytes)
                    .map_err(|_| ApiError::new(ErrorCode::Internal, "The system gave no random numbers."))?;
                let drawn = u32::from_le_bytes(bytes) % room;
                let width = usize::try_from(digits).unwrap_or(3);
                let code = format!("S-{drawn:0width$}");
                if self.codes.insert(code.clone()) {
                    return Ok(code);
                }
            }
            digits = (digits + 1).min(9);
        }
    }
}
