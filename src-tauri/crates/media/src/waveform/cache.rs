//! Waveforms that were computed once, by the hash of their recording. They belong to this machine, not to a study: how
//! loud a recording is and when, never what is said.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use super::Peaks;
use crate::error::MediaError;

/// What a file of the cache begins with; a later form begins otherwise and is computed anew.
const FORM: &[u8] = b"sunder peaks 1\n";

/// A folder with one small file for each recording.
#[derive(Debug, Clone)]
pub struct WaveformCache {
    folder: PathBuf,
}

impl WaveformCache {
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The waveform of the recording with this hash, if it was computed before.
    #[must_use]
    pub fn get(&self, sha256: &str) -> Option<Peaks> {
        let bytes = fs::read(self.path(sha256)?).ok()?;
        let peaks = bytes.strip_prefix(FORM)?;
        (!peaks.is_empty()).then(|| Peaks(peaks.to_vec()))
    }

    /// Keeps a waveform.
    ///
    /// # Errors
    /// Where it cannot be written; it can be computed again.
    pub fn put(&self, sha256: &str, peaks: &Peaks) -> Result<(), MediaError> {
        let Some(path) = self.path(sha256) else {
            return Ok(());
        };
        fs::create_dir_all(&self.folder)?;
        let part = path.with_extension(format!("{}.part", std::process::id()));
        let mut file = fs::File::create(&part)?;
        file.write_all(FORM)?;
        file.write_all(&peaks.0)?;
        drop(file);
        fs::rename(&part, &path)?;
        Ok(())
    }

    /// A hash is a file name; anything else is none.
    fn path(&self, sha256: &str) -> Option<PathBuf> {
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| self.folder.join(format!("{sha256}.peaks")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_computed_is_found_by_its_hash_alone() {
        let folder = tempfile::tempdir().unwrap();
        let cache = WaveformCache::new(folder.path().join("waveforms"));
        let (hash, other) = ("ab".repeat(32), "cd".repeat(32));
        assert_eq!(cache.get(&hash), None);
        cache.put(&hash, &Peaks(vec![1, 2, 3])).unwrap();
        assert_eq!(cache.get(&hash), Some(Peaks(vec![1, 2, 3])));
        assert_eq!(cache.get(&other), None);
        assert_eq!(cache.get("../../etc/passwd"), None);
        fs::write(
            folder.path().join(format!("waveforms/{hash}.peaks")),
            b"of another form",
        )
        .unwrap();
        assert_eq!(cache.get(&hash), None);
    }
}
