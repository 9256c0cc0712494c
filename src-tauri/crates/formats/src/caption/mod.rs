//! Captions: WebVTT (W3C) and SubRip, also as Zoom, Teams, YouTube and Otter write them.
//!
//! Blocks of lines with blank lines between; a line with `-->` opens a cue. Read leniently: unpadded times, comma or
//! point, hours or none, cues that follow each other without a blank line. A block of words without a time is kept as
//! words whose time is estimated, since losing what was said is worse; a lone number or identifier is not words.

mod cue;
mod timing;

use crate::format::Format;
use crate::name;
use crate::place::Source;
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// `WEBVTT` alone or with a title after a blank, as the first line.
pub(crate) fn has_webvtt_header(text: &str) -> bool {
    text.strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

/// SubRip or WebVTT without its first line, by a timing line near the start.
pub(crate) fn looks_like(text: &str) -> Option<Format> {
    let mut numbered = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(20) {
        if timing::is_timing(line) {
            let comma = line.split("-->").any(|side| side.contains(','));
            return Some(if comma || numbered {
                Format::SubRip
            } else {
                Format::WebVtt
            });
        }
        numbered = is_number(line.trim());
    }
    None
}

/// Reads all cues in the order of the file.
pub(crate) fn read(source: &Source<'_>, format: Format, warnings: &mut Warnings<'_>) -> Vec<Utterance> {
    let mut reader = Reader {
        format,
        cue: None,
        loose: Vec::new(),
        raw: Vec::new(),
        in_header: false,
    };
    if format == Format::WebVtt {
        reader.in_header = has_webvtt_header(source.text);
        if !reader.in_header {
            warnings.whole(
                WarningKind::HeaderMissing,
                "the first line of a WebVTT file, WEBVTT, is missing".into(),
            );
        }
    }
    for (at, line) in source.lines() {
        reader.line(at, line, warnings);
    }
    reader.blank(warnings);
    let mut done = cue::collapse(reader.raw, warnings);
    if done.iter().all(|utterance| utterance.speaker.is_none()) {
        name::split_off(&mut done);
    }
    done
}

/// A cue as it stands in the file.
#[derive(Debug)]
struct RawCue {
    /// Offset of its first words (of its times, where it has none).
    at: usize,
    start_ms: Option<u32>,
    end_ms: Option<u32>,
    lines: Vec<String>,
}

struct Reader<'a> {
    format: Format,
    cue: Option<RawCue>,
    /// Lines since the last blank one that belong to no cue.
    loose: Vec<(usize, &'a str)>,
    raw: Vec<RawCue>,
    in_header: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, at: usize, line: &'a str, warnings: &mut Warnings<'_>) {
        let is_blank = if self.format == Format::WebVtt {
            line.is_empty()
        } else {
            line.trim().is_empty()
        };
        if is_blank {
            self.blank(warnings);
        } else if timing::is_timing(line) {
            self.timing(at, line, warnings);
        } else if self.in_header {
            // Metadata such as `Kind: captions`, up to the first blank line.
        } else if let Some(cue) = &mut self.cue {
            if cue.lines.is_empty() {
                cue.at = at;
            }
            cue.lines.push(line.to_owned());
        } else {
            self.loose.push((at, line));
        }
    }

    fn timing(&mut self, at: usize, line: &str, warnings: &mut Warnings<'_>) {
        self.in_header = false;
        if let Some(mut cue) = self.cue.take() {
            // Without a blank line between, a number at the end is the next cue's.
            if self.format == Format::SubRip
                && cue.lines.len() > 1
                && cue.lines.last().is_some_and(|last| is_number(last.trim()))
            {
                cue.lines.pop();
            }
            self.raw.push(cue);
        }
        self.loose.pop();
        self.loose_words(warnings);
        let times = timing::parse(line);
        if let Some(bad) = times.unreadable_at {
            warnings.at(WarningKind::TimeUnreadable, at + bad, || {
                "the cue's time cannot be read; it is estimated".into()
            });
        }
        self.cue = Some(RawCue {
            at,
            start_ms: times.start_ms,
            end_ms: times.end_ms,
            lines: Vec::new(),
        });
    }

    fn blank(&mut self, warnings: &mut Warnings<'_>) {
        self.in_header = false;
        self.raw.extend(self.cue.take());
        self.loose_words(warnings);
    }

    /// Comments, styles, regions and identifiers are no words; anything else outside a cue is.
    fn loose_words(&mut self, warnings: &mut Warnings<'_>) {
        let loose = std::mem::take(&mut self.loose);
        let Some((at, first)) = loose.first().copied() else {
            return;
        };
        let vtt = self.format == Format::WebVtt;
        let opens = |word: &str| {
            first
                .strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        if vtt && (opens("NOTE") || opens("STYLE") || opens("REGION")) {
            return;
        }
        if loose.len() == 1 && is_identifier(first.trim()) {
            return;
        }
        warnings.at(WarningKind::WordsOutsideCue, at, || {
            "these words stand outside a cue; they are kept and their time is estimated".into()
        });
        let lines = loose.into_iter().map(|(_, line)| line.to_owned()).collect();
        self.raw.push(RawCue {
            at,
            start_ms: None,
            end_ms: None,
            lines,
        });
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number, or one word of hexadecimal digits, dashes and slashes as Teams gives.
fn is_identifier(text: &str) -> bool {
    let guid = |character: char| character.is_ascii_hexdigit() || matches!(character, '-' | '/' | '_');
    is_number(text) || (text.len() >= 32 && text.chars().all(guid))
}

#[cfg(test)]
mod tests;
