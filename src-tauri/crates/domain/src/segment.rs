//! What a rater marks: a stretch of text, a stretch of time, or the whole session.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::transcript::{Transcript, Turn};

/// A place in the text: turn and Unicode scalar, both counted from 0.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(deny_unknown_fields)]
pub struct TextPosition {
    pub turn: u32,
    pub char: u32,
}

/// A stretch that is never empty. Ends are exclusive; times are ms from the session's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Segment {
    Text { start: TextPosition, end: TextPosition },
    Time { start_ms: u32, end_ms: u32 },
    Whole,
}

/// Why a segment does not fit its transcript.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    #[error("the segment is empty or ends before it starts")]
    Empty,
    #[error("turn {turn} does not exist: the transcript has {turns} turns, counted from 0")]
    NoSuchTurn { turn: u32, turns: u32 },
    #[error("character {char} lies behind the end of turn {turn}, which has {chars} characters")]
    NoSuchCharacter { turn: u32, char: u32, chars: u32 },
}

impl Segment {
    /// Whether the segment holds something and lies within the transcript's text. Times may lie behind the last turn: a
    /// recording can be longer than its transcript.
    pub fn validate(&self, transcript: &Transcript) -> Result<(), SegmentError> {
        match *self {
            Self::Text { start, end } => {
                inside(start, transcript)?;
                inside(end, transcript)?;
                if holds_text(start, end, transcript) {
                    Ok(())
                } else {
                    Err(SegmentError::Empty)
                }
            }
            Self::Time { start_ms, end_ms } if start_ms >= end_ms => Err(SegmentError::Empty),
            Self::Time { .. } | Self::Whole => Ok(()),
        }
    }

    /// Start and end in ms: a stretch of text starts when its first turn starts and ends when its last turn ends; the whole
    /// session lasts until its last turn ends.
    #[must_use]
    pub fn times(&self, transcript: &Transcript) -> (u32, u32) {
        match *self {
            Self::Text { start, end } => {
                let time = |turn: u32| transcript.turn(turn).map(|turn| (turn.start_ms, turn.end_ms));
                let from = time(start.turn).map_or(0, |(start_ms, _)| start_ms);
                let to = time(last_turn(start, end)).map_or(from, |(_, end_ms)| end_ms);
                (from, to.max(from))
            }
            Self::Time { start_ms, end_ms } => (start_ms, end_ms),
            Self::Whole => (0, transcript.duration_ms()),
        }
    }

    /// The turns the segment has a part of, counted from 0; empty for a stretch of time between turns.
    #[must_use]
    pub fn turns(&self, transcript: &Transcript) -> Range<u32> {
        match *self {
            Self::Text { start, end } => {
                let turns = transcript.turn_count();
                start.turn.min(turns)..last_turn(start, end).saturating_add(1).min(turns)
            }
            Self::Time { start_ms, end_ms } => {
                let meets = |turn: &Turn| turn.start_ms < end_ms && start_ms < turn.end_ms;
                let numbered = || (0_u32..).zip(&transcript.turns);
                let first = numbered().find(|(_, turn)| meets(turn)).map(|(number, _)| number);
                let last = numbered()
                    .filter(|(_, turn)| meets(turn))
                    .last()
                    .map(|(number, _)| number);
                first
                    .zip(last)
                    .map_or(0..0, |(first, last)| first..last.saturating_add(1))
            }
            Self::Whole => 0..transcript.turn_count(),
        }
    }

    /// Whether two segments share anything: characters where both are text, time otherwise. The whole session shares
    /// something with every segment.
    #[must_use]
    pub fn overlaps(&self, other: &Self, transcript: &Transcript) -> bool {
        match (*self, *other) {
            (Self::Whole, _) | (_, Self::Whole) => true,
            (
                Self::Text { start, end },
                Self::Text {
                    start: other_start,
                    end: other_end,
                },
            ) => start < other_end && other_start < end,
            _ => {
                let (start, end) = self.times(transcript);
                let (other_start, other_end) = other.times(transcript);
                start < other_end && other_start < end
            }
        }
    }
}

/// The last turn of which something is covered: an end before a turn's first character leaves that turn out.
const fn last_turn(start: TextPosition, end: TextPosition) -> u32 {
    if end.char == 0 && end.turn > start.turn {
        end.turn - 1
    } else {
        end.turn
    }
}

fn inside(position: TextPosition, transcript: &Transcript) -> Result<(), SegmentError> {
    let TextPosition { turn, char } = position;
    match transcript.char_count(turn) {
        None => Err(SegmentError::NoSuchTurn {
            turn,
            turns: transcript.turn_count(),
        }),
        Some(chars) if char > chars => Err(SegmentError::NoSuchCharacter { turn, char, chars }),
        Some(_) => Ok(()),
    }
}

fn holds_text(start: TextPosition, end: TextPosition, transcript: &Transcript) -> bool {
    if start >= end || start.turn == end.turn {
        return start < end;
    }
    end.char > 0
        || transcript
            .char_count(start.turn)
            .is_some_and(|chars| start.char < chars)
        || (start.turn + 1..end.turn).any(|turn| transcript.char_count(turn).is_some_and(|chars| chars > 0))
}

#[cfg(test)]
mod tests;
