//! Turns and windows: which markers count for which of them, by the half rule.

use super::{Cell, Content, Kind, Units};
use crate::agreement::facts::{CodingFacts, MarkerFacts};
use crate::agreement::panel::PanelRow;

/// Consecutive stretches that a session is cut into.
struct Slots<'a> {
    /// Start and end of each, ms, by start.
    times: &'a [(u64, u64)],
    /// They are turns: stretches of text are laid on their characters.
    turns: bool,
}

impl Units {
    /// Windows of so many seconds from the start; the last may be short.
    pub(super) fn windows(&mut self, place: usize, row: &PanelRow, seconds: u32) {
        let times = windows(row.duration_ms(), seconds);
        let length = u64::from(seconds) * 1_000;
        let slots = Slots {
            times: &times,
            turns: false,
        };
        let columns = self.columns_of(row, &slots);
        for (number, time) in times.iter().enumerate() {
            let short = time.1 - time.0 < length;
            self.slot(place, row, Kind::Window { short }, (number, *time), &columns);
        }
    }

    /// The turns of the transcript that the codings of the row share; none where they share none.
    pub(super) fn turns(&mut self, place: usize, row: &PanelRow) {
        let Some((_, first)) = row.present().next().filter(|_| row.one_transcript()) else {
            return;
        };
        let transcript = std::sync::Arc::clone(&first.transcript);
        let slots = Slots {
            times: &transcript.turns,
            turns: true,
        };
        let columns = self.columns_of(row, &slots);
        for (number, time) in transcript.turns.iter().enumerate() {
            let turn = u32::try_from(number).unwrap_or(u32::MAX);
            self.slot(place, row, Kind::Turn(turn), (number, *time), &columns);
        }
    }

    /// For each column what lies in each slot.
    fn columns_of(&mut self, row: &PanelRow, slots: &Slots<'_>) -> Vec<Vec<Content>> {
        row.codings
            .iter()
            .map(|coding| match coding {
                Some(coding) => {
                    let (contents, nowhere) = slots.assign(coding);
                    self.markers_nowhere += nowhere;
                    contents
                }
                None => Vec::new(),
            })
            .collect()
    }

    fn slot(
        &mut self,
        place: usize,
        row: &PanelRow,
        kind: Kind,
        (number, time): (usize, (u64, u64)),
        columns: &[Vec<Content>],
    ) {
        let cells = row
            .codings
            .iter()
            .zip(columns)
            .map(|(coding, contents)| {
                let Some(coding) = coding else {
                    return Cell::Missing;
                };
                match contents.get(number).filter(|content| !content.is_empty()) {
                    Some(content) => self.keep(content.clone()),
                    None if coding.has_seen(time.0, time.1) => Cell::Nothing,
                    None => Cell::Missing,
                }
            })
            .collect();
        self.push(place, kind, time, cells);
    }
}

/// Stretches of so many seconds from 0 to the end; the last ends with the session.
pub(super) fn windows(duration_ms: u64, seconds: u32) -> Vec<(u64, u64)> {
    let length = u64::from(seconds.max(1)) * 1_000;
    let mut windows = Vec::new();
    let mut start = 0;
    while start < duration_ms {
        let end = (start + length).min(duration_ms);
        windows.push((start, end));
        start = end;
    }
    windows
}

impl Slots<'_> {
    /// What of a coding counts for each slot, and how many markers count for none.
    fn assign(&self, coding: &CodingFacts) -> (Vec<Content>, usize) {
        let mut contents = vec![Content::default(); self.times.len()];
        let mut nowhere = 0;
        for (place, marker) in coding.markers.iter().enumerate() {
            let mut counted = false;
            for slot in self.near(coding, marker) {
                let Some(content) = contents.get_mut(slot) else {
                    continue;
                };
                if self.counts(coding, marker, slot) {
                    counted = true;
                    content.markers.push(place);
                    content.conflicts.extend(marker.conflict);
                }
            }
            nowhere += usize::from(!counted);
            if let Some(content) = self.at(marker.time.0).and_then(|slot| contents.get_mut(slot)) {
                content.markers_begun.push(place);
            }
        }
        for (place, conflict) in coding.conflicts.iter().enumerate() {
            let onset = u64::from(conflict.extent.onset_ms);
            if let Some(content) = self.at(onset).and_then(|slot| contents.get_mut(slot)) {
                content.conflicts_begun.push(place);
            }
        }
        for content in &mut contents {
            content.conflicts.sort_unstable();
            content.conflicts.dedup();
        }
        if !self.turns {
            self.add_windows(coding, &mut contents);
        }
        (contents, nowhere)
    }

    /// A window that was rated is the one that it shares at least half with.
    fn add_windows(&self, coding: &CodingFacts, contents: &mut [Content]) {
        for (place, window) in coding.windows.iter().enumerate() {
            let rated = (window.start_ms, window.end_ms);
            for (time, content) in self.times.iter().zip(contents.iter_mut()) {
                let (length, shared) = (time.1 - time.0, shared(rated, *time));
                let own = rated.1.saturating_sub(rated.0);
                if shared * 2 >= length.max(own) && (window.nothing_here || !window.ratings.is_empty()) {
                    content.window = Some(place);
                }
            }
        }
    }

    /// The slots that a marker may touch.
    fn near(&self, coding: &CodingFacts, marker: &MarkerFacts) -> std::ops::Range<usize> {
        match marker.text.filter(|_| self.turns) {
            Some((start, end)) => coding.transcript.scale.turns_between(start, end),
            None => {
                // Turns may overlap, but their starts rise.
                let after = self
                    .times
                    .partition_point(|(start, _)| *start < marker.time.1.max(1));
                let before = self
                    .times
                    .iter()
                    .position(|(_, end)| *end > marker.time.0)
                    .unwrap_or(after);
                before.min(after)..after
            }
        }
    }

    fn counts(&self, coding: &CodingFacts, marker: &MarkerFacts, slot: usize) -> bool {
        match marker.text.filter(|_| self.turns) {
            Some(text) => holds_half(text, coding.transcript.scale.turn(slot)),
            None => self
                .times
                .get(slot)
                .is_some_and(|time| holds_half(marker.time, *time)),
        }
    }

    /// The slot that a moment lies in; behind the last one, the last.
    fn at(&self, ms: u64) -> Option<usize> {
        let after = self.times.partition_point(|(start, _)| *start <= ms);
        after.checked_sub(1).or((!self.times.is_empty()).then_some(0))
    }
}

fn shared(one: (u64, u64), other: (u64, u64)) -> u64 {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

/// The slot holds at least half of the marker, or the marker at least half of the slot.
fn holds_half(marker: (u64, u64), slot: (u64, u64)) -> bool {
    let shared = shared(marker, slot).saturating_mul(2);
    shared > 0 && (shared >= marker.1.saturating_sub(marker.0) || shared >= slot.1.saturating_sub(slot.0))
}
