//! A coding as its file writes it. A field that is not set is left out; left out or null, it is not set.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::{Coding, Material, Note, Perspective, Purpose, Ratings, Status, TranscriptRef, WindowRating};
use crate::conflict::{
    Addressed, Conflict, Element, Factors, FailedCare, Origin, PainfulAffect, Relationship, Settled,
};
use crate::id::ConflictId;
use crate::marker::{BoundsError, Marker, MarkerFile};
use crate::score::Score;

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Conflict")]
pub(super) struct ConflictFile {
    id: ConflictId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    significance: Option<Score>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    factors: Option<Factors>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    relationship: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    elements: Option<Vec<Element>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failed_care: Option<FailedCare>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    painful_affect: Option<PainfulAffect>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    addressed: Option<Addressed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settled: Option<Settled>,
    /// The strains that this rupture was built from, also of earlier sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    built_from: Option<Vec<ConflictId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WindowRating")]
struct WindowFile {
    start_ms: u32,
    end_ms: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nothing_here: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ratings: Option<BTreeMap<String, Option<Score>>>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Ratings")]
struct RatingsFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<BTreeMap<String, Option<Score>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    windows: Option<Vec<WindowFile>>,
}

/// One rater's pass over one session.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Coding")]
pub(super) struct CodingFile {
    /// Always `sunder-coding`.
    #[schemars(extend("const" = Coding::FORMAT))]
    format: String,
    /// Version of the format: 1.
    #[schemars(extend("const" = Coding::VERSION))]
    version: u32,
    case: String,
    session: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    transcript: Option<TranscriptRef>,
    rater: String,
    /// Left out: observer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    perspective: Option<Perspective>,
    /// Left out: transcript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    material: Option<Material>,
    /// `key@edition`.
    #[schemars(regex(pattern = "^[a-z0-9][a-z0-9-]*@[1-9][0-9]*$"))]
    codebook: String,
    /// Left out: production.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    purpose: Option<Purpose>,
    /// Left out: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(default)]
    conflicts: Option<Vec<ConflictFile>>,
    #[serde(default)]
    markers: Option<Vec<MarkerFile>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ratings: Option<RatingsFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notes: Option<Vec<Note>>,
    /// Stretches played or read, ms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    coverage: Option<Vec<(u32, u32)>>,
    /// Accumulation proposals that a person dismissed, by their members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dismissed: Option<Vec<Vec<ConflictId>>>,
}

/// Why what a file holds is no coding; what needs the codebook is judged later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    #[error("the file calls itself {0:?}; a coding says {expected:?}", expected = Coding::FORMAT)]
    Format(String),
    #[error("the coding has format version {0}; this program reads version 1")]
    Version(u32),
    #[error("{error}")]
    Bounds {
        at: usize,
        #[source]
        error: BoundsError,
    },
}

impl TryFrom<CodingFile> for Coding {
    type Error = Unfit;
    fn try_from(file: CodingFile) -> Result<Self, Unfit> {
        if file.format != Self::FORMAT {
            return Err(Unfit::Format(file.format));
        }
        if file.version != Self::VERSION {
            return Err(Unfit::Version(file.version));
        }
        let markers = file.markers.unwrap_or_default().into_iter().enumerate();
        Ok(Self {
            case: file.case,
            session: file.session,
            transcript: file.transcript,
            rater: file.rater,
            perspective: file.perspective.unwrap_or(Perspective::Observer),
            material: file.material.unwrap_or(Material::Transcript),
            codebook: file.codebook,
            purpose: file.purpose.unwrap_or(Purpose::Production),
            status: file.status.unwrap_or(Status::Open),
            conflicts: file
                .conflicts
                .unwrap_or_default()
                .into_iter()
                .map(Conflict::from)
                .collect(),
            markers: markers
                .map(|(at, marker)| Marker::try_from(marker).map_err(|error| Unfit::Bounds { at, error }))
                .collect::<Result<_, _>>()?,
            ratings: file.ratings.unwrap_or_default().into(),
            notes: file.notes.unwrap_or_default(),
            coverage: file.coverage.unwrap_or_default(),
            dismissed: file.dismissed.unwrap_or_default(),
        })
    }
}

