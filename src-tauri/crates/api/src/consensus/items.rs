//! What there is to settle in a session: conflicts of several raters that are one event, other markers likewise, ratings
//! of the session and of windows.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{
    CodingId, Conflict, ConflictId, ItemKind, ItemSource, Marker, Score, StatedMean, WindowRating,
    mean_conflict, mean_score, mean_window, same_conflict, same_marker,
};

use super::originals::Original;
use crate::agreement::extent::{Basis, Extent, TextScale};
use crate::agreement::matching::{Tolerance, match_conflicts};
use crate::coding::Index;

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

/// Everything to settle, by onset; ratings of the session last. `indexes` are the originals' own.
pub(super) fn items<'a>(originals: &'a [Original], indexes: &[Index<'a>], basis: Basis) -> Vec<Item<'a>> {
    let mut items = conflicts(originals, indexes, basis);
    items.extend(markers(originals, basis));
    items.extend(windows(originals));
    items.sort_by(|one, other| {
        (one.start_ms, one.end_ms, &one.id).cmp(&(other.start_ms, other.end_ms, &other.id))
    });
    items.extend(session_ratings(originals));
    items
}

fn conflicts<'a>(originals: &'a [Original], indexes: &[Index<'a>], basis: Basis) -> Vec<Item<'a>> {
    let mut extents = Vec::new();
    let mut unmarked = Vec::new();
    for (column, (original, index)) in originals.iter().zip(indexes).enumerate() {
        let scale = TextScale::of(&original.coding.transcript);
        let mut own = Vec::new();
        for conflict in original.coding.conflicts.values() {
            let markers = index.markers(&conflict.id);
            match Extent::of(&original.coding, &scale, &conflict.id, markers, basis) {
                Some(extent) => own.push(extent),
                None => unmarked.push((column, conflict)),
            }
        }
        extents.push(own);
    }
    let part = |column: usize, id: &ConflictId| {
        let conflict = originals.get(column)?.coding.conflicts.get(id)?;
        let markers = indexes.get(column)?.markers(id).to_vec();
        Some(Part::Conflict(conflict, markers))
    };
    let mut items = groups(originals, &extents, ItemKind::Conflict, part);
    // What has no place can be nobody else's event.
    for (column, conflict) in unmarked {
        let parts = (0..originals.len())
            .map(|other| {
                if other == column {
                    part(column, &conflict.id)
                } else {
                    None
                }
            })
            .collect();
        items.push(Item::new(originals, ItemKind::Conflict, (0, 0), parts, name_of));
    }
    items
}

/// Repair attempts and other markers: first those of one code, then what is left of different ones.
fn markers<'a>(originals: &'a [Original], basis: Basis) -> Vec<Item<'a>> {
    let codes: BTreeSet<_> = originals
        .iter()
        .flat_map(|original| original.coding.markers.values())
        .filter(|marker| marker.conflict.is_none())
        .map(|marker| &marker.code)
        .collect();
    let part = |column: usize, id: &ConflictId| {
        let coding = &originals.get(column)?.coding;
        let marker = coding
            .markers
            .iter()
            .find(|(marker, _)| marker.as_str() == id.as_str());
        marker.map(|(_, marker)| Part::Marker(marker))
    };
    let mut items = Vec::new();
    let mut left: BTreeSet<(&CodingId, &str)> = BTreeSet::new();
    for code in codes {
        let extents = marker_extents(originals, basis, |_, marker| marker.code == *code);
        for item in groups(originals, &extents, ItemKind::Marker, part) {
            let alone = item.parts.iter().flatten().count() == 1;
            if !alone {
                items.push(item);
                continue;
            }
            for (original, part) in originals.iter().zip(&item.parts) {
                if let Some(Part::Marker(marker)) = part {
                    left.insert((&original.coding.id, marker.id.as_str()));
                }
            }
        }
    }
    let extents = marker_extents(originals, basis, |coding, marker| {
        left.contains(&(coding, marker.id.as_str()))
    });
    items.extend(groups(originals, &extents, ItemKind::Marker, part));
    items
}

