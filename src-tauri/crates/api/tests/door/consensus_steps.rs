//! Settling in steps: all that agree at once, taken back after a restart, and submitted.

use serde_json::json;
use sunder_api::ErrorCode;
use sunder_domain::{Codebook, Coding, Purpose};

use crate::consensus::{act, exported, look, opened};
use crate::program::{id, session};

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
