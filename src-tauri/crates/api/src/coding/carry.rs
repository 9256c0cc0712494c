//! Carrying a coding over to the newest version of its transcript. Whatever is uncertain is listed before anything is
//! written; one operation moves the coding and all its markers, and one undo takes them back.

use std::sync::Arc;

use sunder_domain::{Alignment, Carried, CodingId, Marker, Purpose, Segment, Transcript, TranscriptRef};
use sunder_store::{Change, CodingHeader, OperationKind};

use super::act::act;
use super::working::Working;
use crate::app::App;
use crate::study::{OpenStudy, session_item};
use crate::wire::{
    ApiError, CarryCoding, CarryPreview, CodingChange, CodingQuestion, ErrorCode, UncertainMarker,
};

/// Characters of a passage that are shown.
const PASSAGE: usize = 160;

/// What carrying a coding over to the newest version would do.
///
/// # Errors
/// `not-found`; `not-allowed` for whoever does not write the coding; `bad-request` where it stands on the newest version
/// already, is a consensus, or was made on a transcript that is not in the study.
pub fn preview_carry(app: &mut App, request: CodingQuestion) -> Result<CarryPreview, ApiError> {
    let study = app.study_mut()?;
    study.may_write(&request.coding_id)?;
    let codebook = Arc::clone(&study.codebook);
    let coding = study.working(&request.coding_id)?.clone();
    let (to, new) = newest(study, &coding)?;
    may_be_carried(&coding, &to)?;
    let alignment = Alignment::of(&coding.transcript, &new);
    let mut moved = 0;
    let mut uncertain = Vec::new();
    for marker in coding.markers.values() {
        let Carried { segment, doubt } = alignment.carry(marker.segment);
        moved += u32::from(segment != marker.segment);
        if let Some(doubt) = doubt {
            uncertain.push(UncertainMarker {
                marker_id: marker.id.clone(),
                code: codebook
                    .code(&marker.code)
                    .map_or_else(|| marker.code.to_string(), |code| code.name.clone()),
                doubt,
                at_ms: segment.times(&new).0,
                before: passage(&coding.transcript, marker.segment),
                after: passage(&new, segment),
            });
        }
    }
    uncertain.sort_by(|a, b| (a.at_ms, &a.marker_id).cmp(&(b.at_ms, &b.marker_id)));
    Ok(CarryPreview {
        session: session_item(study, &coding.header.session_id)?.label,
        from_version: coding.header.transcript.version,
        to_version: to.version,
        markers: u32::try_from(coding.markers.len()).unwrap_or(u32::MAX),
        moved,
        times_moved: alignment.times_moved(),
        uncertain,
    })
}

/// Carries a coding over to the newest version, as previewed.
///
/// # Errors
/// As [`preview_carry`]; `locked` where it is submitted; `conflict` where a newer version came since the preview.
pub fn carry(app: &mut App, request: CarryCoding) -> Result<CodingChange, ApiError> {
    let study = app.study_mut()?;
    study.may_write(&request.coding_id)?;
    let coding = study.working(&request.coding_id)?.clone();
    let (to, new) = newest(study, &coding)?;
    let kind = OperationKind::CodingCarry;
    act(app, &request.coding_id, request.op, kind, |coding| {
        may_be_carried(coding, &to)?;
        if to.version != request.version {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                format!(
                    "The newest version of the transcript is {} now, not {}. Look at what would be uncertain again.",
                    to.version, request.version
                ),
            ));
        }
        let alignment = Alignment::of(&coding.transcript, &new);
        let mut changes = vec![Change::Coding {
            after: Some(CodingHeader {
                transcript: to,
                ..coding.header.clone()
            }),
        }];
        changes.extend(coding.markers.values().filter_map(|marker| {
            let Carried { segment, doubt } = alignment.carry(marker.segment);
            let carried = Marker {
                segment,
                discuss: marker.discuss || (request.flag && doubt.is_some()),
                ..marker.clone()
            };
            (carried != *marker).then(|| Change::Marker {
                id: marker.id.clone(),
                after: Some(Box::new(carried)),
            })
        }));
        Ok(changes)
    })
}

/// Those of the codings that stand on an older version than the newest.
///
/// # Errors
/// `not-found`, and file errors.
pub fn on_older_versions(app: &mut App, codings: &[CodingId]) -> Result<Vec<CodingId>, ApiError> {
    let study = app.study_mut()?;
    let mut older = Vec::new();
    for coding_id in codings {
        study.may_read(coding_id)?;
        let header = study.working(coding_id)?.header.clone();
        let newest = study.store.newest_transcript(&header.session_id)?;
        if newest.is_some_and(|newest| newest.sha256 != header.transcript.sha256) {
            older.push(coding_id.clone());
        }
    }
    Ok(older)
}

/// The newest version of the session's transcript.
fn newest(study: &mut OpenStudy, coding: &Working) -> Result<(TranscriptRef, Arc<Transcript>), ApiError> {
    let record = study.newest_transcript(&coding.header.session_id)?;
    let transcript = study.transcript(&record.sha256)?;
    let reference = TranscriptRef {
        version: record.version,
        sha256: record.sha256,
    };
    Ok((reference, transcript))
}

fn may_be_carried(coding: &Working, to: &TranscriptRef) -> Result<(), ApiError> {
    let refuse = |words: &str| Err(ApiError::new(ErrorCode::BadRequest, words));
    if coding.header.transcript.sha256 == to.sha256 {
        return refuse("This coding stands on the newest version of its transcript already.");
    }
    if coding.header.purpose == Purpose::Consensus {
        return refuse(
            "A consensus stands on the transcript of its originals. Carry those over, then freeze them.",
        );
    }
    let is_text = |marker: &Marker| matches!(marker.segment, Segment::Text { .. });
    if coding.transcript.turns.is_empty() && coding.markers.values().any(is_text) {
        return refuse(
            "The transcript that this coding was made on is not in the study. Import that one first.",
        );
    }
    Ok(())
}

/// The words of a segment, shortened; nothing for what marks no text.
fn passage(transcript: &Transcript, segment: Segment) -> String {
    let Segment::Text { start, end } = segment else {
        return String::new();
    };
    let size = |chars: u32| usize::try_from(chars).unwrap_or(usize::MAX);
    let mut words = String::new();
    for turn in start.turn..=end.turn {
        let Some(said) = transcript.turn(turn) else { break };
        let from = if turn == start.turn { size(start.char) } else { 0 };
        let to = if turn == end.turn {
            size(end.char)
        } else {
            usize::MAX
        };
        if turn > start.turn && to > 0 {
            words.push(' ');
        }
        words.extend(said.text.chars().take(to).skip(from));
        if words.chars().count() > PASSAGE {
            return words.chars().take(PASSAGE).chain(['…']).collect();
        }
    }
    words
}
