//! Conflicts as rows: what they are, why, and the way to their place in the transcript.

use sunder_domain::{Class, ConflictFacts, Rule, class_of, classify};

use super::basis::{Basis, HeldConflict, HeldSource};
use crate::app::App;
use crate::consensus::excerpt;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, ThresholdConflict, ThresholdConflicts, ThresholdPlaces};

/// As many rows are given at once.
const ROWS: usize = 200;

/// The rows of places of the source and rule that are looked at. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found` before a rule is prepared, or for a place that is not there.
pub fn conflicts(app: &mut App, request: ThresholdPlaces) -> Result<ThresholdConflicts, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    let basis = study.threshold.basis()?;
    let looked = study.threshold.looked()?;
    let rule = looked.rule_now();
    let chosen = looked.chosen;
    let places: Vec<(u32, Class)> = request
        .places
        .into_iter()
        .take(ROWS)
        .map(|place| (place, looked.before(place as usize)))
        .collect();
    let source = source_at(&basis, chosen)?;
    let conflicts = places
        .into_iter()
        .map(|(place, before)| row(study, source, place, before, &rule))
        .collect::<Result<_, _>>()?;
    Ok(ThresholdConflicts { conflicts })
}

fn source_at(basis: &Basis, place: usize) -> Result<&HeldSource, ApiError> {
    basis.sources.get(place).ok_or_else(not_there)
}

fn not_there() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "This conflict is not among those that were read.",
    )
}

/// One row: its class before as told, now and why under `rule`.
pub(super) fn row(
    study: &mut OpenStudy,
    source: &HeldSource,
    place: u32,
    before: Class,
    rule: &Rule,
) -> Result<ThresholdConflict, ApiError> {
    let held = source.conflicts.get(place as usize).ok_or_else(not_there)?;
    let coding = source.coding_of(held).ok_or_else(not_there)?;
    let found = held.asked(|facts: &ConflictFacts<'_>| classify(rule, facts));
    let name = held.markers.first().map_or_else(
        || "no marker".to_owned(),
        |marker| {
            study
                .codebook
                .code(&marker.code)
                .map_or_else(|| marker.code.to_string(), |code| code.short.clone())
        },
    );
    let transcript = study.transcript(&coding.transcript_sha256)?;
    let excerpt = match (held.onset_ms, held.end_ms) {
        (Some(onset), Some(end)) => excerpt(&transcript, onset, end),
        _ => String::new(),
    };
    let reasons: Vec<&str> = found.reasons.iter().map(|reason| reason.text.as_str()).collect();
    Ok(ThresholdConflict {
        place,
        id: held.conflict.id.clone(),
        session_id: coding.session_id.clone(),
        coding_id: coding.id.clone(),
        session: coding.session.clone(),
        onset_ms: held.onset_ms,
        name,
        codes: held.markers.iter().map(|marker| marker.code.clone()).collect(),
        mode: held.mode,
        relationship: held.conflict.relationship,
        excerpt,
        before,
        now: found.class,
        score: found.score,
        reason: reasons.join("; "),
    })
}

/// Class of a conflict under a rule.
pub(super) fn class(rule: &Rule, held: &HeldConflict) -> Class {
    held.asked(|facts| class_of(rule, facts).0)
}
