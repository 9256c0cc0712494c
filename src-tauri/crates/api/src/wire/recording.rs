//! Recordings of sessions: linking, finding again, playing, their waveform, and times tapped to them.

use sunder_domain::{OperationId, SessionId};

use super::agreement::JobState;
use super::error::ApiError;
use super::wire;

wire! {
    /// Whether the file of a recording is where it was linked, or found.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum RecordingState { There, Missing, Changed }
}

wire! {
    /// The recording of a session.
    struct RecordingView {
        pub state: RecordingState,
        /// Where it plays, as long as the study is open; absent where its file is not there, or there is no window.
        pub url: Option<String>,
        /// There is a picture, and this person may see it.
        pub video: bool,
        pub duration_ms: u32,
        /// Where it begins on the session's clock, ms; negative where it began before.
        pub offset_ms: i32,
        /// The file as it was linked; absent for raters, whom its name may tell the case.
        pub file: Option<String>,
    }
}

wire! {
    /// What a recording is linked to.
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum RecordingTarget {
        /// A session that is there; what it was linked to before it is no longer.
        Session { session_id: SessionId },
        /// A session that is made for it, without a transcript; without a number, the next free one.
        New {
            case: String,
            #[serde(default)]
            #[ts(optional)]
            number: Option<u32>,
        },
    }
}

wire! { struct LinkRecording { pub path: String, pub target: RecordingTarget, pub offset_ms: i32 } }
wire! { struct FindRecording { pub session_id: SessionId, pub path: String } }
wire! { struct SetRecordingOffset { pub op: OperationId, pub session_id: SessionId, pub offset_ms: i32 } }
wire! { struct UnlinkRecording { pub op: OperationId, pub session_id: SessionId } }
wire! { struct RecordingQuestion { pub session_id: SessionId } }

wire! {
    #[derive(Copy, Eq)]
    struct RecordingJob { pub job_id: u32 }
}

wire! {
    /// How far a file was read, and what came of it.
    struct RecordingProgress {
        pub job_id: u32,
        pub state: JobState,
        /// 0 to 1.
        pub done: f64,
        /// When it is done: the session that has the recording.
        pub session_id: Option<SessionId>,
        /// When it is done and something is odd.
        pub warning: Option<String>,
        /// When a waveform is done.
        pub waveform: Option<Waveform>,
        /// When it failed.
        pub problem: Option<ApiError>,
    }
}

wire! {
    /// How loud a recording is, from its beginning.
    struct Waveform {
        /// Largest amplitude of each of so many equal parts, of 255; 4,000 at most.
        pub peaks: Vec<u8>,
        /// Length of all parts together, ms.
        pub duration_ms: u32,
    }
}

wire! {
    /// Where turns start, tapped while the recording plays: of the first so many turns, ms on the session's clock.
    struct Taps { pub session_id: SessionId, pub starts: Vec<u32> }
}
wire! { struct TappedTimes { pub starts: Vec<u32> } }
wire! {
    struct SaveTaps {
        pub op: OperationId,
        pub session_id: SessionId,
        /// Of the transcript whose turns were tapped: where another one is the newest, nothing is saved.
        pub version: u32,
        pub starts: Vec<u32>,
    }
}
