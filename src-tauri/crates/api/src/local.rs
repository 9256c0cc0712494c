//! What is remembered on this machine and is no part of any study: preferences, recent studies, who sat here,
//!
//! where playing stopped, and which look at another cut was left on. One small JSON file; when it cannot be read, the program starts afresh with a copy kept.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::wire::{ApiError, ErrorCode, KeptLook, LastOpened, Person, Preferences, RecentStudy};

const RECENT: usize = 12;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    installation: String,
    preferences: Preferences,
    recent: Vec<Recent>,
    /// By study id.
    persons: BTreeMap<String, Person>,
    /// By study id, person and session id: ms.
    positions: BTreeMap<String, u32>,
    /// By study id and person.
    looks: BTreeMap<String, KeptLook>,
    /// By study id and person.
    last_opened: BTreeMap<String, LastOpened>,
    /// Where recordings were found that are not where they were linked, by their hash.
    recordings: BTreeMap<String, PathBuf>,
    /// Starts of turns that were tapped and not saved yet, by study id and session id: ms.
    taps: BTreeMap<String, Vec<u32>>,
    /// The sample was opened once, so that a start without studies is no first start.
    started_before: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Recent {
    path: PathBuf,
    name: String,
    opened_ms: i64,
}

/// The memory of this machine.
#[derive(Debug)]
pub(crate) struct Local {
    file: PathBuf,
    kept: Kept,
}

impl Local {
    /// Reads the memory, or starts one with `fresh_installation` as this machine's name.
    pub(crate) fn load(folder: &Path, fresh_installation: String) -> Self {
        let file = folder.join("local.json");
        let mut kept: Kept = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|_| {
                // Losing preferences is bearable, losing the way to find out why is not.
                let _ = std::fs::copy(&file, file.with_extension("json.unreadable"));
                Kept::default()
            }),
            Err(_) => Kept::default(),
        };
        let is_new = kept.installation.is_empty();
        if is_new {
            kept.installation = fresh_installation;
        }
        let local = Self { file, kept };
        if is_new && local.save().is_err() {
            // A machine that cannot keep its name counts as another one at the next start: branches, nothing lost.
        }
        local
    }

    fn save(&self) -> Result<(), ApiError> {
        let trouble = |error: std::io::Error| {
            ApiError::new(
                ErrorCode::File,
                format!(
                    "Preferences could not be written to {}: {error}.",
                    self.file.display()
                ),
            )
        };
        let text = serde_json::to_vec_pretty(&self.kept)
            .map_err(|_| ApiError::new(ErrorCode::Internal, "Preferences could not be put into words."))?;
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder).map_err(trouble)?;
        }
        let part = self.file.with_extension("json.part");
        let mut out = std::fs::File::create(&part).map_err(trouble)?;
        out.write_all(&text).map_err(trouble)?;
        std::fs::rename(&part, &self.file).map_err(trouble)
    }

    pub(crate) fn installation(&self) -> &str {
        &self.kept.installation
    }

    pub(crate) fn preferences(&self) -> &Preferences {
        &self.kept.preferences
    }

    pub(crate) fn set_preferences(&mut self, preferences: Preferences) -> Result<(), ApiError> {
        self.kept.preferences = preferences;
        self.save()
    }

    pub(crate) fn recent(&self) -> Vec<RecentStudy> {
        self.kept
            .recent
            .iter()
            .map(|recent| RecentStudy {
                path: recent.path.display().to_string(),
                name: recent.name.clone(),
                opened_ms: recent.opened_ms,
                present: recent.path.is_file(),
            })
            .collect()
    }

    pub(crate) fn last_study(&self) -> Option<PathBuf> {
        self.kept.recent.first().map(|recent| recent.path.clone())
    }

    pub(crate) fn started_before(&self) -> bool {
        self.kept.started_before
    }

    /// Remembers that the study was opened now.
    pub(crate) fn opened(&mut self, path: &Path, name: &str, now_ms: i64) -> Result<(), ApiError> {
        self.kept.started_before = true;
        self.kept.recent.retain(|recent| recent.path != path);
        self.kept.recent.insert(
            0,
            Recent {
                path: path.to_owned(),
                name: name.to_owned(),
                opened_ms: now_ms,
            },
        );
        self.kept.recent.truncate(RECENT);
        self.save()
    }

    pub(crate) fn person(&self, study: &str) -> Option<&Person> {
        self.kept.persons.get(study)
    }

    pub(crate) fn set_person(&mut self, study: &str, person: Person) -> Result<(), ApiError> {
        self.kept.persons.insert(study.to_owned(), person);
        self.save()
    }

    pub(crate) fn position(&self, key: &str) -> Option<u32> {
        self.kept.positions.get(key).copied()
    }

    pub(crate) fn set_position(&mut self, key: String, at_ms: u32) -> Result<(), ApiError> {
        self.kept.positions.insert(key, at_ms);
        self.save()
    }

    pub(crate) fn recording(&self, sha256: &str) -> Option<&Path> {
        self.kept.recordings.get(sha256).map(PathBuf::as_path)
    }

    pub(crate) fn set_recording(&mut self, sha256: String, path: PathBuf) -> Result<(), ApiError> {
        self.kept.recordings.insert(sha256, path);
        self.save()
    }

    pub(crate) fn taps(&self, key: &str) -> &[u32] {
        self.kept.taps.get(key).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn set_taps(&mut self, key: String, taps: Vec<u32>) -> Result<(), ApiError> {
        if taps.is_empty() {
            self.kept.taps.remove(&key);
        } else {
            self.kept.taps.insert(key, taps);
        }
        self.save()
    }

    pub(crate) fn look(&self, key: &str) -> Option<KeptLook> {
        self.kept.looks.get(key).copied()
    }

    pub(crate) fn set_look(&mut self, key: String, look: Option<KeptLook>) -> Result<(), ApiError> {
        match look {
            Some(look) => self.kept.looks.insert(key, look),
            None => self.kept.looks.remove(&key),
        };
        self.save()
    }

    pub(crate) fn last_opened(&self, key: &str) -> Option<&LastOpened> {
        self.kept.last_opened.get(key)
    }

    pub(crate) fn set_last_opened(&mut self, key: String, opened: LastOpened) -> Result<(), ApiError> {
        self.kept.last_opened.insert(key, opened);
        self.save()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_remembered_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let mut local = Local::load(folder.path(), "here".to_owned());
        local.opened(Path::new("/data/a.sunder"), "A", 5).unwrap();
        local.opened(Path::new("/data/b.sunder"), "B", 6).unwrap();
        local.opened(Path::new("/data/a.sunder"), "A", 7).unwrap();
        local.set_position("study/session".to_owned(), 1234).unwrap();

        let again = Local::load(folder.path(), "elsewhere".to_owned());
        assert_eq!(again.installation(), "here");
        assert_eq!(again.last_study(), Some(PathBuf::from("/data/a.sunder")));
        assert_eq!(again.recent().len(), 2);
        assert_eq!(again.position("study/session"), Some(1234));
        assert!(again.started_before());
    }

    #[test]
    fn an_unreadable_memory_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("local.json"), b"{ not json").unwrap();
        let local = Local::load(folder.path(), "here".to_owned());
        assert!(local.recent().is_empty());
        assert!(folder.path().join("local.json.unreadable").exists());
    }
}
