//! Import of many one-hour sessions, one file each, as `sunder import` does it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};
use sunder_api::import::{ImportFile, commit_file};
use sunder_api::study::{self as studies, NewStudyFile};
use sunder_api::wire::Nothing;
use sunder_domain::Transcript;
use sunder_it::generate::{Size, sessions};

use crate::own::{forget_peak, peak_mb};
use crate::statistics::milliseconds;
use crate::study::{SEED, program};

/// About one hour of talk.
const TURNS: u32 = 600;
const CHARACTERS: u32 = 45_000;

pub(crate) fn measure(folder: &Path, count: u32) -> Value {
    let files = write_files(folder, count);
    let mut app = program(&folder.join("data"));
    studies::create_at(
        &mut app,
        &folder.join("study.sunder"),
        NewStudyFile::built_in("Import"),
    )
    .unwrap();
    let tenth = (files.len() / 10).max(1);
    let mut peaks = Vec::new();
    let mut turns = 0;
    let began = Instant::now();
    for (index, part) in files.chunks(tenth).enumerate() {
        forget_peak();
        for file in part {
            let path = file.display().to_string();
            // Ten sessions a case.
            let case = format!("Case {}", index * tenth / 10);
            let request = ImportFile {
                path: &path,
                format: None,
                encoding: None,
                columns: None,
                tiers: None,
                speakers: None,
                merge_gap: None,
                merge_by_sentence: false,
                pseudonyms: None,
                case: &case,
                session: None,
                new_version: false,
            };
            let made = commit_file(&mut app, &request).unwrap().sessions;
            turns += made[0].turns;
        }
        peaks.push(peak_mb());
    }
    studies::close(&mut app, Nothing {}).unwrap();
    let ms = milliseconds(began);
    json!({ "sessions": files.len(), "turns": turns, "seconds": ms / 1_000.0,
            "peak_first_tenth_mb": peaks.first(), "peak_last_tenth_mb": peaks.last() })
}

fn write_files(folder: &Path, count: u32) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    let size = Size {
        cases: count,
        sessions: 1,
        turns: TURNS,
        characters: CHARACTERS,
        raters: 0,
        markers: 0..=0,
    };
    sessions(SEED, &size)
        .zip(0..)
        .map(|(session, number)| {
            let path = folder.join(format!("session-{number:04}.txt"));
            std::fs::write(&path, as_text(&session.transcript)).unwrap();
            path
        })
        .collect()
}

fn as_text(transcript: &Transcript) -> String {
    let mut text = String::new();
    for turn in &transcript.turns {
        let seconds = turn.start_ms / 1_000;
        let speaker = transcript
            .speaker_of(turn)
            .map_or("", |speaker| speaker.name.as_str());
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        writeln!(
            text,
            "[{hours:02}:{minutes:02}:{:02}] {speaker}: {}",
            seconds % 60,
            turn.text
        )
        .unwrap();
    }
    text
}
