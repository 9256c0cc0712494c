//! Everything at one cut, from sums that were made before: a step of the drag.

use sunder_domain::{Class, Mode, Relationship};

use super::basis::count;
use super::prepared::Prepared;
use super::tally::{MODES, Tally, mode_place, relationship_place};
use crate::wire::{ClassCounts, ClassMove, ModeShare, RelationshipShare, Skew};

/// As many changes are told with a step.
const NEAR: usize = 100;

/// So many scored conflicts of a mode, and of the others, are needed before a warning.
const ENOUGH: u32 = 5;

/// Modes in the order of their places.
const MODE_ORDER: [Mode; MODES] = [Mode::Withdrawal, Mode::Confrontation, Mode::Mixed, Mode::None];

const RELATIONSHIP_ORDER: [Option<Relationship>; 4] = [
    Some(Relationship::Alliance),
    Some(Relationship::Real),
    Some(Relationship::Both),
    None,
];

impl ClassCounts {
    fn of(count: impl Fn(Class) -> u32) -> Self {
        Self {
            ruptures: count(Class::Rupture),
            strains: count(Class::Strain),
            unscored: count(Class::Unscored),
        }
    }

    /// All conflicts: the parts together.
    pub(crate) const fn conflicts(self) -> u32 {
        self.ruptures + self.strains + self.unscored
    }
}

pub(crate) fn counts(tally: &Tally, strains: usize) -> ClassCounts {
    ClassCounts::of(|class| (0..MODES).map(|mode| tally.of_mode(strains, mode, class)).sum())
}

pub(crate) fn modes(tally: &Tally, strains: usize) -> Vec<ModeShare> {
    MODE_ORDER
        .iter()
        .map(|mode| ModeShare {
            mode: *mode,
            counts: ClassCounts::of(|class| tally.of_mode(strains, mode_place(*mode), class)),
        })
        .collect()
}

pub(crate) fn relationships(tally: &Tally, strains: usize) -> Vec<RelationshipShare> {
    RELATIONSHIP_ORDER
        .iter()
        .map(|relationship| RelationshipShare {
            relationship: *relationship,
            counts: ClassCounts::of(|class| {
                tally.of_relationship(strains, relationship_place(*relationship), class)
            }),
        })
        .collect()
}

/// For each bar, for each mode: ruptures, strains, unscored.
pub(crate) fn heights(prepared: &Prepared, strains: usize) -> Vec<[[u32; 3]; 4]> {
    (0..prepared.scale.bars)
        .map(|bar| {
            [0, 1, 2, 3].map(|mode| {
                [Class::Rupture, Class::Strain, Class::Unscored]
                    .map(|class| prepared.tally.height(strains, bar, mode, class))
            })
        })
        .collect()
}

/// The mode that loses most, where its share of ruptures is less than half of the others'.
pub(crate) fn skew(modes: &[ModeShare]) -> Option<Skew> {
    let scored = |counts: &ClassCounts| counts.ruptures + counts.strains;
    let all: (u32, u32) = modes.iter().fold((0, 0), |(ruptures, all), share| {
        (ruptures + share.counts.ruptures, all + scored(&share.counts))
    });
    modes
        .iter()
        .filter(|share| matches!(share.mode, Mode::Withdrawal | Mode::Confrontation))
        .map(|share| Skew {
            mode: share.mode,
            ruptures: share.counts.ruptures,
            scored: scored(&share.counts),
            others_ruptures: all.0 - share.counts.ruptures,
            others_scored: all.1 - scored(&share.counts),
        })
        .filter(|skew| {
            let own = u64::from(skew.ruptures) * u64::from(skew.others_scored) * 2;
            let others = u64::from(skew.others_ruptures) * u64::from(skew.scored);
            skew.scored >= ENOUGH && skew.others_scored >= ENOUGH && own < others
        })
        .min_by(|one, other| share(one).total_cmp(&share(other)))
}

fn share(skew: &Skew) -> f64 {
    f64::from(skew.ruptures) / f64::from(skew.scored.max(1))
}

/// What changed against the base rule; empty moves are left out.
pub(crate) fn moves(tally: &Tally, strains: usize) -> Vec<ClassMove> {
    let mut moves = Vec::new();
    for from in Class::ALL {
        for to in Class::ALL.iter().filter(|to| *to != from) {
            let modes = [0, 1, 2, 3].map(|mode| tally.moved(strains, *from, *to, mode));
            let conflicts = modes.iter().sum();
            if conflicts > 0 {
                moves.push(ClassMove {
                    from: *from,
                    to: *to,
                    conflicts,
                    modes,
                });
            }
        }
    }
    moves
}

