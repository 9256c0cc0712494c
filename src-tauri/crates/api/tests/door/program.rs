//! A program in a folder of its own, driven through the door like the window does it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sunder_api::wire::Notice;
use sunder_api::{ApiError, App, Environment, dispatch};

pub(crate) struct Program {
    pub(crate) app: App,
    pub(crate) folder: tempfile::TempDir,
}

impl Program {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            app: App::new(environment(folder.path())),
            folder,
        }
    }

    /// The same machine after a restart.
    pub(crate) fn restart(self) -> Self {
        let Self { app, folder } = self;
        drop(app);
        Self {
            app: App::new(environment(folder.path())),
            folder,
        }
    }

    pub(crate) fn call(&mut self, name: &str, payload: Value) -> Value {
        self.try_call(name, payload)
            .unwrap_or_else(|error| panic!("{name}: {:?} {}", error.code, error.message))
    }

    pub(crate) fn try_call(&mut self, name: &str, payload: Value) -> Result<Value, ApiError> {
        dispatch(&mut self.app, name, payload)
    }

    /// Lets what nobody waits for be done until something is to be heard, or `done`.
    pub(crate) fn tend(&mut self, done: impl Fn() -> bool) -> Vec<Notice> {
        let until = Instant::now() + Duration::from_secs(60);
        while Instant::now() < until {
            let notices = self.app.idle();
            if !notices.is_empty() || done() {
                return notices;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("nothing was heard and nothing done for a minute");
    }

    /// Opens the sample study as it opens for a newcomer.
    pub(crate) fn sample() -> (Self, Value) {
        let mut program = Self::new();
        let study = program.call("app_start", json!({}))["study"].clone();
        (program, study)
    }
}

fn environment(folder: &std::path::Path) -> Environment {
    Environment {
        data_folder: folder.join("data"),
        studies_folder: folder.join("studies"),
    }
}

pub(crate) fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The session with this label.
pub(crate) fn session<'a>(study: &'a Value, label: &str) -> &'a Value {
    study["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|session| session["label"] == label)
        .unwrap()
}

/// Marks a whole turn with a conflict code; marker and conflict ids.
pub(crate) fn tag(program: &mut Program, view: &Value, turn: usize, code: &str) -> (String, String) {
    let (marker, conflict) = (id(), id());
    let length = view["transcript"]["turns"][turn]["text"]
        .as_str()
        .unwrap()
        .encode_utf16()
        .count();
    program.call(
        "marker_add",
        json!({ "op": id(), "coding_id": view["coding"]["id"], "marker_id": marker, "conflict_id": conflict,
                "segment": { "kind": "text", "start": { "turn": turn, "unit": 0 }, "end": { "turn": turn, "unit": length } },
                "code": code }),
    );
    (marker, conflict)
}
