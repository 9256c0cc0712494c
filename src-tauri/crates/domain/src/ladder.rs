//! Many conflicts under one rule, sorted by the highest cut at which each is still a rupture: one look tells what all of
//! them are at any cut, so that a cut can be dragged over a whole study.

use crate::classify::{Class, Course, reaches};

/// Conflicts that change from rupture to strain at the same cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// The highest cut at which they are ruptures.
    pub up_to: f64,
    /// Their places in the list that the ladder was made of, rising.
    pub members: Vec<u32>,
}

/// Conflicts by the cut at which they change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ladder {
    rungs: Vec<Rung>,
    fixed: Vec<(u32, Class)>,
}

impl Ladder {
    /// Sorts conflicts; a place in `courses` is how the ladder names each. More than `u32::MAX` are not looked at.
    #[must_use]
    pub fn of(courses: impl IntoIterator<Item = Course>) -> Self {
        let mut fixed = Vec::new();
        let mut moving: Vec<(f64, u32)> = Vec::new();
        for (place, course) in (0_u32..).zip(courses) {
            match course {
                Course::Always(class) => fixed.push((place, class)),
                Course::RuptureUpTo(up_to) => moving.push((up_to, place)),
            }
        }
        moving.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let mut rungs: Vec<Rung> = Vec::new();
        for (up_to, place) in moving {
            match rungs.last_mut() {
                // What differs by rounding alone changes at the same cut.
                Some(last) if reaches(last.up_to, up_to) => last.members.push(place),
                _ => rungs.push(Rung {
                    up_to,
                    members: vec![place],
                }),
            }
        }
        Self { rungs, fixed }
    }

    /// Rising; no two change at the same cut.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// Conflicts that no cut changes, with their class.
    #[must_use]
    pub fn fixed(&self) -> &[(u32, Class)] {
        &self.fixed
    }

    /// How many rungs are strains at a cut; those from there on are ruptures.
    #[must_use]
    pub fn strains_below(&self, cut: f64) -> usize {
        self.rungs.partition_point(|rung| !reaches(rung.up_to, cut))
    }

    /// Every cut at which something changes, rising: at each, its own rung is still a rupture.
    pub fn cuts(&self) -> impl Iterator<Item = f64> + '_ {
        self.rungs.iter().map(|rung| rung.up_to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Ladder;
    use crate::classify::{Class, Course};

    #[test]
    fn conflicts_that_differ_by_rounding_share_a_rung() {
        let third = 1.0 / 3.0;
        let ladder = Ladder::of([
            Course::RuptureUpTo(3.0),
            Course::Always(Class::Unscored),
            Course::RuptureUpTo(third * 9.0 - 1e-12),
            Course::RuptureUpTo(2.0),
        ]);
        let members: Vec<_> = ladder.rungs().iter().map(|rung| rung.members.clone()).collect();
        assert_eq!(members, [vec![3], vec![2, 0]]);
        assert_eq!(ladder.fixed(), [(1, Class::Unscored)]);
        assert_eq!(ladder.strains_below(2.0), 0);
        assert_eq!(ladder.strains_below(2.1), 1);
        assert_eq!(ladder.strains_below(3.0), 1);
        assert_eq!(ladder.strains_below(3.1), 2);
    }

    #[test]
    fn nothing_makes_a_ladder_without_rungs() {
        let ladder = Ladder::of([]);
        assert_eq!((ladder.rungs().len(), ladder.strains_below(3.0)), (0, 0));
    }

    fn course() -> impl Strategy<Value = Course> {
        prop_oneof![
            Just(Course::Always(Class::Rupture)),
            Just(Course::Always(Class::Strain)),
            Just(Course::Always(Class::Unscored)),
            (0_u32..60).prop_map(|step| Course::RuptureUpTo(f64::from(step) / 10.0)),
        ]
    }

    proptest! {
        #[test]
        fn a_ladder_says_what_each_course_says_and_ruptures_only_fall_as_the_cut_rises(
            courses in proptest::collection::vec(course(), 0..60),
            cuts in proptest::collection::vec(-1_i32..70, 1..12),
        ) {
            let ladder = Ladder::of(courses.iter().copied());
            let mut cuts: Vec<f64> = cuts.into_iter().map(|cut| f64::from(cut) / 10.0).collect();
            cuts.sort_by(f64::total_cmp);
            let mut before = usize::MAX;
            for cut in cuts {
                let expected: Vec<u32> = (0_u32..)
                    .zip(&courses)
                    .filter(|(_, course)| course.class_at(cut) == Class::Rupture)
                    .map(|(place, _)| place)
                    .collect();
                let mut found: Vec<u32> = ladder.rungs()[ladder.strains_below(cut)..]
                    .iter()
                    .flat_map(|rung| rung.members.iter().copied())
                    .chain(ladder.fixed().iter().filter(|(_, class)| *class == Class::Rupture).map(|(place, _)| *place))
                    .collect();
                found.sort_unstable();
                prop_assert_eq!(&found, &expected);
                prop_assert!(found.len() <= before);
                before = found.len();
            }
        }
    }
}
