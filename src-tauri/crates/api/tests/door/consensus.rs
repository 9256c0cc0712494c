//! Consensus on the sample study, through the door: frozen, settled in every way, taken back, counted, exported.

use serde_json::{Value, json};
use sunder_api::ErrorCode;
use sunder_domain::{Codebook, Coding, Purpose};

use crate::program::{Program, id, session};

/// The sample as the lead has it, with all codings frozen; the study.
pub(crate) fn opened() -> (Program, Value) {
    let (mut program, _) = Program::sample();
    let study = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    program.call("consensus_open", json!({ "op": id() }));
    (program, study)
}

fn look(program: &mut Program, session_id: &Value) -> Value {
    program.call("consensus_session", json!({ "session_id": session_id }))
}

fn settle(program: &mut Program, session_id: &Value, item: &Value, by: Value) -> Value {
    program.call(
        "consensus_settle",
        json!({ "op": id(), "session_id": session_id, "item": item["id"], "by": by,
                "reason": "heard again", "present": "Novak, Haddad" }),
    )
}

fn act(session_id: &Value) -> Value {
    json!({ "op": id(), "session_id": session_id })
}

fn items<'a>(view: &'a Value, kind: &str) -> Vec<&'a Value> {
    view["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["kind"] == kind)
        .collect()
}

fn item<'a>(view: &'a Value, name: &Value) -> &'a Value {
    view["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["id"] == *name)
        .unwrap()
}

/// A conflict that all have marked and that all judge differently in significance, if possible.
fn disputed(view: &Value) -> Value {
    items(view, "conflict")
        .into_iter()
        .find(|item| {
            let given: Vec<&Value> = item["members"]
                .as_array()
                .unwrap()
                .iter()
                .map(|member| &member["conflict"]["significance"])
                .collect();
            given.iter().all(|value| value.is_number()) && given.iter().any(|value| *value != given[0])
        })
        .unwrap()
        .clone()
}

/// What stands in a coding, as its file says it.
fn exported(program: &mut Program, coding_id: &Value) -> String {
    let path = program.folder.path().join(format!("{}.json", id()));
    program.call("coding_export", json!({ "coding_id": coding_id, "path": path }));
    std::fs::read_to_string(path).unwrap()
}

fn all_exported(program: &mut Program, view: &Value) -> Vec<String> {
    let originals = view["originals"].as_array().unwrap().clone();
    originals
        .iter()
        .map(|original| exported(program, &original["coding_id"]))
        .collect()
}

