//! Agreement to take along: copies and the report.

use serde_json::{Value, json};

use crate::agreement::{conflicts_by_class, lead, outcome, plain};
use crate::program::{Program, id, session};

#[test]
fn the_table_is_copied_and_the_report_is_one_page_without_words_or_names_unless_asked() {
    let mut program = lead();
    let (job, outcome) = outcome(&mut program, conflicts_by_class());
    let copied = |program: &mut Program, form: &str, hide: bool| {
        program.call(
            "agreement_copy",
            json!({ "job_id": job, "form": form, "hide_names": hide }),
        )["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        copied(&mut program, "apa", false),
        outcome["sentence"].as_str().unwrap()
    );
    let csv = copied(&mut program, "csv", false);
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("part,name,line,label,detail,statistic"));
    assert!(csv.contains("L. Haddad × M. Okafor"));
    assert!(!copied(&mut program, "csv", true).contains("Haddad"));
    assert!(copied(&mut program, "text", false).contains("Detection"));

    let path = program.folder.path().join("report.html");
    let report = |program: &mut Program, hide: bool, words: bool| {
        program.call(
            "agreement_report",
            json!({ "job_id": job, "path": path.display().to_string(), "hide_names": hide, "with_words": words }),
        );
        std::fs::read_to_string(&path).unwrap()
    };
    let page = program.call(
        "agreement_units",
        json!({ "job_id": job, "differing": true, "limit": 1 }),
    );
    let words: String = page["units"][0]["excerpt"]
        .as_str()
        .unwrap()
        .chars()
        .take(12)
        .collect();
    let named = report(&mut program, false, true);
    assert!(named.contains("L. Haddad") && named.contains(&words));
    let masked = report(&mut program, true, false);
    for name in ["Haddad", "Okafor", "Novak"] {
        assert!(!masked.contains(name), "{name}");
    }
    assert!(!masked.contains("<blockquote>") && !masked.contains("<script"));
    for part in [
        "to write",
        "What was left out",
        "GRRAS",
        "not submitted",
        "Ada · 3, Rater 3",
        "no reason to choose a cut",
    ] {
        assert!(masked.contains(part), "{part}");
    }
    for loading in ["http:", "https:", "src=", "href=", "url("] {
        assert!(!masked.contains(loading), "nothing is loaded from elsewhere");
    }
}

#[test]
fn where_names_are_hidden_no_part_of_the_numbers_and_choices_names_a_rater() {
    let mut program = lead();
    let by_code = json!({ "kind": "code" });
    for (compare, value, unit) in [
        (
            "raters",
            json!({ "kind": "class" }),
            json!({ "kind": "conflict" }),
        ),
        (
            "raters",
            json!({ "kind": "presence" }),
            json!({ "kind": "window", "seconds": 300 }),
        ),
        ("raters", by_code, json!({ "kind": "span" })),
        (
            "expert",
            json!({ "kind": "class" }),
            json!({ "kind": "conflict" }),
        ),
    ] {
        let mut choice = plain(unit, value.clone());
        choice["compare"] = json!(compare);
        let (job, named) = outcome(&mut program, choice);
        assert!(named.to_string().contains("Haddad"), "{compare} {value}");
        let request = json!({ "job_id": job, "hide_names": true });
        let hidden = program.call("agreement_poll", request)["outcome"].to_string();
        let options = program
            .call("agreement_options", json!({ "hide_names": true }))
            .to_string();
        for name in ["Haddad", "Okafor", "Novak"] {
            assert!(
                !hidden.contains(name) && !options.contains(name),
                "{compare} {value}: {name}"
            );
        }
        assert!(hidden.contains("Rater 2") && options.contains("Rater 2"));
    }
}

#[test]
fn a_hidden_rater_has_one_number_in_every_part_of_a_comparison() {
    let mut program = lead();
    let study = program.call("study_view", json!({}));
    program.call("consensus_open", json!({ "op": id() }));
    let ids: Vec<Value> = study["raters"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|rater| rater["name"] != "M. Okafor")
        .map(|rater| rater["id"].clone())
        .collect();
    let mut choice = conflicts_by_class();
    choice["raters"] = json!(ids);
    let (job, outcome) = outcome(&mut program, choice);
    // Okafor is the second of the study and not compared: the number stays free.
    assert_eq!(outcome["confusions"][0]["pair"], json!(["L. Haddad", "R. Novak"]));
    let hidden =
        program.call("agreement_poll", json!({ "job_id": job, "hide_names": true }))["outcome"].clone();
    assert_eq!(hidden["confusions"][0]["pair"], json!(["Rater 1", "Rater 3"]));
    assert_eq!(hidden["heat_map"]["raters"], json!(["Rater 1", "Rater 3"]));
    let page = program.call(
        "agreement_units",
        json!({ "job_id": job, "differing": true, "limit": 1000, "hide_names": true }),
    );
    let settled = program.call(
        "consensus_session",
        json!({ "session_id": session(&study, "Ada · 1")["id"], "hide_names": true }),
    );
    let number_of = |coding_id: &Value| {
        let units = page["units"].as_array().unwrap();
        let mut says = units.iter().flat_map(|unit| unit["says"].as_array().unwrap());
        says.find(|says| says["coding_id"] == *coding_id)
            .map(|says| says["rater"].clone())
    };
    let mut compared = 0;
    for original in settled["originals"].as_array().unwrap() {
        if let Some(number) = number_of(&original["coding_id"]) {
            assert_eq!(original["rater"], number);
            compared += 1;
        }
    }
    assert_eq!(compared, 2);
    let path = program.folder.path().join("report.html").display().to_string();
    program.call(
        "agreement_report",
        json!({ "job_id": job, "path": path, "hide_names": true }),
    );
    let report = std::fs::read_to_string(&path).unwrap();
    assert!(report.contains("Rater 1 (rows) × Rater 3 (columns)") && !report.contains("Rater 2"));
}
