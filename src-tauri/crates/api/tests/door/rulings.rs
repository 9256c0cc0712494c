//! Rulings, and who may do what about consensus.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::consensus::opened;
use crate::program::{Program, id, session};

fn passage(session_id: &Value, turn: u32) -> Value {
    json!({ "session_id": session_id, "segment": { "kind": "text",
        "start": { "turn": turn, "unit": 2 }, "end": { "turn": turn + 1, "unit": 5 } } })
}

fn rater(study: &Value, name: &str) -> Value {
    let raters = study["raters"].as_array().unwrap();
    let rater = raters.iter().find(|rater| rater["name"] == name).unwrap();
    json!({ "person": { "kind": "rater", "rater_id": rater["id"] } })
}

#[test]
fn a_ruling_stands_beside_its_entry_for_everybody_and_can_be_changed_and_taken_back() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let op = id();
    let request = json!({ "op": op, "entry": "withdrawal/topic-shift", "text": " Not within a pause. ",
        "passage": passage(&session_id, 4) });
    let study = program.call("ruling_add", request.clone());
    assert_eq!(
        program.call("ruling_add", request)["rulings"],
        study["rulings"],
        "sent twice, done once"
    );
    let ruling = study["rulings"][0].clone();
    assert_eq!(
        (&ruling["entry"], &ruling["text"]),
        (&json!("withdrawal/topic-shift"), &json!("Not within a pause."))
    );
    assert_eq!(ruling["passage"]["label"], "Ada · 2");
    assert_eq!(ruling["passage"]["segment"], passage(&session_id, 4)["segment"]);
    let view = program.call("session_open", json!({ "session_id": session_id }));
    let turns = &view["transcript"]["turns"];
    let first: String = turns[4]["text"].as_str().unwrap().chars().skip(2).collect();
    let second: String = turns[5]["text"].as_str().unwrap().chars().take(5).collect();
    assert_eq!(
        ruling["passage"]["words"],
        json!([{ "role": turns[4]["role"], "text": first }, { "role": turns[5]["role"], "text": second }])
    );
    assert_eq!(view["rulings"], study["rulings"]);

    program.call("person_choose", rater(&study, "R. Novak"));
    let other = session(&study, "Ada · 1")["id"].clone();
    let view = program.call("session_open", json!({ "session_id": other }));
    assert_eq!(
        view["rulings"], study["rulings"],
        "every rater sees it, in every session"
    );
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let changed = program.call(
        "ruling_edit",
        json!({ "op": id(), "ruling_id": ruling["id"], "text": "Never within a pause." }),
    );
    assert_eq!(changed["rulings"][0]["text"], "Never within a pause.");
    assert_eq!(changed["rulings"][0]["passage"], ruling["passage"]);
    let gone = program.call("ruling_remove", json!({ "op": id(), "ruling_id": ruling["id"] }));
    assert_eq!(gone["rulings"], json!([]));
    let without = program.call(
        "ruling_add",
        json!({ "op": id(), "entry": "significance-of-withdrawal", "text": "Of the whole session." }),
    );
    assert_eq!(without["rulings"][0]["passage"], Value::Null);
    for (request, code) in [
        (
            json!({ "op": id(), "entry": "withdrawal/none", "text": "x" }),
            ErrorCode::BadRequest,
        ),
        (
            json!({ "op": id(), "entry": "withdrawal", "text": "  " }),
            ErrorCode::BadRequest,
        ),
        (
            json!({ "op": id(), "entry": "withdrawal", "text": "x", "passage": passage(&session_id, 100_000) }),
            ErrorCode::BadRequest,
        ),
        (
            json!({ "op": id(), "entry": "withdrawal", "text": "x", "passage": passage(&json!("nowhere"), 1) }),
            ErrorCode::NotFound,
        ),
    ] {
        assert_eq!(
            program.try_call("ruling_add", request.clone()).unwrap_err().code,
            code,
            "{request}"
        );
    }
}

