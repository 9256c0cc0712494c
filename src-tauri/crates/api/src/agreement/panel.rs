//! The codings that are compared, read: rows of sessions, a column for each rater.

use std::sync::Arc;

use super::choose::PlannedRow;
use super::facts::CodingFacts;
use crate::wire::{ApiError, ErrorCode};

/// One session with its codings.
#[derive(Debug, Clone)]
pub(crate) struct PanelRow {
    pub(crate) planned: PlannedRow,
    /// For each column the coding that stands in it.
    pub(crate) codings: Vec<Option<Arc<CodingFacts>>>,
}

/// Everything that is compared.
#[derive(Debug, Clone)]
pub(crate) struct Panel {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<PanelRow>,
}

impl PanelRow {
    /// The codings with their columns.
    pub(crate) fn present(&self) -> impl Iterator<Item = (usize, &CodingFacts)> {
        self.codings
            .iter()
            .enumerate()
            .filter_map(|(column, coding)| coding.as_deref().map(|coding| (column, coding)))
    }

    /// The longest clock of its transcripts, ms.
    pub(crate) fn duration_ms(&self) -> u64 {
        self.present()
            .map(|(_, coding)| coding.transcript.duration_ms)
            .max()
            .unwrap_or(0)
    }

    /// All its codings stand on one transcript.
    pub(crate) fn one_transcript(&self) -> bool {
        let mut shas = self.present().map(|(_, coding)| &coding.transcript_sha256);
        match shas.next() {
            Some(first) => shas.all(|sha| sha == first),
            None => true,
        }
    }
}

impl Panel {
    /// Refuses a coding that stands in a row twice, under one id or as a copy under two names.
    ///
    /// # Errors
    /// `conflict`, with session and raters.
    pub(crate) fn refuse_twins(&self) -> Result<(), ApiError> {
        for row in &self.rows {
            let present: Vec<(usize, &CodingFacts)> = row.present().collect();
            for (place, (column, coding)) in present.iter().enumerate() {
                for (further, other) in present.iter().skip(place + 1) {
                    let same = coding.id == other.id
                        || (!coding.marker_ids.is_empty() && coding.marker_ids == other.marker_ids);
                    if same {
                        return Err(self.twins(row, *column, *further));
                    }
                }
            }
        }
        Ok(())
    }

    fn twins(&self, row: &PanelRow, column: usize, further: usize) -> ApiError {
        let name = |column: usize| self.columns.get(column).map_or("", String::as_str);
        ApiError::new(
            ErrorCode::Conflict,
            format!(
                "{}: the codings of {} and {} are the same coding twice. Leave one of them out.",
                row.planned.label,
                name(column),
                name(further)
            ),
        )
    }

    /// How many cases there are.
    pub(crate) fn cases(&self) -> usize {
        let names: std::collections::BTreeSet<&str> =
            self.rows.iter().map(|row| row.planned.case.as_str()).collect();
        names.len()
    }

    /// How many sessions there are.
    pub(crate) fn sessions(&self) -> usize {
        let ids: std::collections::BTreeSet<_> =
            self.rows.iter().map(|row| &row.planned.session_id).collect();
        ids.len()
    }
}
