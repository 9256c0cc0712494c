//! Coding through the door: tag, score, join, part, undo, submit; and what a person may see.

use crate::program::{Program, id, session, tag};
use serde_json::{Value, json};
use sunder_api::ErrorCode;

fn set(program: &mut Program, view: &Value, conflict: &str, what: &str, to: Value) -> Value {
    program.call(
        "conflict_change",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "conflict_id": conflict, "edit": { "set": what, "to": to } }),
    )
}

fn open(program: &mut Program, study: &Value, label: &str) -> Value {
    program.call(
        "session_open",
        json!({ "session_id": session(study, label)["id"] }),
    )
}

fn act(program: &mut Program, view: &Value, name: &str) -> Value {
    program.call(name, json!({ "op": id(), "coding_id": view["coding"]["id"] }))
}

#[test]
fn the_first_start_opens_the_sample_as_a_rater_who_sees_classes() {
    let (_program, study) = Program::sample();
    assert_eq!(study["person_name"], "R. Novak");
    assert_eq!(study["may"]["classes"], true);
    assert_eq!(study["sessions"].as_array().unwrap().len(), 6);
    assert_eq!(session(&study, "Ada · 3")["state"], "open");
    assert_eq!(session(&study, "Ada · 4")["state"], "new");
    assert!(
        session(&study, "Ada · 1")["codings"]
            .as_array()
            .unwrap()
            .is_empty(),
        "raters see no other codings"
    );
}

#[test]
fn a_tag_is_drawn_scored_and_classified_with_a_reason() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    let (marker, conflict) = tag(&mut program, &view, 1, "withdrawal/minimal-response");
    let change = set(&mut program, &view, &conflict, "significance", json!(2));
    assert_eq!(change["conflicts"][0]["verdict"]["class"], "strain");
    assert_eq!(
        change["conflicts"][0]["verdict"]["reasons"][0]["text"],
        "significance 2 < cut 3"
    );
    assert_eq!(change["conflicts"][0]["markers"], json!([marker]));
    assert_eq!(change["rest"]["totals"]["strains"], 1);
    let change = set(&mut program, &view, &conflict, "significance", json!(3));
    assert_eq!(change["conflicts"][0]["verdict"]["class"], "rupture");
    assert_eq!(change["rest"]["undo"], "score minimal response");
}

#[test]
fn undo_and_redo_say_what_they_take_in_words_of_the_field() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    let coding = view["coding"]["id"].clone();
    let (marker, conflict) = tag(&mut program, &view, 1, "withdrawal/minimal-response");
    let scored = set(&mut program, &view, &conflict, "significance", json!(2));
    assert_eq!(scored["rest"]["undo"], "score minimal response");
    let judged = set(&mut program, &view, &conflict, "addressed", json!("no"));
    assert_eq!(judged["rest"]["undo"], "judge minimal response");
    let nothing = program.call(
        "nothing_here_set",
        json!({ "op": id(), "coding_id": coding, "window": [300_000, 600_000], "nothing_here": true }),
    );
    assert_eq!(nothing["rest"]["undo"], "nothing here at 5:00");
    let deleted = program.call(
        "marker_delete",
        json!({ "op": id(), "coding_id": coding, "marker_id": marker }),
    );
    assert_eq!(deleted["rest"]["undo"], "delete minimal response");

    let undone = act(&mut program, &view, "undo");
    assert_eq!(undone["done"], "delete minimal response");
    assert_eq!(
        [&undone["rest"]["undo"], &undone["rest"]["redo"]],
        ["nothing here at 5:00", "delete minimal response"]
    );
    for _ in 0..4 {
        act(&mut program, &view, "undo");
    }
    // The marker is not there any more; across a restart its name comes from the log.
    let mut program = program.restart();
    let study = program.call("app_start", json!({}))["study"].clone();
    let view = open(&mut program, &study, "Ada · 4");
    assert_eq!(view["coding"]["rest"]["undo"], Value::Null);
    assert_eq!(view["coding"]["rest"]["redo"], "tag minimal response");
    assert_eq!(act(&mut program, &view, "redo")["done"], "tag minimal response");
}

#[test]
fn the_same_operation_twice_is_done_once() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    let request = json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": id(), "conflict_id": id(),
        "segment": { "kind": "time", "start_ms": 1000, "end_ms": 4000 }, "code": "withdrawal/denial" });
    program.call("marker_add", request.clone());
    let again = program.call("marker_add", request);
    assert_eq!(again["rest"]["totals"]["markers"], 1);
}

