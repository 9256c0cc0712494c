//! What is settled: how, and what stands in the consensus for it; also what no original has any more.

use std::collections::BTreeSet;

use sunder_domain::{Choice, CodeKey, ItemKind, Marker, Settlement};

use super::naming::{code_names, excerpt, said, turns};
use super::{Eyes, judged, marker_views};
use crate::coding::Index;
use crate::consensus::content::markers_of;
use crate::consensus::items::Item;
use crate::consensus::table::{Table, settlements_of};
use crate::wire::{ConsensusItem, SettlementView};

/// How an item was settled, with what that put into the consensus.
pub(super) fn settlement_view(
    table: &Table,
    eyes: &Eyes<'_>,
    settlement: &Settlement,
    index: &Index<'_>,
    outdated: bool,
) -> SettlementView {
    let consensus = &table.consensus;
    let conflict = settlement
        .conflict
        .as_ref()
        .and_then(|id| consensus.conflicts.get(id));
    let own: Vec<Marker> = match conflict {
        Some(conflict) => markers_of(consensus, &conflict.id),
        None => settlement
            .markers
            .iter()
            .filter_map(|id| consensus.markers.get(id).cloned())
            .collect(),
    };
    let named = settlement.item.split_once('/').map(|(_, name)| name);
    let rater = match &settlement.choice {
        Choice::Take { coding_id } => table
            .originals
            .present
            .iter()
            .zip(&eyes.names)
            .find(|(original, _)| original.coding.id == *coding_id)
            .map(|(_, name)| name.clone()),
        _ => None,
    };
    SettlementView {
        choice: settlement.choice.clone(),
        sources: settlement.sources.clone(),
        rater,
        reason: settlement.reason.clone(),
        present: settlement.present.clone(),
        at_ms: settlement.at_ms,
        means: settlement.means.clone(),
        conflict: conflict.map(|conflict| judged(consensus, eyes.rule, conflict, index)),
        markers: marker_views(consensus, eyes, &own.iter().collect::<Vec<_>>()),
        rating: named
            .filter(|_| settlement.kind == ItemKind::SessionRating)
            .and_then(|key| consensus.session_ratings.get(key).copied()),
        window: named
            .filter(|_| settlement.kind == ItemKind::Window)
            .and_then(|start| consensus.windows.get(&start.parse().ok()?).cloned()),
        outdated,
        links_to_come: table.links.to_come(consensus, settlement),
    }
}

/// What is settled although no original has it any more: originals were frozen anew since.
pub(super) fn left_over(
    table: &Table,
    eyes: &Eyes<'_>,
    items: &[Item<'_>],
    index: &Index<'_>,
) -> Vec<ConsensusItem> {
    let shown: BTreeSet<&String> = items
        .iter()
        .flat_map(|item| settlements_of(&table.consensus, item))
        .map(|settlement| &settlement.item)
        .collect();
    let transcript = &table.consensus.transcript;
    table
        .consensus
        .settlements
        .values()
        .filter(|settlement| !shown.contains(&settlement.item))
        .map(|settlement| {
            let view = settlement_view(table, eyes, settlement, index, true);
            let start_ms = view
                .markers
                .iter()
                .map(|marker| marker.start_ms)
                .min()
                .unwrap_or_default();
            let end_ms = view
                .markers
                .iter()
                .map(|marker| marker.end_ms)
                .max()
                .unwrap_or_default();
            let codes: BTreeSet<&CodeKey> = view.markers.iter().map(|marker| &marker.code).collect();
            ConsensusItem {
                id: settlement.item.clone(),
                kind: settlement.kind,
                label: code_names(eyes.codebook, codes),
                start_ms,
                end_ms,
                turns: turns(transcript, start_ms, end_ms),
                excerpt: excerpt(transcript, start_ms, end_ms),
                said: said(transcript, start_ms, end_ms),
                members: Vec::new(),
                agreed: false,
                same_class: false,
                means: Vec::new(),
                settlement: Some(view),
            }
        })
        .collect()
}
