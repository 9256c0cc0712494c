//! The coding in hand: what the file holds of it, in maps that one act can change, with the transcript it stands on
//! and the rater's other codings of the same case.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sunder_domain::{
    ClockSource, CodingId, Conflict, ConflictId, Marker, MarkerId, Note, NoteId, Score, Segment, Settlement,
    Status, Transcript, WindowRating,
};
use sunder_store::{Change, CodingHeader, StoredCoding};

/// One coding, in memory.
#[derive(Debug, Clone)]
pub(crate) struct Working {
    pub(crate) id: CodingId,
    pub(crate) header: CodingHeader,
    /// The header is in the file; a coding starts with its first act, not with being looked at.
    pub(crate) started: bool,
    pub(crate) status: Status,
    pub(crate) markers: BTreeMap<MarkerId, Marker>,
    pub(crate) conflicts: BTreeMap<ConflictId, Conflict>,
    pub(crate) session_ratings: BTreeMap<String, Score>,
    pub(crate) windows: BTreeMap<u32, WindowRating>,
    pub(crate) notes: BTreeMap<NoteId, Note>,
    pub(crate) coverage: Vec<(u32, u32)>,
    pub(crate) dismissed: BTreeSet<Vec<ConflictId>>,
    /// How items were settled, by item; none but in a consensus.
    pub(crate) settlements: BTreeMap<String, Settlement>,
    pub(crate) transcript: Arc<Transcript>,
    /// Where the session's recording ends on its clock, ms; 0 without one.
    pub(crate) recording_end_ms: u32,
    pub(crate) siblings: Arc<Vec<Sibling>>,
}

/// The same rater's coding of another session of the case, for the same purpose.
#[derive(Debug, Clone)]
pub(crate) struct Sibling {
    pub(crate) number: u32,
    pub(crate) coding: Working,
}

impl Working {
    /// A coding that nobody has begun.
    pub(crate) fn fresh(id: CodingId, header: CodingHeader, transcript: Arc<Transcript>) -> Self {
        Self {
            id,
            header,
            started: false,
            status: Status::Open,
            markers: BTreeMap::new(),
            conflicts: BTreeMap::new(),
            session_ratings: BTreeMap::new(),
            windows: BTreeMap::new(),
            notes: BTreeMap::new(),
            coverage: Vec::new(),
            dismissed: BTreeSet::new(),
            settlements: BTreeMap::new(),
            transcript,
            recording_end_ms: 0,
            siblings: Arc::new(Vec::new()),
        }
    }

    /// A coding as the file holds it.
    pub(crate) fn stored(stored: StoredCoding, transcript: Arc<Transcript>) -> Self {
        Self {
            id: stored.id,
            header: CodingHeader {
                session_id: stored.session_id,
                rater_id: stored.rater_id,
                purpose: stored.purpose,
                perspective: stored.perspective,
                material: stored.material,
                codebook: stored.codebook,
                transcript: stored.transcript,
                started_ms: stored.started_ms,
            },
            started: true,
            status: stored.status,
            markers: stored
                .markers
                .into_iter()
                .map(|marker| (marker.id.clone(), marker))
                .collect(),
            conflicts: stored
                .conflicts
                .into_iter()
                .map(|conflict| (conflict.id.clone(), conflict))
                .collect(),
            session_ratings: stored.ratings.session,
            windows: stored
                .ratings
                .windows
                .into_iter()
                .map(|window| (window.start_ms, window))
                .collect(),
            notes: stored
                .notes
                .into_iter()
                .map(|note| (note.id.clone(), note))
                .collect(),
            coverage: stored.coverage,
            dismissed: stored.dismissed.iter().map(|members| in_order(members)).collect(),
            settlements: stored
                .settlements
                .into_iter()
                .map(|settlement| (settlement.item.clone(), settlement))
                .collect(),
            transcript,
            recording_end_ms: 0,
            siblings: Arc::new(Vec::new()),
        }
    }

