//! What must not be in the file: erased words, and anything readable in an encrypted one.

mod store_common;

use std::fs;

use std::path::Path;

use store_common::*;
use sunder_domain::{CaseId, RaterId, SessionId};
use sunder_store::{
    BackupReason, CaseRecord, Change, CodingFilter, ErasureSubject, MergeReport, NewOperation, OperationKind,
    RaterRecord, SessionRecord, Study, Target, TranscriptRecord, content_sha256,
};

/// Words that another copy adds after the copying.
const LATER: &str = "what only the other copy ever heard of herons";

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

fn case(name: &str, brief: &str) -> Change {
    let id = CaseId::new(name).unwrap();
    Change::Case {
        id: id.clone(),
        after: Some(CaseRecord {
            id,
            name: name.into(),
            therapist: None,
            brief: brief.into(),
        }),
    }
}

/// A second session of the case with its transcript, and in the same breath a second rater.
fn second_session() -> NewOperation {
    let id = SessionId::new("second").unwrap();
    let rater = RaterRecord {
        id: RaterId::new("new").unwrap(),
        name: "R2".into(),
    };
    let bytes = LATER.as_bytes().to_vec();
    let changes = vec![
        Change::Rater {
            id: rater.id.clone(),
            after: Some(rater),
        },
        Change::Session {
            id: id.clone(),
            after: Some(SessionRecord {
                id: id.clone(),
                case_id: CaseId::new("case").unwrap(),
                number: 2,
                days_since_first: Some(7),
                neutral_code: "S-118".into(),
                added_ms: NOW,
            }),
        },
        Change::Transcript {
            session_id: id.clone(),
            version: 1,
            after: Some(TranscriptRecord {
                session_id: id,
                version: 1,
                sha256: content_sha256(&bytes),
                speakers: 2,
                turns: 1,
                characters: 40,
                duration_ms: 1_000,
                clock: sunder_domain::ClockSource::Given,
                imported_ms: NOW,
                source_format: "text".into(),
            }),
        },
    ];
    operation(OperationKind::SessionAdd, changes).with_content("transcript", bytes)
}

/// Neither the file nor any backup holds a word of what was withdrawn; nothing is left of the case but the raters.
fn assert_forgotten(study: Study) {
    assert_clean(&study);
    assert!(study.cases().unwrap().is_empty() && study.sessions().unwrap().is_empty());
    assert_eq!(study.codings(&CodingFilter::default()).unwrap(), []);
    assert_eq!(study.raters().unwrap().len(), 2);
    let mut files: Vec<_> = study.backups().into_iter().map(|backup| backup.path).collect();
    files.push(study.path().to_owned());
    study.close().unwrap();
    for file in &files {
        assert!(!holds(file, WORDS) && !holds(file, LATER), "{}", file.display());
    }
}

#[test]
fn an_erasure_reaches_what_another_copy_coded_in_the_meantime() {
    let lab = Lab::new();
    let mut here = lab.create();
    here.transact(coding("c"), note(WORDS)).unwrap();
    here.close().unwrap();
    let there_path = lab.beside("there.sunder");
    fs::copy(&lab.path, &there_path).unwrap();
    let open = |path: &Path, installation: &str| {
        Study::open(path, environment(lab.folder.path(), installation), None).unwrap()
    };

    let mut here = lab.open();
    erase_case(&mut here);
    here.close().unwrap();
    let mut there = open(&there_path, "there");
    there.transact(coding("c"), tag("m1")).unwrap();
    there.transact(coding("c"), note(LATER)).unwrap();
    let mut edit = operation(OperationKind::CaseEdit, vec![case("case", LATER)]);
    edit.at_ms = NOW + 9_000;
    there.transact(Target::SetUp, edit).unwrap();
    there.transact(Target::SetUp, second_session()).unwrap();
    let mut of_second = header();
    of_second.session_id = SessionId::new("second").unwrap();
    of_second.rater_id = RaterId::new("new").unwrap();
    of_second.transcript.sha256 = content_sha256(LATER.as_bytes());
    let begin = Change::Coding {
        after: Some(of_second),
    };
    there
        .transact(coding("d"), operation(OperationKind::CodingStart, vec![begin]))
        .unwrap();
    there.transact(coding("d"), note(LATER)).unwrap();
    there.transact(coding("c"), submit()).unwrap();
    there.backup(NOW, BackupReason::Demand).unwrap();
    there.close().unwrap();
    let there_before = lab.beside("there-before.sunder");
    fs::copy(&there_path, &there_before).unwrap();
    let here_before = lab.beside("here-before.sunder");
    fs::copy(&lab.path, &here_before).unwrap();
    assert!(holds(&there_path, LATER) && holds(&there_path, WORDS));

    // The copy that erased meets the one that went on.
    let mut here = lab.open();
    let report = here.merge_from(&there_before, None, NOW + 10_000).unwrap();
    assert!(report.erased > 0 && report.branches.is_empty(), "{report:?}");
    assert_eq!(
        here.merge_from(&there_before, None, NOW).unwrap(),
        MergeReport::default()
    );
    assert_forgotten(here);
    // And the one that went on meets the one that erased.
    let mut there = open(&there_path, "there");
    let report = there.merge_from(&here_before, None, NOW + 10_000).unwrap();
    assert!(report.erased > 0 && report.branches.is_empty(), "{report:?}");
    assert_forgotten(there);
    // Then both meet, each with what it concluded on its own.
    let mut here = lab.open();
    here.merge_from(&there_path, None, NOW).unwrap();
    assert_forgotten(here);
    let mut there = open(&there_path, "there");
    there.merge_from(&lab.path, None, NOW).unwrap();
    assert_eq!(
        there.merge_from(&lab.path, None, NOW).unwrap(),
        MergeReport::default()
    );
    assert_forgotten(there);
}

#[test]
fn an_erased_coding_takes_what_another_copy_added_to_it_and_nothing_else() {
    let lab = Lab::new();
    let mut here = lab.create();
    start(&mut here, "d");
    here.close().unwrap();
    let there_path = lab.beside("there.sunder");
    fs::copy(&lab.path, &there_path).unwrap();
    let mut here = lab.open();
    let subject = ErasureSubject::Coding(coding_id("c"));
    here.erase(&subject, operation_id(), "lead", NOW).unwrap();
    let mut there = Study::open(&there_path, environment(lab.folder.path(), "there"), None).unwrap();
    there.transact(coding("c"), note(LATER)).unwrap();
    there.transact(coding("d"), tag("m1")).unwrap();
    there.close().unwrap();
    here.merge_from(&there_path, None, NOW).unwrap();
    assert!(here.coding(&coding_id("c")).is_err());
    assert_eq!(here.coding(&coding_id("d")).unwrap().markers.len(), 1);
    assert_eq!(here.sessions().unwrap().len(), 1);
    assert_clean(&here);
    here.close().unwrap();
    assert!(!holds(&lab.path, LATER));
}

#[test]
fn what_an_erasure_says_again_of_others_can_be_erased_too() {
    let lab = Lab::new();
    let mut study = lab.create();
    let both = vec![case("one", WORDS), case("two", LATER)];
    study
        .transact(Target::SetUp, operation(OperationKind::CaseAdd, both))
        .unwrap();
    for name in ["one", "two"] {
        let subject = ErasureSubject::Case(CaseId::new(name).unwrap());
        study.erase(&subject, operation_id(), "lead", NOW).unwrap();
        assert_eq!(study.cases().unwrap().len(), if name == "one" { 2 } else { 1 });
        assert_clean(&study);
    }
    study.close().unwrap();
    assert!(!holds(&lab.path, LATER));
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
