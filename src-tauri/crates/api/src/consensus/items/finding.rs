//! How the things to settle of a session are found.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{CodingId, ConflictId, ItemKind, Marker, WindowRating};

use super::{Item, Part};
use crate::agreement::extent::{Basis, Extent, TextScale};
use crate::agreement::matching::{Tolerance, match_conflicts};
use crate::coding::Index;
use crate::consensus::originals::Original;

/// Everything to settle, by onset; ratings of the session last. `indexes` are the originals' own.
pub(in crate::consensus) fn items<'a>(
    originals: &'a [Original],
    indexes: &[Index<'a>],
    basis: Basis,
) -> Vec<Item<'a>> {
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
