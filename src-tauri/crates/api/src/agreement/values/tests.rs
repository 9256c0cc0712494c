use std::collections::BTreeMap;

use sunder_domain::{Codebook, ConflictId, Factor, Relationship, Score, WindowRating};

use super::{Readings, units_of};
use crate::agreement::example::{add_marker, coding, facts, mark, panel, session, transcript, turn};
use crate::agreement::units::Units;
use crate::coding::Working;
use crate::wire::{UnitChoice, ValueChoice};

fn codebook() -> Codebook {
    Codebook::from_json(include_str!("../../../../domain/codebooks/sunder-1.json")).unwrap()
}

/// What the coding says of each unit, in words.
fn said(coding: &Working, unit: UnitChoice, value: &ValueChoice) -> Vec<String> {
    let panel = panel(vec![session("s1", vec![Some(facts(coding, 0))])]);
    let units = Units::of(&panel, unit, 60);
    let readings = Readings::of(&panel, &units, value, &codebook());
    readings
        .cells
        .iter()
        .map(|cell| readings.scale.name(*cell))
        .collect()
}

/// Turn 0 a strain, turn 1 a rupture of care and an earlier strain, turn 2 an unscored conflict, turn 3 nothing.
fn four_turns() -> Working {
    let mut coding = coding("a", &transcript(4));
    mark(&mut coding, "c0", turn(0), "withdrawal/denial", Some(2));
    mark(&mut coding, "c1", turn(1), "withdrawal/topic-shift", Some(1));
    mark(
        &mut coding,
        "c2",
        turn(1),
        "failure-of-care/attention-elsewhere",
        Some(5),
    );
    mark(&mut coding, "c3", turn(2), "confrontation/defends-self", None);
    add_marker(
        &mut coding,
        "c0-2",
        turn(0),
        "confrontation/complaint-about-progress",
        Some(ConflictId::new("c0").unwrap()),
    );
    let conflict = coding.conflicts.get_mut(&ConflictId::new("c2").unwrap()).unwrap();
    conflict.relationship = Some(Relationship::Real);
    conflict.factors.intensity = Score::of(4);
    add_marker(&mut coding, "r1", turn(3), "repair-therapist/apologises", None);
    coding
}

#[test]
fn the_highest_conflict_of_a_turn_decides() {
    let coding = four_turns();
    let turns = |value| said(&coding, UnitChoice::Turn, &value);
    assert_eq!(
        turns(ValueChoice::Class),
        ["strain", "rupture", "to score", "nothing"]
    );
    assert_eq!(
        turns(ValueChoice::Significance),
        ["2", "5", "to score", "nothing"]
    );
    assert_eq!(
        turns(ValueChoice::Factor {
            factor: Factor::Intensity
        }),
        ["to score", "4", "to score", "nothing"]
    );
    assert_eq!(
        turns(ValueChoice::Mode),
        ["mixed", "failure of care only", "confrontation", "nothing"]
    );
    assert_eq!(
        turns(ValueChoice::Relationship),
        ["not given", "real", "not given", "nothing"]
    );
    let families = turns(ValueChoice::Family);
    // Of two markers of one conflict the first by time, then by code.
    assert_eq!(families[1..], ["Failure of care", "Confrontation", "nothing"]);
    assert_eq!(turns(ValueChoice::Code)[3], "nothing");
}

#[test]
fn presence_is_of_conflicts_or_of_what_is_named() {
    let coding = four_turns();
    let turns = |of: Option<&str>| {
        said(
            &coding,
            UnitChoice::Turn,
            &ValueChoice::Presence {
                of: of.map(str::to_owned),
            },
        )
    };
    assert_eq!(turns(None), ["marked", "marked", "marked", "nothing"]);
    assert_eq!(
        turns(Some("withdrawal")),
        ["marked", "marked", "nothing", "nothing"]
    );
    assert_eq!(
        turns(Some("repair-therapist/apologises")),
        ["nothing", "nothing", "nothing", "marked"]
    );
}

#[test]
fn frequencies_count_what_begins() {
    let coding = four_turns();
    let counted = |unit, of: Option<&str>| {
        said(
            &coding,
            unit,
            &ValueChoice::Frequency {
                of: of.map(str::to_owned),
            },
        )
    };
    assert_eq!(counted(UnitChoice::Session, None), ["4"]);
    assert_eq!(counted(UnitChoice::Session, Some("confrontation")), ["2"]);
    assert_eq!(counted(UnitChoice::Window { seconds: 20 }, None), ["3", "1"]);
    assert_eq!(
        counted(UnitChoice::Window { seconds: 20 }, Some("repair-therapist")),
        ["0", "1"]
    );
}

#[test]
fn a_rating_that_nobody_gave_is_missing_and_one_that_cannot_be_judged_has_no_value() {
    let mut coding = coding("a", &transcript(6));
    let key = "significance-of-withdrawal";
    let value = ValueChoice::Rating { key: key.to_owned() };
    assert_eq!(said(&coding, UnitChoice::Session, &value), ["not seen"]);
    coding
        .session_ratings
        .insert(key.to_owned(), Score::of(3).unwrap());
    assert_eq!(said(&coding, UnitChoice::Session, &value), ["3"]);
    coding.windows.insert(
        0,
        WindowRating {
            start_ms: 0,
            end_ms: 30_000,
            nothing_here: false,
            ratings: BTreeMap::from([(key.to_owned(), Score::CannotJudge)]),
        },
    );
    assert_eq!(
        said(&coding, UnitChoice::Window { seconds: 30 }, &value),
        ["to score", "not seen"]
    );
}

#[test]
fn other_cuts_give_other_classes() {
    let coding = four_turns();
    let panel = panel(vec![session("s1", vec![Some(facts(&coding, 0))])]);
    let units = Units::of(&panel, UnitChoice::Turn, 60);
    let ruptures = |cut| {
        let readings = Readings::at_cut(&panel, &units, cut);
        readings
            .cells
            .iter()
            .filter(|cell| readings.scale.name(**cell) == "rupture")
            .count()
    };
    let counts: Vec<usize> = (0..5).map(ruptures).collect();
    assert_eq!(counts, [2, 2, 1, 1, 1]);
}

#[test]
fn a_rating_is_compared_where_the_codebook_asks_for_it() {
    let of = |key: &str| units_of(&ValueChoice::Rating { key: key.to_owned() }, &codebook());
    assert_eq!(of("significance-of-withdrawal"), ["session", "window"]);
    assert_eq!(of("extent-of-resolution"), ["session"]);
    assert!(of("nothing-like-it").is_empty());
}
