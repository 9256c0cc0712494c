//! One segment as the programs write it, and who speaks in it.

use std::borrow::Cow;

use serde::Deserialize;

use super::lenient::{Ends, Scalar, Word, Words};
use crate::time;

/// Where something was said, as far as the file tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start_ms: Option<u32>,
    pub(super) end_ms: Option<u32>,
}

/// Fields that are of an unexpected kind count as absent, but for the text.
#[derive(Debug, Deserialize)]
pub(super) struct Segment<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default)]
    start: Scalar<'a>,
    #[serde(borrow, default)]
    end: Scalar<'a>,
    #[serde(borrow, default)]
    speaker: Scalar<'a>,
    /// Milliseconds, as whisper.cpp gives them.
    #[serde(borrow, default)]
    offsets: Ends<'a>,
    /// Clock times beside them.
    #[serde(borrow, default)]
    timestamps: Ends<'a>,
    #[serde(borrow, default)]
    words: Words<'a>,
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

impl Segment<'_> {
    /// The segment's times; `odd` is told of one that is there and no time.
    pub(super) fn span(&self, mut odd: impl FnMut()) -> Span {
        let mut told = |seconds: &Scalar<'_>, offset: &Scalar<'_>, clock: &Scalar<'_>| {
            let whole = match offset {
                Scalar::Number(ms) if ms.fract() == 0.0 => in_range(*ms),
                _ => None,
            };
            let clock = || match clock {
                Scalar::Text(text) => time::clock(text),
                _ => None,
            };
            let found = whole.or_else(clock).or_else(|| milliseconds(seconds));
            if found.is_none() && matches!(seconds, Scalar::Number(_)) {
                odd();
            }
            found
        };
        Span {
            start_ms: told(&self.start, &self.offsets.from, &self.timestamps.from),
            end_ms: told(&self.end, &self.offsets.to, &self.timestamps.to),
        }
    }

    /// The segment, parted where its words go over to another speaker.
    pub(super) fn by_speaker(self) -> Vec<Part> {
        let own = name(&self.speaker);
        let mut parts: Vec<Part> = Vec::new();
        let mut from = 0;
        let mut end = 0;
        for (word, speaker, span) in self.words.0.iter().filter_map(spoken) {
            let Some(at) = self.text.get(end..).and_then(|rest| rest.find(word)) else {
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
                text: self.text.into_owned(),
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

fn spoken<'w>(word: &'w Word<'_>) -> Option<(&'w str, Option<String>, Span)> {
    let text = word.word.trim();
    let span = Span {
        start_ms: milliseconds(&word.start),
        end_ms: milliseconds(&word.end),
    };
    (!text.is_empty()).then(|| (text, name(&word.speaker), span))
}

/// `SPEAKER_00` as WhisperX names them, a bare number as whisper.cpp does.
fn name(speaker: &Scalar<'_>) -> Option<String> {
    match speaker {
        Scalar::Text(name) => {
            let name = name.trim();
            let number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
            match name {
                "" | "?" => None,
                _ if number => Some(format!("Speaker {name}")),
                _ => Some(name.to_owned()),
            }
        }
        Scalar::Number(number) => Some(format!("Speaker {number}")),
        Scalar::Other => None,
    }
}

/// Seconds as a number, or a number or clock time in quotes.
fn milliseconds(value: &Scalar<'_>) -> Option<u32> {
    match value {
        Scalar::Number(seconds) => in_range((seconds * 1000.0).round()),
        Scalar::Text(text) => time::cell(text, time::Unit::Seconds),
        Scalar::Other => None,
    }
}

fn in_range(ms: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both ends are checked"
    )]
    (0.0..=f64::from(u32::MAX)).contains(&ms).then_some(ms as u32)
}
