//! Files that are cut off, of another format than is said, or made to do harm: an answer in time and in bounded memory,
//! never a panic.
#![expect(clippy::unwrap_used, reason = "a test may say what it expects")]

mod packing;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sunder_formats::{Format, FormatError, MAXIMUM_BYTES, MAXIMUM_UNPACKED, ReadOptions, read, take_in};

/// Cut at every byte up to here, and at seeded places beyond.
const EVERY_BYTE: usize = 20_000;
const PLACES_BEYOND: usize = 2_000;

/// Our own imitations, and the published samples where their folder is named.
fn files() -> Vec<(String, Vec<u8>)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/transcripts");
    let samples = std::env::var_os("SUNDER_SAMPLES").map(PathBuf::from);
    if samples.is_none() {
        println!("not run: no samples");
    }
    let mut files: Vec<(String, Vec<u8>)> = [Some(own), samples]
        .into_iter()
        .flatten()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .filter_map(|entry| entry.ok().map(|entry| entry.path()).filter(|path| path.is_file()))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            match name.strip_suffix(".gz") {
                Some(name) => (name.to_owned(), unzipped(&bytes)),
                None => (name, bytes),
            }
        })
        .collect();
    files.sort();
    files
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_end(&mut whole)
        .unwrap();
    whole
}

/// Reads; what comes back has turns, or says what is wrong.
fn answers(bytes: &[u8], name: &str, format: Option<Format>) {
    let options = ReadOptions {
        name: name.to_owned(),
        format,
        ..ReadOptions::default()
    };
    match read(bytes, &options) {
        Ok(reading) => assert!(
            reading
                .transcripts
                .iter()
                .all(|found| !found.transcript.turns.is_empty())
        ),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Places beyond `from`, the same in every run.
fn places(from: usize, to: usize) -> impl Iterator<Item = usize> {
    let mut state = 0x5EED_u64;
    let count = if to > from { PLACES_BEYOND } else { 0 };
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        from + usize::try_from(state >> 33).unwrap() % (to - from)
    })
    .take(count)
}

#[test]
fn cut_anywhere() {
    let cuts = files().into_iter().flat_map(|(name, bytes)| {
        let near = bytes.len().min(EVERY_BYTE);
        let whole = Arc::new((name, bytes));
        let beyond: Vec<usize> = places(near, whole.1.len()).collect();
        (0..=near).chain(beyond).map(move |cut| (Arc::clone(&whole), cut))
    });
    let cuts = Mutex::new(cuts);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let next = || cuts.lock().unwrap().next();
                while let Some((whole, cut)) = next() {
                    answers(whole.1.get(..cut).unwrap(), &whole.0, None);
                }
            });
        }
    });
}

#[test]
fn taken_for_every_other_format() {
    for (name, bytes) in files() {
        for format in Format::ALL.iter().copied() {
            answers(&bytes, &name, Some(format));
            answers(&bytes, &format!("a.{format}"), None);
        }
    }
}

fn refused(bytes: &[u8]) -> FormatError {
    read(bytes, &ReadOptions::default()).unwrap_err()
}

/// A document of Word with this as its body.
fn document(body: &[u8]) -> Vec<u8> {
    let xml = [b"<w:document><w:body>", body, b"</w:body></w:document>"].concat();
    packing::archive(&[("word/document.xml", &xml)])
}

#[test]
fn what_swells_when_it_is_unpacked_is_refused() {
    let bomb = document(&vec![b' '; MAXIMUM_UNPACKED]);
    assert!(bomb.len() < 1_000_000);
    assert_eq!(refused(&bomb), FormatError::TooMuchUnpacked);
}

