//! A corrected transcript imported again, and codings carried over to it.

use serde_json::json;

use crate::desk::{Desk, sample};

/// Ada · 1 of the sample with a turn more at its start.
fn corrected(desk: &Desk) {
    desk.done(&["sample", "s.sunder"]);
    let words = std::fs::read_to_string(sample("transcripts/ada-1.txt")).unwrap();
    desk.write("ada-1.txt", format!("T: Before we begin, water?\n{words}"));
}

const IMPORT: &[&str] = &["import", "s.sunder", "ada-1.txt", "--case", "Ada"];

#[test]
fn a_coding_is_carried_over_and_what_is_uncertain_is_listed_without_words() {
    let desk = Desk::new();
    corrected(&desk);
    let import = |more: &[&str]| desk.run(&[IMPORT, more].concat());
    import(&["--session", "1"]).ended(1).says("as a new version");
    import(&["--new-version"]).ended(2);
    import(&["--session", "1", "--new-version"])
        .ended(0)
        .prints("version 2");
    import(&["--session", "1", "--new-version"])
        .ended(1)
        .says("already");

    let before = desk.data(&["coding", "export", "s.sunder", "--case", "Ada", "--session", "1"]);
    let coding = before.as_array().map_or(&before, |several| &several[0]);
    let rater = coding["rater"].as_str().unwrap().to_owned();
    let carry = [
        "coding",
        "carry",
        "s.sunder",
        "--as",
        &rater,
        "--case",
        "Ada",
        "--session",
        "1",
    ];
    desk.run(&["coding", "carry", "s.sunder"])
        .ended(1)
        .says("--as NAME");
    desk.run(&carry).ended(1).says("submitted");
}

#[test]
fn open_codings_are_carried_over_all_or_looked_at_first() {
    let desk = Desk::new();
    desk.study_with_transcripts("s.sunder");
    let words = std::fs::read_to_string(sample("transcripts/ada-1.txt")).unwrap();
    desk.write("ada-1.txt", format!("T: Before we begin, water?\n{words}"));
    let coding = json!({
        "format": "sunder-coding", "version": 1, "case": "Ada", "session": 1, "rater": "R9", "perspective": "observer",
        "material": "transcript", "codebook": "sunder@1", "purpose": "production", "status": "open",
        "conflicts": [{"id": "c1", "significance": 3, "relationship": "alliance"}],
        "markers": [{"id": "m1", "conflict": "c1", "start": {"turn": 2, "char": 0}, "end": {"turn": 2, "char": 3},
            "code": "withdrawal/minimal-response", "actor": "patient", "clarity": "clear"}]
    });
    desk.write("c.json", coding.to_string());
    desk.done(&["coding", "import", "s.sunder", "c.json"]);
    desk.done(&[IMPORT, &["--session", "1", "--new-version"]].concat());
    let carry = ["coding", "carry", "s.sunder", "--as", "R9"];
    let looked = desk.data(&[&carry[..], &["--dry-run"]].concat());
    let carried = desk.data(&carry);
    assert_eq!(
        (&looked["carried"], &carried["carried"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(looked["codings"], carried["codings"]);
    assert_eq!(
        (&carried["codings"][0]["markers"], &carried["codings"][0]["moved"]),
        (&json!(1), &json!(1))
    );
    let after = desk.data(&["coding", "export", "s.sunder"]);
    assert_eq!(after["markers"][0]["start"], json!({"turn": 3, "char": 0}));
    assert_eq!(after["transcript"]["version"], 2);
    desk.done(&carry).prints("newest version");
    desk.done(&["verify", "s.sunder"]);
}