#[test]
fn joined_markers_are_one_conflict_and_can_be_parted_again() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    let (_, first) = tag(&mut program, &view, 1, "withdrawal/minimal-response");
    set(&mut program, &view, &first, "significance", json!(2));
    let (second_marker, second) = tag(&mut program, &view, 3, "confrontation/complaint-about-activities");
    set(&mut program, &view, &second, "significance", json!(4));
    let joined = program.call(
        "conflict_join",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "keep": first, "join": second }),
    );
    assert_eq!(joined["removed_conflicts"], json!([second]));
    assert_eq!(joined["conflicts"][0]["mode"], "mixed");
    assert_eq!(
        joined["conflicts"][0]["significance"], 4,
        "the higher score stays"
    );
    assert_eq!(joined["rest"]["totals"]["conflicts"], 1);

    let new = id();
    let parted = program.call(
        "marker_part",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": second_marker, "conflict_id": new }),
    );
    assert_eq!(parted["rest"]["totals"]["conflicts"], 2);
    assert_eq!(parted["rest"]["totals"]["unscored"], 1);
}

#[test]
fn undo_goes_to_the_first_act_across_a_restart_and_redo_comes_back() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    let (_, conflict) = tag(&mut program, &view, 1, "withdrawal/minimal-response");
    set(&mut program, &view, &conflict, "significance", json!(2));
    set(&mut program, &view, &conflict, "addressed", json!("no"));

    let mut program = program.restart();
    let study = program.call("app_start", json!({}))["study"].clone();
    let view = open(&mut program, &study, "Ada · 4");
    assert_eq!(view["coding"]["conflicts"][0]["addressed"], "no");
    for _ in 0..3 {
        assert!(!act(&mut program, &view, "undo")["focus"].is_null());
    }
    let empty = open(&mut program, &study, "Ada · 4");
    assert_eq!(empty["coding"]["markers"], json!([]));
    assert_eq!(empty["coding"]["conflicts"], json!([]));
    let nothing = program
        .try_call("undo", json!({ "op": id(), "coding_id": view["coding"]["id"] }))
        .unwrap_err();
    assert_eq!(nothing.code, ErrorCode::NotFound);
    for _ in 0..3 {
        act(&mut program, &view, "redo");
    }
    let back = open(&mut program, &study, "Ada · 4");
    assert_eq!(back["coding"]["conflicts"], view["coding"]["conflicts"]);
    assert_eq!(back["coding"]["markers"], view["coding"]["markers"]);
}

#[test]
fn a_submitted_coding_is_locked_until_it_is_reopened_with_a_reason() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    let (marker, _) = tag(&mut program, &view, 1, "withdrawal/minimal-response");
    let check = program.call("submit_check", json!({ "coding_id": view["coding"]["id"] }));
    assert_eq!(check["unscored"].as_array().unwrap().len(), 1);
    assert!(!check["unseen"].as_array().unwrap().is_empty());
    act(&mut program, &view, "coding_submit");
    let delete = json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": marker });
    assert_eq!(
        program
            .try_call("marker_delete", delete.clone())
            .unwrap_err()
            .code,
        ErrorCode::Locked
    );
    assert_eq!(
        program
            .try_call("undo", json!({ "op": id(), "coding_id": view["coding"]["id"] }))
            .unwrap_err()
            .code,
        ErrorCode::Locked
    );
    let reopen = |reason: &str| json!({ "op": id(), "coding_id": view["coding"]["id"], "reason": reason });
    assert_eq!(
        program.try_call("coding_reopen", reopen("  ")).unwrap_err().code,
        ErrorCode::BadRequest
    );
    assert_eq!(
        program.call("coding_reopen", reopen("a code was wrong"))["rest"]["status"],
        "open"
    );
    program.call("marker_delete", delete);
}

#[test]
fn deleting_the_last_marker_takes_the_conflict_and_every_link_to_it() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    let (first, conflict) = tag(&mut program, &view, 1, "withdrawal/minimal-response");
    let repair = id();
    program.call(
        "marker_add",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": repair, "segment": { "kind": "whole" },
                "code": "repair-therapist/apologises", "answers": [conflict] }),
    );
    let change = program.call(
        "marker_delete",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": first }),
    );
    assert_eq!(change["rest"]["totals"]["conflicts"], 0);
    assert_eq!(change["markers"][0]["answers"], json!([]));
    assert_eq!(change["markers"][0]["id"], json!(repair));
}

