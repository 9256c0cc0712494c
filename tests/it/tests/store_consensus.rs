//! Frozen originals, settlements, rulings and codings of record in the study file.

mod store_common;

use std::fs;

use proptest::prelude::*;
use store_common::*;
use sunder_domain::{CaseId, RaterId, SessionId};
use sunder_store::{
    BackupReason, Change, CodingOfRecord, ErasureSubject, OperationKind, OriginalRecord, RecordKind,
    SessionRecord, StoredCoding, Study, Target,
};

/// What a participant said who withdrew.
const WITHDRAWN: &str = "what is told of the session by owls alone";

fn session(name: &str) -> SessionId {
    SessionId::new(name).unwrap()
}

fn set_up(study: &mut Study, kind: OperationKind, changes: Vec<Change>) {
    study.transact(Target::SetUp, operation(kind, changes)).unwrap();
}

fn frozen(study: &Study) -> OriginalRecord {
    study.originals().unwrap()[&session("session")].codings[0].clone()
}

fn record(kind: RecordKind) -> Change {
    Change::CodingOfRecord {
        session_id: session("session"),
        after: Some(CodingOfRecord { kind, fixed_ms: NOW }),
    }
}

fn second_session() -> Change {
    let id = session("second");
    Change::Session {
        id: id.clone(),
        after: Some(SessionRecord {
            id,
            case_id: CaseId::new("case").unwrap(),
            number: 2,
            days_since_first: None,
            neutral_code: "S-118".into(),
            added_ms: NOW,
        }),
    }
}

#[test]
fn a_coding_reads_as_it_was_frozen_whatever_its_rater_does_since() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.transact(coding("c"), score("m1", 2)).unwrap();
    study.transact(coding("c"), submit()).unwrap();
    let as_frozen = study.coding(&coding_id("c")).unwrap();
    let change = freeze(&study, "session", &["c"]);
    set_up(&mut study, OperationKind::OriginalsFreeze, vec![change]);
    let original = frozen(&study);
    assert!(study.is_current(&original).unwrap());
    assert_eq!(study.coding_at(&original).unwrap().unwrap(), as_frozen);

    study.transact(coding("c"), reopen()).unwrap();
    study.transact(coding("c"), score("m1", 5)).unwrap();
    study.transact(coding("c"), tag("m2")).unwrap();
    study.close().unwrap();
    let mut study = lab.open();
    assert_eq!(frozen(&study), original);
    assert!(!study.is_current(&original).unwrap());
    assert_eq!(study.coding_at(&original).unwrap().unwrap(), as_frozen);
    let now = study.coding(&coding_id("c")).unwrap();
    assert_eq!(now.markers.len(), 2);

    let change = freeze(&study, "session", &["c"]);
    set_up(&mut study, OperationKind::OriginalsFreeze, vec![change]);
    assert_eq!(study.coding_at(&frozen(&study)).unwrap().unwrap(), now);
    study.undo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    assert_eq!(frozen(&study), original, "freezing anew can be undone");
    assert_clean(&study);
}

#[test]
fn a_frozen_coding_is_found_in_the_copy_that_went_on_and_after_the_two_met() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    let as_frozen = study.coding(&coding_id("c")).unwrap();
    let change = freeze(&study, "session", &["c"]);
    set_up(&mut study, OperationKind::OriginalsFreeze, vec![change]);
    study.transact(coding("c"), tag("here")).unwrap();
    study.close().unwrap();
    let other = lab.beside("other.sunder");
    fs::copy(&lab.path, &other).unwrap();
    let mut there = Study::open(&other, environment(lab.folder.path(), "there"), None).unwrap();
    for n in 0..3 {
        there.transact(coding("c"), tag(&format!("there{n}"))).unwrap();
    }
    assert_eq!(there.coding_at(&frozen(&there)).unwrap().unwrap(), as_frozen);
    there.close().unwrap();
    let mut here = lab.open();
    here.transact(coding("c"), tag("later")).unwrap();
    assert_eq!(here.merge_from(&other, None, NOW).unwrap().branches.len(), 1);
    let met = here.coding_at(&frozen(&here)).unwrap().unwrap();
    assert_eq!(met, as_frozen);
    assert_clean(&here);
}

