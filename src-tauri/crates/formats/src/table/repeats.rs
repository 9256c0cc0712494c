//! Tables that give a row per annotator: every utterance comes as often as people coded it (AnnoMI's full table).

use super::guess::Layout;
use super::sheet::Record;
use crate::warning::{WarningKind, Warnings};

/// Recognises rows that repeat the one before for another annotator.
#[derive(Debug)]
pub(crate) struct Repeats {
    /// Indices of the utterance's and the annotator's column.
    columns: Option<(usize, usize)>,
    /// Transcript, utterance and annotator of the last row that was kept.
    kept: Option<(usize, String, String)>,
    first_at: usize,
    count: u32,
}

impl Repeats {
    pub(crate) fn of(layout: &Layout) -> Self {
        let columns = layout.headed("utterance_id").zip(layout.headed("annotator_id"));
        Self {
            columns,
            kept: None,
            first_at: 0,
            count: 0,
        }
    }

    /// Whether a row says nothing new: same transcript, same utterance, same words, another annotator.
    pub(crate) fn repeats(&mut self, record: &Record, transcript: usize, same_words: bool) -> bool {
        let Some((utterance, annotator)) = self.columns else {
            return false;
        };
        let cell = |index: usize| record.cells.get(index).unwrap_or("").trim();
        if let Some((kept_transcript, kept_utterance, kept_annotator)) = &self.kept
            && same_words
            && *kept_transcript == transcript
            && kept_utterance == cell(utterance)
            && kept_annotator != cell(annotator)
        {
            if self.count == 0 {
                self.first_at = record.at;
            }
            self.count = self.count.saturating_add(1);
            return true;
        }
        self.kept = Some((transcript, cell(utterance).to_owned(), cell(annotator).to_owned()));
        false
    }

    pub(crate) fn warn(&self, warnings: &mut Warnings<'_>) {
        if self.count > 0 {
            warnings.at(WarningKind::RepeatsCollapsed, self.first_at, || {
                format!(
                    "{} rows repeat an utterance for another annotator and were left out; the first is here",
                    self.count
                )
            });
        }
    }
}
