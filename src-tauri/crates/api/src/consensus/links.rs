//! Links between conflicts: raters link their own, a consensus links its own. A link is carried over as soon as both of
//! its ends are settled, also those to earlier sessions of the case.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{Choice, CodingId, ConflictId, ItemKind, ItemSource, Purpose, RaterId, Settlement};
use sunder_store::{CodingFilter, SessionRecord};

use super::originals::Originals;
use super::table::lead;
use crate::coding::Working;
use crate::study::OpenStudy;
use crate::wire::ApiError;

/// Where the conflicts that raters link to have gone.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// For each original: whose it is, and what its conflicts and markers link to.
    originals: BTreeMap<CodingId, (RaterId, BTreeMap<String, Vec<ConflictId>>)>,
    /// Conflicts of raters' codings of other sessions, and what they became there.
    elsewhere: BTreeMap<(RaterId, String), ConflictId>,
    /// Conflicts of the consensus codings of other sessions.
    known: BTreeSet<ConflictId>,
}

impl Links {
    /// Reads other sessions only where something links to them.
    pub(super) fn read(
        study: &mut OpenStudy,
        session: &SessionRecord,
        originals: &Originals,
        consensus: &Working,
    ) -> Result<Self, ApiError> {
        let mut links = Self::default();
        let mut outward = has_outward(consensus);
        for original in &originals.present {
            outward |= has_outward(&original.coding);
            let linked = linked(&original.coding);
            links
                .originals
                .insert(original.coding.id.clone(), (original.rater_id.clone(), linked));
        }
        if outward {
            links.read_elsewhere(study, session)?;
        }
        Ok(links)
    }

    fn read_elsewhere(&mut self, study: &mut OpenStudy, session: &SessionRecord) -> Result<(), ApiError> {
        let filter = CodingFilter {
            case: Some(session.case_id.clone()),
            ..CodingFilter::default()
        };
        let lead = lead()?;
        let codings = study.store.codings(&filter)?;
        let raters: BTreeMap<&CodingId, &RaterId> = codings
            .iter()
            .map(|coding| (&coding.id, &coding.header.rater_id))
            .collect();
        for summary in codings.iter().filter(|summary| {
            let header = &summary.header;
            header.purpose == Purpose::Consensus && header.rater_id == lead && header.session_id != session.id
        }) {
            let consensus = study.fetch_alone(&summary.id)?;
            for settlement in consensus.settlements.values() {
                let Some(conflict) = &settlement.conflict else {
                    continue;
                };
                for source in &settlement.sources {
                    if let Some(rater) = raters.get(&source.coding_id) {
                        self.elsewhere
                            .insert(((*rater).clone(), source.id.clone()), conflict.clone());
                    }
                }
            }
            self.known.extend(consensus.conflicts.into_keys());
        }
        Ok(())
    }

    /// What the source links to in the consensus, and how many of its links are to come.
    pub(super) fn of(&self, consensus: &Working, source: &ItemSource) -> (Vec<ConflictId>, u32) {
        let Some((rater, linked)) = self.originals.get(&source.coding_id) else {
            return (Vec::new(), 0);
        };
        let mut found = Vec::new();
        let mut to_come = 0;
        for link in linked.get(&source.id).map(Vec::as_slice).unwrap_or_default() {
            let here = consensus.settlements.values().find(|settlement| {
                settlement.kind == ItemKind::Conflict
                    && settlement.sources.iter().any(|source_of| {
                        source_of.coding_id == source.coding_id && source_of.id == link.as_str()
                    })
            });
            let there = || self.elsewhere.get(&(rater.clone(), link.to_string()));
            match here.map_or_else(there, |settlement| settlement.conflict.as_ref()) {
                Some(conflict) => found.push(conflict.clone()),
                // Settled as nothing: there is no such conflict, and none to come.
                None if here.is_some() => {}
                None => to_come += 1,
            }
        }
        (found, to_come)
    }

    /// Links of a settlement's sources that cannot be carried over yet.
    pub(super) fn to_come(&self, consensus: &Working, settlement: &Settlement) -> u32 {
        followed(settlement)
            .map(|source| self.of(consensus, source).1)
            .sum()
    }

    /// Adds what can be carried over by now, and drops what names a conflict that is gone.
    pub(super) fn carry_over(&self, draft: &mut Working) {
        let mut added: Vec<(ItemKind, String, Vec<ConflictId>)> = Vec::new();
        for settlement in draft.settlements.values() {
            let target = match settlement.kind {
                ItemKind::Conflict => settlement.conflict.as_ref().map(ToString::to_string),
                ItemKind::Marker => settlement.markers.first().map(ToString::to_string),
                ItemKind::SessionRating | ItemKind::Window => None,
            };
            let Some(target) = target else { continue };
            let links = followed(settlement).flat_map(|source| self.of(draft, source).0);
            added.push((settlement.kind, target, links.collect()));
        }
        for (kind, target, links) in added {
            let own = match kind {
                ItemKind::Conflict => draft
                    .conflicts
                    .values_mut()
                    .find(|conflict| conflict.id.as_str() == target)
                    .map(|conflict| &mut conflict.built_from),
                _ => draft
                    .markers
                    .values_mut()
                    .find(|marker| marker.id.as_str() == target)
                    .map(|marker| &mut marker.answers),
            };
            let Some(own) = own else { continue };
            for link in links {
                if link.as_str() != target && !own.contains(&link) {
                    own.push(link);
                }
            }
        }
        let here: BTreeSet<ConflictId> = draft.conflicts.keys().cloned().collect();
        let is_there = |link: &ConflictId| here.contains(link) || self.known.contains(link);
        for conflict in draft.conflicts.values_mut() {
            conflict.built_from.retain(is_there);
        }
        for marker in draft.markers.values_mut() {
            marker.answers.retain(is_there);
        }
    }
}

/// The sources whose links a settlement follows; where the lead said what it links to, none.
fn followed(settlement: &Settlement) -> impl Iterator<Item = &ItemSource> {
    settlement
        .sources
        .iter()
        .filter(|source| match &settlement.choice {
            Choice::Take { coding_id }
            | Choice::Edit {
                links_of: Some(coding_id),
            } => source.coding_id == *coding_id,
            Choice::Agreed | Choice::Mean => true,
            Choice::Edit { links_of: None } | Choice::None => false,
        })
}

fn linked(coding: &Working) -> BTreeMap<String, Vec<ConflictId>> {
    let conflicts = coding
        .conflicts
        .values()
        .map(|conflict| (conflict.id.to_string(), conflict.built_from.clone()));
    let markers = coding
        .markers
        .values()
        .map(|marker| (marker.id.to_string(), marker.answers.clone()));
    let mut linked: BTreeMap<String, Vec<ConflictId>> = BTreeMap::new();
    // One text may name a conflict and a marker.
    for (id, links) in conflicts.chain(markers).filter(|(_, links)| !links.is_empty()) {
        linked.entry(id).or_default().extend(links);
    }
    linked
}

/// Whether something of the coding links to another session.
fn has_outward(coding: &Working) -> bool {
    let built_from = coding
        .conflicts
        .values()
        .flat_map(|conflict| &conflict.built_from);
    let answers = coding.markers.values().flat_map(|marker| &marker.answers);
    built_from
        .chain(answers)
        .any(|link| !coding.conflicts.contains_key(link))
}
