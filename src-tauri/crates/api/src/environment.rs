//! Where this machine keeps things, and what only a machine can give: the time and fresh ids.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use sunder_domain::IdError;
use uuid::Uuid;

/// Folders of this machine.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Preferences, recent studies, playing positions and known heads.
    pub data_folder: PathBuf,
    /// Where studies are suggested to be kept, the sample among them.
    pub studies_folder: PathBuf,
}

impl Environment {
    /// The folders of the user who runs the program.
    #[must_use]
    pub fn of_user() -> Self {
        let home = dirs::home_dir().unwrap_or_else(std::env::temp_dir);
        Self {
            data_folder: dirs::data_dir().unwrap_or_else(|| home.clone()).join("sunder"),
            studies_folder: dirs::document_dir().unwrap_or(home).join("Sunder"),
        }
    }

    /// Unix time in ms.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_millis()).ok())
            .unwrap_or_default()
    }
}

/// A fresh UUIDv7 as an id of any kind.
pub(crate) fn fresh<Id: TryFrom<String, Error = IdError>>() -> Result<Id, IdError> {
    Id::try_from(Uuid::now_v7().to_string())
}
