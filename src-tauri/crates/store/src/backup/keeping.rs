//! Which backups are kept, and what is removed of the others and of those that were cut off.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{BackupInfo, BackupReason, DAY_MS, backup_folder, backups_of};
use crate::date::from_stamp;
use crate::error::StoreError;
use crate::open::{folder_of, remove_if_there, sync_folder};

const NEWEST_KEPT: usize = 10;
const WEEKS_KEPT: i64 = 8;

/// Removes what is past keeping. A backup that cannot be removed is kept until the next time.
pub(super) fn prune(study: &Path, now_ms: i64) {
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
    use std::path::PathBuf;

    use super::*;
    use crate::date::stamp;

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
}
