//! What an item is called, and which words were said there.

use std::collections::BTreeSet;

use sunder_domain::{CodeKey, Codebook, ItemKind, Transcript};

use crate::consensus::items::{Item, Part};
use crate::wire::SaidTurn;

/// Longest excerpt, in characters.
const EXCERPT: usize = 200;

/// Turns of an item that are given whole.
const SAID: usize = 8;

/// What is rated, or the names of the codes.
pub(super) fn label(codebook: &Codebook, item: &Item<'_>) -> String {
    let rating = |key: &str| {
        codebook
            .rating(key)
            .map_or_else(|| key.to_owned(), |rating| rating.name.clone())
    };
    match (item.kind, &item.rating) {
        (ItemKind::SessionRating, Some(key)) => rating(key),
        (ItemKind::Window, _) => {
            let keys: BTreeSet<&String> = item
                .windows()
                .iter()
                .flat_map(|window| window.ratings.keys())
                .collect();
            let names: Vec<String> = keys.into_iter().map(|key| rating(key)).collect();
            if names.is_empty() {
                "Nothing here".to_owned()
            } else {
                names.join(", ")
            }
        }
        _ => code_names(
            codebook,
            item.parts
                .iter()
                .flatten()
                .flat_map(Part::markers)
                .map(|marker| &marker.code)
                .collect(),
        ),
    }
}

/// Names of codes, each once.
pub(super) fn code_names(codebook: &Codebook, codes: BTreeSet<&CodeKey>) -> String {
    let names: Vec<String> = codes
        .into_iter()
        .map(|code| {
            codebook
                .code(code)
                .map_or_else(|| code.to_string(), |code| code.name.clone())
        })
        .collect();
    names.join(", ")
}

/// First and last turn that have a part of a stretch.
pub(super) fn turns(transcript: &Transcript, start_ms: u32, end_ms: u32) -> Option<[u32; 2]> {
    let mut inside = (0_u32..)
        .zip(&transcript.turns)
        .filter(|(_, turn)| turn.start_ms < end_ms && start_ms < turn.end_ms)
        .map(|(number, _)| number);
    let first = inside.next()?;
    Some([first, inside.last().unwrap_or(first)])
}

/// Words of the turns that have a part of a stretch, cut short.
pub(crate) fn excerpt(transcript: &Transcript, start_ms: u32, end_ms: u32) -> String {
    let mut words = String::new();
    let inside = turns(transcript, start_ms, end_ms);
    for turn in inside
        .into_iter()
        .flat_map(|[first, last]| first..=last)
        .filter_map(|number| transcript.turn(number))
    {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&turn.text);
        if words.chars().count() > EXCERPT {
            return words.chars().take(EXCERPT).chain(['…']).collect();
        }
    }
    words
}

/// The first turns that have a part of a stretch, whole.
pub(super) fn said(transcript: &Transcript, start_ms: u32, end_ms: u32) -> Vec<SaidTurn> {
    turns(transcript, start_ms, end_ms)
        .into_iter()
        .flat_map(|[first, last]| first..=last)
        .take(SAID)
        .filter_map(|number| {
            let turn = transcript.turn(number)?;
            Some(SaidTurn {
                turn: number,
                role: transcript.role_of(turn),
                start_ms: turn.start_ms,
                text: turn.text.clone(),
            })
        })
        .collect()
}
