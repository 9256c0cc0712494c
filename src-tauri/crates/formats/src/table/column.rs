//! What one column holds: its heading, and figures of its content.

use std::collections::HashSet;

use super::choice::Field;
use crate::role::role_of;
use crate::time::{self, Unit};

/// Headings by field, the most telling first, in the form `heading` gives.
const TEXT: &[&str] = &[
    "text",
    "utterance_text",
    "utterance",
    "transcript_text",
    "transcription",
    "content",
    "value",
    "words",
    "speech",
    "sentence",
    "message",
    "dialogue",
    "caption",
    "subtitle",
    "said",
    "inhalt",
    "turn_text",
    "transcript",
    "turn",
];
const SPEAKER: &[&str] = &[
    "speaker",
    "interlocutor",
    "speaker_name",
    "speaker_label",
    "role",
    "participant",
    "who",
    "voice",
    "person",
    "actor",
    "name",
    "speaker_id",
    "sprecher",
    "sprecherin",
];
const START: &[&str] = &[
    "start",
    "start_time",
    "starttime",
    "time_start",
    "start_timestamp",
    "onset",
    "begin",
    "begin_time",
    "from",
    "tmin",
    "timestamp",
    "time_stamp",
    "timecode",
    "time",
    "timespan",
    "zeit",
    "beginn",
    "anfang",
];
const END: &[&str] = &[
    "end",
    "end_time",
    "endtime",
    "stop_time",
    "stop",
    "time_end",
    "time_stop",
    "end_timestamp",
    "finish",
    "to",
    "tmax",
    "offset",
    "ende",
];
const TRANSCRIPT: &[&str] = &[
    "transcript_id",
    "transcript",
    "transcript_name",
    "session_id",
    "session",
    "session_number",
    "conversation_id",
    "conversation",
    "dialogue_id",
    "dialog_id",
    "interview_id",
    "interview",
    "recording_id",
    "recording",
    "document",
    "file",
    "filename",
    "file_name",
];

/// Below this number of rows half of them may name transcripts of their own.
const SHORT_TABLE: usize = 20;

const SECONDS: &[&str] = &["_s", "_sec", "_secs", "_seconds", "_second"];
const MILLISECONDS: &[&str] = &["_ms", "_msec", "_msecs", "_milliseconds", "_millis"];

const fn headings(field: Field) -> &'static [&'static str] {
    match field {
        Field::Text => TEXT,
        Field::Speaker => SPEAKER,
        Field::Start => START,
        Field::End => END,
        Field::Transcript => TRANSCRIPT,
    }
}

/// A heading as compared: lower case, words joined by one underscore.
pub(crate) fn heading(cell: &str) -> String {
    let words = cell
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// How telling a heading is for a field: 0 is the most; nothing where it says something else.
pub(crate) fn rank(field: Field, heading: &str) -> Option<usize> {
    let units = if matches!(field, Field::Start | Field::End) {
        [SECONDS, MILLISECONDS].concat()
    } else {
        Vec::new()
    };
    let bare = units
        .iter()
        .find_map(|unit| heading.strip_suffix(unit))
        .unwrap_or(heading);
    headings(field)
        .iter()
        .position(|known| *known == heading || *known == bare)
}

/// The unit that a heading tells; seconds where it tells none.
pub(crate) fn unit(heading: &str) -> Unit {
    if MILLISECONDS.iter().any(|unit| heading.ends_with(unit)) {
        Unit::Milliseconds
    } else {
        Unit::Seconds
    }
}

/// Whether a cell is a heading that we know.
pub(crate) fn is_known_heading(cell: &str) -> bool {
    cell.len() <= 60
        && Field::ALL
            .iter()
            .any(|field| rank(*field, &heading(cell)).is_some())
}

/// Figures of a column over the sample.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    pub(crate) rows: usize,
    pub(crate) filled: usize,
    pub(crate) clocks: usize,
    /// Bare numbers with a fraction.
    pub(crate) fractions: usize,
    pub(crate) numbers: usize,
    /// Cells whose time is not before the one above.
    forwards: usize,
    pub(crate) distinct: usize,
    changes: usize,
    characters: usize,
    roles: usize,
}

