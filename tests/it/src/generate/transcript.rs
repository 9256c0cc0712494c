//! A session's words: two speakers in turn, words without meaning, now and then writing from right to left, emoji and
//! combining characters, so that positions in UTF-16 and in scalars differ.

use sunder_domain::{ClockSource, Role, Speaker, Transcript, Turn};

use super::Size;
use super::random::Random;

const SYLLABLES: &[&str] = &[
    "ba", "be", "di", "do", "fa", "ga", "ho", "ju", "ka", "le", "li", "lo", "ma", "me", "mo", "na", "no",
    "pa", "re", "ri", "ro", "sa", "se", "ta", "te", "to", "va", "we", "ya", "zu",
];

/// Now and then a turn begins with one of these.
const UNUSUAL: &[&str] = &[
    "👩‍👩‍👧 ",
    "😟 ",
    "e\u{301}te\u{301} ",
    "שלום ",
    "مرحبا ",
    "我们 ",
    "🇩🇪 ",
];

pub(super) fn transcript(random: &mut Random, size: &Size) -> Transcript {
    let speaker = |name: &str, role| Speaker {
        name: name.to_owned(),
        role,
    };
    let speakers = vec![speaker("P", Role::Patient), speaker("T", Role::Therapist)];
    let mut turns = Vec::with_capacity(size.turns as usize);
    let mut start_ms = 0;
    for (number, length) in lengths(random, size).into_iter().enumerate() {
        let text = text(random, length);
        let pause_ms = if random.percent(4) {
            4_000 + random.below(20_000)
        } else {
            200 + random.below(900)
        };
        let end_ms = start_ms + (length * 1_000) / (12 + random.below(5)) + 1;
        turns.push(Turn {
            speaker: Some(number as u32 % 2),
            text,
            start_ms,
            end_ms,
            start_estimated: false,
            end_estimated: false,
        });
        start_ms = end_ms + pause_ms;
    }
    Transcript::new(ClockSource::Given, speakers, turns)
}

/// How long each turn is: many short ones, patients longer than therapists, and together exactly what was asked for.
fn lengths(random: &mut Random, size: &Size) -> Vec<u32> {
    let turns = size.turns.max(1);
    let shares: Vec<u64> = (0..turns)
        .map(|turn| {
            let longest = if turn % 2 == 0 { 130 } else { 70 };
            u64::from(5 + random.below(longest).min(random.below(longest * 2)))
        })
        .collect();
    let all: u64 = shares.iter().sum();
    // One character each is set aside first.
    let to_share = u64::from(size.characters.saturating_sub(turns));
    let mut lengths: Vec<u32> = shares
        .iter()
        .map(|share| (1 + to_share * share / all) as u32)
        .collect();
    let given: u32 = lengths.iter().sum();
    let left = size.characters.saturating_sub(given) as usize;
    for length in lengths.iter_mut().take(left) {
        *length += 1;
    }
    lengths
}

/// Words of exactly this many Unicode scalars.
fn text(random: &mut Random, length: u32) -> String {
    let mut text = String::new();
    if random.percent(3) {
        text.push_str(random.one(UNUSUAL));
    }
    let mut begins = true;
    // A byte is at most a scalar: more than enough bytes is a cheap first measure.
    while text.len() < length as usize * 2 {
        for syllable in 0..=random.below(4) {
            let part = random.one(SYLLABLES);
            if begins && syllable == 0 {
                text.extend(part.chars().take(1).flat_map(char::to_uppercase));
                text.push_str(&part[1..]);
            } else {
                text.push_str(part);
            }
        }
        begins = random.percent(12);
        text.push_str(if begins { ". " } else { " " });
    }
    let mut text: String = text.chars().take(length as usize).collect();
    // A turn that ended in a blank would be read back shorter.
    if text.ends_with(' ') {
        text.pop();
        text.push('.');
    }
    text
}
