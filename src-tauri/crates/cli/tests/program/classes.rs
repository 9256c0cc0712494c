//! `sunder classify`: the exact shape that other programs read, and what it says.

use serde_json::{Value, json};

use crate::desk::{Desk, validates};

/// Four conflicts of one session: 2, 4, cannot judge, and nothing yet.
fn coding() -> Value {
    let marker = |id: &str, conflict: &str, turn: u32, code: &str| {
        json!({"id": id, "conflict": conflict, "start": {"turn": turn, "char": 0}, "end": {"turn": turn, "char": 2},
            "code": code, "actor": "patient", "clarity": "clear"})
    };
    json!({
        "format": "sunder-coding", "version": 1, "case": "Ada", "session": 2, "rater": "R1", "perspective": "observer",
        "material": "transcript", "codebook": "sunder@1", "purpose": "production", "status": "submitted",
        "conflicts": [
            {"id": "low", "significance": 2, "factors": {"intensity": 4, "centrality": 3, "endangerment": 1},
                "relationship": "alliance", "addressed": "no"},
            {"id": "high", "significance": 4, "relationship": "real"},
            {"id": "dark", "significance": "cannot-judge"},
            {"id": "blank"}
        ],
        "markers": [
            marker("m1", "low", 3, "withdrawal/minimal-response"),
            marker("m2", "high", 5, "confrontation/complaint-about-the-therapist"),
            marker("m3", "dark", 7, "withdrawal/topic-shift"),
            marker("m4", "blank", 9, "withdrawal/denial")
        ]
    })
}

fn study() -> Desk {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    desk.write("coding.json", coding().to_string());
    desk.done(&["coding", "import", "a.sunder", "coding.json"]);
    desk
}

fn conflict<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["codings"][0]["conflicts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|conflict| conflict["id"] == id)
        .unwrap()
}

#[test]
fn the_report_has_the_shape_that_others_rely_on() {
    let desk = study();
    let report = desk.data(&["classify", "a.sunder"]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), ["accumulations", "codings", "rule"]);
    validates(&report["rule"], "rule");
    assert_eq!(report["rule"]["cut"], json!(3));
    let coding = &report["codings"][0];
    assert_eq!(
        keys(coding),
        [
            "case",
            "conflicts",
            "of_record",
            "purpose",
            "rater",
            "session",
            "totals"
        ]
    );
    assert_eq!(
        (
            coding["case"].as_str(),
            coding["session"].as_u64(),
            coding["rater"].as_str(),
            coding["purpose"].as_str()
        ),
        (Some("Ada"), Some(2), Some("R1"), Some("production"))
    );
    assert!(coding["of_record"].is_boolean());
    assert_eq!(
        coding["totals"],
        json!({"conflicts": 4, "ruptures": 1, "strains": 1, "unscored": 2, "ruptures_built_from": 0,
            "accumulations_proposed": 0, "markers": 4})
    );
    let low = conflict(&report, "low");
    assert_eq!(keys(low), ["class", "cut", "id", "reasons", "score"]);
    assert_eq!(
        (low["class"].as_str(), low["score"].as_f64(), low["cut"].as_f64()),
        (Some("strain"), Some(2.0), Some(3.0))
    );
    assert_eq!(low["reasons"][0]["kind"], "score_below_cut");
    assert_eq!(low["reasons"][0]["text"], "significance 2 < cut 3");
    let high = conflict(&report, "high");
    assert_eq!(
        (high["class"].as_str(), high["reasons"][0]["kind"].as_str()),
        (Some("rupture"), Some("score_at_or_above_cut"))
    );
    for id in ["dark", "blank"] {
        let unscored = conflict(&report, id);
        assert_eq!(
            (unscored["class"].as_str(), &unscored["score"]),
            (Some("unscored"), &Value::Null)
        );
        assert_eq!(unscored["reasons"][0]["kind"], "missing_score");
    }
    let order: Vec<&str> = coding["conflicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|conflict| conflict["id"].as_str().unwrap())
        .collect();
    assert_eq!(order, ["low", "high", "dark", "blank"]);
}

