//! Files that leave a study: whole or not at all, and never over a study.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use crate::wire::{ApiError, ErrorCode};

/// How a study file begins that has no passphrase.
const STUDY: &[u8; 16] = b"SQLite format 3\0";

/// Writes a file beside its place and puts it there when it is whole.
///
/// # Errors
/// `exists` where a study has that name; `file` when it cannot be written: what was there stays.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), ApiError> {
    over_no_study(path)?;
    put(path, bytes.as_ref()).map_err(|error| {
        ApiError::new(
            ErrorCode::File,
            format!(
                "{} could not be written: {error}. Check the folder and that you may write to it.",
                path.display()
            ),
        )
    })
}

/// # Errors
/// `exists` where the file is a study, or has the name of one or of what belongs to one.
pub fn over_no_study(path: &Path) -> Result<(), ApiError> {
    let named = path.extension().is_some_and(|extension| {
        let extension = extension.to_string_lossy().to_lowercase();
        extension == "sunder" || extension.starts_with("sunder-")
    });
    if !named && !begins_as_study(path) {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::Exists,
        format!(
            "{} is a study, or has the name of one. Give the file another name.",
            path.display()
        ),
    ))
}

fn begins_as_study(path: &Path) -> bool {
    // What is no file, such as a terminal, is not read from.
    if !path.is_file() {
        return false;
    }
    let mut head = [0; STUDY.len()];
    File::open(path).is_ok_and(|mut file| file.read_exact(&mut head).is_ok() && head == *STUDY)
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link leads where it leads; what it stands for is replaced, not the link.
    let meant = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if meant.exists() && !meant.is_file() {
        return fs::write(&meant, bytes);
    }
    let part = meant.with_file_name(format!(".sunder-{}.part", std::process::id()));
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, &meant));
    if written.is_err() {
        // What is left of it is no use to anybody.
        let _ = fs::remove_file(&part);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_a_study_never() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.txt");
        write(&path, "old and long").unwrap();
        write(&path, "new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        let study = folder.path().join("study.db");
        fs::write(&study, b"SQLite format 3\0 and more").unwrap();
        let named = folder.path().join("Other.SUNDER");
        for place in [&study, &named, &folder.path().join("s.sunder-wal")] {
            assert_eq!(write(place, "x").unwrap_err().code, ErrorCode::Exists);
        }
        assert_eq!(fs::read(&study).unwrap(), b"SQLite format 3\0 and more");
        let nowhere = folder.path().join("no/folder.txt");
        assert_eq!(write(&nowhere, "x").unwrap_err().code, ErrorCode::File);
    }
}
