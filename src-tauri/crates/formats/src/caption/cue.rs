//! What a cue says: tags taken off, voices told apart, entities resolved; repeated and rolling cues said once.

use super::RawCue;
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// Tags of WebVTT and of SubRip's habits. Anything else between angle brackets is words (`<inaudible>`).
const TAGS: &[&str] = &[
    "b", "c", "font", "i", "lang", "rt", "ruby", "s", "strong", "em", "u", "v",
];
/// Cues this close follow each other without a gap, for the eye and for roll-up captions.
const TOUCHING_MS: u32 = 100;

/// A stretch of a cue in one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) voice: Option<String>,
    /// Lines are still apart.
    pub(super) text: String,
}

/// Turns cues into utterances, leaving out what only rolled up from the cue before.
pub(super) fn collapse(cues: Vec<RawCue>, warnings: &mut Warnings<'_>) -> Vec<Utterance> {
    let mut done: Vec<Utterance> = Vec::with_capacity(cues.len());
    let mut before: Option<(Times, String)> = None;
    for cue in cues {
        let times = (cue.start_ms, cue.end_ms);
        let raw = cue.lines.join("\n");
        let mut pieces = pieces(&raw);
        let whole = pieces
            .iter()
            .map(|piece| piece.text.trim())
            .collect::<Vec<_>>()
            .join("\n");
        if let Some((earlier_times, earlier)) = &before {
            if times.0.is_some() && *earlier_times == times && *earlier == whole && !whole.is_empty() {
                warnings.at(WarningKind::RepeatsCollapsed, cue.at, || {
                    "the cue repeats the one before, times and all; it was left out".into()
                });
                continue;
            }
            if let [piece] = pieces.as_mut_slice()
                && piece.voice.is_none()
                && cue.lines.len() >= 2
                && touches(*earlier_times, times)
                && let Some(new) = unrolled(earlier, &piece.text)
            {
                warnings.at(WarningKind::RollUpCollapsed, cue.at, || {
                    "the cue begins with the last line of the one before (roll-up captions); the line was kept once".into()
                });
                if new.is_empty() {
                    if let Some(last) = done.last_mut() {
                        last.end_ms = last.end_ms.max(times.1);
                    }
                    before = Some((times, whole));
                    continue;
                }
                piece.text = new;
            }
        }
        for Piece { voice, text } in pieces {
            let text = text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            done.push(Utterance {
                at: cue.at,
                speaker: voice,
                start_ms: times.0,
                end_ms: times.1,
                text,
                ..Utterance::default()
            });
        }
        before = Some((times, whole));
    }
    done
}

type Times = (Option<u32>, Option<u32>);

fn touches(earlier: Times, later: Times) -> bool {
    matches!((earlier.1, later.0), (Some(end), Some(start)) if start <= end.saturating_add(TOUCHING_MS) && Some(start) >= earlier.0)
}

