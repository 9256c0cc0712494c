//! A transcript as plain text, and where each place of it stands there: characters are Unicode scalars, counted from 0.

use sunder_domain::{Segment, TextPosition, Transcript};

use crate::out::naming::role_name;

/// A transcript as one text: a turn is a line, `Name: what was said`.
pub(super) struct SourceText {
    pub(super) text: String,
    /// Where the words of each turn begin.
    starts: Vec<usize>,
    characters: usize,
}

impl SourceText {
    /// Without words, names give way to roles, and each letter and digit to a dot, so that every place stays.
    pub(super) fn of(transcript: &Transcript, words: bool) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(transcript.turns.len());
        let mut characters = 0;
        for turn in &transcript.turns {
            let name = transcript.speaker_of(turn).filter(|_| words).map_or_else(
                || role_name(transcript.role_of(turn)),
                |speaker| speaker.name.as_str(),
            );
            for character in name.chars().map(on_one_line).chain(": ".chars()) {
                text.push(character);
                characters += 1;
            }
            starts.push(characters);
            for character in turn.text.chars().map(on_one_line) {
                text.push(if !words && character.is_alphanumeric() {
                    '·'
                } else {
                    character
                });
                characters += 1;
            }
            text.push('\n');
            characters += 1;
        }
        Self {
            text,
            starts,
            characters,
        }
    }

    /// The characters of a segment, end exclusive; of a stretch of time, those of the turns that it has a part of. `None`
    /// for the whole session and where no turn is.
    pub(super) fn stretch(&self, segment: &Segment, transcript: &Transcript) -> Option<(usize, usize)> {
        match *segment {
            Segment::Text { start, end } => Some((self.place(start)?, self.place(end)?)),
            Segment::Time { .. } => {
                let turns = segment.turns(transcript);
                let last = turns.end.checked_sub(1).filter(|last| *last >= turns.start)?;
                let end = TextPosition {
                    turn: last,
                    char: transcript.char_count(last)?,
                };
                let start = TextPosition {
                    turn: turns.start,
                    char: 0,
                };
                Some((self.place(start)?, self.place(end)?))
            }
            Segment::Whole => None,
        }
        .filter(|(start, end)| start < end && *end <= self.characters)
    }

    fn place(&self, position: TextPosition) -> Option<usize> {
        let turn = usize::try_from(position.turn).ok()?;
        let start = self.starts.get(turn)?;
        start.checked_add(usize::try_from(position.char).ok()?)
    }
}

/// A turn is one line: what would break it gives way to a space.
const fn on_one_line(character: char) -> char {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        other => other,
    }
}
