//! What an erasure covers: from whose data goes to the operations and the content that hold it.
//!
//! The subjects are recorded with the erasure. Another copy may have gone on with the same case before it hears of the
//! erasure; from the subjects every file can tell what of that is covered as well.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, Row};
use sunder_domain::{CaseId, CodingId, OperationId, SessionId};

use super::ErasureSubject;
use crate::branch::Forest;
use crate::change::Change;
use crate::error::StoreError;
use crate::log;
use crate::operation::OperationKind;
use crate::payload::Subject;
use crate::read::{all, id};
use crate::stream;
use crate::study::Study;

/// Whose data is gone or goes.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) cases: BTreeSet<CaseId>,
    pub(super) sessions: BTreeSet<SessionId>,
    /// By the id that the first of its streams names; all of its branches are meant.
    pub(super) codings: BTreeSet<CodingId>,
}

/// What has to happen for a scope.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) operations: Vec<OperationId>,
    pub(super) contents: Vec<String>,
    /// Changes that take what is erased out of the set-up.
    pub(super) removals: Vec<Change>,
    /// What the erased operations of the set-up also said, and what still holds.
    pub(super) survivors: Vec<Change>,
    /// Codings of the tables, branches by their own ids.
    pub(super) codings: Vec<String>,
}

impl Scope {
    /// What a person asked for.
    pub(super) fn of(study: &Study, subject: &ErasureSubject) -> Result<Self, StoreError> {
        let connection = study.connection();
        let mut scope = Self::default();
        match subject {
            ErasureSubject::Case(case_id) => {
                let sql = r#"SELECT id FROM "case" WHERE id = ?1"#;
                if ids::<CaseId>(connection, sql, "case", case_id.as_str())?.is_empty() {
                    return Err(StoreError::unknown("case", case_id.as_str()));
                }
                scope.cases.insert(case_id.clone());
            }
            ErasureSubject::Session(session_id) => {
                study.session(session_id)?;
                scope.sessions.insert(session_id.clone());
            }
            ErasureSubject::Coding(coding_id) => {
                study.coding_summary(coding_id)?;
                scope.codings.insert(coding_id.clone());
            }
        }
        scope.complete(connection)?;
        Ok(scope)
    }

    /// What all erasures of the file cover by now, with what came later from elsewhere.
    pub(super) fn in_force(connection: &Connection) -> Result<Self, StoreError> {
        const SUBJECTS: &str = "SELECT id FROM erased_subject WHERE kind = ?1";
        let mut scope = Self {
            cases: ids(connection, SUBJECTS, "case", "case")?,
            sessions: ids(connection, SUBJECTS, "session", "session")?,
            codings: ids(connection, SUBJECTS, "coding", "coding")?,
        };
        scope.complete(connection)?;
        Ok(scope)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cases.is_empty() && self.sessions.is_empty() && self.codings.is_empty()
    }

    /// A case stands for its sessions, a session for its codings, a coding for all of its branches.
    fn complete(&mut self, connection: &Connection) -> Result<(), StoreError> {
        for case_id in &self.cases {
            let sql = "SELECT id FROM session WHERE case_id = ?1";
            self.sessions
                .extend(ids::<SessionId>(connection, sql, "session", case_id.as_str())?);
        }
        for session_id in &self.sessions {
            let sql = "SELECT id FROM coding WHERE session_id = ?1";
            self.codings
                .extend(ids::<CodingId>(connection, sql, "coding", session_id.as_str())?);
        }
        let forest = stream::forest(connection)?;
        let originals = forest
            .branches()
            .into_iter()
            .filter(|branch| self.has_coding(&branch.coding_id))
            .filter_map(|branch| original(&forest, &branch.tip).cloned());
        self.codings = self.codings.iter().cloned().chain(originals).collect();
        Ok(())
    }

    fn has_coding(&self, coding_id: &str) -> bool {
        self.codings.iter().any(|id| id.as_str() == coding_id)
    }

    /// Whether the stream belongs to a coding that is erased, or continues one.
    fn has_stream(&self, forest: &Forest, stream_id: &str) -> bool {
        original(forest, stream_id).is_some_and(|coding_id| self.codings.contains(coding_id))
    }

    /// Whether the change is about what is erased.
    fn concerns(&self, change: &Change) -> bool {
        match change {
            Change::Case { id, .. } => self.cases.contains(id),
            Change::Session { id, .. } => self.sessions.contains(id),
            Change::Transcript { session_id, .. }
            | Change::Recording { session_id, .. }
            | Change::Originals { session_id, .. }
            | Change::CodingOfRecord { session_id, .. } => self.sessions.contains(session_id),
            Change::Outcome { of, .. } => {
                self.cases.contains(&of.case_id)
                    || of
                        .session_id
                        .as_ref()
                        .is_some_and(|id| self.sessions.contains(id))
            }
            // Its words and its text may be the participant's.
            Change::Ruling {
                after: Some(ruling), ..
            } => ruling
                .passage
                .as_ref()
                .is_some_and(|passage| self.sessions.contains(&passage.session_id)),
            _ => false,
        }
    }
}

impl Plan {
    /// What of the scope is still there. `current` is the whole set-up.
    pub(super) fn new(
        connection: &Connection,
        scope: &Scope,
        current: &[Change],
    ) -> Result<Self, StoreError> {
        let mut plan = Self {
            removals: current
                .iter()
                .filter(|change| scope.concerns(change))
                .filter_map(Change::absent)
                .collect(),
            ..Self::default()
        };
        let forest = stream::forest(connection)?;
        plan.add_codings(connection, &forest, scope)?;
        plan.add_set_up(connection, &forest, scope, current)?;
        Ok(plan)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.contents.is_empty() && self.removals.is_empty()
    }

