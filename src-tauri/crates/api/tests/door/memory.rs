//! What this machine remembers for a person: the session last open, and the look at another cut.

use crate::program::{Program, session};
use serde_json::{Value, json};
use sunder_api::ErrorCode;

fn open(program: &mut Program, study: &Value, label: &str) -> Value {
    program.call(
        "session_open",
        json!({ "session_id": session(study, label)["id"] }),
    )
}

fn keep(program: &mut Program, look: Value) {
    program.call("look_keep", json!({ "look": look }));
}

#[test]
fn the_session_last_open_is_known_after_a_restart_for_each_person() {
    let (mut program, study) = Program::sample();
    assert_eq!(study["last_opened"], Value::Null);
    let last = open(&mut program, &study, "Bruno · 1");
    let lead = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    assert_eq!(lead["last_opened"], Value::Null, "the lead opened nothing yet");
    let theirs = &session(&lead, "Ada · 2")["codings"][1];
    program.call(
        "session_open",
        json!({ "session_id": session(&lead, "Ada · 2")["id"], "coding_id": theirs["id"] }),
    );

    let mut program = program.restart();
    let started = program.call("app_start", json!({}));
    assert_eq!(started["study"]["last_opened"]["coding_id"], theirs["id"]);
    let asked = json!({ "session_id": started["session"]["session"]["id"], "coding_id": theirs["id"] });
    assert_eq!(
        started["session"],
        program.call("session_open", asked),
        "it comes with the start"
    );
    let rater = program.call("person_choose", json!({ "person": study["person"] }));
    assert_eq!(rater["last_opened"]["session_id"], last["session"]["id"]);
}

#[test]
fn a_look_is_kept_over_a_restart_until_it_ends() {
    let (mut program, study) = Program::sample();
    assert_eq!(open(&mut program, &study, "Ada · 3")["look"], Value::Null);
    keep(&mut program, json!({ "cut": 4.0, "move_exceptions": true }));

    let mut program = program.restart();
    let again = program.call("app_start", json!({}))["study"].clone();
    let looked = open(&mut program, &again, "Ada · 4");
    assert_eq!(looked["look"], json!({ "cut": 4.0, "move_exceptions": true }));
    assert_eq!(again["rule"], study["rule"], "the rule did not move");
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    assert_eq!(
        open(&mut program, &again, "Ada · 3")["look"],
        Value::Null,
        "it is nobody else's"
    );
    program.call("person_choose", json!({ "person": study["person"] }));
    keep(&mut program, Value::Null);
    assert_eq!(open(&mut program, &again, "Ada · 4")["look"], Value::Null);
}

#[test]
fn a_look_at_the_studys_own_cut_is_none_and_a_masked_rater_has_none() {
    let (mut program, study) = Program::sample();
    keep(&mut program, json!({ "cut": 3.0, "move_exceptions": false }));
    assert_eq!(open(&mut program, &study, "Ada · 3")["look"], Value::Null);
    keep(&mut program, json!({ "cut": 2.0, "move_exceptions": false }));
    let lead = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let mut settings = lead["settings"].clone();
    settings["shown_to_raters"] =
        json!({ "classes": false, "totals": false, "case_and_number": true, "brief": false });
    program.call("settings_set", json!({ "settings": settings }));
    program.call("person_choose", json!({ "person": study["person"] }));
    assert_eq!(open(&mut program, &study, "Ada · 3")["look"], Value::Null);
}

#[test]
fn a_look_needs_a_study() {
    let error = Program::new()
        .try_call("look_keep", json!({ "look": null }))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::NoStudy);
}
