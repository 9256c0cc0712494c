//! Undo and redo: from the first act to the last, across restarts, because both are read from the log.
//!
//! Undo appends an operation that gives everything the act touched the state it had before it. Since the last act is
//! always undone first, that state is the last one given earlier in the coding's chain of streams. Redo is the undo
//! of the undo.

use rusqlite::Connection;
use sunder_domain::{OperationId, Status};

use crate::change::Change;
use crate::error::StoreError;
use crate::log;
use crate::operation::{Committed, NewOperation, OperationKind, Step, Target, Undoing};
use crate::stream;
use crate::study::Study;
use crate::transact::status;

/// What can be undone and redone, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stacks {
    done: Vec<Entry>,
    undone: Vec<Entry>,
}

/// The operation to undo next, and the kind of the act it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    operation: String,
    act: OperationKind,
}

impl Entry {
    fn step(&self) -> Option<Step> {
        Some(Step {
            operation: OperationId::new(self.operation.as_str()).ok()?,
            kind: self.act,
        })
    }
}

impl Stacks {
    /// Takes one operation into account. A kind this program does not know cannot be undone, nor what is before it.
    pub(crate) fn record(&mut self, id: &str, kind: &str, undo_of: Option<&str>) {
        let Some(kind) = OperationKind::from_key(kind) else {
            *self = Self::default();
            return;
        };
        match (kind, undo_of) {
            (OperationKind::Undo, Some(of)) => Self::take(&mut self.done, &mut self.undone, of, id),
            (OperationKind::Redo, Some(of)) => Self::take(&mut self.undone, &mut self.done, of, id),
            _ => match kind.undoing() {
                Undoing::Undoable => {
                    self.undone.clear();
                    self.done.push(Entry {
                        operation: id.to_owned(),
                        act: kind,
                    });
                }
                Undoing::Apart => {}
                Undoing::Barrier => *self = Self::default(),
            },
        }
    }

    fn take(from: &mut Vec<Entry>, to: &mut Vec<Entry>, of: &str, id: &str) {
        if let Some(at) = from.iter().rposition(|entry| entry.operation == of) {
            let act = from.remove(at).act;
            to.push(Entry {
                operation: id.to_owned(),
                act,
            });
        }
    }

    pub(crate) fn undo_step(&self) -> Option<Step> {
        self.done.last().and_then(Entry::step)
    }

    pub(crate) fn redo_step(&self) -> Option<Step> {
        self.undone.last().and_then(Entry::step)
    }
}

impl Study {
    /// What undo and redo would take next.
    pub fn steps(&mut self, target: &Target) -> Result<(Option<Step>, Option<Step>), StoreError> {
        let stacks = self.stacks(target)?;
        Ok((stacks.undo_step(), stacks.redo_step()))
    }

    /// What a step touched, each thing as the step left it; what it took away as it was before.
    pub fn touched_by(&self, target: &Target, step: &Step) -> Result<Vec<Change>, StoreError> {
        let operation = step.operation.as_str();
        let row = log::find(&self.connection, operation)?
            .ok_or_else(|| StoreError::unknown("operation", operation))?;
        let mut touched = row.read_payload()?.changes;
        let is_gone = |change: &Change| change.absent().as_ref() == Some(change);
        if touched.iter().any(is_gone) {
            for before in state_before(&self.connection, target, operation)? {
                let gone = touched
                    .iter_mut()
                    .find(|change| is_gone(change) && change.same_thing(&before));
                if let Some(change) = gone {
                    *change = before;
                }
            }
        }
        Ok(touched)
    }

    /// Takes back the last act. `id` is the undo's own, as with every operation.
    pub fn undo(
        &mut self,
        target: Target,
        id: OperationId,
        actor: &str,
        at_ms: i64,
    ) -> Result<Committed, StoreError> {
        let step = self.stacks(&target)?.undo_step();
        self.take_back(
            target,
            NewOperation::new(id, OperationKind::Undo, actor, at_ms, Vec::new()),
            step,
        )
    }

    /// Does again what was undone last.
    pub fn redo(
        &mut self,
        target: Target,
        id: OperationId,
        actor: &str,
        at_ms: i64,
    ) -> Result<Committed, StoreError> {
        let step = self.stacks(&target)?.redo_step();
        self.take_back(
            target,
            NewOperation::new(id, OperationKind::Redo, actor, at_ms, Vec::new()),
            step,
        )
    }

    fn take_back(
        &mut self,
        target: Target,
        mut operation: NewOperation,
        step: Option<Step>,
    ) -> Result<Committed, StoreError> {
        let is_undo = operation.kind == OperationKind::Undo;
        let committed = self.write(operation.at_ms, |door| {
            if let Some(done) = door.known(&target, &operation.id)? {
                return if done.kind == operation.kind {
                    Ok(vec![done])
                } else {
                    Err(StoreError::OperationReused(operation.id.to_string()))
                };
            }
            if let Target::Coding(coding_id) = &target
                && status(door.connection, coding_id)? == Some(Status::Submitted)
            {
                return Err(StoreError::Submitted(coding_id.to_string()));
            }
            let step = step.ok_or(if is_undo {
                StoreError::NothingToUndo
            } else {
                StoreError::NothingToRedo
            })?;
            operation.changes = state_before(door.connection, &target, step.operation.as_str())?;
            Ok(vec![door.append(
                &target,
                operation,
                Some(step.operation.as_str()),
            )?])
        })?;
        committed.into_iter().next().ok_or(StoreError::Closed)
    }

