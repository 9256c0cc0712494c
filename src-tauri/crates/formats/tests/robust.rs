//! Whatever the bytes: no panic, places that exist, turns that are sound, no word of the file in a message, and no word
//! lost on the way from a sound file.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may say what it expects"
)]

mod packing;
mod writing;

use std::path::Path;

use proptest::prelude::*;
use sunder_formats::{
    ColumnChoices, Encoding, Format, MergeGap, Pseudonyms, ReadOptions, Reading, RoleChoices, detect, read,
    tiers_named,
};

fn formats() -> impl Strategy<Value = Option<Format>> {
    prop::sample::select(
        [None]
            .into_iter()
            .chain(Format::ALL.iter().copied().map(Some))
            .collect::<Vec<_>>(),
    )
}

fn encodings() -> impl Strategy<Value = Option<Encoding>> {
    prop::sample::select(
        [None]
            .into_iter()
            .chain(Encoding::ALL.iter().copied().map(Some))
            .collect::<Vec<_>>(),
    )
}

fn options() -> impl Strategy<Value = ReadOptions> {
    let columns = prop::sample::select(vec!["", "text=1", "text=2,speaker=1", "text=text,start="]);
    let gaps = prop::sample::select(vec![
        MergeGap::ByFormat,
        MergeGap::Off,
        MergeGap::Within { ms: 500 },
    ]);
    let names = prop::sample::select(vec!["", "a.csv", "a.tsv", "a.vtt", "a.txt"]);
    let tiers = prop::sample::select(vec!["", "", "", "Ada", "Ada,Bo"]);
    (formats(), encodings(), columns, gaps, names, tiers).prop_map(
        |(format, encoding, columns, merge_gap, name, tiers)| ReadOptions {
            name: name.into(),
            format,
            encoding,
            columns: ColumnChoices::parse(columns).unwrap(),
            tiers: tiers_named(tiers),
            roles: RoleChoices::parse("Ada=patient").unwrap(),
            merge_gap,
            merge_by_sentence: tiers.is_empty(),
            pseudonyms: Pseudonyms::parse("word = name\n## = [n]\nP = Q").unwrap(),
        },
    )
}

/// Reads, and holds what came back against everything that must be true of it.
fn sound(bytes: &[u8], options: &ReadOptions) -> Result<(), TestCaseError> {
    let _ = detect(bytes, &options.name);
    let reading = match read(bytes, options) {
        Ok(reading) => reading,
        Err(error) => {
            prop_assert!(!error.to_string().is_empty());
            return Ok(());
        }
    };
    // A file has no more lines and no longer lines than bytes.
    let most = u32::try_from(bytes.len()).unwrap() + 1;
    for warning in &reading.warnings {
        prop_assert!(
            warning.line.is_none_or(|line| (1..=most).contains(&line)),
            "{warning:?}"
        );
        prop_assert!(
            warning.column.is_none_or(|column| (1..=most).contains(&column)),
            "{warning:?}"
        );
    }
    prop_assert!(!reading.transcripts.is_empty());
    for found in &reading.transcripts {
        let transcript = &found.transcript;
        prop_assert!(!transcript.turns.is_empty());
        for turn in &transcript.turns {
            prop_assert!(!turn.text.trim().is_empty());
            prop_assert_eq!(turn.text.trim(), turn.text.as_str());
            prop_assert!(
                !turn
                    .text
                    .contains(|character: char| character.is_control() && !matches!(character, '\n' | '\t'))
            );
            prop_assert!(turn.start_ms <= turn.end_ms);
            prop_assert!(
                turn.speaker
                    .is_none_or(|speaker| (speaker as usize) < transcript.speakers.len())
            );
        }
    }
    Ok(())
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/transcripts");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file());
    files.map(|entry| std::fs::read(entry.path()).unwrap()).collect()
}

