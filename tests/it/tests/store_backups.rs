//! Backups: whole, checked, kept for as long as they should be.

mod store_common;

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use store_common::*;
use sunder_store::{
    BackgroundReport, BackgroundWork, BackupInfo, BackupReason, NewOperation, OperationKind, Study, Target,
    backup_folder, backups_of,
};

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

/// Begins the daily backup and waits for it; `None` where none was due.
fn daily(study: &mut Study, at_ms: i64) -> Option<BackupInfo> {
    if !study.begin_backup_if_due(at_ms).unwrap() {
        return None;
    }
    finished(study).outcome.unwrap()
}

fn finished(study: &mut Study) -> BackgroundReport {
    loop {
        if let Some(report) = study.background_report() {
            return report;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_daily_backup_waits_for_a_day_and_a_change() {
    let lab = Lab::new();
    let mut study = lab.create();
    assert!(daily(&mut study, NOW).is_some(), "there was none");
    study.transact(coding("c"), tag("m1")).unwrap();
    assert!(daily(&mut study, NOW + DAY - 1).is_none(), "not a day old");
    assert!(daily(&mut study, NOW + DAY).is_some());
    assert!(daily(&mut study, NOW + 3 * DAY).is_none(), "nothing changed");
    study.close().unwrap();
    let mut study = lab.open();
    assert!(daily(&mut study, NOW + 3 * DAY).is_none());
    study.transact(coding("c"), tag("m2")).unwrap();
    assert!(daily(&mut study, NOW + 3 * DAY).is_some());
    assert!(
        study
            .recorded_heads()
            .unwrap()
            .iter()
            .any(|head| head.reason == "backup")
    );
    assert_clean(&study);
}

/// What makes the file so large that copying and checking it take a while.
fn much() -> NewOperation {
    operation(OperationKind::CodebookAdd, Vec::new()).with_content("codebook", vec![7; 64 << 20])
}

#[test]
fn acts_go_on_while_a_daily_backup_is_written() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("before")).unwrap();
    study.transact(Target::SetUp, much()).unwrap();
    assert!(study.begin_backup_if_due(NOW).unwrap());
    let before = fs::read(&lab.path).unwrap();
    let mut acts = 0;
    let report = loop {
        study
            .transact(coding("c"), tag(&format!("during{acts}")))
            .unwrap();
        acts += 1;
        study.checkpoint_if_idle(NOW + acts * DAY).unwrap();
        if let Some(report) = study.background_report() {
            break report;
        }
    };
    assert!(acts > 1, "the first act waited for the backup");
    assert_eq!(report.work, BackgroundWork::DailyBackup);
    let backup = report.outcome.unwrap().unwrap();

    let restored = lab.beside("restored.sunder");
    fs::copy(&backup.path, &restored).unwrap();
    let copy = Study::open(&restored, environment(lab.folder.path(), "there"), None).unwrap();
    let markers = copy.coding(&coding_id("c")).unwrap().markers;
    assert_eq!(markers.len(), 1, "the backup is of the moment when it began");
    assert_clean(&copy);

    study.checkpoint_if_idle(NOW + DAY * 1_000).unwrap();
    assert_ne!(fs::read(&lab.path).unwrap(), before, "checkpoints go on");
    assert_clean(&study);
    study.transact(coding("c"), tag("after")).unwrap();
    assert!(
        study.begin_backup_if_due(NOW + DAY).unwrap(),
        "what came meanwhile is not in it"
    );
    study.close().unwrap();
    assert_eq!(
        backups_of(&lab.path).len(),
        1,
        "closing does not wait for the second one"
    );
    let left = fs::read_dir(backup_folder(&lab.path)).unwrap().count();
    assert_eq!(left, 1, "and nothing is left of it");
    let study = lab.open();
    assert_eq!(
        study.coding(&coding_id("c")).unwrap().markers.len(),
        usize::try_from(acts).unwrap() + 2
    );
    assert_clean(&study);
}

#[test]
fn nobody_else_gets_in_while_or_after_the_file_is_read_in_the_background() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    let refused = || {
        let other = Command::new(env!("CARGO_BIN_EXE_store_child"))
            .args([
                "hold".as_ref(),
                lab.path.as_os_str(),
                lab.folder.path().as_os_str(),
            ])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&other.stdout).trim(), "open-elsewhere");
    };
    for _ in 0..2 {
        assert!(study.begin_check().unwrap());
        assert!(!study.begin_check().unwrap(), "one at a time");
        // The thread's own handle is open, or closed and not reported yet: either could let somebody in.
        refused();
        finished(&mut study).outcome.unwrap();
        refused();
        study.transact(coding("c"), tag(&fresh())).unwrap();
    }
    assert_clean(&study);
}

