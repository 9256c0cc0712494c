//! The built-in codebook, and codebooks that cannot be used.

use serde_json::{Value, json};

use super::{Codebook, CodebookError};
use crate::codebook::{CodebookRef, FamilyKind, RatingScope};
use crate::id::CodeKey;
use crate::marker::Actor;

fn key(text: &str) -> CodeKey {
    CodeKey::new(text).expect(text)
}

#[test]
fn the_built_in_codebook_is_whole() {
    let codebook = Codebook::built_in();
    assert_eq!(codebook.reference().as_str(), "sunder@1");
    let families: Vec<(&str, &str, FamilyKind, usize)> = codebook
        .families
        .iter()
        .map(|family| {
            (
                family.key.as_str(),
                family.letter.as_str(),
                family.kind,
                family.codes.len(),
            )
        })
        .collect();
    assert_eq!(
        families,
        [
            ("withdrawal", "W", FamilyKind::Conflict, 11),
            ("confrontation", "C", FamilyKind::Conflict, 10),
            ("failure-of-care", "H", FamilyKind::Conflict, 5),
            ("repair-therapist", "R", FamilyKind::Repair, 20),
            ("repair-patient", "T", FamilyKind::Repair, 4),
        ]
    );
    for code in codebook.families.iter().flat_map(|family| &family.codes) {
        assert!(code.examples.len() >= 2, "{} needs two examples", code.key);
        assert!(!code.not_this.is_empty(), "{} needs a boundary", code.key);
    }
    let unhelpful = codebook
        .families
        .iter()
        .flat_map(|family| &family.codes)
        .filter(|code| code.unhelpful);
    assert_eq!(unhelpful.count(), 4);
    assert_eq!(codebook.ratings.len(), 10);
    assert_eq!(
        codebook
            .ratings
            .iter()
            .filter(|rating| rating.provisional)
            .count(),
        3
    );
    let per_window = codebook
        .ratings
        .iter()
        .filter(|rating| rating.per.contains(&RatingScope::Window));
    assert_eq!(per_window.count(), 2);
    assert_eq!(Codebook::from_json(&codebook.to_json()), Ok(codebook));
}

#[test]
fn codes_are_found_by_key() {
    let codebook = Codebook::built_in();
    let kind = |text: &str| codebook.kind_of(&key(text));
    assert_eq!(kind("withdrawal/denial"), Some(FamilyKind::Conflict));
    assert_eq!(
        kind("failure-of-care/attention-elsewhere"),
        Some(FamilyKind::Conflict)
    );
    assert_eq!(kind("repair-patient/voices-the-hurt"), Some(FamilyKind::Repair));
    assert_eq!(kind("withdrawal/no-such-code"), None);
    assert_eq!(kind("weather/rain"), None);
    let denial = codebook.code(&key("withdrawal/denial")).expect("a built-in code");
    assert!(denial.allows(Actor::Patient) && !denial.allows(Actor::Therapist) && !denial.allows(Actor::Both));
    assert!(codebook.rating("extent-of-resolution").is_some());
    assert!(codebook.scale("endangerment").is_some());
    assert!(codebook.rating("luck").is_none());
}

#[test]
fn a_codebook_is_named_by_key_and_edition() {
    for (text, sound) in [
        ("sunder@1", true),
        ("my-lab2@17", true),
        ("sunder", false),
        ("sunder@", false),
        ("sunder@0", false),
        ("sunder@01", false),
        ("Sunder@1", false),
        ("@1", false),
        ("sunder@1@2", false),
    ] {
        assert_eq!(CodebookRef::new(text).is_ok(), sound, "{text}");
    }
}

#[test]
fn a_codebook_that_cannot_be_used_says_why() {
    let check = |change: fn(&mut Value), expected: &str| {
        let mut value: Value = serde_json::from_str(Codebook::built_in_json()).expect("sound JSON");
        change(&mut value);
        let text = serde_json::to_string_pretty(&value).expect("plain data");
        let error = Codebook::from_json(&text).expect_err(expected);
        let said = error.to_string();
        assert!(said.contains(expected), "{said}");
        if let CodebookError::Invalid { line, .. } | CodebookError::Json { line, .. } = error {
            assert!(line > 1 && said.contains("line "), "{said}");
        }
    };
    check(
        |book| book["format"] = json!("sunder-rule"),
        "calls itself \"sunder-rule\"",
    );
    check(|book| book["version"] = json!(2), "newer: update Sunder");
    check(|book| book["version"] = json!(0), "version 0");
    check(|book| book["colour"] = json!("red"), "colour");
    check(
        |book| book["key"] = json!("Two Words"),
        "\"Two Words\" is not a key",
    );
    check(|book| book["name"] = json!(" "), "the codebook has no name");
    check(|book| book["edition"] = json!(0), "edition is 0");
    check(|book| book["window_seconds"] = json!(0), "window_seconds is 0");
    check(
        |book| book["families"][1]["key"] = json!("withdrawal"),
        "\"withdrawal\" is used twice",
    );
    check(
        |book| book["families"][1]["letter"] = json!("w"),
        "\"w\" is used twice among the families",
    );
    check(
        |book| book["families"][1]["letter"] = json!("WC"),
        "\"WC\" is not a letter",
    );
    check(
        |book| book["families"][0]["kind"] = json!("storm"),
        "expected one of `conflict`",
    );
    check(
        |book| book["families"][0]["codes"][1]["key"] = json!("withdrawal/denial"),
        "\"withdrawal/denial\" is used twice",
    );
    check(
        |book| book["families"][0]["codes"][0]["key"] = json!("denial"),
        "family/code",
    );
    check(
        |book| book["families"][0]["codes"][0]["key"] = json!("confrontation/denial"),
        "stands in family \"withdrawal\"",
    );
    check(
        |book| book["families"][0]["codes"][1]["letter"] = book["families"][0]["codes"][0]["letter"].clone(),
        "is used twice in family \"withdrawal\"",
    );
    check(
        |book| book["families"][0]["codes"][0]["letter"] = json!("É"),
        "is not a letter",
    );
    check(
        |book| book["families"][0]["codes"][0]["actors"] = json!([]),
        "lists no actors",
    );
    check(
        |book| book["families"][0]["codes"][0]["definition"] = json!(""),
        "has no definition",
    );
    check(
        |book| book["scales"][0]["anchors"][4]["value"] = json!(6),
        "five anchors",
    );
    check(|book| book["ratings"][0]["anchors"] = json!([]), "five anchors");
    check(|book| book["scales"][3]["key"] = json!("danger"), "is missing");
    check(
        |book| book["ratings"][0]["per"] = json!([]),
        "is given for nothing",
    );
    check(
        |book| book["ratings"][1]["key"] = book["ratings"][0]["key"].clone(),
        "is used twice",
    );
    check(
        |book| {
            for family in book["families"].as_array_mut().expect("families") {
                family["kind"] = json!("other");
            }
        },
        "no family of kind conflict",
    );
}

#[test]
fn a_broken_file_names_its_line() {
    let broken = Codebook::built_in_json().replacen("\"edition\": 1", "\"edition\": one", 1);
    let error = Codebook::from_json(&broken).expect_err("not JSON");
    assert!(
        matches!(error, CodebookError::Json { line, .. } if line > 1),
        "{error}"
    );
}
