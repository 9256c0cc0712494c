//! Carrying segments from one version of a transcript to a corrected one, word by word.
//!
//! Turns that are the same in both are matched first, then the words between them. A segment is carried without doubt
//! where all its words are found again, one after the other, said by the same role, and at one place only. Everything else
//! is carried as well as can be and carries its doubt: a person looks at it. Capitals and punctuation are no words.

use std::ops::Range;

use crate::segment::{Segment, TextPosition};
use crate::transcript::Transcript;
use crate::vocabulary::vocabulary;

mod words;

use words::Words;

vocabulary! {
    /// Why a carried segment must be looked at.
    Doubt {
        /// None of its words was found: it stands on the turn where they would be.
        Lost = "lost",
        /// Words within it were changed, added or left out.
        Changed = "changed",
        /// Another role says it now.
        Speaker = "speaker",
        /// The same words stand more than once, and which of them is meant cannot be told.
        Repeated = "repeated",
        /// It is a stretch of time, and the times of the turns were changed.
        Times = "times",
    }
}

/// A segment on the new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    pub segment: Segment,
    /// Absent where it is certain.
    pub doubt: Option<Doubt>,
}

/// Which words of one transcript are which of another.
#[derive(Debug)]
pub struct Alignment<'a> {
    old: &'a Transcript,
    new: &'a Transcript,
    /// For each old turn the new one that says the same in the same role.
    turns: Vec<Option<u32>>,
    old_words: Words,
    new_words: Words,
    times_moved: bool,
}

impl<'a> Alignment<'a> {
    /// Aligns two versions of one transcript.
    #[must_use]
    pub fn of(old: &'a Transcript, new: &'a Transcript) -> Self {
        let mut old_words = Words::of(old);
        let mut new_words = Words::of(new);
        let turns = words::align(old, new, &mut old_words, &mut new_words);
        let times_moved = !old.turns.is_empty() && old.clock != new.clock
            || old.turns.iter().zip(&turns).any(|(turn, same)| {
                same.and_then(|number| new.turn(number))
                    .is_some_and(|same| same.start_ms != turn.start_ms)
            });
        Self {
            old,
            new,
            turns,
            old_words,
            new_words,
            times_moved,
        }
    }

    /// Whether turns that are the same start at other times, so that what is placed by time may no longer be beside them.
    #[must_use]
    pub const fn times_moved(&self) -> bool {
        self.times_moved
    }

    /// The segment on the new version. It always fits it.
    #[must_use]
    pub fn carry(&self, segment: Segment) -> Carried {
        match segment {
            Segment::Whole => Carried { segment, doubt: None },
            Segment::Time { .. } => Carried {
                segment,
                doubt: self.times_moved.then_some(Doubt::Times),
            },
            Segment::Text { start, end } => self.carry_text(start, end),
        }
    }

    fn carry_text(&self, start: TextPosition, end: TextPosition) -> Carried {
        let covered = self.old_words.covered(start, end);
        if let Some(segment) = self.unmoved(start, end) {
            let repeated = self.slides(&covered);
            return Carried {
                segment,
                doubt: repeated.then_some(Doubt::Repeated),
            };
        }
        let found = self.new_range(&covered);
        let placed = found.and_then(|found| {
            let segment = self.place(start, end, &covered, &found)?;
            segment.validate(self.new).is_ok().then_some((found, segment))
        });
        match placed {
            Some((found, segment)) => Carried {
                segment,
                doubt: self.doubt(&covered, &found),
            },
            None => Carried {
                segment: self.nearest_turn(start, &covered),
                doubt: Some(Doubt::Lost),
            },
        }
    }

    /// The segment where its first and last turn, and all between them, are the same and still follow one another.
    fn unmoved(&self, start: TextPosition, end: TextPosition) -> Option<Segment> {
        let same = |turn: u32| *self.turns.get(usize::try_from(turn).ok()?)?;
        let first = same(start.turn)?;
        for turn in start.turn..=end.turn {
            if same(turn)? != first + (turn - start.turn) {
                return None;
            }
        }
        Some(Segment::Text {
            start: TextPosition { turn: first, ..start },
            end: TextPosition {
                turn: first + (end.turn - start.turn),
                ..end
            },
        })
    }

    /// The new words from the first to the last that was found. Where words at the ends were not, as many as they were are
    /// taken in their place, where the new version has any there.
    fn new_range(&self, covered: &Range<usize>) -> Option<Range<usize>> {
        let found = |at: usize| self.old_words.partner(at);
        let first_old = covered.clone().find(|at| found(*at).is_some())?;
        let last_old = covered.clone().rev().find(|at| found(*at).is_some())?;
        let (first, last) = (found(first_old)?, found(last_old)?);
        let before = (0..first_old).rev().find_map(found).map_or(0, |at| at + 1);
        let after = (last_old + 1..self.old_words.len())
            .find_map(found)
            .unwrap_or(self.new_words.len());
        let turn_starts = self.new_words.first_of_turn_of(first);
        let turn_ends = self.new_words.end_of_turn_of(last);
        let missing_before = first_old - covered.start;
        let missing_after = covered.end - last_old - 1;
        Some(
            first
                .saturating_sub(missing_before)
                .max(before)
                .max(turn_starts)
                .min(first)..(last + 1 + missing_after).min(after).min(turn_ends).max(last + 1),
        )
    }

