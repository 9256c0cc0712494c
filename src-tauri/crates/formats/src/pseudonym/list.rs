//! A list of pseudonyms as people write it.

use super::entry::Entry;
use crate::error::FormatError;
use crate::place::number;

/// What is replaced by what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pseudonyms {
    /// In the order of the list.
    pub(super) entries: Vec<Entry>,
    /// The line of each.
    lines: Vec<u32>,
}

impl Pseudonyms {
    /// Reads a list: on each line what is looked for, `=` (or `=>`, `→`, a tabulator), and what is put in its place.
    ///
    /// # Errors
    /// A line without the one or the other, by its number.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let mut list = Self::default();
        let text = text.trim_start_matches('\u{FEFF}');
        for (line, written) in (1..).zip(text.lines()) {
            let written = written.trim();
            if written.is_empty() || written.starts_with("//") {
                continue;
            }
            let entry = parted(written).and_then(|(find, replacement)| Entry::new(find, replacement));
            list.entries
                .push(entry.ok_or(FormatError::PseudonymLine { line })?);
            list.lines.push(line);
        }
        Ok(list)
    }

    /// The line of an entry, from 1.
    #[must_use]
    pub fn line(&self, entry: u32) -> Option<u32> {
        self.lines.get(usize::try_from(entry).ok()?).copied()
    }

    /// Adds the entries of another list after its own; each keeps the line of its list.
    pub fn extend(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.lines.extend(other.lines);
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        number(self.entries.len())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The text with everything of the list replaced.
    #[must_use]
    pub fn replaced(&self, text: &str) -> String {
        let mut replacing = super::Replacing::by(self);
        replacing.text(text).unwrap_or_else(|| text.to_owned())
    }
}

/// What stands before and after the sign in the middle.
fn parted(line: &str) -> Option<(&str, &str)> {
    ["=>", "→", "\t", "="]
        .iter()
        .find_map(|sign| line.split_once(sign))
}
