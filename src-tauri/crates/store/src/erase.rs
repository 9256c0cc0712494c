//! Erasure: what a participant who withdrew consent had said and what was coded of it leaves the file for good.
//!
//! The erasure is an operation that lists what is erased; only then do the triggers admit that payloads and content
//! become empty. Headers and hashes stay, so the chain still holds and a later merge recognises the operations and
//! leaves them empty. It ends with a rewritten file and a fresh backup in place of all earlier ones, since those still
//! hold what was withdrawn.

use std::collections::{BTreeSet, HashSet};

use rusqlite::Connection;
use sunder_domain::{CaseId, CodingId, OperationId, SessionId};

use crate::apply::remove_coding;
use crate::backup::{BackupReason, remove_all_but};
use crate::branch::Forest;
use crate::change::Change;
use crate::error::StoreError;
use crate::log;
use crate::operation::{NewOperation, OperationKind, Target};
use crate::payload::Subject;
use crate::stream;
use crate::study::Study;

/// Whose data goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErasureSubject {
    /// The case with its sessions, transcripts and codings.
    Case(CaseId),
    /// The session with its transcripts and codings.
    Session(SessionId),
    /// The coding, with every branch it has.
    Coding(CodingId),
}

/// What was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErasureReport {
    pub operations: u64,
    pub contents: u64,
    pub codings: u64,
}

/// Everything an erasure covers.
#[derive(Default)]
struct Scope {
    cases: HashSet<String>,
    sessions: HashSet<String>,
    codings: Vec<String>,
}

impl Study {
    /// Erases for good. This cannot be undone, and removes the backups written before.
    pub fn erase(
        &mut self,
        subject: &ErasureSubject,
        id: OperationId,
        actor: &str,
        at_ms: i64,
    ) -> Result<ErasureReport, StoreError> {
        let scope = scope(self, subject)?;
        let current = current_set_up(self)?;
        let mut report = ErasureReport {
            codings: scope.codings.len() as u64,
            ..ErasureReport::default()
        };
        self.write(at_ms, |door| {
            if let Some(done) = door.known(&Target::SetUp, &id)? {
                return Ok(vec![done]);
            }
            let mut operations = coding_operations(door.connection, &scope)?;
            let mut changes = removals(&current, &scope);
            let (of_set_up, survivors) = set_up_operations(door.connection, &scope, &current)?;
            operations.extend(of_set_up);
            changes.extend(survivors);
            let contents = contents(&current, &scope);
            report.operations = operations.len() as u64;
            report.contents = contents.len() as u64;
            changes.insert(0, Change::Erased { operations, contents });
            let operation = NewOperation::new(id, OperationKind::Erase, actor, at_ms, changes);
            let written = door.append(&Target::SetUp, operation, None)?;
            for coding in &scope.codings {
                remove_coding(door.connection, coding)?;
            }
            blank_erased(door.connection)?;
            Ok(vec![written])
        })?;
        self.finish_erasure(at_ms)?;
        Ok(report)
    }

    /// Rewrites the file and its backups, so that no byte of what was erased is left.
    pub(crate) fn finish_erasure(&mut self, at_ms: i64) -> Result<(), StoreError> {
        self.stacks.clear();
        self.settle()?;
        self.connection.execute_batch("VACUUM")?;
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        let backup = self.write_backup(at_ms, BackupReason::Erasure)?;
        remove_all_but(&self.path, &backup.path)
    }
}

/// Empties what the erasure operations list and is not empty yet; returns how much that was.
pub(crate) fn blank_erased(connection: &Connection) -> Result<usize, StoreError> {
    let operations = connection.execute(
        "UPDATE ops SET payload = NULL WHERE payload IS NOT NULL AND id IN (SELECT id FROM erased)",
        [],
    )?;
    let contents = connection.execute(
        "UPDATE content SET bytes = NULL WHERE bytes IS NOT NULL AND sha256 IN (SELECT id FROM erased)",
        [],
    )?;
    Ok(operations + contents)
}

fn scope(study: &Study, subject: &ErasureSubject) -> Result<Scope, StoreError> {
    let connection = study.connection();
    let ids =
        |sql: &str, key: &str| crate::read::all(connection, sql, [key], |row| Ok(row.get::<_, String>(0)?));
    let mut scope = Scope::default();
    match subject {
        ErasureSubject::Case(case_id) => {
            if ids(r#"SELECT id FROM "case" WHERE id = ?1"#, case_id.as_str())?.is_empty() {
                return Err(StoreError::unknown("case", case_id.as_str()));
            }
            scope.cases.insert(case_id.to_string());
            scope.sessions.extend(ids(
                "SELECT id FROM session WHERE case_id = ?1",
                case_id.as_str(),
            )?);
        }
        ErasureSubject::Session(session_id) => {
            study.session(session_id)?;
            scope.sessions.insert(session_id.to_string());
        }
        ErasureSubject::Coding(coding_id) => {
            study.coding_summary(coding_id)?;
            scope.codings.push(coding_id.to_string());
        }
    }
    for session in &scope.sessions {
        scope
            .codings
            .extend(ids("SELECT id FROM coding WHERE session_id = ?1", session)?);
    }
    Ok(scope)
}

