//! `sunder consensus` on the sample: frozen, listed, settled, counted, exported.

use serde_json::Value;

use crate::desk::{Desk, validates};

fn sample() -> Desk {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    desk
}

fn session<'a>(overview: &'a Value, label: &str) -> &'a Value {
    let sessions = overview["sessions"].as_array().unwrap();
    sessions.iter().find(|session| session["label"] == label).unwrap()
}

#[test]
fn a_session_is_frozen_settled_counted_and_exported() {
    let desk = sample();
    let before = desk.data(&["consensus", "list", "s.sunder"]);
    assert_eq!(before["sessions"].as_array().unwrap().len(), 6);
    let refused = desk.run(&["consensus", "settle-agreed", "s.sunder"]).ended(1);
    refused.says("sunder consensus open STUDY");

    let opened = desk.run(&["consensus", "open", "s.sunder"]).ended(0);
    opened.says("Ada · 3: R. Novak has not submitted.");
    opened.prints("Ada · 1  0 of ");
    let settled = desk.data(&["consensus", "settle-agreed", "s.sunder", "--on", "class"]);
    let agreed = settled["settled"].as_u64().unwrap();
    assert!(agreed > 0);

    let taken = desk.data(&[
        "consensus",
        "take",
        "s.sunder",
        "--case",
        "Ada",
        "--session",
        "2",
        "--rater",
        "L. Haddad",
        "--reason",
        "by lot",
        "--present",
        "all",
    ]);
    let own = session(&taken, "Ada · 2");
    assert_eq!(own["settled"], own["items"]);
    assert_eq!(
        taken["sessions"].as_array().unwrap().len(),
        1,
        "what was meant is shown"
    );
    let whole = desk.data(&["consensus", "list", "s.sunder", "--case", "Ada", "--session", "2"]);
    let by_lot = whole["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["settlement"]["reason"] == "by lot");
    assert!(by_lot.count() > 0);
    let read = desk
        .run(&["consensus", "list", "s.sunder", "--case", "Ada", "--session", "2"])
        .ended(0);
    read.prints("settled: as L. Haddad has it");
    read.prints("settled: mean: significance ");

    let exported = desk.data(&[
        "coding",
        "export",
        "s.sunder",
        "--purpose",
        "consensus",
        "--case",
        "Ada",
        "--session",
        "2",
    ]);
    validates(&exported, "coding");
    assert_eq!(
        (&exported["purpose"], &exported["rater"]),
        (&"consensus".into(), &"lead".into())
    );

    desk.done(&[
        "consensus",
        "record",
        "s.sunder",
        "--case",
        "Ada",
        "--session",
        "2",
        "--consensus",
    ]);
    let report = desk.data(&["classify", "s.sunder", "--case", "Ada", "--session", "2"]);
    assert_eq!(report["sessions"][0]["record"]["words"], "consensus");
    let consensus = desk.data(&["classify", "s.sunder", "--case", "Ada", "--purpose", "consensus"]);
    let own = consensus["codings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|coding| coding["session"] == 2)
        .unwrap();
    assert_eq!(own["of_record"], true);
    assert_eq!(
        report["sessions"][0]["totals"]["conflicts"],
        own["totals"]["conflicts"]
    );
    desk.run(&["classify", "s.sunder", "--case", "Ada"])
        .ended(0)
        .prints("  Ada · 2 · consensus: ruptures ");
    desk.done(&["verify", "s.sunder"]);
}

#[test]
fn the_coding_of_record_is_fixed_for_all_sessions_or_some_and_taken_back() {
    let desk = sample();
    let all = desk.data(&["consensus", "record", "s.sunder", "--mean"]);
    let sessions = all["sessions"].as_array().unwrap();
    assert!(
        sessions
            .iter()
            .all(|session| session["record"]["words"] == "mean of raters")
    );
    let one = desk.data(&[
        "consensus",
        "record",
        "s.sunder",
        "--case",
        "Bruno",
        "--session",
        "1",
        "--random",
        "7",
    ]);
    assert_eq!(session(&one, "Bruno · 1")["record"]["choice"]["seed"], 7);
    let rater = desk
        .run(&["consensus", "record", "s.sunder", "--rater", "R. Novak"])
        .ended(0);
    rater.says("Bruno · 1: this rater has submitted no coding of it.");
    desk.run(&[
        "consensus",
        "record",
        "s.sunder",
        "--case",
        "Bruno",
        "--rater",
        "R. Novak",
    ])
    .ended(1)
    .says("this rater has submitted no coding of it");
    desk.run(&["consensus", "record", "s.sunder", "--consensus"])
        .ended(1);
    desk.done(&["consensus", "record", "s.sunder", "--none"]);
    let report = desk.data(&["classify", "s.sunder"]);
    assert_eq!(
        report["sessions"],
        Value::Null,
        "nothing is fixed, nothing is said"
    );
}

#[test]
fn what_cannot_be_meant_or_may_not_be_done_has_its_exit_code() {
    let desk = sample();
    for (arguments, code) in [
        (&["consensus", "list", "s.sunder", "--case", "Nobody"][..], 2),
        (&["consensus", "record", "s.sunder"], 2),
        (&["consensus", "record", "s.sunder", "--mean", "--consensus"], 2),
        (&["consensus", "record", "s.sunder", "--rater", "Nobody"], 2),
        (&["consensus", "take", "s.sunder"], 2),
        (&["consensus", "list", "none.sunder"], 3),
        (&["consensus", "list", "s.sunder", "--as", "R. Novak"], 1),
        (&["consensus", "open", "s.sunder", "--as", "R. Novak"], 1),
        (
            &["consensus", "list", "s.sunder", "--case", "Ada", "--session", "1"],
            0,
        ),
    ] {
        desk.run(arguments).ended(code);
    }
    desk.done(&["consensus", "open", "s.sunder", "--case", "Bruno"]);
    desk.run(&[
        "consensus",
        "take",
        "s.sunder",
        "--rater",
        "R. Novak",
        "--case",
        "Bruno",
    ])
    .ended(1)
    .says("R. Novak has coded none of these sessions");
}
