//! The schema's versions and the runner that brings an older file up to date.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::StoreError;
use crate::header::{APPLICATION_ID, FileVersion};

/// One step of the schema.
struct Migration {
    version: FileVersion,
    sql: &'static str,
    /// Tables that it makes; each is read once before a file is trusted.
    tables: &'static [&'static str],
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
    },
    Migration {
        version: FileVersion {
            schema: 2,
            oldest_reader: 2,
        },
        sql: include_str!("../../../../schemas/sql/0002_consensus.sql"),
        tables: &["original", "ruling", "coding_of_record", "settlement"],
    },
];

/// The newest version this program writes, and up to which it reads.
pub(crate) const fn newest() -> FileVersion {
    match MIGRATIONS.last() {
        Some(migration) => migration.version,
        None => FileVersion {
            schema: 0,
            oldest_reader: 0,
        },
    }
}

/// Whether this program may not open a file of the version.
pub(crate) const fn is_newer(version: FileVersion) -> bool {
    version.oldest_reader > newest().schema
}

/// Whether the file needs a migration.
pub(crate) const fn is_older(version: FileVersion) -> bool {
    version.schema < newest().schema
}

/// The version of an open database.
pub(crate) fn version(connection: &Connection) -> Result<FileVersion, StoreError> {
    let number = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(FileVersion::from_user_version(number))
}

/// Applies every migration above the file's version in one transaction; a failed one leaves the file as it was.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    migrate_to(connection, newest().schema)
}

fn migrate_to(connection: &mut Connection, newest: u32) -> Result<(), StoreError> {
    let current = version(connection)?;
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    for migration in MIGRATIONS
        .iter()
        .filter(|migration| (current.schema + 1..=newest).contains(&migration.version.schema))
    {
        transaction.execute_batch(migration.sql)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", migration.version.user_version())?;
    }
    transaction.commit()?;
    Ok(())
}

/// Tables of a sound study of this version.
pub(crate) fn tables_of(schema: u32) -> impl Iterator<Item = &'static str> {
    MIGRATIONS
        .iter()
        .filter(move |migration| migration.version.schema <= schema)
        .flat_map(|migration| migration.tables.iter().copied())
}

/// Triggers that guard the truth.
pub(crate) const TRIGGERS: &[&str] = &[
    "meta_study_id_stays",
    "meta_study_id_is_kept",
    "ops_are_kept",
    "ops_headers_stay",
    "ops_payloads_stay",
    "content_is_kept",
    "content_stays",
];

/// The first table or trigger that is missing of those that a file of its version has, if any.
pub(crate) fn missing(connection: &Connection) -> Result<Option<&'static str>, StoreError> {
    let mut statement = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2")?;
    let tables = tables_of(version(connection)?.schema).map(|name| ("table", name));
    for (kind, name) in tables.chain(TRIGGERS.iter().map(|name| ("trigger", *name))) {
        if !statement.exists([kind, name])? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_in_order() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version.schema as usize, index + 1);
            assert!(migration.version.is_sound());
        }
    }

    #[test]
    fn a_new_database_has_every_table_and_a_second_run_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(missing(&connection).unwrap(), None);
        migrate(&mut connection).unwrap();
        assert_eq!(version(&connection).unwrap(), newest());
        let tables: usize = connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(
            tables,
            tables_of(newest().schema).count(),
            "every table is in the list"
        );
    }

    #[test]
    fn a_file_of_version_one_lacks_nothing_before_and_after_it_is_brought_up_to_date() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_to(&mut connection, 1).unwrap();
        assert_eq!(version(&connection).unwrap().user_version(), 1_001);
        assert_eq!(missing(&connection).unwrap(), None);
        migrate(&mut connection).unwrap();
        assert_eq!(missing(&connection).unwrap(), None);
        connection.execute_batch("DROP TABLE ruling").unwrap();
        assert_eq!(missing(&connection).unwrap(), Some("ruling"));
    }

    #[test]
    fn the_truth_cannot_be_rewritten() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let zero = [0_u8; 32];
        connection
            .execute(
                "INSERT INTO ops (id, stream_id, seq, at_ms, actor, kind, payload, payload_sha256, prev_hash, hash)
                 VALUES ('o', 's', 1, 0, 'R1', 'note_add', x'00', ?1, ?1, ?1)",
                [zero],
            )
            .unwrap();
        connection
            .execute(
                "INSERT INTO content (sha256, kind, bytes) VALUES (?1, 'transcript', x'00')",
                ["a".repeat(64)],
            )
            .unwrap();
        connection
            .execute("INSERT INTO meta (key, value) VALUES ('study_id', 'x')", [])
            .unwrap();
        for sql in [
            "DELETE FROM ops",
            "UPDATE ops SET actor = 'R2'",
            "UPDATE ops SET payload = x'01'",
            "UPDATE ops SET payload = NULL",
            "DELETE FROM content",
            "UPDATE content SET bytes = x'01'",
            "UPDATE content SET bytes = NULL",
            "UPDATE meta SET value = 'y'",
            "DELETE FROM meta",
        ] {
            assert!(connection.execute(sql, []).is_err(), "{sql}");
        }
        connection
            .execute("INSERT INTO erased (id) VALUES ('o')", [])
            .unwrap();
        connection.execute("UPDATE ops SET payload = NULL", []).unwrap();
        assert!(connection.execute("UPDATE ops SET payload = x'00'", []).is_err());
    }
}
