//! The coding file: read, written, made whole, refused.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::Coding;
use crate::codebook::Codebook;
use crate::coding::{CodingError, CodingProblem, CodingWarning, Perspective, Purpose, Ratings, Status};
use crate::conflict::{Addressed, Conflict, Factors, Settled};
use crate::id::{CodeKey, ConflictId, MarkerId};
use crate::marker::{Actor, BoundsError, Clarity, Depth, Marker, Strategy as RepairStrategy};
use crate::score::Score;
use crate::segment::{Segment, SegmentError, TextPosition};
use crate::transcript::{ClockSource, Transcript, Turn};

/// The example of the design.
const DESIGN: &str = r#"{ "format": "sunder-coding", "version": 1, "case": "Ada", "session": 3, "transcript": {"version": 1, "sha256": "…"},
  "rater": "R1", "perspective": "observer", "material": "transcript", "codebook": "sunder@1", "purpose": "production", "status": "submitted",
  "conflicts": [ { "id": "019a…", "significance": 2, "factors": {"intensity": 2, "centrality": 1, "endangerment": "cannot-judge"},
      "relationship": "alliance", "elements": ["tasks"], "origin": "technical-error", "failed_care": null, "painful_affect": null,
      "addressed": "yes", "settled": "cannot-tell", "built_from": [], "note": "" } ],
  "markers": [ { "id": "019b…", "conflict": "019a…", "start": {"turn": 12, "char": 0}, "end": {"turn": 12, "char": 57},
      "code": "withdrawal/minimal-response", "actor": "patient", "clarity": "clear", "discuss": false, "note": "" },
    { "id": "019c…", "start_ms": 1531000, "end_ms": 1536000, "code": "repair-therapist/acknowledges-own-part", "actor": "therapist",
      "answers": ["019a…"], "depth": "underlying", "strategy": "expressive" } ],
  "ratings": {"session": {"significance-of-withdrawal": 3}, "windows": []}, "coverage": [[0, 2986000]] }"#;

fn design() -> String {
    DESIGN
        .replace("a…", "a01")
        .replace("b…", "b01")
        .replace("c…", "c01")
}

fn read(text: &str) -> Result<(Coding, Vec<CodingWarning>), CodingError> {
    Coding::from_json(text, &Codebook::built_in())
}

/// The example with a change, read.
fn changed(change: impl FnOnce(&mut Value)) -> Result<(Coding, Vec<CodingWarning>), CodingError> {
    let mut value: Value = serde_json::from_str(&design()).expect("sound JSON");
    change(&mut value);
    read(&serde_json::to_string_pretty(&value).expect("plain data"))
}

fn conflict_id(text: &str) -> ConflictId {
    ConflictId::new(text).expect("an id")
}

