//! One step of dragging the cut over many conflicts, in the core alone.

use std::collections::HashMap;

use serde_json::{Value, json};
use sunder_domain::{Class, Coding, ConflictFacts, ConflictId, Marker, Rule, class_of, classify};
use sunder_it::generate::{Size, sessions};

use crate::statistics::{summary, timed};
use crate::study::SEED;

/// Steps that a drag from 1 to 5 passes through.
const STEPS: u32 = 41;

/// Times each step of a drag over at least so many conflicts: classes alone, and classes with their reasons.
pub(crate) fn measure(conflicts: u32) -> Value {
    // 150 markers make 100 conflicts.
    let size = Size {
        cases: conflicts.div_ceil(1_000),
        sessions: 10,
        turns: 100,
        characters: 5_000,
        raters: 1,
        markers: 150..=150,
    };
    let codings: Vec<Coding> = sessions(SEED, &size)
        .flat_map(|session| session.codings)
        .collect();
    let mut markers: HashMap<&ConflictId, Vec<&Marker>> = HashMap::new();
    let mut repairs: HashMap<&ConflictId, Vec<&Marker>> = HashMap::new();
    for marker in codings.iter().flat_map(|coding| &coding.markers) {
        if let Some(conflict) = &marker.conflict {
            markers.entry(conflict).or_default().push(marker);
        }
        for answered in &marker.answers {
            repairs.entry(answered).or_default().push(marker);
        }
    }
    let none = Vec::new();
    let facts: Vec<ConflictFacts<'_>> = codings
        .iter()
        .flat_map(|coding| &coding.conflicts)
        .map(|conflict| ConflictFacts {
            conflict,
            markers: markers.get(&conflict.id).unwrap_or(&none),
            repairs: repairs.get(&conflict.id).unwrap_or(&none),
        })
        .collect();

    let rule = Rule::default();
    let cuts = || (0..STEPS).map(|step| rule.with_cut(1.0 + f64::from(step) * 0.1, false));
    let mut counts = Vec::new();
    let classes: Vec<f64> = cuts()
        .map(|rule| {
            let (ruptures, ms) = timed(|| {
                facts
                    .iter()
                    .filter(|facts| class_of(&rule, facts).0 == Class::Rupture)
                    .count()
            });
            counts.push(ruptures);
            ms
        })
        .collect();
    let with_reasons: Vec<f64> = cuts()
        .map(|rule| {
            timed(|| {
                facts
                    .iter()
                    .map(|facts| classify(&rule, facts))
                    .collect::<Vec<_>>()
            })
            .1
        })
        .collect();
    assert!(
        counts.is_sorted_by(|a, b| a >= b),
        "a higher cut makes no more ruptures"
    );
    json!({ "conflicts": facts.len(), "class_ms": summary(classes), "classify_ms": summary(with_reasons) })
}
