//! What must not be in the file: erased words, and anything readable in an encrypted one.

mod store_common;

use std::fs;

use store_common::*;
use sunder_domain::{CaseId, RaterId};
use sunder_store::{BackupReason, Change, ErasureSubject, OperationKind, RaterRecord, Study, Target};

fn erase_case(study: &mut Study) -> sunder_store::ErasureReport {
    let subject = ErasureSubject::Case(CaseId::new("case").unwrap());
    study
        .erase(&subject, operation_id(), "lead", NOW + 5_000)
        .unwrap()
}

#[test]
fn an_erasure_leaves_no_byte_and_a_merge_never_brings_it_back() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note(WORDS)).unwrap();
    study.transact(coding("c"), submit()).unwrap();
    study.backup(NOW, BackupReason::Demand).unwrap();
    study.checkpoint_if_idle(NOW + 9_999).unwrap();
    assert!(holds(&lab.path, WORDS) && holds(&study.backups()[0].path, WORDS));
    let unerased = lab.beside("unerased.sunder");
    fs::copy(&study.backups()[0].path, &unerased).unwrap();

    let report = erase_case(&mut study);
    assert_eq!((report.codings, report.contents), (1, 1));
    assert!(report.operations >= 4);
    assert!(!holds(&lab.path, WORDS));
    let backups = study.backups();
    assert_eq!((backups.len(), backups[0].reason), (1, BackupReason::Erasure));
    assert!(!holds(&backups[0].path, WORDS));
    assert!(study.cases().unwrap().is_empty() && study.sessions().unwrap().is_empty());
    assert!(study.coding(&coding_id("c")).is_err());
    assert_eq!(
        study.raters().unwrap().len(),
        1,
        "what the same operation said of others stays"
    );
    assert_clean(&study);

    // The other copy had its own thoughts in the meantime.
    let mut other = Study::open(&unerased, environment(lab.folder.path(), "there"), None).unwrap();
    let rater = RaterRecord {
        id: RaterId::new("new").unwrap(),
        name: "R2".into(),
    };
    let change = Change::Rater {
        id: rater.id.clone(),
        after: Some(rater),
    };
    other
        .transact(Target::SetUp, operation(OperationKind::RaterAdd, vec![change]))
        .unwrap();
    other.close().unwrap();
    study.merge_from(&unerased, None, NOW).unwrap();
    assert_eq!(study.raters().unwrap().len(), 2);
    assert!(study.cases().unwrap().is_empty() && study.coding(&coding_id("c")).is_err());
    assert_clean(&study);
    study.close().unwrap();
    assert!(!holds(&lab.path, WORDS));

    // And the other way: the erasure reaches the copy that still had the words.
    let mut other = Study::open(&unerased, environment(lab.folder.path(), "there"), None).unwrap();
    other.backup(NOW, BackupReason::Demand).unwrap();
    assert!(holds(&other.backups()[0].path, WORDS));
    assert!(other.merge_from(&lab.path, None, NOW).unwrap().erased > 0);
    assert_eq!(other.backups().len(), 1);
    assert!(!holds(&other.backups()[0].path, WORDS));
    assert!(other.cases().unwrap().is_empty() && other.coding(&coding_id("c")).is_err());
    assert_clean(&other);
    other.close().unwrap();
    assert!(!holds(&unerased, WORDS), "overwritten, not only unlinked");
}

#[test]
fn one_coding_can_be_erased_with_its_session_left() {
    let lab = Lab::new();
    let mut study = lab.create();
    start(&mut study, "d");
    study.transact(coding("c"), note(WORDS)).unwrap();
    study.transact(coding("d"), tag("m1")).unwrap();
    let subject = ErasureSubject::Coding(coding_id("c"));
    study.erase(&subject, operation_id(), "lead", NOW).unwrap();
    assert!(study.coding(&coding_id("c")).is_err());
    assert_eq!(study.coding(&coding_id("d")).unwrap().markers.len(), 1);
    assert_eq!(study.sessions().unwrap().len(), 1);
    assert_eq!(
        study.transact(coding("c"), tag("m2")).unwrap_err().code(),
        "unknown"
    );
    assert_clean(&study);
    let again = study.erase(&subject, operation_id(), "lead", NOW).unwrap_err();
    assert_eq!(again.code(), "unknown");
}

#[test]
fn an_encrypted_study_shows_nothing_and_opens_with_its_passphrase_alone() {
    let lab = Lab::new();
    let mut study = lab.create_with(Some("open, please"));
    study.transact(coding("c"), note(WORDS)).unwrap();
    let backup = study.backup(NOW, BackupReason::Demand).unwrap();
    let whole = study.coding(&coding_id("c")).unwrap();
    study.close().unwrap();
    for path in [&lab.path, &backup.path] {
        assert!(!holds(path, WORDS) && !holds(path, "SQLite format") && !holds(path, "session_id"));
    }
    let before = fs::read(&lab.path).unwrap();
    let open = |path, passphrase| Study::open(path, lab.environment(), passphrase);
    assert_eq!(open(&lab.path, None).unwrap_err().code(), "not-a-study");
    assert_eq!(
        open(&lab.path, Some("open please")).unwrap_err().code(),
        "wrong-passphrase"
    );
    assert!(fs::read(&lab.path).unwrap() == before);
    let study = open(&lab.path, Some("open, please")).unwrap();
    assert_eq!(study.coding(&coding_id("c")).unwrap(), whole);
    assert_clean(&study);
    drop(study);
    let restored = open(&backup.path, Some("open, please")).unwrap();
    assert_eq!(restored.coding(&coding_id("c")).unwrap(), whole);
    drop(restored);

    let plain = Lab::new();
    plain.create().close().unwrap();
    let error = Study::open(&plain.path, plain.environment(), Some("open, please")).unwrap_err();
    assert_eq!(error.code(), "not-encrypted");
}

#[test]
fn no_error_says_words_of_the_study() {
    let lab = Lab::new();
    let mut study = lab.create();
    let words = "kingfishers";
    let mut loose = note(WORDS);
    loose.changes.push(put_marker(marker("m", "none", 1)));
    for error in [
        study.transact(coding("c"), loose).unwrap_err(),
        study.transact(coding("none"), note(WORDS)).unwrap_err(),
        study.transact(Target::SetUp, note(WORDS)).unwrap_err(),
    ] {
        assert!(
            !error.to_string().contains(words) && !format!("{error:?}").contains(words),
            "{error}"
        );
    }
    assert!(!format!("{study:?}").contains(words));
}