/// Stretches that readers look for, strung together.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "WEBVTT\n\n",
        "NOTE",
        "STYLE\n",
        "\n",
        "\r\n",
        "\r",
        "00:01.000 --> 00:02.000",
        "1:2",
        "-->",
        "<v Ada>",
        "</v>",
        "<",
        "&amp;",
        "&#",
        "P: ",
        "T:",
        "[0:01] ",
        "(0:02)",
        "#00:00:01-5#",
        "\"",
        ",",
        ";",
        "\t",
        "speaker,text\n",
        "start",
        "text",
        "12",
        "0:0:0.570",
        " ",
        "é",
        "🙂",
        "\u{200F}",
        "\0",
        "utterance_id,annotator_id,text\n",
        "Ada  0:03\n",
        "sep=;\n",
        "99999999999:00",
        "{\"segments\": [",
        "{\"start\": ",
        "\"text\": \"",
        "NaN",
        "}",
        "]}",
        "\"words\": [{\"word\": \"",
        "\"offsets\": {\"from\": 3",
        "<ANNOTATION_DOCUMENT FORMAT=\"3.0\">",
        "<TIER TIER_ID=\"Ada\">",
        "<REF_ANNOTATION ANNOTATION_REF=\"a1\" ANNOTATION_ID=\"a1\">",
        "<ANNOTATION_VALUE>so it is</ANNOTATION_VALUE>",
        "<TIME_SLOT TIME_SLOT_ID=\"a\"/>",
        "</TIER>",
        "</ANNOTATION_DOCUMENT>",
        "@UTF8\n@Begin\n",
        "@Participants:\t",
        "*PAR:\t",
        "\u{15}12_34\u{15}",
        "%mor:\t",
        "\"ooTextFile\"\n\"TextGrid\"\n",
        "0 2 <exists> 1 ",
        "\"IntervalTier\" \"Ada\" 0 2 1 0 1 ",
        "\"so\" ",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600), options in options()) {
        sound(&bytes, &options)?;
    }

    #[test]
    fn any_text(text in "\\PC*", options in options()) {
        sound(text.as_bytes(), &options)?;
    }

    #[test]
    fn any_string_of_what_readers_look_for(text in pieces(), options in options()) {
        sound(text.as_bytes(), &options)?;
    }

    #[test]
    fn fixtures_that_were_cut_and_changed(
        which in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        options in options(),
    ) {
        let fixtures = fixtures();
        let mut bytes = which.get(&fixtures).clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        sound(&bytes, &options)?;
    }
}

/// Words as people say and write them, without the signs that a format takes for its own at a line's start.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "so",
        "well,",
        "I",
        "don't",
        "know.",
        "schön",
        "cafe\u{301}",
        "🙂",
        "👩\u{200D}👧",
        "שלום",
        "\u{200F}גם\u{200F}",
        "\"quoted\"",
        "a;b",
        "1,5",
        "(pause)",
        "R&D",
        "x<y",
        "it's",
        "--",
        "…",
        "50%",
        "a|b",
        "&amp;",
    ]);
    prop::collection::vec(word, 1..12).prop_map(|words| format!("word {}", words.join(" ")))
}

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => text.as_bytes().to_vec(),
    }
}

fn texts(reading: &Reading) -> Vec<&str> {
    reading.transcripts[0]
        .transcript
        .turns
        .iter()
        .map(|turn| turn.text.as_str())
        .collect()
}

