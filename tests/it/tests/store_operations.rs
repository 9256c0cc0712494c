//! Acts, undo and redo, and what the log promises about them.

mod store_common;

use proptest::prelude::*;
use store_common::*;
use sunder_domain::{ConflictId, MarkerId, Score, WindowRating};
use sunder_store::{Change, NewOperation, OperationKind, StoredCoding, Target};

#[test]
fn a_tag_and_its_score_are_there_after_closing() {
    let lab = Lab::new();
    let mut study = lab.create();
    let tagged = study.transact(coding("c"), tag("m1")).unwrap();
    assert_eq!(tagged.undo.unwrap().label(), "add marker");
    let scored = study.transact(coding("c"), score("m1", 4)).unwrap();
    assert_eq!(scored.undo.unwrap().label(), "score");
    assert_eq!(scored.seq, tagged.seq + 1);
    let before = study.coding(&coding_id("c")).unwrap();
    study.close().unwrap();
    let study = lab.open();
    let after = study.coding(&coding_id("c")).unwrap();
    assert_eq!(before, after);
    assert_eq!(after.conflicts[0].significance, Score::of(4));
    assert_eq!(after.markers[0].id.as_str(), "m1");
    assert_clean(&study);
}

#[test]
fn everything_a_coding_holds_reads_back_as_it_was_written() {
    let lab = Lab::new();
    let mut study = lab.create();
    let mut whole = conflict("k");
    whole.significance = Some(Score::CannotJudge);
    whole.factors.endangerment = Score::of(5);
    whole.factors.centrality = Some(Score::CannotJudge);
    whole.relationship = Some(sunder_domain::Relationship::Both);
    whole.elements = vec![
        sunder_domain::Element::WorkingBond,
        sunder_domain::Element::Genuineness,
    ];
    whole.origin = Some(sunder_domain::Origin::Mismatch);
    whole.failed_care = Some(sunder_domain::FailedCare::Unclear);
    whole.painful_affect = Some(sunder_domain::PainfulAffect::NotSeen);
    whole.addressed = Some(sunder_domain::Addressed::No);
    whole.settled = Some(sunder_domain::Settled::CannotTell);
    whole.built_from = vec![ConflictId::new("earlier").unwrap()];
    whole.note = "ü \"quoted\"\n👍🏽".into();
    let mut in_time = marker("m-time", "k", 0);
    in_time.segment = sunder_domain::Segment::Time {
        start_ms: 1,
        end_ms: u32::MAX,
    };
    let mut repair = marker("m-whole", "k", 0);
    repair.segment = sunder_domain::Segment::Whole;
    repair.conflict = None;
    repair.code = sunder_domain::CodeKey::new("repair-therapist/apologises").unwrap();
    repair.answers = vec![ConflictId::new("k").unwrap()];
    repair.depth = Some(sunder_domain::Depth::Underlying);
    repair.strategy = Some(sunder_domain::Strategy::Expressive);
    repair.discuss = true;
    let window = WindowRating {
        start_ms: 0,
        end_ms: 300_000,
        nothing_here: true,
        ratings: [("x".to_owned(), Score::CannotJudge)].into(),
    };
    let members = vec![ConflictId::new("z").unwrap(), ConflictId::new("a").unwrap()];
    let changes = vec![
        put_conflict(whole.clone()),
        put_marker(in_time.clone()),
        put_marker(repair.clone()),
        Change::SessionRating {
            key: "significance-of-withdrawal".into(),
            after: Score::of(3),
        },
        Change::Window {
            start_ms: 0,
            after: Some(window.clone()),
        },
        Change::Coverage {
            after: vec![(0, 10), (20, 2_986_000)],
        },
        Change::Dismissed { members, after: true },
    ];
    study
        .transact(coding("c"), operation(OperationKind::CodingImport, changes))
        .unwrap();
    study.transact(coding("c"), note(WORDS)).unwrap();
    study.close().unwrap();
    let study = lab.open();
    let stored = study.coding(&coding_id("c")).unwrap();
    assert_eq!(stored.conflicts, [whole]);
    assert_eq!(stored.markers, [in_time, repair]);
    assert_eq!(stored.ratings.windows, [window]);
    assert_eq!(
        stored.ratings.session.get("significance-of-withdrawal"),
        Score::of(3).as_ref()
    );
    assert_eq!(stored.coverage, [(0, 10), (20, 2_986_000)]);
    assert_eq!(
        stored.dismissed,
        [[ConflictId::new("a").unwrap(), ConflictId::new("z").unwrap()]]
    );
    assert_eq!(stored.notes[0].text, WORDS);
    assert_eq!(study.settings().unwrap(), settings());
    assert_eq!(study.rules().unwrap()[0].rule, rule());
    assert_clean(&study);
}

