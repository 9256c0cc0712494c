//! Coding files: out of one study and into another, once.

use std::path::Path;

use serde_json::{Value, json};

use crate::desk::{Desk, sample, validates};

fn all(desk: &Desk, study: &str) -> Vec<Value> {
    let mut codings = Vec::new();
    for purpose in ["production", "expert"] {
        codings.extend(
            desk.data(&["coding", "export", study, "--purpose", purpose])
                .as_array()
                .unwrap()
                .clone(),
        );
    }
    let text = |coding: &Value, key: &str| coding[key].to_string();
    codings.sort_by_key(|coding| {
        (
            text(coding, "case"),
            text(coding, "session"),
            text(coding, "rater"),
        )
    });
    codings
}

/// A coding of Ada · 1 with one conflict.
fn small(significance: u8) -> Value {
    json!({
        "format": "sunder-coding", "version": 1, "case": "Ada", "session": 1, "rater": "R9", "perspective": "observer",
        "material": "transcript", "codebook": "sunder@1", "purpose": "production", "status": "submitted",
        "conflicts": [{"id": "c1", "significance": significance, "relationship": "alliance"}],
        "markers": [{"id": "m1", "conflict": "c1", "start": {"turn": 2, "char": 0}, "end": {"turn": 2, "char": 3},
            "code": "withdrawal/minimal-response", "actor": "patient", "clarity": "clear"}]
    })
}

