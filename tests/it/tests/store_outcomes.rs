//! Outcomes in the study file, and that they were looked at without a lock.

mod store_common;

use store_common::*;
use sunder_domain::{CaseId, OperationId, Perspective, SessionId};
use sunder_store::{
    Change, ErasureSubject, ExplorationRecord, OperationKind, OutcomeKey, OutcomeRecord, Study, Target,
};

/// No sum of few powers of two: its digits are read back as they were, or `verify` says so.
const ODD: f64 = 0.1 + 0.2 + 1e-9;

fn key(session: Option<&str>, name: &str) -> OutcomeKey {
    OutcomeKey {
        case_id: CaseId::new("case").unwrap(),
        session_id: session.map(|id| SessionId::new(id).unwrap()),
        name: name.into(),
        perspective: Perspective::Patient,
    }
}

fn put(of: OutcomeKey, after: Option<f64>) -> Change {
    Change::Outcome { of, after }
}

fn import(study: &mut Study, changes: Vec<Change>) {
    let operation = operation(OperationKind::OutcomesImport, changes);
    study.transact(Target::SetUp, operation).unwrap();
}

#[test]
fn scores_are_kept_replaced_undone_and_rebuilt_to_the_last_digit() {
    let lab = Lab::new();
    let mut study = lab.create();
    let (whole, tension) = (key(None, "inventory"), key(Some("session"), "tension"));
    import(
        &mut study,
        vec![put(whole.clone(), Some(ODD)), put(tension.clone(), Some(-4.25))],
    );
    import(&mut study, vec![put(tension.clone(), Some(2.0))]);
    let scores = |study: &Study| -> Vec<(OutcomeKey, f64)> {
        let outcomes = study.outcomes().unwrap().into_iter();
        outcomes
            .map(|OutcomeRecord { key, score }| (key, score))
            .collect()
    };
    assert_eq!(scores(&study), [(whole.clone(), ODD), (tension.clone(), 2.0)]);
    assert_clean(&study);
    study.undo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    assert_eq!(scores(&study), [(whole, ODD), (tension, -4.25)]);
    assert_clean(&study);
    study.undo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    assert_eq!(scores(&study), []);
    assert_clean(&study);
}

#[test]
fn scores_of_nobody_and_scores_that_are_no_numbers_are_refused_whole() {
    let lab = Lab::new();
    let mut study = lab.create();
    let stranger = OutcomeKey {
        case_id: CaseId::new("stranger").unwrap(),
        ..key(None, "inventory")
    };
    for (of, score) in [
        (stranger, 1.0),
        (key(Some("elsewhere"), "inventory"), 1.0),
        (key(None, "inventory"), f64::NAN),
        (key(None, " "), 1.0),
    ] {
        let changes = vec![put(key(None, "sound"), Some(1.0)), put(of, Some(score))];
        let refused = operation(OperationKind::OutcomesImport, changes);
        study.transact(Target::SetUp, refused).unwrap_err();
        assert_eq!(study.outcomes().unwrap(), [], "nothing half imported");
    }
    assert_clean(&study);
}

#[test]
fn scores_of_a_session_go_with_it_and_those_of_its_case_stay() {
    let lab = Lab::new();
    let mut study = lab.create();
    let (whole, tension) = (key(None, "inventory"), key(Some("session"), "tension"));
    import(
        &mut study,
        vec![
            put(whole.clone(), Some(48151.62342)),
            put(tension, Some(10851.24343)),
        ],
    );
    let subject = ErasureSubject::Session(SessionId::new("session").unwrap());
    study.erase(&subject, operation_id(), "lead", NOW).unwrap();
    let left: Vec<OutcomeKey> = study
        .outcomes()
        .unwrap()
        .into_iter()
        .map(|outcome| outcome.key)
        .collect();
    assert_eq!(left, [whole]);
    assert_clean(&study);
    let subject = ErasureSubject::Case(CaseId::new("case").unwrap());
    study.erase(&subject, operation_id(), "lead", NOW).unwrap();
    assert_eq!(study.outcomes().unwrap(), []);
    assert_clean(&study);
    study.close().unwrap();
    let bytes = std::fs::read(&lab.path).unwrap();
    // What the instrument is called is the lab's word and may stay; what it said of the participant may not.
    for score in ["48151.62342", "10851.24343"] {
        let found = bytes.windows(score.len()).any(|part| part == score.as_bytes());
        assert!(!found, "the file still holds a score");
    }
}

#[test]
fn a_look_without_a_lock_is_never_undone() {
    let lab = Lab::new();
    let mut study = lab.create();
    let id = OperationId::new("look").unwrap();
    let exploration = ExplorationRecord {
        id: id.clone(),
        at_ms: NOW,
        rule: rule(),
    };
    let change = Change::Exploration {
        id,
        after: Some(Box::new(exploration.clone())),
    };
    import(&mut study, vec![put(key(None, "inventory"), Some(1.0))]);
    let look = operation(OperationKind::OutcomesExplore, vec![change]);
    study.transact(Target::SetUp, look).unwrap();
    study.undo(Target::SetUp, operation_id(), "lead", NOW).unwrap();
    assert_eq!(study.outcomes().unwrap(), [], "undo passes over the look");
    assert_eq!(study.explorations().unwrap(), [exploration]);
    assert_clean(&study);
}
