//! Results over the sample study: they are what classifying counts, apart, of one coding of each session.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::{Program, id, session};

fn lead() -> (Program, Value) {
    let (mut program, _) = Program::sample();
    let study = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    (program, study)
}

fn results(program: &mut Program, choice: &Value) -> Value {
    let mut anew = true;
    for _ in 0..1_000 {
        let reading = program.call("results_read", json!({ "anew": anew, "choice": choice }));
        if reading["done"] == 1.0 {
            return reading["report"].clone();
        }
        assert_eq!(reading["report"], Value::Null);
        anew = false;
    }
    panic!("reading did not end");
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Totals by source, case and session.
type Counted = BTreeMap<(String, String, u64), Value>;

fn by_session(report: &Value) -> Counted {
    let mut found = Counted::new();
    for source in list(&report["sources"]) {
        for case in list(&source["cases"]) {
            for session in list(&case["sessions"]) {
                let key = (
                    source["words"].as_str().unwrap().to_owned(),
                    case["case"].as_str().unwrap().to_owned(),
                    session["session"].as_u64().unwrap(),
                );
                let before = found.insert(key, session["figures"]["totals"].clone());
                assert_eq!(before, None, "one coding of each session");
            }
        }
    }
    found
}

fn classified(report: &Value) -> Counted {
    list(&report["codings"])
        .iter()
        .map(|coding| {
            let key = (
                coding["rater"].as_str().unwrap().to_owned(),
                coding["case"].as_str().unwrap().to_owned(),
                coding["session"].as_u64().unwrap(),
            );
            (key, coding["totals"].clone())
        })
        .collect()
}

/// The parts of every figure add up to its totals, and cases and sources to their sessions.
fn sound(figures: &Value) {
    let totals = &figures["totals"];
    for part in ["modes", "actors", "relationships", "addressed", "settled"] {
        for class in ["ruptures", "strains", "unscored"] {
            let sum: u64 = list(&figures[part])
                .iter()
                .map(|value| value["counts"][class].as_u64().unwrap())
                .sum();
            assert_eq!(json!(sum), totals[class], "{part} {class}");
        }
    }
    let sum = |keys: [&str; 3]| -> u64 { keys.iter().map(|key| totals[*key].as_u64().unwrap()).sum() };
    assert_eq!(
        json!(sum(["ruptures", "strains", "unscored"])),
        totals["conflicts"]
    );
    let answered: u64 = list(&figures["time_to_repair"])
        .iter()
        .flat_map(|each| {
            ["in_session", "elsewhere", "unanswered"].map(|key| each["times"][key].as_u64().unwrap())
        })
        .sum();
    assert_eq!(json!(answered), totals["conflicts"]);
    let (hours, rates) = (figures["hours"].as_f64().unwrap(), &figures["per_hour"]);
    let expected = totals["ruptures"].as_f64().unwrap();
    assert!((rates["ruptures"].as_f64().unwrap() * hours - expected).abs() < 1e-6);
}

#[test]
fn results_count_what_classifying_counts_under_any_rule_and_raters_stand_side_by_side() {
    let (mut program, _) = lead();
    for rule in [
        Value::Null,
        json!({ "name": "r", "score": { "from": "significance" }, "cut": 2,
                "accumulation": { "count": 2, "within": { "sessions": 3 } } }),
        json!({ "name": "r", "score": { "from": "factors", "combine": "mean" }, "cut": 3,
                "floors": { "endangerment": 2 }, "tended": { "by": "either" }, "real": "definition" }),
    ] {
        let report = results(&mut program, &json!({ "rule": rule }));
        let expected = classified(&program.call("classify", json!({ "rule": rule })));
        assert!(expected.len() > 10);
        assert_eq!(by_session(&report), expected, "{rule}");
        for source in list(&report["sources"]) {
            assert_eq!(source["of_record"], false);
            sound(&source["figures"]);
            let mut conflicts = 0;
            for case in list(&source["cases"]) {
                sound(&case["figures"]);
                assert_eq!(case["figures"]["sessions"], json!(list(&case["sessions"]).len()));
                list(&case["sessions"])
                    .iter()
                    .for_each(|session| sound(&session["figures"]));
                conflicts += case["figures"]["totals"]["conflicts"].as_u64().unwrap();
            }
            assert_eq!(source["figures"]["totals"]["conflicts"], json!(conflicts));
        }
    }
}

#[test]
fn the_coding_of_record_stands_for_its_session_and_a_mean_shows_its_raters() {
    let (mut program, study) = lead();
    let haddad = list(&study["raters"])
        .iter()
        .find(|rater| rater["name"] == "L. Haddad")
        .unwrap()["id"]
        .clone();
    let fix = |program: &mut Program, label: &str, record: Value| {
        program.call(
            "record_set",
            json!({ "op": id(), "sessions": [session(&study, label)["id"]], "record": record }),
        );
    };
    for label in ["Ada · 1", "Ada · 2", "Bruno · 1"] {
        fix(
            &mut program,
            label,
            json!({ "kind": "rater", "rater_id": haddad }),
        );
    }
    fix(&mut program, "Bruno · 2", json!({ "kind": "mean" }));
    let report = results(&mut program, &json!({}));
    let found = by_session(&report);
    let classify = program.call("classify", json!({}));
    let fixed: Vec<(&str, u64)> = vec![("Ada", 1), ("Ada", 2), ("Bruno", 1)];
    for of_record in list(&classify["sessions"]) {
        let (case, number) = (
            of_record["case"].as_str().unwrap(),
            of_record["session"].as_u64().unwrap(),
        );
        let key = ("coding of record".to_owned(), case.to_owned(), number);
        if !fixed.contains(&(case, number)) {
            assert_eq!((case, number), ("Bruno", 2), "the mean");
            assert_eq!(found.get(&key), None, "a mean is no coding");
            continue;
        }
        for class in [
            "ruptures",
            "strains",
            "unscored",
            "conflicts",
            "accumulations_proposed",
        ] {
            assert_eq!(found[&key][class], of_record["totals"][class], "{key:?} {class}");
        }
    }
    let expected: Counted = classified(&classify)
        .into_iter()
        .filter(|((_, case, number), _)| !fixed.contains(&(case.as_str(), *number)))
        .collect();
    let raters: Counted = found
        .into_iter()
        .filter(|((source, ..), _)| source != "coding of record")
        .collect();
    assert_eq!(raters, expected, "where nothing is fixed, as classifying has it");
    assert_eq!(report["sources"][0]["of_record"], true);
    assert!(
        list(&report["notes"])
            .iter()
            .any(|note| note.as_str().unwrap().contains("mean of raters"))
    );
}

#[test]
fn unaddressed_conflicts_come_with_the_real_relationship_first_and_their_place() {
    let (mut program, _) = lead();
    let report = results(&mut program, &json!({ "with_text": true, "limit": 5 }));
    let whole = results(&mut program, &json!({}));
    let all = list(&whole["unaddressed"]["conflicts"]);
    assert_eq!(whole["unaddressed"]["total"], json!(all.len()));
    assert_eq!(
        report["unaddressed"]["total"], whole["unaddressed"]["total"],
        "the limit hides none from the count"
    );
    assert_eq!(list(&report["unaddressed"]["conflicts"]).len(), 5);
    let rank = |row: &Value| match row["relationship"].as_str() {
        Some("real") => 0,
        Some("both") => 1,
        Some("alliance") => 2,
        _ => 3,
    };
    assert!(all.iter().map(rank).is_sorted());
    assert!(all.iter().any(|row| rank(row) == 0) && all.iter().any(|row| rank(row) == 2));
    let addressed: u64 = list(&whole["sources"])
        .iter()
        .flat_map(|source| list(&source["figures"]["addressed"]))
        .filter(|part| part["key"] == "no")
        .flat_map(|part| {
            ["ruptures", "strains", "unscored"].map(|class| part["counts"][class].as_u64().unwrap())
        })
        .sum();
    assert_eq!(json!(addressed), whole["unaddressed"]["total"]);
    let first = &report["unaddressed"]["conflicts"][0];
    assert!(!first["excerpt"].as_str().unwrap().is_empty());
    assert_eq!(
        all[0]["excerpt"],
        Value::Null,
        "nothing of what was said unless asked for"
    );
    let opened = program.call(
        "session_open",
        json!({ "session_id": first["session_id"], "coding_id": first["coding_id"] }),
    );
    assert!(
        list(&opened["coding"]["conflicts"])
            .iter()
            .any(|conflict| conflict["id"] == first["id"])
    );
    for row in list(&whole["worth_a_look"]["conflicts"]) {
        assert!(!list(&row["why"]).is_empty());
    }
    assert!(whole["worth_a_look"]["total"].as_u64().unwrap() > 0);
}

#[test]
fn a_rater_sees_their_own_where_the_study_shows_classes_and_nothing_where_it_is_masked() {
    let (mut program, study) = lead();
    let haddad = list(&study["raters"])
        .iter()
        .find(|rater| rater["name"] == "L. Haddad")
        .unwrap();
    let (rater_id, settings) = (haddad["id"].clone(), study["settings"].clone());
    for session in list(&study["sessions"]) {
        let record = json!({ "op": id(), "sessions": [session["id"]], "record": { "kind": "mean" } });
        program.call("record_set", record);
    }
    let person = json!({ "person": { "kind": "rater", "rater_id": rater_id } });
    for masked in [false, true] {
        program.call("person_choose", json!({ "person": { "kind": "lead" } }));
        let mut settings = settings.clone();
        settings["shown_to_raters"] =
            json!({ "classes": !masked, "totals": !masked, "case_and_number": !masked, "brief": false });
        program.call("settings_set", json!({ "settings": settings }));
        program.call("person_choose", person.clone());
        for name in ["results_read", "results_copy"] {
            let done = program.try_call(name, json!({}));
            assert_eq!(done.is_err(), masked, "{name}");
            if let Err(error) = done {
                assert_eq!(error.code, ErrorCode::NotAllowed);
            }
        }
        if !masked {
            let report = results(&mut program, &json!({}));
            let sources: Vec<&Value> = list(&report["sources"])
                .iter()
                .map(|source| &source["words"])
                .collect();
            assert_eq!(sources, ["L. Haddad"]);
            assert!(!report.to_string().contains("Okafor"));
            let notes = report["notes"].to_string();
            assert!(
                notes.contains("your own") && !notes.contains("mean of raters"),
                "{notes}"
            );
        }
    }
}

#[test]
fn a_case_that_is_not_there_is_refused_and_one_that_is_stands_alone() {
    let (mut program, _) = lead();
    let error = program
        .try_call("results_read", json!({ "choice": { "case": "Nobody" } }))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    let report = results(&mut program, &json!({ "case": "Bruno" }));
    assert!(by_session(&report).keys().all(|(_, case, _)| case == "Bruno"));
    assert!(
        list(&report["unaddressed"]["conflicts"])
            .iter()
            .all(|row| row["case"] == "Bruno")
    );
}

#[test]
fn a_study_that_nobody_coded_gives_an_empty_report_that_says_so() {
    let mut program = Program::new();
    program.call("app_start", json!({}));
    let path = program.folder.path().join("new.sunder");
    program.call("study_new", json!({ "path": path, "name": "New" }));
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let report = results(&mut program, &json!({}));
    assert_eq!(report["sources"], json!([]));
    assert_eq!(report["unaddressed"]["total"], 0);
}
