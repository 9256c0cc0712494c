//! Settling what raters judged differently: one coding that lead and raters agree on.
//!
//! An *item* is one thing to settle: a matched conflict, another matched marker, a rating of the session or of a window.
//! A settlement remembers what was chosen and from which originals it came; the originals are never touched.

mod mean;
mod same;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use mean::{MeanConflict, StatedMean, highest_significance, mean_conflict, mean_score, mean_window};
pub use same::{same_conflict, same_marker};

use crate::id::{CodingId, ConflictId, MarkerId};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What kind of thing is settled.
    ItemKind {
        Conflict = "conflict", Marker = "marker", SessionRating = "session-rating", Window = "window",
    }
}

/// How an item was settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Choice {
    /// All originals said the same.
    Agreed,
    /// As one original has it; where that one has nothing, nothing is there.
    Take { coding_id: CodingId },
    /// Rounded means of the scores; all else from the member of the highest significance.
    Mean,
    /// Values of the lead's own.
    Edit {
        /// The original whose links it keeps; absent where the lead said what it links to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        links_of: Option<CodingId>,
    },
    /// Nothing is there.
    None,
}

impl Choice {
    /// The word that stands in tables.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Take { .. } => "take",
            Self::Mean => "mean",
            Self::Edit { .. } => "edit",
            Self::None => "none",
        }
    }
}

/// One original's part in an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ItemSource {
    pub coding_id: CodingId,
    /// The conflict's or marker's id; a rating's key; a window's start in ms.
    pub id: String,
}

/// What was decided about one item, and what it put into the consensus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// The item's name within its session; printable ASCII.
    pub item: String,
    pub kind: ItemKind,
    pub choice: Choice,
    /// Where it stood in the originals.
    pub sources: Vec<ItemSource>,
    /// The consensus's own conflict; absent where there is none.
    pub conflict: Option<ConflictId>,
    /// The consensus's own markers.
    pub markers: Vec<MarkerId>,
    /// Every score that is a mean, as it was before rounding.
    pub means: Vec<StatedMean>,
    pub reason: String,
    /// Who was there, in the lead's words.
    pub present: String,
    /// Unix ms.
    pub at_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::{Choice, CodingId};

    #[test]
    fn own_values_are_read_as_they_were_written_before_they_kept_links() {
        let written = r#"{"kind":"edit"}"#;
        let read: Choice = serde_json::from_str(written).unwrap();
        assert_eq!(read, Choice::Edit { links_of: None });
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
        let keeps = Choice::Edit {
            links_of: CodingId::new("one").ok(),
        };
        let written = serde_json::to_string(&keeps).unwrap();
        assert_eq!(written, r#"{"kind":"edit","links_of":"one"}"#);
        assert_eq!(serde_json::from_str::<Choice>(&written).unwrap(), keeps);
    }
}
