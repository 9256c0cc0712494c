//! The turns, with what was marked in them.

use std::io;

use sunder_api::wire::{MarkerView, SegmentView, SessionView, TurnView};
use sunder_domain::{Codebook, FamilyKind, Role};

use super::conflicts::Conflicts;
use super::page::{Look, Page, look, sign};
use crate::output::moment;

/// Time, role and bar.
const MARGIN: usize = 13;

/// Words of a marked stretch that are quoted before it is cut short.
const QUOTED: usize = 9;

/// Writes every turn; markers stand below the turn in which they start, those of the whole session at the end.
pub(super) fn write(
    page: &mut Page<'_>,
    codebook: &Codebook,
    view: &SessionView,
    conflicts: &Conflicts<'_>,
) -> io::Result<()> {
    for (index, turn) in view.transcript.turns.iter().enumerate() {
        let time = page.painted(Look::Quiet, &format!("{:>8}", moment(turn.start_ms)));
        let bar = if covered(view, index) { "┃" } else { " " };
        page.hanging(
            &format!("{time} {} {bar} ", role(turn)),
            &format!("{:11}{bar} ", ""),
            MARGIN,
            &turn.text,
        )?;
        for marker in view
            .coding
            .markers
            .iter()
            .filter(|marker| first_turn(view, marker) == Some(index))
        {
            mark(page, codebook, view, conflicts, marker)?;
        }
    }
    let whole: Vec<&MarkerView> = view
        .coding
        .markers
        .iter()
        .filter(|marker| first_turn(view, marker).is_none())
        .collect();
    if !whole.is_empty() {
        page.line("         of the whole session")?;
    }
    whole
        .into_iter()
        .try_for_each(|marker| mark(page, codebook, view, conflicts, marker))
}

fn mark(
    page: &mut Page<'_>,
    codebook: &Codebook,
    view: &SessionView,
    conflicts: &Conflicts<'_>,
    marker: &MarkerView,
) -> io::Result<()> {
    let name = code_name(codebook, marker);
    let (symbol, words) = if marker.kind == FamilyKind::Repair {
        let answered: Vec<String> = marker
            .answers
            .iter()
            .filter_map(|id| conflicts.label(id))
            .collect();
        let to = if answered.is_empty() {
            String::new()
        } else {
            format!(" → {}", answered.join(", "))
        };
        let depth = marker.depth.map(|depth| format!(", {depth}")).unwrap_or_default();
        (page.painted(Look::Repair, "◆"), format!("{name}{depth}{to}"))
    } else {
        let class = marker.conflict_id.as_ref().and_then(|id| conflicts.class(id));
        let label = marker
            .conflict_id
            .as_ref()
            .and_then(|id| conflicts.label(id))
            .unwrap_or_default();
        (
            page.painted(look(class), sign(class)),
            format!("{label} {name}, {}", marker.actor),
        )
    };
    let quote = quoted(view, marker)
        .map(|quote| format!(" {quote}"))
        .unwrap_or_default();
    page.hanging(
        &format!("{:13}{symbol} ", ""),
        &format!("{:15}", ""),
        MARGIN + 2,
        &format!("{words}{quote}"),
    )
}

/// `Withdrawal: minimal response`.
pub(super) fn code_name(codebook: &Codebook, marker: &MarkerView) -> String {
    let family = codebook
        .family(marker.code.family())
        .map_or(marker.code.family(), |family| family.name.as_str());
    let code = codebook
        .code(&marker.code)
        .map_or(marker.code.as_str(), |code| code.name.as_str());
    format!("{family}: {code}")
}

fn role(turn: &TurnView) -> char {
    match turn.role {
        Role::Patient => 'P',
        Role::Therapist => 'T',
        Role::Other => '·',
    }
}

/// Whether anything but the whole session was marked here.
fn covered(view: &SessionView, index: usize) -> bool {
    view.coding.markers.iter().any(|marker| {
        first_turn(view, marker).is_some_and(|first| first <= index)
            && last_turn(view, marker).is_some_and(|last| index <= last)
    })
}

fn first_turn(view: &SessionView, marker: &MarkerView) -> Option<usize> {
    match marker.segment {
        SegmentView::Text { start, .. } => usize::try_from(start.turn).ok(),
        SegmentView::Time { start_ms, .. } => turn_at(view, start_ms),
        SegmentView::Whole => None,
    }
}

fn last_turn(view: &SessionView, marker: &MarkerView) -> Option<usize> {
    match marker.segment {
        SegmentView::Text { end, .. } => usize::try_from(end.turn).ok(),
        SegmentView::Time { end_ms, .. } => turn_at(view, end_ms.saturating_sub(1)),
        SegmentView::Whole => None,
    }
}

/// The turn that is spoken at a moment, or the one before a silence.
fn turn_at(view: &SessionView, at_ms: u32) -> Option<usize> {
    let begun = view
        .transcript
        .turns
        .iter()
        .take_while(|turn| turn.start_ms <= at_ms)
        .count();
    (!view.transcript.turns.is_empty()).then(|| begun.saturating_sub(1))
}

/// The marked words in quotation marks, where they are less than their turn; the times of a stretch of time.
fn quoted(view: &SessionView, marker: &MarkerView) -> Option<String> {
    let (start, end) = match marker.segment {
        SegmentView::Text { start, end } => (start, end),
        SegmentView::Time { start_ms, end_ms } => {
            return Some(format!("{}–{}", moment(start_ms), moment(end_ms)));
        }
        SegmentView::Whole => return None,
    };
    let text = &view.transcript.turns.get(usize::try_from(start.turn).ok()?)?.text;
    let units: Vec<u16> = text.encode_utf16().collect();
    let from = usize::try_from(start.unit).ok()?;
    let to = if end.turn == start.turn {
        usize::try_from(end.unit).ok()?
    } else {
        units.len()
    };
    if from == 0 && to >= units.len() {
        return None;
    }
    let marked = String::from_utf16_lossy(units.get(from..to)?);
    let words: Vec<&str> = marked.split_whitespace().collect();
    let short: Vec<&str> = words.iter().take(QUOTED).copied().collect();
    let more = if words.len() > QUOTED { " …" } else { "" };
    (!short.is_empty()).then(|| format!("“{}{more}”", short.join(" ")))
}
