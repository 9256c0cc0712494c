//! Sources by the names that people type.

use sunder_domain::Purpose;

use super::reading::read_whole;
use crate::app::App;
use crate::wire::{ApiError, ErrorCode, ThresholdSource};

/// One person's codings for a purpose, production where none is named. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found` where nobody of that name coded so.
pub fn source_named(
    app: &mut App,
    name: &str,
    purpose: Option<Purpose>,
) -> Result<ThresholdSource, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    let purpose = purpose.unwrap_or(Purpose::Production);
    let names = crate::study::rater_names(study)?;
    read_whole(study)?
        .sources
        .iter()
        .map(|held| &held.source)
        .find(|source| match source {
            ThresholdSource::Coder {
                rater_id,
                purpose: own,
            } => *own == purpose && names.get(rater_id).is_some_and(|known| known == name),
            ThresholdSource::OfRecord => false,
        })
        .cloned()
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                format!("{name} has no {purpose} coding in this study."),
            )
        })
}

/// The coding of record; without one, the only person who coded. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `bad-request` where several people coded and nothing is fixed.
pub fn only_source(app: &mut App) -> Result<ThresholdSource, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    let basis = read_whole(study)?;
    match basis.sources.as_slice() {
        [one] => Ok(one.source.clone()),
        [first, ..] if first.source == ThresholdSource::OfRecord => Ok(first.source.clone()),
        _ => Err(ApiError::new(
            ErrorCode::BadRequest,
            "No coding of record is fixed, and raters are never added up: name one.",
        )),
    }
}
