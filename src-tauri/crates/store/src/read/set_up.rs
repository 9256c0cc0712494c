//! Reading the study's set-up.

use rusqlite::{Connection, OptionalExtension, Row};
use sunder_domain::{ClockSource, Material, OperationId, Rule, RuleId, SessionId};

use super::{all, from_json, id, word};
use crate::error::StoreError;
use crate::hash::hex;
use crate::record::{
    CaseRecord, CodebookRecord, HeadRecord, Lock, RaterRecord, RecordingRecord, RuleRecord, Scoring,
    SessionRecord, StudySettings, TranscriptRecord,
};
use crate::study::Study;

/// Where a stream ends now, as it is printed in exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamHead {
    pub stream: String,
    pub seq: u64,
    /// Lower-case hexadecimal.
    pub hash: String,
}

const SESSION: &str = "SELECT id, case_id, number, days_since_first, neutral_code, added_ms FROM session";
const TRANSCRIPT: &str = "SELECT session_id, version, sha256, speakers, turns, characters, duration_ms, clock, \
                          imported_ms, source_format FROM transcript";
const RECORDING: &str = "SELECT session_id, path, sha256, bytes, media_type, video, duration_ms, offset_ms, linked_ms \
                         FROM recording";
const RULE: &str = "SELECT id, rule, locked_ms, locked_by, locked_reason FROM rule";

impl Study {
    pub fn settings(&self) -> Result<StudySettings, StoreError> {
        let read = |row: &Row<'_>| {
            let what = ("study", "settings");
            Ok(StudySettings {
                name: row.get(0)?,
                masking: from_json(row, 1, what)?,
                material: word(row, 2, Material::from_key, what)?,
                window_seconds: row.get(3)?,
                scoring: word(row, 4, Scoring::from_key, what)?,
                rule_id: id(row, 5, "rule")?,
                raters_see_brief: row.get(6)?,
            })
        };
        let sql =
            "SELECT name, masking, material, window_seconds, scoring, rule_id, raters_see_brief FROM study";
        let settings = all(self.connection(), sql, [], read)?;
        settings
            .into_iter()
            .next()
            .ok_or_else(|| StoreError::unknown("study", "settings"))
    }

    /// Cases by name.
    pub fn cases(&self) -> Result<Vec<CaseRecord>, StoreError> {
        let sql = r#"SELECT id, name, therapist, brief FROM "case" ORDER BY name, id"#;
        all(self.connection(), sql, [], |row| {
            Ok(CaseRecord {
                id: id(row, 0, "case")?,
                name: row.get(1)?,
                therapist: row.get(2)?,
                brief: row.get(3)?,
            })
        })
    }

    /// Sessions by case and number.
    pub fn sessions(&self) -> Result<Vec<SessionRecord>, StoreError> {
        let sql = format!("{SESSION} ORDER BY case_id, number, id");
        all(self.connection(), &sql, [], session_of)
    }

    pub fn session(&self, session_id: &SessionId) -> Result<SessionRecord, StoreError> {
        let sql = format!("{SESSION} WHERE id = ?1");
        let found = all(self.connection(), &sql, [session_id.as_str()], session_of)?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| StoreError::unknown("session", session_id.as_str()))
    }

    /// Every version of every transcript, by session and version.
    pub fn transcripts(&self) -> Result<Vec<TranscriptRecord>, StoreError> {
        let sql = format!("{TRANSCRIPT} ORDER BY session_id, version");
        all(self.connection(), &sql, [], transcript_of)
    }

    /// The newest transcript of a session, if it has one.
    pub fn newest_transcript(&self, session_id: &SessionId) -> Result<Option<TranscriptRecord>, StoreError> {
        let sql = format!("{TRANSCRIPT} WHERE session_id = ?1 ORDER BY version DESC LIMIT 1");
        Ok(
            all(self.connection(), &sql, [session_id.as_str()], transcript_of)?
                .into_iter()
                .next(),
        )
    }

    /// Every recording, by session.
    pub fn recordings(&self) -> Result<Vec<RecordingRecord>, StoreError> {
        let sql = format!("{RECORDING} ORDER BY session_id");
        all(self.connection(), &sql, [], recording_of)
    }

    /// The recording of a session, if it has one.
    pub fn recording(&self, session_id: &SessionId) -> Result<Option<RecordingRecord>, StoreError> {
        let sql = format!("{RECORDING} WHERE session_id = ?1");
        Ok(all(self.connection(), &sql, [session_id.as_str()], recording_of)?
            .into_iter()
            .next())
    }

    /// Raters by name.
    pub fn raters(&self) -> Result<Vec<RaterRecord>, StoreError> {
        all(
            self.connection(),
            "SELECT id, name FROM rater ORDER BY name, id",
            [],
            |row| {
                Ok(RaterRecord {
                    id: id(row, 0, "rater")?,
                    name: row.get(1)?,
                })
            },
        )
    }

    /// Rules by id.
    pub fn rules(&self) -> Result<Vec<RuleRecord>, StoreError> {
        all(self.connection(), &format!("{RULE} ORDER BY id"), [], rule_of)
    }

    pub fn rule(&self, rule_id: &RuleId) -> Result<RuleRecord, StoreError> {
        rule(self.connection(), rule_id)?.ok_or_else(|| StoreError::unknown("rule", rule_id.as_str()))
    }

    /// Codebooks by `key@edition`.
    pub fn codebooks(&self) -> Result<Vec<CodebookRecord>, StoreError> {
        all(
            self.connection(),
            "SELECT reference, sha256 FROM codebook ORDER BY reference",
            [],
            |row| {
                Ok(CodebookRecord {
                    reference: row.get(0)?,
                    sha256: row.get(1)?,
                })
            },
        )
    }

    /// Heads as they were recorded at submit, package and backup.
    pub fn recorded_heads(&self) -> Result<Vec<HeadRecord>, StoreError> {
        let sql = "SELECT stream_id, seq, hash, at_ms, reason FROM head ORDER BY stream_id, seq";
        all(self.connection(), sql, [], |row| {
            Ok(HeadRecord {
                stream: row.get(0)?,
                seq: row.get(1)?,
                hash: row.get(2)?,
                at_ms: row.get(3)?,
                reason: row.get(4)?,
            })
        })
    }

    /// Whether the log holds this operation.
    pub fn has_operation(&self, operation: &OperationId) -> Result<bool, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT 1 FROM ops WHERE id = ?1")?;
        Ok(statement.exists([operation.as_str()])?)
    }

    /// Where every stream ends now.
    pub fn heads(&self) -> Result<Vec<StreamHead>, StoreError> {
        all(
            self.connection(),
            "SELECT id, last_seq, last_hash FROM stream ORDER BY id",
            [],
            |row| {
                Ok(StreamHead {
                    stream: row.get(0)?,
                    seq: row.get(1)?,
                    hash: hex(&row.get::<_, Vec<u8>>(2)?),
                })
            },
        )
    }
}