#[test]
fn only_what_was_written_can_be_frozen_and_only_a_consensus_settles() {
    let lab = Lab::new();
    let mut study = lab.create();
    let mut originals = vec![study.original_now(&coding_id("c")).unwrap()];
    originals[0].seq += 1;
    for codings in [originals, Vec::new()] {
        let change = Change::Originals {
            session_id: session("session"),
            after: Some(sunder_store::OriginalsRecord {
                codings,
                frozen_ms: NOW,
            }),
        };
        let act = operation(OperationKind::OriginalsFreeze, vec![change]);
        assert_eq!(study.transact(Target::SetUp, act).unwrap_err().code(), "unknown");
    }
    let error = study.transact(coding("c"), settle("i", 3)).unwrap_err();
    assert_eq!(error.code(), "misplaced");
    let misplaced = operation(
        OperationKind::RulingAdd,
        vec![put_ruling(ruling("r", "session", ""))],
    );
    assert_eq!(
        study.transact(coding("c"), misplaced).unwrap_err().code(),
        "misplaced"
    );
    let head = OriginalRecord {
        stream: "nowhere".into(),
        ..study.original_now(&coding_id("c")).unwrap()
    };
    assert_eq!(study.coding_at(&head).unwrap_err().code(), "unknown");
    assert_clean(&study);
}

#[test]
fn rulings_and_codings_of_record_read_back_change_and_can_be_undone() {
    let lab = Lab::new();
    let mut study = lab.create();
    let first = ruling("r", "session", "not without a pause");
    set_up(
        &mut study,
        OperationKind::RulingAdd,
        vec![put_ruling(first.clone())],
    );
    let mut plain = ruling("p", "session", "no passage");
    plain.passage = None;
    plain.at_ms = NOW + 1;
    set_up(
        &mut study,
        OperationKind::RulingAdd,
        vec![put_ruling(plain.clone())],
    );
    assert_eq!(study.rulings().unwrap(), [first.clone(), plain.clone()]);
    let edited = ruling("r", "session", "not within a pause");
    set_up(&mut study, OperationKind::RulingEdit, vec![put_ruling(edited)]);
    let gone = Change::Ruling {
        id: plain.id.clone(),
        after: None,
    };
    set_up(&mut study, OperationKind::RulingRemove, vec![gone]);
    let rater_id = RaterId::new("rater").unwrap();
    let kinds = [
        RecordKind::Consensus,
        RecordKind::Mean,
        RecordKind::Rater {
            rater_id: rater_id.clone(),
        },
        RecordKind::Random { seed: 7, rater_id },
    ];
    for kind in kinds {
        set_up(&mut study, OperationKind::RecordSet, vec![record(kind.clone())]);
        assert_eq!(study.codings_of_record().unwrap()[&session("session")].kind, kind);
        assert_clean(&study);
    }
    study.close().unwrap();
    let mut study = lab.open();
    for _ in 0..4 {
        study.undo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    }
    assert!(study.codings_of_record().unwrap().is_empty());
    for _ in 0..2 {
        study.undo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    }
    assert_eq!(study.rulings().unwrap(), [first, plain]);
    study.redo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    assert_eq!(study.rulings().unwrap()[0].text, "not within a pause");
    assert_clean(&study);
}

#[test]
fn erasing_a_session_takes_its_consensus_its_rulings_and_its_record_and_leaves_the_others() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note(WORDS)).unwrap();
    start_consensus(&mut study, "s");
    let mut settled = settle("i", 4);
    for change in &mut settled.changes {
        if let Change::Settlement {
            after: Some(after), ..
        } = change
        {
            after.reason = WITHDRAWN.into();
        }
    }
    study.transact(coding("s"), settled).unwrap();
    let mut changes = vec![
        second_session(),
        freeze(&study, "session", &["c"]),
        put_ruling(ruling("of-it", "session", WITHDRAWN)),
        record(RecordKind::Consensus),
    ];
    let mut elsewhere = ruling("elsewhere", "second", "holds on");
    elsewhere.passage.as_mut().unwrap().words.clear();
    changes.push(put_ruling(elsewhere));
    let mut bare = ruling("bare", "session", "no passage at all");
    bare.passage = None;
    changes.push(put_ruling(bare));
    set_up(&mut study, OperationKind::OriginalsFreeze, changes);
    study.backup(NOW, BackupReason::Demand).unwrap();
    let subject = ErasureSubject::Session(session("session"));
    let report = study.erase(&subject, operation_id(), "lead", NOW).unwrap();
    assert_eq!(report.codings, 2, "the consensus is one of its codings");
    assert!(study.originals().unwrap().is_empty());
    assert!(study.codings_of_record().unwrap().is_empty());
    let left: Vec<String> = study
        .rulings()
        .unwrap()
        .iter()
        .map(|r| r.id.to_string())
        .collect();
    assert_eq!(left, ["bare", "elsewhere"]);
    assert_clean(&study);
    let backup = study.backups().remove(0).path;
    study.close().unwrap();
    for file in [&lab.path, &backup] {
        assert!(!holds(file, WITHDRAWN), "{}", file.display());
    }
}

