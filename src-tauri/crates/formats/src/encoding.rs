//! From bytes to text: which encoding, how sure, and what could not be read.
//!
//! The guess, in this order: a byte order mark; the zero bytes that UTF-16 leaves in Latin text, spaces and line
//! ends; valid UTF-8; UTF-8 with a few broken places (a file cut off, or two joined); else Windows-1252, which
//! fits any bytes and is therefore never certain. Control characters are taken out here, so that no later step
//! meets them.

use crate::chat;
use crate::error::FormatError;
use crate::place::{Place, Source, number};
use crate::vocabulary::vocabulary;
use crate::warning::{WarningKind, Warnings};

vocabulary! {
    /// The encodings that can be recognised and chosen.
    Encoding {
        Utf8 = "utf-8",
        Utf16Le = "utf-16le",
        Utf16Be = "utf-16be",
        Windows1252 = "windows-1252",
    }
}

impl Encoding {
    const fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }

    const fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 => &[0xEF, 0xBB, 0xBF],
            Self::Utf16Le => &[0xFF, 0xFE],
            Self::Utf16Be => &[0xFE, 0xFF],
            Self::Windows1252 => &[],
        }
    }
}

/// Text with what had to be done to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    /// False where another encoding would fit the bytes too.
    pub(crate) certain: bool,
    replaced: Spots,
    removed: Spots,
}

/// How many of something there are, and where the first stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Spots {
    count: u32,
    first: Option<Place>,
}

impl Decoded {
    /// Text that was unpacked: XML in UTF-8, whatever the letters in it.
    pub(crate) fn unpacked(text: String) -> Self {
        Self {
            text,
            encoding: Encoding::Utf8,
            certain: true,
            replaced: Spots::default(),
            removed: Spots::default(),
        }
    }

    /// Says what was guessed, replaced and removed.
    pub(crate) fn warn(&self, warnings: &mut Warnings<'_>) {
        if !self.certain {
            let text = format!(
                "the encoding is a guess ({}): if letters look wrong, choose another",
                self.encoding
            );
            warnings.whole(WarningKind::EncodingGuessed, text);
        }
        if let Some(place) = self.replaced.first {
            let text = format!(
                "{} characters could not be read as {}; the first is here",
                self.replaced.count, self.encoding
            );
            warnings.placed(WarningKind::CharactersReplaced, place, text);
        }
        if let Some(place) = self.removed.first {
            let text = format!(
                "{} control characters were removed; the first stood here",
                self.removed.count
            );
            warnings.placed(WarningKind::CharactersRemoved, place, text);
        }
    }
}

/// Text from bytes, by guess or as chosen.
///
/// # Errors
/// Empty files, files that are not text, and bytes that the encoding cannot be.
pub(crate) fn decode(bytes: &[u8], chosen: Option<Encoding>) -> Result<Decoded, FormatError> {
    if bytes.is_empty() {
        return Err(FormatError::Empty);
    }
    let (encoding, certain) = chosen.map_or_else(|| guess(bytes), |encoding| (encoding, true));
    let body = bytes.strip_prefix(encoding.mark()).unwrap_or(bytes);
    let (text, broken) = encoding.table().decode_without_bom_handling(body);
    let keeps_bullets = text.contains(chat::BULLET) && chat::has_bullets(&text);
    let is_control = |sign| is_control(sign) && !(keeps_bullets && sign == chat::BULLET);
    let replaced = if broken {
        spots(&text, |character| character == char::REPLACEMENT_CHARACTER)
    } else {
        Spots::default()
    };
    let removed = spots(&text, is_control);
    let characters = number(text.chars().count());
    if let Some(Place { line, column }) = removed
        .first
        .filter(|_| removed.count.saturating_mul(20) > characters.max(100))
    {
        return Err(FormatError::Binary { line, column });
    }
    if let Some(Place { line, column }) = replaced
        .first
        .filter(|_| replaced.count.saturating_mul(5) > characters.max(20))
    {
        return Err(FormatError::NotDecodable {
            encoding,
            line,
            column,
            replaced: replaced.count,
            characters,
        });
    }
    let text = if removed.count == 0 {
        text.into_owned()
    } else {
        let kept = |sign: char| {
            if is_control(sign) {
                without_control(sign)
            } else {
                Some(sign)
            }
        };
        text.chars().filter_map(kept).collect()
    };
    Ok(Decoded {
        text,
        encoding,
        certain,
        replaced,
        removed,
    })
}

/// Everything that has no place in speech: C0 and C1 but tab and line ends, delete, marks of byte order, the
/// two non-characters. Joiners and direction marks stay: emoji and right-to-left text need them.
fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        other => other.is_control(),
    }
}

/// Line-like controls (vertical tab, form feed, next line) part words, so a space takes their place.
fn without_control(character: char) -> Option<char> {
    match character {
        '\u{B}' | '\u{C}' | '\u{85}' => Some(' '),
        other => (!is_control(other)).then_some(other),
    }
}

/// `text` with the ends of its lines as one character and without controls, where it has any.
pub(crate) fn without_controls(text: &str) -> Option<String> {
    let odd = |character: char| character == '\r' || is_control(character);
    text.contains(odd).then(|| {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        lines.chars().filter_map(without_control).collect()
    })
}

fn spots(text: &str, matches: impl Fn(char) -> bool) -> Spots {
    let count = text.chars().filter(|character| matches(*character)).count();
    let first = text
        .char_indices()
        .find(|(_, character)| matches(*character))
        .map(|(at, _)| Source::new(text).place(at));
    Spots {
        count: number(count),
        first,
    }
}

