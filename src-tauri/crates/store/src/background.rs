//! What is done while a person works on: the check of the file after opening, and the daily backup, each on a thread.
//!
//! A study file has one connection, and it locks everybody else out. But the file proper changes at checkpoints only.
//! So the write-ahead log is folded in first, checkpoints wait while the thread reads, and it reads the file as it
//! stands through a connection that neither locks nor looks at the log (SQLite's `immutable`). Acts go to the log
//! meanwhile and wait for nothing. The thread goes to the file by its path; where another file lies there by now, that is
//! said, and nothing that was read counts.
//!
//! Invariants: while a thread reads, no page of the file proper changes; whoever must change it ends the thread first
//! (`Study::end_background`); a thread never outlives its study.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, OpenFlags};

use crate::backup::{BackupInfo, BackupReason, Plan};
use crate::error::StoreError;
use crate::judge::with_backup;
use crate::open::connect;
use crate::study::{Place, Study};
use crate::verify::{self, Depth, FindingKind};

/// Up to this length the tables are rebuilt and compared as well; of larger files that would take much memory.
const TABLES_COMPARED: u64 = 16 * 1024 * 1024;

/// Pages in the write-ahead log after which SQLite folds it in by itself: its own default.
const FOLD_AFTER: u32 = 1_000;

/// Steps of SQLite's machine between two looks at whether to end.
const STEPS_PER_LOOK: std::ffi::c_int = 10_000;

/// What a thread was begun for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackgroundWork {
    /// Every page, the log, heads and content; of smaller files the tables too.
    Check,
    /// A backup because the last one is a day old.
    DailyBackup,
}

/// What came of it.
#[derive(Debug)]
pub struct BackgroundReport {
    pub work: BackgroundWork,
    /// The backup that was written; none after a check.
    pub outcome: Result<Option<BackupInfo>, StoreError>,
}

/// Whether to go on, as the thread is told from outside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Going {
    ended: Arc<AtomicBool>,
}

impl Going {
    /// # Errors
    /// When it is to end.
    pub(crate) fn on(&self) -> Result<(), StoreError> {
        if self.ended.load(Ordering::Relaxed) {
            return Err(StoreError::Ended);
        }
        Ok(())
    }

    /// Lets a connection's statements end when this is told to end.
    pub(crate) fn watch(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let ended = Arc::clone(&self.ended);
        connection.progress_handler(STEPS_PER_LOOK, Some(move || ended.load(Ordering::Relaxed)))?;
        Ok(())
    }

    fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// A thread that was begun, and the promise that the file proper stays as it is until it has read it.
#[derive(Debug)]
pub(crate) struct Background {
    work: BackgroundWork,
    going: Going,
    reads: Arc<AtomicBool>,
    /// The newest operation when it began.
    latest: i64,
    thread: JoinHandle<Result<Option<BackupInfo>, StoreError>>,
}

impl Study {
    /// Begins to check the file. False where a thread is at work already.
    ///
    /// # Errors
    /// When the write-ahead log cannot be folded in, or the system gives no thread.
    pub fn begin_check(&mut self) -> Result<bool, StoreError> {
        let place = self.place();
        let passphrase = self.passphrase().map(str::to_owned);
        self.begin(BackgroundWork::Check, move |going, _| {
            check(&place, passphrase.as_deref(), going).map(|()| None)
        })
    }

    /// Begins a backup if the last one is a day old and something changed since. False where none is due, or a thread is
    /// at work already.
    ///
    /// # Errors
    /// As [`Study::begin_check`]; when it cannot be recorded where the streams stand.
    pub fn begin_backup_if_due(&mut self, at_ms: i64) -> Result<bool, StoreError> {
        if self.is_at_work() || !self.is_backup_due(at_ms)? {
            return Ok(false);
        }
        self.prepare_backup(at_ms)?;
        let plan = Plan {
            study: self.path.clone(),
            passphrase: self.passphrase().map(str::to_owned),
            at_ms,
            reason: BackupReason::Daily,
        };
        let place = self.place();
        self.begin(BackgroundWork::DailyBackup, move |going, reads| {
            let source = as_it_stands(&plan.study, plan.passphrase.as_deref())?;
            let copied = || {
                place.still_holds_it()?;
                reads.store(false, Ordering::Release);
                Ok(())
            };
            plan.carry_out(&source, going, copied).map(Some)
        })
    }