#[test]
fn a_settled_surface_repair_makes_a_strain_where_the_rule_says_so() {
    let (mut program, study) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let rule = json!({ "name": "Tended", "score": { "from": "significance" }, "cut": 3, "tended": { "by": "surface" } });
    program.call("rule_set", json!({ "rule": rule }));
    let study = program.call("person_choose", json!({ "person": study["person"] }));
    let view = open(&mut program, &study, "Ada · 4");
    let (_, conflict) = tag(&mut program, &view, 1, "withdrawal/minimal-response");
    set(&mut program, &view, &conflict, "significance", json!(3));
    set(&mut program, &view, &conflict, "settled", json!("yes"));
    let repair = id();
    let coding = view["coding"]["id"].clone();
    program.call(
        "marker_add",
        json!({ "op": id(), "coding_id": coding, "marker_id": repair, "segment": { "kind": "whole" },
                "code": "repair-therapist/gives-a-rationale", "answers": [conflict] }),
    );
    let change = program.call(
        "marker_change",
        json!({ "op": id(), "coding_id": coding, "marker_id": repair, "edit": { "set": "depth", "to": "surface" } }),
    );
    assert_eq!(change["conflicts"][0]["verdict"]["class"], "strain", "{change}");
    assert_eq!(change["conflicts"][0]["verdict"]["reasons"][0]["kind"], "tended");
}

#[test]
fn a_look_changes_nothing_in_the_study() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 3");
    let before = view["coding"]["rest"]["totals"].clone();
    let look = program.call("look", json!({ "coding_id": view["coding"]["id"], "cut": 1.0 }));
    assert_eq!(look["totals"]["strains"], 0);
    assert_ne!(look["totals"], before);
    let again = open(&mut program, &study, "Ada · 3");
    assert_eq!(again["coding"], view["coding"]);
}

#[test]
fn the_sample_proposes_a_build_up_that_a_person_confirms_or_dismisses() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 3");
    let proposals = view["coding"]["rest"]["accumulations"]
        .as_array()
        .unwrap()
        .clone();
    assert!(!proposals.is_empty());
    let members = proposals[0]["members"].clone();
    assert!(members.as_array().unwrap().len() >= 3);
    let coding = view["coding"]["id"].clone();
    let dismissed = program.call(
        "accumulation_dismiss",
        json!({ "op": id(), "coding_id": coding, "members": members, "dismissed": true }),
    );
    assert_eq!(
        dismissed["rest"]["accumulations"].as_array().unwrap().len(),
        proposals.len() - 1
    );
    act(&mut program, &view, "undo");
    let rupture = proposals[0]["candidates"][0].as_str().unwrap().to_owned();
    let confirmed = set(&mut program, &view, &rupture, "built-from", members);
    assert_eq!(
        confirmed["rest"]["accumulations"].as_array().unwrap().len(),
        proposals.len() - 1
    );
    assert_eq!(confirmed["rest"]["totals"]["ruptures_built_from"], 1);
}

#[test]
fn positions_are_right_with_emoji_and_combining_characters() {
    let mut program = Program::new();
    let path = program.folder.path().join("p.txt");
    std::fs::write(&path, "P: a👩‍👩‍👧e\u{301}ü end\nT: yes\n").unwrap();
    let study = program.folder.path().join("s.sunder");
    program.call("study_new", json!({ "path": study, "name": "Positions" }));
    program.call(
        "import_commit",
        json!({ "path": path, "options": {}, "case": "A" }),
    );
    let view = program.call("rater_add", json!({ "name": "R1" }));
    let study = program.call(
        "person_choose",
        json!({ "person": { "kind": "rater", "rater_id": view["raters"][0]["id"] } }),
    );
    let session = &study["sessions"][0]["id"];
    let view = program.call("session_open", json!({ "session_id": session }));
    let text: Vec<u16> = view["transcript"]["turns"][0]["text"]
        .as_str()
        .unwrap()
        .encode_utf16()
        .collect();
    let from = text.len() - 3;
    let marker = id();
    program.call(
        "marker_add",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": marker, "conflict_id": id(),
                "segment": { "kind": "text", "start": { "turn": 0, "unit": from }, "end": { "turn": 0, "unit": text.len() } },
                "code": "withdrawal/denial" }),
    );
    let view = program.call("session_open", json!({ "session_id": session }));
    assert_eq!(view["coding"]["markers"][0]["segment"]["start"]["unit"], from);
    let inside_a_pair = program.try_call(
        "marker_add",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": id(), "conflict_id": id(),
                "segment": { "kind": "text", "start": { "turn": 0, "unit": 2 }, "end": { "turn": 0, "unit": 5 } },
                "code": "withdrawal/denial" }),
    );
    assert_eq!(inside_a_pair.unwrap_err().code, ErrorCode::BadRequest);
}

#[test]
fn nothing_here_is_refused_where_a_conflict_begins() {
    let (mut program, study) = Program::sample();
    let view = open(&mut program, &study, "Ada · 4");
    tag(&mut program, &view, 1, "withdrawal/minimal-response");
    let nothing = |window: [u32; 2]| json!({ "op": id(), "coding_id": view["coding"]["id"], "window": window, "nothing_here": true });
    let refused = program
        .try_call("nothing_here_set", nothing([0, 300_000]))
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::BadRequest);
    let change = program.call("nothing_here_set", nothing([300_000, 600_000]));
    assert_eq!(change["rest"]["windows"][0]["nothing_here"], true);
}
