//! Speakers' names at the start of what they say: `P:`, `Therapist 2:`, `Dr. Ada Lind:`.
//!
//! A colon alone proves nothing ("And then I said: no"), so names are counted over the whole file first. Words that
//! say a role are taken at once, other names when they look like names and come back, or when nothing speaks
//! against them.

use std::collections::HashMap;

use crate::role::{folded, role_of};
use crate::utterance::Utterance;

/// Longer than any name that is written before a colon, in characters.
const LONGEST: usize = 48;
/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "da", "del", "der", "den", "di", "du", "la", "le", "van", "von", "bin", "al", "el", "of", "the",
    "and", "&",
];
/// What may be followed by a full stop and more of the name.
const TITLES: &[&str] = &["Dr.", "Mr.", "Mrs.", "Ms.", "Prof."];
/// Words before a colon that open a line about the transcript, not a turn.
const ABOUT_THE_FILE: &[&str] = &[
    "session",
    "date",
    "transcript",
    "title",
    "duration",
    "length",
    "time",
    "start time",
    "end time",
    "recorded",
    "recording",
    "recorded by",
    "transcriber",
    "transcribed",
    "transcribed by",
    "case",
    "note",
    "notes",
    "comment",
    "comments",
    "page",
    "keywords",
    "summary",
    "speakers",
    "file",
    "http",
    "https",
    "kind",
    "language",
];

/// A name and a colon at the start of `text`: the name, and the offset of what follows it.
pub(crate) fn prefix(text: &str) -> Option<(&str, usize)> {
    let (at, colon) = text
        .char_indices()
        .take(LONGEST + 1)
        .take_while(|(_, character)| belongs(*character) || is_colon(*character))
        .find(|(_, character)| is_colon(*character))?;
    let name = text.get(..at)?.trim();
    let after = at + colon.len_utf8();
    let follows = text.get(after..)?;
    (could_be(name) && !follows.starts_with("//")).then_some((name, after))
}

const fn is_colon(character: char) -> bool {
    matches!(character, ':' | '：')
}

fn belongs(character: char) -> bool {
    character.is_alphanumeric()
        || is_mark(character)
        || matches!(
            character,
            ' ' | '\t' | '.' | '-' | '\'' | '’' | '_' | '&' | '/' | '(' | ')'
        )
}

/// Accents that stand as characters of their own, and joiners.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{200C}'..='\u{200F}')
}

/// Whether `name` has the shape of a speaker's name: a letter first, few words, no sentence in it.
pub(crate) fn could_be(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphabetic)
        && name.chars().all(belongs)
        && name.matches('(').count() == name.matches(')').count()
        && name.chars().count() <= LONGEST
        && name.split_whitespace().count() <= 5
        && (!name.contains(". ") || TITLES.iter().any(|title| name.starts_with(title)))
}

/// Every word begins as names do: a capital, a digit, or a letter of a script that has no capitals.
fn is_capitalised(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        let first = word.chars().find(|character| character.is_alphanumeric());
        PARTICLES.contains(&word) || first.is_none_or(|character| !character.is_lowercase())
    })
}

/// How often each possible name opens a line (or cue), and how many open with none.
#[derive(Debug, Default)]
pub(crate) struct Census {
    counts: HashMap<String, u32>,
    lines: u32,
    unnamed: u32,
}

impl Census {
    pub(crate) fn count(&mut self, name: Option<&str>) {
        self.lines = self.lines.saturating_add(1);
        match name {
            Some(name) => {
                let count = self.counts.entry(folded(name)).or_insert(0);
                *count = count.saturating_add(1);
            }
            None => self.unnamed = self.unnamed.saturating_add(1),
        }
    }

    /// Decides for all names at once.
    pub(crate) fn decide(self) -> Names {
        let Self {
            counts,
            lines,
            unnamed,
        } = self;
        let about = |name: &str| ABOUT_THE_FILE.contains(&name);
        let certain = |name: &str, count: u32| !about(name) && (role_of(name).is_some() || count >= 2);
        let several = counts
            .iter()
            .filter(|(name, count)| certain(name, **count))
            .count()
            >= 2;
        let common = (lines / 5).max(3);
        Names {
            counts,
            common,
            once: !several || unnamed == 0,
        }
    }
}

