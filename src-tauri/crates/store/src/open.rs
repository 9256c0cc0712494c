//! Making and opening a study file: judged first, opened for writing only when it is sound.
//!
//! The order matters. The file is claimed within the process before it is read, since closing a handle would drop the
//! system's locks; its header is judged before SQLite sees it; the exclusive lock is taken by the first read, so that
//! nobody else writes while it is checked; and until the check is passed the connection can neither write nor move
//! pages from the write-ahead log into the file. A refused file is left as it was, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use sunder_domain::StudyId;

use crate::backup::remove_parts;
use crate::change::Change;
use crate::environment::{Claim, Environment, Locus, identity, is_marked_as_begun, known_head, remember};
use crate::error::StoreError;
use crate::judge::{judge_inside, judge_log, judge_outside, opening_error, study_id, with_backup};
use crate::operation::{NewOperation, OperationKind, Target};
use crate::record::StudySettings;
use crate::schema;
use crate::study::Study;
use crate::transact::last_head;

/// What a new study begins with.
#[derive(Debug, Clone)]
pub struct NewStudy {
    pub id: StudyId,
    /// The first operation; its changes may hold more than the settings: a rule, a codebook.
    pub operation: NewOperation,
}

impl NewStudy {
    /// A study with these settings; add further changes and content to `operation`.
    #[must_use]
    pub fn new(
        id: StudyId,
        operation_id: sunder_domain::OperationId,
        actor: impl Into<String>,
        at_ms: i64,
        settings: StudySettings,
    ) -> Self {
        let changes = vec![Change::Study {
            after: Some(settings),
        }];
        Self {
            id,
            operation: NewOperation::new(operation_id, OperationKind::StudyCreate, actor, at_ms, changes),
        }
    }
}

impl Study {
    /// Makes a study file and opens it. It appears under its name only when it is whole.
    pub fn create(
        path: &Path,
        environment: Environment,
        passphrase: Option<&str>,
        new: NewStudy,
    ) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        refuse_read_only(path, folder_of(path))?;
        let part = part_beside(path);
        let made = Self::make(&part, environment.clone(), passphrase, new).and_then(|()| {
            fs::hard_link(&part, path)
                .or_else(|error| match error.kind() {
                    std::io::ErrorKind::AlreadyExists => Err(error),
                    _ if path.exists() => Err(std::io::ErrorKind::AlreadyExists.into()),
                    _ => fs::rename(&part, path),
                })
                .map_err(|error| match error.kind() {
                    std::io::ErrorKind::AlreadyExists => StoreError::Exists(path.to_owned()),
                    _ => StoreError::file("given its name")(error),
                })
        });
        remove_if_there(&part);
        made?;
        sync_folder(folder_of(path));
        Self::open(path, environment, passphrase)
    }

    fn make(
        part: &Path,
        environment: Environment,
        passphrase: Option<&str>,
        new: NewStudy,
    ) -> Result<(), StoreError> {
        remove_if_there(part);
        fs::File::create_new(part).map_err(|error| match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                StoreError::ReadOnly {
                    path: part.to_owned(),
                    detail: "its folder does not admit new files".into(),
                }
            }
            _ => StoreError::file("made")(error),
        })?;
        let claim = claim(part)?;
        let mut connection = connect(part, OpenFlags::SQLITE_OPEN_READ_WRITE, passphrase)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        schema::migrate(&mut connection)?;
        configure_writing(&connection)?;
        connection.execute(
            "INSERT INTO meta (key, value) VALUES ('study_id', ?1)",
            [new.id.as_str()],
        )?;
        let mut study = Self::assemble(connection, part.to_owned(), new.id, environment, claim, true);
        study.set_passphrase(passphrase);
        study.transact(Target::SetUp, new.operation)?;
        study.close()
    }

    /// Opens a study file for reading and writing, alone. See [`StoreError`] for all that may be wrong with it.
    pub fn open(path: &Path, environment: Environment, passphrase: Option<&str>) -> Result<Self, StoreError> {
        let passphrase = passphrase.filter(|text| !text.is_empty());
        let (connection, claim) =
            open_judged(path, passphrase).map_err(|error| with_backup(error, passphrase))?;
        let id = study_id(&connection)?;
        let relocated = has_moved(&connection, path, &environment, &id)?;
        let mut study = Self::assemble(connection, path.to_owned(), id, environment, claim, relocated);
        study.set_passphrase(passphrase);
        if schema::is_older(schema::version(study.connection())?) {
            study.migrate_with_backup()?;
        }
        remove_parts(path);
        let latest_ms = study.latest_ms()?;
        if study.finish_erasure_if_due(latest_ms).is_err() {
            // Nobody is kept from the study by it. The next backup tries again, and says what is in the way.
        }
        Ok(study)
    }
}

