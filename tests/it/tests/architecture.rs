//! Guards what may know what: `domain ← {formats, store} ← api ← {src-tauri, cli}`; `agreement`, `media ← api`; no crate
//! under `src-tauri/crates` knows Tauri, in the interface only `platform/` does; SQL is the store's alone.
//!
//! Every guard is a function over text, so that each is shown to catch what it is there for.

use std::fs;
use std::path::{Path, PathBuf};

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
    // The domain's words stand in the api's requests and replies.
    ("sunder-cli", &["sunder-api", "sunder-domain"]),
    ("sunder-desktop", &["sunder-api", "sunder-domain"]),
];

/// Crates that only the store may name.
const DATABASES: &[&str] = &["rusqlite", "libsqlite3-sys", "sqlx", "diesel"];

/// How a statement begins. Upper case, as SQL is written here.
const STATEMENTS: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "DROP TABLE ",
    "ALTER TABLE ",
    "PRAGMA ",
];

/// The name of a package and everything it depends on, in all its dependency tables, also the renamed and the
/// platforms' own.
fn package(manifest: &str) -> (String, Vec<String>) {
    let mut name = String::new();
    let mut dependencies = Vec::new();
    let mut table = String::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            table = head.trim_end_matches(']').to_owned();
            // `[dependencies.sunder-api]` is a table of its own.
            if let Some((kind, dependency)) = table.rsplit_once('.')
                && kind.ends_with("dependencies")
            {
                dependencies.push(dependency.to_owned());
            }
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let key = key.trim().split('.').next().unwrap_or_default().trim_matches('"');
        if table == "package" && key == "name" {
            name = value.trim().trim_matches('"').to_owned();
        }
        if table.ends_with("dependencies") {
            let renamed = value
                .split_once("package")
                .and_then(|(_, rest)| rest.split('"').nth(1));
            dependencies.push(renamed.unwrap_or(key).to_owned());
        }
    }
    (name, dependencies)
}

/// The arrows of a manifest that point where they may not.
fn wrong_arrows(manifest: &str) -> Vec<String> {
    let (name, dependencies) = package(manifest);
    let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
        return vec![format!("{name} is new: say in this test what it may depend on")];
    };
    dependencies
        .iter()
        .filter(|dependency| dependency.starts_with("sunder-") && !allowed.contains(&dependency.as_str()))
        .map(|dependency| format!("{name} must not depend on {dependency}"))
        .collect()
}

/// The lines (from 1) that name Tauri in code; a comment may say why it is left out.
fn lines_with_tauri(text: &str) -> Vec<usize> {
    lines(text, |line| {
        let line = line.trim_start();
        let comment = ["//", "#", "*"].iter().any(|sign| line.starts_with(sign));
        !comment
            && words(line)
                .any(|word| word == "tauri" || word.starts_with("tauri_") || word.starts_with("tauri-"))
            && !line.contains("src-tauri")
    })
}

/// The lines (from 1) that name the Tauri packages of the interface.
fn lines_with_tauri_packages(text: &str) -> Vec<usize> {
    lines(text, |line| line.contains("@tauri-apps"))
}

/// The lines (from 1) that name a database or hold a statement.
fn lines_with_sql(text: &str) -> Vec<usize> {
    lines(text, |line| {
        let statement = |found: &str| line.match_indices(found).any(|(at, _)| quoted(line, at));
        words(line).any(|word| DATABASES.contains(&word)) || STATEMENTS.iter().any(|found| statement(found))
    })
}

/// Whether a quotation mark stands right before the place, blanks aside.
fn quoted(line: &str, at: usize) -> bool {
    line.get(..at)
        .is_some_and(|before| before.trim_end().ends_with('"'))
}

fn lines(text: &str, wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| wanted(line))
        .map(|(index, _)| index + 1)
        .collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '-' | '@')))
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// The files under `folder` that end in one of `endings`, generated and fetched ones left out.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![top().join(folder)];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | "node_modules" | "dist" | "gen") {
                    open.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing to look at under {folder}");
    found
}

