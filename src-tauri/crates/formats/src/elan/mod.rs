//! ELAN annotation documents (EAF 2.7 to 3.0): annotations of the chosen tiers, in the order of time.
//!
//! Where nobody chose, the tiers without a parent are read, of the linguistic type that holds most words: one per speaker
//! in most files; where those hold no more than marks, the type of child tiers that holds most words. A speaker is the
//! tier's participant, else what its name says. Annotations that refer to others take their time, divided between siblings
//! by their lengths; slots without a time are interpolated between those around them in their tier: both count as estimated.
//! Left out: media, controlled vocabularies, comments, all other tiers. No crate was tried.

mod document;
mod times;

use std::collections::HashMap;

use self::document::{Document, TierData};
use self::times::Times;
use crate::error::FormatError;
use crate::format::Format;
use crate::place::{Source, number};
use crate::tier::{self, Level, Tier, name_says};
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// How much of the file is looked at for its first element.
const HEAD: usize = 4096;
/// The newest version whose elements are all known.
const NEWEST: f64 = 3.0;

pub(crate) fn looks_like(text: &str) -> bool {
    let head = text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes());
    let name = b"<ANNOTATION_DOCUMENT";
    head.windows(name.len()).any(|window| window == name)
}

/// Reads the chosen tiers, or those that hold the speakers' words; gives all tiers beside them.
///
/// # Errors
/// XML that is broken, by line and column; a chosen tier that is not there.
pub(crate) fn read(
    source: &Source<'_>,
    choices: &[String],
    warnings: &mut Warnings<'_>,
) -> Result<(Vec<Utterance>, Vec<Tier>), FormatError> {
    let document = Document::parse(source.text).map_err(|problem| problem.error(source, Format::Eaf))?;
    if document.version.is_some_and(|version| version > NEWEST) {
        warnings.whole(
            WarningKind::FormatUncertain,
            "the file is of a version of EAF after 3.0, the newest that is known: check the turns".into(),
        );
    }
    let names = document.tiers.iter().map(|tier| tier.id.as_str());
    let read = tier::chosen(choices, names)?.unwrap_or_else(|| guess(&document.tiers));
    let left_out = read.iter().filter(|read| !**read).count();
    if left_out > 0 && choices.is_empty() {
        warnings.at(WarningKind::TierLeftOut, 0, || {
            format!(
                "{left_out} of {} tiers were left out: choose tiers to read others",
                read.len()
            )
        });
    }
    let utterances = utterances(&document, &read, warnings);
    let tiers = document.tiers.iter().zip(&read);
    let tiers = tiers.map(|(tier, read)| Tier {
        name: tier.id.clone(),
        annotations: number(tier.annotations.len()),
        read: *read,
    });
    Ok((utterances, tiers.collect()))
}

fn utterances(document: &Document, read: &[bool], warnings: &mut Warnings<'_>) -> Vec<Utterance> {
    let mut times = Times::of(document);
    let mut done: Vec<Utterance> = Vec::new();
    for (index, tier) in document.tiers.iter().enumerate() {
        if !read.get(index).copied().unwrap_or(false) {
            continue;
        }
        let speaker = speaker(document, tier);
        let mut estimated = (0, 0_u32);
        for (annotation, span) in tier.annotations.iter().zip(times.tier(index)) {
            if span.start_estimated || span.end_estimated {
                estimated.0 = if estimated.1 == 0 {
                    annotation.at
                } else {
                    estimated.0
                };
                estimated.1 += 1;
            }
            done.push(Utterance {
                at: annotation.at,
                speaker: speaker.clone(),
                start_ms: span.start_ms,
                end_ms: span.end_ms,
                start_estimated: span.start_estimated,
                end_estimated: span.end_estimated,
                text: annotation.value.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
        let (at, count) = estimated;
        if count > 0 {
            warnings.at(WarningKind::TimeEstimated, at, || {
                format!("{count} annotations of this tier have no time of their own; it was estimated from those around them; the first is here")
            });
        }
    }
    in_order(done)
}

/// By start; what has none stays after what it followed.
pub(crate) fn in_order(utterances: Vec<Utterance>) -> Vec<Utterance> {
    let mut latest = 0;
    let mut keyed: Vec<(u32, Utterance)> = Vec::with_capacity(utterances.len());
    for utterance in utterances {
        latest = utterance.start_ms.unwrap_or(latest);
        keyed.push((latest, utterance));
    }
    keyed.sort_by_key(|(start_ms, _)| *start_ms);
    keyed.into_iter().map(|(_, utterance)| utterance).collect()
}

/// The participant of the tier or of one above it, else what the names of these tiers say.
fn speaker(document: &Document, tier: &TierData) -> Option<String> {
    let mut line = vec![tier];
    while let Some(parent) = line.last().and_then(|last| document.parent(last)) {
        if line.len() > document.tiers.len() {
            break;
        }
        line.push(parent);
    }
    let participant = line.iter().find_map(|tier| tier.participant.clone());
    participant.or_else(|| {
        let named = |tier: &&TierData| name_says(&tier.id).1.map(str::to_owned);
        line.last()
            .and_then(named)
            .or_else(|| line.first().and_then(named))
    })
}

fn guess(tiers: &[TierData]) -> Vec<bool> {
    let roots = |tier: &TierData| tier.parent.is_none() && name_says(&tier.id).0 != Level::Mark;
    let best = fullest(tiers, roots).or_else(|| fullest(tiers, |tier| tier.parent.is_some()));
    let best = best.or_else(|| fullest(tiers, |tier| tier.parent.is_none()));
    tiers
        .iter()
        .map(|tier| {
            best.is_some_and(|(kind, root)| tier.kind == kind && tier.parent.is_none() == root)
                && (name_says(&tier.id).0 != Level::Mark)
        })
        .collect()
}

/// The linguistic type with most characters of words among some tiers, and whether they are without parents. Annotations
/// that are numbers and the like are no words.
fn fullest(tiers: &[TierData], among: impl Fn(&TierData) -> bool) -> Option<(&str, bool)> {
    let mut sizes: HashMap<(&str, bool), usize> = HashMap::new();
    for tier in tiers.iter().filter(|tier| among(tier)) {
        let words = tier
            .annotations
            .iter()
            .map(|annotation| annotation.value.as_str());
        let words =
            words.filter(|value| value.chars().any(char::is_alphabetic) && value.trim().contains(' '));
        *sizes.entry((&tier.kind, tier.parent.is_none())).or_default() += words.map(str::len).sum::<usize>();
    }
    let fullest = sizes.into_iter().filter(|(_, size)| *size > 0);
    fullest
        .max_by_key(|((kind, _), size)| (*size, std::cmp::Reverse(*kind)))
        .map(|(key, _)| key)
}

#[cfg(test)]
mod tests;