    pub(crate) fn stacks(&mut self, target: &Target) -> Result<&Stacks, StoreError> {
        if !self.stacks.contains_key(target) {
            let stacks = read_stacks(&self.connection, target)?;
            self.stacks.insert(target.clone(), stacks);
        }
        self.stacks.get(target).ok_or(StoreError::Closed)
    }
}

fn read_stacks(connection: &Connection, target: &Target) -> Result<Stacks, StoreError> {
    let mut stacks = Stacks::default();
    let Some(tip) = stream::tip(connection, target)? else {
        return Ok(stacks);
    };
    let mut statement = connection.prepare_cached(include_str!("sql/ops_headers.sql"))?;
    for stretch in stream::lineage(connection, &tip.id)?.chain(&tip.id) {
        let mut rows = statement.query(rusqlite::params![stretch.stream, stretch.last])?;
        while let Some(row) = rows.next()? {
            let (id, kind): (String, String) = (row.get(0)?, row.get(1)?);
            let undo_of: Option<String> = row.get(2)?;
            stacks.record(&id, &kind, undo_of.as_deref());
        }
    }
    Ok(stacks)
}

/// For everything the operation touched: its state just before.
fn state_before(
    connection: &Connection,
    target: &Target,
    operation: &str,
) -> Result<Vec<Change>, StoreError> {
    let row = log::find(connection, operation)?.ok_or_else(|| StoreError::unknown("operation", operation))?;
    let mut open = row.read_payload()?.changes;
    let mut found: Vec<Change> = Vec::with_capacity(open.len());
    let tip = stream::tip(connection, target)?.ok_or_else(|| StoreError::unknown("operation", operation))?;
    let chain = stream::lineage(connection, &tip.id)?.chain(&tip.id);
    let mut before = false;
    for stretch in chain.iter().rev() {
        let last = if stretch.stream == row.stream_id {
            before = true;
            row.seq.saturating_sub(1)
        } else {
            stretch.last
        };
        if !before {
            continue;
        }
        log::each_of_stream_backwards(connection, &stretch.stream, last, |earlier| {
            if !open
                .iter()
                .any(|wanted| wanted.id().is_none_or(|id| earlier.mentions(id)))
            {
                return Ok(true);
            }
            for change in earlier.read_payload()?.changes.into_iter().rev() {
                if let Some(at) = open.iter().position(|wanted| wanted.same_thing(&change)) {
                    open.swap_remove(at);
                    found.push(change);
                }
            }
            Ok(!open.is_empty())
        })?;
    }
    found.extend(open.iter().filter_map(Change::absent));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stacks(operations: &[(&str, &str, Option<&str>)]) -> (Option<String>, Option<String>) {
        let mut stacks = Stacks::default();
        for (id, kind, undo_of) in operations {
            stacks.record(id, kind, *undo_of);
        }
        let name = |step: Option<Step>| step.map(|step| format!("{} {}", step.operation, step.kind.key()));
        (name(stacks.undo_step()), name(stacks.redo_step()))
    }

    #[test]
    fn undo_and_redo_walk_back_and_forth() {
        let mut log = vec![("a", "marker_add", None), ("b", "conflict_score", None)];
        assert_eq!(stacks(&log), (Some("b conflict_score".into()), None));
        log.push(("u1", "undo", Some("b")));
        assert_eq!(
            stacks(&log),
            (Some("a marker_add".into()), Some("u1 conflict_score".into()))
        );
        log.push(("u2", "undo", Some("a")));
        assert_eq!(stacks(&log), (None, Some("u2 marker_add".into())));
        log.push(("r1", "redo", Some("u2")));
        assert_eq!(
            stacks(&log),
            (Some("r1 marker_add".into()), Some("u1 conflict_score".into()))
        );
        log.push(("c", "coverage", None));
        log.push(("s", "submit", None));
        assert_eq!(
            stacks(&log).1,
            Some("u1 conflict_score".into()),
            "what is no act leaves redo alone"
        );
        log.push(("d", "note_add", None));
        assert_eq!(
            stacks(&log),
            (Some("d note_add".into()), None),
            "a new act empties redo"
        );
    }

    #[test]
    fn nothing_before_a_barrier_or_an_unknown_kind_can_be_undone() {
        let barrier = [("a", "marker_add", None), ("i", "coding_import", None)];
        assert_eq!(stacks(&barrier), (None, None));
        let unknown = [("a", "marker_add", None), ("x", "of_the_future", None)];
        assert_eq!(stacks(&unknown), (None, None));
    }
}