    /// Every operation of the codings, but for the openings of streams, which hold no words.
    fn add_codings(
        &mut self,
        connection: &Connection,
        forest: &Forest,
        scope: &Scope,
    ) -> Result<(), StoreError> {
        for stream in forest
            .streams()
            .filter(|stream| scope.has_stream(forest, &stream.id))
        {
            log::each_of_stream(connection, &stream.id, 2, stream.last_seq, |row| {
                if row.payload.is_some() {
                    self.operations.push(operation_id(&row.id)?);
                }
                Ok(true)
            })?;
        }
        let branches = forest.branches().into_iter();
        self.codings = branches
            .filter(|branch| scope.has_stream(forest, &branch.tip))
            .map(|branch| branch.coding_id)
            .collect();
        Ok(())
    }

    /// Set-up operations that hold something of what is erased, with their transcripts, where nothing else uses them;
    /// and all else they said that still holds.
    fn add_set_up(
        &mut self,
        connection: &Connection,
        forest: &Forest,
        scope: &Scope,
        current: &[Change],
    ) -> Result<(), StoreError> {
        let mut contents = BTreeSet::new();
        for stream in forest.streams().filter(|stream| stream.subject == Subject::Setup) {
            log::each_of_stream(connection, &stream.id, 2, stream.last_seq, |row| {
                let changes = row.read_payload()?.changes;
                // An erasure itself names ids alone, and says for good which.
                if row.kind == OperationKind::Erase.key()
                    || !changes.iter().any(|change| scope.concerns(change))
                {
                    return Ok(true);
                }
                self.operations.push(operation_id(&row.id)?);
                for change in changes {
                    if scope.concerns(&change) {
                        contents.extend(transcript(&change).map(str::to_owned));
                        continue;
                    }
                    let said = match &change {
                        Change::Head { .. } => Some(change),
                        _ => current.iter().find(|now| now.same_thing(&change)).cloned(),
                    };
                    self.survivors
                        .extend(said.filter(|said| !self.survivors.contains(said)));
                }
                Ok(true)
            })?;
        }
        let used: HashSet<&str> = current
            .iter()
            .filter(|change| !scope.concerns(change))
            .filter_map(transcript)
            .collect();
        self.contents = contents
            .into_iter()
            .filter(|sha256| !used.contains(sha256.as_str()))
            .collect();
        Ok(())
    }
}

fn ids<T: TryFrom<String> + Ord>(
    connection: &Connection,
    sql: &str,
    kind: &'static str,
    key: &str,
) -> Result<BTreeSet<T>, StoreError> {
    let read = |row: &Row<'_>| id(row, 0, kind);
    Ok(all(connection, sql, [key], read)?.into_iter().collect())
}

/// The coding that the first stream of the chain was opened for.
fn original<'a>(forest: &'a Forest, stream_id: &str) -> Option<&'a CodingId> {
    let chain = forest.chain(stream_id);
    match &forest.get(&chain.first()?.stream)?.subject {
        Subject::Coding { coding_id } => Some(coding_id),
        Subject::Setup => None,
    }
}

fn transcript(change: &Change) -> Option<&str> {
    match change {
        Change::Transcript {
            after: Some(transcript),
            ..
        } => Some(&transcript.sha256),
        _ => None,
    }
}

fn operation_id(id: &str) -> Result<OperationId, StoreError> {
    OperationId::new(id).map_err(|_| StoreError::unreadable("operation", id))
}

/// The whole set-up, as changes that would make it so.
pub(super) fn current_set_up(study: &Study) -> Result<Vec<Change>, StoreError> {
    let mut changes = vec![Change::Study {
        after: Some(study.settings()?),
    }];
    changes.extend(study.cases()?.into_iter().map(|case| Change::Case {
        id: case.id.clone(),
        after: Some(case),
    }));
    changes.extend(study.sessions()?.into_iter().map(|session| Change::Session {
        id: session.id.clone(),
        after: Some(session),
    }));
    changes.extend(
        study
            .transcripts()?
            .into_iter()
            .map(|transcript| Change::Transcript {
                session_id: transcript.session_id.clone(),
                version: transcript.version,
                after: Some(transcript),
            }),
    );
    changes.extend(
        study
            .recordings()?
            .into_iter()
            .map(|recording| Change::Recording {
                session_id: recording.session_id.clone(),
                after: Some(recording),
            }),
    );
    changes.extend(study.outcomes()?.into_iter().map(|outcome| Change::Outcome {
        of: outcome.key,
        after: Some(outcome.score),
    }));
    changes.extend(
        study
            .explorations()?
            .into_iter()
            .map(|exploration| Change::Exploration {
                id: exploration.id.clone(),
                after: Some(Box::new(exploration)),
            }),
    );
    changes.extend(study.raters()?.into_iter().map(|rater| Change::Rater {
        id: rater.id.clone(),
        after: Some(rater),
    }));
    changes.extend(study.rules()?.into_iter().map(|rule| Change::Rule {
        id: rule.id.clone(),
        after: Some(rule),
    }));
    changes.extend(study.codebooks()?.into_iter().map(|codebook| Change::Codebook {
        reference: codebook.reference.clone(),
        after: Some(codebook),
    }));
    let originals = study.originals()?.into_iter();
    changes.extend(originals.map(|(session_id, record)| Change::Originals {
        session_id,
        after: Some(record),
    }));
    changes.extend(study.rulings()?.into_iter().map(|ruling| Change::Ruling {
        id: ruling.id.clone(),
        after: Some(Box::new(ruling)),
    }));
    let records = study.codings_of_record()?.into_iter();
    changes.extend(records.map(|(session_id, record)| Change::CodingOfRecord {
        session_id,
        after: Some(record),
    }));
    Ok(changes)
}