/// What is new in a cue whose first line is the last line of the one before.
fn unrolled(earlier: &str, text: &str) -> Option<String> {
    let last = earlier.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    let mut lines = text.lines();
    (lines.next()?.trim() == last).then(|| {
        lines
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// The stretches of a cue, at least one; silence between two voices is none.
pub(super) fn pieces(raw: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut voice = None;
    let mut text = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        if rest.starts_with('&') {
            let (character, length) = entity(rest).unwrap_or(('&', 1));
            text.push(character);
            rest = rest.get(length..).unwrap_or("");
            continue;
        }
        match tag(rest) {
            Some((Tag::Voice(name), length)) => {
                finish(&mut pieces, &mut voice, &mut text);
                voice = (!name.is_empty()).then_some(name);
                rest = rest.get(length..).unwrap_or("");
            }
            Some((Tag::VoiceEnd, length)) => {
                finish(&mut pieces, &mut voice, &mut text);
                voice = None;
                rest = rest.get(length..).unwrap_or("");
            }
            Some((Tag::Other, length)) => rest = rest.get(length..).unwrap_or(""),
            None => {
                text.push('<');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    text.push_str(rest);
    finish(&mut pieces, &mut voice, &mut text);
    if pieces.is_empty() {
        pieces.push(Piece {
            voice: None,
            text: String::new(),
        });
    }
    pieces
}

fn finish(pieces: &mut Vec<Piece>, voice: &mut Option<String>, text: &mut String) {
    let text = std::mem::take(text);
    if !text.trim().is_empty() {
        pieces.push(Piece {
            voice: voice.clone(),
            text,
        });
    }
}

enum Tag {
    Voice(String),
    VoiceEnd,
    Other,
}

/// The tag that `text` starts with, and its length. A tag is short, closed, and one of those we know.
fn tag(text: &str) -> Option<(Tag, usize)> {
    const LONGEST: usize = 400;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let inside = text.get(1..end)?;
    let length = end + 1;
    if inside.contains('<') {
        return None;
    }
    if inside.starts_with(|character: char| character.is_ascii_digit()) {
        return crate::time::clock(inside).map(|_| (Tag::Other, length));
    }
    let (closing, body) = inside
        .strip_prefix('/')
        .map_or((false, inside), |body| (true, body));
    let name_end = body.find(['.', ' ', '\t', '\n']).unwrap_or(body.len());
    let name = body.get(..name_end)?.to_ascii_lowercase();
    if !TAGS.contains(&name.as_str()) {
        return None;
    }
    Some(match (name.as_str(), closing) {
        ("v", true) => (Tag::VoiceEnd, length),
        ("v", false) => {
            let annotation = body.get(name_end..)?;
            let words = annotation
                .find([' ', '\t', '\n'])
                .and_then(|at| annotation.get(at..))
                .unwrap_or("");
            (Tag::Voice(resolved(words.trim())), length)
        }
        _ => (Tag::Other, length),
    })
}

/// `text` with its entities resolved.
fn resolved(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        done.push_str(rest.get(..at).unwrap_or(""));
        let (character, length) = rest.get(at..).and_then(entity).unwrap_or(('&', 1));
        done.push(character);
        rest = rest.get(at + length..).unwrap_or("");
    }
    done.push_str(rest);
    done
}

/// The entity that `text` starts with, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "lrm" => '\u{200E}',
        "rlm" => '\u{200F}',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = hexadecimal
                .map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16))
                .ok()?;
            char::from_u32(code).filter(|character| !character.is_control())?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_cue() {
        let check = |raw: &str, expected: &[(Option<&str>, &str)]| {
            let found = pieces(raw);
            let found: Vec<_> = found
                .iter()
                .map(|piece| (piece.voice.as_deref(), piece.text.as_str()))
                .collect();
            assert_eq!(found, expected, "{raw}");
        };
        check("plain", &[(None, "plain")]);
        check("<v Ada Lind>hello</v>", &[(Some("Ada Lind"), "hello")]);
        check("<v.loud.first Ada>hello", &[(Some("Ada"), "hello")]);
        check(
            "<v A>one</v> <v B>two</v>",
            &[(Some("A"), "one"), (Some("B"), "two")],
        );
        check("<v A>one\n<v B>two", &[(Some("A"), "one\n"), (Some("B"), "two")]);
        check("<v R&amp;D>x", &[(Some("R&D"), "x")]);
        check("<v>nobody", &[(None, "nobody")]);
        check("a <00:17.500>b<c.yellow.bg> c</c> <i>d</i>", &[(None, "a b c d")]);
        check("<font color=\"red\">x</font>", &[(None, "x")]);
        check(
            "I <3 you, <inaudible> 2 < 3 > 1",
            &[(None, "I <3 you, <inaudible> 2 < 3 > 1")],
        );
        check(
            "&lt;b&gt; &amp;amp; &#39;&#x1F642;&nbsp;&rlm; & &nope; &#0; &ldquo;&hellip;&rdquo;",
            &[(None, "<b> &amp; '🙂\u{A0}\u{200F} & &nope; &#0; “…”")],
        );
        check("<b><i></i></b>", &[(None, "")]);
        check("<", &[(None, "<")]);
    }

    #[test]
    fn only_the_new_line_of_rolling_cues_counts() {
        assert_eq!(unrolled("a\nb", "b\nc").as_deref(), Some("c"));
        assert_eq!(unrolled("a\nb", "b\n ").as_deref(), Some(""));
        assert_eq!(unrolled("a\nb", "a\nb"), None);
        assert_eq!(unrolled("", "\n"), None);
        assert!(touches((Some(0), Some(500)), (Some(510), None)));
        assert!(!touches((Some(0), Some(500)), (Some(5_000), None)));
    }
}