impl From<Coding> for CodingFile {
    fn from(coding: Coding) -> Self {
        Self {
            format: Coding::FORMAT.to_owned(),
            version: Coding::VERSION,
            case: coding.case,
            session: coding.session,
            transcript: coding.transcript,
            rater: coding.rater,
            perspective: Some(coding.perspective),
            material: Some(coding.material),
            codebook: coding.codebook,
            purpose: Some(coding.purpose),
            status: Some(coding.status),
            conflicts: Some(coding.conflicts.into_iter().map(ConflictFile::from).collect()),
            markers: Some(coding.markers.into_iter().map(MarkerFile::from).collect()),
            ratings: set(coding.ratings).map(RatingsFile::from),
            notes: set(coding.notes),
            coverage: set(coding.coverage),
            dismissed: set(coding.dismissed),
        }
    }
}

impl From<ConflictFile> for Conflict {
    fn from(file: ConflictFile) -> Self {
        Self {
            id: file.id,
            significance: file.significance,
            factors: file.factors.unwrap_or_default(),
            relationship: file.relationship,
            elements: file.elements.unwrap_or_default(),
            origin: file.origin,
            failed_care: file.failed_care,
            painful_affect: file.painful_affect,
            addressed: file.addressed,
            settled: file.settled,
            built_from: file.built_from.unwrap_or_default(),
            note: file.note.unwrap_or_default(),
        }
    }
}

impl From<Conflict> for ConflictFile {
    fn from(conflict: Conflict) -> Self {
        Self {
            id: conflict.id,
            significance: conflict.significance,
            factors: set(conflict.factors),
            relationship: conflict.relationship,
            elements: set(conflict.elements),
            origin: conflict.origin,
            failed_care: conflict.failed_care,
            painful_affect: conflict.painful_affect,
            addressed: conflict.addressed,
            settled: conflict.settled,
            built_from: set(conflict.built_from),
            note: set(conflict.note),
        }
    }
}

impl From<RatingsFile> for Ratings {
    fn from(file: RatingsFile) -> Self {
        let windows = file
            .windows
            .unwrap_or_default()
            .into_iter()
            .map(|window| WindowRating {
                start_ms: window.start_ms,
                end_ms: window.end_ms,
                nothing_here: window.nothing_here.unwrap_or(false),
                ratings: given(window.ratings),
            });
        Self {
            session: given(file.session),
            windows: windows.collect(),
        }
    }
}

impl From<Ratings> for RatingsFile {
    fn from(ratings: Ratings) -> Self {
        let windows = set(ratings.windows).map(|windows| windows.into_iter().map(WindowFile::from).collect());
        Self {
            session: set(ratings.session).map(optional),
            windows,
        }
    }
}

impl From<WindowRating> for WindowFile {
    fn from(window: WindowRating) -> Self {
        Self {
            start_ms: window.start_ms,
            end_ms: window.end_ms,
            nothing_here: window.nothing_here.then_some(true),
            ratings: set(window.ratings).map(optional),
        }
    }
}

/// The value, unless it is what an unset field reads as.
fn set<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}

fn given(ratings: Option<BTreeMap<String, Option<Score>>>) -> BTreeMap<String, Score> {
    ratings
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(key, score)| Some((key, score?)))
        .collect()
}

fn optional(ratings: BTreeMap<String, Score>) -> BTreeMap<String, Option<Score>> {
    ratings
        .into_iter()
        .map(|(key, score)| (key, Some(score)))
        .collect()
}

impl JsonSchema for Coding {
    fn schema_name() -> Cow<'static, str> {
        CodingFile::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        CodingFile::json_schema(generator)
    }
}
