//! Consensus on the sample study, through the door: frozen, and settled in every way.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::{Program, id, session};

/// The sample as the lead has it, with all codings frozen; the study.
pub(crate) fn opened() -> (Program, Value) {
    let (mut program, _) = Program::sample();
    let study = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    program.call("consensus_open", json!({ "op": id() }));
    (program, study)
}

pub(crate) fn look(program: &mut Program, session_id: &Value) -> Value {
    program.call("consensus_session", json!({ "session_id": session_id }))
}

pub(crate) fn settle(program: &mut Program, session_id: &Value, item: &Value, by: Value) -> Value {
    program.call(
        "consensus_settle",
        json!({ "op": id(), "session_id": session_id, "item": item["id"], "by": by,
                "reason": "heard again", "present": "Novak, Haddad" }),
    )
}

pub(crate) fn act(session_id: &Value) -> Value {
    json!({ "op": id(), "session_id": session_id })
}

pub(crate) fn items<'a>(view: &'a Value, kind: &str) -> Vec<&'a Value> {
    view["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["kind"] == kind)
        .collect()
}

pub(crate) fn item<'a>(view: &'a Value, name: &Value) -> &'a Value {
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
pub(crate) fn exported(program: &mut Program, coding_id: &Value) -> String {
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