/// A judged connection that may write, and the claim that keeps the file ours within the process.
fn open_judged(path: &Path, passphrase: Option<&str>) -> Result<(Connection, Claim), StoreError> {
    let (connection, claim) = open_judged_for_reading(path, passphrase)?;
    let bytes = fs::metadata(path).map_err(StoreError::file("found"))?.len();
    judge_log(&connection, path, bytes).map_err(|error| opening_error(error, path, passphrase))?;
    refuse_read_only(path, folder_of(path))?;
    if connection.is_readonly("main")? {
        let detail = "the system opens it for reading only".to_owned();
        return Err(StoreError::ReadOnly {
            path: path.to_owned(),
            detail,
        });
    }
    connection.pragma_update(None, "query_only", false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .map_err(|error| opening_error(error.into(), path, passphrase))?;
    configure_writing(&connection)?;
    Ok((connection, claim))
}

/// A judged connection that can neither write nor fold the write-ahead log into the file.
pub(crate) fn open_judged_for_reading(
    path: &Path,
    passphrase: Option<&str>,
) -> Result<(Connection, Claim), StoreError> {
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::Missing(path.to_owned()),
        _ => StoreError::file("found")(error),
    })?;
    if metadata.is_dir() {
        return Err(StoreError::Directory(path.to_owned()));
    }
    if metadata.len() == 0 {
        return Err(StoreError::Empty {
            path: path.to_owned(),
            backup: None,
        });
    }
    let claim = claim(path)?;
    let log_holds_something = fs::metadata(wal_of(path)).is_ok_and(|wal| wal.len() > 0);
    judge_outside(path, passphrase, metadata.len(), log_holds_something)?;
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, passphrase)
        .map_err(|error| opening_error(error, path, passphrase))?;
    if log_holds_something {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    connection.pragma_update(None, "query_only", true)?;
    judge_inside(&connection, path, metadata.len())
        .map_err(|error| opening_error(error, path, passphrase))?;
    Ok((connection, claim))
}

fn claim(path: &Path) -> Result<Claim, StoreError> {
    let identity = identity(path).map_err(StoreError::file("found"))?;
    Claim::new(identity).ok_or_else(|| StoreError::OpenElsewhere(path.to_owned()))
}

/// Opens a connection that locks the file at its first read and leaves nothing in temporary files.
pub(crate) fn connect(
    path: &Path,
    flags: OpenFlags,
    passphrase: Option<&str>,
) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::ZERO)?;
    connection.set_prepared_statement_cache_capacity(64);
    if let Some(passphrase) = passphrase.filter(|text| !text.is_empty()) {
        connection.pragma_update(None, "cipher_log_level", "NONE")?;
        connection.pragma_update(None, "key", passphrase)?;
    }
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    Ok(connection)
}

fn configure_writing(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(())
}

/// Whether the file goes on in new streams: it lies elsewhere than where it was written last, lacks what this
/// installation wrote last, nothing is remembered of it, or what is remembered may be behind.
fn has_moved(
    connection: &Connection,
    path: &Path,
    environment: &Environment,
    study_id: &StudyId,
) -> Result<bool, StoreError> {
    let recorded: Option<String> = connection
        .query_row("SELECT value FROM meta WHERE key = 'locus'", [], |row| row.get(0))
        .optional()?;
    let here = Locus::of(path, environment)?;
    if recorded.and_then(|json| serde_json::from_str::<Locus>(&json).ok()) != Some(here.clone()) {
        return Ok(true);
    }
    if is_marked_as_begun(&environment.registry, study_id.as_str(), &here) {
        return Ok(true);
    }
    let Some(last) = last_head(connection)? else {
        return Ok(false);
    };
    let Some(known) = known_head(&environment.registry, study_id.as_str(), &here) else {
        return Ok(true);
    };
    if known == last {
        return Ok(false);
    }
    let hash: Option<Vec<u8>> = connection
        .query_row(
            "SELECT hash FROM ops WHERE stream_id = ?1 AND seq = ?2",
            rusqlite::params![known.stream, known.seq],
            |row| row.get(0),
        )
        .optional()?;
    if hash.map(|hash| crate::hash::hex(&hash)) != Some(known.hash) {
        return Ok(true);
    }
    // What it wrote last could not be remembered, and this is made up for now. Where that fails again, new streams are
    // as safe.
    Ok(remember(&environment.registry, study_id.as_str(), &here, &last).is_err())
}

/// Write protection binds root by nothing but good manners, so it is looked at rather than tried.
fn refuse_read_only(path: &Path, folder: &Path) -> Result<(), StoreError> {
    for (place, detail) in [
        (path, "the file is write-protected"),
        (folder, "its folder is write-protected"),
    ] {
        if fs::metadata(place).is_ok_and(|metadata| metadata.permissions().readonly()) {
            return Err(StoreError::ReadOnly {
                path: path.to_owned(),
                detail: detail.to_owned(),
            });
        }
    }
    Ok(())
}

pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

pub(crate) fn wal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn part_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    name.into()
}

/// Removes a file of ours and what SQLite may have left beside it.
pub(crate) fn remove_if_there(path: &Path) {
    for file in [path.to_owned(), wal_of(path)] {
        if file.exists() && fs::remove_file(&file).is_err() {
            // A leftover .part is harmless and is replaced next time.
        }
    }
}

/// Makes a new or renamed file durable where the system needs the folder synced.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder)
        && folder.sync_all().is_err()
    {
        // Not every file system syncs folders; the file itself is synced.
    }
}
