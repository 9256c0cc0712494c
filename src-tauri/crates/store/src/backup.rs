//! Backups: whole, checked copies in a folder beside the study.
//!
//! A backup is written as `.part`, checked, synced and renamed, so that what bears a backup's name is good. It does
//! not remember where it was written: a restored one goes on in new streams. Kept are the newest ten, one a week for
//! eight weeks, and those from before a migration of the last two versions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::date::{from_stamp, stamp};
use crate::error::StoreError;
use crate::judge::judge_inside;
use crate::open::{connect, folder_of, remove_if_there, sync_folder};
use crate::record::HeadRecord;
use crate::study::Study;
use crate::{schema, verify};

const DAY_MS: i64 = 86_400_000;
const NEWEST_KEPT: usize = 10;
const WEEKS_KEPT: i64 = 8;
const PAGES_PER_STEP: std::ffi::c_int = 4_096;

/// Why a backup was made; it stands in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupReason {
    Demand,
    Daily,
    Erasure,
    /// Before the file was brought from this schema version to a newer one.
    Migration(u32),
}

impl BackupReason {
    fn key(self) -> String {
        match self {
            Self::Demand => "demand".to_owned(),
            Self::Daily => "daily".to_owned(),
            Self::Erasure => "erasure".to_owned(),
            Self::Migration(version) => format!("before-version-{}", version + 1),
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        match key {
            "demand" => Some(Self::Demand),
            "daily" => Some(Self::Daily),
            "erasure" => Some(Self::Erasure),
            _ => {
                let version: u32 = key.strip_prefix("before-version-")?.parse().ok()?;
                version.checked_sub(1).map(Self::Migration)
            }
        }
    }
}

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupInfo {
    pub path: PathBuf,
    pub at_ms: i64,
    pub reason: BackupReason,
    pub bytes: u64,
}

/// The folder that holds a study's backups: `pilot.sunder-backups` beside `pilot.sunder`.
#[must_use]
pub fn backup_folder(study: &Path) -> PathBuf {
    let mut name = study.as_os_str().to_owned();
    name.push("-backups");
    name.into()
}

/// The backups of a study file, newest first; the file itself need not exist any more.
#[must_use]
pub fn backups_of(study: &Path) -> Vec<BackupInfo> {
    let Ok(entries) = fs::read_dir(backup_folder(study)) else {
        return Vec::new();
    };
    let mut backups: Vec<BackupInfo> = entries.filter_map(|entry| info_of(&entry.ok()?.path())).collect();
    backups.sort_by(|a, b| b.at_ms.cmp(&a.at_ms).then_with(|| b.path.cmp(&a.path)));
    backups
}

fn info_of(path: &Path) -> Option<BackupInfo> {
    let name = path.file_name()?.to_str()?.strip_suffix(".sunder")?;
    let (moment, reason) = name.split_once('-')?;
    Some(BackupInfo {
        at_ms: from_stamp(moment)?,
        reason: BackupReason::from_key(reason)?,
        bytes: fs::metadata(path).ok()?.len(),
        path: path.to_owned(),
    })
}

/// The newest backup that passes its check.
pub(crate) fn newest_good(study: &Path, passphrase: Option<&str>) -> Option<PathBuf> {
    backups_of(study)
        .into_iter()
        .map(|backup| backup.path)
        .find(|path| inspect(path, passphrase).is_ok())
}

/// Checks a backup without touching it.
fn inspect(path: &Path, passphrase: Option<&str>) -> Result<(), StoreError> {
    let bytes = fs::metadata(path).map_err(StoreError::file("read"))?.len();
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, passphrase)?;
    judge_inside(&connection, path, bytes)
}

impl Study {
    /// Writes a backup now.
    pub fn backup(&mut self, at_ms: i64, reason: BackupReason) -> Result<BackupInfo, StoreError> {
        self.finish_erasure_if_due(at_ms)?;
        self.record_heads_now(at_ms)?;
        self.write_backup(at_ms, reason)
    }