#[test]
fn entities_are_not_expanded() {
    let mut definitions = "<!DOCTYPE w:document [<!ENTITY a0 \"boom\">".to_owned();
    for level in 1..40 {
        definitions += &format!("<!ENTITY a{level} \"&a{};&a{};\">", level - 1, level - 1);
    }
    let xml = format!("{definitions}]><w:document><w:body><w:p><w:t>&a39;</w:t></w:p></w:body></w:document>");
    let word = packing::archive(&[("word/document.xml", xml.as_bytes())]);
    let elan = xml.replace("w:document", "ANNOTATION_DOCUMENT");
    for bytes in [word, elan.into_bytes()] {
        assert!(matches!(
            refused(&bytes),
            FormatError::Broken {
                line: 1,
                column: 1,
                ..
            }
        ));
    }
}

/// The longest that a file of this size may take, in a build without optimisation on a busy machine.
const IN_TIME: Duration = Duration::from_secs(20);

#[test]
fn what_refers_in_circles_or_a_thousandfold_is_read_in_time() {
    let began = Instant::now();
    let circle: String = (0..3_000)
        .map(|tier| {
            format!(
                "<TIER TIER_ID=\"t{tier}\" PARENT_REF=\"t{}\"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"a{tier}\" ANNOTATION_REF=\"x\"><ANNOTATION_VALUE>one two</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>",
                (tier + 1) % 3_000
            )
        })
        .collect();
    let circle = format!("<ANNOTATION_DOCUMENT>{circle}</ANNOTATION_DOCUMENT>");
    assert!(read(circle.as_bytes(), &ReadOptions::default()).is_ok());

    let participants: String = (0..60_000).map(|code| format!(",X{code} Patient")).collect();
    let chat = format!("@UTF8\n@Begin\n@Participants:\tA Patient{participants}\n*X1:\thi .\n");
    assert!(read(chat.as_bytes(), &ReadOptions::default()).is_ok());

    let far = format!(
        "{{\"segments\": [{}{{\"text\": \"one\"}},{}1]}}",
        " ".repeat(20_000_000),
        "1,".repeat(1_000)
    );
    assert!(read(far.as_bytes(), &ReadOptions::default()).is_ok());

    let source = "<TextSource plainTextPath=\"internal://none.txt\"/>".repeat(40_000);
    let content = "<TextSource><PlainTextContent>P: a word\n</PlainTextContent></TextSource>";
    let sources = format!("<Project>{source}{}</Project>", content.repeat(40_000));
    let names: Vec<String> = (0..2_000).map(|name| format!("sources/{name}.txt")).collect();
    let mut parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    parts.push(("project.qde", sources.as_bytes()));
    assert!(matches!(
        refused(&packing::archive(&parts)),
        FormatError::TooManyTranscripts { transcripts: 40_000 }
    ));
    assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
}

#[test]
fn depth_and_breadth_do_no_harm() {
    let deep = "<w:p>".repeat(200_000);
    assert!(matches!(
        refused(&document(deep.as_bytes())),
        FormatError::Broken { .. }
    ));
    let attributes: String = (0..100_000).map(|index| format!(" a{index}=\"\"")).collect();
    let broad = format!("<w:p{attributes}><w:gridSpan{attributes}/><w:r><w:t>P: so</w:t></w:r></w:p>");
    assert!(read(&document(broad.as_bytes()), &ReadOptions::default()).is_ok());
    let lists = format!("{{\"segments\": {}", "[".repeat(200_000));
    assert!(matches!(refused(lists.as_bytes()), FormatError::Broken { .. }));
}

