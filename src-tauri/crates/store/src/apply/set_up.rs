//! Changes of the study's set-up.

use rusqlite::{Connection, params};

use super::consensus::{put_coding_of_record, put_originals, put_ruling};
use super::json;
use super::outcome::{put_exploration, put_outcome};
use crate::change::Change;
use crate::error::StoreError;
use crate::record::{RecordingRecord, RuleRecord, SessionRecord, StudySettings, TranscriptRecord};

/// Makes the table row say what the change says.
pub(crate) fn apply_set_up(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let remove = |sql: &str, id: &str| -> Result<(), StoreError> {
        connection.prepare_cached(sql)?.execute([id])?;
        Ok(())
    };
    match change {
        Change::Study {
            after: Some(settings),
        } => put_study(connection, settings),
        Change::Study { after: None } => {
            connection.execute("DELETE FROM study", [])?;
            Ok(())
        }
        Change::Case {
            after: Some(case), ..
        } => {
            connection
                .prepare_cached(
                    r#"INSERT OR REPLACE INTO "case" (id, name, therapist, brief) VALUES (?1, ?2, ?3, ?4)"#,
                )?
                .execute(params![case.id.as_str(), case.name, case.therapist, case.brief])?;
            Ok(())
        }
        Change::Case { id, after: None } => remove(r#"DELETE FROM "case" WHERE id = ?1"#, id.as_str()),
        Change::Session {
            after: Some(session), ..
        } => put_session(connection, session),
        Change::Session { id, after: None } => remove("DELETE FROM session WHERE id = ?1", id.as_str()),
        Change::Transcript {
            after: Some(transcript),
            ..
        } => put_transcript(connection, transcript),
        Change::Transcript {
            session_id,
            version,
            after: None,
        } => {
            connection
                .prepare_cached("DELETE FROM transcript WHERE session_id = ?1 AND version = ?2")?
                .execute(params![session_id.as_str(), version])?;
            Ok(())
        }
        Change::Recording {
            after: Some(recording),
            ..
        } => put_recording(connection, recording),
        Change::Recording {
            session_id,
            after: None,
        } => remove("DELETE FROM recording WHERE session_id = ?1", session_id.as_str()),
        Change::Outcome { of, after } => put_outcome(connection, of, *after),
        Change::Exploration {
            after: Some(exploration),
            ..
        } => put_exploration(connection, exploration),
        Change::Exploration { id, after: None } => {
            remove("DELETE FROM exploration WHERE id = ?1", id.as_str())
        }
        Change::Rater {
            after: Some(rater), ..
        } => {
            connection
                .prepare_cached("INSERT OR REPLACE INTO rater (id, name) VALUES (?1, ?2)")?
                .execute(params![rater.id.as_str(), rater.name])?;
            Ok(())
        }
        Change::Rater { id, after: None } => remove("DELETE FROM rater WHERE id = ?1", id.as_str()),
        Change::Rule {
            after: Some(rule), ..
        } => put_rule(connection, rule),
        Change::Rule { id, after: None } => remove("DELETE FROM rule WHERE id = ?1", id.as_str()),
        Change::Codebook {
            after: Some(codebook),
            ..
        } => {
            connection
                .prepare_cached("INSERT OR REPLACE INTO codebook (reference, sha256) VALUES (?1, ?2)")?
                .execute(params![codebook.reference, codebook.sha256])?;
            Ok(())
        }
        Change::Codebook {
            reference,
            after: None,
        } => remove("DELETE FROM codebook WHERE reference = ?1", reference),
        Change::Head { after } => {
            connection
                .prepare_cached(include_str!("../sql/head_put.sql"))?
                .execute(params![
                    after.stream,
                    after.seq,
                    after.hash,
                    after.at_ms,
                    after.reason
                ])?;
            Ok(())
        }
        Change::Originals { session_id, after } => {
            put_originals(connection, session_id.as_str(), after.as_ref())
        }
        Change::Ruling {
            after: Some(ruling), ..
        } => put_ruling(connection, ruling),
        Change::Ruling { id, after: None } => remove("DELETE FROM ruling WHERE id = ?1", id.as_str()),
        Change::CodingOfRecord {
            session_id,
            after: Some(record),
        } => put_coding_of_record(connection, session_id.as_str(), record),
        Change::CodingOfRecord {
            session_id,
            after: None,
        } => remove(
            "DELETE FROM coding_of_record WHERE session_id = ?1",
            session_id.as_str(),
        ),
        Change::Erased {
            operations,
            contents,
            cases,
            sessions,
            codings,
        } => {
            put_erased_subjects(connection, "case", cases.iter().map(|id| id.as_str()))?;
            put_erased_subjects(connection, "session", sessions.iter().map(|id| id.as_str()))?;
            put_erased_subjects(connection, "coding", codings.iter().map(|id| id.as_str()))?;
            let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO erased (id) VALUES (?1)")?;
            for id in operations
                .iter()
                .map(|id| id.as_str())
                .chain(contents.iter().map(String::as_str))
            {
                insert.execute([id])?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn put_erased_subjects<'a>(
    connection: &Connection,
    kind: &str,
    ids: impl Iterator<Item = &'a str>,
) -> Result<(), StoreError> {
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO erased_subject (kind, id) VALUES (?1, ?2)")?;
    for id in ids {
        insert.execute([kind, id])?;
    }
    Ok(())
}

fn put_study(connection: &Connection, settings: &StudySettings) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/study_put.sql"))?
        .execute(params![
            settings.name,
            json(&settings.masking)?,
            settings.material.key(),
            settings.window_seconds,
            settings.scoring.key(),
            settings.rule_id.as_str(),
            settings.raters_see_brief,
        ])?;
    Ok(())
}

fn put_session(connection: &Connection, session: &SessionRecord) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/session_put.sql"))?
        .execute(params![
            session.id.as_str(),
            session.case_id.as_str(),
            session.number,
            session.days_since_first,
            session.neutral_code,
            session.added_ms,
        ])?;
    Ok(())
}

fn put_transcript(connection: &Connection, transcript: &TranscriptRecord) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/transcript_put.sql"))?
        .execute(params![
            transcript.session_id.as_str(),
            transcript.version,
            transcript.sha256,
            transcript.speakers,
            transcript.turns,
            transcript.characters,
            transcript.duration_ms,
            transcript.clock.key(),
            transcript.imported_ms,
            transcript.source_format,
        ])?;
    Ok(())
}

fn put_recording(connection: &Connection, recording: &RecordingRecord) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/recording_put.sql"))?
        .execute(params![
            recording.session_id.as_str(),
            recording.path,
            recording.sha256,
            recording.bytes,
            recording.media_type,
            recording.video,
            recording.duration_ms,
            recording.offset_ms,
            recording.linked_ms,
        ])?;
    Ok(())
}

fn put_rule(connection: &Connection, rule: &RuleRecord) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/rule_put.sql"))?
        .execute(params![
            rule.id.as_str(),
            json(&rule.rule)?,
            rule.locked.as_ref().map(|lock| lock.at_ms),
            rule.locked.as_ref().map(|lock| lock.by.as_str()),
            rule.locked.as_ref().map(|lock| lock.reason.as_str()),
        ])?;
    Ok(())
}
