//! Positions in text: Unicode scalars inside and in files, UTF-16 units at the interface's edge. This is the one place
//! where they are converted.
//!
//! Scalars up to U+FFFF take one UTF-16 unit, the others two. So it is enough to know where the others are: none in most
//! texts, few in the rest.

/// Converts positions within one turn's text; built once in one pass, then fast whatever the length of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionMap {
    scalars: u32,
    /// Scalar positions of the characters that take two units, rising.
    wide: Vec<u32>,
}

impl PositionMap {
    /// The map of a text. Texts longer than `u32::MAX` characters are mapped up to there.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self {
                scalars: u32::try_from(text.len()).unwrap_or(u32::MAX),
                wide: Vec::new(),
            };
        }
        let mut scalars = 0_u32;
        let mut wide = Vec::new();
        for character in text.chars() {
            if character.len_utf16() == 2 {
                wide.push(scalars);
            }
            scalars = scalars.saturating_add(1);
        }
        Self { scalars, wide }
    }

    /// Length of the text in Unicode scalars.
    #[must_use]
    pub const fn scalar_length(&self) -> u32 {
        self.scalars
    }

    /// Length of the text in UTF-16 units.
    #[must_use]
    pub fn utf16_length(&self) -> u32 {
        self.scalars.saturating_add(small(self.wide.len()))
    }

    /// The UTF-16 position of a scalar position; the end of the text counts as one. `None` behind the end.
    #[must_use]
    pub fn to_utf16(&self, scalar: u32) -> Option<u32> {
        if scalar > self.scalars {
            return None;
        }
        let before = self.wide.partition_point(|wide| *wide < scalar);
        scalar.checked_add(small(before))
    }

    /// The scalar position of a UTF-16 position; `None` behind the end or inside a surrogate pair.
    #[must_use]
    pub fn to_scalar(&self, utf16: u32) -> Option<u32> {
        // The wide character at index i starts at unit wide[i] + i. Both rise, so the index can be searched for.
        let mut low = 0;
        let mut high = self.wide.len();
        while low < high {
            let middle = low.midpoint(high);
            let starts = self.wide.get(middle)?.checked_add(small(middle))?;
            if starts < utf16 {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let scalar = utf16.checked_sub(small(low))?;
        let inside_pair = low
            .checked_sub(1)
            .and_then(|last| self.wide.get(last))
            .is_some_and(|wide| *wide == scalar);
        (scalar <= self.scalars && !inside_pair).then_some(scalar)
    }
}

fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// One position of one text, scalar to UTF-16; see [`PositionMap`] where a text is asked more than once.
#[must_use]
pub fn scalar_to_utf16(text: &str, scalar: u32) -> Option<u32> {
    PositionMap::new(text).to_utf16(scalar)
}

/// One position of one text, UTF-16 to scalar; see [`PositionMap`] where a text is asked more than once.
#[must_use]
pub fn utf16_to_scalar(text: &str, utf16: u32) -> Option<u32> {
    PositionMap::new(text).to_scalar(utf16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PositionMap, scalar_to_utf16, utf16_to_scalar};

    #[test]
    fn positions_convert_both_ways() {
        let check = |text: &str, expected: &[u32]| {
            for (scalar, utf16) in (0_u32..).zip(expected) {
                assert_eq!(
                    scalar_to_utf16(text, scalar),
                    Some(*utf16),
                    "{text:?} scalar {scalar}"
                );
                assert_eq!(
                    utf16_to_scalar(text, *utf16),
                    Some(scalar),
                    "{text:?} unit {utf16}"
                );
            }
            let behind = u32::try_from(expected.len()).expect("a short text");
            assert_eq!(scalar_to_utf16(text, behind), None);
            assert_eq!(utf16_to_scalar(text, expected[expected.len() - 1] + 1), None);
        };
        check("", &[0]);
        check("abc", &[0, 1, 2, 3]);
        check("é\u{301}x", &[0, 1, 2, 3]);
        check("a😀b", &[0, 1, 3, 4]);
        check("😀😀", &[0, 2, 4]);
        check("שלום", &[0, 1, 2, 3, 4]);
    }

    #[test]
    fn the_inside_of_a_pair_is_no_position() {
        assert_eq!(utf16_to_scalar("😀", 1), None);
        assert_eq!(utf16_to_scalar("a😀😀b", 2), None);
        assert_eq!(utf16_to_scalar("a😀😀b", 4), None);
        assert_eq!(utf16_to_scalar("a😀😀b", 5), Some(3));
        assert_eq!(utf16_to_scalar("ab", u32::MAX), None);
        assert_eq!(scalar_to_utf16("ab", u32::MAX), None);
    }

    proptest! {
        #[test]
        fn every_character_agrees_with_the_standard_library(text in "(\\PC|[😀👨‍👩‍👧🏽]|e\u{301}|[a-z]){0,40}") {
            let map = PositionMap::new(&text);
            let mut utf16 = 0_u32;
            for (scalar, character) in (0_u32..).zip(text.chars()) {
                prop_assert_eq!(map.to_utf16(scalar), Some(utf16));
                prop_assert_eq!(map.to_scalar(utf16), Some(scalar));
                if character.len_utf16() == 2 {
                    prop_assert_eq!(map.to_scalar(utf16 + 1), None);
                    utf16 += 1;
                }
                utf16 += 1;
            }
            prop_assert_eq!(map.utf16_length(), utf16);
            prop_assert_eq!(map.to_scalar(utf16), Some(map.scalar_length()));
            prop_assert_eq!(map.to_scalar(utf16 + 1), None);
        }
    }
}
