//! REFI-QDA projects (.qdpx, as NVivo, MAXQDA, ATLAS.ti and others exchange them): every text source as a transcript.
//!
//! A source's plain text is read as text is, under the source's name; transcripts of recordings take the times of their
//! synchronisation points. Left out, and said: codings, and sources without plain text (PDF, pictures, recordings alone).
//! No crate was tried.

mod sources;

use std::collections::HashMap;
use std::ops::Range;

use self::sources::{Place, Project, TextSource};
use crate::error::FormatError;
use crate::format::Format;
use crate::markup::Problem;
use crate::packed::Package;
use crate::place::{Source, number};
use crate::text;
use crate::unpacked::{Layout, Unpacked};
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// One source in the text that was put together.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) range: Range<usize>,
    /// Offsets in the text and their times in ms, in the order of the text.
    syncs: Vec<(usize, u32)>,
}

/// The texts of all sources.
///
/// # Errors
/// A file that cannot be unpacked, or whose XML is broken.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Unpacked, FormatError> {
    let mut package = Package::open(bytes, Format::Qdpx)?;
    let damaged = FormatError::Damaged { format: Format::Qdpx };
    let names: Vec<String> = package.names().collect();
    let project = names
        .iter()
        .find(|name| is_project(name))
        .ok_or(damaged.clone())?;
    let xml = package.text(project)?.ok_or(damaged)?;
    let Project {
        texts,
        others,
        codings,
    } = sources::project(&xml).map_err(|problem: Problem| problem.error(&Source::new(&xml), Format::Qdpx))?;
    drop(xml);
    let mut unpacked = Unpacked::empty(Layout::Documents(Vec::new()));
    let mut documents = Vec::new();
    let mut left_out = others;
    let parts = by_file(&names);
    for mut source in texts {
        let text = match std::mem::replace(&mut source.place, Place::Here(String::new())) {
            Place::Here(text) => Some(text),
            Place::Part(path) => match file(&path).and_then(|file| parts.get(file)) {
                Some(name) => package.text(name)?,
                None => None,
            },
        };
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => documents.push(add(&mut unpacked, source, &text)),
            None => left_out += 1,
        }
    }
    unpacked.layout = Layout::Documents(documents);
    if left_out > 0 {
        let text = format!("{left_out} sources hold no plain text and were left out");
        unpacked.noticed.push((WarningKind::SourceLeftOut, 0, text));
    }
    if codings > 0 {
        let text = format!("{codings} codings stand in the project; its texts were read without them");
        unpacked.noticed.push((WarningKind::CodingsLeftOut, 0, text));
    }
    Ok(unpacked)
}

/// Reads every document as text, under its name.
pub(crate) fn read(
    source: &Source<'_>,
    documents: &[Document],
    warnings: &mut Warnings<'_>,
) -> Vec<(Option<String>, Vec<Utterance>)> {
    let one = |document: &Document| {
        let mut utterances = text::read(&source.within(document.range.clone()), warnings);
        synchronise(source.text, &mut utterances, &document.syncs);
        (Some(document.name.clone()), utterances)
    };
    documents.iter().map(one).collect()
}

pub(crate) fn is_project(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".qde")
}

/// The parts by the name of their file; of several with one name the first.
fn by_file(names: &[String]) -> HashMap<&str, &str> {
    let mut parts = HashMap::with_capacity(names.len());
    for name in names {
        if let Some(file) = file(name) {
            parts.entry(file).or_insert(name.as_str());
        }
    }
    parts
}

/// The file's name in a path such as `internal://a.txt`.
fn file(path: &str) -> Option<&str> {
    path.rsplit(['/', '\\']).next().filter(|file| !file.is_empty())
}

fn add(unpacked: &mut Unpacked, source: TextSource, text: &str) -> Document {
    let start = unpacked.text.len();
    for (line, words) in (1..).zip(text.split_inclusive('\n')) {
        unpacked.line(line, words);
    }
    let end = unpacked.text.len();
    unpacked.text.push('\n');
    let mut positions = source.syncs;
    positions.sort_unstable();
    let mut syncs = Vec::with_capacity(positions.len());
    let mut characters = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .enumerate();
    let mut here = characters.next();
    for (position, ms) in positions {
        while here.is_some_and(|(index, _)| index < position) {
            here = characters.next();
        }
        syncs.extend(here.map(|(_, at)| (start + at, ms)));
    }
    Document {
        name: source.name,
        range: start..end,
        syncs,
    }
}

/// Gives each turn without a time that of the last point before its first sign; a point amid a turn says nothing of it.
fn synchronise(text: &str, utterances: &mut [Utterance], syncs: &[(usize, u32)]) {
    for utterance in utterances
        .iter_mut()
        .filter(|utterance| utterance.start_ms.is_none())
    {
        let before = syncs.partition_point(|(at, _)| *at <= utterance.at);
        let point = before.checked_sub(1).and_then(|index| syncs.get(index));
        let begins = point.filter(|(at, _)| {
            text.get(*at..utterance.at)
                .is_some_and(|gap| gap.trim().is_empty())
        });
        utterance.start_ms = begins.map(|(_, ms)| *ms);
    }
}

/// Where each document starts in the text, for a place to be told.
pub(crate) fn starts(documents: &[Document]) -> Vec<u32> {
    documents
        .iter()
        .map(|document| number(document.range.start))
        .collect()
}

#[cfg(test)]
mod tests;
