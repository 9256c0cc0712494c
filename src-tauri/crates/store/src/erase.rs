//! Erasure: what a participant who withdrew consent had said and what was coded of it leaves the file for good.
//!
//! The erasure is an operation that lists what is erased; only then do the triggers admit that payloads and content
//! become empty. Headers and hashes stay, so the chain still holds and a later merge recognises the operations and
//! leaves them empty. It also names whose data it was: what another copy adds to that before it hears of the erasure is
//! erased when the two meet, by a further operation of the same kind. It ends with a rewritten file and a fresh backup
//! in place of all earlier ones, since those still hold what was withdrawn.

mod scope;

use rusqlite::Connection;
use sunder_domain::{CaseId, CodingId, OperationId, SessionId};

use crate::apply::remove_coding;
use crate::backup::{BackupReason, remove_all_but};
use crate::change::Change;
use crate::error::StoreError;
use crate::ids::fresh_id;
use crate::operation::{NewOperation, OperationKind, Target};
use crate::study::Study;
use crate::transact::{Door, Written};
use scope::{Plan, Scope, current_set_up};

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

impl Study {
    /// Erases for good. This cannot be undone, and removes the backups written before.
    pub fn erase(
        &mut self,
        subject: &ErasureSubject,
        id: OperationId,
        actor: &str,
        at_ms: i64,
    ) -> Result<ErasureReport, StoreError> {
        let report = self.erase_in_log(subject, id, actor, at_ms)?;
        self.finish_erasure_if_due(at_ms)?;
        Ok(report)
    }

    /// Commits the erasure; the old bytes are still on the disk.
    fn erase_in_log(
        &mut self,
        subject: &ErasureSubject,
        id: OperationId,
        actor: &str,
        at_ms: i64,
    ) -> Result<ErasureReport, StoreError> {
        let scope = Scope::of(self, subject)?;
        let current = current_set_up(self)?;
        let mut report = ErasureReport::default();
        self.write(at_ms, |door| {
            if let Some(done) = door.known(&Target::SetUp, &id)? {
                return Ok(vec![done]);
            }
            let plan = Plan::new(door.connection, &scope, &current)?;
            report = ErasureReport {
                operations: plan.operations.len() as u64,
                contents: plan.contents.len() as u64,
                codings: plan.codings.len() as u64,
            };
            carry_out(door, scope, plan, (id, actor, at_ms))
        })?;
        Ok(report)
    }

    /// Erases what erasures of either file cover and the other brought. Returns how many operations and contents that
    /// were. Belongs into the transaction of the merge, when the tables are up to date.
    pub(crate) fn extend_erasures(&self, door: &mut Door<'_>, at_ms: i64) -> Result<usize, StoreError> {
        let scope = Scope::in_force(door.connection)?;
        if scope.is_empty() {
            return Ok(0);
        }
        let plan = Plan::new(door.connection, &scope, &current_set_up(self)?)?;
        if plan.is_empty() {
            return Ok(0);
        }
        let erased = plan.operations.len() + plan.contents.len();
        carry_out(door, scope, plan, (new_id(at_ms)?, "sunder", at_ms))?;
        Ok(erased)
    }

    /// Rewrites the file and its backups, so that no byte of what was erased is left.
    fn finish_erasure(&mut self, at_ms: i64) -> Result<(), StoreError> {
        self.stacks.clear();
        self.end_background()?;
        self.settle()?;
        self.connection.execute_batch("VACUUM")?;
        self.fold_in()?;
        let backup = self.write_backup(at_ms, BackupReason::Erasure)?;
        remove_all_but(&self.path, &backup.path)?;
        self.connection
            .execute("DELETE FROM meta WHERE key = 'erasure_to_finish'", [])?;
        self.fold_in()
    }

    /// Finishes an erasure that is in the log, but was cut off before the old bytes were gone.
    pub(crate) fn finish_erasure_if_due(&mut self, at_ms: i64) -> Result<(), StoreError> {
        let mut due = self
            .connection
            .prepare("SELECT 1 FROM meta WHERE key = 'erasure_to_finish'")?;
        if due.exists([])? {
            drop(due);
            self.finish_erasure(at_ms)?;
        }
        Ok(())
    }
}

/// Writes the erasure, and beside it what the erased operations said of others: an operation of its own, so that a
/// later erasure can empty it in turn.
fn carry_out(
    door: &mut Door<'_>,
    scope: Scope,
    plan: Plan,
    (id, actor, at_ms): (OperationId, &str, i64),
) -> Result<Vec<Written>, StoreError> {
    let mut changes = vec![Change::Erased {
        operations: plan.operations,
        contents: plan.contents,
        cases: scope.cases.into_iter().collect(),
        sessions: scope.sessions.into_iter().collect(),
        codings: scope.codings.into_iter().collect(),
    }];
    changes.extend(plan.removals);
    let operation = NewOperation::new(id, OperationKind::Erase, actor, at_ms, changes);
    let mut written = vec![door.append(&Target::SetUp, operation, None)?];
    for coding in &plan.codings {
        remove_coding(door.connection, coding)?;
    }
    blank_erased(door.connection)?;
    if !plan.survivors.is_empty() {
        let kind = OperationKind::SayAgain;
        let operation = NewOperation::new(new_id(at_ms)?, kind, actor, at_ms, plan.survivors);
        written.push(door.append(&Target::SetUp, operation, None)?);
    }
    Ok(written)
}

fn new_id(at_ms: i64) -> Result<OperationId, StoreError> {
    OperationId::new(fresh_id(at_ms)?).map_err(|_| StoreError::Randomness)
}

/// Empties what the erasure operations list and is not empty yet; returns how much that was. The same transaction notes
/// that the file and its backups are still to be rewritten.
pub(crate) fn blank_erased(connection: &Connection) -> Result<usize, StoreError> {
    let operations = connection.execute(
        "UPDATE ops SET payload = NULL WHERE payload IS NOT NULL AND id IN (SELECT id FROM erased)",
        [],
    )?;
    let contents = connection.execute(
        "UPDATE content SET bytes = NULL WHERE bytes IS NOT NULL AND sha256 IN (SELECT id FROM erased)",
        [],
    )?;
    if operations + contents > 0 {
        connection.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('erasure_to_finish', 'yes')",
            [],
        )?;
    }
    Ok(operations + contents)
}