#[test]
fn the_same_operation_twice_is_done_once() {
    let lab = Lab::new();
    let mut study = lab.create();
    let act = tag("m1");
    let first = study.transact(coding("c"), act.clone()).unwrap();
    let second = study.transact(coding("c"), act.clone()).unwrap();
    assert!(!first.already_done && second.already_done);
    assert_eq!((first.seq, first.changes), (second.seq, second.changes));
    let reused = NewOperation {
        changes: tag("m2").changes,
        ..act
    };
    assert_eq!(
        study.transact(coding("c"), reused).unwrap_err().code(),
        "operation-reused"
    );
    let undo_id = operation_id();
    study.undo(coding("c"), undo_id.clone(), "R1", NOW).unwrap();
    assert!(study.undo(coding("c"), undo_id, "R1", NOW).unwrap().already_done);
    assert_eq!(study.coding(&coding_id("c")).unwrap().markers.len(), 0);
    assert_clean(&study);
}

#[test]
fn undo_and_redo_reach_across_restarts() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.transact(coding("c"), score("m1", 2)).unwrap();
    study.transact(coding("c"), score("m1", 5)).unwrap();
    undo(&mut study, "c").unwrap();
    study.close().unwrap();
    let mut study = lab.open();
    let (undo_step, redo_step) = study.steps(&coding("c")).unwrap();
    assert_eq!(
        (undo_step.unwrap().label(), redo_step.unwrap().label()),
        ("score", "score")
    );
    assert_eq!(
        study.coding(&coding_id("c")).unwrap().conflicts[0].significance,
        Score::of(2)
    );
    redo(&mut study, "c").unwrap();
    assert_eq!(
        study.coding(&coding_id("c")).unwrap().conflicts[0].significance,
        Score::of(5)
    );
    for _ in 0..3 {
        undo(&mut study, "c").unwrap();
    }
    assert_eq!(undo(&mut study, "c").unwrap_err().code(), "nothing-to-undo");
    let empty = study.coding(&coding_id("c")).unwrap();
    assert!(empty.conflicts.is_empty() && empty.markers.is_empty());
    for _ in 0..3 {
        redo(&mut study, "c").unwrap();
    }
    assert_eq!(redo(&mut study, "c").unwrap_err().code(), "nothing-to-redo");
    assert_clean(&study);
}

#[test]
fn undo_leaves_what_was_seen_alone() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    undo(&mut study, "c").unwrap();
    let seen = operation(
        OperationKind::Coverage,
        vec![Change::Coverage {
            after: vec![(0, 5_000)],
        }],
    );
    let committed = study.transact(coding("c"), seen).unwrap();
    assert!(committed.redo.is_some(), "playing on does not empty redo");
    redo(&mut study, "c").unwrap();
    undo(&mut study, "c").unwrap();
    assert_eq!(study.coding(&coding_id("c")).unwrap().coverage, [(0, 5_000)]);
    assert!(
        study.transact(coding("c"), tag("m2")).unwrap().redo.is_none(),
        "a new act does"
    );
}

#[test]
fn a_submitted_coding_takes_nothing_until_it_is_reopened() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.transact(coding("c"), submit()).unwrap();
    assert_eq!(
        study.transact(coding("c"), tag("m2")).unwrap_err().code(),
        "submitted"
    );
    assert_eq!(undo(&mut study, "c").unwrap_err().code(), "submitted");
    assert_eq!(study.coding(&coding_id("c")).unwrap().submitted_ms, Some(NOW));
    let head = &study.recorded_heads().unwrap()[0];
    assert_eq!(head.reason, "submit");
    assert!(
        study
            .heads()
            .unwrap()
            .iter()
            .any(|now| now.hash == head.hash && now.seq == head.seq)
    );
    study.transact(coding("c"), reopen()).unwrap();
    assert_eq!(study.coding(&coding_id("c")).unwrap().submitted_ms, None);
    undo(&mut study, "c").unwrap();
    assert_clean(&study);
}

