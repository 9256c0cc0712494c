//! The coding of record: what counts in a session's totals.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::consensus::{act, opened};
use crate::program::{Program, id, session};

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
