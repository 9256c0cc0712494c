//! Tiers of annotations, as ELAN and Praat keep them: which there are, and which of them hold the speakers' words.

use crate::error::FormatError;
use crate::place::number;

/// A tier of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    pub name: String,
    pub annotations: u32,
    /// Whether its annotations are in the transcript.
    pub read: bool,
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

/// The level of a tier's name, and the speaker it names, if it does: `Ada`, `Ada - words`, `tx@Ada`, `words-2`.
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
            .and_then(|(kind, rest)| Some((level(kind)?, rest)))
        {
            return (level, (sign == "@").then(|| rest.trim()));
        }
    }
    (Level::Utterance, Some(name))
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
    for (index, choice) in choices.iter().enumerate() {
        if !names.clone().any(|name| name.trim() == choice.trim()) {
            return Err(FormatError::NoSuchTier {
                choice: number(index + 1),
                tiers: number(names.count()),
            });
        }
    }
    let is_chosen = |name: &str| choices.iter().any(|choice| choice.trim() == name.trim());
    Ok((!choices.is_empty()).then(|| names.map(is_chosen).collect()))
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
        check("phones", Level::Mark, None);
        check("", Level::Utterance, None);
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
