//! Who speaks in a tier: its participant or that of one above it, else what the names of these tiers say.

use std::collections::HashMap;

use super::document::TierData;
use crate::tier::name_says;

/// Tiers above tiers above tiers: no further than this.
const HIGHEST: usize = 32;

/// The speaker of every tier.
pub(super) fn speakers(tiers: &[TierData]) -> Vec<Option<String>> {
    let mut by_id: HashMap<&str, &TierData> = HashMap::with_capacity(tiers.len());
    for tier in tiers {
        by_id.entry(&tier.id).or_insert(tier);
    }
    tiers.iter().map(|tier| speaker(&by_id, tier)).collect()
}

fn speaker(by_id: &HashMap<&str, &TierData>, tier: &TierData) -> Option<String> {
    let above = |tier: &&TierData| by_id.get(tier.parent.as_deref()?).copied();
    let line: Vec<&TierData> = std::iter::successors(Some(tier), above).take(HIGHEST).collect();
    let participant = line.iter().find_map(|tier| tier.participant.clone());
    participant.or_else(|| {
        let named = |tier: &&TierData| name_says(&tier.id).1.map(str::to_owned);
        line.last()
            .and_then(named)
            .or_else(|| line.first().and_then(named))
    })
}
