//! The words of a transcript, and which word of another version each one is.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Interner};
use unicode_segmentation::UnicodeSegmentation;

use crate::segment::TextPosition;
use crate::transcript::{Role, Transcript};

/// How far around a segment repeated words are looked for, in words.
const REACH: usize = 60;

/// One word: turn and Unicode scalars, the end exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) turn: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    key: String,
    /// The same word in the other version, by its place among the words.
    partner: Option<usize>,
}

impl Word {
    pub(super) const fn length(&self) -> u32 {
        self.end - self.start
    }
}

/// All words, in order.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<Word>,
    /// Where the words of each turn begin, and one more for the end.
    turns: Vec<usize>,
}

impl Words {
    pub(super) fn of(transcript: &Transcript) -> Self {
        let mut words = Vec::new();
        let mut turns = Vec::with_capacity(transcript.turns.len() + 1);
        for (turn, said) in (0_u32..).zip(&transcript.turns) {
            turns.push(words.len());
            let (mut bytes, mut chars) = (0, 0);
            for (at, text) in said.text.unicode_word_indices() {
                chars += count(said.text.get(bytes..at).unwrap_or_default());
                let start = chars;
                chars += count(text);
                bytes = at + text.len();
                words.push(Word {
                    turn,
                    start,
                    end: chars,
                    key: text.to_lowercase(),
                    partner: None,
                });
            }
        }
        turns.push(words.len());
        Self { words, turns }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    pub(super) fn partner(&self, at: usize) -> Option<usize> {
        self.words.get(at)?.partner
    }

    /// The words of which something lies between two places.
    pub(super) fn covered(&self, start: TextPosition, end: TextPosition) -> Range<usize> {
        let first = self
            .words
            .partition_point(|word| (word.turn, word.end) <= (start.turn, start.char));
        let last = self
            .words
            .partition_point(|word| (word.turn, word.start) < (end.turn, end.char));
        first..last.max(first)
    }

    /// The words of these turns.
    fn of_turns(&self, turns: &Range<usize>) -> Range<usize> {
        let at = |turn: usize| self.turns.get(turn).copied().unwrap_or(self.words.len());
        at(turns.start)..at(turns.end)
    }

    pub(super) fn first_of_turn_of(&self, at: usize) -> usize {
        self.turn_of(at).start
    }

    pub(super) fn end_of_turn_of(&self, at: usize) -> usize {
        self.turn_of(at).end
    }

    fn turn_of(&self, at: usize) -> Range<usize> {
        let turn = self
            .words
            .get(at)
            .and_then(|word| usize::try_from(word.turn).ok())
            .unwrap_or_default();
        self.of_turns(&(turn..turn + 1))
    }

    /// How many scalars stand between a word and the one before it in its turn.
    pub(super) fn signs_before(&self, at: usize) -> u32 {
        let Some(word) = self.words.get(at) else { return 0 };
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        match before {
            Some(before) if before.turn == word.turn => word.start - before.end,
            _ => word.start,
        }
    }

    /// How many scalars stand between a word and the next one in its turn, or the turn's end.
    pub(super) fn signs_after(&self, transcript: &Transcript, at: usize) -> u32 {
        let Some(word) = self.words.get(at) else { return 0 };
        match self.words.get(at + 1) {
            Some(after) if after.turn == word.turn => after.start - word.end,
            _ => transcript
                .char_count(word.turn)
                .map_or(0, |chars| chars.saturating_sub(word.end)),
        }
    }

    fn keys(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        self.words
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|word| word.key.as_str())
    }

    /// Whether these words, moved by some words towards ones that have no partner, read the same.
    pub(super) fn slides(&self, range: &Range<usize>) -> bool {
        let alone = |at: &usize| self.words.get(*at).is_some_and(|word| word.partner.is_none());
        let reach_end = (range.end + REACH).min(self.words.len());
        let forward = (range.end..reach_end).find(alone).is_some_and(|from| {
            let run = (from..reach_end).take_while(|at| alone(at)).count();
            (1..=run).any(|by| self.reads_the_same(&(range.start..from), by))
        });
        let reach_start = range.start.saturating_sub(REACH);
        forward
            || (reach_start..range.start).rev().find(alone).is_some_and(|to| {
                let run = (reach_start..=to).rev().take_while(|at| alone(at)).count();
                (1..=run).any(|by| {
                    (to + 1).checked_sub(by).is_some_and(|start| {
                        let moved = start..range.end.saturating_sub(by);
                        moved.start < moved.end && self.reads_the_same(&moved, by)
                    })
                })
            })
    }

