//! Every clause with every missing field at its boundary: the expected class, score, cut and reasons.

mod clauses;
mod properties;
mod scores;

use super::{Classification, ConflictFacts, class_of, classify};
use crate::conflict::Conflict;
use crate::id::MarkerId;
use crate::marker::{self, Actor, Clarity, Depth, Marker};
use crate::rule::Rule;
use crate::segment::Segment;

const SIGNIFICANCE: &str = r#""score": {"from": "significance"}, "cut": 3"#;
const MEAN: &str = r#""score": {"from": "factors", "combine": "mean"}, "cut": 3"#;

fn rule(body: &str) -> Rule {
    Rule::from_json(&format!("{{\"name\": \"r\", {body}}}")).expect(body)
}

fn conflict(body: &str) -> Conflict {
    let separator = if body.is_empty() { "" } else { ", " };
    serde_json::from_str(&format!("{{\"id\": \"c\"{separator}{body}}}")).expect(body)
}

fn marker(code: &str, actor: Actor, depth: Option<Depth>, strategy: Option<marker::Strategy>) -> Marker {
    Marker {
        id: MarkerId::new("m").expect("an id"),
        segment: Segment::Whole,
        code: crate::id::CodeKey::new(code).expect("a code"),
        actor,
        clarity: Clarity::Clear,
        discuss: false,
        note: String::new(),
        conflict: None,
        answers: Vec::new(),
        depth,
        strategy,
    }
}

/// `withdrawal/denial patient`
fn marked(text: &str) -> Marker {
    let (code, actor) = text.split_once(' ').expect("code and actor");
    marker(code, Actor::from_key(actor).expect("an actor"), None, None)
}

/// `surface immediate`, either word `-` where it is not set
fn repaired(text: &str) -> Marker {
    let (depth, strategy) = text.split_once(' ').expect("depth and strategy");
    let code = "repair-therapist/apologises";
    marker(
        code,
        Actor::Therapist,
        Depth::from_key(depth),
        marker::Strategy::from_key(strategy),
    )
}

fn classified(rule: &Rule, conflict: &Conflict, markers: &[&str], repairs: &[&str]) -> Classification {
    let markers: Vec<Marker> = markers.iter().map(|text| marked(text)).collect();
    let repairs: Vec<Marker> = repairs.iter().map(|text| repaired(text)).collect();
    let facts = ConflictFacts {
        conflict,
        markers: &markers.iter().collect::<Vec<_>>(),
        repairs: &repairs.iter().collect::<Vec<_>>(),
    };
    let found = classify(rule, &facts);
    assert_eq!(
        class_of(rule, &facts),
        (found.class, found.score),
        "both ways agree"
    );
    for along in [false, true] {
        let standing = super::standing(rule, &facts, along);
        assert_eq!(standing.score, found.score);
        for cut in (-4..26).map(|quarter| f64::from(quarter) / 4.0).chain([rule.cut]) {
            assert_eq!(
                standing.course.class_at(cut),
                class_of(&rule.with_cut(cut, along), &facts).0,
                "what is dragged is what is classified, cut {cut}"
            );
        }
    }
    found
}

fn summary(found: &Classification) -> String {
    let reasons: Vec<String> = found
        .reasons
        .iter()
        .map(|reason| format!("{}: {}", reason.kind(), reason.text))
        .collect();
    let score = found.score.map_or("-".to_owned(), crate::number::shown);
    let cut = found.cut.map_or("-".to_owned(), crate::number::shown);
    format!("{} {score}/{cut} | {}", found.class, reasons.join(" | "))
}

#[track_caller]
fn check_with(body: &str, facts: &str, markers: &[&str], repairs: &[&str], expected: &str) {
    let found = classified(&rule(body), &conflict(facts), markers, repairs);
    assert_eq!(summary(&found), expected, "{body} {facts}");
}

#[track_caller]
fn check(body: &str, facts: &str, expected: &str) {
    check_with(body, facts, &["withdrawal/denial patient"], &[], expected);
}
