//! Lists of pseudonyms: typed, from a file, or both. A list is kept nowhere but in a file that somebody chose; what it replaces is
//! told to the person who imports, and never reaches the study.

use std::path::Path;

use sunder_formats::{Pseudonyms, Reading};

use super::options::bytes_of;
use crate::app::App;
use crate::outgoing;
use crate::wire::{
    ApiError, ErrorCode, ImportOptions, KeepPseudonyms, Nothing, PseudonymHit, PseudonymPreview,
};

/// The entries of the file and those that are typed, in one list.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    pub(super) all: Pseudonyms,
    /// How many of them are from the file.
    from_file: u32,
}

impl Lists {
    /// # Errors
    /// `file` for a list that cannot be opened; `bad-request` for a line that says no replacement.
    pub(super) fn of(file: Option<&str>, typed: &str) -> Result<Self, ApiError> {
        let mut lists = Self::default();
        if let Some(file) = file {
            let bytes = bytes_of(Path::new(file))?;
            let text = String::from_utf8(bytes).map_err(|_| {
                ApiError::new(
                    ErrorCode::File,
                    format!("{file}: the list of pseudonyms is no text in UTF-8: save it as that."),
                )
            })?;
            lists.all = parsed(&text)
                .map_err(|error| ApiError::new(error.code, format!("{file}: {}", error.message)))?;
            lists.from_file = lists.all.len();
        }
        lists.all.extend(parsed(typed)?);
        Ok(lists)
    }

    /// The lists that the options name.
    pub(super) fn chosen(options: &ImportOptions) -> Result<Self, ApiError> {
        Self::of(options.pseudonym_file.as_deref(), &options.pseudonyms)
    }

    /// What was replaced in a file, and what was not.
    pub(super) fn told(&self, reading: &Reading) -> PseudonymPreview {
        let several = reading.transcripts.len() > 1;
        let key = |transcript: u32| {
            let found = reading.transcripts.get(transcript as usize).filter(|_| several);
            found.and_then(|found| found.key.clone())
        };
        let hits = reading.hits.iter().map(|hit| PseudonymHit {
            transcript: key(hit.transcript),
            turn: hit.turn.map(|turn| turn.saturating_add(1)),
            before: hit.before.clone(),
            found: hit.found.clone(),
            replaced: hit.replaced.clone(),
            after: hit.after.clone(),
        });
        let unused = |in_file: bool| {
            let entries = (0_u32..).zip(&reading.replaced).filter(|(_, count)| **count == 0);
            let here = entries.filter(|(entry, _)| (*entry < self.from_file) == in_file);
            here.filter_map(|(entry, _)| self.all.line(entry)).collect()
        };
        let all: u32 = reading.replaced.iter().copied().fold(0, u32::saturating_add);
        let listed = u32::try_from(reading.hits.len()).unwrap_or(u32::MAX);
        PseudonymPreview {
            entries: self.all.len(),
            hits: hits.collect(),
            more: all.saturating_sub(listed),
            unused_in_file: unused(true),
            unused_typed: unused(false),
        }
    }
}

fn parsed(text: &str) -> Result<Pseudonyms, ApiError> {
    Pseudonyms::parse(text).map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("{error}.")))
}

/// Writes a list to a file outside the study.
///
/// # Errors
/// `bad-request` for a line that says no replacement; `file` when it cannot be written.
pub fn keep_pseudonyms(_: &mut App, request: KeepPseudonyms) -> Result<Nothing, ApiError> {
    parsed(&request.pseudonyms)?;
    let text = format!("{}\n", request.pseudonyms.trim_end());
    outgoing::write(Path::new(&request.path), text)?;
    Ok(Nothing {})
}
