//! Reading codings: lists by session, case, rater and purpose; one coding whole, as the domain's types.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, ToSql};
use sunder_domain::{
    Actor, Addressed, CaseId, Clarity, CodingId, Conflict, ConflictId, Depth, Factors, FailedCare, Marker,
    MarkerId, Material, Note, NoteId, Origin, PainfulAffect, Perspective, Purpose, RaterId, Ratings,
    Relationship, Score, Segment, SessionId, Settled, Settlement, Status, Strategy, TextPosition,
    TranscriptRef, WindowRating,
};

use super::consensus::settlements;
use super::{all, from_json, id, word, word_or_none};
use crate::date::date;
use crate::error::StoreError;
use crate::record::CodingHeader;
use crate::study::Study;

/// Which codings to list; what is `None` does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodingFilter {
    pub session: Option<SessionId>,
    pub case: Option<CaseId>,
    pub rater: Option<RaterId>,
    pub purpose: Option<Purpose>,
}

/// A coding without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodingSummary {
    pub id: CodingId,
    pub header: CodingHeader,
    pub status: Status,
    pub submitted_ms: Option<i64>,
    /// "R1, branch of 2026-11-23", where two branches of one coding met and this is the shorter one.
    pub branch_label: Option<String>,
    pub markers: u32,
    pub conflicts: u32,
    /// How much of the session was played or read, ms.
    pub covered_ms: i64,
}

/// A coding with all that belongs to it. Lists are in the order of ids, windows and stretches by time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCoding {
    pub id: CodingId,
    pub session_id: SessionId,
    pub rater_id: RaterId,
    pub purpose: Purpose,
    pub perspective: Perspective,
    pub material: Material,
    /// `key@edition`.
    pub codebook: String,
    pub transcript: TranscriptRef,
    pub status: Status,
    pub started_ms: i64,
    pub submitted_ms: Option<i64>,
    pub branch_label: Option<String>,
    pub conflicts: Vec<Conflict>,
    pub markers: Vec<Marker>,
    pub ratings: Ratings,
    pub notes: Vec<Note>,
    /// Stretches played or read, ms, ends exclusive.
    pub coverage: Vec<(u32, u32)>,
    pub dismissed: Vec<Vec<ConflictId>>,
    /// How items were settled, by item; none but in a consensus coding.
    pub settlements: Vec<Settlement>,
}

impl Study {
    /// Codings by session, rater and id.
    pub fn codings(&self, filter: &CodingFilter) -> Result<Vec<CodingSummary>, StoreError> {
        let purpose = filter.purpose.map(|purpose| purpose.key());
        let conditions = [
            (BY_SESSION, filter.session.as_ref().map(SessionId::as_str)),
            (BY_CASE, filter.case.as_ref().map(CaseId::as_str)),
            (BY_RATER, filter.rater.as_ref().map(RaterId::as_str)),
            (BY_PURPOSE, purpose),
        ];
        summaries(self.connection(), &conditions)
    }

    /// A coding's header, status and counts.
    pub fn coding_summary(&self, coding_id: &CodingId) -> Result<CodingSummary, StoreError> {
        summary(self.connection(), coding_id)
    }

