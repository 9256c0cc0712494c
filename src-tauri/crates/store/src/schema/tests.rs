//! Versions: what every version has, and what programs and files of different versions make of each other.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use sunder_domain::{CodingId, Note, NoteId, OperationId, StudyId};

use super::*;
use crate::{
    BackupReason, Change, Environment, NewOperation, NewStudy, OperationKind, Study, Target, backups_of,
};

thread_local! {
    /// What the program that a test stands for knows.
    static PROGRAM: Cell<&'static [Migration]> = const { Cell::new(MIGRATIONS) };
}

pub(super) fn migrations() -> &'static [Migration] {
    PROGRAM.get()
}

#[test]
fn migrations_are_numbered_in_order() {
    for (index, migration) in migrations().iter().enumerate() {
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
    assert_eq!(tables, super::tables().count(), "every table is in the list");
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

/// The schema of this program.
const NOW: u32 = MIGRATIONS.len() as u32;

/// A later schema, which older programs may not read.
const NEXT: Migration = Migration {
    version: FileVersion {
        schema: NOW + 1,
        oldest_reader: NOW + 1,
    },
    sql: "CREATE TABLE pace (coding_id TEXT PRIMARY KEY, words INTEGER NOT NULL) STRICT, WITHOUT ROWID;
          INSERT INTO pace SELECT id, 0 FROM coding;",
    tables: &["pace"],
    triggers: &[],
};
/// One that cannot be carried out.
const BROKEN: Migration = Migration {
    sql: "CREATE TABLE pace (coding_id TEXT) STRICT; INSERT INTO nowhere VALUES (1);",
    ..NEXT
};
const LATER: &[Migration] = &[MIGRATIONS[0], MIGRATIONS[1], NEXT];
const FAILING: &[Migration] = &[MIGRATIONS[0], MIGRATIONS[1], BROKEN];
/// Adds nothing that older programs would trip over, and says so.
const KIND: &[Migration] = &[
    MIGRATIONS[0],
    MIGRATIONS[1],
    Migration {
        version: FileVersion {
            schema: NOW + 1,
            oldest_reader: NOW,
        },
        ..NEXT
    },
];

struct Lab {
    folder: tempfile::TempDir,
}

impl Lab {
    /// A folder with a study of this version that holds one note.
    fn with_old_study(passphrase: Option<&str>) -> Self {
        PROGRAM.set(MIGRATIONS);
        let lab = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let settings = serde_json::from_str(include_str!("../transact/settings_example.json")).unwrap();
        let header = serde_json::from_str(include_str!("../transact/coding_header_example.json")).unwrap();
        let id = OperationId::new("new").unwrap();
        let new = NewStudy::new(StudyId::new("study").unwrap(), id, "lead", 1, settings);
        let mut study = Study::create(&lab.path(), lab.environment(), passphrase, new).unwrap();
        let start = Change::Coding { after: Some(header) };
        let coding = || Target::Coding(CodingId::new("c").unwrap());
        let act = |id: &str, kind, change| {
            NewOperation::new(OperationId::new(id).unwrap(), kind, "R1", 1_000, vec![change])
        };
        study
            .transact(coding(), act("start", OperationKind::CodingStart, start))
            .unwrap();
        let id = NoteId::new("n").unwrap();
        let note = Change::Note {
            id: id.clone(),
            after: Some(Note {
                id,
                at_ms: 0,
                text: "kept".into(),
            }),
        };
        study
            .transact(coding(), act("note", OperationKind::NoteAdd, note))
            .unwrap();
        study.close().unwrap();
        lab
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("pilot.sunder")
    }

    fn environment(&self) -> Environment {
        Environment {
            installation: "here".into(),
            registry: self.folder.path().join("heads"),
        }
    }

    fn open(&self, path: &Path, program: &'static [Migration]) -> Result<Study, StoreError> {
        PROGRAM.set(program);
        Study::open(path, self.environment(), None)
    }
}

fn notes(study: &Study) -> usize {
    study.coding(&CodingId::new("c").unwrap()).unwrap().notes.len()
}

fn schema_of(study: &Study) -> u32 {
    version(study.connection()).unwrap().schema
}

#[test]
fn an_older_file_is_backed_up_as_it_is_and_brought_up_to_date() {
    let lab = Lab::with_old_study(None);
    let study = lab.open(&lab.path(), LATER).unwrap();
    assert_eq!((schema_of(&study), notes(&study)), (NOW + 1, 1));
    let paces: i64 = study
        .connection()
        .query_row("SELECT count(*) FROM pace", [], |row| row.get(0))
        .unwrap();
    assert_eq!(paces, 1, "the migration ran over what was there");
    study.close().unwrap();

    let backups = backups_of(&lab.path());
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].reason, BackupReason::Migration(NOW));
    let mut study = lab.open(&lab.path(), LATER).unwrap();
    for n in 0..12 {
        study.backup(2_000 + n, BackupReason::Demand).unwrap();
    }
    study.close().unwrap();
    assert!(backups[0].path.exists(), "newer backups do not push it out");
    assert_eq!(
        backups_of(&lab.path())
            .iter()
            .filter(|backup| matches!(backup.reason, BackupReason::Migration(_)))
            .count(),
        1,
        "a file that is up to date is not migrated again"
    );

    let restored = lab.folder.path().join("restored.sunder");
    fs::copy(&backups[0].path, &restored).unwrap();
    let study = lab.open(&restored, MIGRATIONS).unwrap();
    assert_eq!(
        (schema_of(&study), notes(&study)),
        (NOW, 1),
        "the older program reads it"
    );
}

