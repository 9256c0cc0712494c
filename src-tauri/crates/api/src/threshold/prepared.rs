//! One source under one rule, ready to be dragged: what each conflict is at every cut, and the counts of all of them.

use std::collections::BTreeMap;

use sunder_domain::{Class, Ladder, Rule, Standing, class_of, standing};

use super::basis::HeldSource;
use super::scale::Scale;
use super::tally::Tally;

/// One source under one rule.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) standings: Vec<Standing>,
    /// Classes under the base rule.
    pub(crate) base: Vec<Class>,
    pub(crate) ladder: Ladder,
    pub(crate) tally: Tally,
    pub(crate) scale: Scale,
    /// Build-ups that are proposed where so many rungs are strains, as far as they were asked for.
    proposed: BTreeMap<usize, Option<u32>>,
}

impl Prepared {
    pub(crate) fn of(source: &HeldSource, rule: &Rule, base: &Rule, move_exceptions: bool) -> Self {
        let standings: Vec<Standing> = source
            .conflicts
            .iter()
            .map(|held| held.asked(|facts| standing(rule, facts, move_exceptions)))
            .collect();
        let base: Vec<Class> = source
            .conflicts
            .iter()
            .map(|held| held.asked(|facts| class_of(base, facts).0))
            .collect();
        let ladder = Ladder::of(standings.iter().map(|standing| standing.course));
        let scores: Vec<Option<f64>> = standings.iter().map(|standing| standing.score).collect();
        let scale = Scale::of(rule);
        Self {
            tally: Tally::of(&source.conflicts, &scores, &base, &ladder, scale),
            standings,
            base,
            ladder,
            scale,
            proposed: BTreeMap::new(),
        }
    }

    /// Build-ups that the rule proposes at a cut. Where they are not known yet they are found only if `whole` asks for
    /// it: that takes longer than a frame over a large study.
    pub(crate) fn proposed(
        &mut self,
        source: &HeldSource,
        rule: &Rule,
        cut: f64,
        whole: bool,
    ) -> Option<u32> {
        let strains = self.ladder.strains_below(cut);
        if let Some(known) = self.proposed.get(&strains) {
            return *known;
        }
        if !whole {
            return None;
        }
        let found = source.proposed(rule, |place| {
            self.standings
                .get(place)
                .map_or(Class::Unscored, |standing| standing.course.class_at(cut))
        });
        self.proposed.insert(strains, found);
        found
    }
}
