//! `sunder results` on the sample study: the numbers of `sunder classify` and of the coding files themselves.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    desk
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// A row of the CSV by its columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), names.len(), "{line}");
            names
                .iter()
                .zip(fields)
                .map(|(name, field)| ((*name).to_owned(), field.to_owned()))
                .collect()
        })
        .collect()
}

/// Conflicts nobody took up, repair attempts by therapist and by patient, counted from the sample's coding files.
fn counted_by_hand(rater: &str) -> [usize; 3] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample/codings");
    let mut counted = [0; 3];
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let coding: Value = serde_json::from_str(&text).unwrap();
        if coding["rater"] != rater || coding["purpose"] != "production" {
            continue;
        }
        let markers = list(&coding["markers"]);
        let repairs = |actor: &str| {
            markers
                .iter()
                .filter(|marker| {
                    marker["code"].as_str().unwrap().starts_with("repair") && marker["actor"] == actor
                })
                .count()
        };
        counted[0] += list(&coding["conflicts"])
            .iter()
            .filter(|conflict| conflict["addressed"] == "no")
            .count();
        counted[1] += repairs("therapist");
        counted[2] += repairs("patient");
    }
    counted
}

#[test]
fn text_json_and_csv_hold_what_classify_prints_and_what_the_coding_files_hold() {
    let desk = desk();
    let report = desk.data(&["results", "s.sunder"]);
    let classify = desk.data(&["classify", "s.sunder"]);
    let table = rows(&desk.done(&["--format", "csv", "results", "s.sunder"]).out);
    let text = desk.done(&["results", "s.sunder"]);
    let sessions: Vec<_> = table.iter().filter(|row| row["row"] == "session").collect();
    assert_eq!(sessions.len(), list(&classify["codings"]).len());
    for coding in list(&classify["codings"]) {
        let row = sessions
            .iter()
            .find(|row| {
                coding["case"] == row["case"].as_str()
                    && coding["session"].as_u64() == row["session"].parse().ok()
                    && coding["rater"] == row["source"].as_str()
            })
            .unwrap();
        for name in ["conflicts", "ruptures", "strains", "unscored", "markers"] {
            assert_eq!(coding["totals"][name].to_string(), row[name], "{name}");
        }
    }
    for source in list(&report["sources"]) {
        let words = source["words"].as_str().unwrap();
        let figures = &source["figures"];
        let row = table
            .iter()
            .find(|row| row["row"] == "source" && row["source"] == words)
            .unwrap();
        for class in ["ruptures", "strains", "unscored"] {
            assert_eq!(figures["totals"][class].to_string(), row[class]);
            let no = list(&figures["addressed"])
                .iter()
                .find(|part| part["key"] == "no")
                .unwrap();
            assert_eq!(
                no["counts"][class].to_string(),
                row[&format!("addressed_no_{class}")]
            );
        }
        let counted = |name: &str| row[name].parse::<usize>().unwrap();
        let unaddressed = counted("addressed_no_ruptures")
            + counted("addressed_no_strains")
            + counted("addressed_no_unscored");
        let found = [
            unaddressed,
            counted("repairs_therapist"),
            counted("repairs_patient"),
        ];
        assert_eq!(found, counted_by_hand(words), "{words}");
        text.prints(words);
    }
    text.prints("Unaddressed conflicts, the real relationship first");
    text.prints("Not locked");
}

#[test]
fn what_was_said_is_printed_only_where_it_is_asked_for() {
    let desk = desk();
    let without = desk.data(&["results", "s.sunder"]);
    assert!(
        list(&without["unaddressed"]["conflicts"])
            .iter()
            .all(|row| row["excerpt"].is_null())
    );
    let with = desk.data(&["results", "s.sunder", "--with-text"]);
    let words = with["unaddressed"]["conflicts"][0]["excerpt"].as_str().unwrap();
    assert!(!words.is_empty());
    desk.done(&["results", "s.sunder", "--with-text"]).prints(words);
}

#[test]
fn a_rule_from_a_file_is_used_and_named_and_a_case_that_is_not_there_is_refused() {
    let desk = desk();
    desk.write(
        "rule.json",
        r#"{"name": "All of them", "score": {"from": "significance"}, "cut": 1}"#,
    );
    let report = desk.data(&["results", "s.sunder", "--rule", "rule.json", "--case", "Ada"]);
    assert_eq!(report["rule"]["name"], "All of them");
    for source in list(&report["sources"]) {
        assert_eq!(source["figures"]["totals"]["strains"], 0);
        assert_eq!(list(&source["cases"]).len(), 1);
    }
    desk.run(&["results", "s.sunder", "--case", "Nobody"]).ended(2);
}
