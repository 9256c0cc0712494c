//! Where a conflict or a marker shows on its session: stretches of text, stretches of time, and its onset.
//!
//! Text is counted in characters from the transcript's first, time in ms from the session's start. Two extents share
//! text where both are marked in text, else time. To rank one kind against the other, a character lasts the 14th of a
//! second, the pace of the estimated clock.

use sunder_domain::{CHARACTERS_PER_SECOND, ConflictId, Marker, Segment, TextPosition, Transcript};

use crate::coding::Working;

/// What two codings of a session can be laid on each other by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Both stand on the same transcript.
    TextAndTime,
    /// They stand on different versions: a character of one is no character of the other.
    Time,
}

/// Where each turn's text begins when all turns are read as one text.
#[derive(Debug, Clone)]
pub(crate) struct TextScale {
    /// One more than there are turns; empty without a transcript.
    starts: Vec<u64>,
}

/// Without a transcript nobody knows how long a turn is: it has room for the longest session that is read.
const UNKNOWN_TURN: u64 = 1 << 20;

impl TextScale {
    pub(crate) fn of(transcript: &Transcript) -> Self {
        let mut starts = Vec::with_capacity(transcript.turns.len() + 1);
        let mut total = 0_u64;
        for turn in &transcript.turns {
            starts.push(total);
            total += u64::from(turn.char_count());
        }
        if !starts.is_empty() {
            starts.push(total);
        }
        Self { starts }
    }

    fn place(&self, position: TextPosition) -> u64 {
        let turn = usize::try_from(position.turn).unwrap_or(usize::MAX);
        match self.starts.get(turn) {
            Some(start) => start + u64::from(position.char),
            None if self.starts.is_empty() => {
                u64::from(position.turn) * UNKNOWN_TURN + u64::from(position.char).min(UNKNOWN_TURN)
            }
            None => self.end(),
        }
    }

    fn end(&self) -> u64 {
        self.starts.last().copied().unwrap_or(u64::MAX)
    }

    /// Where a turn's characters lie; empty where there is no such turn.
    pub(crate) fn turn(&self, turn: usize) -> (u64, u64) {
        match (self.starts.get(turn), self.starts.get(turn + 1)) {
            (Some(start), Some(end)) => (*start, *end),
            _ => (0, 0),
        }
    }

    /// The turns that have some of these characters.
    pub(crate) fn turns_between(&self, from: u64, to: u64) -> std::ops::Range<usize> {
        let first = self
            .starts
            .partition_point(|start| *start <= from)
            .saturating_sub(1);
        let behind = self.starts.partition_point(|start| *start < to);
        first.min(behind)..behind
    }

    /// The characters of a segment; `None` for a stretch of time.
    pub(crate) fn stretch(&self, segment: &Segment) -> Option<(u64, u64)> {
        match *segment {
            Segment::Text { start, end } => Some((self.place(start), self.place(end))),
            Segment::Whole => Some((0, self.end())),
            Segment::Time { .. } => None,
        }
    }
}

/// Where a conflict shows: the stretches of all its markers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) conflict: ConflictId,
    /// Stretches of text, merged.
    text: Vec<(u64, u64)>,
    /// Stretches of the markers that have no text, merged.
    time_alone: Vec<(u64, u64)>,
    /// Stretches of all markers on the clock, merged.
    time: Vec<(u64, u64)>,
    /// Start of the first marker.
    pub(crate) onset_ms: u32,
    /// End of the last.
    pub(crate) end_ms: u32,
    /// The turn in which the first marker begins, where the session has turns.
    pub(crate) onset_turn: Option<u32>,
}

impl Extent {
    /// The extent of a conflict of this coding, shown by these markers; `None` where it has none.
    pub(crate) fn of(
        coding: &Working,
        scale: &TextScale,
        conflict: &ConflictId,
        markers: &[&Marker],
        basis: Basis,
    ) -> Option<Self> {
        let mut text = Vec::new();
        let mut time_alone = Vec::new();
        let mut time = Vec::new();
        let (mut onset_ms, mut end_ms, mut onset_turn) = (u32::MAX, 0, None);
        for marker in markers {
            let (start, end) = coding.times(marker);
            let stretch = (u64::from(start), u64::from(end));
            time.push(stretch);
            match scale
                .stretch(&marker.segment)
                .filter(|_| basis == Basis::TextAndTime)
            {
                Some(characters) => text.push(characters),
                None => time_alone.push(stretch),
            }
            if start < onset_ms {
                onset_ms = start;
                onset_turn = first_turn(&marker.segment, &coding.transcript);
            }
            end_ms = end_ms.max(end);
        }
        (!markers.is_empty()).then(|| Self {
            conflict: conflict.clone(),
            text: merged(text),
            time_alone: merged(time_alone),
            time: merged(time),
            onset_ms,
            end_ms,
            onset_turn,
        })
    }

    /// How much the two share, in 14ths of a ms; 0 exactly where nothing of them overlaps.
    pub(crate) fn shared(&self, other: &Self) -> u64 {
        let characters = length(&common(&self.text, &other.text)).saturating_mul(1_000);
        let mut clock = common(&self.time_alone, &other.time);
        clock.extend(common(&self.time, &other.time_alone));
        let clock = length(&merged(clock)).saturating_mul(u64::from(CHARACTERS_PER_SECOND));
        characters.saturating_add(clock)
    }

    /// Whether some marker of it has a part of this stretch of time.
    pub(crate) fn meets(&self, from_ms: u64, to_ms: u64) -> bool {
        !common(&self.time, &[(from_ms, to_ms)]).is_empty()
    }
}

/// The turn in which a segment begins; `None` for a stretch of time outside all turns.
pub(crate) fn first_turn(segment: &Segment, transcript: &Transcript) -> Option<u32> {
    match segment {
        Segment::Text { start, .. } => Some(start.turn),
        other => {
            let turns = other.turns(transcript);
            (!turns.is_empty()).then_some(turns.start)
        }
    }
}

/// The same stretches in order, those that touch joined.
pub(crate) fn merged(mut stretches: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    stretches.sort_unstable();
    let mut joined: Vec<(u64, u64)> = Vec::with_capacity(stretches.len());
    for (start, end) in stretches {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// What two merged lists of stretches have in common.
pub(crate) fn common(first: &[(u64, u64)], second: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    let (mut firsts, mut seconds) = (first.iter().peekable(), second.iter().peekable());
    while let (Some(one), Some(other)) = (firsts.peek(), seconds.peek()) {
        let (start, end) = (one.0.max(other.0), one.1.min(other.1));
        if start < end {
            found.push((start, end));
        }
        if one.1 <= other.1 {
            firsts.next();
        } else {
            seconds.next();
        }
    }
    found
}

/// Length of merged stretches.
pub(crate) fn length(stretches: &[(u64, u64)]) -> u64 {
    stretches.iter().fold(0, |sum, (start, end)| {
        sum.saturating_add(end.saturating_sub(*start))
    })
}

#[cfg(test)]
mod tests {
    use super::{common, length, merged};

    #[test]
    fn stretches_are_joined_cut_and_measured() {
        assert_eq!(merged(vec![(5, 9), (0, 3), (3, 4), (6, 7)]), [(0, 4), (5, 9)]);
        let found = common(&[(0, 4), (5, 9)], &[(2, 6), (8, 20)]);
        assert_eq!(found, [(2, 4), (5, 6), (8, 9)]);
        assert_eq!(length(&found), 4);
        assert!(common(&[(0, 4)], &[(4, 8)]).is_empty());
    }
}
