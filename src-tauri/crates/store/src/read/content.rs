//! Content: bytes under their SHA-256, checked when they are read.

use rusqlite::OptionalExtension;
use sunder_domain::{Codebook, Transcript};

use crate::error::StoreError;
use crate::hash::content_sha256;
use crate::study::Study;

impl Study {
    /// The bytes kept under the SHA-256. Unknown or erased content is an error, so are bytes that do not match.
    pub fn content(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        let bytes: Option<Option<Vec<u8>>> = self
            .connection()
            .prepare_cached("SELECT bytes FROM content WHERE sha256 = ?1")?
            .query_row([sha256], |row| row.get(0))
            .optional()?;
        let bytes = bytes
            .flatten()
            .ok_or_else(|| StoreError::unknown("content", sha256))?;
        if content_sha256(&bytes) == sha256 {
            Ok(bytes)
        } else {
            Err(StoreError::unreadable("content", sha256))
        }
    }

    /// A transcript as it was kept.
    pub fn transcript_content(&self, sha256: &str) -> Result<Transcript, StoreError> {
        serde_json::from_slice(&self.content(sha256)?)
            .map_err(|_| StoreError::unreadable("transcript", sha256))
    }

    /// A codebook as it was kept.
    pub fn codebook_content(&self, sha256: &str) -> Result<Codebook, StoreError> {
        serde_json::from_slice(&self.content(sha256)?).map_err(|_| StoreError::unreadable("codebook", sha256))
    }
}
