//! The published sample files, where `SUNDER_SAMPLES` names their folder. They are not ours to ship, so what is expected is
//! counts and a SHA-256 over the turns.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may say what it expects"
)]

use std::io::Read as _;
use std::path::PathBuf;

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use sunder_domain::{ClockSource, Role, Transcript};
use sunder_formats::{Format, Preset, ReadOptions, Reading, WarningKind, read};

fn sample(name: &str) -> Option<Reading> {
    sample_with(name, &[])
}

/// A sample with some of its tiers chosen; one that is compressed is read as what it was before.
fn sample_with(name: &str, tiers: &[&str]) -> Option<Reading> {
    let Some(folder) = std::env::var_os("SUNDER_SAMPLES").map(PathBuf::from) else {
        println!("not run: no samples");
        return None;
    };
    let mut bytes = std::fs::read(folder.join(name)).unwrap();
    if name.ends_with(".gz") {
        let mut whole = Vec::new();
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut whole).unwrap();
        bytes = whole;
    }
    let options = ReadOptions {
        name: name.to_owned(),
        tiers: tiers.iter().map(|tier| (*tier).to_owned()).collect(),
        ..ReadOptions::default()
    };
    Some(read(&bytes, &options).unwrap())
}

/// SHA-256, in hexadecimal, over every turn: speaker's name, start and end in the file or as estimated, text, each with its length
/// before it.
fn fingerprint(transcripts: &[&Transcript]) -> String {
    let mut hash = Sha256::new();
    for transcript in transcripts {
        for turn in &transcript.turns {
            let name = turn
                .speaker
                .map_or("", |speaker| transcript.speakers[speaker as usize].name.as_str());
            for text in [name, &turn.text] {
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text.as_bytes());
            }
            let start = if turn.start_estimated {
                u32::MAX
            } else {
                turn.start_ms
            };
            let end = if turn.end_estimated { u32::MAX } else { turn.end_ms };
            hash.update(start.to_le_bytes());
            hash.update(end.to_le_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn count(reading: &Reading, kind: WarningKind) -> usize {
    reading
        .warnings
        .iter()
        .filter(|warning| warning.kind == kind)
        .count()
}

#[test]
fn annomi_gives_three_sessions() {
    let Some(reading) = sample("annomi_simple_subset.csv") else {
        return;
    };
    assert_eq!(reading.preset, Some(Preset::AnnoMi));
    assert_eq!(reading.format, Format::Csv);
    let mapping = reading.mapping.unwrap();
    assert_eq!(
        (mapping.text, mapping.speaker, mapping.start),
        (9, Some(7), Some(8))
    );
    assert_eq!((mapping.end, mapping.transcript), (None, Some(1)));
    let keys: Vec<_> = reading
        .transcripts
        .iter()
        .map(|found| found.key.as_deref().unwrap())
        .collect();
    let sizes: Vec<_> = reading
        .transcripts
        .iter()
        .map(|found| found.transcript.turns.len())
        .collect();
    let mut ordered: Vec<_> = keys.iter().copied().zip(sizes.iter().copied()).collect();
    ordered.sort_by_key(|(_, size)| *size);
    assert_eq!(ordered, [("0", 54), ("98", 394), ("121", 598)]);
    for found in &reading.transcripts {
        assert_eq!(found.transcript.clock, ClockSource::Given);
        let roles: Vec<_> = found
            .transcript
            .speakers
            .iter()
            .map(|speaker| speaker.role)
            .collect();
        assert!(roles.len() == 2 && roles.contains(&Role::Patient) && roles.contains(&Role::Therapist));
        assert!(
            found
                .transcript
                .turns
                .iter()
                .all(|turn| turn.end_estimated && turn.start_ms <= turn.end_ms)
        );
        assert!(
            found
                .transcript
                .turns
                .windows(2)
                .all(|pair| pair[0].start_ms <= pair[1].start_ms)
        );
    }
    // 162 starts are equal to the one before, and two lie before it.
    assert_eq!(count(&reading, WarningKind::TimeRepeated), 162);
    assert_eq!(count(&reading, WarningKind::TimeBackwards), 2);
    // After a start that runs backwards, the next one repeats the one before it, twice.
    assert_eq!(count(&reading, WarningKind::TimeEstimated), 2);
    assert_eq!(reading.warnings.len(), 166);
    let transcripts: Vec<_> = reading
        .transcripts
        .iter()
        .map(|found| &found.transcript)
        .collect();
    assert_eq!(
        fingerprint(&transcripts),
        "3ca2750333ca9a5d3287e4ffeb26e5b28cf66ee5525ef7cf2c4b1a413c687d03"
    );
}

#[test]
fn annomi_with_ten_annotators_gives_every_utterance_once() {
    let Some(reading) = sample("annomi_full_66.csv") else {
        return;
    };
    assert_eq!(reading.preset, Some(Preset::AnnoMi));
    let [found] = reading.transcripts.as_slice() else {
        panic!("one transcript expected")
    };
    assert_eq!(
        (found.key.as_deref(), found.transcript.turns.len()),
        (Some("66"), 31)
    );
    assert_eq!(count(&reading, WarningKind::RepeatsCollapsed), 1);
    assert_eq!(count(&reading, WarningKind::TimeRepeated), 2);
    assert_eq!(
        fingerprint(&[&found.transcript]),
        "d970e294d62c2b00666421ce6213a2a04e1d452b9a86698423c377e03e2e08e8"
    );
}

#[test]
fn captions_of_webvtt_py() {
    let check = |name: &str, format: Format, turns: usize, warnings: &[(WarningKind, u32)], hash: &str| {
        let Some(reading) = sample(name) else { return };
        assert_eq!(reading.format, format, "{name}");
        let transcript = &reading.transcripts[0].transcript;
        assert_eq!(transcript.turns.len(), turns, "{name}");
        let found = reading
            .warnings
            .iter()
            .filter(|warning| warning.kind != WarningKind::SpeakerMissing);
        let found: Vec<_> = found
            .map(|warning| (warning.kind, warning.line.unwrap()))
            .collect();
        assert_eq!(found, warnings, "{name}");
        assert_eq!(fingerprint(&[transcript]), hash, "{name}");
    };
    let missing = [(WarningKind::WordsOutsideCue, 6), (WarningKind::TimeMissing, 6)];
    let rolling = [
        (WarningKind::RollUpCollapsed, 17),
        (WarningKind::RollUpCollapsed, 23),
    ];
    check(
        "webvtt-py_captions_with_bom.vtt",
        Format::WebVtt,
        4,
        &[],
        "ae531b9fa39c772fcffc3699e58643831b7265a260f7ed7475703734a1e08731",
    );
    check(
        "webvtt-py_comments.vtt",
        Format::WebVtt,
        3,
        &[],
        "5fef21f4833c83ec4d87406aa23d1296811709edaf026a42e71a97a92f3e3a62",
    );
    check(
        "webvtt-py_cue_tags.vtt",
        Format::WebVtt,
        3,
        &[],
        "161746670aaffab140357820482f53950f2dfbfdf27d9bfd6f694943e231c692",
    );
    check(
        "webvtt-py_metadata_headers.vtt",
        Format::WebVtt,
        2,
        &[],
        "bc3427a86d1bcc6dfb917ac01e7ac749c3e7a3f328a047d89ea1cff58b5844a5",
    );
    check(
        "webvtt-py_missing_timeframe.vtt",
        Format::WebVtt,
        7,
        &missing,
        "c117b87e2be26e92764469567afce1ce12331a8f612ad91d64a118a1a3aa1fcb",
    );
    check(
        "webvtt-py_sample.vtt",
        Format::WebVtt,
        16,
        &[],
        "ec475cf6a6b78329f48f7d67a803d546909384a7bb6fc6dad837c93f9b626281",
    );
    check(
        "webvtt-py_using_identifiers.vtt",
        Format::WebVtt,
        6,
        &[],
        "11b5d7826da5f0187bd674d331d438321f93d11ea012a99fbe4ade2b73f32947",
    );
    check(
        "webvtt-py_youtube_dl.vtt",
        Format::WebVtt,
        3,
        &rolling,
        "d092d6dd1c092a2e8e2f0a6e6c28e62549ca0d689c586968f96eabf61145e971",
    );
    check(
        "webvtt-py_sample.srt",
        Format::SubRip,
        5,
        &[],
        "f3ed0c9d1fe42cb7753b33cdf70080a9dba9b39431f05bd75fadfd6b2988192e",
    );
    check(
        "webvtt-py_invalid_timeframe.srt",
        Format::SubRip,
        5,
        &[],
        "f3ed0c9d1fe42cb7753b33cdf70080a9dba9b39431f05bd75fadfd6b2988192e",
    );
    check(
        "webvtt-py_missing_caption_text.srt",
        Format::SubRip,
        4,
        &[(WarningKind::TurnEmpty, 6)],
        "1c777b1ed4bf314f26a4efc944c318bf454083fea0118680f8906a4e48084122",
    );
}

/// Start, end and words of a turn, times marked where they are estimated.
fn turn(transcript: &Transcript, index: usize) -> String {
    let turn = &transcript.turns[index];
    let mark = |estimated: bool| if estimated { "~" } else { "" };
    let (start, end) = (mark(turn.start_estimated), mark(turn.end_estimated));
    format!("{start}{}..{end}{} {}", turn.start_ms, turn.end_ms, turn.text)
}

#[test]
fn elan_of_pympi() {
    let name = "pympi_sample_2.8.eaf.gz";
    let Some(reading) = sample(name) else { return };
    assert_eq!(reading.format, Format::Eaf);
    let tiers: Vec<(&str, u32, bool)> = reading
        .tiers
        .iter()
        .map(|tier| (tier.name.as_str(), tier.annotations, tier.read))
        .collect();
    let expected = [
        ("text", 399, true),
        ("words-timesub", 1995, false),
        ("words-symsub", 1995, false),
        ("gestures", 1197, false),
        ("gest_included", 1197, false),
        ("words-pos", 1995, false),
    ];
    assert_eq!(tiers, expected);
    let transcript = &reading.transcripts[0].transcript;
    assert_eq!(transcript.turns.len(), 399);
    assert_eq!(turn(transcript, 0), "2000..5000 The quick brown fox 001");
    let reading = sample_with(name, &["words-timesub"]).unwrap();
    let words = &reading.transcripts[0].transcript;
    assert_eq!(words.turns.len(), 1995);
    // Five words from one slot with a time to the next: the four slots between have none.
    assert_eq!(turn(words, 0), "2000..2470 The");
    assert_eq!(turn(words, 10), "8000..~8600 The");
    assert_eq!(turn(words, 14), "~10400..11000 003");
    // Words that refer to a text without times of their own.
    let reading = sample_with(name, &["words-symsub"]).unwrap();
    let words = &reading.transcripts[0].transcript;
    assert_eq!(words.turns.len(), 1995);
    assert_eq!(turn(words, 0), "2000..~2500 The");
}

#[test]
fn textgrids_of_praatio() {
    for name in [
        "praatio_bobby_words_with_newlines.TextGrid",
        "praatio_bobby_words_with_newlines_longfile.TextGrid",
    ] {
        let Some(reading) = sample(name) else { return };
        let tiers: Vec<(&str, u32, bool)> = reading
            .tiers
            .iter()
            .map(|tier| (tier.name.as_str(), tier.annotations, tier.read))
            .collect();
        assert_eq!(
            tiers,
            [("\"word\"", 4, false), ("phrase", 1, true), ("", 4, false)],
            "{name}"
        );
        let found = &reading.transcripts[0].transcript;
        assert_eq!(turn(found, 0), "65..1117 BOBBY RIPPED THE LEDGER", "{name}");
        let words = sample_with(name, &["\"word\""]).unwrap();
        let found = &words.transcripts[0].transcript;
        assert_eq!(turn(found, 0), "65..412 \"\"\"BOBBY\"\"\" Noun", "{name}");
    }
    for name in ["praatio_mary.TextGrid", "praatio_mary_longfile.TextGrid"] {
        let reading = sample(name).unwrap();
        let read: Vec<&str> = reading
            .tiers
            .iter()
            .filter(|tier| tier.read)
            .map(|tier| tier.name.as_str())
            .collect();
        assert_eq!(read, ["word"], "{name}");
        let found = &reading.transcripts[0].transcript;
        let words: Vec<&str> = found.turns.iter().map(|turn| turn.text.as_str()).collect();
        assert_eq!(words, ["mary", "rolled", "the", "barrel"], "{name}");
        assert_eq!(
            (found.turns[0].start_ms, found.turns[3].end_ms),
            (315, 1518),
            "{name}"
        );
        let sounds = sample_with(name, &["phone"]).unwrap();
        assert_eq!(sounds.transcripts[0].transcript.turns[1].text, "ə", "{name}");
    }
}
