//! Every file in `tests/fixtures/transcripts` reads as its page in `expected/` says: format, encoding, columns, warnings, and
//! every turn with its times. `SUNDER_BLESS=1` writes the pages anew, to be read before they are committed.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may say what it expects"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sunder_formats::{FormatError, ReadOptions, detect, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/transcripts")
}

fn page(bytes: &[u8], name: &str) -> Result<String, FormatError> {
    let reading = read(
        bytes,
        &ReadOptions {
            name: name.to_owned(),
            ..ReadOptions::default()
        },
    )?;
    let sure = |certain: bool| if certain { "" } else { " (a guess)" };
    let mut page = String::new();
    writeln!(
        page,
        "format   {}{}",
        reading.format,
        sure(reading.format_certain)
    )
    .unwrap();
    writeln!(
        page,
        "encoding {}{}",
        reading.encoding,
        sure(reading.encoding_certain)
    )
    .unwrap();
    if let Some(preset) = reading.preset {
        writeln!(page, "preset   {preset}").unwrap();
    }
    if let Some(mapping) = reading.mapping {
        writeln!(page, "columns  {}", reading.columns.join(" | ")).unwrap();
        let column = |column: Option<u32>| column.map_or("-".to_owned(), |column| column.to_string());
        writeln!(
            page,
            "mapping  text {} speaker {} start {} end {} transcript {}",
            mapping.text,
            column(mapping.speaker),
            column(mapping.start),
            column(mapping.end),
            column(mapping.transcript)
        )
        .unwrap();
    }
    for tier in &reading.tiers {
        let read = if tier.read { "read" } else { "left out" };
        writeln!(page, "tier     {} ({}, {read})", tier.name, tier.annotations).unwrap();
    }
    for warning in &reading.warnings {
        writeln!(page, "warning  {} {warning}", warning.kind).unwrap();
    }
    for found in &reading.transcripts {
        let transcript = &found.transcript;
        writeln!(
            page,
            "\ntranscript {} ({} turns, clock {})",
            found.key.as_deref().unwrap_or("-"),
            transcript.turns.len(),
            transcript.clock
        )
        .unwrap();
        for speaker in &transcript.speakers {
            writeln!(page, "speaker  {} = {}", speaker.name, speaker.role).unwrap();
        }
        for turn in &transcript.turns {
            let speaker = turn.speaker.map_or("-".to_owned(), |speaker| {
                transcript.speakers[speaker as usize].name.clone()
            });
            let mark = |estimated: bool| if estimated { "~" } else { "" };
            let (start, end) = (mark(turn.start_estimated), mark(turn.end_estimated));
            writeln!(
                page,
                "{start}{}..{end}{} {speaker}: {:?}",
                turn.start_ms, turn.end_ms, turn.text
            )
            .unwrap();
        }
    }
    Ok(page)
}

#[test]
fn every_fixture_reads_as_expected() {
    let folder = folder();
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.ok().filter(|entry| entry.path().is_file()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    assert!(names.len() >= 20, "only {} fixtures were found", names.len());
    let bless = std::env::var_os("SUNDER_BLESS").is_some();
    for name in names {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let found = page(&bytes, &name).unwrap_or_else(|error| format!("error {error}\n"));
        let expected = folder.join("expected").join(format!("{name}.txt"));
        if bless {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(
            found,
            wanted,
            "{name} reads otherwise than {} says",
            expected.display()
        );
    }
}

#[test]
fn what_is_detected_is_what_is_read() {
    for entry in std::fs::read_dir(folder())
        .unwrap()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        let detected = detect(&bytes, &name).unwrap();
        let reading = read(
            &bytes,
            &ReadOptions {
                name: name.clone(),
                ..ReadOptions::default()
            },
        )
        .unwrap();
        assert_eq!(
            (detected.format, detected.encoding),
            (reading.format, reading.encoding),
            "{name}"
        );
        assert_eq!(
            (detected.columns, detected.mapping),
            (reading.columns, reading.mapping),
            "{name}"
        );
    }
}
