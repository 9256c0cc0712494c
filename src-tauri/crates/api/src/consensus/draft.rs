//! The consensus while one act is worked out, and the changes that the act comes to.

use std::collections::BTreeMap;

use sunder_domain::{ItemKind, Settlement};
use sunder_store::Change;

use super::content::{Content, Decided};
use super::items::Item;
use super::table::{Table, settlements_of};
use crate::app::no_id;
use crate::coding::Working;
use crate::environment::fresh;
use crate::wire::ApiError;

/// What stands beside a decision.
pub(super) struct Words<'a> {
    pub(super) reason: &'a str,
    pub(super) present: &'a str,
    pub(super) at_ms: i64,
}

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

/// Puts what was decided into the draft, in place of what was settled of it before. A conflict that stays one keeps its
/// id, so that links to it hold.
pub(super) fn put(
    draft: &mut Working,
    table: &Table,
    item: &Item<'_>,
    decided: Decided,
    words: &Words<'_>,
) -> Result<(), ApiError> {
    let before = settlements_of(&table.consensus, item);
    let kept = before.iter().find_map(|settlement| settlement.conflict.clone());
    for settlement in before {
        take_out(draft, settlement);
    }
    let mut settlement = Settlement {
        item: item.id.clone(),
        kind: item.kind,
        choice: decided.choice,
        sources: item.sources.clone(),
        conflict: None,
        markers: Vec::new(),
        means: decided.means,
        reason: words.reason.to_owned(),
        present: words.present.to_owned(),
        at_ms: words.at_ms,
    };
    match decided.content {
        Content::Nothing => {}
        Content::Conflict(mut conflict, markers) => {
            let id = match kept {
                Some(id) => id,
                None => fresh().map_err(|_| no_id())?,
            };
            conflict.id = id.clone();
            draft.conflicts.insert(id.clone(), conflict);
            for mut marker in markers {
                marker.id = fresh().map_err(|_| no_id())?;
                marker.conflict = Some(id.clone());
                settlement.markers.push(marker.id.clone());
                draft.markers.insert(marker.id.clone(), marker);
            }
            settlement.conflict = Some(id);
        }
        Content::Marker(mut marker) => {
            marker.id = fresh().map_err(|_| no_id())?;
            settlement.markers.push(marker.id.clone());
            draft.markers.insert(marker.id.clone(), marker);
        }
        Content::Rating(score) => {
            if let Some(key) = &item.rating {
                draft.session_ratings.insert(key.clone(), score);
            }
        }
        Content::Window(window) => {
            draft.windows.insert(window.start_ms, window);
        }
    }
    draft.settlements.insert(settlement.item.clone(), settlement);
    Ok(())
}
