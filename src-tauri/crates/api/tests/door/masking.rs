//! What a masked rater is never sent, and who may do what.

use crate::program::{Program, id};
use serde_json::{Value, json};
use sunder_api::ErrorCode;

/// The sample with everything hidden from raters, and R. Novak at the screen.
pub(crate) fn masked() -> (Program, Value) {
    let (mut program, study) = Program::sample();
    let novak = study["person"].clone();
    let lead = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let mut settings = lead["settings"].clone();
    settings["shown_to_raters"] =
        json!({ "classes": false, "totals": false, "case_and_number": false, "brief": false });
    program.call("settings_set", json!({ "settings": settings }));
    let study = program.call("person_choose", json!({ "person": novak }));
    (program, study)
}

#[test]
fn a_masked_rater_is_sent_no_class_rule_total_case_or_number() {
    let (mut program, study) = masked();
    assert_eq!(study["rule"], Value::Null);
    assert_eq!(study["presets"], json!([]));
    assert_eq!(study["cases"], json!([]));
    for session in study["sessions"].as_array().unwrap() {
        assert_eq!(session["case_name"], Value::Null);
        assert_eq!(session["number"], Value::Null);
        assert_eq!(session["of"], Value::Null);
        assert!(session["label"].as_str().unwrap().starts_with("S-"), "{session}");
        let view = program.call("session_open", json!({ "session_id": session["id"] }));
        assert_eq!(view["coding"]["rest"]["totals"], Value::Null);
        assert_eq!(view["coding"]["rest"]["accumulations"], Value::Null);
        assert_eq!(view["coding"]["earlier"], json!([]));
        assert_eq!(view["brief"], Value::Null);
        for conflict in view["coding"]["conflicts"].as_array().unwrap() {
            assert_eq!(conflict["verdict"], Value::Null);
        }
        let text = view.to_string();
        for word in ["\"rupture\"", "\"strain\"", "Ada ·", "Bruno ·"] {
            assert!(!text.contains(word), "{word} was sent");
        }
        let look = program
            .try_call("look", json!({ "coding_id": view["coding"]["id"], "cut": 2.0 }))
            .unwrap_err();
        assert_eq!(look.code, ErrorCode::NotAllowed);
        let export = program.try_call(
            "coding_export",
            json!({ "coding_id": view["coding"]["id"], "path": "/dev/null" }),
        );
        assert_eq!(export.unwrap_err().code, ErrorCode::NotAllowed);
    }
    assert_eq!(
        program.try_call("classify", json!({})).unwrap_err().code,
        ErrorCode::NotAllowed
    );
}