/// A workbook with these rows and this as the one string that cells share.
fn workbook(string: &str, rows: &str) -> Vec<u8> {
    let strings =
        format!("<sst count=\"4000000000\" uniqueCount=\"4000000000\"><si><t>{string}</t></si></sst>");
    let sheet = format!("<worksheet><dimension ref=\"A1:XFD1048576\"/>{rows}</worksheet>");
    packing::archive(&[
        ("xl/workbook.xml", b"<workbook><sheet r:id=\"a\"/></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<x><Relationship Id=\"a\" Target=\"s.xml\"/></x>",
        ),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/s.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_workbook_is_as_large_as_what_is_in_it() {
    let row = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>";
    let often = workbook(&"word ".repeat(100_000), &row.repeat(1_000));
    assert!(matches!(refused(&often), FormatError::Broken { .. }));
    let corners = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert!(matches!(
        refused(&workbook("P: so", corners)),
        FormatError::NoText { .. }
    ));
    let wide: String = (0..20_000)
        .map(|row| {
            format!(
                "<row><c t=\"s\"><v>0</v></c><c r=\"I{}{row}\"><v>1</v></c></row>",
                char::from(b'A' + (row % 22) as u8)
            )
        })
        .collect();
    assert!(read(&workbook("so it was", &wide), &ReadOptions::default()).is_ok());
}

#[test]
fn zeros_are_no_text() {
    assert!(matches!(refused(&vec![0; 1_000_000]), FormatError::Binary { .. }));
    assert!(matches!(
        refused(&document(&vec![0; 1_000_000])),
        FormatError::Damaged { .. }
    ));
}

/// Empty cues without an end, unless `take` ends them.
struct EmptyCues(std::iter::Cycle<std::slice::Iter<'static, u8>>);

const EMPTY_CUE: &[u8] = b"00:01.000 --> 00:02.000\n\n";

fn empty_cues() -> EmptyCues {
    EmptyCues(EMPTY_CUE.iter().cycle())
}

impl Read for EmptyCues {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for (place, byte) in buffer.iter_mut().zip(&mut self.0) {
            *place = *byte;
        }
        Ok(buffer.len())
    }
}

#[test]
fn a_thousand_million_empty_cues_are_not_taken_in() {
    let cues = EMPTY_CUE.len() as u64 * 1_000_000_000;
    let bytes = take_in(empty_cues().take(cues)).unwrap();
    assert_eq!(bytes.len(), MAXIMUM_BYTES + 1);
    assert!(matches!(refused(&bytes), FormatError::TooLarge { .. }));
}

#[test]
fn more_turns_than_words_are_no_transcript() {
    let check = |head: &str, turn: &str| {
        let few = format!("{head}{}", turn.repeat(1_000));
        assert!(read(few.as_bytes(), &ReadOptions::default()).is_ok(), "{turn}");
        let many = format!("{head}{}", turn.repeat(400_000));
        assert!(
            matches!(refused(many.as_bytes()), FormatError::TooManyTurns { .. }),
            "{turn}"
        );
    };
    check("", "P: a\n");
    check("speaker,text\n", "P,a\n");
    check("WEBVTT\n\n", "0:0-->0:1\na\n");
    check("@Begin\n", "*P:\ta\n");
    let check = |head: &str, turn: &str, tail: &str, pack: fn(&[u8]) -> Vec<u8>| {
        let few = format!("{head}{}{tail}", turn.repeat(1_000));
        assert!(
            read(&pack(few.as_bytes()), &ReadOptions::default()).is_ok(),
            "{turn}"
        );
        let many = format!("{head}{}{tail}", turn.repeat(400_000));
        assert!(
            matches!(refused(&pack(many.as_bytes())), FormatError::TooManyTurns { .. }),
            "{turn}"
        );
    };
    let plain = |bytes: &[u8]| bytes.to_vec();
    check(
        "{\"segments\": [",
        "{\"text\":\"a\"},",
        "{\"text\":\"a\"}]}",
        plain,
    );
    check(
        "<ANNOTATION_DOCUMENT><TIER TIER_ID=\"P\"><REF_ANNOTATION><ANNOTATION_VALUE>a b</ANNOTATION_VALUE></REF_ANNOTATION>",
        "<REF_ANNOTATION/>",
        "</TIER></ANNOTATION_DOCUMENT>",
        plain,
    );
    check("", "<p><t>P: a</t></p>", "", document);
}

#[test]
fn a_hundred_thousand_empty_cues_are_no_transcript() {
    let bytes = take_in(empty_cues().take(2_500_000)).unwrap();
    assert!(matches!(refused(&bytes), FormatError::NoText { .. }));
}
