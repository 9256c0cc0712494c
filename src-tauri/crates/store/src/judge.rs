//! Judging a file before anything is written to it, and saying what is wrong in the user's terms.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension};
use sunder_domain::StudyId;

use crate::backup;
use crate::error::StoreError;
use crate::header::{self, APPLICATION_ID, Outside};
use crate::schema;
use crate::verify::{self, FindingKind};

/// Of larger files only the tables that everything hangs on are checked at every opening: reading all would take
/// seconds. Each backup and `verify` check them whole.
const CHECKED_WHOLE: u64 = 32 * 1024 * 1024;

/// Up to this length the log's hashes are checked at every opening, which takes a moment; of larger files each backup
/// and `verify` check them.
const LOG_CHECKED: u64 = 16 * 1024 * 1024;

const CRITICAL: &[&str] = &[
    "meta",
    "own_stream",
    "erased",
    "erased_subject",
    "stream",
    "head",
    "study",
    "case",
    "session",
    "transcript",
    "rater",
    "rule",
    "codebook",
    "coding",
];

/// What the header and the length say. With a write-ahead log beside it the file may lag behind, which is sound.
pub(crate) fn judge_outside(
    path: &Path,
    passphrase: Option<&str>,
    bytes: u64,
    log_holds_something: bool,
) -> Result<(), StoreError> {
    match header::read(path).map_err(StoreError::file("read"))? {
        Outside::Opaque if passphrase.is_none() => Err(StoreError::NotAStudy(path.to_owned())),
        Outside::Opaque => Ok(()),
        Outside::Foreign => Err(StoreError::OtherProgram(path.to_owned())),
        Outside::Study { version, .. } if schema::is_newer(version) => Err(StoreError::Newer {
            path: path.to_owned(),
            file: version.schema,
            program: schema::newest().schema,
        }),
        Outside::Study { .. } if passphrase.is_some() => Err(StoreError::NotEncrypted(path.to_owned())),
        Outside::Study { expected_bytes, .. } if bytes < expected_bytes && !log_holds_something => {
            Err(damaged(
                path,
                format!("it is cut short: {bytes} of {expected_bytes} bytes are there"),
            ))
        }
        Outside::Study { .. } => Ok(()),
    }
}

/// Reads the whole file through SQLite: versions, pages, tables, the study's identity.
pub(crate) fn judge_inside(connection: &Connection, path: &Path, bytes: u64) -> Result<(), StoreError> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    })?;
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Err(StoreError::OtherProgram(path.to_owned()));
    }
    let version = schema::version(connection)?;
    if schema::is_newer(version) {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            file: version.schema,
            program: schema::newest().schema,
        });
    }
    if !version.is_sound() {
        return Err(damaged(path, "its version makes no sense".to_owned()));
    }
    if bytes <= CHECKED_WHOLE {
        quick_check(connection, path)?;
    } else {
        for table in CRITICAL {
            check_pages(connection, path, &format!(r#"PRAGMA quick_check("{table}")"#))?;
        }
    }
    if let Some(name) = schema::missing(connection)? {
        return Err(damaged(path, format!("its table {name} is missing")));
    }
    study_id(connection).map(|_| ())
}

/// Whether the log of a small file is as it was written. A kind of operation that only a newer program knows is no
/// damage.
pub(crate) fn judge_log(connection: &Connection, path: &Path, bytes: u64) -> Result<(), StoreError> {
    if bytes > LOG_CHECKED {
        return Ok(());
    }
    let findings = verify::check_log(connection)?;
    match findings
        .iter()
        .find(|finding| finding.kind != FindingKind::UnknownKind)
    {
        Some(finding) => Err(damaged(path, finding.to_string())),
        None => Ok(()),
    }
}

/// Whether every page of the file fits.
fn quick_check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    check_pages(connection, path, "PRAGMA quick_check(1)")
}

fn check_pages(connection: &Connection, path: &Path, pragma: &str) -> Result<(), StoreError> {
    let found: String = connection.query_row(pragma, [], |row| row.get(0))?;
    if found == "ok" {
        Ok(())
    } else {
        Err(damaged(path, "its pages do not fit together".to_owned()))
    }
}

pub(crate) fn study_id(connection: &Connection) -> Result<StudyId, StoreError> {
    let id: Option<String> = connection
        .query_row("SELECT value FROM meta WHERE key = 'study_id'", [], |row| {
            row.get(0)
        })
        .optional()?;
    id.and_then(|id| StudyId::new(id).ok())
        .ok_or_else(|| StoreError::unreadable("study", "id"))
}

pub(crate) fn damaged(path: &Path, detail: String) -> StoreError {
    StoreError::Damaged {
        path: path.to_owned(),
        detail,
        backup: None,
    }
}

/// What an error at opening means for the person who opened it.
pub(crate) fn opening_error(error: StoreError, path: &Path, passphrase: Option<&str>) -> StoreError {
    let StoreError::Database(inner) = error else {
        return match error {
            StoreError::Unreadable { .. } => damaged(path, "the study's identity is missing".to_owned()),
            other => other,
        };
    };
    match inner.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::OpenElsewhere(path.to_owned())
        }
        Some(ErrorCode::NotADatabase) if passphrase.is_some() => StoreError::WrongPassphrase(path.to_owned()),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            StoreError::ReadOnly {
                path: path.to_owned(),
                detail: "the system does not admit it".to_owned(),
            }
        }
        _ => damaged(path, inner.to_string()),
    }
}

/// Names the backup to restore where the file itself is lost. A file that only looks foreign, but has backups of a
/// study beside it, is a damaged study.
pub(crate) fn with_backup(error: StoreError, passphrase: Option<&str>) -> StoreError {
    match error {
        StoreError::Empty { path, .. } => {
            let backup = backup::newest_good(&path, passphrase);
            StoreError::Empty { path, backup }
        }
        StoreError::Damaged { path, detail, .. } => {
            let backup = backup::newest_good(&path, passphrase);
            StoreError::Damaged { path, detail, backup }
        }
        StoreError::Altered { path, detail, .. } => {
            let backup = backup::newest_good(&path, passphrase);
            StoreError::Altered { path, detail, backup }
        }
        StoreError::NotAStudy(path) | StoreError::OtherProgram(path)
            if backup::newest_good(&path, passphrase).is_some() =>
        {
            let backup = backup::newest_good(&path, passphrase);
            StoreError::Damaged {
                path,
                detail: "its beginning is no study's any more".to_owned(),
                backup,
            }
        }
        other => other,
    }
}
