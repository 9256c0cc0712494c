//! Conflicts that raters marked, matched, and what lies between them: turns in which nobody marked any.

use super::assign::windows;
use super::{Cell, Content, Kind, Units};
use crate::agreement::extent::Extent;
use crate::agreement::facts::CodingFacts;
use crate::agreement::matching::{Group, Tolerance, match_conflicts};
use crate::agreement::panel::PanelRow;

impl Units {
    /// Every conflict that somebody marked is a unit, nothing for who marked none there; so is every turn that no
    /// conflict has a part of, nothing for all. Where the codings share no turns, windows stand for them; a last one
    /// shorter than half a window is none.
    pub(super) fn conflicts(&mut self, place: usize, row: &PanelRow, tolerance: Tolerance, seconds: u32) {
        for group in matched(row, tolerance) {
            let time = (u64::from(group.onset_ms), u64::from(group.end_ms));
            let cells = row
                .codings
                .iter()
                .zip(&group.members)
                .map(|(coding, member)| match (coding, member) {
                    (Some(coding), Some(conflict)) => self.keep(content(coding, *conflict)),
                    (Some(coding), None) if coding.has_seen(time.0, time.1) => Cell::Nothing,
                    _ => Cell::Missing,
                })
                .collect();
            self.push(place, Kind::Matched, time, cells);
        }
        for time in between(row, seconds) {
            let marked = |coding: &CodingFacts| {
                coding
                    .conflicts
                    .iter()
                    .any(|conflict| conflict.extent.meets(time.0, time.1))
            };
            if row.present().any(|(_, coding)| marked(coding)) {
                continue;
            }
            let cells = row
                .codings
                .iter()
                .map(|coding| match coding {
                    Some(coding) if coding.has_seen(time.0, time.1) => Cell::Nothing,
                    _ => Cell::Missing,
                })
                .collect();
            self.push(place, Kind::Empty, time, cells);
        }
    }
}

/// The turns that the codings share, else windows.
fn between(row: &PanelRow, seconds: u32) -> Vec<(u64, u64)> {
    let first = row.present().next().filter(|_| row.one_transcript());
    match first {
        Some((_, coding)) if !coding.transcript.turns.is_empty() => coding
            .transcript
            .turns
            .iter()
            .copied()
            .filter(|(start, end)| start < end)
            .collect(),
        _ => {
            let shortest = u64::from(seconds) * 500;
            let mut windows = windows(row.duration_ms(), seconds);
            windows.retain(|(start, end)| end - start >= shortest);
            windows
        }
    }
}

/// The conflicts of a row, matched; members stand by the row's columns.
pub(crate) fn matched(row: &PanelRow, tolerance: Tolerance) -> Vec<Group> {
    let extents: Vec<Vec<Extent>> = row
        .codings
        .iter()
        .map(|coding| {
            coding.as_ref().map_or_else(Vec::new, |coding| {
                coding
                    .conflicts
                    .iter()
                    .map(|conflict| conflict.extent.clone())
                    .collect()
            })
        })
        .collect();
    match_conflicts(&extents, tolerance)
}

fn content(coding: &CodingFacts, conflict: usize) -> Content {
    let markers: Vec<usize> = coding
        .markers
        .iter()
        .enumerate()
        .filter(|(_, marker)| marker.conflict == Some(conflict))
        .map(|(place, _)| place)
        .collect();
    Content {
        conflicts: vec![conflict],
        conflicts_begun: vec![conflict],
        markers_begun: markers.clone(),
        markers,
        window: None,
    }
}
