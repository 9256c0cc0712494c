//! The threshold: rules of the study, what a rule makes of its conflicts at every cut, two rules side by side, the sweep.
//!
//! The conflicts that were read have places, counted from 0; what is dragged speaks of places, and their rows are
//! fetched when they are to be seen.

mod rules;
mod sweep;
mod view;

pub use rules::*;
pub use sweep::*;
pub use view::*;
