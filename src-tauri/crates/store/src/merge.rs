//! Two copies of one study become one again: the union of their operations.
//!
//! Repeatable and order-free: an operation counts once, wherever it came from, and the tables follow from the set of
//! operations alone. An operation that both files know must be the same in both. What was erased stays erased, and what
//! the other copy added to it is erased as well. The other file is only read.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use sunder_domain::CodingId;

use crate::apply::remove_coding;
use crate::branch::{Branch, Forest};
use crate::erase::blank_erased;
use crate::error::StoreError;
use crate::hash::{content_sha256, sha256};
use crate::judge::study_id;
use crate::log::{self, LogRow};
use crate::open::open_judged_for_reading;
use crate::rebuild::{forest_of_log, rebuild_coding, rebuild_set_up, rebuild_streams};
use crate::stream;
use crate::study::{Study, settle_in};
use crate::transact::{Door, last_head};

/// What a merge brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeReport {
    pub operations_added: u64,
    pub contents_added: u64,
    /// Operations and content that one copy had erased, or would have, and the other still held.
    pub erased: u64,
    /// Codings that are new branches: the shorter side of a coding that went on in both files, for the lead to settle.
    pub branches: Vec<CodingId>,
}

impl Study {
    /// Takes over every operation of another copy of this study that is not here yet.
    pub fn merge_from(
        &mut self,
        other_path: &Path,
        passphrase: Option<&str>,
        at_ms: i64,
    ) -> Result<MergeReport, StoreError> {
        let (other, _claim) = open_judged_for_reading(other_path, passphrase)?;
        if study_id(&other)? != self.id {
            return Err(StoreError::OtherStudy(other_path.to_owned()));
        }
        let relocated = self.relocated;
        // Shared, so that the study's own reading functions can be used meanwhile.
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        if relocated {
            settle_in(&transaction, &self.path, &self.environment)?;
        }
        let before = shapes(&stream::forest(&transaction)?);
        let mut report = MergeReport::default();
        let erased = erased_in_either(&transaction, &other)?;
        report.contents_added = take_contents(&transaction, &other, &erased)?;
        report.operations_added = take_operations(&transaction, &other, self.id.as_str(), &erased)?;
        if report.operations_added > 0 {
            report.erased = follow(&transaction, &before)?;
            let mut door = Door {
                connection: &transaction,
                study_id: self.id.as_str(),
                installation: &self.environment.installation,
            };
            report.erased += self.extend_erasures(&mut door, at_ms)? as u64;
            report.branches = new_branches(&transaction, &before)?;
        }
        let head = last_head(&transaction)?;
        transaction.commit()?;
        self.relocated = false;
        self.stacks.clear();
        if report != MergeReport::default()
            && let Some(head) = head
        {
            self.unsettled = Some((at_ms, head));
        }
        self.finish_erasure_if_due(at_ms)?;
        Ok(report)
    }
}

fn erased_in_either(here: &Connection, other: &Connection) -> Result<HashSet<String>, StoreError> {
    let mut erased = HashSet::new();
    for connection in [here, other] {
        erased.extend(crate::read::all(
            connection,
            "SELECT id FROM erased",
            [],
            |row| Ok(row.get::<_, String>(0)?),
        )?);
    }
    Ok(erased)
}

fn take_contents(here: &Connection, other: &Connection, erased: &HashSet<String>) -> Result<u64, StoreError> {
    let mut insert =
        here.prepare("INSERT OR IGNORE INTO content (sha256, kind, bytes) VALUES (?1, ?2, ?3)")?;
    let mut statement = other.prepare("SELECT sha256, kind, bytes FROM content")?;
    let mut rows = statement.query([])?;
    let mut added = 0;
    while let Some(row) = rows.next()? {
        let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let bytes: Option<Vec<u8>> = row.get(2)?;
        let bytes = bytes.filter(|_| !erased.contains(&name));
        if bytes.as_ref().is_some_and(|bytes| content_sha256(bytes) != name) {
            return Err(StoreError::MergeBroken { operation: name });
        }
        added += insert.execute(params![name, kind, bytes])? as u64;
    }
    Ok(added)
}

