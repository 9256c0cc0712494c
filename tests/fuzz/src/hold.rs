//! What must be true of whatever a reader makes of whatever bytes.

use std::time::Duration;

use sunder_formats::{Format, ReadOptions, detect, read};

/// Longer than this for a file of 200 kB is a hang.
pub const LONGEST: Duration = Duration::from_secs(20);

/// Reads the bytes as a format, or as what they seem to be.
///
/// # Panics
/// Where a reader panics, or what it gives is not sound.
pub fn hold(bytes: &[u8], format: Option<Format>) {
    let options = ReadOptions {
        name: format.map_or_else(String::new, |format| format!("a.{format}")),
        format,
        ..ReadOptions::default()
    };
    let _ = detect(bytes, &options.name);
    let reading = match read(bytes, &options) {
        Ok(reading) => reading,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    for warning in &reading.warnings {
        assert!(
            warning.line != Some(0) && warning.column != Some(0),
            "{warning:?}"
        );
    }
    assert!(!reading.transcripts.is_empty(), "a reading without a transcript");
    for found in &reading.transcripts {
        let transcript = &found.transcript;
        assert!(transcript.validate().is_ok(), "a transcript that cannot be kept");
        assert!(!transcript.turns.is_empty(), "a transcript without turns");
        for turn in &transcript.turns {
            assert!(
                !turn.text.is_empty() && turn.text.trim() == turn.text,
                "loose ends"
            );
            let control = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
            assert!(!turn.text.contains(control), "a control character");
            assert!(turn.start_ms <= turn.end_ms, "a turn that ends before it starts");
        }
    }
}
