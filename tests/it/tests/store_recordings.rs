//! The links of recordings in the study file.

mod store_common;

use store_common::*;
use sunder_domain::SessionId;
use sunder_store::{Change, ErasureSubject, OperationKind, RecordingRecord, Target};

fn session() -> SessionId {
    SessionId::new("session").unwrap()
}

fn recording(offset_ms: i32) -> RecordingRecord {
    RecordingRecord {
        session_id: session(),
        path: "recordings/ada-3.mp3".into(),
        sha256: "ab".repeat(32),
        bytes: 57_600_000,
        media_type: "audio/mpeg".into(),
        video: false,
        duration_ms: 3_600_000,
        offset_ms,
        linked_ms: NOW,
    }
}

fn put(after: Option<RecordingRecord>) -> Vec<Change> {
    vec![Change::Recording {
        session_id: session(),
        after,
    }]
}

#[test]
fn a_link_is_kept_changed_undone_and_rebuilt() {
    let lab = Lab::new();
    let mut study = lab.create();
    assert_eq!(study.recording(&session()).unwrap(), None);
    let link = operation(OperationKind::RecordingLink, put(Some(recording(0))));
    study.transact(Target::SetUp, link).unwrap();
    let edit = operation(OperationKind::RecordingEdit, put(Some(recording(-2_500))));
    study.transact(Target::SetUp, edit).unwrap();
    assert_eq!(study.recording(&session()).unwrap(), Some(recording(-2_500)));
    assert_eq!(study.recordings().unwrap(), [recording(-2_500)]);
    assert_clean(&study);

    study.undo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    assert_eq!(study.recording(&session()).unwrap(), Some(recording(0)));
    let unlink = operation(OperationKind::RecordingUnlink, put(None));
    study.transact(Target::SetUp, unlink).unwrap();
    assert_eq!(study.recording(&session()).unwrap(), None);
    assert_clean(&study);
}

#[test]
fn where_a_recording_lies_goes_with_its_session() {
    let lab = Lab::new();
    let mut study = lab.create();
    let link = operation(OperationKind::RecordingLink, put(Some(recording(0))));
    study.transact(Target::SetUp, link).unwrap();
    let subject = ErasureSubject::Session(session());
    study.erase(&subject, operation_id(), "lead", NOW).unwrap();
    assert_eq!(study.recordings().unwrap(), []);
    assert_clean(&study);
    study.close().unwrap();
    let bytes = std::fs::read(&lab.path).unwrap();
    let found = bytes.windows(9).any(|part| part == b"ada-3.mp3");
    assert!(!found, "the file still holds the name of the recording");
}

#[test]
fn the_end_of_a_recording_is_on_the_clock_of_the_session() {
    assert_eq!(recording(5_000).end_ms(), 3_605_000);
    assert_eq!(recording(-600_000).end_ms(), 3_000_000);
    assert_eq!(recording(-4_000_000).end_ms(), 0);
}
