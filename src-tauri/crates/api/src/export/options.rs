//! What an export can be of, for this person.

use std::collections::BTreeSet;

use sunder_domain::Purpose;
use sunder_formats::out::Form;
use sunder_store::CodingFilter;

use crate::app::App;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, ExportForm, ExportFormView, ExportOptions, Nothing, Person};

/// The forms, and the names that an export can be narrowed to.
///
/// # Errors
/// `not-allowed` where nobody has said who sits here; file errors.
pub fn options(app: &mut App, _: Nothing) -> Result<ExportOptions, ApiError> {
    let study = app.study()?;
    study.somebody()?;
    let may = study.permissions();
    let forms = Form::ALL.iter().map(|form| form_view(study, *form)).collect();
    let cases = if may.case_and_number {
        study.store.cases()?.into_iter().map(|case| case.name).collect()
    } else {
        Vec::new()
    };
    let raters = if may.lead {
        study
            .store
            .raters()?
            .into_iter()
            .map(|rater| rater.name)
            .collect()
    } else {
        Vec::new()
    };
    let filter = CodingFilter {
        rater: match &study.person {
            Person::Lead => None,
            Person::Rater { rater_id } => Some(rater_id.clone()),
        },
        ..CodingFilter::default()
    };
    let purposes: BTreeSet<Purpose> = study
        .store
        .codings(&filter)?
        .into_iter()
        .map(|coding| coding.header.purpose)
        .collect();
    let folder = study.path.parent().map(|folder| folder.display().to_string());
    Ok(ExportOptions {
        forms,
        suggested: format!("{} export", plain(&study.settings.name)),
        folder: folder.unwrap_or_default(),
        cases,
        raters,
        purposes: purposes.into_iter().collect(),
        classes: may.classes,
    })
}

/// A name of letters, digits and spaces.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Why this person cannot have the form.
pub(super) fn refused(study: &OpenStudy, form: Form) -> Option<ApiError> {
    let hidden = form.names_sessions() && !study.permissions().case_and_number;
    hidden.then(|| {
        ApiError::new(
            ErrorCode::NotAllowed,
            "It names cases and session numbers, which are hidden from raters in this study. Ask the lead to export it.",
        )
    })
}

fn form_view(study: &OpenStudy, form: Form) -> ExportFormView {
    let (name, about) = words(form);
    ExportFormView {
        form: of_form(form),
        name: name.to_owned(),
        about: about.to_owned(),
        extension: form.extension().map(str::to_owned),
        refused: refused(study, form).map(|error| error.message),
    }
}

const fn words(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Csv => (
            "CSV tables",
            "A folder of tables: one row for each conflict, marker, window and session.",
        ),
        Form::Tsv => ("TSV tables", "The same tables, columns apart by tabs."),
        Form::Xlsx => (
            "Excel",
            "One workbook with the tables as sheets and the codebook.",
        ),
        Form::R => (
            "R",
            "The CSV tables with a script that reads them, with labels and levels.",
        ),
        Form::Spss => (
            "SPSS",
            "The CSV tables with a syntax file that reads them, with labels and missing values.",
        ),
        Form::Json => (
            "JSON",
            "One document with every coding whole; it can be imported again.",
        ),
        Form::Eaf => (
            "ELAN",
            "A file for each session with a set of tiers for each rater; it can be imported again.",
        ),
        Form::Qdpx => (
            "REFI-QDA project",
            "For NVivo, MAXQDA and ATLAS.ti: sessions, codes and coded text; it can be imported again.",
        ),
        Form::Qdc => ("REFI-QDA codebook", "The codebook alone, for the same programs."),
        Form::Textgrid => ("Praat TextGrid", "A file for each session, with interval tiers."),
        Form::Sdis => (
            "GSEQ (SDIS)",
            "Timed event sequences for lag-sequential analysis.",
        ),
    }
}

/// The form of the writers.
pub(super) const fn form(form: ExportForm) -> Form {
    match form {
        ExportForm::Csv => Form::Csv,
        ExportForm::Tsv => Form::Tsv,
        ExportForm::Xlsx => Form::Xlsx,
        ExportForm::R => Form::R,
        ExportForm::Spss => Form::Spss,
        ExportForm::Json => Form::Json,
        ExportForm::Eaf => Form::Eaf,
        ExportForm::Qdpx => Form::Qdpx,
        ExportForm::Qdc => Form::Qdc,
        ExportForm::Textgrid => Form::Textgrid,
        ExportForm::Sdis => Form::Sdis,
    }
}

const fn of_form(form: Form) -> ExportForm {
    match form {
        Form::Csv => ExportForm::Csv,
        Form::Tsv => ExportForm::Tsv,
        Form::Xlsx => ExportForm::Xlsx,
        Form::R => ExportForm::R,
        Form::Spss => ExportForm::Spss,
        Form::Json => ExportForm::Json,
        Form::Eaf => ExportForm::Eaf,
        Form::Qdpx => ExportForm::Qdpx,
        Form::Qdc => ExportForm::Qdc,
        Form::Textgrid => ExportForm::Textgrid,
        Form::Sdis => ExportForm::Sdis,
    }
}
