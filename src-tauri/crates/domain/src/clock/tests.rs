//! Times by example, and that the result is whole and in order whatever was given.

use proptest::prelude::*;

use super::{ClockWarning, GivenTimes, TurnTimes, resolve_times};
use crate::transcript::ClockSource;

/// `start-end/characters`, start and end in seconds, `?` where not given: `0-5/10 ?-?/7`
fn given(text: &str) -> Vec<GivenTimes> {
    let ms = |word: &str| word.parse::<u32>().ok().map(|seconds| seconds * 1000);
    let turn = |word: &str| {
        let (times, chars) = word.split_once('/')?;
        let (start, end) = times.split_once('-')?;
        Some(GivenTimes {
            start_ms: ms(start),
            end_ms: ms(end),
            chars: chars.parse().ok()?,
        })
    };
    text.split_whitespace()
        .map(|word| turn(word).expect(word))
        .collect()
}

/// The same way back, in ms, `~` behind what was estimated.
fn written(times: &[TurnTimes]) -> String {
    let mark = |estimated: bool| if estimated { "~" } else { "" };
    let turns: Vec<String> = times
        .iter()
        .map(|turn| {
            let (start, end) = (mark(turn.start_estimated), mark(turn.end_estimated));
            format!("{}{start}-{}{end}", turn.start_ms, turn.end_ms)
        })
        .collect();
    turns.join(" ")
}

#[track_caller]
fn check(text: &str, expected: &str, warnings: &[ClockWarning]) {
    let (times, source, found) = resolve_times(&given(text));
    assert_eq!(written(&times), expected, "{text}");
    assert_eq!(found, warnings, "{text}");
    assert_eq!(source, ClockSource::Given, "{text}");
}

fn no_start(turn: u32) -> ClockWarning {
    ClockWarning::NoStart { turn }
}

fn shares(turn: u32, start_ms: u32) -> ClockWarning {
    ClockWarning::SharesStart { turn, start_ms }
}

#[test]
fn what_is_given_stays() {
    check("0-5/10 5-9/10", "0-5000 5000-9000", &[]);
    check("3-5/10 8-9/10", "3000-5000 8000-9000", &[]);
    check(
        "0-9/10 5-7/10 8-12/5",
        "0-9000 5000-7000 8000-12000",
        &[
            ClockWarning::Overlaps {
                turn: 1,
                start_ms: 5000,
                previous_end_ms: 9000,
            },
            ClockWarning::Overlaps {
                turn: 2,
                start_ms: 8000,
                previous_end_ms: 9000,
            },
        ],
    );
    // Two who speak at once, both with their times, are an overlap and not divided.
    check(
        "0-5/10 0-4/10 9-9/1",
        "0-5000 0-4000 9000-9000",
        &[ClockWarning::Overlaps {
            turn: 1,
            start_ms: 0,
            previous_end_ms: 5000,
        }],
    );
}

#[test]
fn a_missing_end_is_the_next_different_start() {
    check("0-?/10 4-?/10 9-?/14", "0-4000~ 4000-9000~ 9000-10000~", &[]);
    check("0-?/10 4-6/10", "0-4000~ 4000-6000", &[]);
}

#[test]
fn turns_that_share_a_start_divide_the_time() {
    check(
        "0-?/30 0-?/10 8-?/28",
        "0-6000~ 6000~-8000~ 8000-10000~",
        &[shares(1, 0)],
    );
    check(
        "1-?/1 1-?/1 1-?/2 5-6/9",
        "1000-2000~ 2000~-3000~ 3000~-5000~ 5000-6000",
        &[shares(1, 1000), shares(2, 1000)],
    );
    // Turns without a character share alike.
    check(
        "0-?/0 0-?/0 4-5/9",
        "0-2000~ 2000~-4000~ 4000-5000",
        &[shares(1, 0)],
    );
    // At the end the pace decides.
    check("2-?/14 2-?/28", "2000-3000~ 3000~-5000~", &[shares(1, 2000)]);
    // A given end bounds the division.
    check(
        "0-?/10 0-4/30 8-9/5",
        "0-1000~ 1000~-4000 8000-9000",
        &[shares(1, 0)],
    );
    check(
        "0-4/10 0-?/30 8-9/5",
        "0-4000 4000~-8000~ 8000-9000",
        &[shares(1, 0)],
    );
}

