//! What is looked for, and whether it stands at a place.

use crate::script::{belongs_to_word, stands_without_spaces};

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    find: Vec<Sign>,
    pub(super) replacement: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A letter in lower case, or any other sign.
    Plain(char),
    /// `#`.
    Digit,
    /// `*`.
    RestOfWord,
    Space,
}

impl Entry {
    /// Nothing where there is nothing to look for or to put in its place, or where anything would be found.
    pub(super) fn new(find: &str, replacement: &str) -> Option<Self> {
        let mut signs = Vec::new();
        for word in find.split_whitespace() {
            if !signs.is_empty() {
                signs.push(Sign::Space);
            }
            signs.extend(word.chars().flat_map(lower).map(|sign| match sign {
                '#' => Sign::Digit,
                '*' => Sign::RestOfWord,
                sign => Sign::Plain(sign),
            }));
        }
        let says_something = |sign: &Sign| {
            matches!(sign, Sign::Digit) || matches!(sign, Sign::Plain(sign) if sign.is_alphanumeric())
        };
        let replacement = replacement.trim().to_owned();
        (signs.iter().any(says_something) && !replacement.is_empty()).then_some(Self {
            find: signs,
            replacement,
        })
    }

    /// How much is looked for: of two entries that fit, the one with more is meant.
    pub(super) fn length(&self) -> usize {
        self.find
            .iter()
            .filter(|sign| !matches!(sign, Sign::RestOfWord))
            .count()
    }

    /// What it may begin with: a letter in lower case, or nothing where that is not told.
    pub(super) fn first(&self) -> Option<char> {
        match self.find.first() {
            Some(Sign::Plain(first)) => Some(*first),
            _ => None,
        }
    }

    /// The length in bytes of what is found at the beginning of `rest`, with `before` as the sign before it.
    pub(super) fn found(&self, before: Option<char>, rest: &str) -> Option<usize> {
        let first = rest.chars().next()?;
        if before.is_some_and(|before| in_one_word(before, first)) {
            return None;
        }
        let length = self.matched(rest)?;
        let last = rest.get(..length)?.chars().next_back()?;
        let after = rest.get(length..)?.chars().next();
        let goes_on = after.is_some_and(|after| in_one_word(last, after));
        (!goes_on).then_some(length)
    }

    fn matched(&self, rest: &str) -> Option<usize> {
        let mut at = 0;
        let mut signs = self.find.iter().peekable();
        while let Some(sign) = signs.next() {
            let rest = rest.get(at..)?;
            let next = rest.chars().next();
            match sign {
                Sign::Digit => at += next.filter(char::is_ascii_digit)?.len_utf8(),
                Sign::Space => {
                    let trimmed = rest.trim_start();
                    (trimmed.len() < rest.len()).then_some(())?;
                    at += rest.len() - trimmed.len();
                }
                Sign::RestOfWord => {
                    at += rest.find(|sign| !belongs_to_word(sign)).unwrap_or(rest.len());
                }
                Sign::Plain(wanted) => {
                    let next = next?;
                    // A sign that is several in lower case (as İ is) has all of them in the entry too.
                    let mut all = lower(next);
                    (all.next() == Some(*wanted)).then_some(())?;
                    for further in all {
                        (signs.next() == Some(&Sign::Plain(further))).then_some(())?;
                    }
                    at += next.len_utf8();
                }
            }
        }
        Some(at)
    }
}

/// Whether two neighbours are of one word. Where words stand without spaces, nothing says where they end.
fn in_one_word(one: char, other: char) -> bool {
    belongs_to_word(one)
        && belongs_to_word(other)
        && !stands_without_spaces(one)
        && !stands_without_spaces(other)
}

/// In lower case, with the apostrophe as it is typed.
pub(super) fn lower(sign: char) -> impl Iterator<Item = char> {
    let plain = if sign == '’' { '\'' } else { sign };
    plain.to_lowercase()
}
