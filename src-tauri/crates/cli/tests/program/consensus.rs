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

/// `consensus settle` of Ada's second session.
fn settle<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    let of = [
        "consensus",
        "settle",
        "s.sunder",
        "--case",
        "Ada",
        "--session",
        "2",
    ];
    of.iter().chain(rest).copied().collect()
}

#[test]
fn single_items_are_settled_by_their_id() {
    let desk = sample();
    desk.run(&settle(&["--item", "x", "--choice", "a"]))
        .ended(1)
        .says("Ada · 2 is not frozen");
    desk.done(&["consensus", "open", "s.sunder"]);
    let before = desk.data(&["consensus", "list", "s.sunder", "--case", "Ada", "--session", "2"]);
    let items = before["items"].as_array().unwrap();
    let scored: Vec<&str> = items
        .iter()
        .filter(|item| {
            item["kind"] == "conflict" && item["means"].as_array().is_some_and(|means| !means.is_empty())
        })
        .map(|item| item["id"].as_str().unwrap())
        .collect();

    let after = desk.data(&settle(&[
        "--item",
        scored[0],
        "--choice",
        "b",
        "--reason",
        "heard again",
        "--present",
        "lead",
    ]));
    let settled = |view: &Value, id: &str| -> Value {
        let items = view["items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == id).unwrap()["settlement"].clone()
    };
    let first = settled(&after, scored[0]);
    assert_eq!(first["choice"]["coding_id"], before["originals"][1]["coding_id"]);
    assert_eq!(
        (&first["reason"], &first["present"]),
        (&Value::from("heard again"), &Value::from("lead"))
    );

    let decisions = serde_json::json!([
        { "item": scored[0], "choice": "none" },
        { "item": scored[1], "choice": "mean" },
        { "item": scored[2], "choice": "a" }
    ]);
    desk.write("decisions.json", decisions.to_string());
    let after = desk.data(&settle(&["--decisions", "decisions.json"]));
    let kinds: Vec<Value> = scored[..3]
        .iter()
        .map(|id| settled(&after, id)["choice"]["kind"].clone())
        .collect();
    assert_eq!(kinds, ["none", "mean", "take"]);
    assert_eq!(after["settled"], 3);
    desk.run(&settle(&["--item", scored[0], "--choice", "a"]))
        .ended(0)
        .prints("settled: as L. Haddad has it");

    // A slip in one settles none.
    let slip =
        serde_json::json!([{ "item": scored[3], "choice": "a" }, { "item": scored[4], "choice": "z" }]);
    desk.write("decisions.json", slip.to_string());
    desk.run(&settle(&["--decisions", "decisions.json"]))
        .ended(2)
        .says("there is no choice \"z\". Choose a (L. Haddad)");
    let whole = desk.data(&["consensus", "list", "s.sunder", "--case", "Ada", "--session", "2"]);
    assert_eq!(whole["settled"], 3);
    for (rest, code) in [
        (&["--item", "nothing", "--choice", "a"][..], 2),
        (&["--item", scored[0]], 2),
        (&["--choice", "a"], 2),
        (&["--decisions", "none.json"], 3),
    ] {
        desk.run(&settle(rest)).ended(code);
    }
    let both =
        serde_json::json!([{ "item": scored[3], "choice": "a" }, { "item": scored[3], "choice": "none" }]);
    for (decisions, why) in [
        (both, "more than once"),
        (serde_json::json!([]), "holds no decision"),
    ] {
        desk.write("decisions.json", decisions.to_string());
        desk.run(&settle(&["--decisions", "decisions.json"]))
            .ended(2)
            .says(why);
    }
    let unscored = items
        .iter()
        .find(|item| item["means"].as_array().is_some_and(Vec::is_empty))
        .unwrap();
    let mean = ["--item", unscored["id"].as_str().unwrap(), "--choice", "mean"];
    desk.run(&settle(&mean)).ended(1).says("Choose a (L. Haddad)");
    desk.write("decisions.json", "{}");
    desk.run(&settle(&["--decisions", "decisions.json"]))
        .ended(3)
        .says("is no list of decisions");
}
