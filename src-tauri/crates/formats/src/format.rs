//! The formats of transcripts that are read, and how one is told from its content.

use crate::caption;
use crate::chat;
use crate::elan;
use crate::error::FormatError;
use crate::praat;
use crate::table;
use crate::text;
use crate::vocabulary::vocabulary;
use crate::whisper;

vocabulary! {
    /// A format that can be recognised, or forced with `--as`.
    Format {
        /// `P:`/`T:` text, with or without times.
        Text = "text",
        /// W3C WebVTT, also as Zoom and Teams write it.
        WebVtt = "webvtt",
        /// SubRip.
        SubRip = "srt",
        /// Comma or semicolon between the columns.
        Csv = "csv",
        /// Tabulators between the columns.
        Tsv = "tsv",
        /// JSON as Whisper and its relatives write it.
        Whisper = "whisper",
        /// ELAN.
        Eaf = "eaf",
        /// CLAN and TalkBank.
        Chat = "chat",
        /// Praat.
        TextGrid = "textgrid",
        /// Word, as paragraphs or as a table.
        Docx = "docx",
        /// Excel and its relatives.
        Xlsx = "xlsx",
        /// REFI-QDA, the project that tools for qualitative analysis exchange.
        Qdpx = "qdpx",
    }
}

impl Format {
    /// Whether a speaker's consecutive cues are one turn unless somebody says otherwise.
    #[must_use]
    pub const fn is_caption(self) -> bool {
        matches!(
            self,
            Self::WebVtt | Self::SubRip | Self::Whisper | Self::Eaf | Self::TextGrid
        )
    }

    /// Whether the file is an archive of several parts.
    pub(crate) const fn is_packed(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx | Self::Qdpx)
    }

    /// Whether columns have to be mapped.
    #[must_use]
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv)
    }
}

/// The format of a text, and whether anything else could be meant. The name's ending only tips the scales.
///
/// # Errors
/// Text that is none of them beyond doubt.
pub(crate) fn recognise(text: &str, ending: &str) -> Result<(Format, bool), FormatError> {
    if is_json(text) {
        return if whisper::looks_like(text) {
            Ok((Format::Whisper, true))
        } else {
            Err(FormatError::Unsupported {
                what: "JSON that is no transcript of Whisper, WhisperX or whisper.cpp",
                remedy: EXPORT,
            })
        };
    }
    if elan::looks_like(text) {
        return Ok((Format::Eaf, true));
    }
    if chat::looks_like(text) {
        return Ok((Format::Chat, true));
    }
    if praat::looks_like(text) {
        return Ok((Format::TextGrid, true));
    }
    refuse_markup(text)?;
    Ok(recognise_lines(text, ending))
}

fn recognise_lines(text: &str, ending: &str) -> (Format, bool) {
    if caption::has_webvtt_header(text) {
        return (Format::WebVtt, true);
    }
    if let Some(format) = caption::looks_like(text) {
        return (format, format == Format::SubRip || ending == "vtt");
    }
    let named_table = match ending {
        "tsv" | "tab" => Some(Format::Tsv),
        "csv" => Some(Format::Csv),
        _ => None,
    };
    let reads_as_text = text::looks_like(text);
    match (table::looks_like(text), named_table) {
        (Some((found, beyond_doubt)), _) if beyond_doubt || !reads_as_text => (found, true),
        (Some((found, _)), Some(_)) => (found, false),
        (None, Some(named)) if !reads_as_text => (named, false),
        _ => (Format::Text, reads_as_text),
    }
}

const EXPORT: &str = "export the transcript as WebVTT, SubRip, CSV, TSV or plain text";