#[test]
fn an_encrypted_study_is_checked_and_copied_in_the_background_too() {
    let lab = Lab::new();
    let mut study = lab.create_with(Some("kingfisher 7"));
    study.transact(coding("c"), note(WORDS)).unwrap();
    assert!(study.begin_check().unwrap());
    finished(&mut study).outcome.unwrap();
    let backup = daily(&mut study, NOW).unwrap();
    assert!(!holds(&backup.path, WORDS));
    study.close().unwrap();
    fs::copy(&backup.path, &lab.path).unwrap();
    let study = Study::open(&lab.path, lab.environment(), Some("kingfisher 7")).unwrap();
    assert_clean(&study);
}

#[test]
fn a_check_that_makes_room_for_a_backup_is_reported_and_can_begin_again() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(Target::SetUp, much()).unwrap();
    assert!(study.begin_check().unwrap());
    study.backup(NOW, BackupReason::Demand).unwrap();
    let report = study.background_report().unwrap();
    assert_eq!(report.work, BackgroundWork::Check);
    assert_eq!(report.outcome.unwrap_err().code(), "ended");
    assert!(study.background_report().is_none(), "it is reported once");
    assert!(study.begin_check().unwrap());
    finished(&mut study).outcome.unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_that_took_the_place_of_the_open_one_is_neither_checked_nor_copied() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(Target::SetUp, much()).unwrap();
    assert!(study.begin_backup_if_due(NOW).unwrap());
    fs::rename(&lab.path, lab.beside("away.sunder")).unwrap();
    fs::write(&lab.path, b"another").unwrap();
    assert_eq!(finished(&mut study).outcome.unwrap_err().code(), "replaced");
    assert_eq!(backups_of(&lab.path).len(), 0);
    assert_eq!(study.begin_check().unwrap_err().code(), "replaced");
    study.transact(coding("c"), tag("after")).unwrap();
    fs::rename(lab.beside("away.sunder"), &lab.path).unwrap();
    assert!(
        study.begin_backup_if_due(NOW).unwrap(),
        "what was done counts as not backed up"
    );
    assert!(finished(&mut study).outcome.unwrap().is_some());
}

#[cfg(unix)]
#[test]
fn a_daily_backup_that_fails_says_so_and_the_next_one_is_tried() {
    let lab = Lab::new();
    let mut study = lab.create();
    // A file stands where the folder is to be made.
    fs::write(backup_folder(&lab.path), b"").unwrap();
    assert!(study.begin_backup_if_due(NOW).unwrap());
    let error = finished(&mut study).outcome.unwrap_err();
    assert_eq!(error.code(), "file", "{error}");
    fs::remove_file(backup_folder(&lab.path)).unwrap();
    assert!(daily(&mut study, NOW).is_some());
    assert_clean(&study);
}

#[test]
fn names_that_mean_something_in_addresses_are_read_as_they_are() {
    let lab = Lab::new();
    let path = lab.beside("50% of a?b#c é.sunder");
    let mut study = Study::create(&path, lab.environment(), None, new_study()).unwrap();
    assert!(study.begin_check().unwrap());
    finished(&mut study).outcome.unwrap();
    assert!(daily(&mut study, NOW).is_some());
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