#[test]
fn a_masked_rater_sees_rulings_and_their_words_but_not_whose_they_are() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let ruled = program.call(
        "ruling_add",
        json!({ "op": id(), "entry": "withdrawal/topic-shift", "text": "Not within a pause.",
                "passage": passage(&session_id, 4) }),
    );
    let mut settings = ruled["settings"].clone();
    settings["shown_to_raters"] =
        json!({ "classes": false, "totals": false, "case_and_number": false, "brief": false });
    program.call("settings_set", json!({ "settings": settings }));
    let masked = program.call("person_choose", rater(&study, "R. Novak"));
    let view = program.call(
        "session_open",
        json!({ "session_id": masked["sessions"][0]["id"] }),
    );
    for rulings in [&masked["rulings"], &view["rulings"]] {
        let ruling = &rulings[0];
        assert_eq!(ruling["text"], "Not within a pause.");
        assert_eq!(
            ruling["passage"]["words"],
            ruled["rulings"][0]["passage"]["words"]
        );
        for field in ["session_id", "label", "segment"] {
            assert_eq!(ruling["passage"][field], Value::Null, "{field}");
        }
        assert!(!ruling.to_string().contains(session_id.as_str().unwrap()));
    }
    assert!(!masked.to_string().contains("Ada ·"));
}

#[test]
fn on_a_new_machine_no_ruling_is_shown() {
    let (mut program, study) = opened();
    program.call(
        "ruling_add",
        json!({ "op": id(), "entry": "withdrawal", "text": "x" }),
    );
    program.call("study_close", json!({}));
    let mut other = Program::new();
    let shown = other.call("study_open", json!({ "path": study["path"] }));
    assert_eq!(
        (&shown["person_known"], &shown["rulings"]),
        (&json!(false), &json!([]))
    );
}

#[test]
fn only_the_lead_freezes_settles_rules_and_fixes_and_a_rater_cannot_open_a_consensus() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let view = program.call(
        "consensus_settle_agreed",
        json!({ "op": id(), "session_id": session_id }),
    );
    let consensus = view["coding_id"].clone();
    let original = view["originals"][0]["coding_id"].clone();
    let item = view["items"][0]["id"].clone();
    let ruled = program.call(
        "ruling_add",
        json!({ "op": id(), "entry": "withdrawal", "text": "x" }),
    );
    let ruling = ruled["rulings"][0]["id"].clone();

    program.call("person_choose", rater(&study, "R. Novak"));
    let act = json!({ "op": id(), "session_id": session_id });
    for (command, request) in [
        ("consensus_list", json!({})),
        ("consensus_open", json!({ "op": id() })),
        ("consensus_session", json!({ "session_id": session_id })),
        (
            "consensus_settle",
            json!({ "op": id(), "session_id": session_id, "item": item, "by": { "kind": "none" } }),
        ),
        ("consensus_settle_agreed", act.clone()),
        (
            "consensus_settle_rest",
            json!({ "op": id(), "session_id": session_id, "coding_id": original }),
        ),
        (
            "consensus_unsettle",
            json!({ "op": id(), "session_id": session_id, "item": item }),
        ),
        ("consensus_undo", act.clone()),
        ("consensus_redo", act),
        ("record_set", json!({ "op": id(), "record": { "kind": "mean" } })),
        (
            "ruling_add",
            json!({ "op": id(), "entry": "withdrawal", "text": "y" }),
        ),
        (
            "ruling_edit",
            json!({ "op": id(), "ruling_id": ruling, "text": "y" }),
        ),
        ("ruling_remove", json!({ "op": id(), "ruling_id": ruling })),
        (
            "session_open",
            json!({ "session_id": session_id, "coding_id": consensus }),
        ),
        (
            "session_open",
            json!({ "session_id": session_id, "purpose": "consensus" }),
        ),
        ("submit_check", json!({ "coding_id": consensus })),
        (
            "coding_export",
            json!({ "coding_id": consensus, "path": "/dev/null" }),
        ),
        (
            "note_put",
            json!({ "op": id(), "coding_id": consensus, "note_id": id(), "at_ms": 0, "text": "x" }),
        ),
    ] {
        let error = program.try_call(command, request.clone()).unwrap_err();
        assert_eq!(error.code, ErrorCode::NotAllowed, "{command} {request}");
    }
    let own = program.call("study_view", json!({}));
    for session in own["sessions"].as_array().unwrap() {
        assert_eq!(session["record"], Value::Null);
        assert_eq!(session["codings"], json!([]));
    }
}
