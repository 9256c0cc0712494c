//! Joining a speaker's consecutive cues into one turn.
//!
//! Captions cut speech where the line is full, not where the speaker stops. Cues that name nobody are never joined:
//! nothing says that one person spoke them.

use crate::error::FormatError;
use crate::format::Format;
use crate::role::folded;
use crate::utterance::Utterance;

/// How far apart two cues of one speaker may be and still be one turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MergeGap {
    /// Two seconds for captions and their like; off for tables and text.
    #[default]
    ByFormat,
    Off,
    Within {
        ms: u32,
    },
}

impl MergeGap {
    /// The gap for captions where nobody chose one.
    pub const CAPTIONS_MS: u32 = 2_000;

    /// Reads seconds (`2`, `0.5`) or `off`.
    ///
    /// # Errors
    /// Anything else.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        if text.trim().eq_ignore_ascii_case("off") {
            return Ok(Self::Off);
        }
        let ms = crate::time::bare(text, crate::time::Unit::Seconds).ok_or(FormatError::MergeGap)?;
        Ok(Self::Within { ms })
    }

    const fn ms(self, format: Format) -> Option<u32> {
        match self {
            Self::ByFormat if format.is_caption() => Some(Self::CAPTIONS_MS),
            Self::ByFormat | Self::Off => None,
            Self::Within { ms } => Some(ms),
        }
    }
}

/// Joins what stands within the gap. Where no end or no start is known the cues follow each other, so they join.
/// `by_sentence`: not after the end of a sentence.
pub(crate) fn merge(
    utterances: Vec<Utterance>,
    gap: MergeGap,
    by_sentence: bool,
    format: Format,
) -> Vec<Utterance> {
    let Some(gap_ms) = gap.ms(format) else {
        return utterances;
    };
    let mut merged: Vec<Utterance> = Vec::with_capacity(utterances.len());
    for utterance in utterances {
        match merged.last_mut() {
            Some(last)
                if belongs(last, &utterance, gap_ms) && !(by_sentence && ends_sentence(&last.text)) =>
            {
                last.append(' ', &utterance.text);
                if utterance.end_ms.is_none() {
                    last.end_ms = None;
                } else if last.end_ms <= utterance.end_ms {
                    last.end_ms = utterance.end_ms;
                    last.end_estimated = utterance.end_estimated;
                }
            }
            _ => merged.push(utterance),
        }
    }
    merged
}

/// A full stop or its like, with quotes and brackets after it.
fn ends_sentence(text: &str) -> bool {
    let closing = |sign: char| {
        sign.is_whitespace() || matches!(sign, '"' | '\'' | '”' | '’' | '»' | '«' | ')' | ']' | '」')
    };
    text.trim_end_matches(closing)
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

fn belongs(last: &Utterance, next: &Utterance, gap_ms: u32) -> bool {
    let same = match (&last.speaker, &next.speaker) {
        (Some(one), Some(other)) => one == other || folded(one) == folded(other),
        _ => false,
    };
    let near = match (last.end_ms, next.start_ms) {
        (Some(end), Some(start)) => start.saturating_sub(end) <= gap_ms,
        _ => true,
    };
    let forwards = !matches!((last.start_ms, next.start_ms), (Some(one), Some(other)) if other < one);
    same && near && forwards
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(speaker: Option<&str>, start_ms: Option<u32>, end_ms: Option<u32>, text: &str) -> Utterance {
        Utterance {
            at: 0,
            speaker: speaker.map(str::to_owned),
            start_ms,
            end_ms,
            text: text.into(),
            ..Utterance::default()
        }
    }

    fn texts(gap: MergeGap, format: Format, cues: &[Utterance]) -> Vec<String> {
        merge(cues.to_vec(), gap, false, format)
            .into_iter()
            .map(|cue| cue.text)
            .collect()
    }

    #[test]
    fn gaps() {
        let cues = [
            cue(Some("A"), Some(0), Some(1_000), "one"),
            cue(Some("a"), Some(3_000), Some(4_000), "two"),
            cue(Some("A"), Some(6_001), Some(7_000), "three"),
            cue(Some("B"), Some(7_000), Some(8_000), "four"),
            cue(Some("A"), Some(7_500), Some(9_000), "five"),
            cue(Some("A"), Some(8_500), Some(8_800), "six"),
            cue(None, Some(9_000), Some(9_500), "seven"),
            cue(None, Some(9_500), Some(9_900), "eight"),
        ];
        let captions = ["one two", "three", "four", "five six", "seven", "eight"];
        assert_eq!(texts(MergeGap::ByFormat, Format::WebVtt, &cues), captions);
        assert_eq!(texts(MergeGap::ByFormat, Format::Csv, &cues).len(), 8);
        assert_eq!(texts(MergeGap::Off, Format::WebVtt, &cues).len(), 8);
        assert_eq!(
            texts(MergeGap::Within { ms: 2_001 }, Format::Csv, &cues)[0],
            "one two three"
        );
        let merged = merge(cues.to_vec(), MergeGap::ByFormat, false, Format::WebVtt);
        assert_eq!((merged[0].start_ms, merged[0].end_ms), (Some(0), Some(4_000)));
        assert_eq!((merged[3].start_ms, merged[3].end_ms), (Some(7_500), Some(9_000)));
    }

    #[test]
    fn without_times_consecutive_is_enough() {
        let cues = [
            cue(Some("A"), None, None, "one"),
            cue(Some("A"), Some(5), None, "two"),
            cue(Some("A"), Some(4), None, "three"),
        ];
        assert_eq!(
            texts(MergeGap::Within { ms: 0 }, Format::Text, &cues),
            ["one two three"]
        );
    }

    #[test]
    fn a_sentence_ends_a_turn() {
        let texts = [
            "I was",
            "there.",
            "And “you?”",
            "No, Dr",
            "Lind was",
            "何か。",
            "x",
        ];
        let cues: Vec<Utterance> = (0..)
            .zip(texts)
            .map(|(at, text)| cue(Some("A"), Some(at * 1_000), Some(at * 1_000 + 900), text))
            .collect();
        let merged = merge(cues, MergeGap::ByFormat, true, Format::WebVtt);
        let texts: Vec<&str> = merged.iter().map(|turn| turn.text.as_str()).collect();
        assert_eq!(
            texts,
            ["I was there.", "And “you?”", "No, Dr Lind was 何か。", "x"]
        );
    }

    #[test]
    fn choices() {
        assert_eq!(MergeGap::parse("2").unwrap(), MergeGap::Within { ms: 2_000 });
        assert_eq!(MergeGap::parse("0.5").unwrap(), MergeGap::Within { ms: 500 });
        assert_eq!(MergeGap::parse("OFF").unwrap(), MergeGap::Off);
        assert_eq!(MergeGap::parse("-1"), Err(FormatError::MergeGap));
        assert_eq!(MergeGap::parse("soon"), Err(FormatError::MergeGap));
    }
}
