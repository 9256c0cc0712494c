//! The schema's versions and the runner that brings an older file up to date.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::StoreError;
use crate::header::{APPLICATION_ID, FileVersion};

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
struct Migration {
    version: FileVersion,
    sql: &'static str,
    /// Tables that it adds. A sound study has them from this version on; each is read once before the file is trusted.
    tables: &'static [&'static str],
    /// Triggers that it adds, which guard the truth.
    triggers: &'static [&'static str],
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        version: FileVersion {
            schema: 1,
            oldest_reader: 1,
        },
        sql: include_str!("../../../../schemas/sql/0001_study.sql"),
        tables: &[
            "meta",
            "own_stream",
            "ops",
            "content",
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
            "conflict",
            "marker",
            "rating",
            "window_rating",
            "note",
            "coverage",
            "dismissed",
        ],
        triggers: &[
            "meta_study_id_stays",
            "meta_study_id_is_kept",
            "ops_are_kept",
            "ops_headers_stay",
            "ops_payloads_stay",
            "content_is_kept",
            "content_stays",
        ],
    },
    Migration {
        version: FileVersion {
            schema: 2,
            oldest_reader: 2,
        },
        sql: include_str!("../../../../schemas/sql/0002_consensus.sql"),
        tables: &["original", "ruling", "coding_of_record", "settlement"],
        triggers: &[],
    },
    Migration {
        version: FileVersion {
            schema: 3,
            oldest_reader: 3,
        },
        sql: include_str!("../../../../schemas/sql/0003_recordings.sql"),
        tables: &["recording"],
        triggers: &[],
    },
    Migration {
        version: FileVersion {
            schema: 4,
            oldest_reader: 4,
        },
        sql: include_str!("../../../../schemas/sql/0004_outcomes.sql"),
        tables: &["outcome", "exploration"],
        triggers: &[],
    },
];

#[cfg(not(test))]
const fn migrations() -> &'static [Migration] {
    MIGRATIONS
}

/// Tests stand for older and newer programs too.
#[cfg(test)]
use tests::migrations;

/// The newest version this program writes, and up to which it reads.
pub(crate) fn newest() -> FileVersion {
    migrations().last().map_or(
        FileVersion {
            schema: 0,
            oldest_reader: 0,
        },
        |migration| migration.version,
    )
}

/// Whether this program may not open a file of the version.
pub(crate) fn is_newer(version: FileVersion) -> bool {
    version.oldest_reader > newest().schema
}

/// Whether the file needs a migration.
pub(crate) fn is_older(version: FileVersion) -> bool {
    version.schema < newest().schema
}

/// The version of an open database.
pub(crate) fn version(connection: &Connection) -> Result<FileVersion, StoreError> {
    let number = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(FileVersion::from_user_version(number))
}

/// Applies every migration above the file's version in one transaction; a failed one leaves the file as it was.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let current = version(connection)?;
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    for migration in migrations()
        .iter()
        .filter(|migration| migration.version.schema > current.schema)
    {
        transaction.execute_batch(migration.sql)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", migration.version.user_version())?;
    }
    transaction.commit()?;
    Ok(())
}

/// The first table or trigger that the file lacks of those that its own version has, if any.
pub(crate) fn missing(connection: &Connection) -> Result<Option<&'static str>, StoreError> {
    let file = version(connection)?;
    let mut statement = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2")?;
    for migration in migrations()
        .iter()
        .filter(|migration| migration.version.schema <= file.schema)
    {
        for (kind, names) in [("table", migration.tables), ("trigger", migration.triggers)] {
            for name in names {
                if !statement.exists([kind, name])? {
                    return Ok(Some(name));
                }
            }
        }
    }
    Ok(None)
}

/// Every table of the newest version.
#[cfg(test)]
pub(crate) fn tables() -> impl Iterator<Item = &'static str> {
    migrations()
        .iter()
        .flat_map(|migration| migration.tables.iter().copied())
}

#[cfg(test)]
mod tests;