    /// Writes a backup if the last one is a day old and something changed since.
    pub fn backup_if_due(&mut self, at_ms: i64) -> Result<Option<BackupInfo>, StoreError> {
        self.finish_erasure_if_due(at_ms)?;
        let last_ms = backups_of(&self.path).first().map(|backup| backup.at_ms);
        if last_ms.is_some_and(|last_ms| (0..DAY_MS).contains(&at_ms.saturating_sub(last_ms))) {
            return Ok(None);
        }
        let latest = latest_operation(self.connection())?;
        if last_ms.is_some() && meta_number(self.connection(), "backed_up_to")? == Some(latest) {
            return Ok(None);
        }
        self.backup(at_ms, BackupReason::Daily).map(Some)
    }

    /// This study's backups, newest first.
    #[must_use]
    pub fn backups(&self) -> Vec<BackupInfo> {
        backups_of(&self.path)
    }

    /// Brings an older file up to date, after a backup of it as it is.
    pub(crate) fn migrate_with_backup(&mut self) -> Result<(), StoreError> {
        let version = schema::version(self.connection())?.schema;
        self.write_backup(self.latest_ms()?, BackupReason::Migration(version))?;
        schema::migrate(&mut self.connection)
    }

    /// Records in the set-up where every stream stands that was not recorded there already.
    fn record_heads_now(&mut self, at_ms: i64) -> Result<(), StoreError> {
        let heads: Vec<HeadRecord> = crate::read::all(
            self.connection(),
            include_str!("sql/heads_to_record.sql"),
            [],
            |row| {
                Ok(HeadRecord {
                    stream: row.get(0)?,
                    seq: row.get(1)?,
                    hash: crate::hash::hex(&row.get::<_, Vec<u8>>(2)?),
                    at_ms,
                    reason: "backup".to_owned(),
                })
            },
        )?;
        if heads.is_empty() {
            return Ok(());
        }
        self.write(at_ms, |door| Ok(vec![door.record_heads(heads, "sunder", at_ms)?]))
            .map(|_| ())
    }

    pub(crate) fn write_backup(
        &mut self,
        at_ms: i64,
        reason: BackupReason,
    ) -> Result<BackupInfo, StoreError> {
        let folder = backup_folder(&self.path);
        fs::create_dir_all(&folder).map_err(StoreError::file("made beside the study"))?;
        let mut at_ms = at_ms;
        let path = loop {
            let path = folder.join(format!("{}-{}.sunder", stamp(at_ms), reason.key()));
            if !path.exists() {
                break path;
            }
            at_ms += 1;
        };
        let part = path.with_extension("part");
        remove_if_there(&part);
        let written = copy(self, &part).and_then(|()| check(&part, self.passphrase(), &path));
        if let Err(error) = written {
            remove_if_there(&part);
            return Err(error);
        }
        fs::File::open(&part)
            .and_then(|file| file.sync_all())
            .map_err(StoreError::file("synced"))?;
        fs::rename(&part, &path).map_err(StoreError::file("given its name"))?;
        sync_folder(&folder);
        let latest = latest_operation(self.connection())?;
        self.connection().execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('backed_up_to', ?1)",
            [latest.to_string()],
        )?;
        prune(&self.path, at_ms);
        let bytes = fs::metadata(&path).map_err(StoreError::file("read"))?.len();
        Ok(BackupInfo {
            path,
            at_ms,
            reason,
            bytes,
        })
    }
}

/// Copies page by page within one connection's lock, and forgets in the copy where it was written.
fn copy(study: &Study, part: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut target = connect(part, flags, study.passphrase())?;
    Backup::new(study.connection(), &mut target)?.run_to_completion(
        PAGES_PER_STEP,
        std::time::Duration::ZERO,
        None,
    )?;
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    target.execute("DELETE FROM own_stream", [])?;
    target.execute(
        "DELETE FROM meta WHERE key IN ('locus', 'backed_up_to', 'erasure_to_finish')",
        [],
    )?;
    target.close().map_err(|(_, error)| error.into())
}

/// A backup that does not pass is none: pages, tables, the chain and every payload's hash.
fn check(part: &Path, passphrase: Option<&str>, path: &Path) -> Result<(), StoreError> {
    let failed = |detail: String| StoreError::BackupFailed {
        path: path.to_owned(),
        detail,
    };
    let connection = connect(part, OpenFlags::SQLITE_OPEN_READ_ONLY, passphrase)?;
    // Of a length of 0 every page is checked, however large the file is.
    judge_inside(&connection, part, 0).map_err(|error| failed(error.to_string()))?;
    let findings = verify::check_log(&connection)?;
    match findings.first() {
        Some(finding) => Err(failed(finding.to_string())),
        None => Ok(()),
    }
}

