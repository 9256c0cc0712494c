//! Rules of a study: versions, copies, files, and the lock that stays.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::Program;

fn lead() -> (Program, Value) {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let rules = program.call("rule_list", json!({}))["rules"].clone();
    (program, rules)
}

#[test]
fn a_rule_is_saved_in_versions_and_a_copy_is_a_rule_of_its_own() {
    let (mut program, rules) = lead();
    let (own, id) = (rules[0]["rule"].clone(), rules[0]["id"].clone());
    assert_eq!(
        (&rules[0]["version"], &rules[0]["of_study"]),
        (&json!(1), &json!(true))
    );
    let mut changed = own.clone();
    changed["cut"] = json!(4);
    let saved = program.call("rule_save", json!({ "rule_id": id, "rule": changed }));
    assert_eq!(saved["rules"][0]["version"], 2);
    let again = program.call("rule_save", json!({ "rule_id": id, "rule": changed }));
    assert_eq!(again["rules"][0]["version"], 2, "the same makes no version");
    let versions = program.call("rule_versions", json!({ "rule_id": id }));
    let cuts: Vec<&Value> = versions["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| &version["rule"]["cut"])
        .collect();
    assert_eq!(cuts, [&json!(3), &json!(4)]);

    let taken = program
        .try_call("rule_save", json!({ "rule": changed }))
        .unwrap_err();
    assert_eq!(taken.code, ErrorCode::Conflict);
    changed["name"] = json!("A copy");
    let copy = program.call("rule_save", json!({ "rule": changed }));
    assert_eq!(copy["rules"].as_array().unwrap().len(), 2);
    let study = program.call("rule_choose", json!({ "rule_id": copy["rule_id"] }));
    assert_eq!(study["rule"]["name"], "A copy");
    let verified = program.call("study_verify", json!({}));
    assert_eq!(verified["sound"], true);
}

#[test]
fn a_locked_rule_keeps_who_when_and_why_and_never_changes_but_its_copy_can() {
    let (mut program, rules) = lead();
    let (own, id) = (rules[0]["rule"].clone(), rules[0]["id"].clone());
    for (by, reason) in [("", "before outcomes"), ("M. Ortiz", " ")] {
        let refused = program
            .try_call("rule_lock", json!({ "rule_id": id, "by": by, "reason": reason }))
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadRequest);
    }
    let request = json!({ "rule_id": id, "by": "M. Ortiz", "reason": "fixed before outcomes were opened" });
    let locked = program.call("rule_lock", request.clone());
    let lock = &locked["rules"][0]["locked"];
    assert_eq!(
        (&lock["by"], &lock["reason"]),
        (&json!("M. Ortiz"), &json!("fixed before outcomes were opened"))
    );
    assert!(lock["at_ms"].as_i64().unwrap() > 0);
    let mut changed = own.clone();
    changed["cut"] = json!(2);
    for (name, payload) in [
        ("rule_save", json!({ "rule_id": id, "rule": changed })),
        ("rule_set", json!({ "rule": changed })),
        ("rule_lock", request),
    ] {
        assert_eq!(
            program.try_call(name, payload).unwrap_err().code,
            ErrorCode::Locked,
            "{name}"
        );
    }
    changed["name"] = json!("Two and above");
    program.call("rule_save", json!({ "rule": changed }));

    let mut program = program.restart();
    program.call("app_start", json!({}));
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let rules = program.call("rule_list", json!({}))["rules"].clone();
    assert_eq!(rules[0]["rule"], own);
    assert_eq!(&rules[0]["locked"]["by"], "M. Ortiz");
    let sweep = program.call("threshold_sweep", json!({}));
    assert_eq!(
        &sweep["locked"]["by"], "M. Ortiz",
        "a lock is printed with what follows"
    );
}

#[test]
fn a_rule_goes_to_a_file_and_comes_back_the_same_under_a_free_name() {
    let (mut program, rules) = lead();
    let path = program.folder.path().join("rule.json");
    program.call("rule_export", json!({ "rule": rules[0]["rule"], "path": path }));
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), rules[0]["rule"]);
    let taken = program.call("rule_import", json!({ "path": path }));
    let names: Vec<&str> = taken["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["rule"]["name"].as_str().unwrap())
        .collect();
    assert!(names.iter().any(|name| name.ends_with("(2)")), "{names:?}");
    std::fs::write(&path, "{\"name\": \"r\",\n \"cut\": }").unwrap();
    let error = program
        .try_call("rule_import", json!({ "path": path }))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::Format);
    assert!(error.message.contains("line 2"), "{}", error.message);
}
