//! What is frozen stays as it was, whatever raters do, until the lead freezes anew.

use serde_json::{Value, json};

use crate::agreement::{conflicts_by_class, outcome};
use crate::consensus::{exported, item, items, look, opened, settle};
use crate::program::{Program, id, session};

#[test]
fn a_rater_who_changes_a_frozen_coding_changes_nothing_until_it_is_frozen_anew() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 1")["id"].clone();
    let before = look(&mut program, &session_id);
    let choice = json!({ "unit": { "kind": "conflict" }, "value": { "kind": "significance" },
        "interval": { "samples": 0, "seed": 1, "method": "percentile", "confidence": 0.95 } });
    let numbers = agreement(&mut program, &choice);

    let novak = study["raters"]
        .as_array()
        .unwrap()
        .iter()
        .find(|rater| rater["name"] == "R. Novak")
        .unwrap();
    let person = json!({ "person": { "kind": "rater", "rater_id": novak["id"] } });
    program.call("person_choose", person);
    let own = program.call("session_open", json!({ "session_id": session_id }));
    let coding_id = own["coding"]["id"].clone();
    program.call(
        "coding_reopen",
        json!({ "op": id(), "coding_id": coding_id, "reason": "second thoughts" }),
    );
    for conflict in own["coding"]["conflicts"].as_array().unwrap() {
        program.call(
            "conflict_change",
            json!({ "op": id(), "coding_id": coding_id, "conflict_id": conflict["id"],
                    "edit": { "set": "significance", "to": 5 } }),
        );
    }
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let after = look(&mut program, &session_id);
    assert_eq!(after["items"], before["items"]);
    let state = |view: &Value| {
        let originals = view["originals"].as_array().unwrap();
        let own = originals
            .iter()
            .find(|original| original["coding_id"] == coding_id)
            .unwrap();
        (own["state"].clone(), own["status"].clone())
    };
    assert_eq!(state(&after), (json!("changed"), json!("submitted")));
    let list = program.call("consensus_list", json!({}));
    assert_eq!(list["sessions"][0]["changed"], json!(["R. Novak"]));
    assert_eq!(
        agreement(&mut program, &choice),
        numbers,
        "agreement is of what was frozen"
    );

    let left = program.call("consensus_open", json!({ "op": id(), "anew": true }));
    assert_eq!(left["left_out"][0], "Ada · 1: R. Novak has not submitted.");
    assert_eq!(
        look(&mut program, &session_id)["originals"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    // What is not submitted is the lead's explicit choice.
    let request = json!({ "op": id(), "anew": true, "sessions": [session_id], "unsubmitted": true });
    program.call("consensus_open", request);
    let anew = look(&mut program, &session_id);
    assert_eq!(state(&anew), (json!("unchanged"), json!("open")));
    assert_ne!(anew["items"], before["items"]);
}

/// Rows of a comparison, without a job's number.
fn agreement(program: &mut Program, choice: &Value) -> Value {
    let job = program.call("agreement_start", choice.clone());
    for _ in 0..60_000 {
        let progress = program.call("agreement_poll", job.clone());
        match progress["state"].as_str().unwrap() {
            "reading" | "computing" => std::thread::sleep(std::time::Duration::from_millis(5)),
            "done" => return json!([progress["outcome"]["rows"], progress["outcome"]["confusions"]]),
            other => panic!("{other}: {progress}"),
        }
    }
    panic!("it never ends")
}

#[test]
fn what_was_settled_from_others_than_are_frozen_now_is_said_and_can_be_settled_again() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 1")["id"].clone();
    let view = look(&mut program, &session_id);
    let disputed = items(&view, "conflict")
        .into_iter()
        .find(|item| {
            item["members"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|m| m["marked"] == true)
                .count()
                > 1
        })
        .unwrap()
        .clone();
    settle(&mut program, &session_id, &disputed, json!({ "kind": "mean" }));
    let marked = disputed["members"]
        .as_array()
        .unwrap()
        .iter()
        .find(|m| m["marked"] == true)
        .unwrap();
    let rater = study["raters"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["name"] == marked["rater"])
        .unwrap();
    program.call(
        "person_choose",
        json!({ "person": { "kind": "rater", "rater_id": rater["id"] } }),
    );
    let coding_id = &marked["coding_id"];
    program.call(
        "coding_reopen",
        json!({ "op": id(), "coding_id": coding_id, "reason": "a slip" }),
    );
    for marker in marked["markers"].as_array().unwrap() {
        program.call(
            "marker_delete",
            json!({ "op": id(), "coding_id": coding_id, "marker_id": marker["id"] }),
        );
    }
    program.call("coding_submit", json!({ "op": id(), "coding_id": coding_id }));
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    program.call(
        "consensus_open",
        json!({ "op": id(), "anew": true, "sessions": [session_id] }),
    );
    let view = look(&mut program, &session_id);
    let outdated = view["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["settlement"]["outdated"] == true)
        .expect("it is said")
        .clone();
    assert_eq!(view["settled"], 1);
    let view = settle(&mut program, &session_id, &outdated, json!({ "kind": "none" }));
    assert_eq!(
        (
            &view["settled"],
            &item(&view, &outdated["id"])["settlement"]["outdated"]
        ),
        (&json!(1), &json!(false))
    );
    let consensus: Value = serde_json::from_str(&exported(&mut program, &view["coding_id"])).unwrap();
    assert_eq!(
        consensus["conflicts"],
        json!([]),
        "nothing of the first settling is left"
    );
}

/// A rater reopens a coding and, where asked, gives all its conflicts a significance of 5. The lead sits here again after.
fn reopen(program: &mut Program, study: &Value, session_id: &Value, change: bool) {
    let raters = study["raters"].as_array().unwrap();
    let novak = raters.iter().find(|rater| rater["name"] == "R. Novak").unwrap();
    program.call(
        "person_choose",
        json!({ "person": { "kind": "rater", "rater_id": novak["id"] } }),
    );
    let own = program.call("session_open", json!({ "session_id": session_id }));
    let coding_id = own["coding"]["id"].clone();
    if own["coding"]["status"] == "submitted" {
        program.call(
            "coding_reopen",
            json!({ "op": id(), "coding_id": coding_id, "reason": "second thoughts" }),
        );
    }
    for conflict in own["coding"]["conflicts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|_| change)
    {
        program.call(
            "conflict_change",
            json!({ "op": id(), "coding_id": coding_id, "conflict_id": conflict["id"],
                    "edit": { "set": "significance", "to": 5 } }),
        );
    }
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
}

#[test]
fn a_coding_changed_since_is_named_beside_the_numbers_and_in_the_report() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 1")["id"].clone();
    reopen(&mut program, &study, &session_id, false);
    let (_, numbers) = outcome(&mut program, conflicts_by_class());
    assert_eq!(numbers["changed"], json!([]), "reopened is not changed");

    reopen(&mut program, &study, &session_id, true);
    let (job, numbers) = outcome(&mut program, conflicts_by_class());
    let words = "changed after it was frozen; the numbers are of what was frozen. Freeze anew to take \
                 the change in.";
    assert_eq!(
        numbers["changed"],
        json!([{ "session": "Ada · 1", "rater": "R. Novak", "since": "frozen",
                 "words": words }])
    );
    let path = program.folder.path().join("report.html").display().to_string();
    let report = |program: &mut Program, hide: bool| {
        program.call(
            "agreement_report",
            json!({ "job_id": job, "path": path, "hide_names": hide }),
        );
        std::fs::read_to_string(&path).unwrap()
    };
    assert!(report(&mut program, false).contains(&format!("Ada · 1, R. Novak: {words}")));
    let hidden = report(&mut program, true);
    assert!(hidden.contains("Ada · 1, Rater 3: changed after it was frozen"));
    assert!(!hidden.contains("Novak"));

    // Frozen anew, the numbers on the screen are the old ones.
    let request = json!({ "op": id(), "anew": true, "sessions": [session_id], "unsubmitted": true });
    program.call("consensus_open", request);
    let asked = program.call("agreement_poll", json!({ "job_id": job }));
    assert_eq!(asked["outcome"]["changed"][0]["since"], "compared");
    let (_, numbers) = outcome(&mut program, conflicts_by_class());
    assert_eq!(numbers["changed"], json!([]));
}
