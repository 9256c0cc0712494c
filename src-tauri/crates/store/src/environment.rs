//! Where a study is used: the installation, and what it remembers of the studies it wrote last.
//!
//! A file that lies where it was written last, on the installation that wrote it, goes on in its streams. A file that
//! was copied elsewhere shows it by its place; one that was put back from an older copy shows it by lacking the
//! operation that this installation wrote last. Both go on in new streams, so that two files never write two different
//! operations under one number.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, Metadata};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::error::StoreError;

/// This installation, and the small file in its data folder that remembers heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// A name of the installation that no other has, fixed at its first start.
    pub installation: String,
    /// A JSON file; it and its folder are made when they are missing.
    pub registry: PathBuf,
}

/// Where a study file was written last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Locus {
    pub(crate) installation: String,
    pub(crate) device: u64,
    pub(crate) inode: u64,
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
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(files) = claimed().as_mut() {
            files.remove(&self.0);
        }
    }
}

/// The last operation this installation wrote to a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownHead {
    pub(crate) stream: String,
    pub(crate) seq: u64,
    pub(crate) hash: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Registry {
    #[serde(default)]
    studies: BTreeMap<String, KnownHead>,
}

/// An unreadable registry counts as an empty one: it only ever makes streams begin anew more often.
fn read(path: &Path) -> Registry {
    fs::read(path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

pub(crate) fn known_head(environment: &Environment, study_id: &str) -> Option<KnownHead> {
    read(&environment.registry).studies.remove(study_id)
}

/// Remembers the head, replacing the registry in one step.
pub(crate) fn remember(environment: &Environment, study_id: &str, head: KnownHead) -> Result<(), StoreError> {
    let path = &environment.registry;
    let mut registry = read(path);
    registry.studies.insert(study_id.to_owned(), head);
    let bytes =
        serde_json::to_vec_pretty(&registry).map_err(|_| StoreError::unreadable("registry", "new"))?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(StoreError::file("made beside the registry"))?;
    }
    let part = path.with_extension(format!("part-{}", std::process::id()));
    let written =
        File::create(&part).and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()));
    written
        .and_then(|()| fs::rename(&part, path))
        .map_err(StoreError::file("written to the registry"))
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

    #[test]
    fn heads_are_remembered_and_a_broken_registry_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment {
            installation: "here".into(),
            registry: folder.path().join("data/registry.json"),
        };
        assert_eq!(known_head(&environment, "s"), None);
        let head = KnownHead {
            stream: "a".into(),
            seq: 3,
            hash: "00".into(),
        };
        remember(&environment, "s", head.clone()).unwrap();
        assert_eq!(known_head(&environment, "s"), Some(head.clone()));
        fs::write(&environment.registry, b"{").unwrap();
        assert_eq!(known_head(&environment, "s"), None);
        remember(&environment, "s", head.clone()).unwrap();
        assert_eq!(known_head(&environment, "s"), Some(head));
    }
}