#[test]
fn what_is_fixed_stays() {
    let lab = Lab::new();
    let mut study = lab.create();
    let mut other = header();
    other.codebook = "own@1".into();
    let changes = vec![Change::Coding { after: Some(other) }];
    let restart = operation(OperationKind::CodingStart, changes);
    assert_eq!(study.transact(coding("c"), restart).unwrap_err().code(), "fixed");

    let unknown = study.transact(coding("nowhere"), tag("m1")).unwrap_err();
    assert_eq!(unknown.code(), "unknown");
    let misplaced = study.transact(Target::SetUp, tag("m1")).unwrap_err();
    assert_eq!(misplaced.code(), "misplaced");
    let loose = operation(
        OperationKind::MarkerAdd,
        vec![put_marker(marker("m1", "no-conflict", 1))],
    );
    assert_eq!(
        study.transact(coding("c"), loose).unwrap_err().code(),
        "inconsistent"
    );
    assert_eq!(
        study.coding(&coding_id("c")).unwrap().markers.len(),
        0,
        "a refused act leaves nothing"
    );

    let mut locked = study.rules().unwrap().remove(0);
    locked.locked = Some(sunder_store::Lock {
        at_ms: NOW,
        by: "lead".into(),
        reason: "before outcome".into(),
    });
    let lock = |rule: sunder_store::RuleRecord, kind| {
        operation(
            kind,
            vec![Change::Rule {
                id: rule.id.clone(),
                after: Some(rule),
            }],
        )
    };
    study
        .transact(Target::SetUp, lock(locked.clone(), OperationKind::RuleLock))
        .unwrap();
    locked.rule.cut = 4.0;
    let refused = study
        .transact(Target::SetUp, lock(locked, OperationKind::RuleEdit))
        .unwrap_err();
    assert_eq!(refused.code(), "rule-locked");

    let mut corrected = set_up();
    corrected.kind = OperationKind::TranscriptAdd;
    for change in &mut corrected.changes {
        if let Change::Transcript {
            after: Some(transcript),
            ..
        } = change
        {
            transcript.sha256 = sunder_store::content_sha256(b"other words");
        }
    }
    let corrected = corrected.with_content("transcript", b"other words".to_vec());
    assert_eq!(
        study.transact(Target::SetUp, corrected).unwrap_err().code(),
        "fixed"
    );
    assert_clean(&study);
}

#[test]
fn several_acts_are_kept_together_or_not_at_all() {
    let lab = Lab::new();
    let mut study = lab.create();
    let broken = operation(
        OperationKind::MarkerAdd,
        vec![put_marker(marker("m2", "nothing", 1))],
    );
    study
        .transact_all(vec![(coding("c"), tag("m1")), (coding("c"), broken)])
        .unwrap_err();
    assert_eq!(study.coding(&coding_id("c")).unwrap().markers.len(), 0);
    let both = study
        .transact_all(vec![(coding("c"), tag("m1")), (coding("c"), tag("m2"))])
        .unwrap();
    assert_eq!(both.len(), 2);
    assert_eq!(study.coding(&coding_id("c")).unwrap().markers.len(), 2);
    assert_clean(&study);
}

/// One act of a random rater on up to four markers.
#[derive(Debug, Clone)]
enum Act {
    Tag(u8),
    Score(u8, u8),
    Delete(u8),
    Join(u8, u8),
    Rate(u8),
    Window(u8),
    Seen(u32),
    Undo,
    Redo,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (0_u8..4).prop_map(Act::Tag),
        3 => (0_u8..4, 1_u8..6).prop_map(|(n, value)| Act::Score(n, value)),
        1 => (0_u8..4).prop_map(Act::Delete),
        2 => (0_u8..4, 0_u8..4).prop_map(|(a, b)| Act::Join(a, b)),
        1 => (1_u8..6).prop_map(Act::Rate),
        1 => (0_u8..3).prop_map(Act::Window),
        1 => (1_u32..9).prop_map(Act::Seen),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ];
    prop::collection::vec(act, 1..25)
}