    /// A coding whole.
    pub fn coding(&self, coding_id: &CodingId) -> Result<StoredCoding, StoreError> {
        let connection = self.connection();
        let CodingSummary {
            id,
            header,
            status,
            submitted_ms,
            branch_label,
            ..
        } = summary(connection, coding_id)?;
        let key = coding_id.as_str();
        Ok(StoredCoding {
            id,
            session_id: header.session_id,
            rater_id: header.rater_id,
            purpose: header.purpose,
            perspective: header.perspective,
            material: header.material,
            codebook: header.codebook,
            transcript: header.transcript,
            status,
            started_ms: header.started_ms,
            submitted_ms,
            branch_label,
            conflicts: all(
                connection,
                include_str!("../sql/conflicts.sql"),
                [key],
                conflict_of,
            )?,
            markers: all(connection, include_str!("../sql/markers.sql"), [key], marker_of)?,
            ratings: Ratings {
                session: ratings(connection, key)?,
                windows: windows(connection, key)?,
            },
            notes: notes(connection, key)?,
            coverage: all(
                connection,
                "SELECT start_ms, end_ms FROM coverage WHERE coding_id = ?1 ORDER BY start_ms",
                [key],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?,
            dismissed: all(
                connection,
                "SELECT members FROM dismissed WHERE coding_id = ?1 ORDER BY members",
                [key],
                |row| from_json(row, 0, ("coding", key)),
            )?,
            settlements: settlements(connection, key)?,
        })
    }
}

/// A condition and the name of its parameter.
type Condition = (&'static str, &'static str);

const BY_ID: Condition = ("coding.id = :coding", ":coding");
const BY_SESSION: Condition = ("coding.session_id = :session", ":session");
const BY_CASE: Condition = (
    "coding.session_id IN (SELECT id FROM session WHERE case_id = :case)",
    ":case",
);
const BY_RATER: Condition = ("coding.rater_id = :rater", ":rater");
const BY_PURPOSE: Condition = ("purpose = :purpose", ":purpose");

/// The query for these conditions and no others: one that also served where they are left out could use no index.
fn query_for(conditions: impl Iterator<Item = Condition>) -> String {
    let conditions: Vec<&str> = conditions.map(|(sql, _)| sql).collect();
    let select = include_str!("../sql/codings.sql");
    let filter = if conditions.is_empty() {
        String::new()
    } else {
        format!("WHERE {} ", conditions.join(" AND "))
    };
    format!("{select}{filter}ORDER BY coding.session_id, coding.rater_id, coding.id")
}

fn summaries(
    connection: &Connection,
    conditions: &[(Condition, Option<&str>)],
) -> Result<Vec<CodingSummary>, StoreError> {
    let asked: Vec<(Condition, &str)> = conditions
        .iter()
        .filter_map(|(condition, value)| value.map(|value| (*condition, value)))
        .collect();
    let parameters: Vec<(&str, &dyn ToSql)> = asked
        .iter()
        .map(|((_, name), value)| (*name, value as &dyn ToSql))
        .collect();
    let sql = query_for(asked.iter().map(|(condition, _)| *condition));
    all(connection, &sql, parameters.as_slice(), summary_of)
}

fn summary(connection: &Connection, coding_id: &CodingId) -> Result<CodingSummary, StoreError> {
    summaries(connection, &[(BY_ID, Some(coding_id.as_str()))])?
        .into_iter()
        .next()
        .ok_or_else(|| StoreError::unknown("coding", coding_id.as_str()))
}

/// What the coding is, as it was fixed when it started.
pub(crate) fn coding_header(
    connection: &Connection,
    coding_id: &CodingId,
) -> Result<CodingHeader, StoreError> {
    summary(connection, coding_id).map(|summary| summary.header)
}

fn summary_of(row: &Row<'_>) -> Result<CodingSummary, StoreError> {
    let coding_id: CodingId = id(row, 0, "coding")?;
    let what = ("coding", coding_id.as_str());
    let rater_name: Option<String> = row.get(12)?;
    let branched_ms: Option<i64> = row.get(13)?;
    let rater_id: RaterId = id(row, 2, "rater")?;
    let name = rater_name.unwrap_or_else(|| rater_id.to_string());
    Ok(CodingSummary {
        header: CodingHeader {
            session_id: id(row, 1, "session")?,
            rater_id,
            purpose: word(row, 3, Purpose::from_key, what)?,
            perspective: word(row, 4, Perspective::from_key, what)?,
            material: word(row, 5, Material::from_key, what)?,
            codebook: row.get(6)?,
            transcript: TranscriptRef {
                version: row.get(7)?,
                sha256: row.get(8)?,
            },
            started_ms: row.get(9)?,
        },
        status: word(row, 10, Status::from_key, what)?,
        submitted_ms: row.get(11)?,
        branch_label: branched_ms.map(|at_ms| format!("{name}, branch of {}", date(at_ms))),
        markers: row.get(14)?,
        conflicts: row.get(15)?,
        covered_ms: row.get(16)?,
        id: coding_id,
    })
}

/// A score column: 0 stands for "cannot judge".
fn score(row: &Row<'_>, column: usize, what: (&'static str, &str)) -> Result<Option<Score>, StoreError> {
    match row.get::<_, Option<u8>>(column)? {
        None => Ok(None),
        Some(0) => Ok(Some(Score::CannotJudge)),
        Some(value) => Score::of(value)
            .map(Some)
            .ok_or_else(|| StoreError::unreadable(what.0, what.1)),
    }
}

