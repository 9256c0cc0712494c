//! What can be compared and what is refused; a computation as a job that tells how far it is.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::agreement::{conflicts_by_class, ended, lead, outcome, plain};
use crate::program::session;

#[test]
fn what_was_left_out_is_counted_and_taken_in_by_choice() {
    let mut program = lead();
    let (_, outcome_of_submitted) = outcome(&mut program, conflicts_by_class());
    let left: Vec<(&str, u64)> = outcome_of_submitted["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| (left["kind"].as_str().unwrap(), left["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(left, [("unsubmitted", 1), ("unseen", 1)]);
    assert_eq!(
        outcome_of_submitted["left_out"][0]["which"],
        json!(["Ada · 3, R. Novak"])
    );
    let mut choice = conflicts_by_class();
    choice["keep"] = json!({ "unsubmitted": true });
    let (_, all) = outcome(&mut program, choice);
    let codings = |outcome: &Value, name: &str| {
        outcome["basis"]["raters"]
            .as_array()
            .unwrap()
            .iter()
            .find(|rater| rater["name"] == name)
            .unwrap()["codings"]
            .clone()
    };
    assert_eq!(codings(&outcome_of_submitted, "R. Novak"), 2);
    assert_eq!(codings(&all, "R. Novak"), 3);
}

#[test]
fn a_job_tells_how_far_it_is_and_can_be_stopped_while_other_calls_go_on() {
    let mut program = lead();
    let mut choice = conflicts_by_class();
    choice["interval"]["samples"] = json!(1_000_000);
    let job = program.call("agreement_start", choice);
    let mut seen = Vec::new();
    let mut last = 0.0;
    while seen.len() < 3 || !seen.contains(&"computing".to_owned()) {
        let begun = std::time::Instant::now();
        let progress = program.call("agreement_poll", job.clone());
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(2),
            "asking does not wait for the computation"
        );
        let done = progress["done"].as_f64().unwrap();
        assert!(done >= last && done < 1.0, "{done} after {last}");
        last = done;
        seen.push(progress["state"].as_str().unwrap().to_owned());
        program.call("study_view", json!({}));
    }
    program.call("agreement_cancel", job.clone());
    assert_eq!(program.call("agreement_poll", job.clone())["state"], "cancelled");
    assert_eq!(
        program
            .try_call("agreement_units", json!({ "job_id": job["job_id"], "limit": 1 }))
            .unwrap_err()
            .code,
        ErrorCode::NotFound
    );
}

#[test]
fn only_the_lead_compares_and_a_change_of_person_ends_the_jobs() {
    let mut program = lead();
    let (job, _) = outcome(&mut program, conflicts_by_class());
    let study = program.call("study_view", json!({}));
    let rater = study["raters"][0]["id"].clone();
    program.call(
        "person_choose",
        json!({ "person": { "kind": "rater", "rater_id": rater } }),
    );
    for (name, payload) in [
        ("agreement_options", json!({})),
        ("agreement_start", conflicts_by_class()),
        ("agreement_poll", json!({ "job_id": job })),
        ("agreement_cancel", json!({ "job_id": job })),
        ("agreement_units", json!({ "job_id": job, "limit": 1 })),
        ("agreement_copy", json!({ "job_id": job, "form": "apa" })),
        (
            "agreement_report",
            json!({ "job_id": job, "path": "/nowhere/r.html" }),
        ),
    ] {
        assert_eq!(
            program.try_call(name, payload).unwrap_err().code,
            ErrorCode::NotAllowed,
            "{name}"
        );
    }
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    assert_eq!(
        program
            .try_call("agreement_poll", json!({ "job_id": job }))
            .unwrap_err()
            .code,
        ErrorCode::NotFound
    );
}

#[test]
fn what_cannot_be_compared_is_refused_with_what_would_do() {
    let mut program = lead();
    let study = program.call("study_view", json!({}));
    let rater = study["raters"][0]["id"].clone();
    let ada = session(&study, "Ada · 1")["id"].clone();
    let mut cases = vec![
        (
            plain(json!({ "kind": "turn" }), json!({ "kind": "frequency" })),
            ErrorCode::BadRequest,
        ),
        (
            plain(
                json!({ "kind": "session" }),
                json!({ "kind": "rating", "key": "charm" }),
            ),
            ErrorCode::BadRequest,
        ),
        (
            plain(
                json!({ "kind": "turn" }),
                json!({ "kind": "presence", "of": "withdrawal/none" }),
            ),
            ErrorCode::BadRequest,
        ),
    ];
    let mut twice = conflicts_by_class();
    twice["raters"] = json!([rater, rater]);
    cases.push((twice, ErrorCode::Conflict));
    let mut again = conflicts_by_class();
    again["sessions"] = json!([ada, ada]);
    cases.push((again, ErrorCode::Conflict));
    let mut unknown = conflicts_by_class();
    unknown["cases"] = json!(["Nobody"]);
    cases.push((unknown, ErrorCode::NotFound));
    for (choice, code) in cases {
        let error = program.try_call("agreement_start", choice).unwrap_err();
        assert_eq!(error.code, code, "{}", error.message);
    }
    let named = |name: &str| {
        let raters = study["raters"].as_array().unwrap();
        raters.iter().find(|rater| rater["name"] == name).unwrap()["id"].clone()
    };
    let left = |outcome: &Value| -> Vec<(String, Value)> {
        outcome["left_out"]
            .as_array()
            .unwrap()
            .iter()
            .map(|left| (left["kind"].as_str().unwrap().to_owned(), left["keep"].clone()))
            .collect()
    };
    let mut alone = conflicts_by_class();
    alone["raters"] = json!([named("M. Okafor")]);
    let (_, nobody) = outcome(&mut program, alone);
    assert_eq!(nobody["basis"]["sessions"], 0);
    assert_eq!(left(&nobody), [("coded-once".to_owned(), json!("coded_once"))]);
    assert_eq!(nobody["sentence"], "Nothing could be compared.");
    let mut expert = conflicts_by_class();
    expert["raters"] = json!([named("Expert"), named("M. Okafor")]);
    let (_, nobody) = outcome(&mut program, expert);
    assert_eq!(left(&nobody)[0], ("no-coding".to_owned(), Value::Null));
}

