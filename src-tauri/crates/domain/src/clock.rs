//! The clock of a transcript: a start and an end for every turn, whatever the file gave.
//!
//! What was given and fits stays. The rest is estimated by the number of characters and marked so. Starts never run
//! backwards in the result; the speed of playing never enters here.

mod anchors;

use crate::transcript::ClockSource;

/// The pace of the estimated clock.
pub const CHARACTERS_PER_SECOND: u32 = 14;

/// What a file says about one turn's times, ms from the session's start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GivenTimes {
    pub start_ms: Option<u32>,
    pub end_ms: Option<u32>,
    /// Length of the turn's text in Unicode scalars.
    pub chars: u32,
}

/// The times of one turn; `start_ms <= end_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnTimes {
    pub start_ms: u32,
    pub end_ms: u32,
    pub start_estimated: bool,
    pub end_estimated: bool,
}

/// What was odd about the given times. Turns count from 0, here and in the sentences.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockWarning {
    #[error(
        "turn {turn} starts at {start_ms} ms, out of order with the turns around it: its times were estimated"
    )]
    RunsBackwards { turn: u32, start_ms: u32 },
    #[error("turn {turn} ends at {end_ms} ms, before it starts: its end was estimated")]
    EndsBeforeStart { turn: u32, end_ms: u32 },
    #[error(
        "turn {turn} starts at {start_ms} ms, before an earlier turn ends at {previous_end_ms} ms: both were kept"
    )]
    Overlaps {
        turn: u32,
        start_ms: u32,
        previous_end_ms: u32,
    },
    #[error(
        "turn {turn} starts at {start_ms} ms, as the turn before does: the time was divided by their lengths"
    )]
    SharesStart { turn: u32, start_ms: u32 },
    #[error("turn {turn} has no start: it was estimated from the turns around it")]
    NoStart { turn: u32 },
}

impl ClockWarning {
    /// The turn it is about, counted from 0.
    #[must_use]
    pub const fn turn(&self) -> u32 {
        match self {
            Self::RunsBackwards { turn, .. }
            | Self::EndsBeforeStart { turn, .. }
            | Self::Overlaps { turn, .. }
            | Self::SharesStart { turn, .. }
            | Self::NoStart { turn } => *turn,
        }
    }
}

/// A start and an end for every turn, in order; where they come from; and what was odd.
///
/// - A missing end is the next different start; the last one follows from 14 characters a second.
/// - Turns that share a start, and turns without one, divide the time up to the next different start (or to a given end)
///   by their characters.
/// - A start out of order is reported and estimated likewise; what is out of order is what keeps the fewest.
/// - Overlapping turns with both times are kept and reported.
/// - Without any time the clock is estimated: 14 characters a second.
#[must_use]
pub fn resolve_times(given: &[GivenTimes]) -> (Vec<TurnTimes>, ClockSource, Vec<ClockWarning>) {
    let nothing = given
        .iter()
        .all(|turn| turn.start_ms.is_none() && turn.end_ms.is_none());
    let source = if nothing {
        ClockSource::Estimated
    } else {
        ClockSource::Given
    };
    let anchors = anchors::in_order(given);
    let mut resolver = Resolver {
        given,
        times: Vec::with_capacity(given.len()),
        warnings: Vec::new(),
    };
    for block in blocks(given, &anchors) {
        resolver.resolve(&block, &anchors);
    }
    let Resolver {
        times, mut warnings, ..
    } = resolver;
    if !nothing {
        report(given, &anchors, &times, &mut warnings);
    }
    warnings.sort_by_key(ClockWarning::turn);
    (times, source, warnings)
}

/// Turns from one start up to the next different one.
struct Block {
    turns: std::ops::Range<usize>,
    start_ms: u32,
    next_start_ms: Option<u32>,
}

fn blocks(given: &[GivenTimes], anchors: &[Option<u32>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut current = Block {
        turns: 0..0,
        start_ms: 0,
        next_start_ms: None,
    };
    for (turn, anchor) in anchors.iter().enumerate() {
        if let Some(start) = anchor.filter(|start| *start != current.start_ms) {
            current.turns.end = turn;
            current.next_start_ms = Some(start);
            blocks.push(std::mem::replace(
                &mut current,
                Block {
                    turns: turn..turn,
                    start_ms: start,
                    next_start_ms: None,
                },
            ));
        }
    }
    current.turns.end = given.len();
    blocks.push(current);
    blocks
}

struct Resolver<'a> {
    given: &'a [GivenTimes],
    times: Vec<TurnTimes>,
    warnings: Vec<ClockWarning>,
}

