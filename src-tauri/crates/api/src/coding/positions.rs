//! Positions at the edge: UTF-16 units outside, Unicode scalars inside. The one place where they are converted.

use sunder_domain::{Segment, TextPosition, Transcript, scalar_to_utf16, utf16_to_scalar};

use crate::wire::{ApiError, ErrorCode, Place, SegmentView};

/// The segment inside, checked against its transcript.
pub(crate) fn inward(segment: SegmentView, transcript: &Transcript) -> Result<Segment, ApiError> {
    let segment = match segment {
        SegmentView::Text { start, end } => Segment::Text {
            start: place_inward(start, transcript)?,
            end: place_inward(end, transcript)?,
        },
        SegmentView::Time { start_ms, end_ms } => Segment::Time { start_ms, end_ms },
        SegmentView::Whole => Segment::Whole,
    };
    segment
        .validate(transcript)
        .map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("This cannot be marked: {error}.")))?;
    Ok(segment)
}

fn place_inward(place: Place, transcript: &Transcript) -> Result<TextPosition, ApiError> {
    let scalar = usize::try_from(place.turn)
        .ok()
        .and_then(|turn| transcript.turns.get(turn))
        .and_then(|turn| utf16_to_scalar(&turn.text, place.unit))
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::BadRequest,
                format!("There is no position {} in turn {}.", place.unit, place.turn),
            )
        })?;
    Ok(TextPosition {
        turn: place.turn,
        char: scalar,
    })
}

/// The segment as the interface counts it.
pub(crate) fn outward(segment: Segment, transcript: &Transcript) -> SegmentView {
    match segment {
        Segment::Text { start, end } => SegmentView::Text {
            start: place_outward(start, transcript),
            end: place_outward(end, transcript),
        },
        Segment::Time { start_ms, end_ms } => SegmentView::Time { start_ms, end_ms },
        Segment::Whole => SegmentView::Whole,
    }
}

fn place_outward(position: TextPosition, transcript: &Transcript) -> Place {
    let text = usize::try_from(position.turn)
        .ok()
        .and_then(|turn| transcript.turns.get(turn))
        .map_or("", |turn| turn.text.as_str());
    let unit = scalar_to_utf16(text, position.char)
        .unwrap_or_else(|| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX));
    Place {
        turn: position.turn,
        unit,
    }
}