#[test]
fn a_rater_cannot_fetch_or_change_anothers_coding() {
    let (mut program, study) = Program::sample();
    let novak = study["person"].clone();
    let lead = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let session = lead["sessions"][0].clone();
    let other = session["codings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|coding| coding["rater"] == "L. Haddad")
        .unwrap()
        .clone();
    let open = json!({ "session_id": session["id"], "coding_id": other["id"] });
    let seen = program.call("session_open", open.clone());
    assert_eq!(seen["read_only"], true);
    let note = json!({ "op": id(), "coding_id": other["id"], "note_id": id(), "at_ms": 0, "text": "x" });
    assert_eq!(
        program.try_call("note_put", note.clone()).unwrap_err().code,
        ErrorCode::NotAllowed,
        "nor does the lead write it"
    );

    program.call("person_choose", json!({ "person": novak }));
    assert_eq!(
        program.try_call("session_open", open).unwrap_err().code,
        ErrorCode::NotAllowed
    );
    assert_eq!(
        program.try_call("note_put", note).unwrap_err().code,
        ErrorCode::NotAllowed
    );
    assert_eq!(
        program
            .try_call("submit_check", json!({ "coding_id": other["id"] }))
            .unwrap_err()
            .code,
        ErrorCode::NotAllowed
    );
}

#[test]
fn the_lead_reads_a_transcript_that_nobody_has_coded_and_cannot_write() {
    let mut program = Program::new();
    let folder = program.folder.path().to_owned();
    program.call(
        "study_new",
        json!({ "path": folder.join("new.sunder"), "name": "New" }),
    );
    let transcript = folder.join("a.txt");
    std::fs::write(&transcript, "P: I am here.\nT: So am I.\n").unwrap();
    let imported = program.call(
        "import_commit",
        json!({ "path": transcript, "options": {}, "case": "Ada" }),
    );
    let session = imported["sessions"][0]["session_id"].clone();
    let seen = program.call("session_open", json!({ "session_id": session }));
    assert_eq!(seen["transcript"]["turns"][1]["text"], "So am I.");
    assert_eq!(
        (&seen["read_only"], &seen["coding"]["rater"]),
        (&json!(true), &json!(""))
    );
    let note = |coding: &serde_json::Value| json!({ "op": id(), "coding_id": coding, "note_id": id(), "at_ms": 0, "text": "x" });
    for _ in 0..2 {
        let again = program.call("session_open", json!({ "session_id": session }));
        assert_eq!(again["coding"]["id"], seen["coding"]["id"]);
        assert_eq!(
            program
                .try_call("note_put", note(&again["coding"]["id"]))
                .unwrap_err()
                .code,
            ErrorCode::NotAllowed
        );
    }
    let view = program.call("study_view", json!({}));
    assert_eq!(view["sessions"][0]["codings"], json!([]), "reading is no coding");

    let view = program.call("rater_add", json!({ "name": "R1" }));
    let rater = json!({ "kind": "rater", "rater_id": view["raters"][0]["id"] });
    program.call("person_choose", json!({ "person": rater }));
    let own = program.call("session_open", json!({ "session_id": session }));
    program.call("note_put", note(&own["coding"]["id"]));
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let seen = program.call("session_open", json!({ "session_id": session }));
    assert_eq!(seen["coding"]["rater"], "R1", "a coding that is there is shown");
}

#[test]
fn only_the_lead_sets_up() {
    let (mut program, study) = Program::sample();
    for (name, payload) in [
        ("rater_add", json!({ "name": "New" })),
        ("settings_set", json!({ "settings": study["settings"] })),
        ("rule_set", json!({ "rule": study["rule"] })),
        (
            "import_commit",
            json!({ "path": "/nowhere.txt", "options": {}, "case": "A" }),
        ),
        ("coding_import", json!({ "path": "/dev/null" })),
    ] {
        assert_eq!(
            program.try_call(name, payload).unwrap_err().code,
            ErrorCode::NotAllowed,
            "{name}"
        );
    }
}

#[test]
fn a_rater_who_sees_only_a_part_is_sent_only_that_part() {
    let (mut program, study) = Program::sample();
    let novak = study["person"].clone();
    for shown in 0..8_u32 {
        let (classes, totals, case) = (shown & 1 > 0, shown & 2 > 0, shown & 4 > 0);
        let lead = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
        let mut settings = lead["settings"].clone();
        settings["shown_to_raters"] =
            json!({ "classes": classes, "totals": totals, "case_and_number": case, "brief": false });
        program.call("settings_set", json!({ "settings": settings }));
        let study = program.call("person_choose", json!({ "person": novak }));
        assert_eq!(study["rule"].is_null(), !classes);
        for session in study["sessions"].as_array().unwrap() {
            assert_eq!(session["case_name"].is_null(), !case);
            let view = program.call("session_open", json!({ "session_id": session["id"] }));
            let rest = &view["coding"]["rest"];
            assert_eq!(rest["totals"].is_null(), !(classes && totals), "{shown}");
            assert_eq!(rest["accumulations"].is_null(), !classes);
            let text = view.to_string();
            assert_eq!(
                text.contains("Ada ·") || text.contains("Bruno ·"),
                case,
                "{shown}"
            );
            match program.try_call("look", json!({ "coding_id": view["coding"]["id"], "cut": 2.0 })) {
                Ok(look) => assert!(classes && look["totals"].is_null() != totals),
                Err(error) => assert!(!classes && error.code == ErrorCode::NotAllowed),
            }
        }
        let classified = program.try_call("classify", json!({}));
        assert_eq!(classified.is_ok(), classes && totals && case, "{shown}");
    }
}