    /// From the first to the last new word, with the part of a word and the signs around words that the old one had.
    fn place(
        &self,
        start: TextPosition,
        end: TextPosition,
        covered: &Range<usize>,
        found: &Range<usize>,
    ) -> Option<Segment> {
        let (old_first, old_last) = (
            self.old_words.get(covered.start)?,
            self.old_words.get(covered.end.checked_sub(1)?)?,
        );
        let (first, last) = (
            self.new_words.get(found.start)?,
            self.new_words.get(found.end.checked_sub(1)?)?,
        );
        let start_char = if start.turn == old_first.turn && start.char > old_first.start {
            first.start + (start.char - old_first.start).min(first.length().saturating_sub(1))
        } else if start.turn == old_first.turn {
            let signs = old_first.start - start.char;
            first.start - self.new_words.signs_before(found.start).min(signs)
        } else {
            first.start
        };
        let end_char = if end.turn == old_last.turn && end.char < old_last.end {
            last.start + (end.char - old_last.start).clamp(1, last.length().max(1))
        } else {
            let signs = if end.turn == old_last.turn {
                end.char - old_last.end
            } else {
                u32::MAX
            };
            let to_the_end = self
                .old
                .char_count(old_last.turn)
                .is_none_or(|chars| end.turn > old_last.turn || end.char == chars);
            let there = self.new_words.signs_after(self.new, found.end - 1);
            last.end + if to_the_end { there } else { there.min(signs) }
        };
        Some(Segment::Text {
            start: TextPosition {
                turn: first.turn,
                char: start_char,
            },
            end: TextPosition {
                turn: last.turn,
                char: end_char,
            },
        })
    }

    fn doubt(&self, covered: &Range<usize>, found: &Range<usize>) -> Option<Doubt> {
        let all_found = covered.clone().all(|at| self.old_words.partner(at).is_some());
        if !all_found || covered.len() != found.len() {
            return Some(Doubt::Changed);
        }
        let other_role = covered.clone().zip(found.clone()).any(|(old, new)| {
            let said_by = |words: &Words, transcript: &Transcript, at: usize| {
                let turn = transcript.turn(words.get(at)?.turn)?;
                Some(transcript.role_of(turn))
            };
            said_by(&self.old_words, self.old, old) != said_by(&self.new_words, self.new, new)
        });
        if other_role {
            return Some(Doubt::Speaker);
        }
        self.slides(covered).then_some(Doubt::Repeated)
    }

    /// Whether the words could as well be the same words a little before or after, next to which something was added or
    /// left out.
    fn slides(&self, covered: &Range<usize>) -> bool {
        let Some(found) = self.new_range(covered) else {
            return false;
        };
        self.old_words.slides(covered) || self.new_words.slides(&found)
    }

    /// The turn where words that were not found would be, whole.
    fn nearest_turn(&self, start: TextPosition, covered: &Range<usize>) -> Segment {
        let partner = |at: usize| self.old_words.partner(at);
        let before = (0..covered.start.min(self.old_words.len()))
            .rev()
            .find_map(|at| Some((at, partner(at)?)));
        let after = (covered.start..self.old_words.len()).find_map(|at| Some((at, partner(at)?)));
        let in_turn = |found: &(usize, usize)| {
            self.old_words
                .get(found.0)
                .is_some_and(|word| word.turn == start.turn)
        };
        let near = before
            .filter(in_turn)
            .or_else(|| after.filter(in_turn))
            .map(|(_, at)| at)
            .or_else(|| before.map(|(_, at)| at + 1))
            .or_else(|| after.map(|(_, at)| at.saturating_sub(1)))
            .unwrap_or_default();
        let turn = self
            .new_words
            .get(near.min(self.new_words.len().saturating_sub(1)))
            .map_or(0, |word| word.turn);
        let holds = |turn: &u32| self.new.char_count(*turn).is_some_and(|chars| chars > 0);
        (turn..self.new.turn_count())
            .chain((0..turn).rev())
            .find(holds)
            .map_or(Segment::Whole, |turn| Segment::Text {
                start: TextPosition { turn, char: 0 },
                end: TextPosition {
                    turn,
                    char: self.new.char_count(turn).unwrap_or_default(),
                },
            })
    }
}

#[cfg(test)]
mod tests;
