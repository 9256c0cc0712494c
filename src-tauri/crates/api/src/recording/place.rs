//! Where the file of a recording lies: beside the study wherever that is now, or where it was found on this machine.

use std::path::{Component, Path, PathBuf};

use sunder_store::RecordingRecord;

use crate::app::App;
use crate::wire::{ApiError, RecordingState};

/// The way from the study's folder to a file, parts joined by `/`; the file's own path where there is none.
pub(super) fn from_study(study: &Path, file: &Path) -> String {
    let folder = study.parent().unwrap_or(Path::new(""));
    let (folder, file) = (real(folder), real(file));
    let (mut to, mut from) = (file.components().peekable(), folder.components().peekable());
    if to.peek() != from.peek() {
        return file.display().to_string();
    }
    while to.peek().is_some() && to.peek() == from.peek() {
        to.next();
        from.next();
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Where the link leads, from where the study is now.
fn linked(study: &Path, link: &str) -> PathBuf {
    let folder = study.parent().unwrap_or(Path::new(""));
    let mut path = folder.to_owned();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => path.push(".."),
            other => path.push(other),
        }
    }
    path
}

/// The file of a recording, as far as its length tells, and what is with it.
pub(super) fn file_of(
    app: &App,
    record: &RecordingRecord,
) -> Result<(Option<PathBuf>, RecordingState), ApiError> {
    let study = app.study()?;
    let found = app.local.recording(&record.sha256).map(Path::to_owned);
    let mut state = RecordingState::Missing;
    for path in found.into_iter().chain([linked(&study.path, &record.path)]) {
        match std::fs::metadata(&path) {
            Ok(about) if about.is_file() && about.len() == record.bytes => {
                return Ok((Some(path), RecordingState::There));
            }
            Ok(_) => state = RecordingState::Changed,
            Err(_) => {}
        }
    }
    Ok((None, state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_from_the_study_to_the_file_wherever_both_are_moved() {
        let lab = tempfile::tempdir().unwrap();
        let at = |path: &str| lab.path().join(path);
        std::fs::create_dir_all(at("lab/study")).unwrap();
        std::fs::create_dir_all(at("lab/audio")).unwrap();
        std::fs::write(at("lab/audio/ada 3.mp3"), b"x").unwrap();
        std::fs::write(at("lab/study/near.wav"), b"x").unwrap();
        let study = at("lab/study/pilot.sunder");
        let link = from_study(&study, &at("lab/audio/ada 3.mp3"));
        assert_eq!(link, "../audio/ada 3.mp3");
        assert_eq!(from_study(&study, &at("lab/study/near.wav")), "near.wav");
        assert!(linked(&study, &link).is_file());
        std::fs::rename(at("lab"), at("elsewhere")).unwrap();
        assert!(linked(&at("elsewhere/study/pilot.sunder"), &link).is_file());
    }
}