    /// Takes over what an operation changed.
    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Coding { after } => {
                self.started = after.is_some();
                if let Some(header) = after {
                    self.header.clone_from(header);
                }
            }
            Change::Status { after } => {
                self.status = after.as_ref().map_or(Status::Open, |record| record.status)
            }
            Change::Conflict { id, after } => put(&mut self.conflicts, id, after.as_deref()),
            Change::Marker { id, after } => put(&mut self.markers, id, after.as_deref()),
            Change::SessionRating { key, after } => put(&mut self.session_ratings, key, after.as_ref()),
            Change::Window { start_ms, after } => put(&mut self.windows, start_ms, after.as_ref()),
            Change::Note { id, after } => put(&mut self.notes, id, after.as_ref()),
            Change::Coverage { after } => self.coverage.clone_from(after),
            Change::Dismissed { members, after } => {
                if *after {
                    self.dismissed.insert(in_order(members));
                } else {
                    self.dismissed.remove(&in_order(members));
                }
            }
            Change::Settlement { item, after } => put(&mut self.settlements, item, after.as_deref()),
            // Set-up changes never stand in a coding's stream.
            _ => {}
        }
    }

    /// The markers and conflicts that these changes touch, directly or through a link; asked before they are applied.
    pub(crate) fn touched(&self, changes: &[Change]) -> Touched {
        let mut touched = Touched::default();
        for change in changes {
            match change {
                Change::Conflict { id, .. } => {
                    touched.conflicts.insert(id.clone());
                }
                Change::Marker { id, after } => {
                    touched.markers.insert(id.clone());
                    for marker in self.markers.get(id).into_iter().chain(after.as_deref()) {
                        touched
                            .conflicts
                            .extend(marker.conflict.iter().chain(&marker.answers).cloned());
                    }
                }
                _ => {}
            }
        }
        touched
    }

    /// Length of the session on its clock, ms: the transcript's or the recording's, whichever lasts longer.
    pub(crate) fn duration_ms(&self) -> u32 {
        self.transcript.duration_ms().max(self.recording_end_ms)
    }

    /// Start and end of a marker on the session's clock, ms. Where there is no transcript a turn counts as one second,
    /// so that order at least is kept.
    pub(crate) fn times(&self, marker: &Marker) -> (u32, u32) {
        match marker.segment {
            Segment::Text { start, end } if self.transcript.turns.is_empty() => (
                start.turn.saturating_mul(1_000),
                end.turn.saturating_add(1).saturating_mul(1_000),
            ),
            Segment::Whole => (0, self.duration_ms()),
            segment => segment.times(&self.transcript),
        }
    }

    /// Whether the marker's onset is an estimate.
    pub(crate) fn onset_estimated(&self, marker: &Marker) -> bool {
        match marker.segment {
            Segment::Text { start, .. } => {
                self.transcript.clock == ClockSource::Estimated
                    || self
                        .transcript
                        .turn(start.turn)
                        .is_none_or(|turn| turn.start_estimated)
            }
            Segment::Time { .. } | Segment::Whole => false,
        }
    }

    /// The markers of each conflict by onset, and the repair attempts that answer it, also of the sibling sessions.
    pub(crate) fn index(&self) -> Index<'_> {
        Index::of(self, self.siblings.iter().map(|sibling| &sibling.coding))
    }
}

/// Members of a build-up in one order, whatever the order in which they were told.
pub(crate) fn in_order(members: &[ConflictId]) -> Vec<ConflictId> {
    let mut members = members.to_vec();
    members.sort_unstable();
    members.dedup();
    members
}

fn put<Key: Ord + Clone, Value: Clone>(map: &mut BTreeMap<Key, Value>, key: &Key, after: Option<&Value>) {
    match after {
        Some(value) => {
            map.insert(key.clone(), value.clone());
        }
        None => {
            map.remove(key);
        }
    }
}

/// What an operation touched, for the screen to hear of. Conflicts of other sessions are among them.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) markers: BTreeSet<MarkerId>,
    pub(crate) conflicts: BTreeSet<ConflictId>,
}

/// What belongs to each conflict.
#[derive(Debug, Default)]
pub(crate) struct Index<'a> {
    markers: BTreeMap<&'a ConflictId, Vec<&'a Marker>>,
    repairs: BTreeMap<&'a ConflictId, Vec<&'a Marker>>,
}

impl<'a> Index<'a> {
    /// The index of a coding; `others` are the rater's codings whose repair attempts may answer its conflicts.
    pub(crate) fn of(coding: &'a Working, others: impl Iterator<Item = &'a Working>) -> Self {
        let mut index = Self::default();
        for marker in coding.markers.values() {
            if let Some(conflict) = &marker.conflict {
                index.markers.entry(conflict).or_default().push(marker);
            }
        }
        for markers in index.markers.values_mut() {
            markers.sort_by_key(|marker| (coding.times(marker), &marker.id));
        }
        for marker in coding
            .markers
            .values()
            .chain(others.flat_map(|other| other.markers.values()))
        {
            for answered in &marker.answers {
                index.repairs.entry(answered).or_default().push(marker);
            }
        }
        index
    }

    pub(crate) fn markers(&self, conflict: &ConflictId) -> &[&'a Marker] {
        self.markers.get(conflict).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn repairs(&self, conflict: &ConflictId) -> &[&'a Marker] {
        self.repairs.get(conflict).map_or(&[], Vec::as_slice)
    }
}
