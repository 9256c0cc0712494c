//! A column: its name, what it means, what it may hold, and how its value is found.

use std::sync::Arc;

use sunder_domain::{Conflict, Marker};

use super::cell::Cell;
use super::material::{Case, CodedSession, Session};
use super::setting::Setting;

/// Words with their labels, in order.
pub(super) type Words = Arc<Vec<(String, String)>>;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Number,
    /// 1 to 5, with what each value is called, or "cannot judge".
    Score(Arc<Vec<String>>),
    YesNo,
    /// One of these.
    Word(Words),
}

impl Kind {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole number",
            Self::Number => "number",
            Self::Score(_) => "score 1 to 5",
            Self::YesNo => "yes or no",
            Self::Word(_) => "word",
        }
    }
}

/// A window of a coding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// From 1.
    pub(super) number: u32,
    pub(super) start_ms: u32,
    pub(super) end_ms: u32,
}

/// What a row is made from; each table fills what it is about.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) setting: &'a Setting,
    pub(super) case: &'a Case,
    pub(super) session: &'a Session,
    /// `None` in a row of what counts for a session that is no single coding of it.
    pub(super) coded: Option<&'a CodedSession>,
    pub(super) conflict: Option<(&'a Conflict, &'a [&'a Marker])>,
    pub(super) marker: Option<&'a Marker>,
    pub(super) window: Option<Window>,
    /// The row is what counts for the session, whatever coding that comes from.
    pub(super) of_record: bool,
}

type Find = Box<dyn Fn(&Row<'_>) -> Cell + Send + Sync>;

/// A column of a table.
pub(super) struct Column {
    /// Lower-case words joined by `_`: a name in every program.
    pub(super) key: String,
    pub(super) label: String,
    pub(super) kind: Kind,
    find: Find,
}

impl Column {
    pub(super) fn new(
        key: impl Into<String>,
        label: impl Into<String>,
        kind: Kind,
        find: impl Fn(&Row<'_>) -> Cell + Send + Sync + 'static,
    ) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            kind,
            find: Box::new(find),
        }
    }

    /// A column about the coding.
    pub(super) fn of_coding(
        key: impl Into<String>,
        label: impl Into<String>,
        kind: Kind,
        find: impl Fn(&CodedSession) -> Cell + Send + Sync + 'static,
    ) -> Self {
        Self::new(key, label, kind, move |row| row.coded.map_or(Cell::Empty, &find))
    }

    /// A column about a conflict and its markers.
    pub(super) fn of_conflict(
        key: impl Into<String>,
        label: impl Into<String>,
        kind: Kind,
        find: impl Fn(&CodedSession, &Conflict, &[&Marker]) -> Cell + Send + Sync + 'static,
    ) -> Self {
        Self::new(key, label, kind, move |row| match (row.coded, row.conflict) {
            (Some(coded), Some((conflict, markers))) => find(coded, conflict, markers),
            _ => Cell::Empty,
        })
    }

    /// A column about a marker.
    pub(super) fn of_marker(
        key: impl Into<String>,
        label: impl Into<String>,
        kind: Kind,
        find: impl Fn(&CodedSession, &Marker) -> Cell + Send + Sync + 'static,
    ) -> Self {
        Self::new(key, label, kind, move |row| match (row.coded, row.marker) {
            (Some(coded), Some(marker)) => find(coded, marker),
            _ => Cell::Empty,
        })
    }

    /// A column about a window.
    pub(super) fn of_window(
        key: impl Into<String>,
        label: impl Into<String>,
        kind: Kind,
        find: impl Fn(&CodedSession, Window) -> Cell + Send + Sync + 'static,
    ) -> Self {
        Self::new(key, label, kind, move |row| match (row.coded, row.window) {
            (Some(coded), Some(window)) => find(coded, window),
            _ => Cell::Empty,
        })
    }

    pub(super) fn cell(&self, row: &Row<'_>) -> Cell {
        (self.find)(row)
    }
}

/// The cell of a score.
pub(super) fn score(score: Option<sunder_domain::Score>) -> Cell {
    match score {
        None => Cell::Empty,
        Some(score) => score
            .value()
            .map_or(Cell::CannotJudge, |value| Cell::Whole(value.into())),
    }
}

/// The name of a key of the codebook as a column has it.
pub(super) fn column_name(key: &str) -> String {
    key.chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .collect()
}
