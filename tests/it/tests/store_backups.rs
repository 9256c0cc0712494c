//! Backups: whole, checked, kept for as long as they should be.

mod store_common;

use std::fs;

use store_common::*;
use sunder_store::{BackupReason, backup_folder, backups_of};

const DAY: i64 = 86_400_000;

#[test]
fn a_backup_holds_everything_and_can_take_the_studys_place() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    let backup = study.backup(NOW, BackupReason::Demand).unwrap();
    assert_eq!(backup_folder(&lab.path), lab.beside("pilot.sunder-backups"));
    assert_eq!(backups_of(&lab.path), std::slice::from_ref(&backup));
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
