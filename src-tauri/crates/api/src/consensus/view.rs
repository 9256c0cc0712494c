//! A session's originals and what there is to settle, as the lead sees them.

mod naming;
mod settled;

use std::collections::BTreeMap;

use sunder_domain::{Codebook, Conflict, ItemKind, Marker, Rule, SessionId, Status};
use sunder_store::Target;

use super::items::{Item, Part, same_class};
use super::originals::Original;
use super::record::record_of;
use super::table::{Table, has_seen, settlements_of};
use crate::coding::{Index, Judged, Working, conflict_view, marker_view, session_label};
use crate::judgement;
use crate::names;
use crate::study::OpenStudy;
use crate::wire::{
    ApiError, ConflictView, ConsensusItem, ConsensusState, ConsensusView, ItemMember, MarkerView,
    OriginalState, OriginalView,
};
pub(crate) use naming::excerpt;
use naming::{label, said, turns};
use settled::{left_over, settlement_view};

/// How the parts of a table are drawn.
struct Eyes<'a> {
    codebook: &'a Codebook,
    rule: &'a Rule,
    names: Vec<String>,
}

/// The session with everything that there is to settle.
pub(super) fn view(
    study: &mut OpenStudy,
    session_id: &SessionId,
    hide_names: bool,
    at_ms: i64,
) -> Result<ConsensusView, ApiError> {
    let table = Table::of(study, session_id, at_ms)?;
    let (undo, redo) = if table.consensus.started {
        study.store.steps(&Target::Coding(table.consensus.id.clone()))?
    } else {
        (None, None)
    };
    let case = study.case_of(&table.session)?.name;
    let eyes = Eyes {
        codebook: &study.codebook,
        rule: &study.rule.rule,
        names: names(study, &table, hide_names)?,
    };
    let indexes = table.indexes();
    let items = table.items(&indexes);
    let consensus_index = Index::of(&table.consensus, std::iter::empty());
    let mut shown: Vec<ConsensusItem> = items
        .iter()
        .map(|item| item_view(&table, &eyes, item, (&indexes, &consensus_index)))
        .collect();
    shown.extend(left_over(&table, &eyes, &items, &consensus_index));
    Ok(ConsensusView {
        session_id: session_id.clone(),
        label: session_label(&case, table.session.number),
        state: state(&table),
        frozen_ms: table.originals.frozen_ms,
        originals: originals(&table, &eyes),
        settled: count(shown.iter().filter(|item| item.settlement.is_some()).count()),
        items: shown,
        coding_id: table.consensus.started.then(|| table.consensus.id.clone()),
        record: record_of(study, session_id)?,
        undo: undo.map(|step| step.label().to_owned()),
        redo: redo.map(|step| step.label().to_owned()),
        focus: None,
    })
}

/// The view with what to look at: the item that a settlement of this name belongs to.
pub(super) fn with_focus(view: ConsensusView, settlement: Option<&str>) -> Result<ConsensusView, ApiError> {
    let focus = settlement.and_then(|name| view.items.iter().find(|item| item.id == name));
    Ok(ConsensusView {
        focus: focus.map(|item| item.id.clone()),
        ..view
    })
}

pub(super) fn state(table: &Table) -> ConsensusState {
    match (table.consensus.started, table.consensus.status) {
        (true, Status::Submitted) => ConsensusState::Submitted,
        _ => ConsensusState::Open,
    }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn names(study: &OpenStudy, table: &Table, hide_names: bool) -> Result<Vec<String>, ApiError> {
    let hidden = names::hidden(study)?;
    let name = |original: &Original| {
        let own = &original.rater;
        if hide_names {
            hidden.get(own).cloned().unwrap_or_default()
        } else {
            own.clone()
        }
    };
    Ok(table.originals.present.iter().map(name).collect())
}

fn originals(table: &Table, eyes: &Eyes<'_>) -> Vec<OriginalView> {
    let present = table.originals.present.iter().zip(&eyes.names);
    let erased = table.originals.erased.iter().map(|coding_id| OriginalView {
        coding_id: coding_id.clone(),
        rater: String::new(),
        status: Status::Open,
        state: OriginalState::Erased,
        conflicts: 0,
        markers: 0,
    });
    present
        .map(|(original, name)| OriginalView {
            coding_id: original.coding.id.clone(),
            rater: name.clone(),
            status: original.coding.status,
            state: original.state,
            conflicts: count(original.coding.conflicts.len()),
            markers: count(original.coding.markers.len()),
        })
        .chain(erased)
        .collect()
}

fn item_view(
    table: &Table,
    eyes: &Eyes<'_>,
    item: &Item<'_>,
    (indexes, consensus_index): (&[Index<'_>], &Index<'_>),
) -> ConsensusItem {
    let members = table
        .originals
        .present
        .iter()
        .zip(&eyes.names)
        .zip(item.parts.iter().zip(indexes))
        .map(|((original, name), (part, index))| {
            let seen = part.is_some() || has_seen(&original.coding, item.start_ms, item.end_ms);
            member(&original.coding, name, part.as_ref(), (eyes, index), seen)
        })
        .collect();
    let settlement = settlements_of(&table.consensus, item).into_iter().next();
    let transcript = &table.consensus.transcript;
    let is_place = matches!(item.kind, ItemKind::Conflict | ItemKind::Marker);
    ConsensusItem {
        id: item.id.clone(),
        kind: item.kind,
        label: label(eyes.codebook, item),
        start_ms: item.start_ms,
        end_ms: item.end_ms,
        turns: (item.kind != ItemKind::SessionRating)
            .then(|| turns(transcript, item.start_ms, item.end_ms))
            .flatten(),
        excerpt: if is_place {
            excerpt(transcript, item.start_ms, item.end_ms)
        } else {
            String::new()
        },
        said: if is_place {
            said(transcript, item.start_ms, item.end_ms)
        } else {
            Vec::new()
        },
        members,
        agreed: item.agreed(),
        same_class: same_class(eyes.rule, item, indexes),
        means: item.means(),
        settlement: settlement.map(|settlement| {
            let outdated = settlement.sources != item.sources;
            settlement_view(table, eyes, settlement, consensus_index, outdated)
        }),
    }
}

fn member(
    coding: &Working,
    name: &str,
    part: Option<&Part<'_>>,
    (eyes, index): (&Eyes<'_>, &Index<'_>),
    seen: bool,
) -> ItemMember {
    ItemMember {
        coding_id: coding.id.clone(),
        rater: name.to_owned(),
        marked: part.is_some(),
        seen,
        conflict: match part {
            Some(Part::Conflict(conflict, _)) => Some(judged(coding, eyes.rule, conflict, index)),
            _ => None,
        },
        markers: part
            .map(|part| marker_views(coding, eyes, &part.markers()))
            .unwrap_or_default(),
        rating: match part {
            Some(Part::Rating(score)) => Some(*score),
            _ => None,
        },
        window: match part {
            Some(Part::Window(window)) => Some((*window).clone()),
            _ => None,
        },
    }
}

fn judged(coding: &Working, rule: &Rule, conflict: &Conflict, index: &Index<'_>) -> ConflictView {
    let verdict = judgement::verdict(rule, conflict, index);
    let judged = Judged {
        verdicts: BTreeMap::from([(conflict.id.clone(), verdict)]),
        ..Judged::default()
    };
    conflict_view(coding, conflict, index, Some(&judged))
}

fn marker_views(coding: &Working, eyes: &Eyes<'_>, markers: &[&Marker]) -> Vec<MarkerView> {
    markers
        .iter()
        .map(|marker| marker_view(coding, marker, eyes.codebook))
        .collect()
}
