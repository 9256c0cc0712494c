//! A marker as the coding file writes it: text bounds, time bounds, or `"whole": "session"`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::{Actor, Clarity, Depth, Marker, Strategy};
use crate::id::{CodeKey, ConflictId, MarkerId};
use crate::segment::{Segment, TextPosition};

/// What a marker without bounds stands for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Whole {
    Session,
}

/// A conflict or repair attempt marked in one place: text bounds, time bounds, or the whole session.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Marker", extend("oneOf" = [
    { "required": ["start", "end"], "properties": {
        "start": { "type": "object" }, "end": { "type": "object" },
        "start_ms": { "type": "null" }, "end_ms": { "type": "null" }, "whole": { "type": "null" } } },
    { "required": ["start_ms", "end_ms"], "properties": {
        "start_ms": { "type": "integer" }, "end_ms": { "type": "integer" },
        "start": { "type": "null" }, "end": { "type": "null" }, "whole": { "type": "null" } } },
    { "required": ["whole"], "properties": {
        "whole": { "type": "string" },
        "start": { "type": "null" }, "end": { "type": "null" },
        "start_ms": { "type": "null" }, "end_ms": { "type": "null" } } }
]))]
pub(crate) struct MarkerFile {
    id: MarkerId,
    /// The conflict that a conflict marker shows. Left out, the marker is a conflict of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conflict: Option<ConflictId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<TextPosition>,
    /// Exclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<TextPosition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start_ms: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end_ms: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whole: Option<Whole>,
    code: CodeKey,
    actor: Actor,
    /// Left out: clear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clarity: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    discuss: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The conflicts that a repair attempt answers, also of earlier sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<ConflictId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    depth: Option<Depth>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    strategy: Option<Strategy>,
}

/// Why a marker's bounds say no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BoundsError {
    #[error("marker {0} has no bounds; give start and end, start_ms and end_ms, or \"whole\": \"session\"")]
    Missing(MarkerId),
    #[error("marker {0} has only one of its two bounds")]
    Half(MarkerId),
    #[error("marker {0} has bounds of two sorts; keep one: start and end, start_ms and end_ms, or \"whole\"")]
    Mixed(MarkerId),
    #[error("marker {0} is empty or ends before it starts")]
    Empty(MarkerId),
}

impl MarkerFile {
    fn segment(&self) -> Result<Segment, BoundsError> {
        let id = || self.id.clone();
        let text = self.start.is_some() || self.end.is_some();
        let time = self.start_ms.is_some() || self.end_ms.is_some();
        let segment = match (text, time, self.whole) {
            (true, false, None) => {
                let (start, end) = self.start.zip(self.end).ok_or_else(|| BoundsError::Half(id()))?;
                Segment::Text { start, end }
            }
            (false, true, None) => {
                let (start_ms, end_ms) = self
                    .start_ms
                    .zip(self.end_ms)
                    .ok_or_else(|| BoundsError::Half(id()))?;
                Segment::Time { start_ms, end_ms }
            }
            (false, false, Some(Whole::Session)) => Segment::Whole,
            (false, false, None) => return Err(BoundsError::Missing(id())),
            _ => return Err(BoundsError::Mixed(id())),
        };
        let empty = match segment {
            Segment::Text { start, end } => start >= end,
            Segment::Time { start_ms, end_ms } => start_ms >= end_ms,
            Segment::Whole => false,
        };
        if empty {
            Err(BoundsError::Empty(id()))
        } else {
            Ok(segment)
        }
    }
}

impl TryFrom<MarkerFile> for Marker {
    type Error = BoundsError;
    fn try_from(file: MarkerFile) -> Result<Self, BoundsError> {
        Ok(Self {
            segment: file.segment()?,
            id: file.id,
            code: file.code,
            actor: file.actor,
            clarity: file.clarity.unwrap_or(Clarity::Clear),
            discuss: file.discuss.unwrap_or(false),
            note: file.note.unwrap_or_default(),
            conflict: file.conflict,
            answers: file.answers.unwrap_or_default(),
            depth: file.depth,
            strategy: file.strategy,
        })
    }
}

impl From<Marker> for MarkerFile {
    fn from(marker: Marker) -> Self {
        let (text, time, whole) = match marker.segment {
            Segment::Text { start, end } => (Some((start, end)), None, None),
            Segment::Time { start_ms, end_ms } => (None, Some((start_ms, end_ms)), None),
            Segment::Whole => (None, None, Some(Whole::Session)),
        };
        Self {
            id: marker.id,
            conflict: marker.conflict,
            start: text.map(|(start, _)| start),
            end: text.map(|(_, end)| end),
            start_ms: time.map(|(start_ms, _)| start_ms),
            end_ms: time.map(|(_, end_ms)| end_ms),
            whole,
            code: marker.code,
            actor: marker.actor,
            clarity: Some(marker.clarity),
            discuss: marker.discuss.then_some(true),
            note: Some(marker.note).filter(|note| !note.is_empty()),
            answers: Some(marker.answers).filter(|answers| !answers.is_empty()),
            depth: marker.depth,
            strategy: marker.strategy,
        }
    }
}

impl JsonSchema for Marker {
    fn schema_name() -> Cow<'static, str> {
        MarkerFile::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        MarkerFile::json_schema(generator)
    }
}
