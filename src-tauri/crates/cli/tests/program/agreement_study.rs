//! `sunder agreement study`: agreement of the codings of a study, and its report.

use serde_json::{Value, json};

use crate::desk::Desk;

/// The manual's worked example is the program's own output: the command as it stands there prints every line quoted.
#[test]
fn the_manual_quotes_what_the_program_prints() {
    let page = include_str!("../../../../../docs/manual/reporting-agreement.md");
    let blocks = |kind: &str| -> Vec<&str> {
        page.split(&format!("```{kind}\n"))
            .skip(1)
            .filter_map(|rest| rest.split("```").next())
            .collect()
    };
    let desk = Desk::new();
    let mut printed = String::new();
    for command in blocks("sh").iter().flat_map(|block| block.lines()) {
        let words: Vec<&str> = command.split_whitespace().skip(1).collect();
        let ran = desk.done(&words);
        printed.push_str(&ran.out);
        printed.push_str(&ran.said);
    }
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let quoted: Vec<&str> = blocks("text")
        .iter()
        .flat_map(|block| block.lines())
        .filter(|line| !line.is_empty())
        .collect();
    assert!(quoted.len() > 20, "{quoted:#?}");
    for line in quoted {
        assert!(printed.contains(&line), "not printed: {line}");
    }
}

#[test]
fn the_sample_study_is_compared_and_says_what_it_left_out() {
    let desk = Desk::new();
    desk.done(&["sample", "a.sunder"]);
    let arguments = [
        "agreement",
        "study",
        "a.sunder",
        "--unit",
        "conflict",
        "--value",
        "class",
        "--bootstrap",
        "50",
    ];
    let ran = desk.done(&arguments);
    ran.says("1 coding is not submitted. Take in with --keep unsubmitted. (Ada · 3, R. Novak)");
    ran.says("Only 6 sessions: the intervals are too narrow.");
    ran.says("Intervals: in simulated studies intervals of this kind");
    ran.prints("Strain or rupture where both marked");
    ran.prints("Intervals by resampling 6 sessions.");
    let report = desk.data(&arguments);
    let lines: Vec<&str> = report["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["line"].as_str().unwrap())
        .collect();
    for line in ["detection", "judgement", "combined", "category"] {
        assert!(lines.contains(&line), "{line}");
    }
    let pairs: Vec<&Value> = report["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|result| result["statistic"] == "cohen-kappa" && result["line"] == "detection")
        .map(|result| &result["pair"])
        .collect();
    assert_eq!(pairs.len(), 4, "each pair and their mean: {pairs:?}");
    assert!(pairs.contains(&&json!("mean")));
    assert_eq!(report["basis"]["sessions"], 6);
    assert_eq!(report["curve"]["points"].as_array().unwrap().len(), 5);

    let two = desk.data(&[
        "agreement",
        "study",
        "a.sunder",
        "--unit",
        "window:60",
        "--value",
        "presence",
        "--raters",
        "L. Haddad,M. Okafor",
        "--case",
        "Ada",
        "--bootstrap",
        "0",
    ]);
    assert_eq!(two["basis"]["sessions"], 4);
    assert!(two["results"][0]["bootstrap_ci"].is_null());
}

#[test]
fn a_study_is_refused_what_cannot_be_compared() {
    let desk = Desk::new();
    desk.done(&["sample", "a.sunder"]);
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = ["agreement", "study", "a.sunder", "--bootstrap", "0"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        desk.run(&all)
    };
    run(&["--unit", "windows", "--value", "class"])
        .ended(2)
        .says("There is no unit \"windows\"");
    run(&["--unit", "turn", "--value", "severity"])
        .ended(2)
        .says("There is no value \"severity\"");
    run(&["--unit", "turn", "--value", "frequency"])
        .ended(2)
        .says("choose session, window");
    run(&["--unit", "turn", "--value", "class", "--raters", "Nobody"])
        .ended(2)
        .says("There is no rater called Nobody");
    run(&[
        "--unit",
        "turn",
        "--value",
        "class",
        "--raters",
        "L. Haddad,L. Haddad",
    ])
    .ended(1)
    .says("is named twice");
    run(&["--unit", "turn", "--value", "class", "--raters", "L. Haddad"])
        .ended(1)
        .says("were coded by one rater only. Take in with --keep coded-once.");
    run(&["--unit", "turn", "--value", "class", "--compare", "recoding"])
        .ended(1)
        .says("have no counterpart");
    desk.run(&[
        "--as",
        "R. Novak",
        "agreement",
        "study",
        "a.sunder",
        "--unit",
        "turn",
        "--value",
        "class",
    ])
    .ended(1)
    .says("Only the lead");
}

#[test]
fn the_report_is_written_beside_the_numbers() {
    let desk = Desk::new();
    desk.done(&["sample", "a.sunder"]);
    let write = |more: &[&str]| {
        let all: Vec<&str> = [
            "agreement",
            "study",
            "a.sunder",
            "--unit",
            "session",
            "--value",
            "class",
            "--bootstrap",
            "0",
            "--report",
            "r.html",
        ]
        .iter()
        .chain(more)
        .copied()
        .collect();
        desk.done(&all);
        std::fs::read_to_string(desk.path("r.html")).unwrap()
    };
    let page = write(&[]);
    assert!(page.starts_with("<!doctype html>") && page.contains("L. Haddad") && page.contains("to write"));
    assert!(!write(&["--hide-names"]).contains("Haddad"));
    desk.run(&["agreement", "study", "a.sunder", "--hide-names"])
        .ended(2)
        .says("--report");
    desk.run(&[
        "agreement",
        "study",
        "a.sunder",
        "--unit",
        "session",
        "--value",
        "class",
        "--bootstrap",
        "0",
        "--report",
        "nowhere/r.html",
    ])
    .ended(3)
    .says("nowhere/r.html could not be written");
}

#[test]
fn sessions_that_some_did_not_code_are_used_unless_complete_ones_are_asked_for() {
    let desk = Desk::new();
    desk.done(&["sample", "a.sunder"]);
    let compared = |missing: &[&str]| {
        let arguments = [
            "agreement",
            "study",
            "a.sunder",
            "--unit",
            "session",
            "--value",
            "frequency",
            "--bootstrap",
            "0",
        ];
        desk.done(&[&arguments[..], missing].concat()).out
    };
    let usual = compared(&[]);
    assert!(usual.contains("conflicts per session, REML"), "{usual}");
    assert_eq!(usual, compared(&["--missing", "components"]));
    let complete = compared(&["--missing", "listwise"]);
    assert!(
        complete.contains("conflicts per session, units that all coded; n = 2 of 6"),
        "{complete}"
    );
}
