//! Writes generated sessions into a study file, through the same store that the program writes through.

use std::collections::BTreeMap;
use std::path::Path;

use sunder_domain::{CaseId, CodingId, OperationId, RaterId, SessionId, Status, TranscriptRef};
use sunder_store::{
    CaseRecord, Change, CodingHeader, Environment, NewOperation, OperationKind, RaterRecord, SessionRecord,
    StatusRecord, Study, StudySettings, Target, TranscriptRecord, content_sha256,
};

use super::Session;
use super::random::Random;

/// When everything in a generated study was done.
const AT_MS: i64 = 1_764_000_000_000;

/// Fills a study that is there. Ids come from the seed, moments are fixed.
pub struct StudyWriter {
    store: Study,
    seed: u64,
    made: u32,
    cases: BTreeMap<String, CaseId>,
    raters: BTreeMap<String, RaterId>,
}

impl StudyWriter {
    /// Opens a study file, made beforehand through the api, for writing.
    ///
    /// # Panics
    /// Where it cannot be opened: this is for tests.
    #[must_use]
    pub fn open(path: &Path, environment: Environment, seed: u64) -> Self {
        Self {
            store: Study::open(path, environment, None).unwrap(),
            seed,
            made: 0,
            cases: BTreeMap::new(),
            raters: BTreeMap::new(),
        }
    }

    /// Changes what a lead decides: what raters are shown, for one.
    ///
    /// # Panics
    /// Where the study cannot be written.
    pub fn change_settings(&mut self, change: impl FnOnce(&mut StudySettings)) {
        let mut settings = self.store.settings().unwrap();
        change(&mut settings);
        let edit = vec![Change::Study {
            after: Some(settings),
        }];
        let operation = self.operation(OperationKind::StudyEdit, edit);
        self.store.transact(Target::SetUp, operation).unwrap();
    }

    /// Writes sessions with their transcripts and codings, all in one transaction.
    ///
    /// # Panics
    /// Where the study cannot be written.
    pub fn write(&mut self, sessions: &[Session]) {
        let mut operations = Vec::new();
        for session in sessions {
            self.plan(session, &mut operations);
        }
        self.store.transact_all(operations).unwrap();
    }

    /// Closes the file with everything in it.
    ///
    /// # Panics
    /// Where that fails.
    pub fn close(self) {
        self.store.close().unwrap();
    }

    fn plan(&mut self, session: &Session, operations: &mut Vec<(Target, NewOperation)>) {
        let case_id = self.case(&session.case, operations);
        let session_id = SessionId::new(self.id()).unwrap();
        let record = SessionRecord {
            id: session_id.clone(),
            case_id,
            number: session.number,
            days_since_first: Some(session.days_since_first),
            neutral_code: format!("S-{:06}", self.made),
            added_ms: AT_MS,
        };
        let add = vec![Change::Session {
            id: session_id.clone(),
            after: Some(record),
        }];
        operations.push((Target::SetUp, self.operation(OperationKind::SessionAdd, add)));

        let bytes = serde_json::to_vec(&session.transcript).unwrap();
        let sha256 = content_sha256(&bytes);
        let record = TranscriptRecord {
            session_id: session_id.clone(),
            version: 1,
            sha256: sha256.clone(),
            speakers: session.transcript.speakers.len() as u32,
            turns: session.transcript.turn_count(),
            characters: session
                .transcript
                .turns
                .iter()
                .map(|turn| u64::from(turn.char_count()))
                .sum(),
            duration_ms: session.transcript.duration_ms(),
            clock: session.transcript.clock,
            imported_ms: AT_MS,
            source_format: "text".to_owned(),
        };
        let add = vec![Change::Transcript {
            session_id: session_id.clone(),
            version: 1,
            after: Some(record),
        }];
        let operation = self
            .operation(OperationKind::TranscriptAdd, add)
            .with_content("transcript", bytes);
        operations.push((Target::SetUp, operation));

        for coding in &session.codings {
            let header = CodingHeader {
                session_id: session_id.clone(),
                rater_id: self.rater(&coding.rater, operations),
                purpose: coding.purpose,
                perspective: coding.perspective,
                material: coding.material,
                codebook: coding.codebook.clone(),
                transcript: TranscriptRef {
                    version: 1,
                    sha256: sha256.clone(),
                },
                started_ms: AT_MS,
            };
            let target = Target::Coding(CodingId::new(self.id()).unwrap());
            let start = vec![Change::Coding { after: Some(header) }];
            operations.push((target.clone(), self.operation(OperationKind::CodingStart, start)));
            operations.push((
                target,
                self.operation(OperationKind::CodingImport, changes(coding)),
            ));
        }
    }

    fn case(&mut self, name: &str, operations: &mut Vec<(Target, NewOperation)>) -> CaseId {
        if let Some(known) = self.cases.get(name) {
            return known.clone();
        }
        let id = CaseId::new(self.id()).unwrap();
        let record = CaseRecord {
            id: id.clone(),
            name: name.to_owned(),
            therapist: None,
            brief: String::new(),
        };
        let add = vec![Change::Case {
            id: id.clone(),
            after: Some(record),
        }];
        operations.push((Target::SetUp, self.operation(OperationKind::CaseAdd, add)));
        self.cases.insert(name.to_owned(), id.clone());
        id
    }

    fn rater(&mut self, name: &str, operations: &mut Vec<(Target, NewOperation)>) -> RaterId {
        if let Some(known) = self.raters.get(name) {
            return known.clone();
        }
        let id = RaterId::new(self.id()).unwrap();
        let record = RaterRecord {
            id: id.clone(),
            name: name.to_owned(),
        };
        let add = vec![Change::Rater {
            id: id.clone(),
            after: Some(record),
        }];
        operations.push((Target::SetUp, self.operation(OperationKind::RaterAdd, add)));
        self.raters.insert(name.to_owned(), id.clone());
        id
    }

    fn operation(&mut self, kind: OperationKind, changes: Vec<Change>) -> NewOperation {
        NewOperation::new(OperationId::new(self.id()).unwrap(), kind, "lead", AT_MS, changes)
    }

    fn id(&mut self) -> String {
        self.made += 1;
        Random::of(self.seed, "study", &[self.made]).id(u64::from(self.made))
    }
}

fn changes(coding: &sunder_domain::Coding) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    changes.extend(coding.conflicts.iter().cloned().map(|conflict| Change::Conflict {
        id: conflict.id.clone(),
        after: Some(Box::new(conflict)),
    }));
    changes.extend(coding.markers.iter().cloned().map(|marker| Change::Marker {
        id: marker.id.clone(),
        after: Some(Box::new(marker)),
    }));
    let ratings = &coding.ratings;
    changes.extend(ratings.session.iter().map(|(key, score)| Change::SessionRating {
        key: key.clone(),
        after: Some(*score),
    }));
    changes.extend(ratings.windows.iter().cloned().map(|window| Change::Window {
        start_ms: window.start_ms,
        after: Some(window),
    }));
    changes.extend(coding.notes.iter().cloned().map(|note| Change::Note {
        id: note.id.clone(),
        after: Some(note),
    }));
    changes.push(Change::Coverage {
        after: coding.coverage.clone(),
    });
    changes.extend(
        coding
            .dismissed
            .iter()
            .cloned()
            .map(|members| Change::Dismissed { members, after: true }),
    );
    if coding.status == Status::Submitted {
        changes.push(Change::Status {
            after: Some(StatusRecord {
                status: Status::Submitted,
                at_ms: AT_MS,
                reason: None,
            }),
        });
    }
    changes
}