proptest! {
    #[test]
    fn no_word_is_lost(
        turns in prop::collection::vec(words(), 1..20),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be]),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        for format in Format::ALL.iter().copied() {
            let bytes = if writing::is_packed(format) {
                writing::bytes(&turns, format)
            } else {
                encoded(&writing::text(&turns, format).replace('\n', line_end), encoding)
            };
            let encoding = if writing::is_packed(format) { Encoding::Utf8 } else { encoding };
            let reading = read(&bytes, &ReadOptions { merge_gap: MergeGap::Off, ..ReadOptions::default() }).unwrap();
            prop_assert_eq!(reading.format, format);
            prop_assert_eq!(reading.encoding, encoding);
            prop_assert_eq!(texts(&reading), turns.iter().map(String::as_str).collect::<Vec<_>>());
            let starts: Vec<_> = reading.transcripts[0].transcript.turns.iter().map(|turn| turn.start_ms).collect();
            prop_assert_eq!(starts, (0..turns.len()).map(|index| index as u32 * 1500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_cut_file_keeps_the_turns_before_the_cut(turns in prop::collection::vec(words(), 4..20), cut in 0.5..1.0_f64) {
        for format in Format::ALL.iter().copied().filter(|format| writing::is_by_line(*format)) {
            let whole = writing::text(&turns, format);
            let most = (whole.len() as f64 * cut) as usize;
            let at = (0..=most).rfind(|at| whole.is_char_boundary(*at)).unwrap();
            let options = ReadOptions { format: Some(format), merge_gap: MergeGap::Off, ..ReadOptions::default() };
            let reading = read(&whole.as_bytes()[..at], &options).unwrap();
            let kept = texts(&reading);
            // What remains of the next turn may have gone on with the last whole one.
            let whole_turns = (1..=turns.len()).rfind(|count| writing::text(&turns[..*count], format).len() <= at).unwrap_or(0);
            let sure = whole_turns.saturating_sub(1);
            prop_assert!(kept.len() >= whole_turns, "{format}");
            prop_assert_eq!(&kept[..sure], turns[..sure].iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    /// Words and names in Greek, messages in English: a letter that is not ASCII would be a leak.
    #[test]
    fn messages_hold_no_words(
        text in "(([0-9]{1,2}:[0-9]{2}|[Α-Ω]{2,5}|[α-ω]{2,9}|[0-9]{1,4}|-->|<v |[<>&\"#\\[\\](){}:,;. \t]|\n|\r\n|\n\n){0,80})",
        frame in prop::sample::select(FRAMES),
        options in options(),
    ) {
        let (head, tail, part) = frame;
        let whole = format!("{head}{text}{tail}");
        let (bytes, encoding) = match part {
            "" => (whole.into_bytes(), Some(Encoding::Utf8)),
            part => (packed(part, &whole), None),
        };
        let options = ReadOptions { name: "Όνομα.csv".into(), encoding, ..options };
        match read(&bytes, &options) {
            Ok(reading) => {
                for warning in reading.warnings {
                    prop_assert!(warning.text.is_ascii(), "{}", warning.text);
                }
            }
            Err(error) => prop_assert!(error.to_string().is_ascii(), "{error}"),
        }
    }
}

/// What stands before and after the words, and the part of an archive that they make.
const FRAMES: &[(&str, &str, &str)] = &[
    ("", "", ""),
    ("WEBVTT\n\n", "", ""),
    ("speaker,start,end,text\n", "", ""),
    ("start\ttext\n", "", ""),
    ("P: α\nT: β\n", "", ""),
    (
        "{\"segments\": [{\"start\": \"λ\", \"text\": \"",
        "\", \"speaker\": \"Ω\"}]}",
        "",
    ),
    ("{\"transcription\": [{\"text\": \"ω\", ", "}]}", ""),
    (
        "<ANNOTATION_DOCUMENT FORMAT=\"9\"><TIER TIER_ID=\"Ωμ\" PARENT_REF=\"Δ\"><ANNOTATION><REF_ANNOTATION ANNOTATION_REF=\"α\"><ANNOTATION_VALUE>",
        "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
        "",
    ),
    (
        "<ANNOTATION_DOCUMENT><TIER TIER_ID=\"Α\"/><TIER ",
        "/></ANNOTATION_DOCUMENT>",
        "",
    ),
    (
        "@UTF8\n@Begin\n@Participants:\tΑΒ Ωμέγα\n*ΑΒ:\t",
        " \u{15}α_β\u{15}\nλόγος\n%mor:\tω\n",
        "",
    ),
    (
        "\"ooTextFile\"\n\"TextGrid\"\n0 2 <exists> 2 \"IntervalTier\" \"Ωμ\" 0 2 1 0 1 \"",
        "\" \"TextTier\" \"Δ\" 0 2 1 1 \"λ\"",
        "",
    ),
    ("<w:d><w:p><w:t>P: ", "</w:t></w:p></w:d>", "word/document.xml"),
    (
        "<tbl><tr><tc><p><t>Ω</t></p></tc><tc><p><t>",
        "</t></p></tc></tr></tbl>",
        "word/document.xml",
    ),
    (
        "<w><row><c t=\"inlineStr\"><is><t>",
        "</t></is></c><c><v>λ</v></c></row></w>",
        "xl/s.xml",
    ),
    (
        "<Project><TextSource name=\"Ω\"><PlainTextContent>",
        "</PlainTextContent></TextSource></Project>",
        "Ω.qde",
    ),
    ("Ω: ", "", "sources/Ω.txt"),
];

/// An archive in which this part holds the words.
fn packed(part: &str, text: &str) -> Vec<u8> {
    let text = text.as_bytes();
    match part {
        "xl/s.xml" => packing::archive(&[
            ("xl/workbook.xml", b"<workbook><sheet r:id=\"a\"/></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                b"<x><Relationship Id=\"a\" Target=\"s.xml\"/></x>",
            ),
            (part, text),
        ]),
        "sources/Ω.txt" => packing::archive(&[
            (
                "Ω.qde",
                "<Project><TextSource name=\"Ω\" plainTextPath=\"internal://Ω.txt\"/></Project>".as_bytes(),
            ),
            (part, text),
        ]),
        _ => packing::archive(&[(part, text)]),
    }
}

#[test]
fn a_turn_of_three_hundred_thousand_characters() {
    let long = "word 🙂 ".repeat(50_000);
    for format in Format::ALL.iter().copied() {
        let turns = [long.trim().to_owned(), "word".to_owned()];
        let bytes = writing::bytes(&turns, format);
        let reading = read(
            &bytes,
            &ReadOptions {
                format: Some(format),
                ..ReadOptions::default()
            },
        )
        .unwrap();
        assert_eq!(texts(&reading), turns, "{format}");
        assert!(
            reading
                .warnings
                .iter()
                .any(|warning| warning.kind == sunder_formats::WarningKind::TurnLong),
            "{format}"
        );
    }
}
