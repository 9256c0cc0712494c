//! What undo or redo would take, in the words of the field: "score minimal response".

use sunder_domain::{Codebook, ConflictId, Marker};
use sunder_store::{Change, OperationKind, Step};

use super::working::Working;

/// Words for a step that touched these things of the coding; what it took away is given as it was before.
pub(crate) fn step_words(step: &Step, touched: &[Change], coding: &Working, codebook: &Codebook) -> String {
    let subject = marked(touched, coding).map(|marker| name(codebook, marker));
    let about = |act: &str| match &subject {
        Some(subject) => format!("{act} {subject}"),
        None => step.label().to_owned(),
    };
    match step.kind {
        OperationKind::MarkerAdd => about("tag"),
        OperationKind::MarkerMove => about("move the bounds of"),
        OperationKind::MarkerCode => about("recode"),
        OperationKind::MarkerEdit => about("change the marker"),
        OperationKind::MarkerDelete => about("delete"),
        OperationKind::RepairLink => about("link"),
        OperationKind::ConflictScore => about("score"),
        OperationKind::ConflictEdit => about("judge"),
        OperationKind::ConflictJoin => about("join"),
        OperationKind::ConflictPart => about("part"),
        OperationKind::BuildUpConfirm => about("link the build-up of"),
        _ => other(step, touched, codebook),
    }
}

/// Steps that are about a rating, a window or a note.
fn other(step: &Step, touched: &[Change], codebook: &Codebook) -> String {
    let found = touched.iter().find_map(|change| match change {
        Change::SessionRating { key, .. } => {
            let rating = codebook.ratings.iter().find(|rating| rating.key == *key)?;
            Some(format!("rate {}", lower(&rating.name)))
        }
        Change::Window { start_ms, after } => {
            let nothing = after.as_ref().is_some_and(|window| window.nothing_here);
            let act = if nothing { "nothing here" } else { step.label() };
            Some(format!("{act} at {}", clock(*start_ms)))
        }
        Change::Note {
            after: Some(note), ..
        } => Some(format!("{} at {}", step.label(), clock(note.at_ms))),
        _ => None,
    });
    found.unwrap_or_else(|| step.label().to_owned())
}

/// The first marker that was touched, or that shows the conflict that was.
fn marked<'a>(touched: &'a [Change], coding: &'a Working) -> Option<&'a Marker> {
    let marker = touched.iter().find_map(|change| match change {
        Change::Marker { after, .. } => after.as_deref(),
        _ => None,
    });
    marker.or_else(|| {
        touched.iter().find_map(|change| match change {
            Change::Conflict { id, .. } => first_of(coding, id),
            _ => None,
        })
    })
}

fn first_of<'a>(coding: &'a Working, conflict: &ConflictId) -> Option<&'a Marker> {
    let own = coding
        .markers
        .values()
        .filter(|marker| marker.conflict.as_ref() == Some(conflict));
    own.min_by_key(|marker| coding.times(marker))
}

fn name(codebook: &Codebook, marker: &Marker) -> String {
    codebook
        .code(&marker.code)
        .map_or_else(|| marker.code.to_string(), |code| lower(&code.name))
}

/// A name within a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// `25:07`, `1:05:00`.
fn clock(ms: u32) -> String {
    let seconds = ms / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}
