//! An open study: one connection, owned alone, and what is known about it between calls.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use sunder_domain::StudyId;

use crate::background::{Background, BackgroundReport};
use crate::environment::{Claim, Environment, KnownHead, Locus, identity, mark_as_begun, remember};
use crate::error::StoreError;
use crate::operation::Target;
use crate::undo::Stacks;

/// How long nothing must have been written before the write-ahead log is folded into the file.
const IDLE_MS: i64 = 2_000;

/// Where an open file lies, and what the system knows it by.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    identity: (u64, u64),
}

impl Place {
    /// # Errors
    /// [`StoreError::Replaced`] where the path leads to another file by now, or to none.
    pub(crate) fn still_holds_it(&self) -> Result<(), StoreError> {
        match identity(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            _ => Err(StoreError::Replaced(self.path.clone())),
        }
    }
}

/// An open study file. Dropping it closes it; `close` also says when that failed.
pub struct Study {
    // Fields drop in this order: the file is closed before it is given back to the process.
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) id: StudyId,
    pub(crate) environment: Environment,
    passphrase: Option<String>,
    /// The file lies elsewhere than where it was written: the first write begins new streams.
    pub(crate) relocated: bool,
    /// The undo stacks that were asked for.
    pub(crate) stacks: HashMap<Target, Stacks>,
    /// What was written last, until it is checkpointed.
    pub(crate) unsettled: Option<(i64, KnownHead)>,
    pub(crate) background: Option<Background>,
    /// What came of work that was ended for something else, until it is reported.
    pub(crate) ended: Option<BackgroundReport>,
    claim: Claim,
}

impl std::fmt::Debug for Study {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Study")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Study {
    pub(crate) fn assemble(
        connection: Connection,
        path: PathBuf,
        id: StudyId,
        environment: Environment,
        claim: Claim,
        relocated: bool,
    ) -> Self {
        Self {
            connection,
            path,
            id,
            environment,
            passphrase: None,
            relocated,
            stacks: HashMap::new(),
            unsettled: None,
            background: None,
            ended: None,
            claim,
        }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn set_passphrase(&mut self, passphrase: Option<&str>) {
        self.passphrase = passphrase.filter(|text| !text.is_empty()).map(str::to_owned);
    }

    pub(crate) fn passphrase(&self) -> Option<&str> {
        self.passphrase.as_deref()
    }

    #[must_use]
    pub fn id(&self) -> &StudyId {
        &self.id
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Folds the write-ahead log into the file once nothing was written for two seconds, so that copying the one file
    /// copies the tags. Returns whether it did. Call it every second or so. It waits while the file is read in the
    /// background.
    pub fn checkpoint_if_idle(&mut self, now_ms: i64) -> Result<bool, StoreError> {
        if self.is_being_read() {
            return Ok(false);
        }
        match &self.unsettled {
            Some((written_ms, _)) if (0..IDLE_MS).contains(&now_ms.saturating_sub(*written_ms)) => Ok(false),
            Some(_) => self.settle().map(|()| true),
            None => Ok(false),
        }
    }

    /// Folds the write-ahead log into the file, and remembers the head outside it.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        let Some((_, head)) = self.unsettled.clone() else {
            return Ok(());
        };
        self.end_reading()?;
        self.fold_in()?;
        let locus = Locus::of(&self.path, &self.environment)?;
        remember(&self.environment.registry, self.id.as_str(), &locus, &head)?;
        self.unsettled = None;
        Ok(())
    }

    /// Says outside the file that it is about to be written, so that an older copy in its place is recognised even when
    /// this program is killed before it can remember the head.
    pub(crate) fn mark_as_begun(&self) {
        let marked = Locus::of(&self.path, &self.environment)
            .is_ok_and(|locus| mark_as_begun(&self.environment.registry, self.id.as_str(), &locus).is_ok());
        if !marked {
            // Nobody is kept from coding by it. Where nothing can be remembered either, the next opening sees that.
        }
    }

    /// The file that was opened, for whoever goes to it by its path.
    pub(crate) fn place(&self) -> Place {
        Place {
            path: self.path.clone(),
            identity: self.claim.identity(),
        }
    }

    /// Folds the write-ahead log into the file.
    pub(crate) fn fold_in(&self) -> Result<(), StoreError> {
        Ok(self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// When the last operation was written, Unix ms: the moment of what is done without anybody asking.
    pub(crate) fn latest_ms(&self) -> Result<i64, StoreError> {
        let latest: Option<i64> = self
            .connection
            .query_row("SELECT max(at_ms) FROM ops", [], |row| row.get(0))?;
        Ok(latest.unwrap_or_default())
    }

    /// Closes the study with everything in the one file.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.settle()
    }
}

impl Drop for Study {
    fn drop(&mut self) {
        if self.end_background().is_err() || self.settle().is_err() {
            // Everything confirmed is safe in the write-ahead log; the next opening folds it in.
        }
    }
}

/// Records in the file where it is written, and gives up the streams it brought from elsewhere.
pub(crate) fn settle_in(
    connection: &Connection,
    path: &Path,
    environment: &Environment,
) -> Result<(), StoreError> {
    let locus = Locus::of(path, environment)?;
    connection.execute("DELETE FROM own_stream", [])?;
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('locus', ?1)",
        params![crate::apply::json(&locus)?],
    )?;
    Ok(())
}
