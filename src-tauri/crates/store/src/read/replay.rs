//! A coding as it stood after one of its operations: read from the log, not from the tables.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{
    CodingId, Conflict, ConflictId, Marker, MarkerId, Note, NoteId, Ratings, Score, Settlement, Status,
    WindowRating,
};

use super::StoredCoding;
use crate::change::{Change, sorted};
use crate::consensus::OriginalRecord;
use crate::error::StoreError;
use crate::hash::hex;
use crate::log;
use crate::record::{CodingHeader, StatusRecord};
use crate::stream;
use crate::study::Study;

impl Study {
    /// The coding as it was frozen, whatever its rater did since. `None` where it was erased.
    ///
    /// # Errors
    /// Unknown where its operations are not in the file; unreadable where they are others than those frozen.
    pub fn coding_at(&self, original: &OriginalRecord) -> Result<Option<StoredCoding>, StoreError> {
        if self.is_current(original)? {
            return self.coding(&original.coding_id).map(Some);
        }
        let connection = self.connection();
        let missing = || StoreError::unknown("stream", original.stream.as_str());
        let lineage = stream::lineage(connection, &original.stream)?;
        let mut chain = lineage.chain(&original.stream);
        let last = chain.last_mut().ok_or_else(missing)?;
        if last.last < original.seq {
            return Err(missing());
        }
        last.last = original.seq;
        let mut replay = Replay::default();
        let mut hash = String::new();
        for stretch in chain {
            log::each_of_stream(connection, &stretch.stream, 1, stretch.last, |row| {
                for change in row.read_payload()?.changes {
                    replay.take(change);
                }
                hash = hex(&row.hash);
                Ok(true)
            })?;
        }
        if hash != original.hash {
            return Err(StoreError::unreadable("coding", original.coding_id.as_str()));
        }
        Ok(replay.finish(&original.coding_id))
    }

    /// Whether nothing was written to the coding since it was frozen.
    pub fn is_current(&self, original: &OriginalRecord) -> Result<bool, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT 1 FROM coding JOIN stream ON stream.id = coding.stream_id \
             WHERE coding.id = ?1 AND stream.id = ?2 AND stream.last_seq = ?3 AND lower(hex(stream.last_hash)) = ?4",
        )?;
        Ok(statement.exists(rusqlite::params![
            original.coding_id.as_str(),
            original.stream,
            original.seq,
            original.hash
        ])?)
    }
}

/// What the operations so far have said.
#[derive(Default)]
struct Replay {
    header: Option<CodingHeader>,
    status: Option<StatusRecord>,
    conflicts: BTreeMap<ConflictId, Conflict>,
    markers: BTreeMap<MarkerId, Marker>,
    session_ratings: BTreeMap<String, Score>,
    windows: BTreeMap<u32, WindowRating>,
    notes: BTreeMap<NoteId, Note>,
    coverage: Vec<(u32, u32)>,
    dismissed: BTreeSet<Vec<ConflictId>>,
    settlements: BTreeMap<String, Settlement>,
}

impl Replay {
    fn take(&mut self, change: Change) {
        match change {
            Change::Coding { after } => self.header = after,
            Change::Status { after } => self.status = after,
            Change::Conflict { id, after } => put(&mut self.conflicts, id, after.map(|after| *after)),
            Change::Marker { id, after } => put(&mut self.markers, id, after.map(|after| *after)),
            Change::SessionRating { key, after } => put(&mut self.session_ratings, key, after),
            Change::Window { start_ms, after } => put(&mut self.windows, start_ms, after),
            Change::Note { id, after } => put(&mut self.notes, id, after),
            Change::Coverage { mut after } => {
                after.sort_unstable();
                self.coverage = after;
            }
            Change::Dismissed { members, after } => {
                let in_order: Vec<ConflictId> = sorted(&members)
                    .into_iter()
                    .filter_map(|id| ConflictId::new(id).ok())
                    .collect();
                if after {
                    self.dismissed.insert(in_order);
                } else {
                    self.dismissed.remove(&in_order);
                }
            }
            Change::Settlement { item, after } => put(&mut self.settlements, item, after.map(|after| *after)),
            // Set-up changes never stand in a coding's stream.
            _ => {}
        }
    }

    fn finish(self, coding_id: &CodingId) -> Option<StoredCoding> {
        let header = self.header?;
        let status = self.status.as_ref().map_or(Status::Open, |record| record.status);
        Some(StoredCoding {
            id: coding_id.clone(),
            session_id: header.session_id,
            rater_id: header.rater_id,
            purpose: header.purpose,
            perspective: header.perspective,
            material: header.material,
            codebook: header.codebook,
            transcript: header.transcript,
            status,
            started_ms: header.started_ms,
            submitted_ms: self
                .status
                .filter(|record| record.status == Status::Submitted)
                .map(|record| record.at_ms),
            branch_label: None,
            conflicts: self.conflicts.into_values().collect(),
            markers: self.markers.into_values().collect(),
            ratings: Ratings {
                session: self.session_ratings,
                windows: self.windows.into_values().collect(),
            },
            notes: self.notes.into_values().collect(),
            coverage: self.coverage,
            dismissed: self.dismissed.into_iter().collect(),
            settlements: self.settlements.into_values().collect(),
        })
    }
}

fn put<Key: Ord, Value>(map: &mut BTreeMap<Key, Value>, key: Key, after: Option<Value>) {
    match after {
        Some(value) => {
            map.insert(key, value);
        }
        None => {
            map.remove(&key);
        }
    }
}