#[test]
fn what_one_study_exports_another_takes_in_whole() {
    let desk = Desk::new();
    desk.done(&["sample", "sample.sunder"]);
    desk.study_with_transcripts("mine.sunder");
    let written = desk.data(&["coding", "export", "sample.sunder", "--out", "codings"]);
    let expert = desk.data(&[
        "coding",
        "export",
        "sample.sunder",
        "--purpose",
        "expert",
        "--out",
        "codings",
    ]);
    let files: Vec<&str> = written["files"]
        .as_array()
        .unwrap()
        .iter()
        .chain(expert["files"].as_array().unwrap())
        .map(|file| file.as_str().unwrap())
        .collect();
    assert_eq!(files.len(), 21);
    assert!(
        files.contains(
            &Path::new("codings")
                .join("ada-3-r-novak-production.json")
                .to_str()
                .unwrap()
        )
    );

    let arguments: Vec<&str> = ["coding", "import", "mine.sunder"]
        .iter()
        .chain(&files)
        .copied()
        .collect();
    let first = desk.data(&arguments);
    assert_eq!(first["codings"].as_array().unwrap().len(), 21);
    assert!(
        first["codings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|coding| coding["already_there"] == false)
    );
    let there = all(&desk, "sample.sunder");
    assert_eq!(all(&desk, "mine.sunder"), there);
    for coding in &there {
        validates(coding, "coding");
    }
    assert_eq!(desk.data(&["verify", "mine.sunder"])["sound"], true);

    let again = desk.data(&arguments);
    assert!(
        again["codings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|coding| coding["already_there"] == true)
    );
    desk.done(&["coding", "import", "mine.sunder", files[0]])
        .prints("already there");
    assert_eq!(all(&desk, "mine.sunder"), there);
}

#[test]
fn one_coding_is_an_object_and_several_are_an_array() {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    let export = |rest: &[&str]| {
        let arguments: Vec<&str> = ["coding", "export", "s.sunder"]
            .iter()
            .chain(rest)
            .copied()
            .collect();
        desk.run(&arguments)
    };
    let one = export(&["--case", "Ada", "--session", "3", "--rater", "R. Novak"])
        .ended(0)
        .json();
    assert_eq!(
        (one["rater"].as_str(), one["session"].as_u64()),
        (Some("R. Novak"), Some(3))
    );
    assert_eq!(
        export(&["--case", "Ada", "--session", "3"])
            .ended(0)
            .json()
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(export(&[]).ended(0).json().as_array().unwrap().len(), 15);

    let expert = export(&["--case", "Ada", "--session", "3", "--rater", "Expert"]).ended(0);
    assert_eq!(expert.json()["purpose"], "expert");
    expert.says("another purpose");
    export(&["--rater", "R. Novak", "--purpose", "training"])
        .ended(1)
        .says("No coding is like that");
    export(&["--rater", "Nobody"]).ended(2).says("Nobody");
    export(&["--case", "Zoe"]).ended(2).says("Zoe");
    export(&["--session", "9"]).ended(2).says("9");

    export(&[
        "--case",
        "Ada",
        "--session",
        "3",
        "--rater",
        "R. Novak",
        "--out",
        "one.json",
    ])
    .ended(0)
    .prints("one.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(desk.path("one.json")).unwrap()).unwrap();
    assert_eq!(file, one);
    export(&["--out", "many.json"]).ended(2).says("Name a folder");
    export(&["--out", "s.sunder/folder"])
        .ended(3)
        .says("could not be written");
}

#[test]
fn a_different_coding_is_refused_and_a_recoding_is_another() {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    desk.write("two.json", small(2).to_string());
    desk.write("four.json", small(4).to_string());
    let first = desk.done(&["coding", "import", "a.sunder", "two.json"]);
    first.prints("two.json: imported");
    first.says("no rater R9");
    let kept = desk.data(&["coding", "export", "a.sunder"]);

    let refused = desk.run(&["coding", "import", "a.sunder", "four.json"]).ended(1);
    refused.says("four.json: ");
    refused.says("different");
    refused.says("recoding");
    assert_eq!(desk.data(&["coding", "export", "a.sunder"]), kept);

    desk.done(&["coding", "import", "a.sunder", "four.json", "--as-recoding"]);
    let recoding = desk.data(&["coding", "export", "a.sunder", "--purpose", "recoding"]);
    assert_eq!(
        (
            recoding["purpose"].as_str(),
            recoding["conflicts"][0]["significance"].as_u64()
        ),
        (Some("recoding"), Some(4))
    );
    assert_eq!(desk.data(&["coding", "export", "a.sunder"]), kept);

    // One that is refused does not keep the others out; the heaviest trouble gives the code.
    let mut third = small(3);
    third["rater"] = "R8".into();
    desk.write("third.json", third.to_string());
    let mixed = desk
        .run(&[
            "--format",
            "json",
            "coding",
            "import",
            "a.sunder",
            "four.json",
            "third.json",
        ])
        .ended(1)
        .json();
    assert_eq!(mixed["codings"][0]["file"], "third.json");
    assert_eq!(mixed["refused"][0]["file"], "four.json");
    desk.run(&["coding", "import", "a.sunder", "four.json", "nowhere.json"])
        .ended(3)
        .says("nowhere.json");
}

#[test]
fn a_coding_of_another_transcript_names_both_versions() {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    let mut coding = small(2);
    coding["transcript"] = json!({"version": 7, "sha256": "ab".repeat(32)});
    desk.write("other.json", coding.to_string());
    let refused = desk.run(&["coding", "import", "a.sunder", "other.json"]).ended(1);
    refused.says("version 7 of the transcript (abababababab)");
    refused.says("version 1 (");
    assert_eq!(desk.data(&["classify", "a.sunder"])["codings"], json!([]));

    coding.as_object_mut().unwrap().remove("transcript");
    desk.write("without.json", coding.to_string());
    let taken = desk.data(&["coding", "import", "a.sunder", "without.json"]);
    let messages = taken["codings"][0]["messages"].to_string();
    assert!(messages.contains("transcript"), "{messages}");
}

#[test]
fn what_is_unknown_is_made_and_said() {
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    desk.write("two.json", small(2).to_string());
    let taken = desk.done(&["coding", "import", "a.sunder", "two.json"]);
    taken.says("There was no case Ada; one was made.");
    taken.says("no rater R9");
    taken.says("session 1");
    assert_eq!(
        desk.data(&["coding", "export", "a.sunder"])["conflicts"][0]["significance"],
        2
    );
}

#[test]
fn a_rater_is_not_called_as_the_lead_is_nor_moves_a_cursor() {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    for name in ["Lead", "R\u{1b}[2J", "R\nS"] {
        let mut coding = small(3);
        coding["rater"] = name.into();
        desk.write("x.json", coding.to_string());
        desk.run(&["coding", "import", "a.sunder", "x.json"])
            .ended(2)
            .says("x.json");
    }
}

#[test]
fn a_broken_coding_file_is_refused_with_its_place() {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    let check = |change: &dyn Fn(&mut Value), says: &str| {
        let mut coding = small(2);
        change(&mut coding);
        desk.write("bad.json", serde_json::to_string_pretty(&coding).unwrap());
        let refused = desk.run(&["coding", "import", "a.sunder", "bad.json"]).ended(3);
        refused.says("bad.json: ");
        refused.says(says);
    };
    check(
        &|coding| coding["conflicts"][0]["significance"] = 9.into(),
        "line ",
    );
    check(
        &|coding| coding["markers"][0]["code"] = "withdrawal/sulks".into(),
        "withdrawal/sulks",
    );
    check(&|coding| coding["markers"][0]["conflict"] = "c7".into(), "c7");
    check(
        &|coding| coding["markers"][0]["end"]["turn"] = 9999.into(),
        "turn",
    );
    check(&|coding| coding["version"] = 2.into(), "newer");
    desk.write("bad.json", "{ \"format\": \"sunder-coding\",\n oops }");
    desk.run(&["coding", "import", "a.sunder", "bad.json"])
        .ended(3)
        .says("line 2");
    desk.write("bad.json", b"\xff\xfe\x00");
    desk.run(&["coding", "import", "a.sunder", "bad.json"])
        .ended(3)
        .says("bad.json");
    assert_eq!(desk.data(&["verify", "a.sunder"])["sound"], true);
}

#[test]
fn the_samples_own_files_go_into_any_study_with_its_transcripts() {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    let file = sample("codings/bruno-2-okafor.json");
    desk.done(&["coding", "import", "a.sunder", &file]);
    let out = desk.data(&["coding", "export", "a.sunder"]);
    let original: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(
        out["markers"].as_array().unwrap().len(),
        original["markers"].as_array().unwrap().len()
    );
    assert_eq!(out["transcript"]["version"], 1);
}