/// Does what makes sense now; what does not is passed over.
fn act(study: &mut sunder_store::Study, act: &Act) {
    let now = study.coding(&coding_id("c")).unwrap();
    let name = |n: u8| format!("m{n}");
    let of = |n: u8| {
        now.markers
            .iter()
            .find(|marker| marker.id.as_str() == name(n))
            .cloned()
    };
    let new = match *act {
        Act::Tag(n) if of(n).is_none() => tag(&name(n)),
        Act::Score(n, value) => {
            let Some(marker) = of(n) else { return };
            let mut conflict = now
                .conflicts
                .iter()
                .find(|c| Some(&c.id) == marker.conflict.as_ref())
                .unwrap()
                .clone();
            conflict.significance = Score::of(value);
            operation(OperationKind::ConflictScore, vec![put_conflict(conflict)])
        }
        Act::Delete(n) => {
            let Some(marker) = of(n) else { return };
            let mut changes = vec![Change::Marker {
                id: marker.id.clone(),
                after: None,
            }];
            let others = now
                .markers
                .iter()
                .filter(|m| m.conflict == marker.conflict && m.id != marker.id)
                .count();
            if others == 0 {
                changes.push(Change::Conflict {
                    id: marker.conflict.unwrap(),
                    after: None,
                });
            }
            operation(OperationKind::MarkerDelete, changes)
        }
        Act::Join(a, b) => {
            let (Some(stays), Some(mut joins)) = (of(a), of(b)) else {
                return;
            };
            let left = joins.conflict.clone().unwrap();
            if stays.conflict == joins.conflict {
                return;
            }
            joins.conflict = stays.conflict;
            let mut changes = vec![put_marker(joins.clone())];
            if !now
                .markers
                .iter()
                .any(|m| m.conflict.as_ref() == Some(&left) && m.id != joins.id)
            {
                changes.push(Change::Conflict {
                    id: left,
                    after: None,
                });
            }
            operation(OperationKind::ConflictJoin, changes)
        }
        Act::Rate(value) => operation(
            OperationKind::SessionRate,
            vec![Change::SessionRating {
                key: "x".into(),
                after: Score::of(value),
            }],
        ),
        Act::Window(n) => {
            let start_ms = u32::from(n) * 300_000;
            let window = WindowRating {
                start_ms,
                end_ms: start_ms + 300_000,
                nothing_here: true,
                ratings: Default::default(),
            };
            operation(
                OperationKind::WindowRate,
                vec![Change::Window {
                    start_ms,
                    after: Some(window),
                }],
            )
        }
        Act::Seen(n) => operation(
            OperationKind::Coverage,
            vec![Change::Coverage {
                after: vec![(0, n * 1_000)],
            }],
        ),
        Act::Undo => return drop(undo(study, "c")),
        Act::Redo => return drop(redo(study, "c")),
        Act::Tag(_) => return,
    };
    study.transact(coding("c"), new).unwrap();
}

fn without_coverage(mut coding: StoredCoding) -> StoredCoding {
    coding.coverage.clear();
    coding
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_the_empty_coding_and_redoing_it_what_was(acts in acts()) {
        let lab = Lab::new();
        let mut study = lab.create();
        let empty = study.coding(&coding_id("c")).unwrap();
        for one in &acts {
            act(&mut study, one);
        }
        assert_clean(&study);
        let full = study.coding(&coding_id("c")).unwrap();
        let mut states = vec![full];
        while undo(&mut study, "c").is_ok() {
            states.push(study.coding(&coding_id("c")).unwrap());
        }
        prop_assert_eq!(without_coverage(study.coding(&coding_id("c")).unwrap()), without_coverage(empty));
        study.close().unwrap();
        let mut study = lab.open();
        states.pop();
        while let Some(state) = states.pop() {
            redo(&mut study, "c").unwrap();
            prop_assert_eq!(study.coding(&coding_id("c")).unwrap(), state);
        }
        assert_clean(&study);
    }
}

#[test]
fn a_marker_id_is_no_conflict_id() {
    // The same text may name both; they are kept apart.
    let lab = Lab::new();
    let mut study = lab.create();
    let changes = vec![
        put_conflict(conflict("same")),
        put_marker(marker("same", "same", 1)),
    ];
    study
        .transact(coding("c"), operation(OperationKind::MarkerAdd, changes))
        .unwrap();
    let id = MarkerId::new("same").unwrap();
    let removal = vec![Change::Marker { id, after: None }];
    study
        .transact(coding("c"), operation(OperationKind::MarkerDelete, removal))
        .unwrap();
    assert_eq!(study.coding(&coding_id("c")).unwrap().conflicts.len(), 1);
}
