//! The one door for writes: the operation goes into the log, the tables follow, both are committed together.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sunder_domain::{CodingId, OperationId, Status, StreamId};

use crate::apply::{apply_all_coding, apply_all_set_up};
use crate::change::Change;
use crate::environment::KnownHead;
use crate::error::StoreError;
use crate::hash::{content_sha256, hex};
use crate::log;
use crate::operation::{Committed, Content, NewOperation, OperationKind, Target};
use crate::payload::{Payload, Subject};
use crate::record::HeadRecord;
use crate::stream::{self, Writer};
use crate::study::{Study, settle_in};
use crate::{guard, ids};

/// An operation that is in the log of a transaction still open.
pub(crate) struct Written {
    pub(crate) target: Target,
    pub(crate) operation: OperationId,
    pub(crate) kind: OperationKind,
    pub(crate) undo_of: Option<String>,
    pub(crate) stream: StreamId,
    pub(crate) seq: u64,
    pub(crate) changes: Vec<Change>,
    pub(crate) already_done: bool,
}

impl Study {
    /// Commits one act and returns what is so afterwards. The same operation id again is answered as already done.
    pub fn transact(&mut self, target: Target, operation: NewOperation) -> Result<Committed, StoreError> {
        let committed = self.transact_all(vec![(target, operation)])?;
        committed.into_iter().next().ok_or(StoreError::Closed)
    }

    /// Commits several acts together: all of them, or none.
    pub fn transact_all(
        &mut self,
        operations: Vec<(Target, NewOperation)>,
    ) -> Result<Vec<Committed>, StoreError> {
        for (_, operation) in &operations {
            if operation.kind.is_internal() {
                return Err(StoreError::Misplaced {
                    kind: operation.kind.key(),
                    entity: "the study",
                });
            }
        }
        let at_ms = operations
            .iter()
            .map(|(_, operation)| operation.at_ms)
            .max()
            .unwrap_or_default();
        self.write(at_ms, |door| {
            operations
                .into_iter()
                .map(|(target, operation)| door.act(&target, operation))
                .collect()
        })
    }

    /// Runs `acts` in one transaction. On an error nothing is kept, on the disk or in memory.
    pub(crate) fn write(
        &mut self,
        at_ms: i64,
        acts: impl FnOnce(&mut Door<'_>) -> Result<Vec<Written>, StoreError>,
    ) -> Result<Vec<Committed>, StoreError> {
        let relocated = self.relocated;
        if self.unsettled.is_none() {
            self.mark_as_begun();
        }
        let transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate)?;
        if relocated {
            settle_in(&transaction, &self.path, &self.environment)?;
        }
        let mut door = Door {
            connection: &transaction,
            study_id: self.id.as_str(),
            installation: &self.environment.installation,
        };
        let written = acts(&mut door)?;
        let head = last_head(&transaction)?;
        transaction.commit()?;
        self.relocated = false;
        if written.iter().any(|act| !act.already_done)
            && let Some(head) = head
        {
            self.unsettled = Some((at_ms, head));
        }
        for act in written.iter().filter(|act| !act.already_done) {
            if let Some(stacks) = self.stacks.get_mut(&act.target) {
                stacks.record(act.operation.as_str(), act.kind.key(), act.undo_of.as_deref());
            }
        }
        written.into_iter().map(|act| self.committed(act)).collect()
    }

    fn committed(&mut self, act: Written) -> Result<Committed, StoreError> {
        let stacks = self.stacks(&act.target)?;
        Ok(Committed {
            operation: act.operation,
            kind: act.kind,
            stream: act.stream,
            seq: act.seq,
            changes: act.changes,
            undo: stacks.undo_step(),
            redo: stacks.redo_step(),
            already_done: act.already_done,
        })
    }
}

/// A transaction that is open for acts.
pub(crate) struct Door<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) study_id: &'a str,
    pub(crate) installation: &'a str,
}