/// Markup that is none of the formats, and other files of Praat.
fn refuse_markup(text: &str) -> Result<(), FormatError> {
    let text = text.trim_start();
    let starts = |prefix: &str| {
        text.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let what = if starts("<?xml") || starts("<!doctype") || starts("<html") {
        "XML or HTML, but no document of ELAN"
    } else if starts("File type = \"ooTextFile\"") {
        "a file of Praat, but no TextGrid"
    } else {
        return Ok(());
    };
    Err(FormatError::Unsupported { what, remedy: EXPORT })
}

/// Files that are often chosen and are none of the formats, by their first bytes.
pub(crate) fn refuse_known_others(bytes: &[u8]) -> Result<(), FormatError> {
    const AS_TEXT: &str = "save it as plain text (UTF-8) and choose that file";
    const AS_TABLE: &str = "save it as text, or as .docx, .xlsx or CSV, and choose that file";
    let text = bytes
        .strip_prefix(&[0xEF, 0xBB, 0xBF])
        .unwrap_or(bytes)
        .trim_ascii_start();
    let starts = |prefix: &str| {
        text.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    let (what, remedy) = if bytes.starts_with(b"PK\x03\x04") {
        (
            "a packed file that is damaged, or no Word document, Excel workbook or REFI-QDA project",
            AS_TABLE,
        )
    } else if is_locked(bytes) {
        (
            "a Word or Excel file that is locked with a password",
            "open it, take the password off (File, Info, Protect), save it, and choose that file",
        )
    } else if bytes.starts_with(&COMPOUND) {
        ("an old Word or Excel file", AS_TABLE)
    } else if starts("%PDF-") {
        ("a PDF", AS_TEXT)
    } else if starts("{\\rtf") {
        ("rich text (RTF)", AS_TEXT)
    } else if bytes.starts_with(b"ooBinaryFile") {
        (
            "a binary file of Praat",
            "save the TextGrid as a text file in Praat, and choose that file",
        )
    } else if bytes.starts_with(b"SQLite format 3\0") {
        (
            "a database",
            "open a study from the start view; a transcript is a text file",
        )
    } else {
        return Ok(());
    };
    Err(FormatError::Unsupported { what, remedy })
}

/// What old files of Word and Excel begin with, and new ones that are locked.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// A compound file whose directory names an `EncryptedPackage` (MS-OFFCRYPTO 2.3.4).
fn is_locked(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 8 * 1024;
    let number = |at: usize| {
        let four = bytes.get(at..at.saturating_add(4))?;
        Some(u32::from_le_bytes(four.try_into().ok()?) as usize)
    };
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let directory = || {
        let sector = 1_usize.checked_shl(u32::from(*bytes.get(30)?))?;
        let from = number(48)?.checked_add(1)?.checked_mul(sector)?;
        bytes.get(from..from.saturating_add(LOOKED_AT).min(bytes.len()))
    };
    bytes.starts_with(&COMPOUND)
        && directory().is_some_and(|directory| directory.windows(name.len()).any(|part| part == name))
}

/// `{"…` or `[{`: a stamp such as `[00:12]` is no JSON.
fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    let after = |prefix: char| text.strip_prefix(prefix).map(str::trim_start);
    let object = |rest: &str| rest.starts_with(['"', '}']);
    after('{').is_some_and(object)
        || after('[')
            .and_then(|rest| rest.strip_prefix('{'))
            .map(str::trim_start)
            .is_some_and(object)
}

/// The ending of a file's name, lower case, without the dot.
pub(crate) fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_from_content() {
        let check = |text: &str, ending: &str, format, certain| {
            assert_eq!(recognise(text, ending), Ok((format, certain)), "{text:?}");
        };
        check(
            "WEBVTT\n\n00:01.000 --> 00:02.000\nhello",
            "txt",
            Format::WebVtt,
            true,
        );
        check("WEBVTT - a title\n", "", Format::WebVtt, true);
        check("WEBVTTX\nP: hello\nT: hi\n", "", Format::Text, true);
        check(
            "1\n00:00:01,000 --> 00:00:02,000\nhello\n",
            "txt",
            Format::SubRip,
            true,
        );
        check("00:01.000 --> 00:02.000\nhello\n", "vtt", Format::WebVtt, true);
        check("P: well, yes\nT: so, and\nP: no, never\n", "", Format::Text, true);
        check("speaker,text\nP,hello\nT,\"hi, you\"\n", "", Format::Csv, true);
        check("speaker;text\nP;hello\nT;hi, you\n", "", Format::Csv, true);
        check(
            "start_time\tstop_time\tspeaker\tvalue\n36.588\t39.668\tEllie\thi\n",
            "",
            Format::Tsv,
            true,
        );
        check("text\nhello\nhi\n", "csv", Format::Csv, false);
        check(
            "[00:00.000 --> 00:05.000] hello\n[00:05.000 --> 00:06.000] hi\n",
            "",
            Format::Text,
            true,
        );
        check(
            "Just some words, without anything.\nAnd, more of them.\n",
            "",
            Format::Text,
            false,
        );
        check("", "", Format::Text, false);
    }

    #[test]
    fn others_are_named_with_a_remedy() {
        for text in [
            "<?xml version",
            "<html>",
            "{ \"format\": \"x\" }",
            "[{\"start\": 0}]",
            "\n{}",
        ] {
            let refused = recognise(text, "");
            assert!(matches!(refused, Err(FormatError::Unsupported { .. })), "{text}");
        }
        for bytes in [&b"PK\x03\x04rest"[..], b"%PDF-1.7", b"{\\rtf1"] {
            assert!(
                matches!(refuse_known_others(bytes), Err(FormatError::Unsupported { .. })),
                "{bytes:?}"
            );
        }
        let mut locked = [COMPOUND.as_slice(), &[0; 1020]].concat();
        locked.splice(30..31, [9]);
        let what = |bytes: &[u8]| match refuse_known_others(bytes) {
            Err(FormatError::Unsupported { what, .. }) => what,
            other => panic!("{other:?}"),
        };
        assert_eq!(what(&locked), "an old Word or Excel file");
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        locked.drain(600..700);
        assert_eq!(
            what(&locked),
            "a Word or Excel file that is locked with a password"
        );
        for bytes in [&b"[00:12] P: x"[..], b"{00:12} P: x", b"P: {\"", b""] {
            assert_eq!(refuse_known_others(bytes), Ok(()), "{bytes:?}");
        }
    }
}
