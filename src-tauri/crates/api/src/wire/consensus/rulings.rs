//! What the lead decided about an entry of the codebook.

use sunder_domain::{OperationId, Role, RulingId, SessionId};

use super::super::wire;
use crate::wire::SegmentView;

wire! {
    /// A turn's part in a passage.
    struct PassageTurn { pub role: Role, pub text: String }
}

wire! {
    /// Where a ruling comes from.
    struct PassageView {
        pub words: Vec<PassageTurn>,
        /// Absent, with what follows, where the person may not know the session.
        pub session_id: Option<SessionId>,
        pub label: Option<String>,
        pub segment: Option<SegmentView>,
    }
}

wire! {
    /// What the lead decided about an entry of the codebook; every rater sees it from then on.
    struct RulingView {
        pub id: RulingId,
        /// Key of a code, a family or a rating.
        pub entry: String,
        pub text: String,
        pub at_ms: i64,
        pub passage: Option<PassageView>,
    }
}

wire! { struct PassageChoice { pub session_id: SessionId, pub segment: SegmentView } }

wire! {
    struct AddRuling {
        pub op: OperationId,
        pub entry: String,
        pub text: String,
        #[serde(default)]
        pub passage: Option<PassageChoice>,
    }
}

wire! { struct EditRuling { pub op: OperationId, pub ruling_id: RulingId, pub text: String } }

wire! { struct RemoveRuling { pub op: OperationId, pub ruling_id: RulingId } }