impl Door<'_> {
    fn act(&mut self, target: &Target, operation: NewOperation) -> Result<Written, StoreError> {
        if let Some(done) = self.already_done(target, &operation)? {
            return Ok(done);
        }
        for content in &operation.contents {
            keep(self.connection, content)?;
        }
        guard::check(self.connection, target, operation.kind, &operation.changes)?;
        // Also a coding that is brought in from elsewhere may be submitted already.
        let submitted = operation.changes.iter().any(|change| {
            matches!(change, Change::Status { after: Some(record) } if record.status == Status::Submitted)
        });
        let written = self.append(target, operation, None)?;
        if submitted {
            self.record_submission(&written)?;
        }
        Ok(written)
    }

    /// Appends and applies, without asking whether it may be.
    pub(crate) fn append(
        &mut self,
        target: &Target,
        operation: NewOperation,
        undo_of: Option<&str>,
    ) -> Result<Written, StoreError> {
        let at_ms = match target {
            Target::SetUp => self.after_other_branches(operation.at_ms)?,
            Target::Coding(_) => operation.at_ms,
        };
        let writer = Writer {
            study_id: self.study_id,
            installation: self.installation,
            actor: &operation.actor,
            at_ms,
        };
        let stream = stream::to_append(self.connection, target, &writer)?;
        let payload = Payload::of(operation.changes);
        let act = (operation.id.as_str(), operation.kind, undo_of);
        let (stream_id, seq) = stream::append(self.connection, &stream, &writer, act, &payload)?;
        match target {
            Target::SetUp => apply_all_set_up(self.connection, &payload.changes)?,
            Target::Coding(coding_id) => {
                apply_all_coding(self.connection, coding_id.as_str(), &stream.id, &payload.changes)?;
                self.connection
                    .prepare_cached("UPDATE coding SET stream_id = ?2 WHERE id = ?1 AND stream_id <> ?2")?
                    .execute([coding_id.as_str(), &stream.id])?;
            }
        }
        Ok(Written {
            target: target.clone(),
            operation: operation.id,
            kind: operation.kind,
            undo_of: undo_of.map(str::to_owned),
            stream: stream_id,
            seq,
            changes: payload.changes,
            already_done: false,
        })
    }

    /// The earlier answer, where the operation is known. Known with other content is refused.
    fn already_done(&self, target: &Target, operation: &NewOperation) -> Result<Option<Written>, StoreError> {
        let Some(done) = self.known(target, &operation.id)? else {
            return Ok(None);
        };
        if done.kind == operation.kind && done.changes == operation.changes && done.undo_of.is_none() {
            Ok(Some(done))
        } else {
            Err(StoreError::OperationReused(operation.id.to_string()))
        }
    }

    /// An operation that is in the log already.
    pub(crate) fn known(&self, target: &Target, id: &OperationId) -> Result<Option<Written>, StoreError> {
        let Some(row) = log::find(self.connection, id.as_str())? else {
            return Ok(None);
        };
        let reused = || StoreError::OperationReused(id.to_string());
        let stream = stream::find(self.connection, &row.stream_id)?.ok_or_else(reused)?;
        let same_target = match (target, &stream.subject) {
            (Target::SetUp, subject) => *subject == Subject::Setup,
            // A branch keeps the operations it shares with the coding it left.
            (Target::Coding(_), Subject::Coding { .. }) => match stream::tip(self.connection, target)? {
                Some(tip) => stream::lineage(self.connection, &tip.id)?
                    .get(&stream.id)
                    .is_some(),
                None => false,
            },
            (Target::Coding(_), Subject::Setup) => false,
        };
        if !same_target {
            return Err(reused());
        }
        Ok(Some(Written {
            target: target.clone(),
            operation: id.clone(),
            kind: OperationKind::from_key(&row.kind).ok_or_else(reused)?,
            undo_of: row.undo_of.clone(),
            stream: StreamId::new(row.stream_id.as_str()).map_err(|_| reused())?,
            seq: row.seq,
            changes: row.read_payload()?.changes,
            already_done: true,
        }))
    }

    /// Set-up streams of several branches are applied by time: an act of now comes after all of them, even when the
    /// clock of this machine is behind.
    fn after_other_branches(&self, at_ms: i64) -> Result<i64, StoreError> {
        let (streams, latest): (i64, Option<i64>) = self
            .connection
            .prepare_cached(include_str!("sql/set_up_latest.sql"))?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(match latest {
            Some(latest) if streams > 1 && latest >= at_ms => latest + 1,
            _ => at_ms,
        })
    }

    /// Records in the set-up where the coding stood when it was submitted.
    fn record_submission(&mut self, submitted: &Written) -> Result<(), StoreError> {
        let stream = stream::find(self.connection, submitted.stream.as_str())?
            .ok_or_else(|| StoreError::unknown("stream", submitted.stream.as_str()))?;
        let row = log::find(self.connection, submitted.operation.as_str())?
            .ok_or_else(|| StoreError::unknown("operation", submitted.operation.as_str()))?;
        let head = HeadRecord {
            stream: stream.id,
            seq: stream.last_seq,
            hash: hex(&stream.last_hash),
            at_ms: row.at_ms,
            reason: "submit".to_owned(),
        };
        self.record_heads(vec![head], &row.actor, row.at_ms).map(|_| ())
    }

    pub(crate) fn record_heads(
        &mut self,
        heads: Vec<HeadRecord>,
        actor: &str,
        at_ms: i64,
    ) -> Result<Written, StoreError> {
        let id = OperationId::new(ids::fresh_id(at_ms)?).map_err(|_| StoreError::Randomness)?;
        let changes = heads.into_iter().map(|after| Change::Head { after }).collect();
        self.append(
            &Target::SetUp,
            NewOperation::new(id, OperationKind::HeadsRecord, actor, at_ms, changes),
            None,
        )
    }
}

/// Keeps the bytes under their SHA-256; what is there stays, what was erased stays erased.
pub(crate) fn keep(connection: &Connection, content: &Content) -> Result<String, StoreError> {
    let sha256 = content_sha256(&content.bytes);
    connection
        .prepare_cached("INSERT OR IGNORE INTO content (sha256, kind, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![sha256, content.kind, content.bytes])?;
    Ok(sha256)
}

pub(crate) fn last_head(connection: &Connection) -> Result<Option<KnownHead>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT stream_id, seq, hash FROM ops ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| {
            Ok(KnownHead {
                stream: row.get(0)?,
                seq: row.get(1)?,
                hash: hex(&row.get::<_, Vec<u8>>(2)?),
            })
        })
        .optional()?)
}

/// Whether the coding is submitted; `None` where there is no such coding.
pub(crate) fn status(connection: &Connection, coding_id: &CodingId) -> Result<Option<Status>, StoreError> {
    let key: Option<String> = connection
        .prepare_cached("SELECT status FROM coding WHERE id = ?1")?
        .query_row([coding_id.as_str()], |row| row.get(0))
        .optional()?;
    key.map(|key| Status::from_key(&key).ok_or_else(|| StoreError::unreadable("coding", coding_id.as_str())))
        .transpose()
}

#[cfg(test)]
mod tests;