fn guess(bytes: &[u8]) -> (Encoding, bool) {
    let marked = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be].into_iter();
    if let Some(encoding) = marked
        .into_iter()
        .find(|encoding| bytes.starts_with(encoding.mark()))
    {
        return (encoding, true);
    }
    if let Some(encoding) = guess_utf16(bytes) {
        return (encoding, false);
    }
    match utf8_fit(bytes) {
        Fit::Whole => (Encoding::Utf8, true),
        Fit::Mostly => (Encoding::Utf8, false),
        Fit::No => (Encoding::Windows1252, false),
    }
}

/// Zero bytes that stand on one side of the byte pairs only.
fn guess_utf16(bytes: &[u8]) -> Option<Encoding> {
    let mut low_first = 0_usize;
    let mut high_first = 0_usize;
    let mut pairs = 0_usize;
    for pair in bytes.chunks_exact(2) {
        pairs += 1;
        match pair {
            [0, 0] => return None,
            [_, 0] => low_first += 1,
            [0, _] => high_first += 1,
            _ => {}
        }
    }
    let enough = |some: usize, other: usize| {
        some > 0 && some.saturating_mul(20) >= pairs && other.saturating_mul(20) <= some
    };
    if enough(low_first, high_first) {
        Some(Encoding::Utf16Le)
    } else if enough(high_first, low_first) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

enum Fit {
    Whole,
    Mostly,
    No,
}

/// How well bytes fit UTF-8: characters of several bytes that are right, against places that are broken.
fn utf8_fit(bytes: &[u8]) -> Fit {
    let mut right = 0_usize;
    let mut broken = 0_usize;
    for chunk in bytes.utf8_chunks() {
        right += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    match (right, broken) {
        (_, 0) => Fit::Whole,
        _ if right >= broken => Fit::Mostly,
        _ => Fit::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn guesses() {
        let text = "P: schön 🙂 שלום\r\nT: ja\n";
        let check = |bytes: &[u8], encoding, certain| {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!(
                (decoded.text.as_str(), decoded.encoding, decoded.certain),
                (text, encoding, certain)
            );
        };
        check(text.as_bytes(), Encoding::Utf8, true);
        check(
            &[&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
            Encoding::Utf8,
            true,
        );
        check(&utf16(text, true, true), Encoding::Utf16Le, true);
        check(&utf16(text, false, true), Encoding::Utf16Be, true);
        check(&utf16(text, true, false), Encoding::Utf16Le, false);
        check(&utf16(text, false, false), Encoding::Utf16Be, false);
    }

    #[test]
    fn windows_1252_is_the_last_resort() {
        let decoded = decode(b"P: sch\xF6n \x96 \x93ja\x94\n", None).unwrap();
        assert_eq!(decoded.text, "P: schön – “ja”\n");
        assert_eq!(
            (decoded.encoding, decoded.certain),
            (Encoding::Windows1252, false)
        );
    }

    #[test]
    fn a_cut_character_does_not_turn_the_file_into_windows_1252() {
        let mut bytes = "P: größere Übung, schön\nT: für später\n".as_bytes().to_vec();
        bytes.push(0xC3);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.encoding, Encoding::Utf8);
        assert!(!decoded.certain);
        assert_eq!(
            decoded.replaced,
            Spots {
                count: 1,
                first: Some(Place { line: 3, column: 1 })
            }
        );
    }

    #[test]
    fn a_choice_is_kept_and_its_damage_told() {
        let decoded = decode(
            "T: für dich, für mich, für alle, für immer".as_bytes(),
            Some(Encoding::Windows1252),
        )
        .unwrap();
        assert!(decoded.text.starts_with("T: fÃ¼r"));
        let decoded = decode(
            b"T: a long line of plain words and then one f\xFCr",
            Some(Encoding::Utf8),
        )
        .unwrap();
        assert_eq!(decoded.replaced.first, Some(Place { line: 1, column: 45 }));
        let error = decode(&[0xFF; 64], Some(Encoding::Utf8)).unwrap_err();
        assert!(
            matches!(
                error,
                FormatError::NotDecodable {
                    line: 1,
                    column: 1,
                    replaced: 64,
                    ..
                }
            ),
            "{error:?}"
        );
    }

    #[test]
    fn control_characters_go_and_binary_files_are_refused() {
        let decoded = decode(
            b"P: a\0b\x0Bc\x07\nT: the rest of a file that is long enough to be a text, not a picture",
            None,
        )
        .unwrap();
        assert!(decoded.text.starts_with("P: ab c\nT:"));
        assert_eq!(
            decoded.removed,
            Spots {
                count: 3,
                first: Some(Place { line: 1, column: 5 })
            }
        );
        assert!(matches!(
            decode(&[0, 0, 1, 2, 0, 0, 3, 4, 5, 6].repeat(20), None),
            Err(FormatError::Binary { .. })
        ));
        assert_eq!(decode(b"", None), Err(FormatError::Empty));
    }

    #[test]
    fn signs_of_bullets_stay_in_chat_alone() {
        let kept = |text: &str| decode(text.as_bytes(), None).unwrap().text.contains('\u{15}');
        assert!(kept("\n@UTF8\n@Begin\n*INV:\tyes \u{15}1200_3400\u{15}\n@End\n"));
        assert!(kept("*INV:\tyes \u{15}1200_3400\u{15}\n"));
        assert!(!kept("P: a \u{15} sign that stands \u{15} in a text\n"));
    }

    #[test]
    fn joiners_and_direction_marks_stay() {
        let text = "P: 👩\u{200D}👧 \u{200F}שלום\u{202C}";
        assert_eq!(decode(text.as_bytes(), None).unwrap().text, text);
    }
}
