//! Counts of one coding under a rule. No figure called ruptures holds strains, and raters are never added up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::classify::Class;
use crate::conflict::Conflict;

/// `conflicts` and its parts, and beside them what is no part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// All conflicts: ruptures, strains and unscored together.
    pub conflicts: u32,
    pub ruptures: u32,
    pub strains: u32,
    pub unscored: u32,
    /// Ruptures that a person linked to the strains they were built from (S6).
    pub ruptures_built_from: u32,
    pub accumulations_proposed: u32,
    /// Work done: markers of every family.
    pub markers: u32,
}

/// Totals of one coding, or of a session's coding of record.
#[must_use]
pub fn totals<'a>(
    classified: impl IntoIterator<Item = (&'a Conflict, Class)>,
    accumulations_proposed: usize,
    markers: usize,
) -> Totals {
    let mut totals = Totals {
        accumulations_proposed: u32::try_from(accumulations_proposed).unwrap_or(u32::MAX),
        markers: u32::try_from(markers).unwrap_or(u32::MAX),
        ..Totals::default()
    };
    for (conflict, class) in classified {
        totals.conflicts += 1;
        match class {
            Class::Rupture => {
                totals.ruptures += 1;
                totals.ruptures_built_from += u32::from(!conflict.built_from.is_empty());
            }
            Class::Strain => totals.strains += 1,
            Class::Unscored => totals.unscored += 1,
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::{Totals, totals};
    use crate::classify::Class;
    use crate::conflict::Conflict;
    use crate::id::ConflictId;

    #[test]
    fn ruptures_and_strains_are_counted_apart() {
        let plain = Conflict::new(ConflictId::new("a").expect("an id"));
        let mut built = plain.clone();
        built.built_from.push(ConflictId::new("b").expect("an id"));
        let counted = totals(
            [
                (&plain, Class::Rupture),
                (&built, Class::Rupture),
                (&built, Class::Strain),
                (&plain, Class::Unscored),
                (&plain, Class::Strain),
            ],
            2,
            9,
        );
        assert_eq!(
            counted,
            Totals {
                conflicts: 5,
                ruptures: 2,
                strains: 2,
                unscored: 1,
                ruptures_built_from: 1,
                accumulations_proposed: 2,
                markers: 9,
            }
        );
        assert_eq!(totals([], 0, 0), Totals::default());
    }
}
