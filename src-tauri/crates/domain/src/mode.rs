//! The mode of a conflict: how it shows. Derived from its markers, never kept.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How a conflict shows.
    Mode {
        /// Moving away.
        Withdrawal = "withdrawal",
        /// Moving against.
        Confrontation = "confrontation",
        /// Both at once or in turn.
        Mixed = "mixed",
        /// Neither: only a failure of care was marked, or nothing yet.
        None = "none",
    }
}

/// The mode of a conflict whose conflict markers belong to the given families (by their keys).
#[must_use]
pub fn mode_of<'a>(families: impl IntoIterator<Item = &'a str>) -> Mode {
    let (mut withdrawal, mut confrontation) = (false, false);
    for family in families {
        withdrawal |= family == "withdrawal";
        confrontation |= family == "confrontation";
    }
    match (withdrawal, confrontation) {
        (true, true) => Mode::Mixed,
        (true, false) => Mode::Withdrawal,
        (false, true) => Mode::Confrontation,
        (false, false) => Mode::None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode, mode_of};

    #[test]
    fn the_mode_follows_from_the_families() {
        let check = |families: &[&str], expected| assert_eq!(mode_of(families.iter().copied()), expected);
        check(&[], Mode::None);
        check(&["failure-of-care"], Mode::None);
        check(&["withdrawal", "failure-of-care"], Mode::Withdrawal);
        check(&["confrontation", "confrontation"], Mode::Confrontation);
        check(&["confrontation", "withdrawal"], Mode::Mixed);
    }
}
