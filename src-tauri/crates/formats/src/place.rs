//! Where in a file something stands: byte offsets inside, line and column (both from 1) in what is said.
//!
//! Lines end with LF, CR LF or a lone CR, mixed as they come. Columns count Unicode scalars. A place is worked
//! out only for what is reported, from counts of characters that are made once, so that reading stays linear in the length
//! of the file, however long its lines are.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// A place in the decoded text, both numbers from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

/// Where a stretch of text that was put together from a file stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    at: u32,
    place: Place,
    /// Columns go on with the characters; else the whole stretch is one column, as a cell is.
    by_character: bool,
}

impl Mark {
    /// A paragraph that counts as one line.
    pub(crate) fn characters(at: usize, line: u32) -> Self {
        Self {
            at: number(at),
            place: Place { line, column: 1 },
            by_character: true,
        }
    }

    /// A cell by its row and column.
    pub(crate) fn cell(at: usize, line: u32, column: u32) -> Self {
        Self {
            at: number(at),
            place: Place { line, column },
            by_character: false,
        }
    }
}

/// Characters are counted on from the beginning of a block, in bytes.
const BLOCK: usize = 4096;

/// The decoded text of a file with the starts of its lines.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    starts: Cow<'a, [u32]>,
    /// How many characters begin before each block of [`BLOCK`] bytes; made when the first place is told.
    counts: OnceCell<Vec<u32>>,
    /// In the order of the text; empty where the text is the file.
    marks: &'a [Mark],
    /// Where each of several texts starts; empty where there is one.
    parts: &'a [u32],
    /// Where the lines that are read end.
    end: usize,
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => !matches!(bytes.peek(), Some((_, b'\n'))),
                _ => false,
            };
            if ends {
                starts.push(u32::try_from(at.saturating_add(1)).unwrap_or(u32::MAX));
            }
        }
        Self {
            text,
            starts: Cow::Owned(starts),
            counts: OnceCell::new(),
            marks: &[],
            parts: &[],
            end: text.len(),
        }
    }

    /// Text that was put together, and where its stretches stand in the file.
    pub(crate) fn marked(text: &'a str, marks: &'a [Mark]) -> Self {
        Self {
            marks,
            ..Self::new(text)
        }
    }

    /// The same, where the text is several, which start at these offsets.
    pub(crate) fn with_parts(self, parts: &'a [u32]) -> Self {
        Self { parts, ..self }
    }

    /// The lines of a range alone, which begins with a line; offsets stay those of the whole.
    pub(crate) fn within(&self, range: Range<usize>) -> Source<'_> {
        let index = |at: usize| self.starts.partition_point(|start| (*start as usize) < at);
        let starts = self.starts.get(index(range.start)..index(range.end));
        Source {
            text: self.text,
            starts: Cow::Borrowed(starts.unwrap_or_default()),
            counts: OnceCell::new(),
            marks: self.marks,
            parts: self.parts,
            end: range.end,
        }
    }

    /// In which of several texts an offset lies, from 1; nothing where there is but one.
    pub(crate) fn part(&self, at: usize) -> Option<u32> {
        let several = self.parts.len() > 1;
        several.then(|| number(self.parts.partition_point(|start| *start as usize <= at)))
    }

    /// Line and column of a byte offset; an offset inside a character counts as that character's.
    pub(crate) fn place(&self, at: usize) -> Place {
        let marks = self.marks.partition_point(|mark| mark.at as usize <= at);
        if let Some(mark) = marks.checked_sub(1).and_then(|index| self.marks.get(index)) {
            let passed = if mark.by_character {
                self.characters(at) - self.characters(mark.at as usize)
            } else {
                0
            };
            return Place {
                column: mark.place.column.saturating_add(passed),
                ..mark.place
            };
        }
        let line = self.starts.partition_point(|start| *start as usize <= at).max(1);
        let start = self.starts.get(line - 1).map_or(0, |start| *start as usize);
        let before = self.characters(at) - self.characters(start);
        Place {
            line: number(line),
            column: before.saturating_add(1),
        }
    }

    /// How many characters end before an offset.
    fn characters(&self, at: usize) -> u32 {
        let at = (0..=at.min(self.text.len()))
            .rfind(|at| self.text.is_char_boundary(*at))
            .unwrap_or(0);
        let bytes = self.text.as_bytes();
        let counts = self.counts.get_or_init(|| {
            let mut counts = vec![0];
            let mut passed = 0;
            for block in bytes.chunks(BLOCK) {
                passed += beginning(block);
                counts.push(passed);
            }
            counts
        });
        let block = at / BLOCK;
        let rest = bytes.get(block * BLOCK..at).unwrap_or_default();
        counts.get(block).copied().unwrap_or(0) + beginning(rest)
    }

    /// Byte offset and text of every line, without its end. A file that ends with a line end has no line after it.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        let text = self.text;
        self.starts.iter().enumerate().filter_map(move |(index, start)| {
            let start = *start as usize;
            let end = self.starts.get(index + 1).map_or(self.end, |next| *next as usize);
            let line = text.get(start..end)?;
            let last = index + 1 == self.starts.len();
            (!(last && line.is_empty())).then(|| (start, line.trim_end_matches(['\r', '\n'])))
        })
    }
}

/// How many characters begin in bytes of UTF-8.
fn beginning(bytes: &[u8]) -> u32 {
    number(bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count())
}

/// A count as it is said; files past four thousand million of anything are refused long before.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways() {
        let source = Source::new("a\r\nbb\rc\n\nd");
        let lines: Vec<_> = source.lines().collect();
        assert_eq!(lines, [(0, "a"), (3, "bb"), (6, "c"), (8, ""), (9, "d")]);
        assert_eq!(Source::new("a\n").lines().count(), 1);
        assert_eq!(Source::new("").lines().count(), 0);
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("x\né🙂z\nw");
        let check = |at, line, column| assert_eq!(source.place(at), Place { line, column }, "offset {at}");
        check(0, 1, 1);
        check(2, 2, 1);
        check(4, 2, 2);
        check(5, 2, 2);
        check(8, 2, 3);
        check(10, 3, 1);
        check(999, 3, 2);
    }

    #[test]
    fn columns_of_long_lines_are_counted_once() {
        let text = format!("x\n{}\ny", "é".repeat(4 * BLOCK));
        let source = Source::new(&text);
        let column = |at| source.place(at).column as usize;
        for passed in [0, 1, BLOCK / 2 - 1, BLOCK / 2, BLOCK, 4 * BLOCK] {
            assert_eq!(column(2 + 2 * passed), passed + 1);
        }
        assert_eq!(source.place(text.len() - 1), Place { line: 3, column: 1 });
    }

    #[test]
    fn lines_of_a_range() {
        let source = Source::new("a\nb\nc\nd");
        let within = source.within(2..6);
        assert_eq!(within.lines().collect::<Vec<_>>(), [(2, "b"), (4, "c")]);
    }
}
