//! Consensus: codings frozen as they stand, item after item settled into a coding of the lead's own, rulings, and what
//! counts in results.
//!
//! All of it is the lead's. Invariants: an original is never written to; what is compared and settled is what was frozen;
//! every act on a consensus is one operation, so that one undo takes it back.

mod content;
mod draft;
mod items;
mod links;
mod opening;
mod originals;
mod overview;
mod record;
mod rulings;
mod settling;
mod table;
mod view;

pub use opening::open;
pub use overview::{list, session};
pub use record::set as set_record;
pub use rulings::{add as add_ruling, edit as edit_ruling, remove as remove_ruling};
pub use settling::{redo, settle, settle_agreed, settle_rest, undo, unsettle};

pub(crate) use originals::{compared, state_since};
pub(crate) use record::{RecordedCoding, Records, is_of_record, record_view};
pub(crate) use rulings::ruling_views;
pub(crate) use table::lead;
pub(crate) use view::excerpt;
