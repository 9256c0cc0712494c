//! What files, tiers and labels are called.

use std::collections::BTreeSet;

use sunder_domain::{Conflict, Marker, Purpose, Role, Score, Transcript};

use super::material::{CodedSession, Session};
use super::setting::Setting;

/// A file's name for what it holds, not taken yet: `ada-3.eaf`.
pub(super) fn file_name(label: &str, ending: &str, taken: &mut BTreeSet<String>) -> String {
    let words: Vec<String> = label
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let plain = if words.is_empty() {
        "unnamed".to_owned()
    } else {
        words.join("-")
    };
    let mut name = format!("{plain}.{ending}");
    for number in 2.. {
        if taken.insert(name.clone()) {
            break;
        }
        name = format!("{plain}-{number}.{ending}");
    }
    name
}

/// Whose set of tiers it is: the rater, with what the coding was made for unless it was production.
pub(super) fn set_name(coded: &CodedSession) -> String {
    match coded.coding.purpose {
        Purpose::Production => coded.coding.rater.clone(),
        purpose => format!("{} {purpose}", coded.coding.rater),
    }
}

/// A conflict in a few words: `rupture, significance 4, alliance`.
pub(super) fn conflict_words(coded: &CodedSession, conflict: &Conflict) -> String {
    let mut words = Vec::new();
    if let Some(judged) = coded.classes.get(&conflict.id) {
        words.push(judged.class.key().to_owned());
    }
    match conflict.significance {
        Some(Score::Judged(value)) => words.push(format!("significance {}", value.get())),
        Some(Score::CannotJudge) => words.push("significance cannot be judged".to_owned()),
        None => words.push("not scored".to_owned()),
    }
    words.extend(
        conflict
            .relationship
            .map(|relationship| relationship.key().to_owned()),
    );
    words.join(", ")
}

/// What the codebook calls the marker's code; its key where the codebook has none.
pub(super) fn code_name<'a>(setting: &'a Setting, marker: &'a Marker) -> &'a str {
    setting
        .codebook
        .code(&marker.code)
        .map_or(marker.code.as_str(), |code| code.name.as_str())
}

/// The transcript with the highest version that a coding of the session stands on, where it has turns.
pub(super) fn newest_transcript(session: &Session) -> Option<&Transcript> {
    session
        .codings
        .iter()
        .filter(|coded| !coded.transcript.turns.is_empty())
        .max_by_key(|coded| {
            coded
                .coding
                .transcript
                .as_ref()
                .map(|reference| reference.version)
        })
        .map(|coded| coded.transcript.as_ref())
}

/// Every speaker that has turns: what to call their tier, and their index (`None`: turns that name nobody). Of two
/// speakers of one name each has a number.
pub(super) fn speakers(transcript: &Transcript) -> Vec<(String, Option<u32>)> {
    let mut found: Vec<(String, Option<u32>)> = Vec::new();
    for turn in &transcript.turns {
        if found.iter().any(|(_, known)| *known == turn.speaker) {
            continue;
        }
        let name = transcript
            .speaker_of(turn)
            .map_or("Speaker", |speaker| speaker.name.as_str());
        let same = found
            .iter()
            .filter(|(known, _)| known == name || known.starts_with(&format!("{name} [")))
            .count();
        let name = if same == 0 {
            name.to_owned()
        } else {
            format!("{name} [{}]", same + 1)
        };
        found.push((name, turn.speaker));
    }
    found
}

/// How a role is called where a speaker's name is left out.
pub(super) const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Patient => "Patient",
        Role::Therapist => "Therapist",
        Role::Other => "Other",
    }
}