    fn begin(
        &mut self,
        work: BackgroundWork,
        task: impl FnOnce(&Going, &AtomicBool) -> Result<Option<BackupInfo>, StoreError> + Send + 'static,
    ) -> Result<bool, StoreError> {
        if self.is_at_work() {
            return Ok(false);
        }
        let place = self.place();
        place.still_holds_it()?;
        self.settle()?;
        self.fold_in()?;
        let latest = self.latest_operation()?;
        self.fold_after(0)?;
        let going = Going::default();
        let reads = Arc::new(AtomicBool::new(true));
        let (goes, is_read) = (going.clone(), Arc::clone(&reads));
        let begun = thread::Builder::new()
            .name("background".to_owned())
            // What fails because another file lies there is told as that.
            .spawn(move || {
                task(&goes, &is_read).map_err(|error| place.still_holds_it().err().unwrap_or(error))
            });
        match begun {
            Ok(thread) => {
                self.background = Some(Background {
                    work,
                    going,
                    reads,
                    latest,
                    thread,
                });
                Ok(true)
            }
            Err(source) => {
                self.fold_after(FOLD_AFTER)?;
                Err(StoreError::File {
                    action: "read in the background",
                    source,
                })
            }
        }
    }

    /// Whether a thread was begun that was neither ended nor reported.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        self.background.is_some()
    }

    /// Whether a thread reads the file, so that checkpoints wait.
    pub(crate) fn is_being_read(&self) -> bool {
        self.background.as_ref().is_some_and(|background| {
            background.reads.load(Ordering::Acquire) && !background.thread.is_finished()
        })
    }

    /// What came of the work in the background; `None` until it is done. Call it every second or so. Work that had to be
    /// ended for something else is reported as well: as done where it was, else as [`StoreError::Ended`].
    pub fn background_report(&mut self) -> Option<BackgroundReport> {
        if let Some(report) = self.ended.take() {
            return Some(report);
        }
        let done = self
            .background
            .take_if(|background| background.thread.is_finished())?;
        Some(self.conclude(done))
    }

    /// Ends the thread and waits for it, which takes a moment only. What it had not finished is left undone, what it
    /// had found is kept to be reported.
    pub(crate) fn end_background(&mut self) -> Result<(), StoreError> {
        let Some(background) = self.background.take() else {
            return Ok(());
        };
        background.going.end();
        self.ended = Some(self.conclude(background));
        self.fold_after(FOLD_AFTER)
    }

    fn conclude(
        &self,
        Background {
            work, latest, thread, ..
        }: Background,
    ) -> BackgroundReport {
        let outcome = thread.join().unwrap_or(Err(StoreError::Ended));
        let outcome = self.fold_after(FOLD_AFTER).and(outcome);
        let outcome = outcome.and_then(|backup| {
            if backup.is_some() {
                self.note_backed_up_to(latest)?;
            }
            Ok(backup)
        });
        BackgroundReport { work, outcome }
    }

    /// Ends the thread where it still reads the file, so that the file may change.
    pub(crate) fn end_reading(&mut self) -> Result<(), StoreError> {
        if self.is_being_read() {
            self.end_background()?;
        }
        Ok(())
    }

    fn fold_after(&self, pages: u32) -> Result<(), StoreError> {
        Ok(self.connection.pragma_update(None, "wal_autocheckpoint", pages)?)
    }
}

/// Checks the file as it stands.
fn check(place: &Place, passphrase: Option<&str>, going: &Going) -> Result<(), StoreError> {
    let path = &place.path;
    let bytes = std::fs::metadata(path).map_err(StoreError::file("found"))?.len();
    let mut connection = as_it_stands(path, passphrase)?;
    going.watch(&mut connection)?;
    let depth = if bytes <= TABLES_COMPARED {
        Depth::Whole
    } else {
        Depth::Truth
    };
    let findings = verify::verify(&connection, depth);
    going.on()?;
    place.still_holds_it()?;
    let detail = match findings {
        Ok(mut findings) => {
            // A kind of operation that only a newer program knows is no damage.
            findings.retain(|finding| finding.kind != FindingKind::UnknownKind);
            match findings.as_slice() {
                [] => return Ok(()),
                [one] => one.to_string(),
                [first, others @ ..] => format!("{first}; and {} more", others.len()),
            }
        }
        Err(StoreError::Database(error)) => error.to_string(),
        Err(error) => return Err(error),
    };
    let damaged = StoreError::Altered {
        path: path.clone(),
        detail,
        backup: None,
    };
    Err(with_backup(damaged, passphrase))
}

/// A connection that reads the file proper without locking it. Nobody may change the file meanwhile.
fn as_it_stands(path: &Path, passphrase: Option<&str>) -> Result<Connection, StoreError> {
    let path = std::path::absolute(path).map_err(StoreError::file("found"))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    connect(Path::new(&address(&path)), flags, passphrase)
}

/// The file's address as SQLite takes it: every byte that could mean something else is written as `%20`.
fn address(path: &Path) -> String {
    let mut address = String::from(if cfg!(windows) { "file:///" } else { "file:" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'/' | b'-' | b'_' | b'.' | b'~' => address.push(char::from(*byte)),
            b':' if cfg!(windows) => address.push(':'),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(*byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    address
}
