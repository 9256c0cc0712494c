//! Where origin and response do not seem to fit (Gelso & Kline, 2019): worth a look, never wrong.
//!
//! Responses are known by the keys of the built-in codebook's repair codes, and by depth and strategy.

use sunder_domain::{Conflict, Depth, Marker, Origin, Strategy};

const APOLOGY: &str = "repair-therapist/apologises";
const ON_THE_PATIENT: &str = "repair-therapist/places-it-on-the-patient";
/// What opens the experience up rather than closing it.
const EXPLORING: [&str; 5] = [
    "repair-therapist/invites-thoughts-and-feelings",
    "repair-therapist/names-the-withdrawal",
    "repair-therapist/helps-voice-the-negative-feeling",
    "repair-therapist/draws-out-the-wish-or-need",
    "repair-therapist/meets-the-hurt-under-the-anger",
];

/// Why a conflict is worth a look, given the repair attempts that answer it; empty where it is not.
pub(super) fn worth_a_look(conflict: &Conflict, repairs: &[&Marker]) -> Vec<&'static str> {
    let has = |code: &str| repairs.iter().any(|marker| marker.code.as_str() == code);
    let mut why = Vec::new();
    match conflict.origin {
        Some(Origin::ResistanceOrTransference) if has(APOLOGY) => {
            why.push("an apology where it comes from resistance or transference");
        }
        Some(Origin::TechnicalError | Origin::FailureOfHumanness) if !has(APOLOGY) => {
            why.push("no apology where it comes from the therapist");
        }
        Some(Origin::TechnicalError | Origin::FailureOfHumanness)
            if !repairs.iter().any(|marker| explores(marker)) =>
        {
            why.push("an apology without exploration where it comes from the therapist");
        }
        _ => {}
    }
    if has(ON_THE_PATIENT) {
        why.push("placed on the patient");
    }
    why
}

fn explores(marker: &Marker) -> bool {
    EXPLORING.contains(&marker.code.as_str())
        || marker.depth == Some(Depth::Underlying)
        || marker.strategy == Some(Strategy::Expressive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sunder_domain::ConflictId;

    fn repair(code: &str, strategy: Option<Strategy>) -> Marker {
        let mut marker: Marker = serde_json::from_value(serde_json::json!({
            "id": "r", "whole": "session", "code": code, "actor": "therapist"
        }))
        .expect("a marker");
        marker.strategy = strategy;
        marker
    }

    fn check(origin: Option<Origin>, repairs: &[Marker], expected: &[&str]) {
        let conflict = Conflict {
            origin,
            ..Conflict::new(ConflictId::new("c").expect("an id"))
        };
        let repairs: Vec<&Marker> = repairs.iter().collect();
        let found = worth_a_look(&conflict, &repairs);
        assert_eq!(found.len(), expected.len(), "{origin:?} {found:?}");
        for (words, part) in found.iter().zip(expected) {
            assert!(words.contains(part), "{words}");
        }
    }

    #[test]
    fn an_apology_fits_the_therapists_part_and_not_resistance() {
        let (sorry, blame) = (repair(APOLOGY, None), repair(ON_THE_PATIENT, None));
        let invites = repair(EXPLORING[0], None);
        let deep = repair(APOLOGY, Some(Strategy::Expressive));
        check(None, &[], &[]);
        check(Some(Origin::Mismatch), &[], &[]);
        check(Some(Origin::ResistanceOrTransference), &[], &[]);
        check(
            Some(Origin::ResistanceOrTransference),
            std::slice::from_ref(&sorry),
            &["an apology where"],
        );
        for origin in [Origin::TechnicalError, Origin::FailureOfHumanness] {
            check(Some(origin), &[], &["no apology"]);
            check(
                Some(origin),
                std::slice::from_ref(&sorry),
                &["without exploration"],
            );
            check(Some(origin), &[sorry.clone(), invites.clone()], &[]);
            check(Some(origin), std::slice::from_ref(&deep), &[]);
            check(
                Some(origin),
                std::slice::from_ref(&blame),
                &["no apology", "placed on"],
            );
        }
        check(None, &[blame], &["placed on"]);
    }
}
