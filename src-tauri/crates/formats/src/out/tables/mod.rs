//! The tidy tables: one row for each conflict, marker, window and session.

mod common;
mod conflicts;
mod markers;
mod sessions;
mod windows;

use super::cell::Cell;
use super::column::{Column, Row};
use super::material::Case;
use super::setting::Setting;

/// Hears of every row that a case has in a table.
type Visit = fn(&Setting, &Case, &mut dyn FnMut(&Row<'_>));

/// A table: its columns, and the rows that a case has in it.
pub(super) struct Table {
    /// The name of its file, without ending.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    /// What one row is.
    pub(super) about: &'static str,
    pub(super) columns: Vec<Column>,
    visit: Visit,
}

impl Table {
    /// Calls `take` with the cells of each row that the case has, in order.
    pub(super) fn rows<Error>(
        &self,
        setting: &Setting,
        case: &Case,
        mut take: impl FnMut(Vec<Cell>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut outcome = Ok(());
        (self.visit)(setting, case, &mut |row| {
            if outcome.is_ok() {
                outcome = take(self.columns.iter().map(|column| column.cell(row)).collect());
            }
        });
        outcome
    }
}

/// All tables, with the columns that the setting allows.
pub(super) fn all(setting: &Setting) -> Vec<Table> {
    vec![
        Table {
            name: "conflicts",
            title: "Conflicts",
            about: "one conflict of one coding",
            columns: conflicts::columns(setting),
            visit: conflicts::visit,
        },
        Table {
            name: "markers",
            title: "Markers",
            about: "one marker of one coding",
            columns: markers::columns(setting),
            visit: markers::visit,
        },
        Table {
            name: "windows",
            title: "Windows",
            about: "one window of one coding",
            columns: windows::columns(setting),
            visit: windows::visit,
        },
        Table {
            name: "sessions",
            title: "Sessions",
            about: "one session as one rater coded it (row: coding), or what counts for a session (row: session)",
            columns: sessions::columns(setting),
            visit: sessions::visit,
        },
    ]
}
