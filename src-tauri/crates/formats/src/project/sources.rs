//! What a project's XML says about its sources.

use crate::markup::{Element, Markup, Node, Problem};

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Project {
    /// Text sources and transcripts of recordings.
    pub(super) texts: Vec<TextSource>,
    /// Sources that are no text.
    pub(super) others: u32,
    pub(super) codings: u32,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct TextSource {
    pub(super) name: String,
    pub(super) place: Place,
    /// Characters from the start and their times in ms.
    pub(super) syncs: Vec<(usize, u32)>,
}

/// Where a source's plain text stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the project's XML.
    Here(String),
    /// In a part of its own.
    Part(String),
}

pub(super) fn project(xml: &str) -> Result<Project, Problem> {
    let mut markup = Markup::new(xml);
    let mut project = Project::default();
    let mut recording = String::new();
    let mut in_text = false;
    let mut in_content = false;
    while let Some((_, node)) = markup.next()? {
        match node {
            Node::Open(element) => match element.name() {
                "TextSource" => {
                    in_text = true;
                    project.texts.push(text_source(&element, ""));
                }
                "Transcript" => {
                    in_text = true;
                    project.texts.push(text_source(&element, &recording));
                }
                "AudioSource" | "VideoSource" => {
                    recording = element.attribute("name").unwrap_or_default();
                    project.others = project.others.saturating_add(1);
                }
                "PDFSource" | "PictureSource" => project.others = project.others.saturating_add(1),
                "PlainTextContent" => in_content = in_text,
                "SyncPoint" => {
                    let position = element.attribute("position").and_then(|at| at.parse().ok());
                    let ms = element.attribute("timeStamp").and_then(|ms| ms.parse().ok());
                    if let (Some(source), Some(sync)) = (project.texts.last_mut(), position.zip(ms)) {
                        source.syncs.push(sync);
                    }
                }
                "Coding" => project.codings = project.codings.saturating_add(1),
                _ => {}
            },
            Node::Close(closing) => match closing.name() {
                "TextSource" => in_text = false,
                "Transcript" => {
                    in_text = false;
                    // The recording has words after all.
                    project.others = project.others.saturating_sub(1);
                }
                "PlainTextContent" => in_content = false,
                _ => {}
            },
            Node::Text(text) if in_content => {
                if let Some(TextSource {
                    place: Place::Here(content),
                    ..
                }) = project.texts.last_mut()
                {
                    content.push_str(&text);
                }
            }
            Node::Text(_) => {}
        }
    }
    Ok(project)
}

fn text_source(element: &Element<'_>, recording: &str) -> TextSource {
    let told = |name: &str| element.attribute(name).filter(|value| !value.trim().is_empty());
    TextSource {
        name: told("name").unwrap_or_else(|| recording.to_owned()),
        place: told("plainTextPath").map_or_else(|| Place::Here(String::new()), Place::Part),
        syncs: Vec::new(),
    }
}