#[test]
fn missing_starts_lie_between_what_is_known() {
    check(
        "0-?/10 ?-?/30 8-9/5",
        "0-2000~ 2000~-8000~ 8000-9000",
        &[no_start(1)],
    );
    check(
        "0-4/10 ?-?/30 8-9/5",
        "0-4000 4000~-8000~ 8000-9000",
        &[no_start(1)],
    );
    check(
        "0-?/10 ?-4/30 8-9/5",
        "0-1000~ 1000~-4000 8000-9000",
        &[no_start(1)],
    );
    check(
        "?-?/10 ?-?/30 8-9/5",
        "0~-2000~ 2000~-8000~ 8000-9000",
        &[no_start(0), no_start(1)],
    );
    check(
        "4-5/10 ?-?/14 ?-?/7",
        "4000-5000 5000~-6000~ 6000~-6500~",
        &[no_start(1), no_start(2)],
    );
    // An earlier turn that covers the whole gap leaves the turn beside it, not nothing.
    check(
        "0-9/10 ?-?/5 8-12/5",
        "0-9000 0~-8000~ 8000-12000",
        &[
            no_start(1),
            ClockWarning::Overlaps {
                turn: 2,
                start_ms: 8000,
                previous_end_ms: 9000,
            },
        ],
    );
}

#[test]
fn times_that_run_backwards_are_reported_and_estimated() {
    check(
        "0-?/10 6-?/10 2-?/30 10-11/5",
        "0-6000~ 6000-7000~ 7000~-10000~ 10000-11000",
        &[ClockWarning::RunsBackwards {
            turn: 2,
            start_ms: 2000,
        }],
    );
    // One wild time does not make the rest look wrong.
    check(
        "0-?/10 900-?/10 2-?/10 4-?/10 6-7/5",
        "0-1000~ 1000~-2000~ 2000-4000~ 4000-6000~ 6000-7000",
        &[ClockWarning::RunsBackwards {
            turn: 1,
            start_ms: 900_000,
        }],
    );
    check(
        "5-3/10 8-9/5",
        "5000-8000~ 8000-9000",
        &[ClockWarning::EndsBeforeStart {
            turn: 0,
            end_ms: 3000,
        }],
    );
}

#[test]
fn without_times_the_clock_is_estimated() {
    let (times, source, warnings) = resolve_times(&given("?-?/14 ?-?/0 ?-?/7"));
    assert_eq!(written(&times), "0~-1000~ 1000~-1000~ 1000~-1500~");
    assert_eq!((source, warnings), (ClockSource::Estimated, vec![]));
    assert_eq!(resolve_times(&[]), (vec![], ClockSource::Estimated, vec![]));
}

#[test]
fn the_longest_texts_and_latest_times_do_not_overflow() {
    let turn = |start_ms, chars| GivenTimes {
        start_ms,
        end_ms: None,
        chars,
    };
    let (times, ..) = resolve_times(&[turn(Some(u32::MAX - 5), u32::MAX), turn(None, u32::MAX)]);
    assert_eq!(times[1].end_ms, u32::MAX);
    let (times, ..) = resolve_times(&[turn(None, u32::MAX), turn(None, u32::MAX), turn(None, u32::MAX)]);
    assert_eq!(times[2].end_ms, u32::MAX);
}

prop_compose! {
    fn any_times()(
        start_ms in prop::option::of(0_u32..200), end_ms in prop::option::of(0_u32..250), chars in 0_u32..40,
    ) -> GivenTimes {
        GivenTimes { start_ms, end_ms, chars }
    }
}

fn whole_and_in_order(given: &[GivenTimes]) -> Result<(), TestCaseError> {
    let (times, _, warnings) = resolve_times(given);
    prop_assert_eq!(times.len(), given.len());
    for (given, times) in given.iter().zip(&times) {
        prop_assert!(times.start_ms <= times.end_ms);
        prop_assert!(times.start_estimated || given.start_ms == Some(times.start_ms));
        prop_assert!(times.end_estimated || given.end_ms == Some(times.end_ms));
    }
    for pair in times.windows(2) {
        prop_assert!(pair[0].start_ms <= pair[1].start_ms, "{:?} {:?}", given, times);
    }
    for pair in warnings.windows(2) {
        prop_assert!(pair[0].turn() <= pair[1].turn());
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_turn_has_times_and_starts_never_run_backwards(given in prop::collection::vec(any_times(), 0..25)) {
        whole_and_in_order(&given)?;
    }

    #[test]
    fn mostly_rising_times_too(
        mut given in prop::collection::vec(any_times(), 0..25), steps in prop::collection::vec(0_u32..3, 25),
    ) {
        let mut now = 0;
        for (turn, step) in given.iter_mut().zip(&steps) {
            now += step * 10;
            turn.start_ms = turn.start_ms.map(|start| if start < 20 { start } else { now });
            turn.end_ms = turn.end_ms.map(|end| now + end % 40);
        }
        whole_and_in_order(&given)?;
    }
}
