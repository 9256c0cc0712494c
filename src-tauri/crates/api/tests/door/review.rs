//! What once went wrong: build-ups dismissed and forgotten, classes of another session gone stale, a first opening that
//! showed everything, codings before their transcripts.

use crate::program::{Program, id, session, tag};
use serde_json::{Value, json};
use sunder_api::ErrorCode;

fn conflict(program: &mut Program, view: &Value, turn: usize) -> String {
    let (_, conflict) = tag(program, view, turn, "withdrawal/minimal-response");
    for (what, to) in [
        ("significance", json!(2)),
        ("addressed", json!("no")),
        ("relationship", json!("real")),
    ] {
        program.call(
            "conflict_change",
            json!({ "op": id(), "coding_id": view["coding"]["id"], "conflict_id": conflict, "edit": { "set": what, "to": to } }),
        );
    }
    conflict
}

#[test]
fn a_dismissed_build_up_stays_dismissed_after_a_restart_and_undo_brings_it_back() {
    let (mut program, study) = Program::sample();
    let label = "Ada · 4";
    let view = program.call(
        "session_open",
        json!({ "session_id": session(&study, label)["id"] }),
    );
    // The last moment is tagged first, so that ids and time run against each other.
    let mut members: Vec<String> = [9, 5, 1]
        .iter()
        .map(|turn| conflict(&mut program, &view, *turn))
        .collect();
    members.reverse();
    let of_these = |view: &Value, members: &[String]| {
        view["coding"]["rest"]["accumulations"]
            .as_array()
            .unwrap()
            .iter()
            .any(|proposal| proposal["members"] == json!(members))
    };
    let reopen = |program: &mut Program| {
        let study = program.call("app_start", json!({}))["study"].clone();
        program.call(
            "session_open",
            json!({ "session_id": session(&study, label)["id"] }),
        )
    };
    let view = reopen(&mut program);
    assert!(
        of_these(&view, &members),
        "{}",
        view["coding"]["rest"]["accumulations"]
    );
    program.call(
        "accumulation_dismiss",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "members": members, "dismissed": true }),
    );
    let mut program = program.restart();
    let view = reopen(&mut program);
    assert!(!of_these(&view, &members));
    program.call("undo", json!({ "op": id(), "coding_id": view["coding"]["id"] }));
    assert!(of_these(&reopen(&mut program), &members));
}

