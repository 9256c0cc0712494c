//! JSON of speech recognition: openai-whisper and faster-whisper (`segments`, seconds), WhisperX (`segments` with speakers
//! and words), whisper.cpp (`transcription`, milliseconds).
//!
//! A segment is an utterance; where its words name several speakers (WhisperX), one for each run of a speaker's words. A
//! segment that cannot be read is left out and said; a file that is no JSON, such as one that is cut off, is an error.
//! `NaN`, which Python writes and JSON does not know, is read as no number. Left out: tokens, probabilities, and the times
//! of single words, for which a turn has no place.

mod lenient;
mod segment;

use serde::Deserialize;
use serde_json::value::RawValue;

use self::segment::{Segment, Span};
use crate::error::FormatError;
use crate::format::Format;
use crate::place::{Place, Source};
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// The keys under which the segments stand, or that the first segment of a bare list has.
pub(crate) fn looks_like(text: &str) -> bool {
    let has = |key: &str| text.contains(key);
    if text.trim_start().starts_with('[') {
        return has("\"text\"") && (has("\"start\"") || has("\"timestamps\""));
    }
    has("\"segments\"") || has("\"transcription\"")
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    segments: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    transcription: Option<Vec<&'a RawValue>>,
}

/// Reads all segments in the order of the file.
///
/// # Errors
/// Text that is no JSON, or JSON without segments, by line and column.
pub(crate) fn read(source: &Source<'_>, warnings: &mut Warnings<'_>) -> Result<Vec<Utterance>, FormatError> {
    let mended = without_nan(source.text);
    let text = mended.as_deref().unwrap_or(source.text);
    let segments = segments(text)?;
    let start = text.as_ptr().addr();
    let mut done = Vec::with_capacity(segments.len());
    for raw in segments {
        let at = raw.get().as_ptr().addr().saturating_sub(start);
        let Ok(segment) = serde_json::from_str::<Segment<'_>>(raw.get()) else {
            warnings.at(WarningKind::SegmentUnreadable, at, || {
                "the segment is no object with a text; it was left out".into()
            });
            continue;
        };
        let Span { start_ms, end_ms } = segment.span(|| {
            warnings.at(WarningKind::TimeUnreadable, at, || {
                "a time of the segment is not a number of seconds from 0; it is estimated".into()
            });
        });
        for (index, part) in segment.by_speaker().into_iter().enumerate() {
            done.push(Utterance {
                at,
                speaker: part.speaker,
                start_ms: if index == 0 { start_ms } else { part.span.start_ms },
                end_ms: if part.last { end_ms } else { part.span.end_ms },
                text: part.text,
                ..Utterance::default()
            });
        }
    }
    Ok(done)
}

fn segments(text: &str) -> Result<Vec<&RawValue>, FormatError> {
    let broken = |error: &serde_json::Error| {
        let problem = match error.classify() {
            serde_json::error::Category::Eof => "the file ends before it is complete",
            serde_json::error::Category::Data => "the JSON holds no list of segments",
            _ => "the file is not JSON there",
        };
        let place = byte_place(text, error.line(), error.column());
        FormatError::Broken {
            format: Format::Whisper,
            line: place.line,
            column: place.column,
            problem,
        }
    };
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|error| broken(&error));
    }
    let file: File<'_> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    file.segments.or(file.transcription).ok_or(FormatError::NoText {
        format: Format::Whisper,
    })
}

/// A place that is told by its line (ended by line feeds) and its byte in it, both from 1.
fn byte_place(text: &str, line: usize, column: usize) -> Place {
    let before = line.saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let end = (start + column.saturating_sub(1)).min(text.len());
    Source::new(text).place(end)
}

/// The text with `NaN` and `Infinity` outside quotes made empty strings of the same length, where it has any.
fn without_nan(text: &str) -> Option<String> {
    if !text.contains("NaN") && !text.contains("Infinity") {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(at) = rest.find(['"', '\\', 'N', 'I', '-']) {
        let (before, from) = rest.split_at(at);
        mended.push_str(before);
        let word = ["NaN", "-Infinity", "Infinity"]
            .into_iter()
            .find(|word| !quoted && from.starts_with(word));
        let length = match word {
            Some(word) => {
                mended.push_str("\"\"");
                mended.extend(std::iter::repeat_n(' ', word.len() - 2));
                word.len()
            }
            None => {
                // A backslash takes the sign after it along, quote or not.
                let taken = if from.starts_with('\\') { 2 } else { 1 };
                quoted ^= from.starts_with('"');
                let length = from
                    .char_indices()
                    .nth(taken)
                    .map_or(from.len(), |(length, _)| length);
                mended.push_str(from.get(..length).unwrap_or(""));
                length
            }
        };
        rest = from.get(length..).unwrap_or("");
    }
    mended.push_str(rest);
    Some(mended)
}

#[cfg(test)]
mod tests;
