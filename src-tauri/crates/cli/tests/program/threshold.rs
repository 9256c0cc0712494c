//! `sunder sweep` and `sunder rule` on the sample study.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::desk::Desk;

/// Counted from the coding files of the sample themselves, without the program.
fn counted_by_hand(rater: &str, cut: f64) -> (u64, u64, u64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample/codings");
    let (mut ruptures, mut strains, mut unscored) = (0, 0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let coding: Value = serde_json::from_str(&text).unwrap();
        if coding["rater"] != rater || coding["purpose"] != "production" {
            continue;
        }
        for conflict in coding["conflicts"].as_array().unwrap() {
            match conflict["significance"].as_f64() {
                None => unscored += 1,
                Some(score) if score >= cut => ruptures += 1,
                Some(_) => strains += 1,
            }
        }
    }
    (ruptures, strains, unscored)
}

fn sample(desk: &Desk) {
    desk.done(&["sample", "s.sunder"]);
}

#[test]
fn the_sweep_of_the_sample_is_what_its_coding_files_hold_and_never_rises() {
    let desk = Desk::new();
    sample(&desk);
    desk.write(
        "rule.json",
        r#"{"name": "Plain", "score": {"from": "significance"}, "cut": 3}"#,
    );
    let report = desk.data(&[
        "sweep",
        "s.sunder",
        "--rule",
        "rule.json",
        "--values",
        "1,2,3,4,5,6",
        "--without-agreement",
    ]);
    let sources = report["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 3, "raters side by side");
    for source in sources {
        let mut before = u64::MAX;
        for row in source["rows"].as_array().unwrap() {
            let count = |key: &str| row["counts"][key].as_u64().unwrap();
            let found = (count("ruptures"), count("strains"), count("unscored"));
            let value = row["value"].as_f64().unwrap();
            assert_eq!(
                found,
                counted_by_hand(source["words"].as_str().unwrap(), value),
                "{value}"
            );
            assert!(found.0 <= before);
            before = found.0;
            assert_eq!(row["conflicts"], json!(found.0 + found.1 + found.2));
        }
        let last = source["rows"].as_array().unwrap().last().unwrap();
        assert_eq!(
            (&last["sessions_with_rupture"], &last["cases_with_rupture"]),
            (&json!(0), &json!(0))
        );
    }
}

#[test]
fn the_golden_sweep_of_the_sample_stands() {
    let desk = Desk::new();
    sample(&desk);
    let ran = desk.done(&[
        "sweep",
        "s.sunder",
        "--format",
        "csv",
        "--bootstrap",
        "200",
        "--seed",
        "1",
    ]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sample-sweep.csv");
    if std::env::var_os("SUNDER_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, &ran.out).unwrap();
    }
    assert_eq!(ran.out, std::fs::read_to_string(path).unwrap());
    let heading: BTreeMap<&str, usize> = ran
        .out
        .lines()
        .next()
        .unwrap()
        .split(',')
        .enumerate()
        .map(|(at, name)| (name, at))
        .collect();
    for line in ran.out.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        assert_eq!(fields.len(), heading.len(), "every row has every column: {line}");
        let of = |name: &str| -> Option<f64> { fields[heading[name]].parse().ok() };
        let (low, value, high) = (
            of("agreement_rupture_low"),
            of("agreement_rupture"),
            of("agreement_rupture_high"),
        );
        if let (Some(low), Some(value), Some(high)) = (low, value, high) {
            assert!(low <= value && value <= high, "{line}");
        }
    }
    ran.says("side by side");
}

#[test]
fn another_number_of_the_rule_is_swept_and_what_is_not_there_is_refused() {
    let desk = Desk::new();
    sample(&desk);
    let report = desk.data(&["sweep", "s.sunder", "--parameter", "floors.endangerment"]);
    assert_eq!(report["agreement"], Value::Null);
    for source in report["sources"].as_array().unwrap() {
        let ruptures: Vec<u64> = source["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["counts"]["ruptures"].as_u64().unwrap())
            .collect();
        assert!(ruptures.is_sorted_by(|low, high| low >= high), "{ruptures:?}");
    }
    desk.run(&["sweep", "s.sunder", "--parameter", "overrides.9"])
        .ended(2)
        .says("no such exception");
    desk.run(&["classify", "s.sunder", "--format", "csv"])
        .ended(2)
        .says("Only sweep and results print CSV");
    desk.run(&["sweep", "s.sunder", "--parameter", "weather"])
        .ended(2)
        .says("floors.intensity");
    desk.run(&["sweep", "s.sunder", "--rater", "Nobody"])
        .ended(2)
        .says("Nobody has no production coding");
}

#[test]
fn rules_are_listed_taken_in_used_compared_and_locked_for_good() {
    let desk = Desk::new();
    sample(&desk);
    desk.write(
        "high.json",
        r#"{"name": "High", "score": {"from": "significance"}, "cut": 4, "floors": {"endangerment": 2}}"#,
    );
    desk.done(&["rule", "import", "s.sunder", "high.json"]);
    desk.done(&["rule", "use", "s.sunder", "High"])
        .prints("the study's rule");
    let shown: Value = serde_json::from_str(&desk.done(&["rule", "show", "s.sunder"]).out).unwrap();
    assert_eq!(shown["floors"], json!({ "endangerment": 2 }));
    let list = desk.data(&["rule", "list", "s.sunder"]);
    let first = list["rules"][1]["rule"]["name"].as_str().unwrap().to_owned();
    desk.run(&["rule", "compare", "s.sunder", &first, "High"])
        .ended(2)
        .says("never added up");
    let table = desk.data(&[
        "rule",
        "compare",
        "s.sunder",
        &first,
        "High",
        "--rater",
        "L. Haddad",
    ]);
    let cells = table["cells"].as_array().unwrap();
    assert_eq!(cells[1][0], 0, "a higher cut makes no rupture of a strain");
    assert!(cells[0][1].as_u64().unwrap() > 0);
    let lock = [
        "rule",
        "lock",
        "s.sunder",
        "High",
        "--by",
        "M. Ortiz",
        "--reason",
        "before outcomes",
    ];
    desk.done(&lock).prints("locked by M. Ortiz: before outcomes");
    desk.run(&lock).ended(1).says("locked");
    let sweep = desk.data(&["sweep", "s.sunder", "--without-agreement"]);
    assert_eq!(sweep["locked"]["reason"], "before outcomes");
    assert_eq!(desk.data(&["verify", "s.sunder"])["sound"], true);
}
