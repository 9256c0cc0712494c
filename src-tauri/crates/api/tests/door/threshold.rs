//! The threshold over the sample study: what a drag says is what classifying says, at every cut.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::{Program, id, session};

/// The sample as the lead has it, its codings read; the basis.
pub(crate) fn read() -> (Program, Value) {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let basis = read_again(&mut program);
    (program, basis)
}

fn read_again(program: &mut Program) -> Value {
    for _ in 0..1_000 {
        let reading = program.call("threshold_read", json!({}));
        if reading["done"] == 1.0 {
            return reading["basis"].clone();
        }
    }
    panic!("reading did not end");
}

fn source_of(basis: &Value, words: &str) -> Value {
    basis["sources"]
        .as_array()
        .unwrap()
        .iter()
        .find(|source| source["words"] == words)
        .unwrap_or_else(|| panic!("no source {words}"))["source"]
        .clone()
}

fn own_rule(basis: &Value) -> Value {
    basis["rules"][0]["rule"].clone()
}

fn prepare(program: &mut Program, source: &Value, rule: &Value, base: &Value) -> Value {
    program.call(
        "threshold_prepare",
        json!({ "source": source, "rule": rule, "base": base }),
    )
}

/// Ruptures, strains, unscored of one rater under a rule, as classifying counts them.
fn classified(program: &mut Program, rater: &str, rule: &Value) -> [u64; 4] {
    let report = program.call("classify", json!({ "rater": rater, "rule": rule }));
    let sum = |key: &str| {
        report["codings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|coding| coding["totals"][key].as_u64().unwrap())
            .sum::<u64>()
    };
    [
        sum("ruptures"),
        sum("strains"),
        sum("unscored"),
        sum("accumulations_proposed"),
    ]
}

fn counted(step: &Value) -> [u64; 3] {
    ["ruptures", "strains", "unscored"].map(|key| step["counts"][key].as_u64().unwrap())
}

#[test]
fn every_step_of_a_drag_counts_what_classifying_counts() {
    let (mut program, basis) = read();
    let source = source_of(&basis, "L. Haddad");
    let rules = [
        json!({ "name": "r", "score": { "from": "significance" }, "cut": 3,
                "accumulation": { "count": 2, "within": { "sessions": 3 } } }),
        json!({ "name": "r", "score": { "from": "significance" }, "cut": 3, "floors": { "endangerment": 2 },
                "overrides": [{ "when": { "mode": "confrontation" }, "cut": 4 }], "tended": { "by": "either" },
                "accumulation": { "count": 2, "within": { "minutes": 30 }, "same": ["relationship"] } }),
        json!({ "name": "r", "score": { "from": "factors", "combine": "mean" }, "cut": 3, "real": "definition" }),
    ];
    for rule in rules {
        let view = prepare(&mut program, &source, &rule, &rule);
        assert_eq!(view["step"]["moves"], json!([]));
        for quarter in 4..=22 {
            let cut = f64::from(quarter) / 4.0;
            let step = program.call("threshold_step", json!({ "cut": cut, "whole": true }));
            let mut at_cut = rule.clone();
            at_cut["cut"] = json!(cut);
            let expected = classified(&mut program, "L. Haddad", &at_cut);
            assert_eq!(counted(&step), expected[..3], "{at_cut}");
            let proposed = step["proposed"].as_u64();
            assert_eq!(proposed.unwrap_or(0), expected[3], "{at_cut}");
            assert_eq!(proposed.is_some(), rule.get("accumulation").is_some());
            let parts: u64 = step["heights"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|bar| bar.as_array().unwrap())
                .flat_map(|mode| mode.as_array().unwrap())
                .map(|number| number.as_u64().unwrap())
                .sum();
            assert_eq!(view["scored"], json!(parts), "the bars hold what has a score");
        }
    }
}

#[test]
fn what_changes_sides_is_told_with_its_place_and_why() {
    let (mut program, basis) = read();
    let source = source_of(&basis, "L. Haddad");
    let rule = own_rule(&basis);
    let view = prepare(&mut program, &source, &rule, &rule);
    let at_rest = &view["step"];
    assert_eq!(at_rest["changed"], false);
    let step = program.call("threshold_step", json!({ "cut": 4 }));
    assert_eq!(step["changed"], true);
    assert_eq!(step["between"], json!([3.0, 4.0]));
    assert_eq!(
        (&step["near"], &step["near_total"]),
        (&at_rest["near"], &at_rest["near_total"]),
        "what would change is what changes"
    );
    let moved = &step["moves"][0];
    assert_eq!(
        (&moved["from"], &moved["to"]),
        (&json!("rupture"), &json!("strain"))
    );
    assert_eq!(moved["conflicts"], step["near_total"]);
    assert!(step["near_total"].as_u64().unwrap() > 0);

    let rows = program.call("threshold_conflicts", json!({ "places": step["near"] }));
    for row in rows["conflicts"].as_array().unwrap() {
        assert_eq!(
            (&row["before"], &row["now"]),
            (&json!("rupture"), &json!("strain"))
        );
        assert_eq!(row["reason"], "significance 3 < cut 4");
        assert!(!row["excerpt"].as_str().unwrap().is_empty());
        let opened = program.call(
            "session_open",
            json!({ "session_id": row["session_id"], "coding_id": row["coding_id"] }),
        );
        assert_eq!(opened["coding"]["id"], row["coding_id"]);
    }
    let beyond = program
        .try_call("threshold_conflicts", json!({ "places": [100_000] }))
        .unwrap_err();
    assert_eq!(beyond.code, ErrorCode::NotFound);
}

#[test]
fn clauses_and_modes_add_up_and_a_floor_is_counted() {
    let (mut program, basis) = read();
    let source = source_of(&basis, "L. Haddad");
    let mut rule = own_rule(&basis);
    let base = rule.clone();
    rule["floors"] = json!({ "endangerment": 4 });
    let view = prepare(&mut program, &source, &rule, &base);
    let clause = |name: &str| {
        view["clauses"]
            .as_array()
            .unwrap()
            .iter()
            .find(|clause| clause["clause"] == name)
            .unwrap()["conflicts"]
            .as_u64()
            .unwrap()
    };
    assert!(clause("floor") > 0);
    let all: u64 = view["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clause| clause["conflicts"].as_u64().unwrap())
        .sum();
    assert_eq!(view["source"]["conflicts"], json!(all));
    for parts in ["modes", "relationships"] {
        let sum: u64 = view["step"][parts]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|share| {
                ["ruptures", "strains", "unscored"].map(|key| share["counts"][key].as_u64().unwrap())
            })
            .sum();
        assert_eq!(sum, all, "{parts}");
    }
    let cells = program.call(
        "threshold_compare",
        json!({ "source": source, "one": base, "other": rule }),
    );
    let fell = cells["cells"][0][1].as_u64().unwrap();
    assert!(fell > 0, "some ruptures fell below the floor");
    let opened = program.call(
        "threshold_cell",
        json!({ "source": source, "one": base, "other": rule, "row": "rupture", "column": "strain", "limit": 50 }),
    );
    assert_eq!(opened["total"], json!(fell));
    for row in opened["conflicts"].as_array().unwrap() {
        assert!(row["reason"].as_str().unwrap().contains("< floor 4"));
    }
}

#[test]
fn raters_stand_side_by_side_until_a_coding_of_record_is_fixed() {
    let (mut program, basis) = read();
    let words: Vec<&str> = basis["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| source["words"].as_str().unwrap())
        .collect();
    assert_eq!(words[..3], ["L. Haddad", "M. Okafor", "R. Novak"], "{words:?}");
    assert!(!words.contains(&"coding of record"));
    let rule = own_rule(&basis);
    let source = source_of(&basis, "L. Haddad");
    let view = prepare(&mut program, &source, &rule, &rule);
    for beside in view["step"]["beside"].as_array().unwrap() {
        let name = beside["words"].as_str().unwrap();
        if words[..3].contains(&name) {
            let own = ["ruptures", "strains", "unscored"].map(|key| beside["counts"][key].as_u64().unwrap());
            assert_eq!(own, classified(&mut program, name, &rule)[..3]);
        }
    }
    let study = program.call("study_view", json!({}));
    let haddad = study["raters"]
        .as_array()
        .unwrap()
        .iter()
        .find(|rater| rater["name"] == "L. Haddad")
        .unwrap();
    let sessions = [session(&study, "Ada · 1")["id"].clone()];
    program.call(
        "record_set",
        json!({ "op": id(), "sessions": sessions, "record": { "kind": "rater", "rater_id": haddad["id"] } }),
    );
    program.call("threshold_read", json!({ "anew": true }));
    let basis = read_again(&mut program);
    assert_eq!(basis["sources"][0]["words"], "coding of record");
    assert_eq!(basis["sources"][0]["sessions"], 1);
    assert_eq!(basis["without_record"], 5);
    let sweep = program.call("threshold_sweep", json!({}));
    assert_eq!(sweep["sources"].as_array().unwrap().len(), 1);
    assert_eq!(sweep["sources"][0]["of_record"], true);
}

#[test]
fn raters_are_told_nothing_of_it() {
    let (mut program, study) = Program::sample();
    assert_eq!(study["may"]["lead"], false);
    for (name, payload) in [
        ("threshold_read", json!({})),
        ("threshold_step", json!({ "cut": 3 })),
        ("threshold_conflicts", json!({ "places": [0] })),
        ("threshold_sweep", json!({})),
        ("rule_list", json!({})),
    ] {
        assert_eq!(
            program.try_call(name, payload).unwrap_err().code,
            ErrorCode::NotAllowed,
            "{name}"
        );
    }
}
