//! Everything a rater can do to a coding. Each act goes through `act`: may this person write, what changes, one
//! operation, and what the screen must hear of it.

mod act;
mod carry;
mod conflicts;
mod markers;
mod moments;
mod positions;
mod step_words;
mod submission;
mod undoing;
mod view;
mod working;

pub use carry::{carry, on_older_versions, preview_carry};
pub use conflicts::{change_conflict, dismiss_accumulation, join_conflicts, part_marker};
pub use markers::{add_marker, change_marker, delete_marker};
pub use moments::{add_coverage, delete_note, put_note, set_nothing_here, set_rating};
pub use submission::{check_submission, reopen, submit};
pub use undoing::{redo, undo};

pub(crate) use conflicts::edit as edit_conflict;
pub(crate) use markers::kind_of;
pub(crate) use positions::{inward, outward};
pub(crate) use step_words::step_words;
pub(crate) use view::{
    Eyes, Judged, accumulation_views, coding_view, conflict_view, judge, marker_view, session_label, totals,
};
pub(crate) use working::{Index, Sibling, Touched, Working};
