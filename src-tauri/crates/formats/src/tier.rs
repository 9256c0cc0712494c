//! Tiers of annotations, as ELAN and Praat keep them: which there are, and which of them hold the speakers' words.

use std::collections::HashSet;

use crate::error::FormatError;
use crate::place::number;
use crate::role::role_of;
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// A tier of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    pub name: String,
    pub annotations: u32,
    /// Whether its annotations are in the transcript.
    pub read: bool,
}

/// Names of tiers with commas between: `Ada,Bo`, or `"Ada, talk",Bo` where a name holds a comma.
#[must_use]
pub fn tiers_named(words: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    for sign in words.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => names.push(String::new()),
            sign => {
                if let Some(name) = names.last_mut() {
                    name.push(sign);
                }
            }
        }
    }
    names.retain(|name| !name.trim().is_empty());
    names.into_iter().map(|name| name.trim().to_owned()).collect()
}

/// What a tier's name says about what stands in it, the best for reading first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// A speaker's name, or words such as `utterance`.
    Utterance,
    Word,
    /// Sounds, syllables, tones and other marks.
    Mark,
}

const UTTERANCES: &[&str] = &[
    "text",
    "default",
    "default-lt",
    "utterance",
    "utt",
    "utterances",
    "phrase",
    "phrases",
    "sentence",
    "sentences",
    "transcript",
    "transcription",
    "transcriptions",
    "orthography",
    "ort",
    "trs",
    "tx",
    "speech",
    "segments",
    "sentence - utterance",
];
const WORDS: &[&str] = &["word", "words", "token", "tokens", "orth", "wrd"];
const MARKS: &[&str] = &[
    "ref",
    "phone",
    "phones",
    "phoneme",
    "phonemes",
    "phon",
    "segment",
    "seg",
    "syllable",
    "syllables",
    "syll",
    "tone",
    "tones",
    "pitch",
    "max pitch",
    "break",
    "breaks",
    "misc",
    "notes",
    "note",
    "comment",
    "comments",
    "pos",
    "gesture",
    "gestures",
    "silences",
    "points",
    "intensity",
];

/// The level of a tier's name, and the speaker it names, if it does: `Ada`, `Ada - words`, `tx@Ada`, `utt_Ada`, `words-2`.
pub(crate) fn name_says(name: &str) -> (Level, Option<&str>) {
    let name = name.trim();
    if let Some(level) = level(name) {
        return (level, None);
    }
    for sign in [" - ", "@", "-", "_", " "] {
        if let Some((speaker, level)) = name
            .rsplit_once(sign)
            .and_then(|(speaker, kind)| Some((speaker, level(kind)?)))
        {
            return (level, Some(speaker.trim()));
        }
        if let Some((level, rest)) = name
            .split_once(sign)
            .and_then(|(kind, rest)| Some((level(kind)?, rest.trim())))
        {
            return (level, Some(rest).filter(|rest| is_speaker_after(sign, rest)));
        }
    }
    (Level::Utterance, Some(name))
}

/// Whether what follows a level is a speaker rather than a number or a version: a role, or after `@` and `_` a name.
fn is_speaker_after(sign: &str, rest: &str) -> bool {
    let is_name = rest.chars().next().is_some_and(char::is_uppercase);
    sign == "@" || role_of(rest).is_some() || sign == "_" && is_name
}

/// What a word such as `utterance` or `phones` says.
fn level(kind: &str) -> Option<Level> {
    let lower = kind
        .trim_matches(|sign: char| sign == '"' || sign.is_whitespace())
        .to_lowercase();
    let is = |list: &[&str]| list.contains(&lower.as_str());
    if lower.is_empty() || is(UTTERANCES) {
        Some(Level::Utterance)
    } else if is(WORDS) {
        Some(Level::Word)
    } else if is(MARKS) {
        Some(Level::Mark)
    } else {
        None
    }
}

/// Which tiers were chosen, by their names as they stand; nothing where none was.
///
/// # Errors
/// A choice that no tier has as its name, by its number.
pub(crate) fn chosen<'n>(
    choices: &[String],
    names: impl Iterator<Item = &'n str> + Clone,
) -> Result<Option<Vec<bool>>, FormatError> {
    if choices.is_empty() {
        return Ok(None);
    }
    let known: HashSet<&str> = names.clone().map(str::trim).collect();
    if let Some(missing) = choices.iter().position(|choice| !known.contains(choice.trim())) {
        return Err(FormatError::NoSuchTier {
            choice: number(missing + 1),
            tiers: number(names.count()),
        });
    }
    let chosen: HashSet<&str> = choices.iter().map(|choice| choice.trim()).collect();
    Ok(Some(names.map(|name| chosen.contains(name.trim())).collect()))
}

/// Says how many tiers are not read, unless somebody chose.
pub(crate) fn warn_left_out(read: &[bool], somebody_chose: bool, warnings: &mut Warnings<'_>) {
    let left_out = read.iter().filter(|read| !**read).count();
    if left_out > 0 && !somebody_chose {
        warnings.at(WarningKind::TierLeftOut, 0, || {
            format!(
                "{left_out} of {} tiers were left out: choose tiers to read others",
                read.len()
            )
        });
    }
}

/// All tiers by name and number of annotations, and whether they are read.
pub(crate) fn listed<'n>(tiers: impl Iterator<Item = (&'n str, usize)>, read: &[bool]) -> Vec<Tier> {
    tiers
        .zip(read)
        .map(|((name, annotations), read)| Tier {
            name: name.to_owned(),
            annotations: number(annotations),
            read: *read,
        })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let check = |name, level, speaker| assert_eq!(name_says(name), (level, speaker), "{name}");
        check("Ada", Level::Utterance, Some("Ada"));
        check("Utterance", Level::Utterance, None);
        check("Ada - words", Level::Word, Some("Ada"));
        check("Ada - Lind", Level::Utterance, Some("Ada - Lind"));
        check("tx@Ada", Level::Utterance, Some("Ada"));
        check("C_utt", Level::Utterance, Some("C"));
        check("words-timesub", Level::Word, None);
        check("utt_Patient", Level::Utterance, Some("Patient"));
        check("utt_Ada", Level::Utterance, Some("Ada"));
        check("utt_2", Level::Utterance, None);
        check("Transcription-Client", Level::Utterance, Some("Client"));
        check("Speech Therapist", Level::Utterance, Some("Therapist"));
        check("phones", Level::Mark, None);
        check("", Level::Utterance, None);
    }

    #[test]
    fn names_with_commas_stand_in_quotes() {
        assert_eq!(tiers_named("Ada, Bo ,"), ["Ada", "Bo"]);
        assert_eq!(tiers_named("\"Client, speech\",B"), ["Client, speech", "B"]);
        assert_eq!(tiers_named(""), Vec::<String>::new());
    }

    #[test]
    fn choices_name_tiers() {
        let names = ["Ada", "Bo"];
        let chosen = |choices: &[&str]| {
            let choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
            chosen(&choices, names.into_iter())
        };
        assert_eq!(chosen(&[]), Ok(None));
        assert_eq!(chosen(&["Bo "]), Ok(Some(vec![false, true])));
        assert_eq!(
            chosen(&["Bo", "ada"]),
            Err(FormatError::NoSuchTier { choice: 2, tiers: 2 })
        );
    }
}