#[test]
fn an_erased_original_is_said_to_be_erased() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note(WORDS)).unwrap();
    let change = freeze(&study, "session", &["c"]);
    set_up(&mut study, OperationKind::OriginalsFreeze, vec![change]);
    let unerased = lab.beside("unerased.sunder");
    study.checkpoint_if_idle(NOW + 9_999).unwrap();
    let backup = study.backup(NOW, BackupReason::Demand).unwrap();
    fs::copy(backup.path, &unerased).unwrap();
    let subject = ErasureSubject::Coding(coding_id("c"));
    study.erase(&subject, operation_id(), "lead", NOW).unwrap();
    let original = frozen(&study);
    assert!(!study.is_current(&original).unwrap());
    assert_eq!(study.coding_at(&original).unwrap(), None);
    study.merge_from(&unerased, None, NOW).unwrap();
    assert_eq!(
        study.coding_at(&original).unwrap(),
        None,
        "a merge brings nothing back"
    );
    assert_clean(&study);
}

#[test]
fn a_ruling_that_another_copy_made_of_an_erased_session_is_erased_when_they_meet() {
    const LATER: &str = "what only the other copy ever ruled on herons";
    let lab = Lab::new();
    lab.create().close().unwrap();
    let other = lab.beside("other.sunder");
    fs::copy(&lab.path, &other).unwrap();
    let mut there = Study::open(&other, environment(lab.folder.path(), "there"), None).unwrap();
    let made = vec![put_ruling(ruling("r", "session", LATER))];
    set_up(&mut there, OperationKind::RulingAdd, made);
    there.close().unwrap();
    let mut here = lab.open();
    let subject = ErasureSubject::Session(session("session"));
    here.erase(&subject, operation_id(), "lead", NOW).unwrap();
    here.merge_from(&other, None, NOW).unwrap();
    assert!(here.rulings().unwrap().is_empty());
    assert_clean(&here);
    here.close().unwrap();
    assert!(!holds(&lab.path, LATER));
}

/// One act on a consensus.
#[derive(Debug, Clone)]
enum Act {
    Settle(u8, u8),
    Unsettle(u8),
    Undo,
    Redo,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (0_u8..4, 1_u8..6).prop_map(|(item, value)| Act::Settle(item, value)),
        1 => (0_u8..4).prop_map(Act::Unsettle),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
    ];
    prop::collection::vec(act, 1..14)
}

fn act(study: &mut Study, act: &Act) {
    let done = match act {
        Act::Settle(item, value) => study.transact(coding("s"), settle(&format!("i{item}"), *value)),
        Act::Unsettle(item) => {
            let changes = settle(&format!("i{item}"), 1)
                .changes
                .into_iter()
                .map(|change| match change {
                    Change::Conflict { id, .. } => Change::Conflict { id, after: None },
                    Change::Marker { id, .. } => Change::Marker { id, after: None },
                    Change::Settlement { item, .. } => Change::Settlement { item, after: None },
                    other => other,
                })
                .collect();
            study.transact(coding("s"), operation(OperationKind::ConsensusUnsettle, changes))
        }
        Act::Undo => undo(study, "s"),
        Act::Redo => redo(study, "s"),
    };
    if let Err(error) = done {
        assert!(
            ["nothing-to-undo", "nothing-to-redo"].contains(&error.code()),
            "{error}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every state that a consensus was in can be read again from its log, undone to nothing and redone.
    #[test]
    fn settling_undoes_redoes_rebuilds_and_replays(acts in acts()) {
        let lab = Lab::new();
        let mut study = lab.create();
        start_consensus(&mut study, "s");
        let empty = study.coding(&coding_id("s")).unwrap();
        let mut states: Vec<(OriginalRecord, StoredCoding)> = Vec::new();
        for one in &acts {
            act(&mut study, one);
            states.push((study.original_now(&coding_id("s")).unwrap(), study.coding(&coding_id("s")).unwrap()));
        }
        assert_clean(&study);
        for (head, state) in &states {
            prop_assert_eq!(&study.coding_at(head).unwrap().unwrap(), state);
        }
        let full = study.coding(&coding_id("s")).unwrap();
        let mut undone = 0;
        while undo(&mut study, "s").is_ok() {
            undone += 1;
        }
        prop_assert_eq!(study.coding(&coding_id("s")).unwrap(), empty);
        study.close().unwrap();
        let mut study = lab.open();
        for _ in 0..undone {
            redo(&mut study, "s").unwrap();
        }
        prop_assert_eq!(study.coding(&coding_id("s")).unwrap(), full);
        for (head, state) in &states {
            prop_assert_eq!(&study.coding_at(head).unwrap().unwrap(), state);
        }
        assert_clean(&study);
    }
}
