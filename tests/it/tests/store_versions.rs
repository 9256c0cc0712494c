//! Study files of earlier versions: opened, after a backup of them as they were, and met with newer copies.

mod store_common;

use std::fs;
use std::path::{Path, PathBuf};

use store_common::*;
use sunder_domain::{SessionId, Status};
use sunder_store::{
    BackupReason, Change, CodingFilter, Environment, OperationKind, OriginalsRecord, Study, Target,
};

/// A copy of the study that the program of version 1 made.
fn version_one(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/studies/version-1.sunder");
    fs::copy(made, &path).unwrap();
    (folder, path)
}

/// Schema times 1000 plus the oldest program that may open it, from the file's header.
fn user_version(path: &Path) -> u32 {
    let bytes = fs::read(path).unwrap();
    u32::from_be_bytes(bytes[60..64].try_into().unwrap())
}

fn open(path: &Path, environment: Environment) -> Study {
    Study::open(path, environment, None).unwrap()
}

#[test]
fn a_study_of_version_one_is_backed_up_brought_up_to_date_and_whole() {
    let (folder, path) = version_one("pilot.sunder");
    let before = fs::read(&path).unwrap();
    assert_eq!(user_version(&path), 1_001);
    let study = open(&path, environment(folder.path(), "here"));
    assert_clean(&study);
    let codings = study.codings(&CodingFilter::default()).unwrap();
    assert_eq!((codings.len(), codings[0].status), (1, Status::Submitted));
    assert_eq!(study.coding(&codings[0].id).unwrap().markers.len(), 1);
    assert!(study.originals().unwrap().is_empty() && study.rulings().unwrap().is_empty());
    let backups = study.backups();
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].reason, BackupReason::Migration(1));
    study.close().unwrap();
    assert_eq!(
        user_version(&path),
        4_004,
        "a program of version 1 refuses it by name"
    );
    assert_eq!(user_version(&backups[0].path), 1_001);
    assert_eq!(fs::read(&backups[0].path).unwrap().len(), before.len());

    // What was put aside is a study that opens again.
    let restored = folder.path().join("restored.sunder");
    fs::copy(&backups[0].path, &restored).unwrap();
    let study = open(&restored, environment(folder.path(), "here"));
    assert_eq!(study.codings(&CodingFilter::default()).unwrap(), codings);
    assert_clean(&study);
}

#[test]
fn a_copy_of_version_one_is_merged_as_it_is_and_its_codings_can_be_frozen() {
    let (folder, path) = version_one("pilot.sunder");
    let other = folder.path().join("other.sunder");
    fs::copy(&path, &other).unwrap();
    let mut study = open(&path, environment(folder.path(), "here"));
    let coding = study.codings(&CodingFilter::default()).unwrap().remove(0);
    let session_id: SessionId = coding.header.session_id.clone();
    let after = Some(OriginalsRecord {
        codings: vec![study.original_now(&coding.id).unwrap()],
        frozen_ms: NOW,
    });
    let change = Change::Originals { session_id, after };
    study
        .transact(
            Target::SetUp,
            operation(OperationKind::OriginalsFreeze, vec![change]),
        )
        .unwrap();
    let report = study.merge_from(&other, None, NOW).unwrap();
    assert_eq!(report.operations_added, 0);
    assert_eq!(user_version(&other), 1_001, "the other file is only read");
    let frozen = study.originals().unwrap();
    let original = &frozen.values().next().unwrap().codings[0];
    assert_eq!(
        study.coding_at(original).unwrap().unwrap(),
        study.coding(&coding.id).unwrap()
    );
    assert_clean(&study);
}
