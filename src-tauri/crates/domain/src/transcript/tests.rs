//! Transcripts that can be used and transcripts that cannot.

use super::{ClockSource, Role, Speaker, Transcript, TranscriptError, Turn};

fn turn(speaker: Option<u32>, start_ms: u32, end_ms: u32) -> Turn {
    let text = "héllo😀".to_owned();
    Turn {
        speaker,
        text,
        start_ms,
        end_ms,
        start_estimated: false,
        end_estimated: true,
    }
}

fn transcript(turns: Vec<Turn>) -> Transcript {
    let speaker = |name: &str, role| Speaker {
        name: name.to_owned(),
        role,
    };
    let speakers = vec![speaker("P", Role::Patient), speaker("T", Role::Therapist)];
    Transcript::new(ClockSource::Given, speakers, turns)
}

#[test]
fn a_transcript_is_judged_turn_by_turn() {
    let check = |turns: Vec<Turn>, expected| assert_eq!(transcript(turns).validate(), expected);
    check(
        vec![turn(Some(1), 0, 5), turn(None, 3, 3), turn(Some(0), 3, 9)],
        Ok(()),
    );
    check(vec![], Err(TranscriptError::Empty));
    let stranger = TranscriptError::NoSuchSpeaker {
        turn: 1,
        speaker: 2,
        speakers: 2,
    };
    check(vec![turn(None, 0, 5), turn(Some(2), 3, 9)], Err(stranger));
    check(vec![turn(None, 6, 5)], Err(TranscriptError::Backwards(0)));
    check(
        vec![turn(None, 6, 9), turn(None, 5, 9)],
        Err(TranscriptError::OutOfOrder(1)),
    );
}

#[test]
fn a_transcript_is_written_and_read() {
    let whole = transcript(vec![turn(Some(1), 0, 5), turn(None, 3, 9)]);
    assert_eq!(Transcript::from_json(&whole.to_json()), Ok(whole));
}

#[test]
fn what_is_no_transcript_is_refused_by_name() {
    let check = |text: &str, expected: &str| {
        let error = Transcript::from_json(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{error}");
    };
    check("{", "line 1, column 1: EOF");
    check(
        r#"{"format": "sunder-coding", "version": 1}"#,
        "calls itself \"sunder-coding\"",
    );
    check(
        r#"{"format": "sunder-transcript", "version": 2, "pages": []}"#,
        "update Sunder",
    );
    check(r#"{"format": "sunder-transcript", "version": 0}"#, "version 0");
    check(
        "{\"format\": \"sunder-transcript\", \"version\": 1,\n\"colour\": 1}",
        "line 2",
    );
    check(
        r#"{"format": "sunder-transcript", "version": 1, "clock": "given", "speakers": [], "turns": []}"#,
        "no turns",
    );
}

#[test]
fn roles_and_lengths_are_known() {
    let whole = transcript(vec![turn(Some(1), 0, 5), turn(None, 3, 9), turn(Some(0), 4, 7)]);
    let roles: Vec<Role> = whole.turns.iter().map(|turn| whole.role_of(turn)).collect();
    assert_eq!(roles, [Role::Therapist, Role::Other, Role::Patient]);
    assert_eq!(whole.char_count(0), Some(6));
    assert_eq!(whole.char_count(3), None);
    assert_eq!(whole.duration_ms(), 9);
    assert_eq!(
        whole
            .speaker_of(&whole.turns[0])
            .map(|speaker| speaker.name.as_str()),
        Some("T")
    );
}