fn conflict_of(row: &Row<'_>) -> Result<Conflict, StoreError> {
    let conflict_id: ConflictId = id(row, 0, "conflict")?;
    let what = ("conflict", conflict_id.as_str());
    Ok(Conflict {
        significance: score(row, 1, what)?,
        factors: Factors {
            intensity: score(row, 2, what)?,
            centrality: score(row, 3, what)?,
            endangerment: score(row, 4, what)?,
        },
        relationship: word_or_none(row, 5, Relationship::from_key, what)?,
        elements: from_json(row, 6, what)?,
        origin: word_or_none(row, 7, Origin::from_key, what)?,
        failed_care: word_or_none(row, 8, FailedCare::from_key, what)?,
        painful_affect: word_or_none(row, 9, PainfulAffect::from_key, what)?,
        addressed: word_or_none(row, 10, Addressed::from_key, what)?,
        settled: word_or_none(row, 11, Settled::from_key, what)?,
        built_from: from_json(row, 12, what)?,
        note: row.get(13)?,
        id: conflict_id,
    })
}

fn marker_of(row: &Row<'_>) -> Result<Marker, StoreError> {
    let marker_id: MarkerId = id(row, 0, "marker")?;
    let what = ("marker", marker_id.as_str());
    let conflict = match row.get::<_, Option<String>>(13)? {
        Some(_) => Some(id(row, 13, "conflict")?),
        None => None,
    };
    Ok(Marker {
        segment: segment_of(row, what)?,
        code: id(row, 8, "code")?,
        actor: word(row, 9, Actor::from_key, what)?,
        clarity: word(row, 10, Clarity::from_key, what)?,
        discuss: row.get(11)?,
        note: row.get(12)?,
        conflict,
        answers: from_json(row, 14, what)?,
        depth: word_or_none(row, 15, Depth::from_key, what)?,
        strategy: word_or_none(row, 16, Strategy::from_key, what)?,
        id: marker_id,
    })
}

fn segment_of(row: &Row<'_>, what: (&'static str, &str)) -> Result<Segment, StoreError> {
    let kind: String = row.get(1)?;
    match kind.as_str() {
        "text" => Ok(Segment::Text {
            start: TextPosition {
                turn: row.get(2)?,
                char: row.get(3)?,
            },
            end: TextPosition {
                turn: row.get(4)?,
                char: row.get(5)?,
            },
        }),
        "time" => Ok(Segment::Time {
            start_ms: row.get(6)?,
            end_ms: row.get(7)?,
        }),
        "whole" => Ok(Segment::Whole),
        _ => Err(StoreError::unreadable(what.0, what.1)),
    }
}

fn ratings(connection: &Connection, key: &str) -> Result<BTreeMap<String, Score>, StoreError> {
    let sql = "SELECT key, score FROM rating WHERE coding_id = ?1 ORDER BY key";
    let scores = all(connection, sql, [key], |row| {
        let rating: String = row.get(0)?;
        let score = score(row, 1, ("rating", &rating))?;
        score
            .map(|score| (rating, score))
            .ok_or_else(|| StoreError::unreadable("rating", key))
    })?;
    Ok(scores.into_iter().collect())
}

fn windows(connection: &Connection, key: &str) -> Result<Vec<WindowRating>, StoreError> {
    let sql = "SELECT start_ms, end_ms, nothing_here, ratings FROM window_rating WHERE coding_id = ?1 ORDER BY start_ms";
    all(connection, sql, [key], |row| {
        Ok(WindowRating {
            start_ms: row.get(0)?,
            end_ms: row.get(1)?,
            nothing_here: row.get(2)?,
            ratings: from_json(row, 3, ("coding", key))?,
        })
    })
}

fn notes(connection: &Connection, key: &str) -> Result<Vec<Note>, StoreError> {
    all(
        connection,
        "SELECT id, at_ms, text FROM note WHERE coding_id = ?1 ORDER BY id",
        [key],
        |row| {
            let note_id: NoteId = id(row, 0, "note")?;
            Ok(Note {
                id: note_id,
                at_ms: row.get(1)?,
                text: row.get(2)?,
            })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_question_for_part_of_the_codings_reads_all_of_them() {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::schema::migrate(&mut connection).unwrap();
        for conditions in [
            vec![BY_ID],
            vec![BY_SESSION],
            vec![BY_CASE],
            vec![BY_RATER],
            vec![BY_CASE, BY_RATER, BY_PURPOSE],
        ] {
            let sql = format!("EXPLAIN QUERY PLAN {}", query_for(conditions.iter().copied()));
            let parameters: Vec<(&str, &dyn ToSql)> = conditions
                .iter()
                .map(|(_, name)| (*name, &"x" as &dyn ToSql))
                .collect();
            let plan = all(&connection, &sql, parameters.as_slice(), |row| {
                Ok(row.get::<_, String>(3)?)
            })
            .unwrap();
            assert!(
                plan.iter().any(|step| step.starts_with("SEARCH coding USING")),
                "{plan:?}"
            );
            assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:?}");
        }
    }
}
