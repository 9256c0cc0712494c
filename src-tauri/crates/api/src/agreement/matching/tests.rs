use std::sync::Arc;

use proptest::prelude::*;
use sunder_domain::{ConflictId, Segment, Transcript};

use super::{Tolerance, match_conflicts};
use crate::agreement::example::{add_marker, coding, mark, text, time, transcript, turn};
use crate::agreement::extent::{Basis, Extent, TextScale};
use crate::coding::Working;

fn extents(coding: &Working, basis: Basis) -> Vec<Extent> {
    let scale = TextScale::of(&coding.transcript);
    let index = coding.index();
    coding
        .conflicts
        .keys()
        .filter_map(|id| Extent::of(coding, &scale, id, index.markers(id), basis))
        .collect()
}

fn rater(name: &str, transcript: &Arc<Transcript>, marks: &[(&str, Segment)]) -> Vec<Extent> {
    let mut coding = coding(name, transcript);
    for (id, segment) in marks {
        mark(&mut coding, id, *segment, "withdrawal/denial", Some(2));
    }
    extents(&coding, Basis::TextAndTime)
}

/// The groups as words: `a1+b1 a2 b2`, in order of onset.
fn grouped(raters: &[Vec<Extent>], tolerance: Tolerance) -> String {
    let groups = match_conflicts(raters, tolerance);
    let words: Vec<String> = groups
        .iter()
        .map(|group| {
            let names: Vec<&str> = group
                .members
                .iter()
                .zip(raters)
                .filter_map(|(member, extents)| member.map(|place| extents[place].conflict.as_str()))
                .collect();
            names.join("+")
        })
        .collect();
    words.join(" ")
}

fn check(raters: &[&[(&str, Segment)]], tolerance: Tolerance, expected: &str) {
    let transcript = transcript(20);
    let raters: Vec<Vec<Extent>> = raters
        .iter()
        .enumerate()
        .map(|(number, marks)| rater(&format!("r{number}"), &transcript, marks))
        .collect();
    assert_eq!(words(&grouped(&raters, tolerance)), words(expected));
}

#[test]
fn the_larger_shared_stretch_wins_though_it_comes_later() {
    check(
        &[
            &[("a1", text((0, 0), (0, 20))), ("a2", text((2, 0), (2, 20)))],
            &[("b1", text((0, 15), (2, 18)))],
        ],
        Tolerance::Overlap,
        "a1 a2+b1",
    );
}

#[test]
fn a_conflict_is_matched_once_and_the_next_best_takes_what_is_left() {
    check(
        &[
            &[("a1", text((0, 0), (0, 10))), ("a2", text((0, 8), (0, 20)))],
            &[("b1", text((0, 0), (0, 18))), ("b2", text((0, 18), (1, 5)))],
        ],
        Tolerance::Overlap,
        "a1+b1 a2+b2",
    );
}

#[test]
fn text_in_one_turn_that_does_not_overlap_is_two_events_unless_onsets_may_differ() {
    let marks: [&[(&str, Segment)]; 2] = [&[("a1", text((3, 0), (3, 5)))], &[("b1", text((3, 10), (3, 15)))]];
    check(&marks, Tolerance::Overlap, "a1 b1");
    check(&marks, Tolerance::Time(0), "a1 b1");
    check(&marks, Tolerance::Turns(0), "a1 b1");
    check(&marks, Tolerance::Time(1), "a1+b1");
    check(&marks, Tolerance::Turns(1), "a1+b1");
}

#[test]
fn onsets_may_lie_so_many_seconds_or_turns_apart_and_no_more() {
    let marks: [&[(&str, Segment)]; 2] = [&[("a1", turn(3))], &[("b1", turn(5))]];
    check(&marks, Tolerance::Time(19_999), "a1 b1");
    check(&marks, Tolerance::Time(20_000), "a1+b1");
    check(&marks, Tolerance::Turns(1), "a1 b1");
    check(&marks, Tolerance::Turns(2), "a1+b1");
}

#[test]
fn overlapping_goes_before_lying_near() {
    check(
        &[
            &[("a1", turn(3))],
            &[("b1", turn(2)), ("b2", text((3, 19), (4, 5)))],
        ],
        Tolerance::Turns(5),
        "b1 a1+b2",
    );
}

#[test]
fn time_meets_text_on_the_clock() {
    check(
        &[
            &[("a1", time(31_000, 33_000))],
            &[("b1", turn(3)), ("b2", turn(4))],
        ],
        Tolerance::Overlap,
        "a1+b1 b2",
    );
    check(
        &[&[("a1", Segment::Whole)], &[("b1", turn(3))]],
        Tolerance::Overlap,
        "a1+b1",
    );
}