#[test]
fn opening_freezes_what_is_submitted_and_says_where_every_session_stands() {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let before = program.call("consensus_list", json!({}));
    let sessions = before["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 6);
    assert!(sessions.iter().all(|session| session["state"] == "not-opened"));
    let unopened = &sessions[0]["session_id"];
    let error = program
        .try_call("consensus_session", json!({ "session_id": unopened }))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);

    let op = id();
    let after = program.call("consensus_open", json!({ "op": op }));
    assert!(
        after["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|session| session["state"] == "open")
    );
    assert_eq!(after["settled"], 0);
    assert!(after["items"].as_u64().unwrap() > 30, "{}", after["items"]);
    assert_eq!(after["left_out"], json!(["Ada · 3: R. Novak has not submitted."]));
    let again = program.call("consensus_open", json!({ "op": op }));
    assert_eq!(again["sessions"], after["sessions"], "sent twice, done once");
    let nothing_new = program.call("consensus_open", json!({ "op": id(), "anew": true }));
    assert_eq!(
        nothing_new["sessions"], after["sessions"],
        "nothing changed since"
    );
}

#[test]
fn an_item_is_settled_in_every_way_and_the_originals_stay_as_they_are() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let view = look(&mut program, &session_id);
    let before = all_exported(&mut program, &view);
    let disputed = disputed(&view);
    let members = disputed["members"].as_array().unwrap().clone();

    for member in &members {
        let by = json!({ "kind": "take", "coding_id": member["coding_id"] });
        let view = settle(&mut program, &session_id, &disputed, by);
        let settled = &item(&view, &disputed["id"])["settlement"];
        assert_eq!(settled["rater"], member["rater"]);
        assert_eq!(settled["reason"], "heard again");
        let sources = settled["sources"].as_array().unwrap();
        assert_eq!(sources.len(), members.len());
        for member in &members {
            let source = json!({ "coding_id": member["coding_id"], "id": member["conflict"]["id"] });
            assert!(sources.contains(&source), "it remembers where it came from");
        }
        assert_eq!(settled["present"], "Novak, Haddad");
        for field in [
            "significance",
            "factors",
            "relationship",
            "elements",
            "addressed",
            "note",
            "mode",
        ] {
            assert_eq!(settled["conflict"][field], member["conflict"][field], "{field}");
        }
        assert_eq!(
            settled["conflict"]["verdict"]["class"],
            member["conflict"]["verdict"]["class"]
        );
        let places = |of: &Value| -> Vec<Value> {
            let markers = of["markers"].as_array().unwrap();
            let mut places: Vec<Value> = markers
                .iter()
                .map(|marker| {
                    json!([
                        marker["start_ms"],
                        marker["segment"],
                        marker["code"],
                        marker["clarity"]
                    ])
                })
                .collect();
            places.sort_by_key(Value::to_string);
            places
        };
        assert_eq!(places(settled), places(member));
    }

    let view = settle(&mut program, &session_id, &disputed, json!({ "kind": "mean" }));
    let settled = &item(&view, &disputed["id"])["settlement"];
    let given: Vec<u64> = members
        .iter()
        .map(|member| member["conflict"]["significance"].as_u64().unwrap())
        .collect();
    let (sum, count) = (given.iter().sum::<u64>(), given.len() as u64);
    let stated = &settled["means"][0];
    assert_eq!(
        (&stated["of"], &stated["sum"], &stated["count"]),
        (&json!("significance"), &json!(sum), &json!(count))
    );
    assert_eq!(
        settled["conflict"]["significance"],
        json!((2 * sum + count) / (2 * count))
    );
    assert_eq!(
        settled["means"], disputed["means"],
        "what was offered is what was done"
    );
    let highest = members
        .iter()
        .rev()
        .max_by_key(|member| member["conflict"]["significance"].as_u64().unwrap())
        .unwrap();
    assert_eq!(
        settled["conflict"]["relationship"],
        highest["conflict"]["relationship"]
    );
    assert_eq!(settled["conflict"]["onset_ms"], highest["conflict"]["onset_ms"]);
    let kept_id = settled["conflict"]["id"].clone();

    let edit = json!({ "kind": "edit", "from": members[0]["coding_id"],
        "conflict": [{ "set": "significance", "to": 5 }, { "set": "note", "to": "agreed in the meeting" }] });
    let view = settle(&mut program, &session_id, &disputed, edit);
    let settled = &item(&view, &disputed["id"])["settlement"];
    assert_eq!(settled["choice"]["kind"], "edit");
    assert_eq!(settled["conflict"]["significance"], 5);
    assert_eq!(settled["conflict"]["note"], "agreed in the meeting");
    assert_eq!(
        settled["conflict"]["relationship"],
        members[0]["conflict"]["relationship"]
    );
    assert_eq!(
        settled["conflict"]["id"], kept_id,
        "it is still the same conflict"
    );
    let moved = json!({ "kind": "edit", "markers": [{ "code": "withdrawal/denial", "actor": "patient",
        "segment": { "kind": "text", "start": { "turn": 3, "unit": 0 }, "end": { "turn": 3, "unit": 4 } } }] });
    let view = settle(&mut program, &session_id, &disputed, moved);
    let settled = &item(&view, &disputed["id"])["settlement"];
    assert_eq!(
        settled["conflict"]["significance"], 5,
        "an edit starts from what is settled"
    );
    assert_eq!(settled["markers"].as_array().unwrap().len(), 1);
    assert_eq!(settled["markers"][0]["code"], "withdrawal/denial");

    let view = settle(&mut program, &session_id, &disputed, json!({ "kind": "none" }));
    let settled = &item(&view, &disputed["id"])["settlement"];
    assert_eq!(
        (&settled["conflict"], &settled["markers"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(view["settled"], 1);
    let consensus: Value = serde_json::from_str(&exported(&mut program, &view["coding_id"])).unwrap();
    assert_eq!(
        (&consensus["conflicts"], &consensus["markers"]),
        (&json!([]), &json!([]))
    );

    let view = program.call(
        "consensus_unsettle",
        json!({ "op": id(), "session_id": session_id, "item": disputed["id"] }),
    );
    assert_eq!(view["settled"], 0);
    assert_eq!(
        all_exported(&mut program, &view),
        before,
        "the originals are as they were"
    );
}

#[test]
fn what_a_rater_did_not_mark_is_taken_as_nothing_and_what_cannot_be_is_refused() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let view = look(&mut program, &session_id);
    let missed = items(&view, "conflict")
        .into_iter()
        .find(|item| {
            let members = item["members"].as_array().unwrap();
            members.iter().any(|member| member["marked"] == false)
        })
        .expect("somebody missed something")
        .clone();
    let who = missed["members"]
        .as_array()
        .unwrap()
        .iter()
        .find(|member| member["marked"] == false)
        .unwrap();
    let by = json!({ "kind": "take", "coding_id": who["coding_id"] });
    let view = settle(&mut program, &session_id, &missed, by);
    let settled = &item(&view, &missed["id"])["settlement"];
    assert_eq!(
        (&settled["conflict"], &settled["rater"]),
        (&Value::Null, &who["rater"])
    );

    let rating = items(&view, "session-rating")[0].clone();
    let marker = items(&view, "marker")[0].clone();
    let elsewhere = session(&study, "Bruno · 1")["id"].clone();
    let stranger = look(&mut program, &elsewhere)["originals"][0]["coding_id"].clone();
    let repair = json!([{ "code": "repair-therapist/apologises", "actor": "therapist", "segment": { "kind": "whole" } }]);
    for (item, by, code) in [
        (
            &missed,
            json!({ "kind": "take", "coding_id": stranger }),
            ErrorCode::NotFound,
        ),
        (
            &json!({ "id": "conflict/none/such" }),
            json!({ "kind": "none" }),
            ErrorCode::NotFound,
        ),
        (&marker, json!({ "kind": "mean" }), ErrorCode::BadRequest),
        (&marker, json!({ "kind": "edit" }), ErrorCode::BadRequest),
        (&rating, json!({ "kind": "edit" }), ErrorCode::BadRequest),
        (
            &missed,
            json!({ "kind": "edit", "markers": [] }),
            ErrorCode::BadRequest,
        ),
        (
            &missed,
            json!({ "kind": "edit", "markers": repair }),
            ErrorCode::BadRequest,
        ),
    ] {
        let request = json!({ "op": id(), "session_id": session_id, "item": item["id"], "by": by });
        let error = program.try_call("consensus_settle", request.clone()).unwrap_err();
        assert_eq!(error.code, code, "{request}");
    }
}

#[test]
fn repairs_ratings_and_windows_are_settled_too() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let view = look(&mut program, &session_id);
    let differs = |item: &&Value, field: &str| {
        let members = item["members"].as_array().unwrap();
        members.iter().filter(|member| !member[field].is_null()).count() > 1 && item["agreed"] == false
    };
    let rating = items(&view, "session-rating")
        .into_iter()
        .find(|item| differs(item, "rating"))
        .unwrap()
        .clone();
    let view = settle(&mut program, &session_id, &rating, json!({ "kind": "mean" }));
    let settled = &item(&view, &rating["id"])["settlement"];
    assert_eq!(settled["rating"], settled["means"][0]["kept"]);
    let view = settle(
        &mut program,
        &session_id,
        &rating,
        json!({ "kind": "edit", "rating": "cannot-judge" }),
    );
    assert_eq!(item(&view, &rating["id"])["settlement"]["rating"], "cannot-judge");

    let window = items(&view, "window")[0].clone();
    let rater = window["members"]
        .as_array()
        .unwrap()
        .iter()
        .find(|member| member["marked"] == true)
        .unwrap();
    let by = json!({ "kind": "take", "coding_id": rater["coding_id"] });
    let view = settle(&mut program, &session_id, &window, by);
    assert_eq!(
        item(&view, &window["id"])["settlement"]["window"],
        rater["window"]
    );

    let repair = items(&view, "marker")
        .into_iter()
        .find(|item| item["members"][0]["marked"] == true)
        .unwrap()
        .clone();
    let by = json!({ "kind": "take", "coding_id": repair["members"][0]["coding_id"] });
    let view = settle(&mut program, &session_id, &repair, by);
    let settled = &item(&view, &repair["id"])["settlement"];
    assert_eq!(
        settled["markers"][0]["code"],
        repair["members"][0]["markers"][0]["code"]
    );
    assert_eq!(view["settled"], 3);
    let view = settle(&mut program, &session_id, &rating, json!({ "kind": "none" }));
    let text = exported(&mut program, &view["coding_id"]);
    let consensus: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(consensus["ratings"]["session"], Value::Null, "it holds none");
    assert_eq!(consensus["markers"].as_array().unwrap().len(), 1);
}

#[test]
fn links_are_carried_over_once_both_ends_are_settled_also_over_sessions() {
    let (mut program, study) = opened();
    // A rupture of the third session that was built from strains of the first two.
    let third = session(&study, "Ada · 3")["id"].clone();
    let view = look(&mut program, &third);
    let (built, member) = items(&view, "conflict")
        .into_iter()
        .find_map(|item| {
            let members = item["members"].as_array().unwrap();
            let linked = members.iter().find(|member| {
                member["conflict"]["built_from"]
                    .as_array()
                    .is_some_and(|links| !links.is_empty())
            })?;
            Some((item.clone(), linked.clone()))
        })
        .expect("the sample has a build-up");
    let links = member["conflict"]["built_from"].as_array().unwrap().len() as u64;
    let by = json!({ "kind": "take", "coding_id": member["coding_id"] });
    let view = settle(&mut program, &third, &built, by.clone());
    let settled = &item(&view, &built["id"])["settlement"];
    assert_eq!(
        (&settled["links_to_come"], &settled["conflict"]["built_from"]),
        (&json!(links), &json!([]))
    );

    // The sessions before are settled as the same rater has them.
    for label in ["Ada · 1", "Ada · 2", "Ada · 3"] {
        let session_id = session(&study, label)["id"].clone();
        let own = look(&mut program, &session_id)["originals"]
            .as_array()
            .unwrap()
            .iter()
            .find(|original| original["rater"] == member["rater"])
            .unwrap()["coding_id"]
            .clone();
        let request = json!({ "op": id(), "session_id": session_id, "coding_id": own });
        let view = program.call("consensus_settle_rest", request);
        assert_eq!(view["settled"], json!(view["items"].as_array().unwrap().len()));
    }
    let view = look(&mut program, &third);
    let settled = &item(&view, &built["id"])["settlement"];
    assert_eq!(settled["links_to_come"], 0);
    assert_eq!(
        settled["conflict"]["built_from"].as_array().unwrap().len() as u64,
        links
    );
    let report = program.call("classify", json!({ "purpose": "consensus", "case": "Ada" }));
    let known: Vec<&Value> = report["codings"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|coding| coding["conflicts"].as_array().unwrap())
        .map(|conflict| &conflict["id"])
        .collect();
    for link in settled["conflict"]["built_from"].as_array().unwrap() {
        assert!(known.contains(&link), "links name conflicts of the consensus");
    }

    // Repairs answer the consensus's conflicts; one that is settled as nothing is answered no more.
    let answers = |view: &Value| -> Vec<Value> {
        let settled = items(view, "marker")
            .into_iter()
            .map(|item| &item["settlement"]["markers"][0]);
        settled
            .filter_map(|marker| marker["answers"].as_array())
            .flatten()
            .cloned()
            .collect()
    };
    let answered = answers(&view)
        .into_iter()
        .find(|id| {
            items(&view, "conflict")
                .iter()
                .any(|item| item["settlement"]["conflict"]["id"] == *id)
        })
        .expect("something of the session is answered");
    let gone = items(&view, "conflict")
        .into_iter()
        .find(|item| item["settlement"]["conflict"]["id"] == answered)
        .unwrap()
        .clone();
    let view = settle(&mut program, &third, &gone, json!({ "kind": "none" }));
    assert!(!answers(&view).contains(&answered));
    let view = program.call("consensus_undo", act(&third));
    assert!(answers(&view).contains(&answered));
}

#[test]
fn all_that_agree_are_one_step_and_one_undo_also_after_a_restart() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Bruno · 1")["id"].clone();
    let view = look(&mut program, &session_id);
    let agreed = view["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["agreed"] == true)
        .count();
    let of_one_class = view["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["same_class"] == true || item["agreed"] == true)
        .count();
    assert!(agreed > 0 && of_one_class > agreed, "{agreed}, {of_one_class}");
    let op = id();
    let request = json!({ "op": op, "session_id": session_id });
    let view = program.call("consensus_settle_agreed", request.clone());
    assert_eq!(view["settled"], json!(agreed));
    assert_eq!(view["undo"], "settle all that agree");
    let again = program.call("consensus_settle_agreed", request);
    assert_eq!(again["settled"], json!(agreed), "sent twice, done once");
    let request = json!({ "op": id(), "session_id": session_id, "on": "class" });
    let view = program.call("consensus_settle_agreed", request);
    assert_eq!(view["settled"], json!(of_one_class));

    let mut program = program.restart();
    program.call("app_start", json!({}));
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let view = program.call("consensus_undo", act(&session_id));
    assert_eq!(view["settled"], json!(agreed));
    assert!(view["focus"].is_string());
    let view = program.call("consensus_undo", act(&session_id));
    assert_eq!(view["settled"], 0);
    assert_eq!(
        program
            .try_call("consensus_undo", act(&session_id))
            .unwrap_err()
            .code,
        ErrorCode::NotFound
    );
    let view = program.call("consensus_redo", act(&session_id));
    assert_eq!(
        (&view["settled"], &view["redo"]),
        (&json!(agreed), &json!("settle all that agree"))
    );
    let verified = program.call("study_verify", json!({}));
    assert_eq!(verified["sound"], true, "{verified}");
}

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

#[test]
fn the_consensus_is_a_coding_file_that_another_study_takes_and_locks_when_it_is_submitted() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let first = look(&mut program, &session_id)["originals"][0]["coding_id"].clone();
    let view = program.call(
        "consensus_settle_rest",
        json!({ "op": id(), "session_id": session_id, "coding_id": first }),
    );
    let coding_id = view["coding_id"].clone();
    let text = exported(&mut program, &coding_id);
    let (coding, warnings) = Coding::from_json(&text, &Codebook::built_in()).unwrap();
    assert_eq!(
        (coding.purpose, coding.rater.as_str()),
        (Purpose::Consensus, "lead")
    );
    assert!(warnings.is_empty(), "{warnings:?}");
    assert!(!coding.conflicts.is_empty() && !coding.coverage.is_empty());
    let original = exported(&mut program, &first);
    let (original, _) = Coding::from_json(&original, &Codebook::built_in()).unwrap();
    assert_eq!(coding.markers.len(), original.markers.len());
    let shared = coding
        .markers
        .iter()
        .filter(|m| original.markers.iter().any(|o| o.id == m.id))
        .count();
    assert_eq!(shared, 0, "its markers are its own");

    let opened = program.call(
        "session_open",
        json!({ "session_id": session_id, "coding_id": coding_id }),
    );
    assert_eq!(
        (&opened["read_only"], &opened["coding"]["rater"]),
        (&json!(false), &json!("lead"))
    );
    program.call("coding_submit", json!({ "op": id(), "coding_id": coding_id }));
    let item = &view["items"][0];
    let request =
        json!({ "op": id(), "session_id": session_id, "item": item["id"], "by": { "kind": "none" } });
    assert_eq!(
        program.try_call("consensus_settle", request).unwrap_err().code,
        ErrorCode::Locked
    );
    assert_eq!(
        program
            .try_call("consensus_undo", act(&session_id))
            .unwrap_err()
            .code,
        ErrorCode::Locked
    );
    assert_eq!(look(&mut program, &session_id)["state"], "submitted");

    let file = program.folder.path().join("consensus.json");
    program.call("coding_export", json!({ "coding_id": coding_id, "path": file }));
    let path = program.folder.path().join("other.sunder");
    program.call("study_new", json!({ "path": path, "name": "Other" }));
    let taken = program.call("coding_import", json!({ "path": file }));
    let again = program.call("coding_import", json!({ "path": file }));
    assert_eq!(
        (&taken["already_there"], &again["already_there"]),
        (&json!(false), &json!(true))
    );
    let other = program.call("study_view", json!({}));
    assert_eq!(other["raters"], json!([]), "the lead is no rater");
    assert_eq!(program.call("study_verify", json!({}))["sound"], true);
}

#[test]
fn the_coding_of_record_gives_a_sessions_totals_and_raters_are_never_added_up() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Bruno · 2")["id"].clone();
    let choose = |request: Value| json!({ "op": id(), "sessions": [session_id], "record": request });
    let counted = |program: &mut Program| -> (Value, Vec<Value>, Value) {
        let report = program.call("classify", json!({ "case": "Bruno", "session": 2 }));
        let of_record = report["codings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|c| c["of_record"] == true);
        (
            report["sessions"].clone(),
            of_record.cloned().collect(),
            report["codings"].clone(),
        )
    };
    let (sessions, of_record, codings) = counted(&mut program);
    assert_eq!(
        (sessions, of_record.len()),
        (Value::Null, 0),
        "raters stand side by side"
    );
    let codings = codings.as_array().unwrap().clone();
    assert!(codings.len() > 1);

    let error = program
        .try_call("record_set", choose(json!({ "kind": "consensus" })))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict, "there is none yet");

    let haddad = study["raters"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["name"] == "L. Haddad")
        .unwrap();
    let list = program.call(
        "record_set",
        choose(json!({ "kind": "rater", "rater_id": haddad["id"] })),
    );
    let own = list["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["label"] == "Bruno · 2")
        .unwrap();
    assert_eq!(own["record"]["words"], "L. Haddad");
    assert!(own["record"]["fixed_ms"].as_i64().unwrap() > 0);
    let (sessions, of_record, _) = counted(&mut program);
    assert_eq!(of_record.len(), 1);
    assert_eq!(of_record[0]["rater"], "L. Haddad");
    for field in ["conflicts", "ruptures", "strains", "unscored", "markers"] {
        assert_eq!(
            sessions[0]["totals"][field], of_record[0]["totals"][field],
            "{field}"
        );
    }

    program.call("record_set", choose(json!({ "kind": "mean" })));
    let (sessions, of_record, _) = counted(&mut program);
    assert_eq!(of_record.len(), 0, "no one coding is");
    let sum: u64 = codings
        .iter()
        .map(|c| c["totals"]["conflicts"].as_u64().unwrap())
        .sum();
    let mean = sessions[0]["totals"]["conflicts"].as_f64().unwrap();
    assert!((mean - sum as f64 / codings.len() as f64).abs() < 1e-9);

    let drawn = |program: &mut Program, seed: u32| {
        program.call("record_set", choose(json!({ "kind": "random", "seed": seed })));
        counted(program).1[0]["rater"].clone()
    };
    let first = drawn(&mut program, 7);
    assert_eq!(drawn(&mut program, 7), first, "the same seed draws the same");
    let others: Vec<Value> = (0..20).map(|seed| drawn(&mut program, seed)).collect();
    assert!(others.iter().any(|other| *other != first));

    let view = program.call("consensus_settle_agreed", act(&session_id));
    program.call("record_set", choose(json!({ "kind": "consensus" })));
    let (sessions, of_record, _) = counted(&mut program);
    assert_eq!(of_record.len(), 0, "production codings are not");
    assert_eq!(sessions[0]["record"]["words"], "consensus");
    let consensus = program.call("classify", json!({ "purpose": "consensus", "case": "Bruno" }));
    assert_eq!(consensus["codings"][0]["of_record"], true);
    assert_eq!(
        sessions[0]["totals"]["conflicts"],
        consensus["codings"][0]["totals"]["conflicts"]
    );
    let shown = program.call("study_view", json!({}));
    let shown = session(&shown, "Bruno · 2");
    assert_eq!(shown["record"]["words"], "consensus");
    let own = shown["codings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == view["coding_id"])
        .unwrap();
    assert_eq!(own["of_record"], true);

    program.call("record_set", choose(Value::Null));
    assert_eq!(counted(&mut program).0, Value::Null);
    let all = program.call("record_set", json!({ "op": id(), "record": { "kind": "mean" } }));
    assert!(
        all["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["record"]["words"] == "mean of raters")
    );
    assert_eq!(program.call("study_verify", json!({}))["sound"], true);
}

#[test]
fn names_are_hidden_where_the_lead_wants() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let view = program.call(
        "consensus_session",
        json!({ "session_id": session_id, "hide_names": true }),
    );
    let item = items(&view, "conflict")[0].clone();
    let by = json!({ "kind": "take", "coding_id": item["members"][1]["coding_id"] });
    let request =
        json!({ "op": id(), "session_id": session_id, "item": item["id"], "by": by, "hide_names": true });
    let view = program.call("consensus_settle", request);
    assert_eq!(self::item(&view, &item["id"])["settlement"]["rater"], "Rater 2");
    for name in ["Novak", "Haddad", "Okafor"] {
        assert!(!view.to_string().contains(name), "{name}");
    }
}
