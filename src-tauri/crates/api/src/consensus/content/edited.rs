//! Values of the lead's own.

use sunder_domain::{Codebook, Conflict, ConflictId, FamilyKind, Marker, MarkerId, WindowRating};

use super::{Content, bad};
use crate::app::no_id;
use crate::coding::{edit_conflict, inward, kind_of};
use crate::consensus::items::Item;
use crate::consensus::table::Table;
use crate::environment::fresh;
use crate::wire::{ApiError, ConflictEdit, ConsensusMarker};

pub(super) fn edited_conflict(
    table: &Table,
    base: Content,
    edits: &[ConflictEdit],
    markers: Option<&[ConsensusMarker]>,
    codebook: &Codebook,
) -> Result<Content, ApiError> {
    let (mut conflict, mut shown) = match base {
        Content::Conflict(conflict, markers) => (conflict, markers),
        _ => (Conflict::new(fresh().map_err(|_| no_id())?), Vec::new()),
    };
    for edit in edits {
        edit_conflict(&mut conflict, edit)?;
    }
    if let Some(markers) = markers {
        shown = markers
            .iter()
            .map(|own| marker(table, own, Some(&conflict.id), codebook))
            .collect::<Result<_, _>>()?;
    }
    if shown.is_empty() {
        return Err(bad(
            "A conflict needs a marker at least. Say where it shows, or settle it as none.",
        ));
    }
    Ok(Content::Conflict(conflict, shown))
}

pub(super) fn edited_window(
    item: &Item<'_>,
    window: Option<&WindowRating>,
    codebook: &Codebook,
) -> Result<WindowRating, ApiError> {
    let window = window.ok_or_else(|| bad("Say what the window's ratings are to be."))?;
    if window.start_ms != item.start_ms || window.end_ms != item.end_ms {
        return Err(bad("These are the ratings of another window."));
    }
    match window.ratings.keys().find(|key| codebook.rating(key).is_none()) {
        Some(key) => Err(bad(&format!("The codebook has no rating {key}."))),
        None => Ok(window.clone()),
    }
}

pub(super) fn marker(
    table: &Table,
    own: &ConsensusMarker,
    conflict: Option<&ConflictId>,
    codebook: &Codebook,
) -> Result<Marker, ApiError> {
    let kind = kind_of(codebook, &own.code)?;
    if (kind == FamilyKind::Conflict) != conflict.is_some() {
        return Err(bad(
            "Markers of a conflict have codes of conflict families, other markers have not.",
        ));
    }
    let repairs = kind == FamilyKind::Repair;
    Ok(Marker {
        id: fresh::<MarkerId>().map_err(|_| no_id())?,
        segment: inward(own.segment, &table.consensus.transcript)?,
        code: own.code.clone(),
        actor: own.actor,
        clarity: own.clarity,
        discuss: false,
        note: own.note.clone(),
        conflict: conflict.cloned(),
        answers: own.answers.clone().filter(|_| repairs).unwrap_or_default(),
        depth: own.depth.filter(|_| repairs),
        strategy: own.strategy.filter(|_| repairs),
    })
}
