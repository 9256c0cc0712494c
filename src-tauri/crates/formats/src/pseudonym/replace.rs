//! Replacing in one text after the other, with every hit kept.

use std::collections::HashMap;

use super::entry::{Entry, lower};
use super::{Hit, Pseudonyms};
use crate::place::number;

/// How many hits are kept; the rest is counted.
const KEPT: usize = 10_000;
/// How much of the text around a hit is kept with it, in characters.
const AROUND: usize = 40;

/// A list at work, and what it replaced so far.
#[derive(Debug)]
pub(crate) struct Replacing<'l> {
    /// Entries that begin with a letter, the longest first; under nothing those of which that is not told.
    by_first: HashMap<Option<char>, Vec<(u32, &'l Entry)>>,
    pub(crate) hits: Vec<Hit>,
    /// How often each entry was found.
    pub(crate) counts: Vec<u32>,
}

impl<'l> Replacing<'l> {
    pub(crate) fn by(list: &'l Pseudonyms) -> Self {
        let mut by_first: HashMap<Option<char>, Vec<(u32, &Entry)>> = HashMap::new();
        for (index, entry) in (0..).zip(&list.entries) {
            by_first.entry(entry.first()).or_default().push((index, entry));
        }
        for entries in by_first.values_mut() {
            entries.sort_by_key(|(index, entry)| (std::cmp::Reverse(entry.length()), *index));
        }
        Self {
            by_first,
            hits: Vec::new(),
            counts: vec![0; list.entries.len()],
        }
    }

    /// A name or a text with everything replaced; nothing where nothing is found. The hits get their place by [`Self::place`].
    pub(crate) fn text(&mut self, text: &str) -> Option<String> {
        if self.counts.is_empty() {
            return None;
        }
        let mut done = String::new();
        let mut kept = 0;
        let mut before = None;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let first = rest.chars().next()?;
            let Some((entry, found, replacement)) = self.at(before, first, rest) else {
                before = Some(first);
                at += first.len_utf8();
                continue;
            };
            let words = rest.get(..found).unwrap_or("");
            done.push_str(text.get(kept..at).unwrap_or(""));
            let replaced = in_case_of(words, replacement);
            let after = rest.get(found..).unwrap_or("");
            if self.hits.len() < KEPT {
                self.hits.push(Hit {
                    entry,
                    transcript: 0,
                    turn: None,
                    before: ending(&done),
                    found: words.to_owned(),
                    replaced: replaced.clone(),
                    after: after.chars().take(AROUND).collect(),
                });
            }
            if let Some(count) = self.counts.get_mut(entry as usize) {
                *count = count.saturating_add(1);
            }
            done.push_str(&replaced);
            before = words.chars().next_back();
            at += found;
            kept = at;
        }
        (kept > 0).then(|| done + text.get(kept..).unwrap_or(""))
    }

    /// Tells the hits from `from` on where they stand.
    pub(crate) fn place(&mut self, from: usize, transcript: usize, turn: Option<usize>) {
        for hit in self.hits.iter_mut().skip(from) {
            hit.transcript = number(transcript);
            hit.turn = turn.map(number);
        }
    }

    /// The longest entry that fits at the beginning of `rest`: its number, the length in bytes, what replaces it.
    fn at(&self, before: Option<char>, first: char, rest: &str) -> Option<(u32, usize, &'l str)> {
        let told = lower(first)
            .next()
            .and_then(|first| self.by_first.get(&Some(first)));
        let untold = self.by_first.get(&None);
        let fits = |(index, entry): &(u32, &'l Entry)| {
            let found = entry.found(before, rest).filter(|found| *found > 0)?;
            Some((*index, found, entry.replacement.as_str()))
        };
        let longest = |entries: Option<&Vec<(u32, &'l Entry)>>| entries?.iter().find_map(fits);
        [longest(told), longest(untold)]
            .into_iter()
            .flatten()
            .max_by_key(|(index, found, _)| (*found, std::cmp::Reverse(*index)))
    }
}

/// The last words of a text.
fn ending(text: &str) -> String {
    let from = text.char_indices().rev().take(AROUND).last();
    text.get(from.map_or(0, |(at, _)| at)..).unwrap_or("").to_owned()
}

/// The replacement in the case of what was found: all capitals, or a small letter to begin with.
fn in_case_of(found: &str, replacement: &str) -> String {
    let mut letters = found.chars().filter(|sign| sign.is_alphabetic());
    let first = letters.next();
    let has_more = letters.clone().next().is_some();
    let small = |sign: char| sign.is_lowercase();
    if first.is_some_and(char::is_uppercase)
        && has_more
        && !letters.any(small)
        && found.chars().any(char::is_uppercase)
    {
        return replacement.to_uppercase();
    }
    if first.is_some_and(small) {
        let mut signs = replacement.chars();
        return match signs.next() {
            Some(first) => first.to_lowercase().chain(signs).collect(),
            None => String::new(),
        };
    }
    replacement.to_owned()
}
