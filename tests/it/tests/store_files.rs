//! Files that are not what they should be: a clear error that says what to do, and the file untouched.

mod store_common;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use store_common::*;
use sunder_store::{BackupReason, StoreError, Study};

/// The file's bytes, and the names beside it: refusing must change neither.
fn seen(path: &Path) -> (Vec<u8>, Vec<PathBuf>) {
    let mut names: Vec<PathBuf> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    (fs::read(path).unwrap_or_default(), names)
}

fn refused(lab: &Lab, path: &Path) -> StoreError {
    let before = seen(path);
    let error = Study::open(path, lab.environment(), None).unwrap_err();
    assert!(seen(path) == before, "{} left a trace", error.code());
    error
}

/// A closed study with some tags in it.
fn closed() -> Lab {
    let lab = Lab::new();
    let mut study = lab.create();
    for n in 0..30 {
        study.transact(coding("c"), tag(&format!("m{n}"))).unwrap();
    }
    study.close().unwrap();
    lab
}

#[test]
fn what_is_no_study_is_refused_by_name() {
    let lab = closed();
    let path = lab.beside("other.sunder");
    assert_eq!(refused(&lab, &path).code(), "missing");
    assert_eq!(refused(&lab, lab.folder.path()).code(), "directory");
    fs::write(&path, b"").unwrap();
    assert_eq!(refused(&lab, &path).code(), "empty");
    fs::write(&path, b"P: I do not know.\nT: Say more.\n").unwrap();
    let error = refused(&lab, &path);
    assert_eq!(error.code(), "not-a-study");
    assert!(error.to_string().contains("passphrase"), "{error}");
    fs::remove_file(&path).unwrap();
    let mut foreign = fs::read(&lab.path).unwrap();
    foreign[68..72].copy_from_slice(b"GPKG");
    fs::write(&path, foreign).unwrap();
    assert_eq!(refused(&lab, &path).code(), "other-program");
    let again = Study::create(&lab.path, lab.environment(), None, new_study()).unwrap_err();
    assert_eq!(again.code(), "exists");
}

#[test]
fn a_newer_file_is_refused_by_its_header_and_a_readable_one_is_not() {
    let lab = closed();
    let set_version = |version: i32| {
        let mut bytes = fs::read(&lab.path).unwrap();
        bytes[60..64].copy_from_slice(&version.to_be_bytes());
        fs::write(&lab.path, bytes).unwrap();
    };
    set_version(7_005);
    let error = refused(&lab, &lab.path);
    assert_eq!(error.code(), "newer");
    let text = error.to_string();
    assert!(
        text.contains("made by a newer Sunder (file version 7, this program reads up to 4)"),
        "{text}"
    );
    set_version(7_001);
    assert_clean(&lab.open());
    set_version(0);
    assert_eq!(refused(&lab, &lab.path).code(), "damaged");
}

#[test]
fn a_file_cut_short_names_the_backup_to_restore() {
    let lab = closed();
    let bytes = fs::read(&lab.path).unwrap();
    fs::write(&lab.path, &bytes[..bytes.len() - 5_000]).unwrap();
    let error = refused(&lab, &lab.path);
    assert_eq!(error.code(), "damaged");
    assert!(error.to_string().contains("no good backup"), "{error}");

    fs::write(&lab.path, &bytes).unwrap();
    let mut study = lab.open();
    let older = study.backup(NOW, BackupReason::Demand).unwrap();
    let newest = study.backup(NOW + 1_000, BackupReason::Demand).unwrap();
    study.close().unwrap();
    fs::write(&newest.path, b"lost").unwrap();
    let whole = fs::read(&lab.path).unwrap();
    for (name, content) in [
        ("cut short", &whole[..whole.len() / 2]),
        ("cut to less than its header", &whole[..50]),
        ("emptied", &[][..]),
        ("overwritten", b"something else"),
    ] {
        fs::write(&lab.path, content).unwrap();
        let error = refused(&lab, &lab.path);
        let text = error.to_string();
        assert!(text.contains(older.path.to_str().unwrap()), "{name}: {text}");
        assert!(
            !text.contains(newest.path.to_str().unwrap()),
            "{name}: a bad backup is not named"
        );
    }
    fs::copy(&older.path, &lab.path).unwrap();
    assert_clean(&lab.open());
}

#[test]
fn a_flipped_bit_in_the_log_of_a_small_study_is_refused_with_the_backup_to_restore() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), note(WORDS)).unwrap();
    let backup = study.backup(NOW, BackupReason::Demand).unwrap();
    study.close().unwrap();
    let mut bytes = fs::read(&lab.path).unwrap();
    // In the log the words stand within JSON, in the table of notes they stand alone.
    let in_log = format!("\"text\":\"{WORDS}");
    let at = bytes
        .windows(in_log.len())
        .position(|window| window == in_log.as_bytes())
        .unwrap();
    bytes[at + in_log.len() - 1] ^= 1;
    fs::write(&lab.path, bytes).unwrap();
    let error = refused(&lab, &lab.path);
    assert_eq!(error.code(), "damaged");
    let text = error.to_string();
    assert!(text.contains(backup.path.to_str().unwrap()), "{text}");
    assert!(!text.contains("kingfishers"), "{text}");
}

