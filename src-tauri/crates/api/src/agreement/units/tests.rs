use sunder_domain::{Segment, WindowRating};

use super::{Cell, Kind, Units};
use crate::agreement::example::{coding, facts, mark, panel, session, text, time, transcript, turn};
use crate::coding::Working;
use crate::wire::{UnitChoice, Within};

/// One session of 20 turns, 200 s, with one conflict for each segment.
fn marked(rater: &str, segments: &[Segment]) -> Working {
    let mut coding = coding(rater, &transcript(20));
    for (number, segment) in segments.iter().enumerate() {
        mark(
            &mut coding,
            &format!("{rater}{number}"),
            *segment,
            "withdrawal/denial",
            Some(2),
        );
    }
    coding
}

fn units(codings: &[Working], choice: UnitChoice) -> Units {
    let codings = codings.iter().map(|coding| Some(facts(coding, 0))).collect();
    Units::of(&panel(vec![session("s1", codings)]), choice, 60)
}

/// Numbers of the units in which the first coding has a conflict.
fn holding(units: &Units) -> Vec<usize> {
    (0..units.units.len())
        .filter(|unit| {
            units
                .content(units.cells_of(*unit)[0])
                .is_some_and(|content| !content.conflicts.is_empty())
        })
        .collect()
}

#[test]
fn a_marker_counts_for_turns_that_hold_half_of_it_or_half_of_which_it_holds() {
    let check = |segment, expected: &[usize]| {
        let units = units(&[marked("a", &[segment])], UnitChoice::Turn);
        assert_eq!(holding(&units), expected, "{segment:?}");
    };
    check(turn(3), &[3]);
    // A few characters lie whole in their turn.
    check(text((3, 18), (3, 20)), &[3]);
    // Half of it here, half there.
    check(text((3, 10), (4, 10)), &[3, 4]);
    // 5 of 30, all of turn 4, 5 of 30.
    check(text((3, 15), (5, 5)), &[4]);
    // 11 of 16 and 5 of 16.
    check(text((3, 9), (4, 5)), &[3]);
    // 9 of 20 is less than half of it and of the turn; 11 of 20 is more.
    check(text((3, 11), (4, 11)), &[4]);
    check(time(34_000, 46_000), &[3, 4]);
    check(time(38_000, 46_000), &[4]);
    check(Segment::Whole, &(0..20).collect::<Vec<usize>>());
}

#[test]
fn windows_are_cut_from_the_start_and_the_last_may_be_short() {
    let units = units(
        &[marked("a", &[time(50_000, 70_000), time(115_000, 121_000)])],
        UnitChoice::Window { seconds: 60 },
    );
    let kinds: Vec<(Kind, u32, u32)> = units
        .units
        .iter()
        .map(|unit| (unit.kind, unit.start_ms, unit.end_ms))
        .collect();
    assert_eq!(
        kinds,
        [
            (Kind::Window { short: false }, 0, 60_000),
            (Kind::Window { short: false }, 60_000, 120_000),
            (Kind::Window { short: false }, 120_000, 180_000),
            (Kind::Window { short: true }, 180_000, 200_000),
        ]
    );
    assert_eq!(units.short_windows(), 1);
    assert_eq!(holding(&units), [0, 1]);
    let begun: Vec<usize> = (0..4)
        .map(|unit| {
            units
                .content(units.cells_of(unit)[0])
                .map_or(0, |content| content.conflicts_begun.len())
        })
        .collect();
    assert_eq!(begun, [1, 1, 0, 0]);
}

#[test]
fn what_was_not_seen_is_missing_and_what_was_seen_is_nothing() {
    let mut first = marked("a", &[turn(15)]);
    first.coverage = vec![(0, 100_000)];
    let turns = units(std::slice::from_ref(&first), UnitChoice::Turn);
    let cell = |unit: usize| turns.cells_of(unit)[0];
    assert_eq!(
        (cell(0), cell(9), cell(10)),
        (Cell::Nothing, Cell::Nothing, Cell::Missing)
    );
    assert!(matches!(cell(15), Cell::Content(_)), "what was marked was seen");
    let windows = units(&[first.clone()], UnitChoice::Window { seconds: 60 });
    let cells: Vec<bool> = (0..4)
        .map(|unit| windows.cells_of(unit)[0] == Cell::Missing)
        .collect();
    // 40 of 60 s of the second window were seen; in the third lies the marker.
    assert_eq!(cells, [false, false, false, true]);
    first.coverage.clear();
    let unrecorded = units(&[first], UnitChoice::Turn);
    assert!(
        unrecorded.cells.iter().all(|cell| *cell != Cell::Missing),
        "without a record everything counts as seen"
    );
}

#[test]
fn a_session_that_a_rater_has_not_coded_is_missing() {
    let coded = facts(&marked("a", &[]), 0);
    let units = Units::of(
        &panel(vec![session("s1", vec![Some(coded), None])]),
        UnitChoice::Session,
        60,
    );
    assert_eq!(units.cells_of(0), [Cell::Nothing, Cell::Missing]);
}

#[test]
fn conflicts_are_units_and_so_are_turns_that_nobody_marked() {
    let first = marked("a", &[turn(2), text((9, 0), (11, 0))]);
    let mut second = marked("b", &[text((2, 5), (2, 9))]);
    let of = |units: &Units| -> (usize, usize, usize) {
        let matched = units
            .units
            .iter()
            .filter(|unit| unit.kind == Kind::Matched)
            .count();
        let empty = units.units.iter().filter(|unit| unit.kind == Kind::Empty).count();
        let missing = units.cells.iter().filter(|cell| **cell == Cell::Missing).count();
        (matched, empty, missing)
    };
    let choice = UnitChoice::Conflict { within: None };
    // Turns 2, 9 and 10 are marked, 17 are not.
    assert_eq!(of(&units(&[first.clone(), second.clone()], choice)), (2, 17, 0));
    second.coverage = vec![(0, 100_000)];
    // The second has seen half of the conflict that lies in turns 9 and 10; the 9 turns behind are missing.
    assert_eq!(of(&units(&[first, second], choice)), (2, 17, 9));
}

#[test]
fn onsets_may_differ_by_what_was_chosen() {
    let codings = [marked("a", &[turn(2)]), marked("b", &[turn(4)])];
    let matched = |within| {
        let units = units(&codings, UnitChoice::Conflict { within });
        units
            .units
            .iter()
            .filter(|unit| unit.kind == Kind::Matched)
            .count()
    };
    assert_eq!(matched(None), 2);
    assert_eq!(matched(Some(Within::Seconds { seconds: 19 })), 2);
    assert_eq!(matched(Some(Within::Seconds { seconds: 20 })), 1);
    assert_eq!(matched(Some(Within::Turns { turns: 2 })), 1);
}

#[test]
fn a_window_that_was_called_empty_was_seen() {
    let mut coding = marked("a", &[]);
    coding.coverage = vec![(0, 10_000)];
    coding.windows.insert(
        60_000,
        WindowRating {
            start_ms: 60_000,
            end_ms: 120_000,
            nothing_here: true,
            ratings: std::collections::BTreeMap::new(),
        },
    );
    let units = units(&[coding], UnitChoice::Window { seconds: 60 });
    let cells: Vec<bool> = (0..4)
        .map(|unit| units.cells_of(unit)[0] == Cell::Missing)
        .collect();
    assert_eq!(cells, [true, false, true, true]);
}
