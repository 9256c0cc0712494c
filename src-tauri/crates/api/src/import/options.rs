//! What the user set, as the readers take it.

use std::fs::File;
use std::path::Path;

use sunder_formats::{
    ColumnChoice, ColumnChoices, ColumnMapping, Encoding, Format, FormatError, MAXIMUM_BYTES, MergeGap,
    Pseudonyms, ReadOptions, Reading, RoleChoices,
};

use super::pseudonyms::Lists;
use crate::wire::{ApiError, ColumnMap, ErrorCode, ImportOptions, ImportWarning};

/// Reads the file as the options say, with these pseudonyms.
pub(super) fn read(path: &str, options: &ImportOptions, lists: &Lists) -> Result<Reading, ApiError> {
    let path = Path::new(path);
    let options = ReadOptions {
        pseudonyms: lists.all.clone(),
        ..read_options(path, options)?
    };
    read_as(path, &options)
}

/// Reads the file as the readers' own options say.
pub(super) fn read_as(path: &Path, options: &ReadOptions) -> Result<Reading, ApiError> {
    sunder_formats::read(&bytes_of(path)?, options).map_err(|error| refused(path, &error))
}

/// The bytes of a file that may be a transcript.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, ApiError> {
    let unread = |error: std::io::Error| {
        ApiError::new(
            ErrorCode::File,
            format!(
                "{} could not be read: {error}. Check the path and that you may read it.",
                path.display()
            ),
        )
    };
    let file = File::open(path).map_err(unread)?;
    let bytes = usize::try_from(file.metadata().map_err(unread)?.len()).unwrap_or(usize::MAX);
    if bytes > MAXIMUM_BYTES {
        return Err(refused(path, &FormatError::TooLarge { bytes }));
    }
    // What tells no length (a device, a pipe) is taken in up to the limit.
    sunder_formats::take_in(file).map_err(unread)
}

pub(crate) fn refused(path: &Path, error: &FormatError) -> ApiError {
    ApiError::new(ErrorCode::Format, format!("{}: {error}.", path.display()))
}

fn read_options(path: &Path, options: &ImportOptions) -> Result<ReadOptions, ApiError> {
    let format = options.format.as_deref().map(format_named).transpose()?;
    let encoding = options.encoding.as_deref().map(encoding_named).transpose()?;
    let mut roles = RoleChoices::default();
    for (name, role) in &options.speakers {
        roles.choose(name, *role);
    }
    roles.choose_unnamed(options.unnamed.clone());
    Ok(ReadOptions {
        name: name_of(path),
        format,
        encoding,
        columns: options.columns.as_ref().map(column_choices).unwrap_or_default(),
        tiers: options.tiers.clone(),
        roles,
        merge_gap: options.merge_gap_ms.map_or(MergeGap::ByFormat, |ms| {
            if ms == 0 {
                MergeGap::Off
            } else {
                MergeGap::Within { ms }
            }
        }),
        merge_by_sentence: options.merge_by_sentence,
        pseudonyms: Pseudonyms::default(),
    })
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A format by its key.
pub(super) fn format_named(key: &str) -> Result<Format, ApiError> {
    Format::from_key(key).ok_or_else(|| unknown("format", key, Format::ALL.iter().map(|format| format.key())))
}

/// An encoding by its key.
pub(super) fn encoding_named(key: &str) -> Result<Encoding, ApiError> {
    Encoding::from_key(key).ok_or_else(|| {
        unknown(
            "encoding",
            key,
            Encoding::ALL.iter().map(|encoding| encoding.key()),
        )
    })
}

fn unknown<'a>(what: &str, key: &str, there_are: impl Iterator<Item = &'a str>) -> ApiError {
    let there_are: Vec<&str> = there_are.collect();
    ApiError::new(
        ErrorCode::BadRequest,
        format!(
            "There is no {what} called {key}. Choose one of {}.",
            there_are.join(", ")
        ),
    )
}

/// A mapping that was shown and changed: what it leaves out is absent, the text is guessed where it is not named.
fn column_choices(map: &ColumnMap) -> ColumnChoices {
    let choice = |column: &Option<String>| column.clone().map_or(ColumnChoice::Absent, ColumnChoice::Column);
    ColumnChoices {
        text: map.text.clone().map_or(ColumnChoice::Guess, ColumnChoice::Column),
        speaker: choice(&map.speaker),
        start: choice(&map.start),
        end: choice(&map.end),
        transcript: choice(&map.transcript),
    }
}

/// The mapping that was used, by the table's headings.
pub(super) fn column_map(mapping: &ColumnMapping, headings: &[String]) -> ColumnMap {
    let heading = |column: u32| {
        usize::try_from(column)
            .ok()
            .and_then(|at| headings.get(at.checked_sub(1)?))
            .cloned()
    };
    ColumnMap {
        text: heading(mapping.text),
        speaker: mapping.speaker.and_then(heading),
        start: mapping.start.and_then(heading),
        end: mapping.end.and_then(heading),
        transcript: mapping.transcript.and_then(heading),
    }
}

pub(super) fn warnings(reading: &Reading) -> Vec<ImportWarning> {
    reading
        .warnings
        .iter()
        .map(|warning| ImportWarning {
            line: warning.line,
            column: warning.column,
            text: warning.text.clone(),
        })
        .collect()
}