/// Fails with every place that the guard finds.
fn none_in(files: &[PathBuf], guard: fn(&str) -> Vec<usize>, says: &str) {
    let places: Vec<String> = files
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            guard(&text)
                .into_iter()
                .map(move |line| format!("{}:{line} {says}", path.display()))
        })
        .collect();
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn no_arrow_points_back() {
    let mut manifests = files("src-tauri/crates", &["Cargo.toml"]);
    manifests.push(top().join("src-tauri/Cargo.toml"));
    let mut seen = Vec::new();
    for path in manifests {
        let manifest = fs::read_to_string(&path).unwrap();
        assert_eq!(
            wrong_arrows(&manifest),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
        seen.push(package(&manifest).0);
    }
    for core in ["domain", "formats", "store", "api", "cli", "desktop"] {
        assert!(
            seen.contains(&format!("sunder-{core}")),
            "{core} is missing from {seen:?}"
        );
    }
}

#[test]
fn an_arrow_that_points_back_is_caught() {
    let check =
        |manifest: &str, expected: &[&str]| assert_eq!(wrong_arrows(manifest), expected, "{manifest}");
    let domain = "[package]\nname = \"sunder-domain\"\n";
    check(domain, &[]);
    check(
        &format!("{domain}[dependencies]\nserde = \"1\"\n# sunder-api is above\n"),
        &[],
    );
    let back = ["sunder-domain must not depend on sunder-store"];
    check(
        &format!("{domain}[dependencies]\nsunder-store = {{ workspace = true }}\n"),
        &back,
    );
    check(
        &format!("{domain}[dependencies]\nsunder-store.workspace = true\n"),
        &back,
    );
    check(
        &format!("{domain}[dev-dependencies]\nsunder-store = {{ path = \"../store\" }}\n"),
        &back,
    );
    check(
        &format!("{domain}[dependencies.sunder-store]\nworkspace = true\n"),
        &back,
    );
    check(
        &format!("{domain}[dependencies]\nfiles = {{ path = \"../store\", package = \"sunder-store\" }}\n"),
        &back,
    );
    check(
        &format!("{domain}[target.'cfg(unix)'.build-dependencies]\nsunder-store = \"0\"\n"),
        &back,
    );
    check(
        "[package]\nname = \"sunder-formats\"\n[dependencies]\nsunder-domain = \"0\"\nsunder-store = \"0\"\n",
        &["sunder-formats must not depend on sunder-store"],
    );
    check(
        "[package]\nname = \"sunder-cli\"\n[dependencies]\nsunder-store = \"0\"\n",
        &["sunder-cli must not depend on sunder-store"],
    );
    check(
        "[package]\nname = \"sunder-helper\"\n",
        &["sunder-helper is new: say in this test what it may depend on"],
    );
}

#[test]
fn nothing_under_crates_names_tauri() {
    none_in(
        &files("src-tauri/crates", &[".rs", "Cargo.toml"]),
        lines_with_tauri,
        "names Tauri",
    );
}

#[test]
fn a_crate_that_names_tauri_is_caught() {
    assert_eq!(lines_with_tauri("//! no tauri here\nuse tauri::State;\n"), [2]);
    assert_eq!(
        lines_with_tauri("[dependencies]\ntauri = \"2\"\ntauri-plugin-dialog = \"2\"\n"),
        [2, 3]
    );
    assert_eq!(
        lines_with_tauri("fn f(app: &tauri::App) {}\ntauri_build::build()\n"),
        [1, 2]
    );
    assert_eq!(
        lines_with_tauri("let path = \"src-tauri/crates\";\nlet centaurian = 1;\n"),
        [0_usize; 0]
    );
}

#[test]
fn only_platform_imports_tauri_in_the_interface() {
    let platform = top().join("ui/src/platform");
    let all: Vec<PathBuf> = files("ui/src", &[".ts", ".svelte", ".js"])
        .into_iter()
        .filter(|path| !path.starts_with(&platform))
        .collect();
    none_in(&all, lines_with_tauri_packages, "imports @tauri-apps");
}

#[test]
fn a_view_that_imports_tauri_is_caught() {
    let view = "<script lang=\"ts\">\n  import { invoke } from '@tauri-apps/api/core';\n</script>\n";
    assert_eq!(lines_with_tauri_packages(view), [2]);
    assert_eq!(
        lines_with_tauri_packages("const api = await import('@tauri-apps/api');"),
        [1]
    );
    assert_eq!(
        lines_with_tauri_packages("import { platform } from '../platform';"),
        [0_usize; 0]
    );
}

#[test]
fn sql_is_the_stores_alone() {
    let store = top().join("src-tauri/crates/store");
    let all: Vec<PathBuf> = files("src-tauri", &[".rs", "Cargo.toml"])
        .into_iter()
        .filter(|path| !path.starts_with(&store))
        .collect();
    none_in(&all, lines_with_sql, "holds SQL");
}

#[test]
fn sql_elsewhere_is_caught() {
    assert_eq!(lines_with_sql("use rusqlite::Connection;\nlet rows = 1;\n"), [1]);
    assert_eq!(
        lines_with_sql("[dependencies]\nrusqlite = { workspace = true }\n"),
        [2]
    );
    assert_eq!(lines_with_sql("db.execute(\"DELETE FROM turn\", [])\n"), [1]);
    assert_eq!(lines_with_sql("let sql = \" SELECT id FROM turn\";\n"), [1]);
    assert_eq!(
        lines_with_sql("/// SELECT is what a person does\nlet say = \"choose: SELECT one\";\n"),
        [0_usize; 0]
    );
}