fn take_operations(
    here: &Connection,
    other: &Connection,
    study_id: &str,
    erased: &HashSet<String>,
) -> Result<u64, StoreError> {
    let mut added = 0;
    let mut previous: Option<(String, u64, Vec<u8>)> = None;
    log::each(other, |row| {
        check_link(&row, study_id, previous.as_ref())?;
        previous = Some((row.stream_id.clone(), row.seq, row.hash.clone()));
        match log::find(here, &row.id)? {
            Some(known) if known.same_operation(&row) => Ok(()),
            Some(_) => Err(StoreError::MergeDiffers { operation: row.id }),
            None => {
                insert(here, &row, erased)?;
                added += 1;
                Ok(())
            }
        }
    })?;
    Ok(added)
}

/// The other file's operation must follow its predecessor and fit its hashes.
fn check_link(
    row: &LogRow,
    study_id: &str,
    previous: Option<&(String, u64, Vec<u8>)>,
) -> Result<(), StoreError> {
    let follows = match previous {
        Some((stream, seq, hash)) if *stream == row.stream_id => row.seq == seq + 1 && row.prev_hash == *hash,
        _ => row.seq == 1,
    };
    let fits = row.expected_hash(study_id).as_slice() == row.hash;
    let carries = row
        .payload
        .as_ref()
        .is_none_or(|bytes| sha256(bytes).as_slice() == row.payload_sha256);
    if follows && fits && carries {
        Ok(())
    } else {
        Err(StoreError::MergeBroken {
            operation: row.id.clone(),
        })
    }
}

fn insert(here: &Connection, row: &LogRow, erased: &HashSet<String>) -> Result<(), StoreError> {
    let mut taken = here.prepare_cached("SELECT 1 FROM ops WHERE stream_id = ?1 AND seq = ?2")?;
    if taken.exists(params![row.stream_id, row.seq])? {
        return Err(StoreError::MergeDiffers {
            operation: row.id.clone(),
        });
    }
    here.prepare_cached(include_str!("sql/ops_insert.sql"))?
        .execute(params![
            row.id,
            row.stream_id,
            row.seq,
            row.at_ms,
            row.actor,
            row.kind,
            row.payload.as_ref().filter(|_| !erased.contains(&row.id)),
            row.payload_sha256,
            row.undo_of,
            row.prev_hash,
            row.hash,
        ])?;
    Ok(())
}

/// What a coding consists of: if this is the same before and after, its rows are too.
type Shape = (Branch, Vec<(String, u64)>);

fn shapes(forest: &Forest) -> HashMap<String, Shape> {
    forest
        .branches()
        .into_iter()
        .map(|branch| {
            let chain = forest
                .chain(&branch.tip)
                .into_iter()
                .map(|part| (part.stream, part.last))
                .collect();
            (branch.coding_id.clone(), (branch, chain))
        })
        .collect()
}

/// Brings the derived tables after the log. Returns how much was erased.
fn follow(here: &Connection, before: &HashMap<String, Shape>) -> Result<u64, StoreError> {
    let forest = forest_of_log(here)?;
    rebuild_streams(here, &forest)?;
    rebuild_set_up(here, here, &forest)?;
    let blanked = blank_erased(here)?;
    if blanked > 0 {
        rebuild_set_up(here, here, &forest)?;
    }
    let after = shapes(&forest);
    for coding_id in before.keys().filter(|id| !after.contains_key(*id)) {
        remove_coding(here, coding_id)?;
    }
    for (coding_id, shape) in &after {
        if blanked == 0 && before.get(coding_id) == Some(shape) {
            continue;
        }
        remove_coding(here, coding_id)?;
        rebuild_coding(here, here, &forest, &shape.0)?;
    }
    Ok(blanked as u64)
}

/// Branches that were not there before; an erased one is none.
fn new_branches(here: &Connection, before: &HashMap<String, Shape>) -> Result<Vec<CodingId>, StoreError> {
    let sql = "SELECT id FROM coding WHERE branched_ms IS NOT NULL ORDER BY id";
    let branches: Vec<CodingId> = crate::read::all(here, sql, [], |row| crate::read::id(row, 0, "coding"))?;
    Ok(branches
        .into_iter()
        .filter(|id| !before.contains_key(id.as_str()))
        .collect())
}
