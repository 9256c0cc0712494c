//! Tables of consensus that were edited with other programs: `verify` says so.

#[path = "../../../../tests/it/tests/store_common/mod.rs"]
mod store_common;

use std::fs;

use store_common::*;
use sunder_domain::SessionId;
use sunder_store::{Change, CodingOfRecord, OperationKind, RecordKind, Target};

#[test]
fn verify_finds_what_does_not_follow_from_the_log() {
    let lab = Lab::new();
    let mut study = lab.create();
    start_consensus(&mut study, "s");
    study.transact(coding("s"), settle("i", 4)).unwrap();
    let record = Change::CodingOfRecord {
        session_id: SessionId::new("session").unwrap(),
        after: Some(CodingOfRecord {
            kind: RecordKind::Mean,
            fixed_ms: NOW,
        }),
    };
    let changes = vec![
        freeze(&study, "session", &["c"]),
        put_ruling(ruling("r", "session", "not within a pause")),
        record,
    ];
    let act = operation(OperationKind::OriginalsFreeze, changes);
    study.transact(Target::SetUp, act).unwrap();
    assert_clean(&study);
    study.close().unwrap();
    let whole = fs::read(&lab.path).unwrap();
    for (sql, finding) in [
        (
            "UPDATE settlement SET reason = 'another'",
            "DifferentRow settlement s i",
        ),
        (
            "UPDATE original SET seq = seq + 7",
            "Orphan original of session session, coding c",
        ),
        (
            "UPDATE original SET hash = 'ff'",
            "Orphan original of session session, coding c",
        ),
        ("DELETE FROM ruling", "MissingRow ruling r"),
        ("UPDATE ruling SET session_id = 'x'", "Orphan ruling r"),
        (
            "UPDATE coding_of_record SET kind = 'consensus'",
            "DifferentRow coding_of_record session",
        ),
        (
            "UPDATE coding_of_record SET rater_id = 'x'",
            "Orphan coding of record of session session",
        ),
        (
            "UPDATE coding SET rater_id = 'x' WHERE id = 's'",
            "Orphan coding s",
        ),
    ] {
        fs::write(&lab.path, &whole).unwrap();
        let file = rusqlite::Connection::open(&lab.path).unwrap();
        file.execute_batch(sql).unwrap();
        file.close().unwrap();
        let found: Vec<String> = lab
            .open()
            .verify()
            .unwrap()
            .findings
            .iter()
            .map(|found| format!("{:?} {}", found.kind, found.subject))
            .collect();
        assert!(found.iter().any(|found| found == finding), "{sql}: {found:?}");
    }
}
