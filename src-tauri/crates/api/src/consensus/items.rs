//! What there is to settle in a session: conflicts of several raters that are one event, other markers likewise, ratings
//! of the session and of windows.

mod finding;

use sunder_domain::{
    Class, Conflict, ItemKind, ItemSource, Marker, Rule, Score, StatedMean, WindowRating, mean_conflict,
    mean_score, mean_window, same_conflict, same_marker,
};

use super::originals::Original;
use crate::coding::Index;
use crate::judgement;

pub(super) use finding::items;

/// What one original has to an item.
#[derive(Debug, Clone)]
pub(super) enum Part<'a> {
    Conflict(&'a Conflict, Vec<&'a Marker>),
    Marker(&'a Marker),
    Rating(Score),
    Window(&'a WindowRating),
}

impl<'a> Part<'a> {
    pub(super) fn markers(&self) -> Vec<&'a Marker> {
        match self {
            Self::Conflict(_, markers) => markers.clone(),
            Self::Marker(marker) => vec![*marker],
            Self::Rating(_) | Self::Window(_) => Vec::new(),
        }
    }
}

/// One thing to settle.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    /// Its name within the session. It follows from the parts alone, not from names of raters.
    pub(super) id: String,
    pub(super) kind: ItemKind,
    /// Key of the rating, for session ratings.
    pub(super) rating: Option<String>,
    pub(super) start_ms: u32,
    pub(super) end_ms: u32,
    /// One for each original, in their order.
    pub(super) parts: Vec<Option<Part<'a>>>,
    pub(super) sources: Vec<ItemSource>,
}

impl<'a> Item<'a> {
    fn new(
        originals: &[Original],
        kind: ItemKind,
        (start_ms, end_ms): (u32, u32),
        parts: Vec<Option<Part<'a>>>,
        name: impl Fn(&Part<'a>) -> String,
    ) -> Self {
        let mut sources: Vec<ItemSource> = originals
            .iter()
            .zip(&parts)
            .filter_map(|(original, part)| {
                Some(ItemSource {
                    coding_id: original.coding.id.clone(),
                    id: name(part.as_ref()?),
                })
            })
            .collect();
        sources.sort();
        let id = match (kind, sources.first()) {
            (ItemKind::SessionRating | ItemKind::Window, Some(first)) => format!("{kind}/{}", first.id),
            (_, Some(first)) => format!("{kind}/{}/{}", first.coding_id, first.id),
            (_, None) => kind.to_string(),
        };
        Self {
            id,
            kind,
            rating: None,
            start_ms,
            end_ms,
            parts,
            sources,
        }
    }

    /// Every original has it and says the same.
    pub(super) fn agreed(&self) -> bool {
        let present: Vec<&Part<'a>> = self.parts.iter().flatten().collect();
        if present.len() < 2 || present.len() < self.parts.len() {
            return false;
        }
        let conflicts: Vec<(&Conflict, &[&Marker])> = present
            .iter()
            .filter_map(|part| match part {
                Part::Conflict(conflict, markers) => Some((*conflict, markers.as_slice())),
                _ => None,
            })
            .collect();
        match self.kind {
            ItemKind::Conflict => same_conflict(&conflicts),
            ItemKind::Marker => {
                let markers: Vec<&Marker> = present.iter().flat_map(|part| part.markers()).collect();
                same_marker(&markers)
            }
            ItemKind::SessionRating => all_equal(present.iter().filter_map(|part| match part {
                Part::Rating(score) => Some(score),
                _ => None,
            })),
            ItemKind::Window => all_equal(present.iter().filter_map(|part| match part {
                Part::Window(window) => Some((&window.ratings, window.nothing_here)),
                _ => None,
            })),
        }
    }

    /// What "mean" would make of the scores.
    pub(super) fn means(&self) -> Vec<StatedMean> {
        match self.kind {
            ItemKind::Conflict => mean_conflict(&self.conflicts()).map(|mean| mean.means),
            ItemKind::SessionRating => {
                mean_score(self.rating.as_deref().unwrap_or_default(), &self.ratings())
                    .map(|(_, stated)| stated.into_iter().collect())
            }
            ItemKind::Window => mean_window(&self.windows()).map(|(_, means)| means),
            ItemKind::Marker => None,
        }
        .unwrap_or_default()
    }

    pub(super) fn conflicts(&self) -> Vec<&'a Conflict> {
        self.parts
            .iter()
            .flatten()
            .filter_map(|part| match part {
                Part::Conflict(conflict, _) => Some(*conflict),
                _ => None,
            })
            .collect()
    }

    pub(super) fn ratings(&self) -> Vec<Option<Score>> {
        self.parts
            .iter()
            .map(|part| match part {
                Some(Part::Rating(score)) => Some(*score),
                _ => None,
            })
            .collect()
    }

    pub(super) fn windows(&self) -> Vec<&'a WindowRating> {
        self.parts
            .iter()
            .flatten()
            .filter_map(|part| match part {
                Part::Window(window) => Some(*window),
                _ => None,
            })
            .collect()
    }
}

fn all_equal<T: PartialEq>(mut values: impl Iterator<Item = T>) -> bool {
    values
        .next()
        .is_some_and(|first| values.all(|value| value == first))
}

/// Whether all originals have a conflict there that is of one class under the rule.
pub(super) fn same_class(rule: &Rule, item: &Item<'_>, indexes: &[Index<'_>]) -> bool {
    if item.kind != ItemKind::Conflict {
        return item.agreed();
    }
    let classes: Option<Vec<Class>> = item
        .parts
        .iter()
        .zip(indexes)
        .map(|(part, index)| match part {
            Some(Part::Conflict(conflict, _)) => Some(judgement::verdict(rule, conflict, index).class),
            _ => None,
        })
        .collect();
    match classes.as_deref() {
        Some([first, others @ ..]) if !others.is_empty() => others.iter().all(|class| class == first),
        _ => false,
    }
}
