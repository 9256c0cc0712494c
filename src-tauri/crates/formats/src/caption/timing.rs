//! The timing line of a cue: `00:01.000 --> 00:04.000 align:start`.

use crate::time;

/// Both times, and where the first unreadable one stands (in bytes from the line's start).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) start_ms: Option<u32>,
    pub(crate) end_ms: Option<u32>,
    pub(crate) unreadable_at: Option<usize>,
}

/// Whether a line opens a cue: an arrow, and no letters before it (else it is somebody's words).
pub(crate) fn is_timing(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(before, after)| {
        let digit_first = |side: &str| {
            side.trim_start()
                .starts_with(|character: char| character.is_ascii_digit())
        };
        !before.contains(char::is_alphabetic)
            && !before.contains(['[', '(', '"'])
            && (digit_first(before) || digit_first(after))
    })
}

/// Settings after the second time are left aside: they say where the words stand on the picture.
pub(crate) fn parse(line: &str) -> Times {
    let (before, after) = line.split_once("-->").unwrap_or((line, ""));
    let start_ms = time::clock(before);
    let trimmed = after.trim_start();
    let end_ms = time::clock_prefix(trimmed).and_then(|(ms, length)| {
        let clean = trimmed
            .get(length..)?
            .chars()
            .next()
            .is_none_or(char::is_whitespace);
        clean.then_some(ms)
    });
    let unreadable_at = match (start_ms, end_ms) {
        (None, _) => Some(before.len() - before.trim_start().len()),
        (_, None) => Some(line.len() - trimmed.len()),
        _ => None,
    };
    Times {
        start_ms,
        end_ms,
        unreadable_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timing_lines() {
        let check = |line, start_ms, end_ms, unreadable_at| {
            assert!(is_timing(line), "{line}");
            assert_eq!(
                parse(line),
                Times {
                    start_ms,
                    end_ms,
                    unreadable_at
                },
                "{line}"
            );
        };
        check("00:00:00.500 --> 00:00:07.000", Some(500), Some(7_000), None);
        check(
            "00:16.500 --> 00:18.500 align:start position:0%",
            Some(16_500),
            Some(18_500),
            None,
        );
        check("0:0:0.570 --> 0:0:9.60", Some(570), Some(9_600), None);
        check("00:00:07,000-->00:00:11.890", Some(7_000), Some(11_890), None);
        check("00:00:07,000 --> 00:00:1x", Some(7_000), None, Some(17));
        check("  00:99:07 --> 00:00:11", None, Some(11_000), Some(2));
        check("00:01.000 -->", Some(1_000), None, Some(13));
    }

    #[test]
    fn words_with_an_arrow_are_words() {
        for line in ["so 1 --> 2", "[00:01 --> 00:02] so", "-->", "a --> b"] {
            assert!(!is_timing(line), "{line}");
        }
    }
}
