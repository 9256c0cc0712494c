//! Copies of a study that went different ways, and met again.

mod store_common;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::prelude::*;
use store_common::*;
use sunder_domain::CaseId;
use sunder_store::{CaseRecord, Change, CodingFilter, OperationKind, StoredCoding, Study, Target};

fn copy(from: &Path, to: &Path) {
    fs::write(to, fs::read(from).unwrap()).unwrap();
}

fn streams(study: &Study) -> usize {
    study.heads().unwrap().len()
}

/// Every coding by what it holds, whatever its id.
fn codings(study: &Study) -> Vec<StoredCoding> {
    let ids = study.codings(&CodingFilter::default()).unwrap();
    ids.iter()
        .map(|summary| study.coding(&summary.id).unwrap())
        .collect()
}

fn markers(study: &Study) -> Vec<Vec<String>> {
    let mut markers: Vec<Vec<String>> = codings(study)
        .into_iter()
        .map(|coding| {
            coding
                .markers
                .iter()
                .map(|marker| marker.id.to_string())
                .collect()
        })
        .collect();
    markers.sort();
    markers
}

#[test]
fn a_file_that_stays_goes_on_in_its_streams() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    let before = streams(&study);
    study.close().unwrap();
    let mut study = lab.open();
    study.transact(coding("c"), tag("m2")).unwrap();
    assert_eq!(streams(&study), before);
}

#[test]
fn a_copy_elsewhere_goes_on_in_a_new_stream_and_opening_alone_changes_nothing() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    let before = streams(&study);
    study.close().unwrap();
    let path = lab.beside("copy.sunder");
    copy(&lab.path, &path);
    let bytes = fs::read(&path).unwrap();
    Study::open(&path, lab.environment(), None)
        .unwrap()
        .close()
        .unwrap();
    assert!(fs::read(&path).unwrap() == bytes);
    let mut copied = Study::open(&path, lab.environment(), None).unwrap();
    copied.transact(coding("c"), tag("m2")).unwrap();
    assert_eq!(streams(&copied), before + 1);
    copied.transact(coding("c"), tag("m3")).unwrap();
    copied.close().unwrap();
    let mut copied = Study::open(&path, lab.environment(), None).unwrap();
    copied.transact(coding("c"), tag("m4")).unwrap();
    assert_eq!(streams(&copied), before + 1, "from then on it is at home there");
    for _ in 0..4 {
        undo(&mut copied, "c").unwrap();
    }
    assert_eq!(
        markers(&copied),
        [Vec::<String>::new()],
        "undo reaches back past the copy"
    );
    assert_clean(&copied);
}

#[test]
fn a_restored_copy_in_the_same_place_is_recognised() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.close().unwrap();
    let older = fs::read(&lab.path).unwrap();
    let mut study = lab.open();
    study.transact(coding("c"), tag("m2")).unwrap();
    let before = streams(&study);
    study.close().unwrap();
    let original = lab.beside("original.sunder");
    copy(&lab.path, &original);
    // Written into the same file: place and number of the file stay.
    fs::write(&lab.path, older).unwrap();
    let mut restored = lab.open();
    restored.transact(coding("c"), tag("m3")).unwrap();
    assert_eq!(streams(&restored), before + 1);
    let report = restored.merge_from(&original, None, NOW).unwrap();
    assert_eq!(report.branches.len(), 1);
    assert_eq!(markers(&restored), [["m1", "m2"], ["m1", "m3"]]);
    assert_clean(&restored);
}

/// A process of its own writes ten tags and is killed before an idle moment.
fn tag_ten_and_be_killed(lab: &Lab) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_store_child"))
        .arg("tag")
        .args([&lab.path, lab.folder.path()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: Vec<String> = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .take(2)
        .map(Result::unwrap)
        .collect();
    assert_eq!(lines, ["open", "tagged"]);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_restored_copy_is_recognised_when_its_successor_was_killed_and_only_opened_since() {
    let lab = Lab::new();
    lab.create().close().unwrap();
    let older = fs::read(&lab.path).unwrap();
    tag_ten_and_be_killed(&lab);
    let study = lab.open();
    assert_eq!(study.coding(&coding_id("c")).unwrap().markers.len(), 10);
    study.close().unwrap();
    let on_a_stick = lab.beside("stick.sunder");
    copy(&lab.path, &on_a_stick);
    fs::write(&lab.path, older).unwrap();

    let mut restored = lab.open();
    restored.transact(coding("c"), tag("m1")).unwrap();
    let report = restored.merge_from(&on_a_stick, None, NOW).unwrap();
    assert_eq!(report.branches.len(), 1);
    let mut sizes: Vec<_> = codings(&restored).iter().map(|c| c.markers.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 10]);
    assert_clean(&restored);
}

#[test]
fn a_restored_copy_is_recognised_when_its_successor_was_killed_and_never_opened() {
    let lab = Lab::new();
    lab.create().close().unwrap();
    let older = fs::read(&lab.path).unwrap();
    tag_ten_and_be_killed(&lab);
    let on_a_stick = lab.beside("stick.sunder");
    let log = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    copy(&lab.path, &on_a_stick);
    copy(&log(&lab.path), &log(&on_a_stick));
    fs::remove_file(log(&lab.path)).unwrap();
    fs::write(&lab.path, older).unwrap();

    let mut restored = lab.open();
    restored.transact(coding("c"), tag("m1")).unwrap();
    let report = restored.merge_from(&on_a_stick, None, NOW).unwrap();
    assert_eq!(report.branches.len(), 1);
    let mut sizes: Vec<_> = codings(&restored).iter().map(|c| c.markers.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 10]);
    assert_clean(&restored);
}

