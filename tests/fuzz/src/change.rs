//! Changes to bytes, one after the other.

use crate::random::Random;

/// What the formats look for.
const TOKENS: &[&str] = &[
    "WEBVTT\n\n",
    "00:01.000 --> 00:02.000\n",
    "-->",
    "<v Ada>",
    "</v>",
    "NOTE\n",
    "STYLE\n",
    "&amp;",
    "&#x0;",
    "&#",
    "P: ",
    "T: ",
    "[00:12:03]",
    "(mm:ss)",
    "#00:00:01-5#",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\"",
    "\"\"",
    ",",
    ";",
    "sep=;\n",
    "{\"segments\": [",
    "{\"text\": \"",
    "\"start\": 1e99",
    "\"words\": [{\"word\": \"",
    "NaN",
    "-Infinity",
    "]}",
    "[[[[",
    "null",
    "<ANNOTATION_DOCUMENT FORMAT=\"3.0\">",
    "<TIER TIER_ID=\"a\" PARENT_REF=\"a\">",
    "<TIME_SLOT TIME_SLOT_ID=\"a\"/>",
    "<REF_ANNOTATION ANNOTATION_ID=\"a\" ANNOTATION_REF=\"a\">",
    "<ANNOTATION_VALUE>",
    "</TIER>",
    "<!DOCTYPE a [",
    "<![CDATA[",
    "@Begin\n",
    "@Participants:\t",
    "*PAR:\t",
    "%mor:\t",
    "\u{15}12_34\u{15}",
    "•12_34•",
    "\"ooTextFile\"\n\"TextGrid\"\n",
    "<exists>",
    "\"IntervalTier\"",
    "1e9 ",
    "-0.5 ",
    "! ",
    "<w:p><w:r><w:t>",
    "</w:t></w:r></w:p>",
    "<w:tbl><w:tr><w:tc>",
    "<w:gridSpan w:val=\"16\"/>",
    "<w:vanish/>",
    "<row r=\"4294967295\">",
    "<c r=\"XFD1\" t=\"s\"><v>99999</v></c>",
    "<c s=\"1\"><v>1e300</v></c>",
    "_x000D_",
    "<TextSource plainTextPath=\"internal://a.txt\"/>",
    "<SyncPoint position=\"99999999999\" timeStamp=\"1\"/>",
    "99999999999:59:59.999",
    "-1",
    "0",
    "\u{FEFF}",
    "\0",
    "\u{200F}",
    "🙂",
    "é",
    "你好",
    " ",
    "<",
    ">",
    "/>",
];

/// The longest that changes make a file, in bytes.
const LONGEST: usize = 200_000;

/// One to eight changes.
pub fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    for _ in 0..=random.below(8) {
        one(bytes, others, random);
        bytes.truncate(LONGEST);
    }
}

fn one(bytes: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let stretch = stretch(bytes, random);
    match random.below(8) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(random.below(256)).unwrap();
            }
        }
        1 => insert(bytes, at, random.one_of(TOKENS).as_bytes()),
        2 => drop(bytes.drain(stretch)),
        3 => {
            let copied = bytes[stretch].to_vec();
            insert(bytes, at, &copied.repeat(1 + random.below(20)));
        }
        4 => bytes.truncate(at),
        5 => {
            let token = random.one_of(TOKENS).as_bytes();
            drop(bytes.splice(stretch, token.iter().copied()));
        }
        6 if !others.is_empty() => {
            let other = random.one_of(others);
            let from = random.below(other.len() + 1);
            let length = random.below(400).min(other.len() - from);
            insert(bytes, at, &other[from..from + length]);
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
    }
}

/// A stretch of up to a hundred bytes, at times of all.
fn stretch(bytes: &[u8], random: &mut Random) -> std::ops::Range<usize> {
    let from = random.below(bytes.len() + 1);
    let most = if random.below(20) == 0 { bytes.len() } else { 100 };
    from..(from + random.below(most + 1)).min(bytes.len())
}

fn insert(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    drop(bytes.splice(at..at, new.iter().copied()));
}