impl Resolver<'_> {
    fn resolve(&mut self, block: &Block, anchors: &[Option<u32>]) {
        let mut pending = block.turns.start..block.turns.start;
        let mut last_start = block.start_ms;
        let mut cursor = block.start_ms;
        for turn in block.turns.clone() {
            let anchor = anchors.get(turn).copied().flatten();
            let earliest_end = if pending.is_empty() && last_start == block.start_ms && anchor.is_some() {
                block.start_ms
            } else {
                self.low(block, cursor, last_start)
            };
            pending.end = turn + 1;
            let Some(end) = self.usable_end(turn, earliest_end, anchors) else {
                continue;
            };
            if pending.len() == 1 && anchor.is_some() && last_start == block.start_ms {
                self.times.push(TurnTimes {
                    start_ms: block.start_ms,
                    end_ms: end,
                    start_estimated: false,
                    end_estimated: false,
                });
            } else {
                let low = self.low(block, cursor, last_start);
                let high = block.next_start_ms.map_or(end, |next| next.min(end));
                last_start = self.divide(pending.clone(), low, Some(high), anchors);
                if let Some(times) = self.times.last_mut() {
                    times.end_ms = end;
                    times.end_estimated = false;
                }
            }
            cursor = cursor.max(end);
            pending = turn + 1..turn + 1;
        }
        if !pending.is_empty() {
            let low = self.low(block, cursor, last_start);
            self.divide(pending, low, block.next_start_ms, anchors);
        }
    }

    /// Where the next turns without times of their own begin: after what is known, if that leaves them any time.
    fn low(&self, block: &Block, cursor: u32, last_start: u32) -> u32 {
        if block.next_start_ms.is_none_or(|next| cursor < next) {
            cursor
        } else {
            last_start
        }
    }

    /// The given end of a turn, if it can stand.
    fn usable_end(&mut self, turn: usize, earliest: u32, anchors: &[Option<u32>]) -> Option<u32> {
        let given = self.given.get(turn)?;
        let end = given.end_ms?;
        let out_of_order = given.start_ms.is_some() && anchors.get(turn).copied().flatten().is_none();
        if out_of_order {
            return None;
        }
        if end < earliest {
            self.warnings.push(ClockWarning::EndsBeforeStart {
                turn: small(turn),
                end_ms: end,
            });
            return None;
        }
        Some(end)
    }

    /// Divides the time from `low` to `high` (or as much as the pace needs) among turns by their characters; returns the start
    /// of the last of them.
    fn divide(
        &mut self,
        turns: std::ops::Range<usize>,
        low: u32,
        high: Option<u32>,
        anchors: &[Option<u32>],
    ) -> u32 {
        let characters = |turn: usize| u64::from(self.given.get(turn).map_or(0, |given| given.chars));
        let total: u64 = turns.clone().map(characters).sum();
        let count = u64::try_from(turns.len()).unwrap_or(u64::MAX);
        let mut before = 0;
        let mut shares = Vec::with_capacity(turns.len());
        for turn in turns.clone() {
            let after = before
                + if total == 0 && high.is_some() {
                    1
                } else {
                    characters(turn)
                };
            shares.push((turn, before, after));
            before = after;
        }
        let whole = if total == 0 { count } else { total };
        let at = |share: u64| match high {
            Some(high) => part(low, high.saturating_sub(low), share, whole),
            None => part(low, 1000, share, u64::from(CHARACTERS_PER_SECOND)),
        };
        let mut last_start = low;
        for (turn, from, to) in shares {
            last_start = at(from);
            let anchor = anchors.get(turn).copied().flatten();
            self.times.push(TurnTimes {
                start_ms: last_start,
                end_ms: at(to),
                start_estimated: anchor != Some(last_start),
                end_estimated: true,
            });
        }
        last_start
    }
}

/// `low + span × share / whole`, never beyond what a position can hold.
fn part(low: u32, span: u32, share: u64, whole: u64) -> u32 {
    let offset = u128::from(span) * u128::from(share) / u128::from(whole.max(1));
    u32::try_from(u128::from(low) + offset).unwrap_or(u32::MAX)
}

fn small(turn: usize) -> u32 {
    u32::try_from(turn).unwrap_or(u32::MAX)
}

fn report(
    given: &[GivenTimes],
    anchors: &[Option<u32>],
    times: &[TurnTimes],
    warnings: &mut Vec<ClockWarning>,
) {
    let mut latest_end: Option<u32> = None;
    let mut previous: Option<u32> = None;
    for (index, ((given, anchor), times)) in given.iter().zip(anchors).zip(times).enumerate() {
        let turn = small(index);
        match (given.start_ms, *anchor) {
            (None, _) => warnings.push(ClockWarning::NoStart { turn }),
            (Some(start_ms), None) => warnings.push(ClockWarning::RunsBackwards { turn, start_ms }),
            (Some(start_ms), Some(_)) => {
                if let Some(previous_end_ms) =
                    latest_end.filter(|end| !times.start_estimated && start_ms < *end)
                {
                    warnings.push(ClockWarning::Overlaps {
                        turn,
                        start_ms,
                        previous_end_ms,
                    });
                } else if previous == Some(start_ms) {
                    warnings.push(ClockWarning::SharesStart { turn, start_ms });
                }
                previous = Some(start_ms);
            }
        }
        if !times.end_estimated {
            latest_end = latest_end.max(Some(times.end_ms));
        }
    }
}

#[cfg(test)]
mod tests;
