//! Where a study is used: the installation, and what it remembers of the files it wrote last.
//!
//! A file that lies where it was written last, on the installation that wrote it, goes on in its streams. A file that
//! was copied elsewhere shows it by its place; one that was put back from an older copy shows it by lacking the
//! operation that this installation wrote last; one of which nothing is remembered may be either; and so may one whose
//! program ended amid its work, before it could note what it wrote last. All of them go on in new streams, so that two
//! files never write two different operations under one number.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::hash::content_sha256;

/// This installation, and the folder among its data that remembers heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// A name of the installation that no other has, fixed at its first start.
    pub installation: String,
    /// A folder with one small file for every study file written here; made when it is missing.
    pub registry: PathBuf,
}

/// Where a study file was written last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Locus {
    pub(crate) installation: String,
    pub(crate) device: u64,
    pub(crate) inode: u64,
}

impl Locus {
    /// Where the file lies now.
    pub(crate) fn of(path: &Path, environment: &Environment) -> Result<Self, StoreError> {
        let (device, inode) = identity(path).map_err(StoreError::file("found"))?;
        Ok(Self {
            installation: environment.installation.clone(),
            device,
            inode,
        })
    }
}

/// The file's identity on this machine, whatever its name.
pub(crate) fn identity(path: &Path) -> std::io::Result<(u64, u64)> {
    Ok(identity_of(&fs::metadata(path)?, path))
}

#[cfg(unix)]
fn identity_of(metadata: &Metadata, _: &Path) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity_of(_: &Metadata, path: &Path) -> (u64, u64) {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    fs::canonicalize(path)
        .unwrap_or_else(|_| path.to_owned())
        .hash(&mut hasher);
    (0, hasher.finish())
}

/// Files that this process has open. The system's locks guard against other processes only, and closing any handle
/// of a file would drop them: so a file is claimed before it is so much as read.
static CLAIMED: Mutex<Option<HashSet<(u64, u64)>>> = Mutex::new(None);

fn claimed() -> MutexGuard<'static, Option<HashSet<(u64, u64)>>> {
    CLAIMED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to open one file within this process; given back when dropped.
#[derive(Debug)]
pub(crate) struct Claim((u64, u64));

impl Claim {
    /// `None` where the process has the file open already.
    pub(crate) fn new(identity: (u64, u64)) -> Option<Self> {
        // Only where it was inserted may a claim exist: dropping one gives the file back.
        let inserted = claimed().get_or_insert_default().insert(identity);
        inserted.then(|| Self(identity))
    }

    pub(crate) fn identity(&self) -> (u64, u64) {
        self.0
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(files) = claimed().as_mut() {
            files.remove(&self.0);
        }
    }
}

/// The last operation this installation wrote to a study file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownHead {
    pub(crate) stream: String,
    pub(crate) seq: u64,
    pub(crate) hash: String,
}

/// Each file of each study has a note of its own, so that a window and a command that write at once cannot lose each
/// other's. An identity may hold anything, also what no file may be called: its hash may not.
fn note_of(registry: &Path, study_id: &str, locus: &Locus) -> PathBuf {
    let name = format!(
        "{study_id}\n{}\n{}\n{}",
        locus.installation, locus.device, locus.inode
    );
    registry.join(format!("{}.json", content_sha256(name.as_bytes())))
}

/// Marks the file at this place as being written: until the next head is remembered, the one that is may be behind. It
/// need outlive the program only, not the machine's power, and so costs no sync.
pub(crate) fn mark_as_begun(registry: &Path, study_id: &str, locus: &Locus) -> std::io::Result<()> {
    fs::create_dir_all(registry)?;
    File::create(mark_of(registry, study_id, locus)).map(|_| ())
}

/// Whether it was marked and nothing was remembered since: its program ended amid its work.
pub(crate) fn is_marked_as_begun(registry: &Path, study_id: &str, locus: &Locus) -> bool {
    mark_of(registry, study_id, locus).exists()
}

fn mark_of(registry: &Path, study_id: &str, locus: &Locus) -> PathBuf {
    note_of(registry, study_id, locus).with_extension("begun")
}

/// What was written last to the file at this place. `None` where nothing is remembered, or it cannot be read: then
/// nobody knows whether the file is the newest.
pub(crate) fn known_head(registry: &Path, study_id: &str, locus: &Locus) -> Option<KnownHead> {
    let bytes = fs::read(note_of(registry, study_id, locus)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Remembers the head, replacing the earlier one in one step, and takes the mark away.
pub(crate) fn remember(
    registry: &Path,
    study_id: &str,
    locus: &Locus,
    head: &KnownHead,
) -> Result<(), StoreError> {
    let path = note_of(registry, study_id, locus);
    let bytes = serde_json::to_vec(head).map_err(|_| StoreError::unreadable("registry", "new"))?;
    fs::create_dir_all(registry).map_err(StoreError::file("made for the registry"))?;
    let part = path.with_extension(format!("part-{}", std::process::id()));
    let written =
        File::create(&part).and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()));
    written
        .and_then(|()| fs::rename(&part, &path))
        .map_err(StoreError::file("written to the registry"))?;
    let mark = mark_of(registry, study_id, locus);
    if mark.exists() && fs::remove_file(mark).is_err() {
        // A mark too many costs a new stream, no more.
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_claimed_once() {
        let first = Claim::new((u64::MAX, 1)).unwrap();
        assert!(Claim::new((u64::MAX, 1)).is_none());
        drop(first);
        assert!(Claim::new((u64::MAX, 1)).is_some());
    }

    fn head(stream: &str, seq: u64) -> KnownHead {
        KnownHead {
            stream: stream.into(),
            seq,
            hash: "00".into(),
        }
    }

    fn locus(inode: u64) -> Locus {
        Locus {
            installation: "here".into(),
            device: 1,
            inode,
        }
    }

    #[test]
    fn heads_are_remembered_for_each_file_and_a_broken_note_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let registry = folder.path().join("data/heads");
        assert_eq!(known_head(&registry, "s", &locus(1)), None);
        remember(&registry, "s", &locus(1), &head("a", 3)).unwrap();
        remember(&registry, "s", &locus(2), &head("b", 5)).unwrap();
        assert_eq!(known_head(&registry, "s", &locus(1)), Some(head("a", 3)));
        assert_eq!(known_head(&registry, "s", &locus(2)), Some(head("b", 5)));
        assert_eq!(known_head(&registry, "../s", &locus(1)), None);
        remember(&registry, "../s", &locus(1), &head("c", 1)).unwrap();
        assert_eq!(
            fs::read_dir(&registry).unwrap().count(),
            3,
            "nothing lies outside"
        );
        fs::write(note_of(&registry, "s", &locus(1)), b"{").unwrap();
        assert_eq!(known_head(&registry, "s", &locus(1)), None);
        remember(&registry, "s", &locus(1), &head("a", 4)).unwrap();
        assert_eq!(known_head(&registry, "s", &locus(1)), Some(head("a", 4)));
    }

    #[test]
    fn two_that_write_at_once_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let registry = folder.path().join("heads");
        std::thread::scope(|scope| {
            for inode in 0..4 {
                let registry = &registry;
                scope.spawn(move || {
                    for seq in 1..=20 {
                        remember(registry, "s", &locus(inode), &head("a", seq)).unwrap();
                    }
                });
            }
        });
        for inode in 0..4 {
            assert_eq!(known_head(&registry, "s", &locus(inode)), Some(head("a", 20)));
        }
    }
}
