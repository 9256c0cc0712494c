//! The study that is open: opened, made, looked at, set up and checked.

mod care;
mod making;
mod open_study;
mod opening;
mod sample;
mod set_up;
mod tending;
mod view;

pub use care::{backup, verify};
pub use opening::{choose_person, close, create_sample, open, open_as, open_sample};
pub use set_up::{add_rater, set_rule, set_settings};
pub use view::view;

pub use making::{NewStudyFile, create, create_at, create_with};
pub(crate) use open_study::OpenStudy;
pub(crate) use opening::{open_at, open_or_make_sample};
pub(crate) use view::{current, current as current_view, rater_names, session_item};
