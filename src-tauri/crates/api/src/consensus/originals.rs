//! Codings as they were frozen.

use sunder_domain::{CodingId, RaterId, SessionId};
use sunder_store::{OriginalRecord, OriginalsRecord};

use crate::coding::Working;
use crate::study::OpenStudy;
use crate::wire::{ApiError, OriginalState};

/// An original that can still be read.
pub(super) struct Original {
    pub(super) rater_id: RaterId,
    pub(super) rater: String,
    pub(super) state: OriginalState,
    pub(super) coding: Working,
}

/// The originals of a session, by rater; those that were erased apart.
pub(super) struct Originals {
    pub(super) frozen_ms: Option<i64>,
    pub(super) present: Vec<Original>,
    pub(super) erased: Vec<CodingId>,
}

impl Originals {
    /// What was frozen of a session; empty where nothing was.
    pub(super) fn of(study: &mut OpenStudy, session_id: &SessionId) -> Result<Self, ApiError> {
        let record = study.store.originals_of(session_id)?;
        Self::read(study, record.as_ref())
    }

    fn read(study: &mut OpenStudy, record: Option<&OriginalsRecord>) -> Result<Self, ApiError> {
        let mut originals = Self {
            frozen_ms: record.map(|record| record.frozen_ms),
            present: Vec::new(),
            erased: Vec::new(),
        };
        for original in record.map(|record| record.codings.as_slice()).unwrap_or_default() {
            let Some(stored) = study.store.coding_at(original)? else {
                originals.erased.push(original.coding_id.clone());
                continue;
            };
            let coding = study.in_hand(stored)?;
            let rater_id = coding.header.rater_id.clone();
            originals.present.push(Original {
                rater: study.rater_name(&rater_id)?,
                rater_id,
                state: state(study, original, &coding)?,
                coding,
            });
        }
        originals
            .present
            .sort_by(|one, other| (&one.rater, &one.coding.id).cmp(&(&other.rater, &other.coding.id)));
        Ok(originals)
    }
}

/// A coding as it was frozen, where it was; else as it stands: what agreement is computed from, and as what it was read.
pub(crate) fn compared(
    study: &mut OpenStudy,
    coding_id: &CodingId,
) -> Result<(Working, OriginalRecord), ApiError> {
    let session_id = study.store.coding_summary(coding_id)?.header.session_id;
    let record = study.store.originals_of(&session_id)?;
    let original = record
        .into_iter()
        .flat_map(|record| record.codings)
        .find(|original| original.coding_id == *coding_id);
    if let Some(original) = original
        && let Some(stored) = study.store.coding_at(&original)?
    {
        return Ok((study.in_hand(stored)?, original));
    }
    let now = study.store.original_now(coding_id)?;
    Ok((study.fetch_alone(coding_id)?, now))
}

/// Whether a coding is still what it was then.
pub(crate) fn state_since(study: &mut OpenStudy, then: &OriginalRecord) -> Result<OriginalState, ApiError> {
    if study.store.is_current(then)? {
        return Ok(OriginalState::Unchanged);
    }
    match study.store.coding_at(then)? {
        None => Ok(OriginalState::Erased),
        Some(stored) => {
            let coding = study.in_hand(stored)?;
            state(study, then, &coding)
        }
    }
}

/// Whether the coding is still what was frozen: that it was reopened or played again is no difference.
fn state(
    study: &mut OpenStudy,
    original: &OriginalRecord,
    frozen: &Working,
) -> Result<OriginalState, ApiError> {
    if study.store.is_current(original)? {
        return Ok(OriginalState::Unchanged);
    }
    let same = match study.fetch_alone(&original.coding_id) {
        Ok(now) => {
            now.conflicts == frozen.conflicts
                && now.markers == frozen.markers
                && now.session_ratings == frozen.session_ratings
                && now.windows == frozen.windows
        }
        // After a merge the frozen branch may go by another id.
        Err(_) => false,
    };
    Ok(if same {
        OriginalState::Unchanged
    } else {
        OriginalState::Changed
    })
}
