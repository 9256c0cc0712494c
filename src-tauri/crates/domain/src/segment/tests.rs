//! Segments against a small transcript: what fits, when it is, what it covers.

use super::{Segment, SegmentError, TextPosition};
use crate::transcript::{ClockSource, Transcript, Turn};

/// Turns of 5, 0, 3 and 4 characters at 0–2, 2–3, 4–6 and 5–9 s; the third has an emoji, the last two overlap.
fn transcript() -> Transcript {
    let turn = |text: &str, start_ms, end_ms| Turn {
        speaker: None,
        text: text.to_owned(),
        start_ms,
        end_ms,
        start_estimated: false,
        end_estimated: false,
    };
    let turns = vec![
        turn("hello", 0, 2000),
        turn("", 2000, 3000),
        turn("a😀b", 4000, 6000),
        turn("fine", 5000, 9000),
    ];
    Transcript::new(ClockSource::Given, Vec::new(), turns)
}

fn text(from: (u32, u32), to: (u32, u32)) -> Segment {
    let at = |(turn, char)| TextPosition { turn, char };
    Segment::Text {
        start: at(from),
        end: at(to),
    }
}

const fn time(start_ms: u32, end_ms: u32) -> Segment {
    Segment::Time { start_ms, end_ms }
}

#[test]
fn a_segment_fits_or_says_why_not() {
    let check =
        |segment: Segment, expected| assert_eq!(segment.validate(&transcript()), expected, "{segment:?}");
    check(text((0, 0), (0, 5)), Ok(()));
    check(text((0, 2), (3, 4)), Ok(()));
    check(text((2, 1), (2, 2)), Ok(()));
    check(text((0, 5), (2, 1)), Ok(()));
    check(text((0, 2), (0, 2)), Err(SegmentError::Empty));
    check(text((0, 3), (0, 2)), Err(SegmentError::Empty));
    check(text((2, 0), (0, 2)), Err(SegmentError::Empty));
    check(text((0, 5), (1, 0)), Err(SegmentError::Empty));
    check(text((0, 5), (2, 0)), Err(SegmentError::Empty));
    check(
        text((0, 0), (0, 6)),
        Err(SegmentError::NoSuchCharacter {
            turn: 0,
            char: 6,
            chars: 5,
        }),
    );
    check(
        text((2, 4), (3, 1)),
        Err(SegmentError::NoSuchCharacter {
            turn: 2,
            char: 4,
            chars: 3,
        }),
    );
    check(
        text((3, 0), (4, 1)),
        Err(SegmentError::NoSuchTurn { turn: 4, turns: 4 }),
    );
    check(time(5, 6), Ok(()));
    check(time(100_000, 200_000), Ok(()));
    check(time(6, 6), Err(SegmentError::Empty));
    check(Segment::Whole, Ok(()));
}

#[test]
fn a_segment_lasts_from_its_first_turn_to_its_last() {
    let check = |segment: Segment, times, turns| {
        assert_eq!(segment.times(&transcript()), times, "{segment:?}");
        assert_eq!(segment.turns(&transcript()), turns, "{segment:?}");
    };
    check(text((0, 3), (0, 4)), (0, 2000), 0..1);
    check(text((0, 3), (2, 1)), (0, 6000), 0..3);
    check(text((0, 3), (2, 0)), (0, 3000), 0..2);
    check(text((2, 0), (3, 4)), (4000, 9000), 2..4);
    check(text((7, 0), (9, 4)), (0, 0), 4..4);
    check(time(2500, 4500), (2500, 4500), 1..3);
    check(time(3000, 4000), (3000, 4000), 0..0);
    check(time(5500, 5600), (5500, 5600), 2..4);
    check(Segment::Whole, (0, 9000), 0..4);
}

#[test]
fn segments_overlap_by_text_or_by_time() {
    let check = |one: Segment, other: Segment, expected| {
        assert_eq!(one.overlaps(&other, &transcript()), expected, "{one:?} {other:?}");
        assert_eq!(other.overlaps(&one, &transcript()), expected, "{other:?} {one:?}");
    };
    check(text((0, 0), (0, 3)), text((0, 2), (0, 5)), true);
    check(text((0, 0), (0, 3)), text((0, 3), (0, 5)), false);
    check(text((0, 0), (3, 1)), text((2, 0), (2, 1)), true);
    // In time the last two turns overlap, in text they do not.
    check(text((2, 0), (2, 3)), text((3, 0), (3, 4)), false);
    check(text((2, 0), (2, 3)), time(5900, 7000), true);
    check(text((2, 0), (2, 3)), time(6000, 7000), false);
    check(time(0, 10), time(9, 20), true);
    check(time(0, 10), time(10, 20), false);
    check(Segment::Whole, time(90_000, 99_000), true);
}
