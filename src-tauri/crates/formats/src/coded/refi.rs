//! Codings of a REFI-QDA project that was exported: notes hold what belongs to a coding, selections its markers.

use std::collections::BTreeMap;

use sunder_domain::Coding;

use super::{CodedError, MARKER_NOTE, MarkerDetails, rest};
use crate::error::FormatError;
use crate::format::Format;
use crate::markup::{Markup, Node, Problem};
use crate::packed::Package;
use crate::place::Source;
use crate::project;

/// What a coding's note begins with, after white space.
const CODING: &str = "\"sunder-coding\"";

#[derive(Default)]
struct Project {
    /// Guid, name and text.
    notes: Vec<(String, String, String)>,
    /// Descriptions of selections.
    selections: Vec<String>,
}

pub(super) fn codings(bytes: &[u8]) -> Result<Vec<String>, CodedError> {
    let mut package = Package::open(bytes, Format::Qdpx)?;
    let damaged = FormatError::Damaged { format: Format::Qdpx };
    let name = package.names().find(|name| project::is_project(name));
    let xml = package.text(&name.ok_or(damaged.clone())?)?.ok_or(damaged)?;
    let project = read(&xml).map_err(|problem: Problem| problem.error(&Source::new(&xml), Format::Qdpx))?;
    // In the order of their notes.
    let mut order = Vec::new();
    let mut codings: BTreeMap<&str, Coding> = BTreeMap::new();
    for (guid, _, text) in project.notes.iter().filter(|(_, _, text)| text.contains(CODING)) {
        codings.insert(guid, rest(text, || format!("the note {guid}"))?);
        order.push(guid.as_str());
    }
    let noted = project
        .notes
        .iter()
        .filter(|(_, name, _)| name.starts_with(MARKER_NOTE))
        .map(|(_, _, text)| text);
    for details in project.selections.iter().chain(noted) {
        // A selection of another program has another description, or none.
        let Ok(MarkerDetails { coding, marker }) = serde_json::from_str(details) else {
            continue;
        };
        let changed = || CodedError::Changed {
            what: "the description of a selection".to_owned(),
        };
        let coding = codings.get_mut(coding.as_str()).ok_or_else(changed)?;
        coding.markers.push(marker);
    }
    Ok(order
        .into_iter()
        .filter_map(|guid| codings.get(guid))
        .map(Coding::to_json)
        .collect())
}

fn read(xml: &str) -> Result<Project, Problem> {
    let mut project = Project::default();
    let mut markup = Markup::new(xml);
    let mut note: Option<(String, String, String)> = None;
    let (mut in_selection, mut in_description, mut in_content) = (false, false, false);
    while let Some((_, node)) = markup.next()? {
        match node {
            Node::Open(element) => match element.name() {
                "Note" => {
                    let told = |name: &str| element.attribute(name).unwrap_or_default();
                    note = Some((told("guid"), told("name"), String::new()));
                }
                "PlainTextContent" => in_content = note.is_some(),
                "PlainTextSelection" => in_selection = true,
                "Description" if in_selection => {
                    in_description = true;
                    project.selections.push(String::new());
                }
                _ => {}
            },
            Node::Text(words) => {
                if in_content && let Some((_, _, text)) = &mut note {
                    text.push_str(&words);
                } else if in_description && let Some(text) = project.selections.last_mut() {
                    text.push_str(&words);
                }
            }
            Node::Close(closing) => match closing.name() {
                "Note" => project.notes.extend(note.take()),
                "PlainTextContent" => in_content = false,
                "PlainTextSelection" => in_selection = false,
                "Description" => in_description = false,
                _ => {}
            },
        }
    }
    Ok(project)
}