/// Conflicts near the line.
pub(crate) struct Near {
    pub(crate) places: Vec<u32>,
    pub(crate) total: u32,
    pub(crate) between: [f64; 2],
    pub(crate) changed: bool,
}

/// The conflicts that changed, the nearest to the line first; where none did, those that the next higher cut would
/// change. `base_cut` is the base rule's own.
pub(crate) fn near(prepared: &Prepared, cut: f64, base_cut: f64, changed: u32) -> Near {
    let strains = prepared.ladder.strains_below(cut);
    if changed == 0 {
        return next(prepared, cut, strains);
    }
    let mut places = Vec::new();
    let rungs = prepared.ladder.rungs();
    let (mut below, mut above) = (strains, strains);
    while places.len() < NEAR && (below > 0 || above < rungs.len()) {
        let down = below.checked_sub(1).and_then(|place| rungs.get(place));
        let up = rungs.get(above);
        let goes_down = match (down, up) {
            (Some(down), Some(up)) => cut - down.up_to <= up.up_to - cut,
            (down, _) => down.is_some(),
        };
        let (at, now) = if goes_down {
            below -= 1;
            (below, Class::Strain)
        } else {
            above += 1;
            (above - 1, Class::Rupture)
        };
        // A rung without a change may have many members: they are not gone through.
        if prepared.tally.changed_in(at, now) == 0 {
            continue;
        }
        let members = rungs
            .get(at)
            .map(|rung| rung.members.as_slice())
            .unwrap_or_default();
        let changed = changed_among(prepared, members.iter().map(|place| (*place, now)));
        places.extend(changed.take(NEAR - places.len()));
    }
    let left = NEAR - places.len();
    places.extend(changed_among(prepared, prepared.ladder.fixed().iter().copied()).take(left));
    Near {
        places,
        total: changed,
        between: [cut.min(base_cut), cut.max(base_cut)],
        changed: true,
    }
}

fn changed_among(
    prepared: &Prepared,
    members: impl Iterator<Item = (u32, Class)>,
) -> impl Iterator<Item = u32> {
    members
        .filter(|(place, now)| {
            prepared
                .base
                .get(*place as usize)
                .is_some_and(|before| before != now)
        })
        .map(|(place, _)| place)
}

fn next(prepared: &Prepared, cut: f64, strains: usize) -> Near {
    let rungs = prepared.ladder.rungs();
    let rung = rungs.get(strains);
    // Above the rung's own cut lies the next one at which something changes, or the end of the bars.
    let to = rung.map(|rung| {
        rungs
            .get(strains + 1)
            .map_or(rung.up_to + prepared.scale.grid, |after| after.up_to)
    });
    Near {
        places: rung
            .map(|rung| rung.members.iter().copied().take(NEAR).collect())
            .unwrap_or_default(),
        total: rung.map_or(0, |rung| count(rung.members.len())),
        between: [cut, to.unwrap_or(cut)],
        changed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(mode: Mode, ruptures: u32, strains: u32) -> ModeShare {
        ModeShare {
            mode,
            counts: ClassCounts {
                ruptures,
                strains,
                unscored: 0,
            },
        }
    }

    #[test]
    fn a_cut_that_removes_one_mode_mostly_is_told() {
        let found = skew(&[share(Mode::Withdrawal, 1, 19), share(Mode::Confrontation, 10, 10)]).unwrap();
        assert_eq!(
            (found.mode, found.ruptures, found.scored, found.others_ruptures),
            (Mode::Withdrawal, 1, 20, 10)
        );
        assert_eq!(
            skew(&[share(Mode::Withdrawal, 5, 15), share(Mode::Confrontation, 10, 10)]),
            None,
            "half of the others' share is not less than half"
        );
        assert_eq!(
            skew(&[share(Mode::Withdrawal, 0, 4), share(Mode::Confrontation, 10, 10)]),
            None,
            "four are too few to tell"
        );
        assert_eq!(
            skew(&[share(Mode::Withdrawal, 0, 9), share(Mode::Confrontation, 0, 9)]),
            None
        );
    }
}
