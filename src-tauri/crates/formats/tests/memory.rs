//! Whatever a file holds, reading it takes at most 32 MB and ten times its size, unpacked. Each file is read in a process of
//! its own, whose peak the system tells.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may say what it expects")]

mod packing;

use std::process::Command;

use sunder_formats::{ReadOptions, read};

const ROOM: usize = 32 * 1024 * 1024;
const TIMES: usize = 10;
/// Names the file that a process is to read.
const CASE: &str = "SUNDER_MEMORY_CASE";

/// What a file is full of, and how it is made.
type Case = (&'static str, fn() -> Made);

/// Many small things with little around them: what takes more room in memory than in a file.
const CASES: &[Case] = &[
    ("words of nothing", || {
        plain("{\"segments\":[{\"text\":\"one\",\"words\":[", "{},", "{}]}]}")
    }),
    ("a list for a time", || {
        plain("{\"segments\":[{\"text\":\"one\",\"start\":[", "1,", "1]}]}")
    }),
    ("segments of nothing", || {
        plain("{\"segments\":[", "1,", "{\"text\":\"one\"}]}")
    }),
    ("tiers of nothing", || {
        plain(
            "<ANNOTATION_DOCUMENT>",
            "<TIER/>",
            "<TIER TIER_ID=\"A\"><REF_ANNOTATION><ANNOTATION_VALUE>one two</ANNOTATION_VALUE></REF_ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
        )
    }),
    ("annotations of nothing", || {
        plain(
            "<ANNOTATION_DOCUMENT><TIER TIER_ID=\"A\"><REF_ANNOTATION><ANNOTATION_VALUE>one two</ANNOTATION_VALUE></REF_ANNOTATION>",
            "<REF_ANNOTATION/>",
            "</TIER></ANNOTATION_DOCUMENT>",
        )
    }),
    ("slots of nothing", || {
        plain(
            "<ANNOTATION_DOCUMENT><TIME_ORDER>",
            "<TIME_SLOT/>",
            "</TIME_ORDER></ANNOTATION_DOCUMENT>",
        )
    }),
    ("labels of nothing", || {
        plain(
            "\"ooTextFile\"\n\"TextGrid\"\n0 2 <exists> 1 \"IntervalTier\" \"A\" 0 2 1e9 ",
            "0 1 \"a\"\n",
            "",
        )
    }),
    ("main lines of nothing", || {
        plain("@Begin\n", "*P:\ta\n", "@End\n")
    }),
    ("rows of one letter", || plain("speaker,text\n", "P,a\n", "")),
    ("cues of one letter", || plain("WEBVTT\n\n", "0:0-->0:1\na\n", "")),
    ("turns of one letter", || plain("", "P: a\n", "")),
    ("wide cells", || {
        word("<tbl><tr>", "<tc><gridSpan val=\"16\"/></tc>", "</tr></tbl>")
    }),
    ("empty paragraphs", || word("<p><t>P: so</t></p>", "<p/>", "")),
    ("paragraphs of one letter", || word("", "<p><t>a</t></p>", "")),
    ("empty rows", || word("<tbl>", "<tr/>", "</tbl>")),
    ("a cell far out", || {
        sheet(
            "<w><row><c r=\"A1\"><v>1</v></c><c r=\"IV1\"><v>1</v></c></row>",
            "<row><c><v>1</v></c></row>",
            "</w>",
        )
    }),
    ("empty rows of a sheet", || {
        sheet("<w><row><c><v>1</v></c><c><v>2</v></c></row>", "<row/>", "</w>")
    }),
    ("sources of one letter", || {
        project(
            "<Project>",
            "<TextSource><PlainTextContent>P:a</PlainTextContent></TextSource>",
            "</Project>",
        )
    }),
    ("sources of nothing", || {
        project("<Project>", "<TextSource/>", "</Project>")
    }),
];

/// A file, and its size when it is unpacked.
struct Made {
    bytes: Vec<u8>,
    size: usize,
}

/// Three million bytes of the same.
fn filled(head: &str, piece: &str, tail: &str) -> String {
    format!("{head}{}{tail}", piece.repeat(3_000_000 / piece.len()))
}

fn plain(head: &str, piece: &str, tail: &str) -> Made {
    let bytes = filled(head, piece, tail).into_bytes();
    let size = bytes.len();
    Made { bytes, size }
}

fn word(head: &str, piece: &str, tail: &str) -> Made {
    let xml = format!("<d>{}</d>", filled(head, piece, tail));
    archive(&[("word/document.xml", xml.as_bytes())])
}

fn sheet(head: &str, piece: &str, tail: &str) -> Made {
    archive(&[
        ("xl/workbook.xml", b"<workbook><sheet r:id=\"a\"/></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<x><Relationship Id=\"a\" Target=\"s.xml\"/></x>",
        ),
        ("xl/s.xml", filled(head, piece, tail).as_bytes()),
    ])
}

fn project(head: &str, piece: &str, tail: &str) -> Made {
    archive(&[("project.qde", filled(head, piece, tail).as_bytes())])
}

fn archive(parts: &[(&str, &[u8])]) -> Made {
    Made {
        bytes: packing::archive(parts),
        size: parts.iter().map(|(_, bytes)| bytes.len()).sum(),
    }
}

/// What a line of the system's page about this process says, in bytes.
fn told(line: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let found = status.lines().find_map(|each| each.strip_prefix(line)).unwrap();
    let kilobytes: usize = found.trim().trim_end_matches(" kB").parse().unwrap();
    kilobytes * 1024
}

/// In a process of its own: makes the file, leaves nothing but its bytes behind, and reads it.
#[test]
fn one_file() {
    let Ok(case) = std::env::var(CASE) else { return };
    let (_, make) = CASES.iter().find(|(name, _)| *name == case).unwrap();
    let folder = std::env::temp_dir().join(format!("sunder-memory-{}", std::process::id()));
    let made = make();
    std::fs::write(&folder, &made.bytes).unwrap();
    let size = made.size;
    drop(made);
    // What was made before is no longer part of the peak.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = told("VmRSS:");
    let bytes = std::fs::read(&folder).unwrap();
    let _ = read(&bytes, &ReadOptions::default());
    std::fs::remove_file(&folder).unwrap();
    let taken = told("VmHWM:").saturating_sub(before);
    let most = ROOM + TIMES * size;
    assert!(
        taken <= most,
        "{case}: {taken} bytes for {size}, more than {most}"
    );
}

#[test]
fn memory_grows_with_the_file_and_no_faster() {
    for (name, _) in CASES {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "one_file", "--nocapture"])
            .env(CASE, name)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stderr);
        assert!(child.status.success(), "{said}");
        assert!(
            String::from_utf8_lossy(&child.stdout).contains("1 passed"),
            "{name} was not read"
        );
    }
}