#[test]
fn every_unit_and_value_that_is_offered_can_be_compared() {
    let mut program = lead();
    let options = program.call("agreement_options", json!({}));
    assert_eq!(options["first"]["unit"]["kind"], "window");
    assert_eq!(options["first"]["value"]["kind"], "presence");
    assert_eq!(
        (options["experts"].as_u64(), options["recodings"].as_u64()),
        (Some(6), Some(0))
    );
    let mut compared = 0;
    for value in options["values"].as_array().unwrap() {
        for unit in options["units"].as_array().unwrap() {
            if !value["units"].as_array().unwrap().contains(&unit["unit"]["kind"]) {
                continue;
            }
            let (_, outcome) = outcome(&mut program, plain(unit["unit"].clone(), value["value"].clone()));
            let rows = outcome["rows"].as_array().unwrap();
            assert!(!rows.is_empty(), "{value} by {unit}");
            for row in rows {
                let measurement = &row["measurement"];
                assert_ne!(
                    measurement["value"].is_null(),
                    measurement["reason"].is_null(),
                    "a value or a reason: {row}"
                );
                assert!(!row["help"].as_str().unwrap().is_empty(), "{}", row["id"]);
                assert!(!row["citation"].as_str().unwrap().is_empty(), "{}", row["id"]);
            }
            let ids: std::collections::BTreeSet<&str> =
                rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
            assert!(
                ids.len() == rows.len() || unit["unit"]["kind"] == "span",
                "ids are told apart"
            );
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
}

#[test]
fn a_copied_coding_is_not_compared_with_itself() {
    let mut program = lead();
    let study = program.call("study_view", json!({}));
    let coding = session(&study, "Bruno · 1")["codings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|coding| coding["rater"] == "L. Haddad")
        .unwrap()["id"]
        .clone();
    let path = program.folder.path().join("copy.json");
    program.call(
        "coding_export",
        json!({ "coding_id": coding, "path": path.display().to_string() }),
    );
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("L. Haddad", "H. Twin");
    std::fs::write(&path, text).unwrap();
    program.call("coding_import", json!({ "path": path.display().to_string() }));
    let job = program.call("agreement_start", conflicts_by_class());
    let progress = ended(&mut program, &job);
    assert_eq!(progress["state"], "failed");
    assert_eq!(progress["problem"]["code"], "conflict");
    let message = progress["problem"]["message"].as_str().unwrap();
    assert!(
        message.contains("Bruno · 1") && message.contains("H. Twin"),
        "{message}"
    );
}

#[test]
fn units_that_some_did_not_code_are_used_or_left_out_as_the_lead_wants() {
    let mut program = lead();
    let options = program.call("agreement_options", json!({}));
    let offered: Vec<&str> = options["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["missing"].as_str().unwrap())
        .collect();
    assert_eq!(offered, ["components", "listwise"]);
    assert_eq!(options["first"]["missing"], "components");

    let counts = plain(json!({ "kind": "session" }), json!({ "kind": "frequency" }));
    let mut complete = counts.clone();
    complete["missing"] = json!("listwise");
    let (_, of_all) = outcome(&mut program, counts);
    let (_, of_complete) = outcome(&mut program, complete);
    let icc = |outcome: &Value| outcome["session_counts"][0]["rows"][0].clone();
    let (of_all, of_complete) = (icc(&of_all), icc(&of_complete));
    assert_eq!(of_all["detail"], "conflicts per session, REML");
    assert_eq!(
        of_complete["detail"],
        "conflicts per session, units that all coded; n = 2 of 6"
    );
    // Novak submitted two of the six sessions.
    assert_eq!(of_all["measurement"]["units_used"], 6);
    assert_eq!(of_complete["measurement"]["units_used"], 2);
    assert_ne!(
        of_all["measurement"]["value"],
        of_complete["measurement"]["value"]
    );
    assert!(of_complete["measurement"]["notes"].to_string().contains("4 "));
}