#[test]
fn after_a_kill_undo_goes_on_where_it_was_and_the_streams_settle() {
    let lab = Lab::new();
    lab.create().close().unwrap();
    tag_ten_and_be_killed(&lab);
    let mut study = lab.open();
    for left in (0..10).rev() {
        undo(&mut study, "c").unwrap();
        assert_eq!(study.coding(&coding_id("c")).unwrap().markers.len(), left);
    }
    redo(&mut study, "c").unwrap();
    study.close().unwrap();
    let mut study = lab.open();
    let before = streams(&study);
    study.transact(coding("c"), tag("m1")).unwrap();
    assert_eq!(streams(&study), before, "closed well, it goes on in its streams");
    assert_clean(&study);
}

#[test]
fn a_restored_copy_of_which_nothing_is_remembered_goes_on_in_a_new_stream() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.close().unwrap();
    let older = fs::read(&lab.path).unwrap();
    let mut study = lab.open();
    study.transact(coding("c"), tag("m2")).unwrap();
    study.close().unwrap();
    let original = lab.beside("original.sunder");
    copy(&lab.path, &original);
    fs::write(&lab.path, older).unwrap();
    fs::remove_dir_all(lab.environment().registry).unwrap();
    let mut restored = lab.open();
    restored.transact(coding("c"), tag("m3")).unwrap();
    let report = restored.merge_from(&original, None, NOW).unwrap();
    assert_eq!(report.branches.len(), 1);
    assert_eq!(markers(&restored), [["m1", "m2"], ["m1", "m3"]]);
    assert_clean(&restored);
}

#[test]
fn two_branches_are_both_kept_in_either_direction() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    study.close().unwrap();
    let other = lab.beside("other.sunder");
    copy(&lab.path, &other);

    let mut here = lab.open();
    here.transact(coding("c"), tag("here1")).unwrap();
    here.transact(coding("c"), tag("here2")).unwrap();
    here.close().unwrap();
    let mut there = Study::open(&other, environment(lab.folder.path(), "there"), None).unwrap();
    there.transact(coding("c"), tag("there1")).unwrap();
    start(&mut there, "only-there");
    there.close().unwrap();

    let before = fs::read(&other).unwrap();
    let mut here = lab.open();
    let report = here.merge_from(&other, None, NOW).unwrap();
    assert!(fs::read(&other).unwrap() == before, "the other file is only read");
    assert_eq!(report.branches.len(), 1);
    assert_eq!(
        here.merge_from(&other, None, NOW).unwrap(),
        Default::default(),
        "once is enough"
    );
    assert_clean(&here);
    let stays = here.coding(&coding_id("c")).unwrap();
    assert_eq!(stays.branch_label, None);
    assert_eq!(stays.markers.len(), 3, "the longer one keeps the id");
    let branch = here.coding(&report.branches[0]).unwrap();
    assert_eq!(branch.branch_label.as_deref(), Some("R1, branch of 2026-11-23"));
    assert_eq!(branch.markers.len(), 2);
    let all = codings(&here);
    here.close().unwrap();

    let mut there = Study::open(&other, environment(lab.folder.path(), "there"), None).unwrap();
    there.merge_from(&lab.path, None, NOW).unwrap();
    assert_eq!(codings(&there), all, "both files say the same");
    assert_clean(&there);

    // Work goes on with both; neither takes the other's place, whatever grows longer.
    let target = Target::Coding(report.branches[0].clone());
    for n in 0..5 {
        there.transact(target.clone(), tag(&format!("late{n}"))).unwrap();
    }
    there.undo(target, operation_id(), "R1", NOW).unwrap();
    assert_eq!(there.coding(&coding_id("c")).unwrap(), stays);
    assert_eq!(there.coding(&report.branches[0]).unwrap().markers.len(), 6);
    assert_clean(&there);
    there.close().unwrap();
    let mut here = lab.open();
    assert_eq!(here.merge_from(&other, None, NOW).unwrap().branches, []);
    assert_eq!(here.coding(&coding_id("c")).unwrap(), stays);
    assert_eq!(here.coding(&report.branches[0]).unwrap().markers.len(), 6);
    assert_clean(&here);
}

