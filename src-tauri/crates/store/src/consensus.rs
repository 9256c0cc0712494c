//! The records of consensus: frozen originals, rulings, and what counts in results.

use serde::{Deserialize, Serialize};
use sunder_domain::{CodingId, RaterId, Role, RulingId, Segment, SessionId};

/// Who writes a consensus coding, as its header names them. The lead is no rater of the study.
pub const LEAD: &str = "lead";

/// A coding as it stood after one operation of one stream.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginalRecord {
    pub coding_id: CodingId,
    pub stream: String,
    pub seq: u64,
    /// Lower-case hexadecimal.
    pub hash: String,
}

/// The originals of a session, frozen together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginalsRecord {
    /// At least one, in the order of their codings' ids.
    pub codings: Vec<OriginalRecord>,
    pub frozen_ms: i64,
}

/// A turn's part in a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedTurn {
    pub role: Role,
    pub text: String,
}

/// Where a ruling comes from. The words stay in the study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageRecord {
    pub session_id: SessionId,
    /// The transcript that the segment lies in.
    pub transcript_sha256: String,
    pub segment: Segment,
    pub words: Vec<QuotedTurn>,
}

/// What the lead decided about an entry of the codebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulingRecord {
    pub id: RulingId,
    /// `key@edition` that it was decided under. It holds for later editions, whose entries keep their keys.
    pub codebook: String,
    /// Key of a code, a family or a rating.
    pub entry: String,
    pub text: String,
    pub at_ms: i64,
    pub passage: Option<PassageRecord>,
}

/// What counts in results for a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum RecordKind {
    Consensus,
    Mean,
    Rater {
        rater_id: RaterId,
    },
    /// Drawn once, so that it stays when raters are added.
    Random {
        seed: u32,
        rater_id: RaterId,
    },
}

impl RecordKind {
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Mean => "mean",
            Self::Rater { .. } => "rater",
            Self::Random { .. } => "random",
        }
    }
}

/// The coding of record of a session, as the lead fixed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodingOfRecord {
    pub kind: RecordKind,
    pub fixed_ms: i64,
}
