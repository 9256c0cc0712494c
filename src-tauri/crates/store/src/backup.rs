//! Backups: whole, checked copies in a folder beside the study.
//!
//! A backup is written as `.part`, checked, synced and renamed, so that what bears a backup's name is good. It does
//! not remember where it was written: a restored one goes on in new streams. Kept are the newest ten, one a week for
//! eight weeks, and those from before a migration of the last two versions.

mod keeping;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{OpenFlags, OptionalExtension, params};

use crate::background::Going;
use crate::date::from_stamp;
use crate::error::StoreError;
use crate::judge::judge_inside;
use crate::open::connect;
use crate::record::HeadRecord;
use crate::schema;
use crate::study::Study;

pub(crate) use keeping::{remove_all_but, remove_parts};
pub(crate) use writing::Plan;

const DAY_MS: i64 = 86_400_000;

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
        self.prepare_backup(at_ms)?;
        self.write_backup(at_ms, reason)
    }

    /// What must be in the file before it is copied: no erasure that is not finished, and where the streams stand.
    pub(crate) fn prepare_backup(&mut self, at_ms: i64) -> Result<(), StoreError> {
        self.finish_erasure_if_due(at_ms)?;
        self.record_heads_now(at_ms)
    }

    /// Whether the last backup is a day old and something changed since.
    pub(crate) fn is_backup_due(&self, at_ms: i64) -> Result<bool, StoreError> {
        let Some(last) = backups_of(&self.path).into_iter().next() else {
            return Ok(true);
        };
        if (0..DAY_MS).contains(&at_ms.saturating_sub(last.at_ms)) {
            return Ok(false);
        }
        Ok(self.backed_up_to()? != Some(self.latest_operation()?))
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
        self.end_background()?;
        let latest = self.latest_operation()?;
        let plan = Plan {
            study: self.path.clone(),
            passphrase: self.passphrase().map(str::to_owned),
            at_ms,
            reason,
        };
        let backup = plan.carry_out(self.connection(), &Going::default(), || Ok(()))?;
        self.note_backed_up_to(latest)?;
        Ok(backup)
    }

    /// The newest operation of the file, by its order of arrival.
    pub(crate) fn latest_operation(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection()
            .query_row("SELECT coalesce(max(number), 0) FROM ops", [], |row| row.get(0))?)
    }

    pub(crate) fn note_backed_up_to(&self, operation: i64) -> Result<(), StoreError> {
        self.connection().execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('backed_up_to', ?1)",
            [operation.to_string()],
        )?;
        Ok(())
    }

    fn backed_up_to(&self) -> Result<Option<i64>, StoreError> {
        let text: Option<String> = self
            .connection()
            .query_row(
                "SELECT value FROM meta WHERE key = ?1",
                params!["backed_up_to"],
                |row| row.get(0),
            )
            .optional()?;
        Ok(text.and_then(|text| text.parse().ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