fn session_of(row: &Row<'_>) -> Result<SessionRecord, StoreError> {
    Ok(SessionRecord {
        id: id(row, 0, "session")?,
        case_id: id(row, 1, "case")?,
        number: row.get(2)?,
        days_since_first: row.get(3)?,
        neutral_code: row.get(4)?,
        added_ms: row.get(5)?,
    })
}

fn transcript_of(row: &Row<'_>) -> Result<TranscriptRecord, StoreError> {
    let session_id: SessionId = id(row, 0, "session")?;
    Ok(TranscriptRecord {
        version: row.get(1)?,
        sha256: row.get(2)?,
        speakers: row.get(3)?,
        turns: row.get(4)?,
        characters: row.get(5)?,
        duration_ms: row.get(6)?,
        clock: word(row, 7, ClockSource::from_key, ("transcript", session_id.as_str()))?,
        imported_ms: row.get(8)?,
        source_format: row.get(9)?,
        session_id,
    })
}

fn recording_of(row: &Row<'_>) -> Result<RecordingRecord, StoreError> {
    Ok(RecordingRecord {
        session_id: id(row, 0, "session")?,
        path: row.get(1)?,
        sha256: row.get(2)?,
        bytes: row.get(3)?,
        media_type: row.get(4)?,
        video: row.get(5)?,
        duration_ms: row.get(6)?,
        offset_ms: row.get(7)?,
        linked_ms: row.get(8)?,
    })
}

fn rule_of(row: &Row<'_>) -> Result<RuleRecord, StoreError> {
    let rule_id: RuleId = id(row, 0, "rule")?;
    let rule: Rule = from_json(row, 1, ("rule", rule_id.as_str()))?;
    let locked = match row.get::<_, Option<i64>>(2)? {
        Some(at_ms) => Some(Lock {
            at_ms,
            by: row.get(3)?,
            reason: row.get(4)?,
        }),
        None => None,
    };
    Ok(RuleRecord {
        id: rule_id,
        rule,
        locked,
    })
}

/// The rule with this id, if there is one.
pub(crate) fn rule(connection: &Connection, rule_id: &RuleId) -> Result<Option<RuleRecord>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{RULE} WHERE id = ?1"))?;
    statement
        .query_row([rule_id.as_str()], |row| Ok(rule_of(row)))
        .optional()?
        .transpose()
}
