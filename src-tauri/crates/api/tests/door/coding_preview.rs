//! A coding file before it is taken in: said what it is, nothing written.

use crate::program::{Program, session};
use serde_json::{Value, json};
use std::path::PathBuf;
use sunder_api::ErrorCode;

/// The sample study as its lead, and one of its codings as a file.
fn exported() -> (Program, PathBuf, Value) {
    let (mut program, _) = Program::sample();
    let lead = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let path = program.folder.path().join("coding.json");
    let coding = &session(&lead, "Ada · 1")["codings"][0]["id"];
    program.call("coding_export", json!({ "coding_id": coding, "path": path }));
    let file = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    (program, path, file)
}

#[test]
fn a_preview_says_what_it_is_and_what_would_come_with_it_and_writes_nothing() {
    let (mut program, path, mut file) = exported();
    file["rater"] = json!("S. Okafor");
    file["case"] = json!("Cleo");
    file["session"] = json!(7);
    std::fs::write(&path, file.to_string()).unwrap();
    let before = program.call("study_view", json!({}));
    let preview = program.call("coding_preview", json!({ "path": path }));
    assert_eq!(
        [
            &preview["case"],
            &preview["session"],
            &preview["rater"],
            &preview["already_there"]
        ],
        [&json!("Cleo"), &json!(7), &json!("S. Okafor"), &json!(false)]
    );
    assert_eq!(preview["markers"], file["markers"].as_array().unwrap().len());
    assert_eq!(
        preview["new"],
        json!([
            "case Cleo",
            "session 7 of case Cleo, without a transcript, so that positions cannot be checked",
            "rater S. Okafor"
        ])
    );
    assert_eq!(program.call("study_view", json!({})), before);
}

#[test]
fn the_same_coding_is_there_already_and_another_one_of_its_kind_is_refused_unless_it_is_a_recoding() {
    let (mut program, path, mut file) = exported();
    let preview = program.call("coding_preview", json!({ "path": path }));
    assert_eq!(
        [&preview["already_there"], &preview["new"]],
        [&json!(true), &json!([])]
    );
    file["conflicts"][0]["note"] = json!("seen again");
    std::fs::write(&path, file.to_string()).unwrap();
    let refused = program
        .try_call("coding_preview", json!({ "path": path }))
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::Exists);
    let again = program.call("coding_preview", json!({ "path": path, "as_recoding": true }));
    assert_eq!(
        [&again["purpose"], &again["already_there"]],
        [&json!("recoding"), &json!(false)]
    );

    // One of another transcript is no recoding either.
    file["transcript"] = json!({ "version": 7, "sha256": "ab".repeat(32) });
    std::fs::write(&path, file.to_string()).unwrap();
    let other = program
        .try_call("coding_preview", json!({ "path": path }))
        .unwrap_err();
    assert_eq!(other.code, ErrorCode::Conflict);
}

#[test]
fn what_is_no_coding_is_said_with_its_place_and_raters_are_not_told_what_is_in_it() {
    let (mut program, path, _) = exported();
    std::fs::write(&path, "{ \"turns\": [ \"zinnober\" ] }").unwrap();
    let error = program
        .try_call("coding_preview", json!({ "path": path }))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::Format);
    assert!(!error.message.contains("zinnober"), "{}", error.message);
    let study = program.call("study_view", json!({}));
    let rater = json!({ "kind": "rater", "rater_id": study["raters"][0]["id"] });
    program.call("person_choose", json!({ "person": rater }));
    let error = program
        .try_call("coding_preview", json!({ "path": path }))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::NotAllowed);
}