/// Every operation of every stream the codings share, but for the openings, which hold no words.
fn coding_operations(connection: &Connection, scope: &Scope) -> Result<Vec<OperationId>, StoreError> {
    let forest = stream::forest(connection)?;
    let streams = family(&forest, &scope.codings);
    let mut operations = Vec::new();
    for stream in streams {
        log::each_of_stream(connection, &stream, 2, u64::MAX, |row| {
            operations.push(operation_id(&row.id)?);
            Ok(true)
        })?;
    }
    Ok(operations)
}

/// The streams of the codings and of all their branches.
fn family(forest: &Forest, codings: &[String]) -> BTreeSet<String> {
    let chains: Vec<(String, Vec<String>)> = forest
        .branches()
        .into_iter()
        .map(|branch| {
            let chain = forest
                .chain(&branch.tip)
                .into_iter()
                .map(|stretch| stretch.stream)
                .collect();
            (branch.coding_id, chain)
        })
        .collect();
    let mut streams: BTreeSet<String> = BTreeSet::new();
    let mut wanted: Vec<&Vec<String>> = chains
        .iter()
        .filter(|(coding, _)| codings.contains(coding))
        .map(|(_, chain)| chain)
        .collect();
    while let Some(chain) = wanted.pop() {
        let new: Vec<&String> = chain.iter().filter(|stream| !streams.contains(*stream)).collect();
        streams.extend(new.iter().map(|stream| (*stream).clone()));
        wanted.extend(
            chains
                .iter()
                .map(|(_, chain)| chain)
                .filter(|chain| new.iter().any(|s| chain.contains(s))),
        );
    }
    streams
}

fn operation_id(id: &str) -> Result<OperationId, StoreError> {
    OperationId::new(id).map_err(|_| StoreError::unreadable("operation", id))
}

/// Whether the change is about what is erased.
fn concerns(change: &Change, scope: &Scope) -> bool {
    match change {
        Change::Case { id, .. } => scope.cases.contains(id.as_str()),
        Change::Session { id, .. } => scope.sessions.contains(id.as_str()),
        Change::Transcript { session_id, .. } => scope.sessions.contains(session_id.as_str()),
        _ => false,
    }
}

fn removals(current: &[Change], scope: &Scope) -> Vec<Change> {
    current
        .iter()
        .filter(|change| concerns(change, scope))
        .filter_map(Change::absent)
        .collect()
}

/// Set-up operations that hold something of what is erased; and, said once more, all else they said that still holds.
fn set_up_operations(
    connection: &Connection,
    scope: &Scope,
    current: &[Change],
) -> Result<(Vec<OperationId>, Vec<Change>), StoreError> {
    let mut operations = Vec::new();
    let mut survivors: Vec<Change> = Vec::new();
    let forest = stream::forest(connection)?;
    for stream in forest.streams().filter(|stream| stream.subject == Subject::Setup) {
        log::each_of_stream(connection, &stream.id, 2, stream.last_seq, |row| {
            let changes = row.read_payload()?.changes;
            if row.kind == OperationKind::Erase.key() || !changes.iter().any(|change| concerns(change, scope))
            {
                return Ok(true);
            }
            operations.push(operation_id(&row.id)?);
            for change in changes.into_iter().filter(|change| !concerns(change, scope)) {
                let said = match &change {
                    Change::Head { .. } => Some(change),
                    _ => current.iter().find(|now| now.same_thing(&change)).cloned(),
                };
                survivors.extend(said.filter(|said| !survivors.contains(said)));
            }
            Ok(true)
        })?;
    }
    Ok((operations, survivors))
}

/// Transcripts that nothing else uses.
fn contents(current: &[Change], scope: &Scope) -> Vec<String> {
    let (mut erased, mut used) = (BTreeSet::new(), HashSet::new());
    for change in current {
        if let Change::Transcript {
            after: Some(transcript),
            ..
        } = change
        {
            if concerns(change, scope) {
                erased.insert(transcript.sha256.clone());
            } else {
                used.insert(transcript.sha256.clone());
            }
        }
    }
    erased
        .into_iter()
        .filter(|sha256| !used.contains(sha256))
        .collect()
}

/// The whole set-up, as changes that would make it so.
fn current_set_up(study: &Study) -> Result<Vec<Change>, StoreError> {
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
    Ok(changes)
}