/// How a possible name is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Speaker,
    /// Looks like a name, but comes once among speakers that come often.
    Doubtful,
    Words,
}

/// Which possible names of a file are speakers.
#[derive(Debug)]
pub(crate) struct Names {
    counts: HashMap<String, u32>,
    common: u32,
    once: bool,
}

impl Names {
    /// `apart`: where it stands, and how, speaks for a speaker even where the name comes only once.
    pub(crate) fn take(&self, name: &str, apart: bool) -> Taken {
        let key = folded(name);
        let count = self.counts.get(&key).copied().unwrap_or(0);
        if ABOUT_THE_FILE.contains(&key.as_str()) {
            return Taken::Words;
        }
        if role_of(name).is_some() || (key.split(' ').count() <= 2 && count >= self.common) {
            return Taken::Speaker;
        }
        match (is_capitalised(name), count) {
            (false, _) => Taken::Words,
            (true, 2..) => Taken::Speaker,
            (true, _) if key.split(' ').count() > 3 => Taken::Words,
            (true, _) if self.once || apart => Taken::Speaker,
            (true, _) => Taken::Doubtful,
        }
    }
}

/// Moves names from the start of the text to the speaker, for utterances whose format names none.
pub(crate) fn split_off(utterances: &mut [Utterance]) {
    let mut census = Census::default();
    for utterance in utterances.iter().filter(|utterance| utterance.speaker.is_none()) {
        census.count(prefix(after_arrows(&utterance.text)).map(|(name, _)| name));
    }
    let names = census.decide();
    for utterance in utterances
        .iter_mut()
        .filter(|utterance| utterance.speaker.is_none())
    {
        let text = after_arrows(&utterance.text);
        let Some((name, after)) = prefix(text) else {
            continue;
        };
        if names.take(name, false) == Taken::Speaker {
            let rest = text.get(after..).unwrap_or("").trim_start().to_owned();
            utterance.speaker = Some(name.to_owned());
            utterance.text = rest;
        }
    }
}

/// Captions for the deaf open a new speaker with `>>`.
fn after_arrows(text: &str) -> &str {
    text.trim_start_matches("&gt;")
        .trim_start_matches('>')
        .trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        let check = |text, expected| assert_eq!(prefix(text), expected, "{text}");
        check("P: hello", Some(("P", 2)));
        check("Therapist 2 : hello", Some(("Therapist 2", 13)));
        check("Dr. Ada Lind: hello", Some(("Dr. Ada Lind", 13)));
        check("Ада: привет", Some(("Ада", 7)));
        check("患者：你好", Some(("患者", 9)));
        check("https://example.org", None);
        check("12:30 was late", None);
        check("Well, he said: no", None);
        check("I left. He said: no", None);
        check(": no", None);
        check("no colon here", None);
    }

    fn decide(lines: &[&str]) -> Names {
        let mut census = Census::default();
        for line in lines {
            census.count(prefix(line).map(|(name, _)| name));
        }
        census.decide()
    }

    #[test]
    fn what_a_file_says_about_its_names() {
        let names = decide(&["P: a", "T: b", "and I said: c", "Ada: d", "P: e"]);
        assert_eq!(names.take("P", false), Taken::Speaker);
        assert_eq!(names.take("and I said", false), Taken::Words);
        let names = decide(&["P: a", "T: b", "P: e", "more words", "T: x", "Ada: d"]);
        assert_eq!(names.take("Ada", false), Taken::Doubtful);
        assert_eq!(names.take("Ada", true), Taken::Speaker);
        let names = decide(&["Ada: a", "Bo: b"]);
        assert_eq!(names.take("Bo", false), Taken::Speaker);
        let names = decide(&["ada: a", "bo: b", "ada: a", "bo: b", "ada: a", "bo: b"]);
        assert_eq!(names.take("ada", false), Taken::Speaker);
        assert_eq!(names.take("Date", true), Taken::Words);
    }
}
