//! CHAT transcripts (CLAN, TalkBank): main lines as turns, with the times of their bullets.
//!
//! A main line opens with `*` and a code; lines that begin with a tabulator go on with it. A bullet
//! (`•1200_3400•`, with the sign U+0015 around it, or `•` where a file has none of these, and an old one with a media name)
//! gives ms; those of pictures are left out. The codes of
//! `@Participants` stay the speakers' names unless a role there says who it is and nobody else has it. The transcriber's
//! marks in a line stay as they are. Left out: dependent tiers (`%mor:` and the like), for which a turn has no place,
//! and all headers. No crate was tried.

use std::collections::HashMap;

use crate::place::Source;
use crate::role::role_of;
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// The sign around a bullet.
pub(crate) const BULLET: char = '\u{15}';
/// As which it is shown, and written by some.
const SHOWN: char = '•';
/// What a bullet may hold instead of times: a picture or a text to be shown.
const NO_TIMES: &[&str] = &["%pic:", "%txt:"];

/// Headers before a line that opens with `*` and a code.
pub(crate) fn looks_like(text: &str) -> bool {
    let mut headers = false;
    let text = text.trim_start_matches('\u{FEFF}');
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    for line in lines.take(200) {
        if main_line(line).is_some() {
            return headers;
        }
        headers |= ["@UTF8", "@Begin", "@Participants:", "@Languages:"]
            .iter()
            .any(|header| line.starts_with(header));
        if !line.starts_with(['@', '\t', ' ']) {
            return false;
        }
    }
    false
}

/// Whether the signs of bullets in a text are those of CHAT, and no dirt: a file of it, or times between two of them.
pub(crate) fn has_bullets(text: &str) -> bool {
    looks_like(text)
        || text
            .split(BULLET)
            .skip(1)
            .step_by(2)
            .take(100)
            .any(|inside| span(inside).is_some())
}

/// Reads all main lines.
pub(crate) fn read(source: &Source<'_>, warnings: &mut Warnings<'_>) -> Vec<Utterance> {
    let names = participants(source);
    let bullet = if source.text.contains(BULLET) {
        BULLET
    } else {
        SHOWN
    };
    let mut reader = Reader {
        names,
        bullet,
        done: Vec::new(),
        part: Part::Header,
        dependent: (0, 0),
    };
    for (at, line) in source.lines() {
        reader.line(at, line, warnings);
    }
    let (at, count) = reader.dependent;
    if count > 0 {
        warnings.at(WarningKind::TierLeftOut, at, || {
            format!("{count} lines of dependent tiers were left out; the first is here")
        });
    }
    reader
        .done
        .into_iter()
        .map(|(utterance, has_bullet)| {
            if has_bullet {
                timed(utterance, bullet, warnings)
            } else {
                utterance
            }
        })
        .collect()
}

/// What the line before belonged to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Header,
    Main,
    Dependent,
}

struct Reader {
    names: HashMap<String, String>,
    /// Bullets that are shown are somebody's words where the file has true ones.
    bullet: char,
    /// Utterances, and whether any has a bullet.
    done: Vec<(Utterance, bool)>,
    part: Part,
    /// Where the first line of a dependent tier stands, and how many there are.
    dependent: (usize, u32),
}

impl Reader {
    fn line(&mut self, at: usize, line: &str, warnings: &mut Warnings<'_>) {
        if line.trim().is_empty() {
            return;
        }
        if line.starts_with(['\t', ' ']) {
            if self.part == Part::Main
                && let Some((last, has_bullet)) = self.done.last_mut()
            {
                *has_bullet |= line.contains(self.bullet);
                last.append(' ', line.trim());
            }
        } else if let Some((code, words)) = main_line(line) {
            self.part = Part::Main;
            let speaker = self.names.get(code).cloned().unwrap_or_else(|| code.to_owned());
            let utterance = Utterance {
                at,
                speaker: Some(speaker),
                text: words.trim().to_owned(),
                ..Utterance::default()
            };
            self.done.push((utterance, line.contains(self.bullet)));
        } else if line.starts_with('%') {
            self.part = Part::Dependent;
            if self.dependent.1 == 0 {
                self.dependent.0 = at;
            }
            self.dependent.1 += 1;
        } else {
            self.part = Part::Header;
            if !line.starts_with('@') {
                warnings.at(WarningKind::WordsOutsideCue, at, || {
                    "the line is neither a speaker's nor a header; it was left out".into()
                });
            }
        }
    }
}

/// Code and words of `*PAR:` and what follows it.
fn main_line(line: &str) -> Option<(&str, &str)> {
    let (code, words) = line.strip_prefix('*')?.split_once(':')?;
    let short = !code.is_empty() && code.len() <= 30 && !code.contains(char::is_whitespace);
    short.then_some((code, words))
}