impl Figures {
    pub(crate) fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let mut figures = Self::default();
        let mut values = HashSet::new();
        let mut before: Option<&str> = None;
        let mut latest = 0;
        for cell in cells {
            let cell = cell.trim();
            figures.rows += 1;
            if cell.is_empty() {
                continue;
            }
            figures.filled += 1;
            let number = time::bare(cell, Unit::Milliseconds);
            let told = time::cell(cell, Unit::Seconds);
            figures.clocks += usize::from(told.is_some() && number.is_none());
            figures.numbers += usize::from(number.is_some());
            figures.fractions += usize::from(number.is_some() && cell.contains(['.', ',']));
            if let Some(ms) = told {
                figures.forwards += usize::from(ms >= latest);
                latest = ms;
            }
            figures.changes += usize::from(before.is_some_and(|before| before != cell));
            figures.characters += cell.chars().count();
            figures.roles += usize::from(role_of(cell.trim_end_matches(':')).is_some());
            values.insert(cell);
            before = Some(cell);
        }
        figures.distinct = values.len();
        figures
    }

    fn mean_length(&self) -> usize {
        self.characters / self.filled.max(1)
    }

    fn most(&self, count: usize, percent: usize) -> bool {
        self.filled > 0 && count * 100 >= self.filled * percent
    }

    /// Whether what stands in the column can be the field that its heading says.
    pub(crate) fn fits(&self, field: Field) -> bool {
        match field {
            Field::Text => self.filled == 0 || !self.most(self.clocks + self.numbers, 80),
            Field::Start | Field::End => self.filled == 0 || self.most(self.clocks + self.numbers, 50),
            Field::Speaker => self.mean_length() <= 40,
            Field::Transcript => {
                // A value of its own in every row is a row's id; in a short table few rows share one.
                let shared =
                    self.distinct * 2 <= self.rows || self.rows < SHORT_TABLE && self.distinct < self.rows;
                self.mean_length() <= 100 && (self.rows < 2 || shared)
            }
        }
    }

    /// Clock times, or numbers with fractions, that run forwards.
    pub(crate) fn looks_like_times(&self) -> bool {
        (self.most(self.clocks, 80) || self.most(self.numbers, 100) && self.most(self.fractions, 50))
            && self.most(self.forwards, 90)
    }

    /// A few short values that alternate. `sure`: they have to say roles.
    pub(crate) fn looks_like_speakers(&self, sure: bool) -> bool {
        let alternating = self.changes * 5 >= self.filled && self.distinct >= 2 && self.distinct <= 12;
        let few = self.distinct * 2 <= self.filled || self.most(self.roles, 80);
        let words = !self.most(self.numbers + self.clocks, 20) && self.mean_length() <= 30;
        if sure {
            self.most(self.roles, 80) && words
        } else {
            alternating && few && words
        }
    }

    /// How much the column looks like speech: long cells that differ.
    pub(crate) fn speech(&self) -> usize {
        if self.filled == 0 || self.most(self.clocks + self.numbers, 80) {
            return 0;
        }
        (self.characters * 100 / self.rows.max(1)) * self.distinct / self.filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known() {
        let check = |field, cell: &str, expected: bool| {
            assert_eq!(rank(field, &heading(cell)).is_some(), expected, "{cell}")
        };
        check(Field::Text, "Utterance Text", true);
        check(Field::Start, "start (s)", true);
        check(Field::Start, "Start-ms", true);
        check(Field::End, "stop_time", true);
        check(Field::Transcript, "transcript_id", true);
        check(Field::Speaker, "interlocutor", true);
        check(Field::Text, "video_title", false);
        assert_eq!(unit("start_ms"), Unit::Milliseconds);
        assert_eq!(unit("start_s"), Unit::Seconds);
    }

    #[test]
    fn figures_tell_columns_apart() {
        let figures = |cells: &[&str]| Figures::of(cells.iter().copied());
        assert!(figures(&["0:01", "0:05", "0:05"]).looks_like_times());
        assert!(figures(&["1.5", "2.25", "9"]).looks_like_times());
        assert!(!figures(&["1", "2", "3"]).looks_like_times());
        assert!(figures(&["P", "T", "P", "T"]).looks_like_speakers(true));
        assert!(figures(&["Ada", "Bo", "Ada", "Bo"]).looks_like_speakers(false));
        assert!(!figures(&["Ada", "Bo", "Ada", "Bo"]).looks_like_speakers(true));
        assert!(!figures(&["one", "two", "three"]).looks_like_speakers(false));
        assert!(figures(&["7", "7", "7", "8"]).fits(Field::Transcript));
        assert!(figures(&["1", "1", "2", "2", "3"]).fits(Field::Transcript));
        assert!(!figures(&["1", "2", "3", "4"]).fits(Field::Transcript));
        assert!(!figures(&["a longer sentence", "another one"]).fits(Field::Transcript));
    }
}
