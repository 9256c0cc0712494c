//! A coding file on its way in: whole or not at all, once.

use sunder_domain::{CodingId, Status};
use sunder_formats::{MAXIMUM_BYTES, coded};
use sunder_store::{Change, CodingHeader, NewOperation, OperationKind, StatusRecord, Target};

use super::intake::{Intake, Makes};
use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::study::OpenStudy;
use crate::wire::{ApiError, CodingPreview, ErrorCode, ImportCoding, ImportedCoding};

/// What a coding file, or an export with several codings, is and what importing it would make; nothing is written.
///
/// # Errors
/// As [`import`].
pub fn preview(app: &mut App, request: ImportCoding) -> Result<CodingPreview, ApiError> {
    app.study()?.lead_only()?;
    of_file(&request, |texts| {
        let mut preview: Option<CodingPreview> = None;
        for text in texts {
            let intake = Intake::of(app, text, request.as_recoding)?;
            match &mut preview {
                Some(preview) => add(preview, &intake),
                None => preview = Some(preview_of(intake)),
            }
        }
        preview.ok_or_else(no_coding)
    })
}

fn preview_of(intake: Intake) -> CodingPreview {
    let coding = intake.coding;
    CodingPreview {
        codings: 1,
        markers: count(coding.markers.len()),
        conflicts: count(coding.conflicts.len()),
        case: coding.case,
        session: coding.session,
        rater: coding.rater,
        purpose: coding.purpose,
        perspective: coding.perspective,
        status: coding.status,
        codebook: coding.codebook,
        already_there: intake.known.is_some(),
        new: intake.makes.iter().map(Makes::ahead).collect(),
        warnings: intake.warnings,
    }
}

/// Takes a further coding of the same file into the preview.
fn add(preview: &mut CodingPreview, intake: &Intake) {
    preview.codings += 1;
    preview.markers += count(intake.coding.markers.len());
    preview.conflicts += count(intake.coding.conflicts.len());
    preview.already_there &= intake.known.is_some();
    for words in intake.makes.iter().map(Makes::ahead) {
        if !preview.new.contains(&words) {
            preview.new.push(words);
        }
    }
    preview.warnings.extend(intake.warnings.iter().cloned());
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Takes in a coding file, or every coding of an export (JSON, ELAN, REFI-QDA): all are checked before the first is
/// written. An unknown rater, case or session is made, and said; the same coding again is "already there".
///
/// # Errors
/// `not-allowed` for raters; `file`; `format` with line and column; `conflict` where the session has another coding of this
/// rater and purpose, or the coding was made on another version of the transcript.
pub fn import(app: &mut App, request: ImportCoding) -> Result<ImportedCoding, ApiError> {
    app.study()?.lead_only()?;
    of_file(&request, |texts| {
        for text in texts {
            Intake::of(app, text, request.as_recoding)?;
        }
        let mut imported: Option<ImportedCoding> = None;
        for text in texts {
            let one = take_in(app, text, request.as_recoding)?;
            match &mut imported {
                Some(imported) => {
                    imported.codings += 1;
                    imported.already_there &= one.already_there;
                    imported.messages.extend(one.messages);
                }
                None => imported = Some(one),
            }
        }
        imported.ok_or_else(no_coding)
    })
}

fn no_coding() -> ApiError {
    ApiError::new(ErrorCode::Format, "It holds no coding.")
}

/// Reads the file and has `act` take the texts of its codings; what goes wrong names the file.
fn of_file<Done>(
    request: &ImportCoding,
    act: impl FnOnce(&[String]) -> Result<Done, ApiError>,
) -> Result<Done, ApiError> {
    let size = std::fs::metadata(&request.path).map_or(0, |file| file.len());
    if size > u64::try_from(MAXIMUM_BYTES).unwrap_or(u64::MAX) {
        return Err(ApiError::new(
            ErrorCode::Format,
            format!("{} is too large to hold codings.", request.path),
        ));
    }
    let bytes = std::fs::read(&request.path).map_err(|error| {
        ApiError::new(
            ErrorCode::File,
            format!("{} could not be read: {error}.", request.path),
        )
    })?;
    coded::codings(&bytes)
        .map_err(|error| ApiError::new(ErrorCode::Format, format!("{error}.")))
        .and_then(|texts| act(&texts))
        .map_err(|error| ApiError {
            message: format!("{}: {}", request.path, error.message),
            ..error
        })
}

/// Takes in the text of a coding file. Everything is checked before anything is written.
pub(crate) fn take_in(app: &mut App, text: &str, as_recoding: bool) -> Result<ImportedCoding, ApiError> {
    let intake = Intake::of(app, text, as_recoding)?;
    let messages = intake.warnings.iter().cloned();
    let messages = messages.chain(intake.makes.iter().map(Makes::done)).collect();
    let (coding_id, already_there) = match &intake.known {
        Some(known) => (known.clone(), true),
        None => (write(app.study_mut()?, intake)?, false),
    };
    Ok(ImportedCoding {
        coding_id,
        already_there,
        messages,
        codings: 1,
    })
}

/// Writes everything in one transaction.
fn write(study: &mut OpenStudy, intake: Intake) -> Result<CodingId, ApiError> {
    let Intake { at_ms, coding, .. } = intake;
    let header = CodingHeader {
        session_id: intake.session,
        rater_id: intake.rater,
        purpose: coding.purpose,
        perspective: coding.perspective,
        material: coding.material,
        codebook: coding.codebook.clone(),
        transcript: intake.transcript,
        started_ms: at_ms,
    };
    let mut changes: Vec<Change> = Vec::new();
    changes.extend(coding.conflicts.into_iter().map(|conflict| Change::Conflict {
        id: conflict.id.clone(),
        after: Some(Box::new(conflict)),
    }));
    changes.extend(coding.markers.into_iter().map(|marker| Change::Marker {
        id: marker.id.clone(),
        after: Some(Box::new(marker)),
    }));
    changes.extend(
        coding
            .ratings
            .session
            .into_iter()
            .map(|(key, score)| Change::SessionRating {
                key,
                after: Some(score),
            }),
    );
    changes.extend(coding.ratings.windows.into_iter().map(|window| Change::Window {
        start_ms: window.start_ms,
        after: Some(window),
    }));
    changes.extend(coding.notes.into_iter().map(|note| Change::Note {
        id: note.id.clone(),
        after: Some(note),
    }));
    if !coding.coverage.is_empty() {
        changes.push(Change::Coverage {
            after: coding.coverage,
        });
    }
    changes.extend(
        coding
            .dismissed
            .into_iter()
            .map(|members| Change::Dismissed { members, after: true }),
    );
    if coding.status == Status::Submitted {
        changes.push(Change::Status {
            after: Some(StatusRecord {
                status: Status::Submitted,
                at_ms,
                reason: None,
            }),
        });
    }
    let id: CodingId = fresh().map_err(|_| no_id())?;
    let actor = study.actor();
    let target = Target::Coding(id.clone());
    let start = Change::Coding { after: Some(header) };
    let operation = |kind, changes| {
        Ok::<_, ApiError>(NewOperation::new(
            fresh().map_err(|_| no_id())?,
            kind,
            &actor,
            at_ms,
            changes,
        ))
    };
    let mut operations = intake.plan.operations;
    operations.extend([
        (
            target.clone(),
            operation(OperationKind::CodingStart, vec![start])?,
        ),
        (target, operation(OperationKind::CodingImport, changes)?),
    ]);
    study.store.transact_all(operations)?;
    study.refresh()?;
    Ok(id)
}