/// Codes and what stands for them as names: the role, where it says who speaks and only one has it.
fn participants(source: &Source<'_>) -> HashMap<String, String> {
    let mut roles: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for (_, line) in source.lines() {
        let list = match line.strip_prefix("@Participants:") {
            Some(list) => list,
            None if open && line.starts_with('\t') => line,
            None => {
                open = false;
                continue;
            }
        };
        open = true;
        for participant in list.split(',') {
            let words: Vec<&str> = participant.split_whitespace().collect();
            if let ([code, .., role], true) = (words.as_slice(), words.len() >= 2) {
                roles.push(((*code).to_owned(), role.replace('_', " ")));
            }
        }
    }
    let mut having: HashMap<&str, u32> = HashMap::new();
    for (_, role) in &roles {
        *having.entry(role).or_default() += 1;
    }
    let told = roles.iter().filter(|(code, role)| {
        role_of(code).is_none() && role_of(role).is_some() && having.get(role.as_str()) == Some(&1)
    });
    told.cloned().collect()
}

/// Takes the bullets out of the words: the first gives the start, the last the end.
fn timed(mut utterance: Utterance, bullet: char, warnings: &mut Warnings<'_>) -> Utterance {
    let mut words = String::with_capacity(utterance.text.len());
    let mut rest = utterance.text.as_str();
    while let Some((before, from)) = rest.split_once(bullet) {
        words.push_str(before.trim_end());
        words.push(' ');
        let Some((inside, after)) = from.split_once(bullet) else {
            rest = from;
            break;
        };
        match span(inside) {
            Some((start_ms, end_ms)) => {
                utterance.start_ms = utterance.start_ms.or(Some(start_ms));
                utterance.end_ms = Some(end_ms);
                rest = after.trim_start();
            }
            None if NO_TIMES.iter().any(|kind| inside.trim().starts_with(kind)) => rest = after.trim_start(),
            None => {
                warnings.at(WarningKind::TimeUnreadable, utterance.at, || {
                    "a bullet of this line holds no times in ms; it was left in the words".into()
                });
                words.push_str(inside);
                rest = after;
            }
        }
    }
    words.push_str(rest);
    utterance.text = words.trim().to_owned();
    utterance
}

/// `1200_3400`, or with a media name before it.
fn span(bullet: &str) -> Option<(u32, u32)> {
    let mut parts = bullet.trim().rsplit('_');
    let end = parts.next()?.parse().ok()?;
    let start = parts.next()?.rsplit('"').next()?.parse().ok()?;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tPAR Participant, INV Ada Investigator,\n\tREL Friend Relative\n";

    fn turns(body: &str) -> (Vec<String>, Vec<(WarningKind, u32)>) {
        let text = format!("{HEAD}{body}");
        assert!(looks_like(&text), "{text}");
        let source = Source::new(&text);
        let mut warnings = Warnings::new(&source);
        let turns = read(&source, &mut warnings).iter().map(Utterance::told).collect();
        let said = warnings.finish().into_iter();
        (
            turns,
            said.map(|warning| (warning.kind, warning.line.unwrap_or(0)))
                .collect(),
        )
    }

    #[test]
    fn main_lines_with_their_bullets() {
        let (kept, said) = turns(
            "*INV:\thow was it ? •0_1073•\n*PAR:\twell [/] well it was\n\tlong . •1200_2000•\n%mor:\tco|well\n\tn|more\n*REL:\tyes . •%snd:\"a_b\"_2100_2500•\n@G:\tpart two\n*XYZ:\tone •10_20• two . •30_40•\n@End\n",
        );
        let expected = [
            "Investigator|0|1073|how was it ?",
            "Participant|1200|2000|well [/] well it was long .",
            "REL|2100|2500|yes .",
            "XYZ|10|40|one two .",
        ];
        assert_eq!(kept, expected);
        assert_eq!(said, [(WarningKind::TierLeftOut, 9)]);
    }

    #[test]
    fn bullets_that_are_words_stay_where_there_are_true_ones() {
        let (kept, said) = turns(
            "*PAR:\tand • so ? \u{15}1200_3400\u{15}\n*INV:\twell \u{15}%pic:\"a.jpg\"\u{15} yes . \u{15}3500_4400\u{15}\n",
        );
        let expected = [
            "Participant|1200|3400|and • so ?",
            "Investigator|3500|4400|well yes .",
        ];
        assert_eq!(kept, expected);
        assert_eq!(said, []);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let (kept, said) = turns("*PAR:\tone •soon• two •\nloose words\n\tand more\n");
        assert_eq!(kept, ["Participant|-|-|one soon two"]);
        assert_eq!(
            said,
            [
                (WarningKind::TimeUnreadable, 6),
                (WarningKind::WordsOutsideCue, 7)
            ]
        );
    }

    #[test]
    fn other_text_is_none() {
        for text in ["*PAR: x\n", "@Begin\nP: x\n*PAR: y\n", "", "@Begin\n"] {
            assert!(!looks_like(text), "{text}");
        }
    }
}
