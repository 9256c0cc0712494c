//! Real files, written here: how long they last and how loud they are.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::{Path, PathBuf};

use sunder_media::{Inspected, MediaError, Watch, inspect, peaks};
use tempfile::TempDir;

const RATE: u32 = 8_000;

/// A WAV file, mono, 16 bits, of `seconds`; `amplitude` gives how loud it is at a second.
fn wav(seconds: u32, amplitude: impl Fn(f64) -> f64) -> Vec<u8> {
    let count = seconds * RATE;
    let size = count * 2;
    let mut bytes = Vec::new();
    bytes.extend(b"RIFF");
    bytes.extend((36 + size).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(RATE.to_le_bytes());
    bytes.extend((RATE * 2).to_le_bytes());
    bytes.extend(2_u16.to_le_bytes());
    bytes.extend(16_u16.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    for at in 0..count {
        let second = f64::from(at) / f64::from(RATE);
        let value = amplitude(second) * (second * 440.0 * std::f64::consts::TAU).sin();
        #[expect(clippy::cast_possible_truncation, reason = "a sample")]
        let sample = (value * 32_767.0) as i16;
        bytes.extend(sample.to_le_bytes());
    }
    bytes
}

/// `frames` silent frames of MPEG-1 layer III, 128 kbit/s, 44,100 Hz: 26.12 ms each.
fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = vec![0xff, 0xfb, 0x90, 0x64];
    frame.resize(417, 0);
    frame.repeat(frames)
}

fn write(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn a_wav_is_as_long_and_as_loud_as_it_is() {
    let (_folder, path) = write(&wav(
        5,
        |second| if (2.0..3.0).contains(&second) { 0.8 } else { 0.1 },
    ));
    let found = inspect(&path, &Watch::default()).unwrap();
    assert_eq!(found.kind.media_type, "audio/wav");
    assert_eq!((found.duration_ms, found.promised_ms), (5_000, None));
    let watch = Watch::default();
    let peaks = peaks(&path, &watch).unwrap();
    assert_eq!(peaks.len(), 50);
    let all = peaks.at_most(50);
    assert!(all[..19].iter().all(|loud| (24..=27).contains(loud)), "{all:?}");
    assert!(
        all[21..29].iter().all(|loud| (200..=206).contains(loud)),
        "{all:?}"
    );
    assert!(all[31..].iter().all(|loud| (24..=27).contains(loud)), "{all:?}");
}

#[test]
fn an_mp3_without_a_header_is_counted() {
    let (_folder, path) = write(&mp3(400));
    let found = inspect(&path, &Watch::default()).unwrap();
    assert_eq!(found.kind.media_type, "audio/mpeg");
    // 400 × 1,152 / 44,100 s.
    assert!((10_400..=10_460).contains(&found.duration_ms), "{found:?}");
    let peaks = peaks(&path, &Watch::default()).unwrap();
    assert!((103..=105).contains(&peaks.len()), "{}", peaks.len());
    assert!(peaks.at_most(200).iter().all(|loud| *loud == 0));
}

#[test]
fn a_file_that_was_cut_off_is_as_long_as_what_is_left_and_says_so() {
    let whole = wav(10, |_| 0.5);
    let (_folder, path) = write(&whole[..whole.len() / 2]);
    let found = inspect(&path, &Watch::default()).unwrap();
    assert!((4_900..=5_150).contains(&found.duration_ms), "{found:?}");
    assert_eq!(found.promised_ms, Some(10_000));
    let peaks = peaks(&path, &Watch::default()).unwrap();
    assert!((49..=51).contains(&peaks.len()), "{}", peaks.len());
}

#[test]
fn what_is_no_recording_is_refused_and_nothing_panics_wherever_it_is_cut() {
    let (_folder, path) = write(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n");
    assert!(matches!(
        inspect(&path, &Watch::default()),
        Err(MediaError::UnknownKind)
    ));
    for whole in [wav(1, |_| 0.5), mp3(3)] {
        for cut in (0..whole.len().min(2_000)).step_by(7) {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let _ = inspect(&path, &Watch::default());
            let _ = peaks(&path, &Watch::default());
        }
    }
}

#[test]
fn reading_stops_when_it_is_no_longer_wanted() {
    let (_folder, path) = write(&wav(5, |_| 0.5));
    let watch = Watch::default();
    watch.stop();
    assert!(matches!(inspect(&path, &watch), Err(MediaError::Stopped)));
    assert!(matches!(peaks(&path, &watch), Err(MediaError::Stopped)));
}

/// Twelve seconds of a tone at an eighth of the full amplitude, as ffmpeg's `sine` makes it; two with a test picture.
const FIXTURES: &[(&str, &str, bool)] = &[
    ("tone.mp3", "audio/mpeg", false),
    ("tone.flac", "audio/flac", false),
    ("tone.ogg", "audio/ogg", false),
    ("tone.opus", "audio/ogg", false),
    ("tone.m4a", "audio/mp4", false),
    ("tone.mp4", "video/mp4", true),
    ("tone.webm", "video/webm", true),
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures/recordings")
        .join(name)
}

#[test]
fn every_kind_is_known_measured_and_drawn() {
    for (name, media_type, video) in FIXTURES {
        let path = fixture(name);
        let Inspected {
            kind,
            duration_ms,
            promised_ms,
        } = inspect(&path, &Watch::default()).unwrap();
        assert_eq!((kind.media_type, kind.video), (*media_type, *video), "{name}");
        assert!(
            (11_900..=12_200).contains(&duration_ms),
            "{name}: {duration_ms} ms"
        );
        assert_eq!(promised_ms, None, "{name}");
        if *name == "tone.opus" {
            assert!(matches!(
                peaks(&path, &Watch::default()),
                Err(MediaError::NoDecoder)
            ));
            continue;
        }
        let peaks = peaks(&path, &Watch::default()).unwrap();
        assert!(
            (119..=122).contains(&peaks.len()),
            "{name}: {} peaks",
            peaks.len()
        );
        let all = peaks.at_most(1_000);
        let loud = all.iter().filter(|loud| (26..=42).contains(*loud)).count();
        assert!(loud >= all.len() - 3, "{name}: {all:?}");
    }
}

#[test]
fn no_kind_panics_wherever_it_is_cut_or_what_is_flipped() {
    for (name, ..) in FIXTURES {
        let whole = std::fs::read(fixture(name)).unwrap();
        let (_folder, path) = write(&[]);
        for step in 0..60 {
            let at = whole.len() * step / 60;
            std::fs::write(&path, &whole[..at]).unwrap();
            let _ = inspect(&path, &Watch::default());
            let _ = peaks(&path, &Watch::default());
            let mut flipped = whole.clone();
            for byte in flipped.iter_mut().skip(at).step_by(997).take(8) {
                *byte ^= 0x5a;
            }
            std::fs::write(&path, &flipped).unwrap();
            let _ = inspect(&path, &Watch::default());
            let _ = peaks(&path, &Watch::default());
        }
    }
}