#[test]
fn what_editors_and_exports_do_to_a_file_is_read_or_named() {
    let (marked, _) =
        read(&format!("\u{feff}{}", design())).expect("a byte order mark is no part of the coding");
    assert_eq!(marked, read(&design()).expect("the same").0);
    for list in [format!(" [{}]", design()), "[".repeat(100_000)] {
        assert_eq!(read(&list), Err(CodingError::Several));
    }
    let words = read(r#"{"format": "What I said to nobody else", "version": 1}"#);
    let message = words.expect_err("another kind of file").to_string();
    assert!(!message.contains("nobody else"), "{message}");
}

#[test]
fn the_example_of_the_design_is_read_and_written() {
    let (coding, warnings) = read(&design()).expect("the design's own example");
    assert_eq!(warnings, []);
    assert_eq!(
        (coding.purpose, coding.status),
        (Purpose::Production, Status::Submitted)
    );
    assert_eq!(
        coding.markers[1].segment,
        Segment::Time {
            start_ms: 1_531_000,
            end_ms: 1_536_000
        }
    );
    assert_eq!(coding.conflicts[0].factors.endangerment, Some(Score::CannotJudge));
    let written = coding.to_json();
    assert_eq!(read(&written), Ok((coding, vec![])));
    assert!(
        !written.contains("null") && !written.contains("failed_care"),
        "unset fields are left out"
    );
    let ids = read(DESIGN).expect_err("an id with an ellipsis").to_string();
    assert!(ids.contains("printable ASCII") && ids.contains("line 3"), "{ids}");
}

#[test]
fn a_field_left_out_or_null_is_not_set() {
    let least = r#"{"format": "sunder-coding", "version": 1, "case": "Ada", "session": 3, "rater": "R1",
        "codebook": "sunder@1""#;
    let (bare, warnings) = read(&format!("{least}}}")).expect("an empty coding");
    assert_eq!(warnings, [CodingWarning::NoTranscript]);
    assert_eq!(
        (bare.perspective, bare.status),
        (Perspective::Observer, Status::Open)
    );
    let nulls = r#""transcript": null, "perspective": null, "material": null, "purpose": null, "status": null,
        "conflicts": null, "markers": null, "ratings": null, "notes": null, "coverage": null, "dismissed": null"#;
    assert_eq!(
        read(&format!("{least}, {nulls}}}")).expect("an empty coding").0,
        bare
    );

    let (coding, _) = changed(|file| {
        file["conflicts"] = json!([{"id": "c", "significance": null, "factors": null, "elements": null,
            "built_from": null, "note": null, "settled": null}]);
        file["markers"] = json!([{"id": "m", "conflict": "c", "whole": "session", "start": null, "end_ms": null,
            "code": "withdrawal/denial", "actor": "patient", "clarity": null, "discuss": null, "note": null,
            "answers": null, "depth": null, "strategy": null}]);
        file["ratings"] = json!({"session": {"extent-of-resolution": null}, "windows": null});
    })
    .expect("nothing but unset fields");
    assert_eq!(coding.conflicts, [Conflict::new(conflict_id("c"))]);
    assert_eq!(
        (coding.markers[0].clarity, coding.markers[0].segment),
        (Clarity::Clear, Segment::Whole)
    );
    assert_eq!(coding.ratings, Ratings::default());
}

#[test]
fn a_conflict_marker_without_a_conflict_gets_one_of_its_own() {
    let alone = |file: &mut Value| {
        file["markers"][0]
            .as_object_mut()
            .expect("a marker")
            .remove("conflict");
    };
    let (coding, warnings) = changed(alone).expect("a marker on its own");
    let made = coding.markers[0].conflict.clone().expect("a conflict");
    assert_eq!(made.as_str(), "conflict-of-019b01");
    assert_eq!(coding.conflicts[1], Conflict::new(made));
    assert_eq!(coding.markers[1].conflict, None);
    assert_eq!(
        warnings,
        [CodingWarning::ConflictWithoutMarkers(conflict_id("019a01"))]
    );
    assert_eq!(changed(alone).expect("the same again").0, coding);
    // The new id neither grows too long nor meets one that is there.
    let (coding, _) = changed(|file| {
        alone(file);
        file["markers"][0]["id"] = json!("m".repeat(64));
        file["conflicts"][0]["id"] = json!("conflict-1");
    })
    .expect("a marker with a long id");
    assert_eq!(coding.markers[0].conflict, Some(conflict_id("conflict-2")));
}

#[test]
fn coverage_is_sorted_and_merged() {
    let coverage =
        |stretches: Value| changed(|file| file["coverage"] = stretches).map(|(coding, _)| coding.coverage);
    assert_eq!(
        coverage(json!([[50, 60], [0, 10], [10, 20], [15, 18], [30, 30]])),
        Ok(vec![(0, 20), (50, 60)])
    );
    let error = coverage(json!([[0, 10], [20, 15]])).expect_err("backwards");
    let CodingError::Invalid { problem, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(
        problem,
        CodingProblem::CoverageBackwards {
            start_ms: 20,
            end_ms: 15
        }
    );
}

#[test]
fn what_is_odd_is_kept_and_told() {
    let (_, warnings) = changed(|file| {
        file["transcript"] = Value::Null;
        file["markers"][0]["actor"] = json!("therapist");
        file["conflicts"]
            .as_array_mut()
            .expect("conflicts")
            .push(json!({"id": "lonely"}));
        file["ratings"]["windows"] =
            json!([{"start_ms": 0, "end_ms": 300_000, "ratings": {"extent-of-resolution": 2}}]);
    })
    .expect("odd and sound");
    let said: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said[0].contains("which transcript"));
    assert!(said[1].contains("not meant for the actor therapist"));
    assert!(said[2].contains("conflict lonely has no markers"));
    assert!(said[3].contains("\"extent-of-resolution\" is not one that the codebook asks for per window"));
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    let check = |change: fn(&mut Value), expected: &str| {
        let error = changed(change).expect_err(expected);
        let said = error.to_string();
        assert!(said.contains(expected), "{said}");
        if let CodingError::Invalid { line, .. } | CodingError::Json { line, .. } = error {
            assert!(line > 1 && said.contains("line "), "{said}");
        }
    };
    check(
        |file| file["format"] = json!("sunder-rule"),
        "calls itself \"sunder-rule\"",
    );
    check(|file| file["version"] = json!(2), "newer: update Sunder");
    check(|file| file["version"] = json!(0), "version 0");
    check(|file| file["colour"] = json!(1), "unknown field `colour`");
    check(
        |file| file["markers"][0]["colour"] = json!(1),
        "unknown field `colour`",
    );
    check(
        |file| file["conflicts"][0]["class"] = json!("rupture"),
        "unknown field `class`",
    );
    check(|file| file["case"] = json!(" "), "names no case");
    check(|file| file["rater"] = json!(""), "names no rater");
    check(
        |file| file["session"] = json!("three"),
        "invalid type: string, expected u32",
    );
    check(
        |file| file["codebook"] = json!("lab@2"),
        "\"lab@2\", but \"sunder@1\" is in use",
    );
    check(
        |file| file["purpose"] = json!("fun"),
        "expected one of `production`",
    );
    check(
        |file| file["conflicts"][0]["significance"] = json!(6),
        "from 1 to 5",
    );
    check(
        |file| file["conflicts"][0]["significance"] = json!(0),
        "from 1 to 5",
    );
    check(
        |file| file["conflicts"][0]["significance"] = json!(2.5),
        "from 1 to 5",
    );
    check(
        |file| file["conflicts"][0]["factors"]["intensity"] = json!("high"),
        "from 1 to 5",
    );
    check(
        |file| file["conflicts"][0]["built_from"] = json!(["019a01"]),
        "built from itself",
    );
    check(
        |file| file["markers"][1]["id"] = json!("019b01"),
        "019b01 is used twice",
    );
    check(
        |file| file["markers"][1]["id"] = json!("019a01"),
        "019a01 is used twice",
    );
    check(|file| file["markers"][1]["id"] = json!("a b"), "printable ASCII");
    check(
        |file| file["notes"] = json!([{"id": "019b01", "at_ms": 1, "text": "x"}]),
        "019b01 is used twice",
    );
    check(
        |file| file["markers"][0]["conflict"] = json!("nobody"),
        "names conflict nobody",
    );
    check(
        |file| file["markers"][0]["code"] = json!("withdrawal/sulking"),
        "no code withdrawal/sulking",
    );
    check(
        |file| file["markers"][0]["code"] = json!("sulking"),
        "family/code",
    );
    check(
        |file| file["markers"][0]["answers"] = json!(["019a01"]),
        "has answers",
    );
    check(|file| file["markers"][0]["depth"] = json!("surface"), "has depth");
    check(
        |file| file["markers"][0]["strategy"] = json!("immediate"),
        "has strategy",
    );
    check(
        |file| file["markers"][1]["conflict"] = json!("019a01"),
        "has conflict",
    );
    check(
        |file| file["markers"][0]["actor"] = json!("clock"),
        "expected one of `patient`",
    );
    check(
        |file| file["markers"][0]["end"] = json!(null),
        "only one of its two bounds",
    );
    check(
        |file| file["markers"][0]["start"] = json!({"turn": 12, "char": 57}),
        "is empty",
    );
    check(
        |file| file["markers"][0]["whole"] = json!("session"),
        "bounds of two sorts",
    );
    check(|file| file["markers"][1]["end_ms"] = json!(1_531_000), "is empty");
    check(
        |file| {
            file["markers"][1]["start_ms"] = json!(null);
            file["markers"][1]["end_ms"] = json!(null);
        },
        "has no bounds",
    );
    check(
        |file| file["ratings"]["session"]["luck"] = json!(2),
        "no rating \"luck\"",
    );
    check(
        |file| file["ratings"]["windows"] = json!([{"start_ms": 5, "end_ms": 5}]),
        "is empty",
    );
}

#[test]
fn a_problem_names_line_and_column() {
    let text = design().replace("withdrawal/minimal-response", "withdrawal/nothing");
    let Err(CodingError::Invalid { line, column, .. }) = read(&text) else {
        panic!("an unknown code")
    };
    assert_eq!((line, column), (7, 15));
    let bounds = design().replace("\"char\": 57", "\"char\": 0");
    let Err(CodingError::Invalid { line, problem, .. }) = read(&bounds) else {
        panic!("an empty marker")
    };
    let marker = MarkerId::new("019b01").expect("an id");
    assert_eq!(
        (line, problem),
        (6, CodingProblem::Bounds(BoundsError::Empty(marker)))
    );
}

#[test]
fn a_coding_fits_its_transcript_or_says_where_not() {
    let (coding, _) = read(&design()).expect("the design's own example");
    let turn = |text: &str| Turn {
        speaker: None,
        text: text.to_owned(),
        start_ms: 0,
        end_ms: 1,
        start_estimated: false,
        end_estimated: false,
    };
    let transcript = |text: &str| {
        Transcript::new(
            ClockSource::Given,
            Vec::new(),
            (0..13).map(|_| turn(text)).collect(),
        )
    };
    assert_eq!(coding.fits(&transcript(&"x".repeat(57))), Ok(()));
    let marker = MarkerId::new("019b01").expect("an id");
    let error = SegmentError::NoSuchCharacter {
        turn: 12,
        char: 57,
        chars: 56,
    };
    assert_eq!(
        coding.fits(&transcript(&"x".repeat(56))),
        Err(CodingProblem::OutsideTranscript { marker, error })
    );
}

fn any_segment() -> impl Strategy<Value = Segment> {
    let at = |turn, char| TextPosition { turn, char };
    prop_oneof![
        (0_u32..9, 0_u32..9, 0_u32..9, 1_u32..9).prop_map(move |(turn, char, turns, chars)| Segment::Text {
            start: at(turn, char),
            end: at(turn + turns, char + chars),
        }),
        (any::<u32>(), 1_u32..9).prop_map(|(start, length)| {
            let start_ms = start.min(u32::MAX - 9);
            Segment::Time {
                start_ms,
                end_ms: start_ms + length,
            }
        }),
        Just(Segment::Whole),
    ]
}

fn any_score() -> impl Strategy<Value = Option<Score>> {
    prop_oneof![
        (1_u8..=5).prop_map(Score::of),
        Just(Some(Score::CannotJudge)),
        Just(None)
    ]
}

prop_compose! {
    fn any_conflict()(
        significance in any_score(), intensity in any_score(), endangerment in any_score(),
        addressed in prop::option::of(prop::sample::select(Addressed::ALL)),
        settled in prop::option::of(prop::sample::select(Settled::ALL)),
        note in "\\PC{0,8}", built in any::<bool>(),
    ) -> Conflict {
        let built_from = if built { vec![conflict_id("earlier")] } else { vec![] };
        let factors = Factors { intensity, centrality: None, endangerment };
        Conflict { significance, factors, addressed, settled, note, built_from, ..Conflict::new(conflict_id("-")) }
    }
}

prop_compose! {
    fn any_marker()(
        segment in any_segment(), repair in any::<bool>(), discuss in any::<bool>(), note in "\\PC{0,8}",
        clarity in prop::sample::select(Clarity::ALL), depth in prop::option::of(prop::sample::select(Depth::ALL)),
        strategy in prop::option::of(prop::sample::select(RepairStrategy::ALL)), owner in any::<prop::sample::Index>(),
    ) -> (Marker, prop::sample::Index) {
        let code = if repair { "repair-therapist/apologises" } else { "withdrawal/denial" };
        let marker = Marker {
            id: MarkerId::new("-").expect("an id"),
            segment, clarity, discuss, note,
            code: CodeKey::new(code).expect("a code"),
            actor: if repair { Actor::Therapist } else { Actor::Patient },
            conflict: None,
            answers: if repair { vec![conflict_id("earlier")] } else { vec![] },
            depth: depth.filter(|_| repair),
            strategy: strategy.filter(|_| repair),
        };
        (marker, owner)
    }
}

proptest! {
    #[test]
    fn every_coding_survives_a_round_trip(
        mut conflicts in prop::collection::vec(any_conflict(), 1..6),
        markers in prop::collection::vec(any_marker(), 0..12),
        note in "\\PC{0,20}",
        rating in any_score(),
    ) {
        for (number, conflict) in conflicts.iter_mut().enumerate() {
            conflict.id = conflict_id(&format!("c{number}"));
        }
        let markers = markers.into_iter().enumerate().map(|(number, (mut marker, owner))| {
            marker.id = MarkerId::new(format!("m{number}")).expect("an id");
            if marker.answers.is_empty() {
                marker.conflict = Some(owner.get(&conflicts).id.clone());
            }
            marker
        });
        let (mut coding, _) = read(&design()).expect("the design's own example");
        coding.markers = markers.collect();
        coding.conflicts = conflicts;
        coding.notes = vec![crate::coding::Note {
            id: crate::id::NoteId::new("n").expect("an id"), at_ms: 5, text: note,
        }];
        coding.ratings.session = rating.map(|score| ("extent-of-resolution".to_owned(), score)).into_iter().collect();
        coding.dismissed = vec![vec![conflict_id("c0"), conflict_id("earlier")]];
        let text = coding.to_json();
        let (read_back, _) = read(&text).expect("what was written");
        prop_assert_eq!(&read_back, &coding);
        prop_assert_eq!(read_back.to_json(), text);
        prop_assert_eq!(serde_json::from_str::<Coding>(&coding.to_json()).expect("plain serde"), coding);
    }
}