#[test]
fn a_migration_that_fails_leaves_the_file_as_it_was() {
    let lab = Lab::with_old_study(None);
    lab.open(&lab.path(), FAILING).unwrap_err();
    assert_eq!(backups_of(&lab.path()).len(), 1);
    let study = lab.open(&lab.path(), MIGRATIONS).unwrap();
    assert_eq!((schema_of(&study), notes(&study)), (NOW, 1));
    assert_eq!(missing(study.connection()).unwrap(), None);
}

#[test]
fn without_a_backup_nothing_is_migrated() {
    let lab = Lab::with_old_study(None);
    let in_the_way = crate::backup_folder(&lab.path());
    fs::write(&in_the_way, b"").unwrap();
    let error = lab.open(&lab.path(), LATER).unwrap_err();
    assert_eq!(error.code(), "file", "{error}");
    let study = lab.open(&lab.path(), MIGRATIONS).unwrap();
    assert_eq!((schema_of(&study), notes(&study)), (NOW, 1));
}

#[test]
fn an_older_program_refuses_a_newer_file_by_name_and_leaves_it_alone() {
    for passphrase in [None, Some("kingfisher 7")] {
        let lab = Lab::with_old_study(passphrase);
        let open = |program| {
            PROGRAM.set(program);
            Study::open(&lab.path(), lab.environment(), passphrase)
        };
        open(LATER).unwrap().close().unwrap();
        let before = fs::read(lab.path()).unwrap();
        let error = open(MIGRATIONS).unwrap_err();
        assert_eq!(error.code(), "newer", "{error}");
        let message = error.to_string();
        let versions = [format!("file version {}", NOW + 1), format!("reads up to {NOW}")];
        for part in ["pilot.sunder", &versions[0], &versions[1], "update Sunder"] {
            assert!(message.contains(part), "{part}: {message}");
        }
        assert!(fs::read(lab.path()).unwrap() == before);
        assert_eq!(notes(&open(LATER).unwrap()), 1);
    }
}

#[test]
fn a_newer_file_that_admits_older_programs_is_read_and_stays_newer() {
    let lab = Lab::with_old_study(None);
    lab.open(&lab.path(), KIND).unwrap().close().unwrap();
    let study = lab.open(&lab.path(), MIGRATIONS).unwrap();
    assert_eq!((schema_of(&study), notes(&study)), (NOW + 1, 1));
}

#[test]
fn a_table_that_its_version_has_is_missed() {
    let lab = Lab::with_old_study(None);
    let study = lab.open(&lab.path(), LATER).unwrap();
    study.connection().execute_batch("DROP TABLE pace").unwrap();
    study.close().unwrap();
    let error = lab.open(&lab.path(), LATER).unwrap_err();
    assert_eq!(error.code(), "damaged", "{error}");
    assert!(error.to_string().contains("pace"), "{error}");
}
