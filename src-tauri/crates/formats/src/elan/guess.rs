//! Which tiers hold the speakers' words, where nobody chose.
//!
//! The tiers without a parent of the linguistic type that holds most speech: one for each speaker in most files; where those
//! hold no more than marks, the type of child tiers that holds most. A speaker whom a role or a participant names, and of
//! whom nothing would be read, is read by the fullest tier without a parent, whatever its type. Where nothing looks like speech, all that
//! holds letters is read, and said.

use std::collections::{HashMap, HashSet};

use super::document::TierData;
use crate::role::{folded, role_of};
use crate::script::stands_without_spaces;
use crate::tier::{Level, name_says};
use crate::warning::{WarningKind, Warnings};

/// Whether each tier is read. `speakers` are those of the tiers.
pub(super) fn guess(
    tiers: &[TierData],
    speakers: &[Option<String>],
    warnings: &mut Warnings<'_>,
) -> Vec<bool> {
    let no_mark = |tier: &TierData| name_says(&tier.id).0 != Level::Mark;
    let sizes: Vec<usize> = tiers.iter().map(speech).collect();
    let best = fullest(tiers, &sizes, |tier| tier.parent.is_none() && no_mark(tier))
        .or_else(|| fullest(tiers, &sizes, |tier| tier.parent.is_some()))
        .or_else(|| fullest(tiers, &sizes, |tier| tier.parent.is_none()));
    let Some((kind, root)) = best else {
        return all_letters(tiers, warnings);
    };
    let mut read: Vec<bool> = tiers
        .iter()
        .map(|tier| tier.kind == kind && tier.parent.is_none() == root && no_mark(tier))
        .collect();
    for index in unheard(tiers, &sizes, speakers, &read) {
        if let Some(read) = read.get_mut(index) {
            *read = true;
        }
    }
    read
}

/// The fullest tier without a parent of each speaker of whom nothing is read.
fn unheard(tiers: &[TierData], sizes: &[usize], speakers: &[Option<String>], read: &[bool]) -> Vec<usize> {
    let heard: HashSet<String> = speakers
        .iter()
        .zip(read)
        .filter(|(_, read)| **read)
        .filter_map(|(speaker, _)| speaker.as_deref().map(folded))
        .collect();
    let mut fullest: HashMap<String, (usize, usize)> = HashMap::new();
    for (index, ((tier, size), speaker)) in tiers.iter().zip(sizes).zip(speakers).enumerate() {
        let Some(speaker) = speaker else { continue };
        let is_somebody = tier.participant.is_some() || role_of(speaker).is_some();
        let speaks = tier.parent.is_none() && *size > 0 && name_says(&tier.id).0 != Level::Mark;
        let name = folded(speaker);
        if is_somebody && speaks && !heard.contains(&name) {
            let best = fullest.entry(name).or_insert((*size, index));
            if *size > best.0 {
                *best = (*size, index);
            }
        }
    }
    fullest.into_values().map(|(_, index)| index).collect()
}

/// All tiers with letters in them.
fn all_letters(tiers: &[TierData], warnings: &mut Warnings<'_>) -> Vec<bool> {
    let has_letters = |tier: &TierData| {
        let mut values = tier.annotations.iter().map(|annotation| &annotation.value);
        values.any(|value| value.chars().any(char::is_alphabetic))
    };
    let read: Vec<bool> = tiers.iter().map(has_letters).collect();
    if read.contains(&true) {
        warnings.at(WarningKind::TierDoubtful, 0, || {
            "no tier looks like what speakers say; all with words were read: choose tiers".into()
        });
    }
    read
}

/// The linguistic type with most speech among some tiers, and whether they are without parents.
fn fullest<'t>(
    tiers: &'t [TierData],
    sizes: &[usize],
    among: impl Fn(&TierData) -> bool,
) -> Option<(&'t str, bool)> {
    let mut totals: HashMap<(&str, bool), usize> = HashMap::new();
    for (tier, size) in tiers.iter().zip(sizes).filter(|(tier, _)| among(tier)) {
        *totals.entry((&tier.kind, tier.parent.is_none())).or_default() += size;
    }
    totals
        .into_iter()
        .filter(|(_, total)| *total > 0)
        .max_by_key(|((kind, _), total)| (*total, std::cmp::Reverse(*kind)))
        .map(|(key, _)| key)
}

/// How many bytes of a tier are speech: several words, or signs of a script that puts no spaces between words. Numbers and
/// single words are marks as a rule.
fn speech(tier: &TierData) -> usize {
    let values = tier
        .annotations
        .iter()
        .map(|annotation| annotation.value.as_str());
    let is_speech = |value: &&str| {
        value.chars().any(char::is_alphabetic)
            && (value.trim().contains(char::is_whitespace) || value.chars().any(stands_without_spaces))
    };
    values.filter(is_speech).map(str::len).sum()
}