#[test]
fn a_repair_of_a_later_session_changes_the_class_of_the_earlier_one_at_once() {
    let (mut program, study) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let rule = json!({ "name": "Tended", "score": { "from": "significance" }, "cut": 3, "tended": { "by": "surface" } });
    program.call("rule_set", json!({ "rule": rule }));
    let study = program.call("person_choose", json!({ "person": study["person"] }));
    let third = program.call(
        "session_open",
        json!({ "session_id": session(&study, "Ada · 3")["id"] }),
    );
    let (_, conflict) = tag(&mut program, &third, 1, "withdrawal/minimal-response");
    for (what, to) in [("significance", json!(3)), ("settled", json!("yes"))] {
        program.call(
            "conflict_change",
            json!({ "op": id(), "coding_id": third["coding"]["id"], "conflict_id": conflict, "edit": { "set": what, "to": to } }),
        );
    }
    let fourth = program.call(
        "session_open",
        json!({ "session_id": session(&study, "Ada · 4")["id"] }),
    );
    let repair = id();
    program.call(
        "marker_add",
        json!({ "op": id(), "coding_id": fourth["coding"]["id"], "marker_id": repair, "segment": { "kind": "whole" },
                "code": "repair-therapist/gives-a-rationale", "answers": [conflict] }),
    );
    program.call(
        "marker_change",
        json!({ "op": id(), "coding_id": fourth["coding"]["id"], "marker_id": repair, "edit": { "set": "depth", "to": "surface" } }),
    );
    let again = program.call(
        "session_open",
        json!({ "session_id": session(&study, "Ada · 3")["id"] }),
    );
    let seen = again["coding"]["conflicts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|seen| seen["id"] == json!(conflict))
        .unwrap()
        .clone();
    assert_eq!(seen["verdict"]["class"], "strain");
}

#[test]
fn on_a_new_machine_nothing_is_shown_until_somebody_says_who_sits_there() {
    let (mut program, study) = Program::sample();
    program.call("study_close", json!({}));
    let copy = program.folder.path().join("copy.sunder");
    std::fs::copy(study["path"].as_str().unwrap(), &copy).unwrap();

    let mut elsewhere = Program::new();
    let opened = elsewhere.call("study_open", json!({ "path": copy }));
    assert_eq!(opened["person_known"], false);
    assert_eq!(opened["sessions"], json!([]));
    assert_eq!(opened["rule"], Value::Null);
    assert_eq!(
        opened["raters"].as_array().unwrap().len(),
        4,
        "one has to be able to choose"
    );
    let first = session(&study, "Ada · 3")["id"].clone();
    for (name, payload) in [
        ("session_open", json!({ "session_id": first })),
        ("classify", json!({})),
        ("rater_add", json!({ "name": "x" })),
    ] {
        assert_eq!(
            elsewhere.try_call(name, payload).unwrap_err().code,
            ErrorCode::NotAllowed,
            "{name}"
        );
    }
    let chosen = elsewhere.call("person_choose", json!({ "person": study["person"] }));
    assert_eq!(chosen["person_known"], true);
    assert_eq!(chosen["sessions"].as_array().unwrap().len(), 6);
}

#[test]
fn a_coding_may_come_before_its_transcript_and_from_every_rater() {
    let mut program = Program::new();
    let folder = program.folder.path().to_owned();
    let text = folder.join("ada 3.txt");
    std::fs::write(&text, "P: It was fine.\nT: It was fine.\n").unwrap();
    program.call(
        "study_new",
        json!({ "path": folder.join("one.sunder"), "name": "One" }),
    );
    program.call(
        "import_commit",
        json!({ "path": text, "options": {}, "case": "Ada", "session": 3 }),
    );
    let lead = program.call("study_view", json!({}));
    let written = |rater: &str, reference: &Value| {
        json!({ "format": "sunder-coding", "version": 1, "case": "Ada", "session": 3, "transcript": reference,
            "rater": rater, "perspective": "observer", "material": "transcript", "codebook": "sunder@1",
            "purpose": "production", "status": "submitted",
            "conflicts": [{ "id": "c1", "significance": 4 }],
            "markers": [{ "id": "m1", "conflict": "c1", "start": { "turn": 0, "char": 0 }, "end": { "turn": 0, "char": 6 },
                "code": "withdrawal/minimal-response", "actor": "patient", "clarity": "clear" }] })
    };
    drop(lead);
    // The SHA-256 as an export says it.
    let probe = folder.join("probe.json");
    std::fs::write(&probe, written("R0", &Value::Null).to_string()).unwrap();
    let taken = program.call("coding_import", json!({ "path": probe }));
    program.call(
        "coding_export",
        json!({ "coding_id": taken["coding_id"], "path": probe }),
    );
    let exported: Value = serde_json::from_str(&std::fs::read_to_string(&probe).unwrap()).unwrap();
    let reference = exported["transcript"].clone();
    assert!(reference["sha256"].is_string());

    program.call(
        "study_new",
        json!({ "path": folder.join("two.sunder"), "name": "Two" }),
    );
    for (rater, there) in [("R1", false), ("R2", false), ("R1", true)] {
        let file = folder.join("coding.json");
        std::fs::write(&file, written(rater, &reference).to_string()).unwrap();
        let taken = program.call("coding_import", json!({ "path": file }));
        assert_eq!(taken["already_there"], there, "{rater}");
    }
    assert_eq!(program.call("study_verify", json!({}))["sound"], true);
    // The transcript finds its session, and the codings find the transcript.
    program.call(
        "import_commit",
        json!({ "path": text, "options": {}, "case": "Ada", "session": 3 }),
    );
    let study = program.call("study_view", json!({}));
    let coding = study["sessions"][0]["codings"][0]["id"].clone();
    let view = program.call(
        "session_open",
        json!({ "session_id": study["sessions"][0]["id"], "coding_id": coding }),
    );
    assert_eq!(view["transcript"]["turns"].as_array().unwrap().len(), 2);
    assert_eq!(program.call("study_verify", json!({}))["sound"], true);
}

#[test]
fn a_refused_coding_leaves_no_case_session_or_rater_behind() {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let before = program.call("study_view", json!({}));
    let file = program.folder.path().join("outside.json");
    let coding = json!({ "format": "sunder-coding", "version": 1, "case": "Ada", "session": 3, "rater": "R. Nowak",
        "perspective": "observer", "material": "transcript", "codebook": "sunder@1", "purpose": "production", "status": "open",
        "conflicts": [], "markers": [{ "id": "m1", "start": { "turn": 90000, "char": 0 }, "end": { "turn": 90000, "char": 6 },
            "code": "repair-therapist/apologises", "actor": "therapist", "clarity": "clear" }] });
    std::fs::write(&file, coding.to_string()).unwrap();
    assert_eq!(
        program
            .try_call("coding_import", json!({ "path": file }))
            .unwrap_err()
            .code,
        ErrorCode::Format
    );
    assert_eq!(program.call("study_view", json!({})), before);
}

#[test]
fn a_new_conflict_never_takes_the_id_of_one_that_is_there() {
    let (mut program, study) = Program::sample();
    let view = program.call(
        "session_open",
        json!({ "session_id": session(&study, "Ada · 4")["id"] }),
    );
    let (_, first) = tag(&mut program, &view, 1, "withdrawal/denial");
    let (second, joined) = tag(&mut program, &view, 3, "withdrawal/denial");
    let coding = view["coding"]["id"].clone();
    program.call(
        "conflict_join",
        json!({ "op": id(), "coding_id": coding, "keep": first, "join": joined }),
    );
    let part = program.try_call(
        "marker_part",
        json!({ "op": id(), "coding_id": coding, "marker_id": second, "conflict_id": first }),
    );
    assert_eq!(part.unwrap_err().code, ErrorCode::BadRequest);
}
