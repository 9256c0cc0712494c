//! Guards the one-way dependencies: `domain ← {formats, store} ← api ← {src-tauri, cli}`; `agreement`,
//! `media ← api`; no crate under `src-tauri/crates` knows Tauri, and in the interface only `platform/` does.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Which of our crates each crate may name, tests included.
const ALLOWED: &[(&str, &[&str])] = &[
    ("sunder-domain", &[]),
    ("sunder-agreement", &[]),
    ("sunder-media", &[]),
    ("sunder-formats", &["sunder-domain"]),
    ("sunder-store", &["sunder-domain"]),
    (
        "sunder-api",
        &[
            "sunder-domain",
            "sunder-formats",
            "sunder-store",
            "sunder-agreement",
            "sunder-media",
        ],
    ),
    ("sunder-cli", &["sunder-api", "sunder-domain"]),
    ("sunder-desktop", &["sunder-api"]),
];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(top())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The files under `folder` that end in one of `endings`, generated and fetched ones left out.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if !matches!(name.as_str(), "target" | "node_modules" | "dist") {
                    open.push(path);
                }
            } else if endings
                .iter()
                .any(|ending| path.to_string_lossy().ends_with(ending))
            {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn no_arrow_points_back() {
    let metadata = metadata();
    let mut seen = BTreeSet::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if name == "sunder-it" {
            continue;
        }
        let (_, allowed) = ALLOWED
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("{name} is new: say in this test what it may depend on"));
        seen.insert(name.to_owned());
        for dependency in package["dependencies"].as_array().unwrap() {
            let dependency = dependency["name"].as_str().unwrap();
            if dependency.starts_with("sunder-") {
                assert!(
                    allowed.contains(&dependency),
                    "{name} must not depend on {dependency}"
                );
            }
        }
    }
    for core in [
        "sunder-formats",
        "sunder-store",
        "sunder-api",
        "sunder-cli",
        "sunder-desktop",
    ] {
        assert!(seen.contains(core), "{core} is missing from the workspace");
    }
}

#[test]
fn nothing_under_crates_names_tauri() {
    for path in files(&top().join("src-tauri/crates"), &[".rs", "Cargo.toml"]) {
        let text = fs::read_to_string(&path).unwrap();
        for (index, line) in text.lines().enumerate() {
            let named = line.contains("tauri::") || line.contains("tauri-") || line.starts_with("tauri");
            assert!(!named, "{}:{} names Tauri", path.display(), index + 1);
        }
    }
}

#[test]
fn only_platform_imports_tauri_in_the_interface() {
    let source = top().join("ui/src");
    let platform = source.join("platform");
    let all = files(&source, &[".ts", ".svelte", ".js"]);
    assert!(!all.is_empty());
    for path in all.iter().filter(|path| !path.starts_with(&platform)) {
        let text = fs::read_to_string(path).unwrap();
        assert!(
            !text.contains("@tauri-apps"),
            "{} imports @tauri-apps",
            path.display()
        );
    }
}