#[test]
fn set_up_of_both_sides_is_united_and_later_work_stays_last() {
    let lab = Lab::new();
    lab.create().close().unwrap();
    let other = lab.beside("other.sunder");
    copy(&lab.path, &other);
    let case = |name: &str, at_ms: i64| {
        let id = CaseId::new("case").unwrap();
        let after = Some(CaseRecord {
            id: id.clone(),
            name: name.into(),
            therapist: None,
            brief: String::new(),
        });
        let mut act = operation(OperationKind::CaseEdit, vec![Change::Case { id, after }]);
        act.at_ms = at_ms;
        act
    };
    let mut here = lab.open();
    here.transact(Target::SetUp, case("early", NOW + 10)).unwrap();
    let mut there = Study::open(&other, environment(lab.folder.path(), "there"), None).unwrap();
    there.transact(Target::SetUp, case("late", NOW + 20)).unwrap();
    there.close().unwrap();
    here.merge_from(&other, None, NOW).unwrap();
    assert_eq!(here.cases().unwrap()[0].name, "late");
    assert_clean(&here);
    here.transact(Target::SetUp, case("with a slow clock", NOW + 5))
        .unwrap();
    assert_eq!(here.cases().unwrap()[0].name, "with a slow clock");
    assert_clean(&here);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Three copies work on, meet in any order, and end with the same codings and rulings, all of them.
    #[test]
    fn merging_loses_nothing_is_repeatable_and_order_free(
        tags in prop::collection::vec(0_usize..4, 3),
        undone in prop::collection::vec(any::<bool>(), 3),
        settled in prop::collection::vec(0_usize..3, 3),
        order in Just(vec![0_usize, 1, 2]).prop_shuffle(),
    ) {
        let lab = Lab::new();
        let mut study = lab.create();
        study.transact(coding("c"), tag("m")).unwrap();
        start_consensus(&mut study, "s");
        study.close().unwrap();
        let paths: Vec<_> = (0..3).map(|n| lab.beside(&format!("copy{n}.sunder"))).collect();
        let mut made = Vec::new();
        for (n, path) in paths.iter().enumerate() {
            copy(&lab.path, path);
            let mut copied = Study::open(path, environment(lab.folder.path(), &format!("i{n}")), None).unwrap();
            for t in 0..tags[n] {
                copied.transact(coding("c"), tag(&format!("m{n}{t}"))).unwrap();
            }
            if undone[n] {
                undo(&mut copied, "c").unwrap();
            }
            for t in 0..settled[n] {
                copied.transact(coding("s"), settle(&format!("i{n}{t}"), 3)).unwrap();
                let said = put_ruling(ruling(&format!("r{n}{t}"), "session", "a ruling"));
                copied.transact(Target::SetUp, operation(OperationKind::RulingAdd, vec![said])).unwrap();
            }
            if settled[n] > 0 {
                let frozen = freeze(&copied, "session", &["c"]);
                copied.transact(Target::SetUp, operation(OperationKind::OriginalsFreeze, vec![frozen])).unwrap();
            }
            made.push(copied.coding(&coding_id("c")).unwrap().markers);
            copied.close().unwrap();
        }
        let meet = |name: &str, order: &[usize]| {
            let path = lab.beside(name);
            copy(&lab.path, &path);
            let mut met = Study::open(&path, environment(lab.folder.path(), name), None).unwrap();
            for n in order.iter().chain(order) {
                met.merge_from(&paths[*n], None, NOW).unwrap();
            }
            assert_clean(&met);
            let frozen = met.originals().unwrap();
            for original in frozen.values().flat_map(|record| &record.codings) {
                assert!(met.coding_at(original).unwrap().is_some());
            }
            (codings(&met), (met.rulings().unwrap(), frozen))
        };
        let (forwards, set_up) = meet("forwards.sunder", &[0, 1, 2]);
        let (shuffled, shuffled_set_up) = meet("shuffled.sunder", &order);
        prop_assert_eq!(&forwards, &shuffled);
        prop_assert_eq!(&set_up, &shuffled_set_up);
        prop_assert_eq!(set_up.0.len(), settled.iter().sum::<usize>());
        let items: std::collections::BTreeSet<&str> = forwards
            .iter()
            .flat_map(|coding| &coding.settlements)
            .map(|settlement| settlement.item.as_str())
            .collect();
        prop_assert_eq!(items.len(), settled.iter().sum::<usize>());
        for (n, markers) in made.iter().enumerate() {
            let worked = tags[n] > 0 || undone[n];
            prop_assert!(!worked || forwards.iter().any(|coding| coding.markers == *markers), "copy {} is lost", n);
        }
    }
}