#[test]
fn a_group_of_three_grows_from_its_largest_pair_and_takes_one_of_each() {
    check(
        &[
            &[("a1", text((0, 0), (0, 10)))],
            &[("b1", text((0, 0), (0, 9))), ("b2", text((0, 9), (0, 20)))],
            &[("c1", text((0, 8), (0, 20)))],
        ],
        Tolerance::Overlap,
        // b2 and c1 share 11 and a1 has a part of both: it joins them, though it shares more with b1.
        "a1+b2+c1 b1",
    );
    check(
        &[
            &[("a1", text((0, 0), (0, 10)))],
            &[("b1", text((0, 0), (0, 9)))],
            &[("c1", text((0, 8), (0, 20))), ("c2", text((0, 9), (1, 0)))],
        ],
        Tolerance::Overlap,
        "a1+b1+c1 c2",
    );
}

#[test]
fn all_markers_of_a_conflict_count() {
    let transcript = transcript(20);
    let mut one = coding("r0", &transcript);
    mark(&mut one, "a1", turn(1), "withdrawal/denial", Some(2));
    add_marker(
        &mut one,
        "a1-2",
        turn(9),
        "confrontation/defends-self",
        Some(ConflictId::new("a1").unwrap()),
    );
    let raters = [
        extents(&one, Basis::TextAndTime),
        rater("r1", &transcript, &[("b1", turn(9))]),
    ];
    assert_eq!(grouped(&raters, Tolerance::Overlap), "a1+b1");
    assert_eq!(raters[0][0].onset_ms, 10_000);
    assert_eq!(raters[0][0].onset_turn, Some(1));
}

#[test]
fn on_different_transcripts_only_time_is_compared() {
    let transcript = transcript(20);
    let mut one = coding("r0", &transcript);
    mark(&mut one, "a1", text((3, 0), (3, 5)), "withdrawal/denial", None);
    let mut other = coding("r1", &transcript);
    mark(
        &mut other,
        "b1",
        text((3, 10), (3, 15)),
        "withdrawal/denial",
        None,
    );
    let by_time = [extents(&one, Basis::Time), extents(&other, Basis::Time)];
    assert_eq!(grouped(&by_time, Tolerance::Overlap), "a1+b1");
}

fn marks() -> impl Strategy<Value = Vec<Vec<Segment>>> {
    let segment = (0_u32..20, 0_u32..20, 1_u32..40, any::<bool>()).prop_map(|(number, from, long, timed)| {
        if timed {
            time(
                number * 10_000 + from * 500,
                number * 10_000 + from * 500 + long * 500,
            )
        } else {
            let end = from + long;
            text((number, from), (number + end / 20, end % 20))
        }
    });
    prop::collection::vec(prop::collection::vec(segment, 0..8), 2..4)
}

fn named(lists: &[Vec<Segment>], names: &[&str]) -> Vec<Vec<Extent>> {
    let transcript = transcript(30);
    lists
        .iter()
        .zip(names)
        .map(|(segments, name)| {
            let ids: Vec<String> = (0..segments.len())
                .map(|number| format!("{name}{number}"))
                .collect();
            let marks: Vec<(&str, Segment)> = ids
                .iter()
                .map(String::as_str)
                .zip(segments.iter().copied())
                .collect();
            rater(name, &transcript, &marks)
        })
        .collect()
}

fn words(groups: &str) -> Vec<Vec<String>> {
    let mut words: Vec<Vec<String>> = groups
        .split_whitespace()
        .map(|group| {
            let mut members: Vec<String> = group.split('+').map(str::to_owned).collect();
            members.sort();
            members
        })
        .collect();
    words.sort();
    words
}

proptest! {
    #[test]
    fn every_conflict_stands_in_one_group_with_at_most_one_of_each_rater(lists in marks()) {
        let raters = named(&lists, &["a", "b", "c"]);
        let groups = match_conflicts(&raters, Tolerance::Time(5_000));
        let mut seen = vec![0; raters.len()];
        for group in &groups {
            prop_assert!(group.size() >= 1);
            for (count, member) in seen.iter_mut().zip(&group.members) {
                *count += usize::from(member.is_some());
            }
        }
        let all: Vec<usize> = raters.iter().map(Vec::len).collect();
        prop_assert_eq!(seen, all);
    }

    #[test]
    fn the_order_of_raters_changes_nothing(lists in marks()) {
        let raters = named(&lists, &["a", "b", "c"]);
        let mut turned = raters.clone();
        turned.reverse();
        let straight = words(&grouped(&raters, Tolerance::Overlap));
        prop_assert_eq!(straight, words(&grouped(&turned, Tolerance::Overlap)));
    }

    #[test]
    fn a_wider_tolerance_leaves_no_fewer_matched(lists in marks()) {
        let raters = named(lists.get(..2).unwrap(), &["a", "b"]);
        let matched = |tolerance| match_conflicts(&raters, tolerance).iter().filter(|group| group.size() == 2).count();
        prop_assert!(matched(Tolerance::Time(60_000)) >= matched(Tolerance::Overlap));
    }
}