#[test]
fn a_flipped_bit_is_refused_or_found_or_changes_nothing() {
    let lab = closed();
    let bytes = fs::read(&lab.path).unwrap();
    let sound = lab.open().coding(&coding_id("c")).unwrap();
    let (mut refused_ones, mut found, mut found_by_nothing) = (0, 0, 0);
    let mut position = 0_usize;
    while position < bytes.len() {
        let mut flipped = bytes.clone();
        flipped[position] ^= 1 << (position % 8);
        let path = lab.beside("flipped.sunder");
        fs::write(&path, &flipped).unwrap();
        let before = seen(&path);
        match Study::open(&path, environment(lab.folder.path(), "flips"), None) {
            Err(error) => {
                refused_ones += 1;
                assert!(seen(&path) == before, "{error} at {position}");
                assert!(!matches!(error, StoreError::Database(_)), "{error} at {position}");
            }
            Ok(study) => {
                if study.verify().is_ok_and(|report| report.is_clean()) {
                    found_by_nothing += 1;
                    assert_eq!(study.coding(&coding_id("c")).unwrap(), sound, "at {position}");
                } else {
                    found += 1;
                }
            }
        }
        // Close to each other at the beginning, where the header is; then across every page.
        position += if position < 120 { 1 } else { 509 };
    }
    // Bytes that stand for nothing: free space in pages, and what belongs to the one file alone.
    assert!(
        refused_ones > found && found > 0 && found_by_nothing > 0,
        "{refused_ones} refused, {found} found by verify, {found_by_nothing} by nothing"
    );
}

#[cfg(unix)]
#[test]
fn a_write_protected_file_or_folder_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let lab = closed();
    let protect = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    protect(&lab.path, 0o444);
    let error = refused(&lab, &lab.path);
    assert_eq!(error.code(), "read-only");
    assert!(error.to_string().contains("write-protected"), "{error}");
    protect(&lab.path, 0o644);
    let folder = lab.beside("protected");
    fs::create_dir(&folder).unwrap();
    let copy = folder.join("copy.sunder");
    fs::copy(&lab.path, &copy).unwrap();
    protect(&folder, 0o555);
    let error = refused(&lab, &copy);
    let new = Study::create(&folder.join("new.sunder"), lab.environment(), None, new_study()).unwrap_err();
    protect(&folder, 0o755);
    assert_eq!((error.code(), new.code()), ("read-only", "read-only"));
}

fn child(what: &str, lab: &Lab) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_store_child"))
        .arg(what)
        .args([&lab.path, lab.folder.path()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    (child, line.trim().to_owned())
}

#[test]
fn one_process_owns_the_file() {
    let lab = closed();
    let (mut holder, said) = child("hold", &lab);
    assert_eq!(said, "open");
    let error = refused(&lab, &lab.path);
    assert_eq!(error.code(), "open-elsewhere");
    holder.kill().unwrap();
    holder.wait().unwrap();
    let study = lab.open();
    let (mut second, said) = child("hold", &lab);
    assert_eq!(said, "open-elsewhere");
    second.wait().unwrap();
    assert_eq!(
        lab.try_open().unwrap_err().code(),
        "open-elsewhere",
        "nor a second window of this process"
    );
    let (mut third, said) = child("hold", &lab);
    assert_eq!(
        said, "open-elsewhere",
        "the attempt within the process did not give the file away"
    );
    third.wait().unwrap();
    drop(study);
    assert_clean(&lab.open());
}

#[test]
fn the_one_file_holds_everything_after_an_idle_moment() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    assert!(!study.checkpoint_if_idle(NOW + 1_999).unwrap());
    assert!(study.checkpoint_if_idle(NOW + 2_000).unwrap());
    assert!(
        !study.checkpoint_if_idle(NOW + 9_000).unwrap(),
        "nothing was written since"
    );
    let copy = lab.beside("copy.sunder");
    fs::write(&copy, fs::read(&lab.path).unwrap()).unwrap();
    let copied = Study::open(&copy, environment(lab.folder.path(), "there"), None).unwrap();
    assert_eq!(
        copied.coding(&coding_id("c")).unwrap(),
        study.coding(&coding_id("c")).unwrap()
    );
    assert_clean(&copied);
}

#[test]
fn a_crash_leaves_what_is_in_the_log_beside_the_file() {
    let lab = Lab::new();
    let mut study = lab.create();
    study.transact(coding("c"), tag("m1")).unwrap();
    let crashed = lab.beside("crashed.sunder");
    fs::write(&crashed, fs::read(&lab.path).unwrap()).unwrap();
    let mut log = lab.path.clone().into_os_string();
    log.push("-wal");
    fs::write(lab.beside("crashed.sunder-wal"), fs::read(&log).unwrap()).unwrap();
    let recovered = Study::open(&crashed, environment(lab.folder.path(), "there"), None).unwrap();
    assert_eq!(recovered.coding(&coding_id("c")).unwrap().markers.len(), 1);
    assert_clean(&recovered);
}
