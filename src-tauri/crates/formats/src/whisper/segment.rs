//! One segment as the programs write it, and who speaks in it.

use serde::Deserialize;
use serde_json::Value;

use crate::time;

/// Where something was said, as far as the file tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start_ms: Option<u32>,
    pub(super) end_ms: Option<u32>,
}

/// Fields that are of an unexpected kind count as absent, but for the text.
#[derive(Debug, Deserialize)]
pub(super) struct Segment {
    text: String,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    speaker: Value,
    /// Milliseconds, as whisper.cpp gives them.
    #[serde(default)]
    offsets: Value,
    /// Clock times beside them.
    #[serde(default)]
    timestamps: Value,
    #[serde(default)]
    words: Option<Vec<Word>>,
}

#[derive(Debug, Deserialize)]
struct Word {
    #[serde(default)]
    word: Value,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    speaker: Value,
}

/// What one speaker says of a segment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) speaker: Option<String>,
    pub(super) span: Span,
    pub(super) text: String,
    /// Nothing of the segment follows.
    pub(super) last: bool,
}

impl Segment {
    /// The segment's times; `odd` is told of one that is there and no time.
    pub(super) fn span(&self, mut odd: impl FnMut()) -> Span {
        let mut told = |seconds: &Value, key: &str| {
            let ms = self.offsets.get(key).and_then(Value::as_u64);
            let ms = ms.and_then(|ms| u32::try_from(ms).ok());
            let clock = || self.timestamps.get(key)?.as_str().and_then(time::clock);
            let found = ms.or_else(clock).or_else(|| milliseconds(seconds));
            if found.is_none() && seconds.is_number() {
                odd();
            }
            found
        };
        Span {
            start_ms: told(&self.start, "from"),
            end_ms: told(&self.end, "to"),
        }
    }

    /// The segment, parted where its words go over to another speaker.
    pub(super) fn by_speaker(self) -> Vec<Part> {
        let own = name(&self.speaker);
        let words = self.words.iter().flatten();
        let spoken: Vec<(String, Option<String>, Span)> = words.filter_map(Word::spoken).collect();
        let mut parts: Vec<Part> = Vec::new();
        let mut from = 0;
        let mut end = 0;
        for (word, speaker, span) in spoken {
            let Some(at) = self.text.get(end..).and_then(|rest| rest.find(&word)) else {
                // Words that are not those of the text say nothing about who spoke it.
                parts.clear();
                break;
            };
            let begins = end + at;
            let goes_on = parts
                .last()
                .is_some_and(|part| speaker.is_none() || part.speaker == speaker);
            if goes_on {
                if let Some(part) = parts.last_mut() {
                    part.span.end_ms = span.end_ms.or(part.span.end_ms);
                }
            } else {
                if let Some(part) = parts.last_mut() {
                    part.text = self.text.get(from..begins).unwrap_or("").to_owned();
                    from = begins;
                }
                let speaker = speaker.or_else(|| own.clone());
                parts.push(Part {
                    speaker,
                    span,
                    text: String::new(),
                    last: false,
                });
            }
            end = begins + word.len();
        }
        if parts.len() < 2 {
            return vec![Part {
                speaker: own.or_else(|| parts.pop().and_then(|part| part.speaker)),
                span: Span::default(),
                text: self.text,
                last: true,
            }];
        }
        if let Some(part) = parts.last_mut() {
            part.text = self.text.get(from..).unwrap_or("").to_owned();
            part.last = true;
        }
        parts
    }
}

impl Word {
    fn spoken(&self) -> Option<(String, Option<String>, Span)> {
        let word = self.word.as_str()?.trim();
        let span = Span {
            start_ms: milliseconds(&self.start),
            end_ms: milliseconds(&self.end),
        };
        (!word.is_empty()).then(|| (word.to_owned(), name(&self.speaker), span))
    }
}

/// `SPEAKER_00` as WhisperX names them, a bare number as whisper.cpp does.
fn name(speaker: &Value) -> Option<String> {
    match speaker {
        Value::String(name) => {
            let name = name.trim();
            let number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
            match name {
                "" | "?" => None,
                _ if number => Some(format!("Speaker {name}")),
                _ => Some(name.to_owned()),
            }
        }
        Value::Number(number) => Some(format!("Speaker {number}")),
        _ => None,
    }
}

/// Seconds as a number, or a number or clock time in quotes.
fn milliseconds(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => {
            let ms = (number.as_f64()? * 1000.0).round();
            // Both ends were looked at.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            (0.0..=f64::from(u32::MAX)).contains(&ms).then_some(ms as u32)
        }
        Value::String(text) => time::cell(text, time::Unit::Seconds),
        _ => None,
    }
}
