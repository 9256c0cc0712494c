//! `sunder new`: a study with the built-in codebook or a lab's own.

use std::path::Path;

use serde::Serialize;
use sunder_api::study as studies;
use sunder_api::wire::{NewStudy, Nothing, StudyView};

use crate::arguments::New;
use crate::exit::Failure;
use crate::run::Context;

/// A study that was made.
#[derive(Serialize)]
pub(super) struct Made {
    path: String,
    id: String,
    name: String,
    codebook: String,
    rule: Option<String>,
    sessions: usize,
}

impl From<StudyView> for Made {
    fn from(view: StudyView) -> Self {
        Self {
            path: view.path,
            id: view.id.to_string(),
            name: view.name,
            codebook: view.codebook_reference,
            rule: view.rule.map(|rule| rule.name),
            sessions: view.sessions.len(),
        }
    }
}

/// Makes the study.
pub(crate) fn create(context: &mut Context, arguments: &New) -> Result<(), Failure> {
    context.lead_only("makes a study")?;
    let codebook = match &arguments.codebook {
        Some(path) => Some(std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?),
        None => None,
    };
    let request = NewStudy {
        path: arguments.study.clone(),
        name: name_of(&arguments.study)?,
    };
    let passphrase = context.passphrase().map(str::to_owned);
    studies::create_with(
        &mut context.app,
        &request,
        codebook.as_deref(),
        passphrase.as_deref(),
    )
    .map_err(|error| {
        // The api has the codebook's text only; which file it was, the caller knows.
        match (&arguments.codebook, error.code) {
            (Some(path), sunder_api::ErrorCode::Format) => {
                Failure::system(format!("{path}: {}", error.message))
            }
            _ => error.into(),
        }
    })?;
    told(context)
}

/// Prints the study that was just made.
pub(super) fn told(context: &mut Context) -> Result<(), Failure> {
    let made = Made::from(studies::view(&mut context.app, Nothing {})?);
    context.output.print(&made, |out| {
        writeln!(out, "{}", made.path)?;
        writeln!(out, "  name      {}", made.name)?;
        writeln!(out, "  codebook  {}", made.codebook)?;
        if let Some(rule) = &made.rule {
            writeln!(out, "  rule      {rule}")?;
        }
        writeln!(out, "  sessions  {}", made.sessions)
    })
}

/// The study is called like its file.
fn name_of(path: &str) -> Result<String, Failure> {
    Path::new(path)
        .file_stem()
        .map(|stem| stem.to_string_lossy().trim().to_owned())
        .filter(|name| !name.is_empty())
        .ok_or_else(|| {
            Failure::usage(format!(
                "{path} names no file; call the study something like my-study.sunder."
            ))
        })
}
