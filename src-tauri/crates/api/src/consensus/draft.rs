//! The consensus while one act is worked out, and the changes that the act comes to.

use std::collections::BTreeMap;

use sunder_domain::{ItemKind, Settlement};
use sunder_store::Change;

use crate::coding::Working;

/// What has to be written so that `before` becomes `after`. Only what settling touches is looked at.
pub(super) fn changes(before: &Working, after: &Working) -> Vec<Change> {
    let mut changes = Vec::new();
    difference(&before.conflicts, &after.conflicts, |id, after| {
        changes.push(Change::Conflict {
            id: id.clone(),
            after: after.cloned().map(Box::new),
        });
    });
    difference(&before.markers, &after.markers, |id, after| {
        changes.push(Change::Marker {
            id: id.clone(),
            after: after.cloned().map(Box::new),
        });
    });
    difference(&before.session_ratings, &after.session_ratings, |key, after| {
        changes.push(Change::SessionRating {
            key: key.clone(),
            after: after.copied(),
        });
    });
    difference(&before.windows, &after.windows, |start_ms, after| {
        changes.push(Change::Window {
            start_ms: *start_ms,
            after: after.cloned(),
        });
    });
    difference(&before.settlements, &after.settlements, |item, after| {
        changes.push(Change::Settlement {
            item: item.clone(),
            after: after.cloned().map(Box::new),
        });
    });
    changes
}

fn difference<Key: Ord, Value: PartialEq>(
    before: &BTreeMap<Key, Value>,
    after: &BTreeMap<Key, Value>,
    mut tell: impl FnMut(&Key, Option<&Value>),
) {
    for key in before.keys().filter(|key| !after.contains_key(key)) {
        tell(key, None);
    }
    for (key, value) in after.iter().filter(|(key, value)| before.get(key) != Some(value)) {
        tell(key, Some(value));
    }
}

/// Takes out of the draft what a settlement put there. Links that named its conflict stay, for the one that may come in
/// its place.
pub(super) fn take_out(draft: &mut Working, settlement: &Settlement) {
    for id in &settlement.markers {
        draft.markers.remove(id);
    }
    if let Some(id) = &settlement.conflict {
        // Markers that the lead added to it by hand go with it.
        draft
            .markers
            .retain(|_, marker| marker.conflict.as_ref() != Some(id));
        draft.conflicts.remove(id);
    }
    let named = settlement.item.split_once('/').map(|(_, name)| name);
    match settlement.kind {
        ItemKind::SessionRating => {
            draft.session_ratings.retain(|key, _| Some(key.as_str()) != named);
        }
        ItemKind::Window => {
            draft
                .windows
                .retain(|start_ms, _| Some(start_ms.to_string().as_str()) != named);
        }
        ItemKind::Conflict | ItemKind::Marker => {}
    }
    draft.settlements.remove(&settlement.item);
}
