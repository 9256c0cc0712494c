//! ELAN annotation documents (EAF 2.7 to 3.0): annotations of the chosen tiers, in the order of time.
//!
//! Where nobody chose, `guess` says which tiers hold the speakers' words. A speaker is the
//! tier's participant, else what its name says. Annotations that refer to others take their time, divided between siblings
//! by their lengths; slots without a time are interpolated between those around them in their tier: both count as estimated.
//! Left out: media, controlled vocabularies, comments, all other tiers. No crate was tried.

mod document;
mod guess;
mod speaker;
mod times;

use self::document::Document;
use self::guess::guess;
use self::speaker::speakers;
use self::times::Times;
use crate::error::FormatError;
use crate::format::Format;
use crate::place::Source;
use crate::tier::{self, Tier};
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
    let speakers = speakers(&document.tiers);
    let read = match tier::chosen(choices, names)? {
        Some(chosen) => chosen,
        None => guess(&document.tiers, &speakers, warnings),
    };
    tier::warn_left_out(&read, !choices.is_empty(), warnings);
    let utterances = utterances(&document, &speakers, &read, warnings);
    let tiers = document
        .tiers
        .iter()
        .map(|tier| (tier.id.as_str(), tier.annotations.len()));
    Ok((utterances, tier::listed(tiers, &read)))
}

fn utterances(
    document: &Document,
    speakers: &[Option<String>],
    read: &[bool],
    warnings: &mut Warnings<'_>,
) -> Vec<Utterance> {
    let mut times = Times::of(document);
    let mut done: Vec<Utterance> = Vec::new();
    let tiers = document.tiers.iter().zip(speakers).zip(read).enumerate();
    for (index, ((tier, speaker), _)) in tiers.filter(|(_, (_, read))| **read) {
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
    tier::in_order(done)
}

#[cfg(test)]
mod tests;
