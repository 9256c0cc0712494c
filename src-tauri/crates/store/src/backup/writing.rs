//! Writing one backup: copied as `.part`, checked, synced, and only then given its name.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::keeping::prune;
use super::{BackupInfo, BackupReason, backup_folder};
use crate::background::Going;
use crate::date::stamp;
use crate::error::StoreError;
use crate::judge::judge_inside;
use crate::open::{connect, remove_if_there, sync_folder};
use crate::verify;

/// 4 MB at SQLite's usual page size.
const PAGES_PER_STEP: std::ffi::c_int = 1_024;

/// A backup that is about to be written.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) study: PathBuf,
    pub(crate) passphrase: Option<String>,
    pub(crate) at_ms: i64,
    pub(crate) reason: BackupReason,
}

impl Plan {
    /// Copies what `source` shows, checks the copy and gives it its name. `copied` is called when `source` is needed
    /// no more, and says whether the copy is of the right file. What was written is removed when it fails or is told to end.
    pub(crate) fn carry_out(
        mut self,
        source: &Connection,
        going: &Going,
        copied: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<BackupInfo, StoreError> {
        let path = self.place()?;
        let part = path.with_extension("part");
        remove_if_there(&part);
        let written = self.copy(source, &part, going).and_then(|()| {
            copied()?;
            self.check(&part, &path, going)
        });
        if let Err(error) = written {
            remove_if_there(&part);
            return Err(error);
        }
        fs::File::open(&part)
            .and_then(|file| file.sync_all())
            .map_err(StoreError::file("synced"))?;
        fs::rename(&part, &path).map_err(StoreError::file("given its name"))?;
        sync_folder(&backup_folder(&self.study));
        prune(&self.study, self.at_ms);
        Ok(BackupInfo {
            bytes: fs::metadata(&path).map_err(StoreError::file("read"))?.len(),
            path,
            at_ms: self.at_ms,
            reason: self.reason,
        })
    }

    /// A name that no backup bears; its moment moves on until there is one.
    fn place(&mut self) -> Result<PathBuf, StoreError> {
        let folder = backup_folder(&self.study);
        fs::create_dir_all(&folder).map_err(StoreError::file("made beside the study"))?;
        loop {
            let path = folder.join(format!("{}-{}.sunder", stamp(self.at_ms), self.reason.key()));
            if !path.exists() {
                return Ok(path);
            }
            self.at_ms += 1;
        }
    }

    /// Copies page by page, and forgets in the copy where it was written.
    fn copy(&self, source: &Connection, part: &Path, going: &Going) -> Result<(), StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut target = connect(part, flags, self.passphrase.as_deref())?;
        let pages = Backup::new(source, &mut target)?;
        loop {
            going.on()?;
            match pages.step(PAGES_PER_STEP)? {
                StepResult::Done => break,
                // Nobody else writes to either file: what is busy is so for a moment.
                StepResult::Busy | StepResult::Locked => std::thread::sleep(Duration::from_millis(10)),
                _ => {}
            }
        }
        drop(pages);
        target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        target.execute("DELETE FROM own_stream", [])?;
        target.execute(
            "DELETE FROM meta WHERE key IN ('locus', 'backed_up_to', 'erasure_to_finish')",
            [],
        )?;
        target.close().map_err(|(_, error)| error.into())
    }

    /// A backup that does not pass is none: pages, tables, the chain and every payload's hash.
    fn check(&self, part: &Path, path: &Path, going: &Going) -> Result<(), StoreError> {
        let failed = |detail: String| StoreError::BackupFailed {
            path: path.to_owned(),
            detail,
        };
        let mut connection = connect(part, OpenFlags::SQLITE_OPEN_READ_ONLY, self.passphrase.as_deref())?;
        going.watch(&mut connection)?;
        // Of a length of 0 every page is checked, however large the file is.
        let judged = judge_inside(&connection, part, 0);
        going.on()?;
        judged.map_err(|error| failed(error.to_string()))?;
        let findings = verify::check_log(&connection)?;
        match findings.first() {
            Some(finding) => Err(failed(finding.to_string())),
            None => Ok(()),
        }
    }
}
