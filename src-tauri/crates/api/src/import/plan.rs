//! A plan of what an import makes: cases, sessions, transcripts and raters, collected first and committed together.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{CaseId, RaterId, SessionId};
use sunder_store::{
    CaseRecord, Change, NewOperation, OperationKind, RaterRecord, SessionRecord, Target, TranscriptRecord,
    content_sha256,
};

use super::keeping::Incoming;
use crate::app::no_id;
use crate::environment::fresh;
use crate::names;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, ImportedSession};

/// What will be made, in order.
pub(crate) struct Plan {
    at_ms: i64,
    actor: String,
    cases: Vec<CaseRecord>,
    sessions: Vec<SessionRecord>,
    /// The newest version of each session that has a transcript, and its SHA-256.
    transcribed: BTreeMap<SessionId, (u32, String)>,
    raters: Vec<RaterRecord>,
    codes: BTreeSet<String>,
    pub(crate) operations: Vec<(Target, NewOperation)>,
}

impl Plan {
    /// A plan that knows what there is.
    pub(crate) fn of(study: &OpenStudy, at_ms: i64) -> Result<Self, ApiError> {
        let sessions = study.store.sessions()?;
        Ok(Self {
            at_ms,
            actor: study.actor(),
            cases: study.store.cases()?,
            codes: sessions
                .iter()
                .map(|session| session.neutral_code.clone())
                .collect(),
            sessions,
            transcribed: newest_versions(study)?,
            raters: study.store.raters()?,
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

    /// A session with its transcript. A session that came without one (a coding was there first) takes it; one that has
    /// one takes a new version where that is what was asked for.
    pub(crate) fn add(&mut self, incoming: Incoming) -> Result<ImportedSession, ApiError> {
        incoming.transcript.validate().map_err(|error| {
            ApiError::new(
                ErrorCode::Format,
                format!("This transcript cannot be kept: {error}."),
            )
        })?;
        let case_id = self.case(&incoming.case, &incoming.brief)?;
        let known = self.find(&case_id, incoming.number).cloned();
        let session = match known {
            Some(known) => known,
            None if incoming.corrects => return Err(nothing_to_correct(&incoming)),
            None => self.session(case_id, incoming.number, incoming.days_since_first)?,
        };
        let bytes = serde_json::to_vec(&incoming.transcript)
            .map_err(|_| ApiError::new(ErrorCode::Internal, "The transcript could not be put into words."))?;
        let sha256 = content_sha256(&bytes);
        let version = match self.transcribed.get(&session.id) {
            Some(_) if !incoming.corrects => return Err(is_there(&incoming)),
            Some((version, same)) if *same == sha256 => return Err(is_the_same(&incoming, *version)),
            Some((version, _)) => version.saturating_add(1),
            None => 1,
        };
        self.transcribed
            .insert(session.id.clone(), (version, sha256.clone()));
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let record = TranscriptRecord {
            session_id: session.id.clone(),
            version,
            sha256,
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
            version,
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
            version,
            turns,
        })
    }

    /// A session of a case, where there is or will be one.
    pub(crate) fn find(&self, case_id: &CaseId, number: u32) -> Option<&SessionRecord> {
        self.sessions
            .iter()
            .find(|session| session.case_id == *case_id && session.number == number)
    }

    /// A new session without a transcript.
    pub(crate) fn session(
        &mut self,
        case_id: CaseId,
        number: u32,
        days_since_first: Option<i64>,
    ) -> Result<SessionRecord, ApiError> {
        let session = SessionRecord {
            id: fresh().map_err(|_| no_id())?,
            case_id,
            number,
            days_since_first,
            neutral_code: self.neutral_code()?,
            added_ms: self.at_ms,
        };
        self.sessions.push(session.clone());
        let add = Change::Session {
            id: session.id.clone(),
            after: Some(session.clone()),
        };
        let operation = self.operation(OperationKind::SessionAdd, vec![add])?;
        self.operations.push((Target::SetUp, operation));
        Ok(session)
    }

    /// The rater of this name, made where there is none; the second value says so.
    pub(crate) fn rater(&mut self, name: &str) -> Result<(RaterId, bool), ApiError> {
        let name = name.trim();
        if let Some(known) = self.raters.iter().find(|known| known.name == name) {
            return Ok((known.id.clone(), false));
        }
        let rater = RaterRecord {
            id: fresh().map_err(|_| no_id())?,
            name: names::of_rater(name)?,
        };
        let add = Change::Rater {
            id: rater.id.clone(),
            after: Some(rater.clone()),
        };
        let operation = self.operation(OperationKind::RaterAdd, vec![add])?;
        self.operations.push((Target::SetUp, operation));
        self.raters.push(rater.clone());
        Ok((rater.id, true))
    }

    /// Whether there is a case of this name, planned ones included.
    pub(crate) fn has_case(&self, name: &str) -> bool {
        self.cases.iter().any(|case| case.name == name)
    }

    /// The case of this name, made where there is none.
    pub(crate) fn case(&mut self, name: &str, brief: &str) -> Result<CaseId, ApiError> {
        let name = name.trim();
        if let Some(known) = self.cases.iter().find(|known| known.name == name) {
            return Ok(known.id.clone());
        }
        let case = CaseRecord {
            id: fresh().map_err(|_| no_id())?,
            name: names::proper(name, "A case")?,
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

fn newest_versions(study: &OpenStudy) -> Result<BTreeMap<SessionId, (u32, String)>, ApiError> {
    let mut newest: BTreeMap<SessionId, (u32, String)> = BTreeMap::new();
    for record in study.store.transcripts()? {
        let known = newest.entry(record.session_id).or_default();
        if record.version > known.0 {
            *known = (record.version, record.sha256);
        }
    }
    Ok(newest)
}

fn is_there(incoming: &Incoming) -> ApiError {
    ApiError::new(
        ErrorCode::Conflict,
        format!(
            "Case {} has a session {} already; nothing was imported. Choose another number, or import it as a new version of that transcript.",
            incoming.case, incoming.number
        ),
    )
}

fn is_the_same(incoming: &Incoming, version: u32) -> ApiError {
    ApiError::new(
        ErrorCode::Exists,
        format!(
            "This is what version {version} of case {}, session {} says already; nothing was imported.",
            incoming.case, incoming.number
        ),
    )
}

fn nothing_to_correct(incoming: &Incoming) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!(
            "Case {} has no session {} that this could be a new version of; nothing was imported. Name the session it corrects, or import it as a new one.",
            incoming.case, incoming.number
        ),
    )
}
