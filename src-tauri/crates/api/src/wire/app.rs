//! Starting, and what is remembered on this machine.

use std::collections::BTreeMap;

use super::session::SessionView;
use super::study::StudyView;
use super::wire;

wire! {
    /// A request that says nothing.
    struct Nothing {}
}

wire! {
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "kebab-case")]
    enum Theme { #[default] System, Light, Dark }
}

wire! {
    /// How this machine likes it; never part of a study.
    struct Preferences {
        pub theme: Theme,
        /// Size of text in percent, 80 to 200.
        pub scale: u32,
        /// Action to chord, for keys that were changed.
        pub keys: BTreeMap<String, String>,
        /// Seconds to go back when playing goes on after a pause.
        pub rewind_on_resume_s: f64,
        /// Draw without the graphics card's buffers: less memory, needed by some drivers. Takes effect at the next start.
        pub plain_rendering: bool,
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            scale: 100,
            keys: BTreeMap::new(),
            rewind_on_resume_s: 0.0,
            plain_rendering: false,
        }
    }
}

wire! {
    /// A study that was open on this machine before.
    struct RecentStudy {
        pub path: String,
        pub name: String,
        #[ts(type = "number")]
        pub opened_ms: i64,
        /// The file is where it was.
        pub present: bool,
    }
}

wire! {
    /// A start, with the paths of studies and transcripts that the program was given.
    #[derive(Default)]
    struct AppStart { #[serde(default)] pub paths: Vec<String> }
}

wire! {
    /// What the window needs first.
    struct AppStarted {
        pub version: String,
        pub preferences: Preferences,
        pub recent: Vec<RecentStudy>,
        /// The study that is open: the one given, the last one, or at first start the sample.
        pub study: Option<StudyView>,
        /// The session that was last open in it on this machine, so that the window need not ask for it.
        pub session: Option<SessionView>,
        /// Why the study that should be open is not.
        pub problem: Option<super::error::ApiError>,
        /// Transcript files the program was started with, waiting to be imported.
        pub to_import: Vec<String>,
        /// Where a new study is suggested to be kept.
        pub studies_folder: String,
    }
}

wire! { struct StudyPath { pub path: String, #[serde(default)] pub passphrase: Option<String> } }
wire! { struct NewStudy { pub path: String, pub name: String } }