/// Places of the markers that belong to no conflict; each goes by its own id.
fn marker_extents(
    originals: &[Original],
    basis: Basis,
    wanted: impl Fn(&CodingId, &Marker) -> bool,
) -> Vec<Vec<Extent>> {
    originals
        .iter()
        .map(|original| {
            let coding = &original.coding;
            let scale = TextScale::of(&coding.transcript);
            coding
                .markers
                .values()
                .filter(|marker| marker.conflict.is_none() && wanted(&coding.id, marker))
                .filter_map(|marker| {
                    let id = ConflictId::new(marker.id.as_str()).ok()?;
                    Extent::of(coding, &scale, &id, &[marker], basis)
                })
                .collect()
        })
        .collect()
}

fn groups<'a>(
    originals: &'a [Original],
    extents: &[Vec<Extent>],
    kind: ItemKind,
    part: impl Fn(usize, &ConflictId) -> Option<Part<'a>>,
) -> Vec<Item<'a>> {
    match_conflicts(extents, Tolerance::Overlap)
        .into_iter()
        .map(|group| {
            let parts = group
                .members
                .iter()
                .enumerate()
                .map(|(column, place)| {
                    let extent = extents.get(column)?.get((*place)?)?;
                    part(column, &extent.conflict)
                })
                .collect();
            Item::new(originals, kind, (group.onset_ms, group.end_ms), parts, name_of)
        })
        .collect()
}

fn name_of(part: &Part<'_>) -> String {
    match part {
        Part::Conflict(conflict, _) => conflict.id.to_string(),
        Part::Marker(marker) => marker.id.to_string(),
        Part::Rating(_) => String::new(),
        Part::Window(window) => window.start_ms.to_string(),
    }
}

/// Windows that somebody rated, and those of which all say that nothing is there. Where only some say so, the conflicts
/// of the others there are what is to settle.
fn windows<'a>(originals: &'a [Original]) -> Vec<Item<'a>> {
    let starts: BTreeSet<u32> = originals
        .iter()
        .flat_map(|original| original.coding.windows.keys().copied())
        .collect();
    starts
        .into_iter()
        .filter_map(|start_ms| {
            let windows: Vec<Option<&WindowRating>> = originals
                .iter()
                .map(|original| original.coding.windows.get(&start_ms))
                .collect();
            let rated = windows.iter().flatten().any(|window| !window.ratings.is_empty());
            let empty = windows
                .iter()
                .all(|window| window.is_some_and(|window| window.nothing_here));
            if !rated && !empty {
                return None;
            }
            let end_ms = windows.iter().flatten().map(|window| window.end_ms).max()?;
            let parts = windows
                .into_iter()
                .map(|window| window.map(Part::Window))
                .collect();
            let times = (start_ms, end_ms);
            Some(Item::new(originals, ItemKind::Window, times, parts, name_of))
        })
        .collect()
}

fn session_ratings<'a>(originals: &'a [Original]) -> Vec<Item<'a>> {
    let mut given: BTreeMap<&String, Vec<Option<Part<'a>>>> = BTreeMap::new();
    for (column, original) in originals.iter().enumerate() {
        for (key, score) in &original.coding.session_ratings {
            let parts = given
                .entry(key)
                .or_insert_with(|| originals.iter().map(|_| None).collect());
            if let Some(part) = parts.get_mut(column) {
                *part = Some(Part::Rating(*score));
            }
        }
    }
    let end_ms = originals
        .iter()
        .map(|original| original.coding.duration_ms())
        .max()
        .unwrap_or_default();
    given
        .into_iter()
        .map(|(key, parts)| Item {
            rating: Some(key.clone()),
            ..Item::new(originals, ItemKind::SessionRating, (0, end_ms), parts, |_| {
                key.clone()
            })
        })
        .collect()
}
