//! Clauses 1, 3 and 4, exceptions, and how reasons are written.

use super::{SIGNIFICANCE, check, check_with, classified, conflict};
use crate::classify::Classification;
use crate::rule::Rule;

#[test]
fn clause_3_a_factor_below_its_floor_makes_a_strain() {
    let body = format!(r#"{SIGNIFICANCE}, "floors": {{"endangerment": 2}}"#);
    let facts = |value: &str| format!(r#""significance": 5, "factors": {{"endangerment": {value}}}"#);
    check(
        &body,
        &facts("1"),
        "strain 5/3 | below_floor: endangerment 1 < floor 2",
    );
    check(
        &body,
        &facts("2"),
        "rupture 5/3 | score_at_or_above_cut: significance 5 ≥ cut 3",
    );
    let all =
        format!(r#"{SIGNIFICANCE}, "floors": {{"endangerment": 3, "intensity": 2.5, "centrality": 2}}"#);
    check(
        &all,
        r#""significance": 5, "factors": {"intensity": 2, "centrality": 2, "endangerment": 1}"#,
        "strain 5/3 | below_floor: intensity 2 < floor 2.5 | below_floor: endangerment 1 < floor 3",
    );
    check(
        &format!(r#"{all}, "cannot_judge": "ignore""#),
        r#""significance": 5, "factors": {"intensity": "cannot-judge", "centrality": 1, "endangerment": 3}"#,
        "strain 5/3 | below_floor: centrality 1 < floor 2",
    );
    // A missing floor factor is asked for before another floor decides.
    check(
        &all,
        r#""significance": 5, "factors": {"intensity": 1, "centrality": 1}"#,
        "unscored 5/3 | missing_score: endangerment not scored",
    );
}

#[test]
fn clause_4_a_tended_conflict_is_a_strain_unless_its_score_is_high() {
    let of = |by: &str| format!(r#"{SIGNIFICANCE}, "tended": {{"by": "{by}"}}"#);
    let facts = |significance: u8| format!(r#""significance": {significance}, "settled": "yes""#);
    let surface = "strain 3/3 | tended: settled by a surface repair, significance 3 < 4";
    let immediate = "strain 3/3 | tended: settled by an immediate repair, significance 3 < 4";
    let both = "strain 3/3 | tended: settled by a surface, immediate repair, significance 3 < 4";
    let no = "rupture 3/3 | score_at_or_above_cut: significance 3 ≥ cut 3";
    let three = facts(3);
    for (by, repairs, expected) in [
        ("surface", &["surface -"][..], surface),
        ("surface", &["underlying immediate"], no),
        ("surface", &["surface immediate"], surface),
        ("surface", &[], no),
        ("immediate", &["underlying immediate"], immediate),
        ("immediate", &["surface expressive"], no),
        ("immediate", &["surface -"], no),
        ("either", &["surface expressive"], surface),
        ("either", &["underlying immediate"], immediate),
        ("either", &["surface immediate"], both),
        ("either", &["- -"], no),
        ("either", &["underlying expressive"], no),
        ("both", &["surface immediate"], both),
        ("both", &["surface -", "- immediate"], no),
        ("both", &["underlying expressive", "surface immediate"], both),
    ] {
        check_with(&of(by), &three, &["withdrawal/denial patient"], repairs, expected);
    }
    let rest = |facts: &str, expected: &str| check_with(&of("either"), facts, &[], &["surface -"], expected);
    rest(
        &facts(4),
        "rupture 4/3 | score_at_or_above_cut: significance 4 ≥ cut 3",
    );
    rest(
        &facts(2),
        "strain 2/3 | tended: settled by a surface repair, significance 2 < 4",
    );
    rest(r#""significance": 3"#, no);
    rest(r#""significance": 3, "settled": "no""#, no);
    rest(r#""significance": 3, "settled": "cannot-tell""#, no);
    rest(
        r#""settled": "yes""#,
        "unscored -/3 | missing_score: significance not scored",
    );
    let lower = format!(r#"{SIGNIFICANCE}, "tended": {{"by": "surface", "unless_score": 3}}"#);
    check_with(&lower, &three, &[], &["surface -"], no);
    check_with(SIGNIFICANCE, &three, &[], &["surface -"], no);
}

#[test]
fn clause_1_the_definition_decides_for_the_real_relationship() {
    let body = format!(r#"{SIGNIFICANCE}, "real": "definition""#);
    let run = |relationship: &str, care: &str, affect: &str, expected: &str| {
        let set = |key: &str, value: &str| match value {
            "-" => String::new(),
            value => format!(r#", "{key}": "{value}""#),
        };
        let facts = format!(
            r#""significance": 2{}{}{}"#,
            set("relationship", relationship),
            set("failed_care", care),
            set("painful_affect", affect)
        );
        check(&body, &facts, expected);
    };
    let met = |words: &str| format!("rupture 2/3 | definition_met: definition met: care failed, {words}");
    let open = |words: &str| format!("unscored 2/3 | {words}");
    let by_score = "strain 2/3 | score_below_cut: significance 2 < cut 3";
    for relationship in ["real", "both"] {
        run(relationship, "yes", "shown", &met("painful feelings shown"));
        run(relationship, "yes", "inferred", &met("painful feelings inferred"));
        run(
            relationship,
            "-",
            "shown",
            &open("missing_score: failed care not set"),
        );
        run(
            relationship,
            "unclear",
            "shown",
            &open("missing_score: failed care unclear"),
        );
        run(
            relationship,
            "unclear",
            "not-seen",
            &open("missing_score: failed care unclear"),
        );
        run(
            relationship,
            "yes",
            "-",
            &open("missing_score: painful feelings not set"),
        );
        run(
            relationship,
            "no",
            "-",
            &open("missing_score: painful feelings not set"),
        );
        let neither = "missing_score: failed care not set | missing_score: painful feelings not set";
        run(relationship, "-", "-", &open(neither));
    }
    let not_met = "strain 2/3 | definition_not_met: definition not met: ";
    run(
        "real",
        "no",
        "shown",
        &format!("{not_met}care did not fail, painful feelings shown"),
    );
    run(
        "real",
        "yes",
        "not-seen",
        &format!("{not_met}care failed, painful feelings not seen"),
    );
    run(
        "real",
        "no",
        "not-seen",
        &format!("{not_met}care did not fail, painful feelings not seen"),
    );
    run("both", "no", "shown", by_score);
    run("both", "yes", "not-seen", by_score);
    run("alliance", "yes", "shown", by_score);
    run("-", "yes", "shown", by_score);
    // Without the definition nothing of it is looked at.
    let facts =
        r#""significance": 2, "relationship": "real", "failed_care": "yes", "painful_affect": "shown""#;
    check(SIGNIFICANCE, facts, by_score);
    // The definition decides without a score, and before a floor.
    let floored = format!(r#"{body}, "floors": {{"intensity": 5}}"#);
    let unscored = r#""relationship": "real", "failed_care": "yes", "painful_affect": "shown""#;
    check(
        &floored,
        unscored,
        "rupture -/3 | definition_met: definition met: care failed, painful feelings shown",
    );
}

#[test]
fn the_last_exception_that_matches_gives_the_cut() {
    let of = |when: &str| format!(r#"{SIGNIFICANCE}, "overrides": [{{"when": {when}, "cut": 4.5}}]"#);
    let exception = |words: &str| {
        format!(
            "strain 4/4.5 | override: exception 1: cut 4.5 for {words} | score_below_cut: significance 4 < cut 4.5"
        )
    };
    let plain = "rupture 4/3 | score_at_or_above_cut: significance 4 ≥ cut 3";
    let four = r#""significance": 4, "relationship": "real", "origin": "technical-error""#;
    let markers = [
        "withdrawal/denial patient",
        "failure-of-care/caring-withheld therapist",
    ];
    for (when, expected) in [
        (r#"{"mode": "withdrawal"}"#, exception("withdrawal")),
        (r#"{"mode": "mixed"}"#, plain.to_owned()),
        (r#"{"relationship": "real"}"#, exception("the real relationship")),
        (r#"{"relationship": "both"}"#, plain.to_owned()),
        (
            r#"{"origin": "technical-error"}"#,
            exception("origin technical error"),
        ),
        (r#"{"origin": "mixed"}"#, plain.to_owned()),
        (r#"{"code": "withdrawal/denial"}"#, exception("withdrawal/denial")),
        (r#"{"code": "withdrawal/topic-shift"}"#, plain.to_owned()),
        (r#"{"actor": "therapist"}"#, exception("actor therapist")),
        (r#"{"actor": "both"}"#, plain.to_owned()),
        // Code and actor may be had by different markers.
        (
            r#"{"code": "withdrawal/denial", "actor": "therapist"}"#,
            exception("withdrawal/denial, actor therapist"),
        ),
        (
            r#"{"mode": "withdrawal", "relationship": "alliance"}"#,
            plain.to_owned(),
        ),
        ("{}", exception("every conflict")),
    ] {
        check_with(&of(when), four, &markers, &[], &expected);
    }
    // What is not set matches nothing that is named.
    check_with(
        &of(r#"{"relationship": "real"}"#),
        r#""significance": 4"#,
        &markers,
        &[],
        plain,
    );
    check_with(
        &of(r#"{"mode": "none"}"#),
        r#""significance": 5"#,
        &["failure-of-care/caring-withheld therapist"],
        &[],
        "rupture 5/4.5 | override: exception 1: cut 4.5 for no mode | score_at_or_above_cut: significance 5 ≥ cut 4.5",
    );
    let two = format!(
        r#"{SIGNIFICANCE}, "overrides": [{{"when": {{"mode": "confrontation"}}, "cut": 4}},
           {{"when": {{"actor": "patient"}}, "cut": 2}}, {{"when": {{"mode": "withdrawal"}}, "cut": 5}}]"#
    );
    check_with(
        &two,
        r#""significance": 2"#,
        &["confrontation/defends-self patient"],
        &[],
        "rupture 2/2 | override: exception 2: cut 2 for actor patient | score_at_or_above_cut: significance 2 ≥ cut 2",
    );
    // The cut that applies is told also where an earlier clause decides; the exception is no reason then.
    check_with(
        &two,
        "",
        &["confrontation/defends-self therapist"],
        &[],
        "unscored -/4 | missing_score: significance not scored",
    );
}

#[test]
fn reasons_are_written_flat_with_kind_numbers_and_text() {
    let found = classified(&Rule::default(), &conflict(r#""significance": 2"#), &[], &[]);
    assert_eq!(
        serde_json::to_value(&found).expect("plain data"),
        serde_json::json!({
            "class": "strain", "score": 2, "cut": 3,
            "reasons": [{"kind": "score_below_cut", "of": "significance", "score": 2, "cut": 3,
                         "text": "significance 2 < cut 3"}]
        })
    );
    let text = serde_json::to_string(&found).expect("plain data");
    assert_eq!(
        serde_json::from_str::<Classification>(&text).expect("the same data"),
        found
    );
}
