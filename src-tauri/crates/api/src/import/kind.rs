//! Whether a JSON file is a transcript or a coding, before either is read: what is cut off or damaged belongs to its kind.

use std::path::Path;

use sunder_formats::{FormatError, detect};

use super::options::{bytes_of, name_of};
use crate::app::App;
use crate::wire::{ApiError, FileKind, ImportKind, ImportPath};

/// JSON that speech recognition wrote is a transcript, all other JSON a coding.
///
/// # Errors
/// `file` when it cannot be opened, `format` when it is too large.
pub fn kind(_: &mut App, request: ImportPath) -> Result<FileKind, ApiError> {
    let path = Path::new(&request.path);
    let kind = match detect(&bytes_of(path)?, &name_of(path)) {
        Err(FormatError::Unsupported { .. }) => ImportKind::Coding,
        Ok(_) | Err(_) => ImportKind::Transcript,
    };
    Ok(FileKind { kind })
}