fn latest_operation(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT coalesce(max(number), 0) FROM ops", [], |row| row.get(0))?)
}

fn meta_number(connection: &Connection, key: &str) -> Result<Option<i64>, StoreError> {
    let text: Option<String> = connection
        .query_row("SELECT value FROM meta WHERE key = ?1", params![key], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// Removes what is past keeping. A backup that cannot be removed is kept until the next time.
fn prune(study: &Path, now_ms: i64) {
    let backups = backups_of(study);
    let kept = kept(&backups, now_ms);
    for (index, backup) in backups.iter().enumerate() {
        if !kept.contains(&index) {
            remove_if_there(&backup.path);
        }
    }
}

/// Which of the backups, newest first, are kept: by index.
fn kept(backups: &[BackupInfo], now_ms: i64) -> BTreeSet<usize> {
    let mut kept: BTreeSet<usize> = (0..backups.len().min(NEWEST_KEPT)).collect();
    let mut weeks = BTreeSet::new();
    let mut versions = BTreeSet::new();
    for (index, backup) in backups.iter().enumerate() {
        let week = now_ms.saturating_sub(backup.at_ms).div_euclid(7 * DAY_MS);
        if (0..WEEKS_KEPT).contains(&week) && weeks.insert(week) {
            kept.insert(index);
        }
        if let BackupReason::Migration(version) = backup.reason {
            versions.insert(version);
        }
    }
    let of_last_two: BTreeSet<u32> = versions.into_iter().rev().take(2).collect();
    kept.extend(
        backups
            .iter()
            .enumerate()
            .filter_map(|(index, backup)| match backup.reason {
                BackupReason::Migration(version) if of_last_two.contains(&version) => Some(index),
                _ => None,
            }),
    );
    kept
}

/// Removes what backups that were cut off have left: copies that nobody would ever check or count.
pub(crate) fn remove_parts(study: &Path) {
    let Ok(entries) = fs::read_dir(backup_folder(study)) else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if is_part(&path) && fs::remove_file(&path).is_err() {
            // It is tried again at the next opening.
        }
    }
}

/// Whether it is an unfinished backup, or what SQLite keeps beside one.
fn is_part(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.rsplit_once(".part"))
        .filter(|(_, rest)| matches!(*rest, "" | "-journal" | "-wal"))
        .and_then(|(name, _)| name.split_once('-'))
        .is_some_and(|(moment, reason)| {
            from_stamp(moment).is_some() && BackupReason::from_key(reason).is_some()
        })
}

/// Removes every backup but one: they hold what was withdrawn.
pub(crate) fn remove_all_but(study: &Path, keep: &Path) -> Result<(), StoreError> {
    remove_parts(study);
    for backup in backups_of(study).iter().filter(|backup| backup.path != keep) {
        fs::remove_file(&backup.path).map_err(StoreError::file("removed from the backups"))?;
    }
    sync_folder(folder_of(keep));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(days_ago: i64, reason: BackupReason) -> BackupInfo {
        let at_ms = (1_000 - days_ago) * DAY_MS;
        BackupInfo {
            path: PathBuf::from(stamp(at_ms)),
            at_ms,
            reason,
            bytes: 1,
        }
    }

    #[test]
    fn ten_newest_one_a_week_and_two_migrations_are_kept() {
        let mut backups: Vec<BackupInfo> = (0..100).map(|day| info(day, BackupReason::Daily)).collect();
        for (day, version) in [(70, 3), (80, 2), (90, 1)] {
            backups[day as usize] = info(day, BackupReason::Migration(version));
        }
        let days: Vec<usize> = kept(&backups, 1_000 * DAY_MS).into_iter().collect();
        assert_eq!(
            days,
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 21, 28, 35, 42, 49, 70, 80]
        );
    }

    #[test]
    fn a_reason_reads_back_from_the_name() {
        for reason in [
            BackupReason::Demand,
            BackupReason::Daily,
            BackupReason::Erasure,
            BackupReason::Migration(4),
        ] {
            assert_eq!(BackupReason::from_key(&reason.key()), Some(reason));
        }
        assert_eq!(BackupReason::from_key("before-version-0"), None);
        assert_eq!(BackupReason::from_key("other"), None);
    }
}
