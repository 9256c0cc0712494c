//! A place to work: a folder and a home of its own for every test, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// Where a test works.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) said: String,
}

impl Ran {
    /// The run, which must have ended so.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:#?}"))
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        assert!(self.said.contains(words), "nobody says {words:?}: {self:#?}");
    }

    #[track_caller]
    pub(crate) fn prints(&self, words: &str) {
        assert!(self.out.contains(words), "nobody prints {words:?}: {self:#?}");
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("home")).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs `sunder` in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let home = self.path("home");
        let output = Command::new(env!("CARGO_BIN_EXE_sunder"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("HOME", &home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env_remove("XDG_DOCUMENTS_DIR")
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            said: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs and expects code 0.
    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str]) -> Ran {
        self.run(arguments).ended(0)
    }

    /// Runs with `--format json`, expects code 0 and returns what was printed.
    #[track_caller]
    pub(crate) fn data(&self, arguments: &[&str]) -> Value {
        let arguments: Vec<&str> = ["--format", "json"].iter().chain(arguments).copied().collect();
        self.done(&arguments).json()
    }

    /// A study with the sample's transcripts and nothing else.
    pub(crate) fn study_with_transcripts(&self, study: &str) {
        self.done(&["new", study]);
        for (case, number) in SESSIONS {
            let file = sample(&format!("transcripts/{}-{number}.txt", case.to_lowercase()));
            self.done(&[
                "import",
                study,
                &file,
                "--case",
                case,
                "--session",
                &number.to_string(),
            ]);
        }
    }
}

/// The sample's sessions.
pub(crate) const SESSIONS: &[(&str, u32)] = &[
    ("Ada", 1),
    ("Ada", 2),
    ("Ada", 3),
    ("Ada", 4),
    ("Bruno", 1),
    ("Bruno", 2),
];

/// The top of the repository.
pub(crate) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .canonicalize()
        .unwrap()
}

/// A file of the sample study.
pub(crate) fn sample(name: &str) -> String {
    top().join("sample").join(name).display().to_string()
}

/// A fixture that all crates share.
pub(crate) fn fixture(name: &str) -> String {
    top().join("tests/fixtures").join(name).display().to_string()
}

/// A real file that may not be shipped; `None`, and said, where it is not on this machine.
pub(crate) fn real_file(name: &str) -> Option<String> {
    let path = std::env::var_os("SUNDER_SAMPLES")
        .map(|folder| Path::new(&folder).join(name))
        .filter(|path| path.is_file());
    if path.is_none() {
        eprintln!("not run: no samples");
    }
    path.map(|path| path.display().to_string())
}

/// Fails unless the value validates against the committed schema.
#[track_caller]
pub(crate) fn validates(value: &Value, schema: &str) {
    let text = std::fs::read_to_string(top().join(format!("schemas/json/{schema}.schema.json"))).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "not a {schema}: {errors:#?}");
}
