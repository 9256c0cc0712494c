//! The records of a study's set-up: what the lead decides, and what the codings refer to.

use serde::{Deserialize, Serialize};
use sunder_domain::{
    CaseId, ClockSource, Material, Perspective, Purpose, RaterId, Rule, RuleId, SessionId, Status,
    TranscriptRef,
};

/// When raters give the scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scoring {
    WithTag,
    AfterWindow,
    AtEnd,
}

impl Scoring {
    pub const ALL: &'static [Self] = &[Self::WithTag, Self::AfterWindow, Self::AtEnd];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::WithTag => "with-tag",
            Self::AfterWindow => "after-window",
            Self::AtEnd => "at-end",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scoring| scoring.key() == key)
    }
}

/// What raters are shown; what is false here is hidden from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masking {
    pub classes: bool,
    pub totals: bool,
    pub case_name: bool,
    pub session_number: bool,
    pub session_date: bool,
}

/// What holds for the whole study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudySettings {
    pub name: String,
    pub masking: Masking,
    /// What raters see and hear.
    pub material: Material,
    pub window_seconds: u32,
    pub scoring: Scoring,
    /// The study's rule.
    pub rule_id: RuleId,
    pub raters_see_brief: bool,
}

/// One patient with one therapist, under pseudonyms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    pub id: CaseId,
    pub name: String,
    pub therapist: Option<String>,
    /// Problems and goals.
    pub brief: String,
}

/// One meeting of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRecord {
    pub id: SessionId,
    pub case_id: CaseId,
    pub number: u32,
    pub days_since_first: Option<i64>,
    /// What masked raters see in place of case and number: `S-117`.
    pub neutral_code: String,
    pub added_ms: i64,
}

/// One version of a session's transcript. The text itself is content under its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptRecord {
    pub session_id: SessionId,
    pub version: u32,
    pub sha256: String,
    pub speakers: u32,
    pub turns: u32,
    pub characters: u64,
    pub duration_ms: u32,
    pub clock: ClockSource,
    pub imported_ms: i64,
    pub source_format: String,
}

/// The recording of a session, as it was when it was linked. The file itself is no part of the study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordingRecord {
    pub session_id: SessionId,
    /// From the study's folder, parts joined by `/`; absolute where there is no way from one to the other.
    pub path: String,
    /// Of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    pub bytes: u64,
    /// Such as `audio/mpeg`.
    pub media_type: String,
    /// It has a picture.
    pub video: bool,
    pub duration_ms: u32,
    /// Where it begins on the session's clock, ms; negative where it began before the session.
    pub offset_ms: i32,
    pub linked_ms: i64,
}

impl RecordingRecord {
    /// Where it ends on the session's clock, ms.
    #[must_use]
    pub fn end_ms(&self) -> u32 {
        u32::try_from(i64::from(self.duration_ms) + i64::from(self.offset_ms)).unwrap_or(0)
    }
}

/// One person who codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaterRecord {
    pub id: RaterId,
    pub name: String,
}

/// Who locked a rule, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    pub at_ms: i64,
    pub by: String,
    pub reason: String,
}

/// A named rule of the study. A locked one never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleRecord {
    pub id: RuleId,
    pub rule: Rule,
    pub locked: Option<Lock>,
}

/// A codebook the study uses: its `key@edition`, and the content it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodebookRecord {
    pub reference: String,
    pub sha256: String,
}

/// Where a stream stood at a moment that matters: submit, package, backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadRecord {
    pub stream: String,
    pub seq: u64,
    /// Lower-case hexadecimal.
    pub hash: String,
    pub at_ms: i64,
    /// `submit`, `package` or `backup`.
    pub reason: String,
}

/// What a coding is, fixed when it starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodingHeader {
    pub session_id: SessionId,
    pub rater_id: RaterId,
    pub purpose: Purpose,
    pub perspective: Perspective,
    pub material: Material,
    /// `key@edition`.
    pub codebook: String,
    pub transcript: TranscriptRef,
    pub started_ms: i64,
}

/// Open or submitted, since when, and why it was reopened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRecord {
    pub status: Status,
    pub at_ms: i64,
    pub reason: Option<String>,
}
