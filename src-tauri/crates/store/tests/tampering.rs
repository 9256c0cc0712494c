//! Files that were edited with other programs: `verify` says what is wrong, and neither a backup nor a merge takes them.

#[path = "../../../../tests/it/tests/store_common/mod.rs"]
mod store_common;

use std::fs;

use store_common::*;
use sunder_store::{BackupReason, NewOperation, OperationKind, Study, Target, backup_folder};

/// What makes the file so large that its log is not checked at opening.
fn much() -> NewOperation {
    operation(OperationKind::CodebookAdd, Vec::new()).with_content("codebook", vec![7; 17 << 20])
}

#[test]
fn verify_finds_what_was_changed_behind_the_logs_back() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.transact(coding("c"), score("m1", 2)).unwrap();
    study.transact(coding("c"), submit()).unwrap();
    study.transact(Target::SetUp, much()).unwrap();
    study.close().unwrap();
    let clean = fs::read(&lab.path).unwrap();
    for (sql, expected) in [
        ("UPDATE conflict SET significance = 5", "DifferentRow"),
        ("DELETE FROM marker", "MissingRow"),
        (
            "INSERT INTO rating (coding_id, key, score) VALUES ('c', 'x', 1)",
            "ExtraRow",
        ),
        ("DELETE FROM rater", "Orphan"),
        ("UPDATE head SET hash = 'ff'", "Head"),
        (
            "DROP TRIGGER content_stays; UPDATE content SET bytes = x'00'",
            "Content",
        ),
        (
            "DROP TRIGGER ops_payloads_stay; UPDATE ops SET payload = NULL WHERE kind = 'conflict_score'",
            "Payload",
        ),
        (
            "DROP TRIGGER ops_are_kept; DELETE FROM ops WHERE kind = 'marker_add'",
            "Chain",
        ),
        (
            "DROP TRIGGER ops_are_kept; DELETE FROM ops WHERE kind = 'submit'",
            "Head",
        ),
    ] {
        fs::write(&lab.path, &clean).unwrap();
        let file = rusqlite::Connection::open(&lab.path).unwrap();
        let triggers: Vec<(String, String)> = file
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        file.execute_batch(sql).unwrap();
        for (name, trigger) in triggers {
            file.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}; {trigger}"))
                .unwrap();
        }
        file.close().unwrap();
        let study = Study::open(&lab.path, lab.environment(), None).unwrap();
        let findings = study.verify().unwrap().findings;
        assert!(
            findings.iter().any(|f| format!("{:?}", f.kind) == expected),
            "{sql}: {findings:?}"
        );
    }
}

#[test]
fn an_altered_study_is_not_taken_for_a_good_backup() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note("first")).unwrap();
    study.transact(Target::SetUp, much()).unwrap();
    study.close().unwrap();
    let file = rusqlite::Connection::open(&lab.path).unwrap();
    let trigger: String = file
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'ops_headers_stay'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    file.execute_batch("DROP TRIGGER ops_headers_stay; UPDATE ops SET at_ms = 1 WHERE kind = 'note_add';")
        .unwrap();
    file.execute_batch(&trigger).unwrap();
    file.close().unwrap();
    let mut study = lab.open();
    assert!(study.begin_check().unwrap());
    let report = loop {
        match study.background_report() {
            Some(report) => break report,
            None => std::thread::sleep(std::time::Duration::from_millis(5)),
        }
    };
    let error = report.outcome.unwrap_err();
    assert_eq!(error.code(), "altered", "the check after opening finds it");
    assert!(error.to_string().contains("the operation was altered"), "{error}");
    let error = study.backup(NOW, BackupReason::Demand).unwrap_err();
    assert_eq!(error.code(), "backup-failed");
    assert_eq!(fs::read_dir(backup_folder(&lab.path)).unwrap().count(), 0);
    let findings = study.verify().unwrap().findings;
    assert!(
        findings
            .iter()
            .any(|finding| finding.kind == sunder_store::FindingKind::Hash),
        "{findings:?}"
    );
}

#[test]
fn other_studies_and_altered_ones_are_refused_whole() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note("first")).unwrap();
    study.close().unwrap();
    let altered = lab.beside("altered.sunder");
    fs::write(&altered, fs::read(&lab.path).unwrap()).unwrap();
    let file = rusqlite::Connection::open(&altered).unwrap();
    file.execute_batch("DROP TRIGGER ops_headers_stay; UPDATE ops SET actor = 'R9' WHERE kind = 'note_add';")
        .unwrap();
    file.execute_batch(
        "CREATE TRIGGER ops_headers_stay BEFORE UPDATE OF id ON ops BEGIN SELECT RAISE(ABORT, 'x'); END",
    )
    .unwrap();
    drop(file);
    let mut here = lab.open();
    let error = here.merge_from(&altered, None, NOW).unwrap_err();
    assert_eq!(error.code(), "merge-broken");
    let error = Study::open(&altered, environment(lab.folder.path(), "there"), None).unwrap_err();
    assert_eq!(error.code(), "damaged");
    let mut new = new_study();
    new.id = sunder_domain::StudyId::new("another").unwrap();
    let another = lab.beside("another.sunder");
    Study::create(&another, lab.environment(), None, new)
        .unwrap()
        .close()
        .unwrap();
    assert_eq!(
        here.merge_from(&another, None, NOW).unwrap_err().code(),
        "other-study"
    );
    assert_eq!(
        here.merge_from(&lab.path, None, NOW).unwrap_err().code(),
        "open-elsewhere"
    );
    assert_clean(&here);
}
