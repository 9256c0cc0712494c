//! A coding as a file.

use std::collections::BTreeMap;
use std::path::Path;

use sunder_domain::{Coding, CodingId, Purpose, Ratings, SessionId, TranscriptRef};
use sunder_store::CodingFilter;

use crate::app::App;
use crate::coding::Working;
use crate::outgoing;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, ExportCoding, Nothing, Person};

/// Writes a coding to a file.
///
/// # Errors
/// `not-found`, `not-allowed` for another rater's, `file` when it cannot be written.
pub fn export(app: &mut App, request: ExportCoding) -> Result<Nothing, ApiError> {
    let text = to_json(app, &request.coding_id)?;
    outgoing::write(Path::new(&request.path), text)?;
    Ok(Nothing {})
}

/// The text of a coding file.
///
/// # Errors
/// `not-found`, `not-allowed` for another rater's.
pub fn to_json(app: &mut App, coding_id: &CodingId) -> Result<String, ApiError> {
    let study = app.study_mut()?;
    study.may_read(coding_id)?;
    if !study.permissions().case_and_number {
        return Err(ApiError::new(
            ErrorCode::NotAllowed,
            "A coding file names case and session; they are hidden from raters in this study. Ask the lead to export it.",
        ));
    }
    let coding = study.fetch_alone(coding_id)?;
    Ok(as_file(study, &coding)?.to_json())
}

/// The codings that these names choose, by case, session and rater; absent means all.
///
/// # Errors
/// `not-found` for a case, session or rater that is not there.
pub fn select(
    app: &App,
    case: Option<&str>,
    session: Option<u32>,
    rater: Option<&str>,
    purpose: Option<Purpose>,
) -> Result<Vec<CodingId>, ApiError> {
    let study = app.study()?;
    study.somebody()?;
    if (case.is_some() || session.is_some()) && !study.permissions().case_and_number {
        return Err(ApiError::new(
            ErrorCode::NotAllowed,
            "Cases and session numbers are hidden from raters in this study.",
        ));
    }
    let missing = |what: &str, name: &str| {
        ApiError::new(
            ErrorCode::NotFound,
            format!("There is no {what} called {name} in this study."),
        )
    };
    let cases = study.store.cases()?;
    let case_id = match case {
        Some(name) => Some(
            cases
                .iter()
                .find(|case| case.name == name)
                .map(|case| case.id.clone())
                .ok_or_else(|| missing("case", name))?,
        ),
        None => None,
    };
    let rater_id = match rater {
        Some(name) => Some(
            study
                .store
                .raters()?
                .into_iter()
                .find(|rater| rater.name == name)
                .map(|rater| rater.id)
                .ok_or_else(|| missing("rater", name))?,
        ),
        // A rater's own are all that there is for them.
        None => match &study.person {
            Person::Rater { rater_id } => Some(rater_id.clone()),
            Person::Lead => None,
        },
    };
    let sessions: BTreeMap<_, _> = study
        .store
        .sessions()?
        .into_iter()
        .map(|session| (session.id.clone(), session))
        .collect();
    let names: BTreeMap<_, _> = cases.iter().map(|case| (&case.id, &case.name)).collect();
    let chosen = |id: &SessionId| {
        sessions
            .get(id)
            .is_some_and(|known| session.is_none_or(|number| known.number == number))
    };
    if let Some(number) = session.filter(|number| !sessions.values().any(|known| known.number == *number)) {
        return Err(missing("session", &number.to_string()));
    }
    let filter = CodingFilter {
        case: case_id,
        rater: rater_id,
        purpose,
        ..CodingFilter::default()
    };
    let mut codings: Vec<_> = study
        .store
        .codings(&filter)?
        .into_iter()
        .filter(|coding| chosen(&coding.header.session_id))
        .collect();
    let order = |coding: &sunder_store::CodingSummary| {
        let session = sessions.get(&coding.header.session_id);
        let case = session.and_then(|session| names.get(&session.case_id));
        (
            case.map(|name| (*name).clone()),
            session.map(|session| session.number),
            coding.id.clone(),
        )
    };
    codings.sort_by_cached_key(order);
    Ok(codings.into_iter().map(|coding| coding.id).collect())
}

/// A coding as the file holds it.
pub(crate) fn as_file(study: &OpenStudy, coding: &Working) -> Result<Coding, ApiError> {
    let session = study.session(&coding.header.session_id)?;
    let transcript = &coding.header.transcript;
    Ok(Coding {
        case: study.case_of(&session)?.name,
        session: session.number,
        transcript: (!transcript.sha256.is_empty()).then(|| TranscriptRef {
            version: transcript.version,
            sha256: transcript.sha256.clone(),
        }),
        rater: study.rater_name(&coding.header.rater_id)?,
        perspective: coding.header.perspective,
        material: coding.header.material,
        codebook: coding.header.codebook.clone(),
        purpose: coding.header.purpose,
        status: coding.status,
        conflicts: coding.conflicts.values().cloned().collect(),
        markers: coding.markers.values().cloned().collect(),
        ratings: Ratings {
            session: coding.session_ratings.clone(),
            windows: coding.windows.values().cloned().collect(),
        },
        notes: coding.notes.values().cloned().collect(),
        coverage: coding.coverage.clone(),
        dismissed: coding.dismissed.iter().cloned().collect(),
    })
}
