//! What is changed: the imitations that are kept with the readers, and the published samples where their folder is named.

use std::path::{Path, PathBuf};

use sunder_formats::{Format, detect};

/// Files that once were read wrongly, and what the fuzzer found: replayed with every test.
#[must_use]
pub fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// All files, by the format they are of.
///
/// # Panics
/// Where the folder of the imitations is not there.
#[must_use]
pub fn files(format: Format) -> Vec<Vec<u8>> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/transcripts");
    let samples = std::env::var_os("SUNDER_SAMPLES").map(PathBuf::from);
    let mut files = read_folder(&own);
    files.extend(read_folder(&kept()));
    files.extend(samples.map(|folder| read_folder(&folder)).unwrap_or_default());
    files
        .into_iter()
        .filter(|(name, bytes)| detect(bytes, name).is_ok_and(|found| found.format == format))
        .map(|(_, bytes)| bytes)
        .collect()
}

/// The files of a folder with their names, in order; none where there is no folder.
#[must_use]
pub fn read_folder(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .filter_map(|path| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            Some((name, std::fs::read(&path).ok()?))
        })
        .collect();
    files.sort();
    files
}
