//! The committed examples of the four files are read, and the invalid ones refused, by the types the schemas come from.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may say what it expects")]

use std::fs;
use std::path::{Path, PathBuf};

use sunder_domain::{Codebook, Coding, Rule, Transcript};

fn examples(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../schemas/json/examples")
        .join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<(PathBuf, String)> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable example");
            (path, text)
        })
        .collect();
    found.sort();
    found
}

/// Reads every example of a kind; those under `invalid` must be refused with a place or a reason.
fn check<T>(kind: &str, read: impl Fn(&str) -> Result<T, String>) {
    let valid = examples(kind);
    assert!(valid.len() >= 2, "{kind} needs two examples");
    for (path, text) in valid {
        if let Err(error) = read(&text) {
            panic!("{}: {error}", path.display());
        }
    }
    let invalid = examples(&format!("{kind}/invalid"));
    assert!(!invalid.is_empty(), "{kind} needs an example that is refused");
    for (path, text) in invalid {
        assert!(read(&text).is_err(), "{} was accepted", path.display());
    }
}

#[test]
fn codebooks() {
    check("codebook", |text| {
        Codebook::from_json(text).map_err(|error| error.to_string())
    });
}

#[test]
fn rules() {
    check("rule", |text| {
        Rule::from_json(text).map_err(|error| error.to_string())
    });
}

#[test]
fn transcripts() {
    check("transcript", |text| {
        Transcript::from_json(text).map_err(|error| error.to_string())
    });
}

#[test]
fn codings() {
    let codebook = Codebook::built_in();
    check("coding", |text| {
        Coding::from_json(text, &codebook).map_err(|error| error.to_string())
    });
}
