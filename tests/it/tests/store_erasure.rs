//! An erasure that is cut off is finished at the next opening, and no copy of the words is forgotten.

mod store_common;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use store_common::*;
use sunder_domain::CaseId;
use sunder_store::{BackupReason, ErasureSubject, backup_folder, backups_of};

const KILLS: u64 = 25;

/// A closed study with words in it and two backups that hold them.
fn with_backups() -> Lab {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note(WORDS)).unwrap();
    study.backup(NOW, BackupReason::Demand).unwrap();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.backup(NOW + 1_000, BackupReason::Demand).unwrap();
    study.close().unwrap();
    lab
}

/// Every file of the study: itself, what lies beside it, and all that is in the folder of backups.
fn files(lab: &Lab) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in [lab.folder.path().to_owned(), backup_folder(&lab.path)] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            files.extend(path.is_file().then_some(path));
        }
    }
    files
}

fn assert_forgotten(lab: &Lab) {
    for file in files(lab) {
        assert!(!holds(&file, WORDS), "{}", file.display());
    }
    let backups = backups_of(&lab.path);
    assert_eq!((backups.len(), backups[0].reason), (1, BackupReason::Erasure));
}

#[test]
fn an_erasure_whose_backups_could_not_be_removed_is_finished_at_the_next_opening() {
    let lab = with_backups();
    // A folder under a backup's name is what cannot be removed as a file.
    let older = backups_of(&lab.path).pop().unwrap().path;
    let aside = lab.beside("aside");
    fs::rename(&older, &aside).unwrap();
    fs::create_dir(&older).unwrap();
    let mut study = lab.open();
    let subject = ErasureSubject::Case(CaseId::new("case").unwrap());
    let error = study.erase(&subject, operation_id(), "lead", NOW).unwrap_err();
    assert_eq!(error.code(), "file");
    study.close().unwrap();
    assert!(
        lab.open().cases().unwrap().is_empty(),
        "the study opens meanwhile"
    );
    let mut study = lab.open();
    assert_eq!(
        study.backup(NOW, BackupReason::Demand).unwrap_err().code(),
        "file",
        "it is tried again, and said"
    );
    study.close().unwrap();
    fs::remove_dir(&older).unwrap();
    fs::rename(&aside, &older).unwrap();

    let study = lab.open();
    assert_clean(&study);
    assert_forgotten(&lab);
    study.close().unwrap();
    let settled = fs::read(&lab.path).unwrap();
    lab.open().close().unwrap();
    assert!(fs::read(&lab.path).unwrap() == settled, "once is enough");
    assert_forgotten(&lab);
}

#[test]
fn an_erasure_that_is_killed_has_not_begun_or_is_finished_at_the_next_opening() {
    let whole = with_backups();
    let (mut begun, mut not_begun) = (0, 0);
    for kill in 0..KILLS {
        let lab = Lab::new();
        fs::create_dir(backup_folder(&lab.path)).unwrap();
        fs::copy(&whole.path, &lab.path).unwrap();
        for backup in backups_of(&whole.path) {
            let name = backup.path.file_name().unwrap();
            fs::copy(&backup.path, backup_folder(&lab.path).join(name)).unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_store_child"))
            .arg("erase")
            .args([&lab.path, lab.folder.path()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "open");
        // From before the first write to after the last.
        std::thread::sleep(Duration::from_micros(kill * 2_500));
        child.kill().unwrap();
        child.wait().unwrap();
        let study = lab.open();
        assert_clean(&study);
        if study.cases().unwrap().is_empty() {
            begun += 1;
            study.close().unwrap();
            assert_forgotten(&lab);
        } else {
            not_begun += 1;
            assert_eq!(study.coding(&coding_id("c")).unwrap().notes.len(), 1);
            assert_eq!(study.backups().len(), 2);
        }
    }
    assert!(begun > 0, "{begun} begun, {not_begun} not");
}

#[test]
fn a_backup_that_was_cut_off_is_removed_at_the_next_opening() {
    let lab = with_backups();
    let folder = backup_folder(&lab.path);
    let backup = backups_of(&lab.path).remove(0).path;
    let part = backup.with_extension("part");
    let journal = backup.with_extension("part-journal");
    let foreign = folder.join("notes.part");
    for path in [&part, &journal, &foreign] {
        fs::copy(&backup, path).unwrap();
    }
    let study = lab.open();
    assert!(!part.exists() && !journal.exists());
    assert!(foreign.exists(), "what is not ours stays");
    assert_eq!(study.backups().len(), 2);
}