    fn reads_the_same(&self, range: &Range<usize>, by: usize) -> bool {
        let moved = range.start + by..range.end + by;
        !range.is_empty() && moved.end <= self.words.len() && self.keys(range.clone()).eq(self.keys(moved))
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Pairs the words of two versions; returns for each old turn the new one that is the same.
pub(super) fn align(
    old: &Transcript,
    new: &Transcript,
    old_words: &mut Words,
    new_words: &mut Words,
) -> Vec<Option<u32>> {
    let mut same = vec![None; old.turns.len()];
    let (old_turns, new_turns) = (turns(old), turns(new));
    for stretch in stretches(&old_turns, &new_turns) {
        match stretch {
            Stretch::Same(before, after) => {
                for (old_turn, new_turn) in before.clone().zip(after.clone()) {
                    if let Some(slot) = same.get_mut(old_turn) {
                        *slot = u32::try_from(new_turn).ok();
                    }
                }
                let (from, to) = (old_words.of_turns(&before), new_words.of_turns(&after));
                pair(old_words, new_words, from, to);
            }
            Stretch::Different(before, after) => {
                let (from, to) = (old_words.of_turns(&before), new_words.of_turns(&after));
                let before: Vec<&str> = old_words.keys(from.clone()).collect();
                let after: Vec<&str> = new_words.keys(to.clone()).collect();
                let pairs: Vec<_> = stretches(&before, &after)
                    .into_iter()
                    .filter_map(|stretch| match stretch {
                        Stretch::Same(a, b) => Some((a, b)),
                        Stretch::Different(..) => None,
                    })
                    .collect();
                for (a, b) in pairs {
                    pair(
                        old_words,
                        new_words,
                        from.start + a.start..from.start + a.end,
                        to.start + b.start..to.start + b.end,
                    );
                }
            }
        }
    }
    same
}

fn turns(transcript: &Transcript) -> Vec<(Role, &str)> {
    transcript
        .turns
        .iter()
        .map(|turn| (transcript.role_of(turn), turn.text.as_str()))
        .collect()
}

fn pair(old: &mut Words, new: &mut Words, from: Range<usize>, to: Range<usize>) {
    for (a, b) in from.zip(to) {
        if let (Some(before), Some(after)) = (old.words.get_mut(a), new.words.get_mut(b)) {
            before.partner = Some(b);
            after.partner = Some(a);
        }
    }
}

/// Where two sequences are the same, and where not.
enum Stretch {
    Same(Range<usize>, Range<usize>),
    Different(Range<usize>, Range<usize>),
}

fn stretches<T: Eq + std::hash::Hash + Copy>(before: &[T], after: &[T]) -> Vec<Stretch> {
    let mut input: InternedInput<T> = InternedInput {
        before: Vec::new(),
        after: Vec::new(),
        interner: Interner::new(before.len() + after.len()),
    };
    input.update_before(before.iter().copied());
    input.update_after(after.iter().copied());
    let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let (mut old_at, mut new_at) = (0, 0);
    let mut stretches = Vec::new();
    for hunk in Diff::compute(Algorithm::Histogram, &input).hunks() {
        let (old, new) = (
            size(hunk.before.start)..size(hunk.before.end),
            size(hunk.after.start)..size(hunk.after.end),
        );
        stretches.push(Stretch::Same(old_at..old.start, new_at..new.start));
        (old_at, new_at) = (old.end, new.end);
        stretches.push(Stretch::Different(old, new));
    }
    stretches.push(Stretch::Same(old_at..before.len(), new_at..after.len()));
    stretches
}
