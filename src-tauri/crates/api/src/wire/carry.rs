//! Carrying a coding over to a corrected transcript: what would happen, and doing it.

use sunder_domain::{CodingId, Doubt, MarkerId, OperationId};

use super::wire;

wire! {
    /// One marker that is not certain where it belongs.
    struct UncertainMarker {
        pub marker_id: MarkerId,
        /// Name of its code.
        pub code: String,
        pub doubt: Doubt,
        /// Where it starts on the new version, ms.
        pub at_ms: u32,
        /// What it marks on the version it was made on.
        pub before: String,
        /// What it would mark on the new one.
        pub after: String,
    }
}

wire! {
    /// What carrying a coding over would do; nothing is written yet.
    struct CarryPreview {
        /// The session as this person may know it: `Ada · 3`, or its code.
        pub session: String,
        pub from_version: u32,
        pub to_version: u32,
        /// How many markers the coding has.
        pub markers: u32,
        /// How many stand elsewhere in the new version.
        pub moved: u32,
        /// Turns start at other times: windows, notes and what was seen keep theirs.
        pub times_moved: bool,
        /// In the order of the session.
        pub uncertain: Vec<UncertainMarker>,
    }
}

wire! {
    struct CarryCoding {
        pub op: OperationId,
        pub coding_id: CodingId,
        /// The version that was previewed.
        pub version: u32,
        /// Uncertain markers are flagged "to discuss".
        #[serde(default)]
        pub flag: bool,
    }
}
