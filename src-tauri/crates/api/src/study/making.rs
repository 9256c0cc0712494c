//! A new study: its file, its settings, its codebook and its first rule.

use std::path::Path;

use sunder_domain::{Codebook, Rule};
use sunder_store::{
    Change, CodebookRecord, Masking, NewStudy as NewStudyRecord, RuleRecord, Scoring, Study, StudySettings,
    content_sha256,
};

use super::opening::{remember, store_environment, take};
use super::view::current;
use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::names;
use crate::wire::{ApiError, ErrorCode, NewStudy, Person, StudyView};

/// What a new study starts with.
pub struct NewStudyFile<'a> {
    pub name: &'a str,
    pub codebook: Codebook,
    pub rule: Rule,
    pub masking: Masking,
    pub passphrase: Option<&'a str>,
}

impl<'a> NewStudyFile<'a> {
    /// Masked, with the built-in codebook and the built-in rule.
    #[must_use]
    pub fn built_in(name: &'a str) -> Self {
        Self {
            name,
            codebook: Codebook::built_in(),
            rule: Rule::default(),
            masking: Masking {
                classes: false,
                totals: false,
                case_name: false,
                session_number: false,
                session_date: false,
            },
            passphrase: None,
        }
    }
}

/// Makes a study and opens it as the lead. Raters are masked until the lead decides otherwise.
///
/// # Errors
/// `bad-request` without a name; `file` where there is something already.
pub fn create(app: &mut App, request: NewStudy) -> Result<StudyView, ApiError> {
    let name = names::proper(&request.name, "A study")?;
    create_at(app, Path::new(&request.path), NewStudyFile::built_in(&name))?;
    remember(app)?;
    let id = app.study()?.store.id().to_string();
    app.local.set_person(&id, Person::Lead)?;
    current(app)
}

/// Makes a study with a lab's own codebook or a passphrase, and opens it as the lead; nothing is remembered.
///
/// # Errors
/// As [`create`]; `format` with line and column for a codebook that cannot be read.
pub fn create_with(
    app: &mut App,
    request: &NewStudy,
    codebook_json: Option<&str>,
    passphrase: Option<&str>,
) -> Result<(), ApiError> {
    let codebook = match codebook_json {
        Some(text) => Codebook::from_json(text)
            .map_err(|error| ApiError::new(ErrorCode::Format, format!("{error}.")))?,
        None => Codebook::built_in(),
    };
    let new = NewStudyFile {
        codebook,
        passphrase,
        ..NewStudyFile::built_in(&request.name)
    };
    create_at(app, Path::new(&request.path), new)
}

/// Makes the file and opens it as the lead.
///
/// # Errors
/// `file` where there is something already, and other file errors.
pub fn create_at(app: &mut App, path: &Path, new: NewStudyFile<'_>) -> Result<(), ApiError> {
    let at_ms = app.now_ms();
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            ApiError::new(
                ErrorCode::File,
                format!("The folder {} could not be made: {error}.", folder.display()),
            )
        })?;
    }
    let rule = RuleRecord {
        id: fresh().map_err(|_| no_id())?,
        rule: new.rule,
        locked: None,
    };
    let settings = StudySettings {
        name: new.name.to_owned(),
        masking: new.masking,
        material: sunder_domain::Material::Transcript,
        window_seconds: new.codebook.window_seconds,
        scoring: Scoring::WithTag,
        rule_id: rule.id.clone(),
        raters_see_brief: false,
    };
    let codebook = new.codebook.to_json().into_bytes();
    let codebook_record = CodebookRecord {
        reference: new.codebook.reference().to_string(),
        sha256: content_sha256(&codebook),
    };
    let mut record = NewStudyRecord::new(
        fresh().map_err(|_| no_id())?,
        fresh().map_err(|_| no_id())?,
        "lead",
        at_ms,
        settings,
    );
    record.operation.changes.push(Change::Rule {
        id: rule.id.clone(),
        after: Some(rule),
    });
    record.operation.changes.push(Change::Codebook {
        reference: codebook_record.reference.clone(),
        after: Some(codebook_record),
    });
    record.operation = record.operation.with_content("codebook", codebook);
    let store = Study::create(&path, store_environment(app), new.passphrase, record)?;
    take(app, store, &path, Some(Person::Lead))
}