#[test]
fn a_rule_from_a_file_is_looked_with_and_not_kept() {
    let desk = study();
    desk.write(
        "rule.json",
        r#"{"name": "Mean, floor, exception", "score": {"from": "factors", "combine": "mean"}, "cut": 2.5,
            "floors": {"endangerment": 2}, "cannot_judge": "ignore"}"#,
    );
    let report = desk.data(&["classify", "a.sunder", "--rule", "rule.json"]);
    assert_eq!(report["rule"]["name"], "Mean, floor, exception");
    validates(&report["rule"], "rule");
    let low = conflict(&report, "low");
    assert_eq!(
        (low["class"].as_str(), low["reasons"][0]["kind"].as_str()),
        (Some("strain"), Some("below_floor"))
    );
    assert!((low["score"].as_f64().unwrap() - 8.0 / 3.0).abs() < 1e-9);
    assert_eq!(conflict(&report, "high")["class"], "unscored");
    assert_eq!(
        desk.data(&["classify", "a.sunder"])["rule"]["name"],
        "Significance 3 and above"
    );

    desk.write(
        "bad.json",
        "{\"name\": \"r\", \"score\": {\"from\": \"significance\"}}",
    );
    desk.run(&["classify", "a.sunder", "--rule", "bad.json"])
        .ended(3)
        .says("bad.json: ");
    desk.write("pool.json", "{\"name\": \"r\", \"score\": {\"from\": \"significance\"}, \"cut\": 3,\n \"pool\": {\"over\": \"mean\", \"unmatched\": 1}}");
    desk.run(&["classify", "a.sunder", "--rule", "pool.json"])
        .ended(3)
        .says("line 2");
    desk.run(&["classify", "a.sunder", "--rule", "nowhere.json"])
        .ended(3)
        .says("nowhere.json could not be read");
}

#[test]
fn codings_are_chosen_by_name_and_production_counts_alone() {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    let raters = |rest: &[&str]| {
        let arguments: Vec<&str> = ["classify", "s.sunder"].iter().chain(rest).copied().collect();
        let report = desk.data(&arguments);
        let mut raters: Vec<String> = report["codings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|coding| {
                format!(
                    "{} {} {}",
                    coding["case"].as_str().unwrap(),
                    coding["session"],
                    coding["rater"].as_str().unwrap()
                )
            })
            .collect();
        raters.sort();
        raters
    };
    assert_eq!(raters(&[]).len(), 15);
    assert!(raters(&[]).iter().all(|coding| !coding.contains("Expert")));
    assert_eq!(
        raters(&["--case", "Ada", "--session", "3"]),
        ["Ada 3 L. Haddad", "Ada 3 M. Okafor", "Ada 3 R. Novak"]
    );
    assert_eq!(raters(&["--rater", "R. Novak"]).len(), 3);
    assert_eq!(
        raters(&["--purpose", "expert", "--case", "Bruno"]),
        ["Bruno 1 Expert", "Bruno 2 Expert"]
    );
    assert!(raters(&["--purpose", "training"]).is_empty());
    desk.run(&["classify", "s.sunder", "--rater", "Nobody"])
        .ended(2)
        .says("Nobody");
    desk.run(&["classify", "s.sunder", "--purpose", "fun"])
        .ended(2)
        .says("production, training");
}

#[test]
fn build_ups_are_proposed_within_one_rater_and_count_as_nothing() {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    let report = desk.data(&["classify", "s.sunder", "--case", "Ada", "--rater", "R. Novak"]);
    let found = report["accumulations"].as_array().unwrap();
    assert!(!found.is_empty());
    let mut strains = Vec::new();
    for coding in report["codings"].as_array().unwrap() {
        for conflict in coding["conflicts"].as_array().unwrap() {
            if conflict["class"] == "strain" {
                strains.push(conflict["id"].clone());
            }
        }
        let total = |key: &str| coding["totals"][key].as_u64().unwrap();
        assert_eq!(
            total("conflicts"),
            total("ruptures") + total("strains") + total("unscored")
        );
    }
    for one in found {
        assert_eq!(
            (one["case"].as_str(), one["rater"].as_str()),
            (Some("Ada"), Some("R. Novak"))
        );
        assert!(one["uncoded_between"].is_array());
        let members = one["members"].as_array().unwrap();
        assert!(
            members.len() >= 3 && members.iter().all(|member| strains.contains(member)),
            "{one}"
        );
    }
}

#[test]
fn the_list_reads_as_words() {
    let desk = study();
    let list = desk.done(&["classify", "a.sunder"]);
    list.prints("Rule: Significance 3 and above (cut 3)");
    list.prints("Ada · 2 · R1 · production");
    list.prints("ruptures 1 · strains 1 · unscored 2 · conflicts in all 4 · markers 4");
    list.prints("00:24  strain       2     3  significance 2 < cut 3");
    list.prints("withdrawal/minimal-response  [low]");
    let empty = desk.done(&["classify", "a.sunder", "--purpose", "expert"]);
    empty.says("no coding is like that");
}
