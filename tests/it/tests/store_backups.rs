//! Backups: whole, checked, kept for as long as they should be.

mod store_common;

use std::fs;

use store_common::*;
use sunder_store::{BackupReason, Study, backup_folder, backups_of};

const DAY: i64 = 86_400_000;

#[test]
fn a_backup_holds_everything_and_can_take_the_studys_place() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    let backup = study.backup(NOW, BackupReason::Demand).unwrap();
    assert_eq!(backup_folder(&lab.path), lab.beside("pilot.sunder-backups"));
    assert_eq!(backups_of(&lab.path), [backup.clone()]);
    let whole = study.coding(&coding_id("c")).unwrap();
    study.transact(coding("c"), tag("m2")).unwrap();
    study.close().unwrap();
    let names: Vec<String> = fs::read_dir(backup_folder(&lab.path))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 1, "nothing is left beside it: {names:?}");

    let original = lab.beside("original.sunder");
    fs::rename(&lab.path, &original).unwrap();
    fs::copy(&backup.path, &lab.path).unwrap();
    let mut restored = lab.open();
    assert_eq!(restored.coding(&coding_id("c")).unwrap(), whole);
    restored.transact(coding("c"), tag("m3")).unwrap();
    let report = restored.merge_from(&original, None, NOW).unwrap();
    assert_eq!(
        report.branches.len(),
        1,
        "the restored copy and the original are both kept"
    );
    assert_clean(&restored);
}

#[test]
fn a_daily_backup_waits_for_a_day_and_a_change() {
    let lab = Lab::new();
    let mut study = lab.create();
    assert!(study.backup_if_due(NOW).unwrap().is_some(), "there was none");
    study.transact(coding("c"), tag("m1")).unwrap();
    assert!(
        study.backup_if_due(NOW + DAY - 1).unwrap().is_none(),
        "not a day old"
    );
    assert!(study.backup_if_due(NOW + DAY).unwrap().is_some());
    assert!(
        study.backup_if_due(NOW + 3 * DAY).unwrap().is_none(),
        "nothing changed"
    );
    study.close().unwrap();
    let mut study = lab.open();
    assert!(study.backup_if_due(NOW + 3 * DAY).unwrap().is_none());
    study.transact(coding("c"), tag("m2")).unwrap();
    assert!(study.backup_if_due(NOW + 3 * DAY).unwrap().is_some());
    assert!(
        study
            .recorded_heads()
            .unwrap()
            .iter()
            .any(|head| head.reason == "backup")
    );
    assert_clean(&study);
}

#[test]
fn many_backups_leave_the_newest_ten() {
    let lab = Lab::new();
    let mut study = lab.create();
    for n in 0..14 {
        study.backup(NOW + n, BackupReason::Demand).unwrap();
    }
    let moments: Vec<i64> = study.backups().iter().map(|backup| backup.at_ms - NOW).collect();
    assert_eq!(moments, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
}

#[test]
fn an_altered_study_is_not_taken_for_a_good_backup() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note("first")).unwrap();
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
fn verify_finds_what_was_changed_behind_the_logs_back() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.transact(coding("c"), score("m1", 2)).unwrap();
    study.transact(coding("c"), submit()).unwrap();
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
