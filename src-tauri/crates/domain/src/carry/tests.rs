use proptest::prelude::*;

use super::*;
use crate::transcript::{ClockSource, Role, Speaker, Turn};

/// Turns in turn by therapist and patient; `*` at the start of a turn gives it to the other one.
fn transcript(turns: &[&str]) -> Transcript {
    let speakers = [("T", Role::Therapist), ("P", Role::Patient)].map(|(name, role)| Speaker {
        name: name.to_owned(),
        role,
    });
    let turns = (0_u32..)
        .zip(turns)
        .map(|(number, text)| Turn {
            speaker: Some(if text.starts_with('*') { 1 } else { 0 }),
            text: text.trim_start_matches('*').to_owned(),
            start_ms: number * 1_000,
            end_ms: number * 1_000 + 900,
            start_estimated: false,
            end_estimated: false,
        })
        .collect();
    Transcript::new(ClockSource::Given, speakers.to_vec(), turns)
}

/// Where these words stand in the transcript, first place first.
fn place(transcript: &Transcript, words: &str) -> Segment {
    (0_u32..)
        .zip(&transcript.turns)
        .find_map(|(turn, said)| {
            let start = said.text.find(words)?;
            let start = said.text[..start].chars().count() as u32;
            Some(Segment::Text {
                start: TextPosition { turn, char: start },
                end: TextPosition {
                    turn,
                    char: start + words.chars().count() as u32,
                },
            })
        })
        .unwrap()
}

/// What a segment holds, turns joined by `|`.
fn words(transcript: &Transcript, segment: Segment) -> String {
    let Segment::Text { start, end } = segment else {
        return format!("{segment:?}");
    };
    (start.turn..=end.turn)
        .map(|turn| {
            let text: Vec<char> = transcript.turn(turn).unwrap().text.chars().collect();
            let from = if turn == start.turn {
                start.char as usize
            } else {
                0
            };
            let to = if turn == end.turn {
                end.char as usize
            } else {
                text.len()
            };
            text[from..to].iter().collect::<String>()
        })
        .collect::<Vec<_>>()
        .join("|")
}

/// Carries the words and compares what they became.
fn check(old: &[&str], new: &[&str], marked: &str, expected: &str, doubt: Option<Doubt>) {
    let (old, new) = (transcript(old), transcript(new));
    let carried = Alignment::of(&old, &new).carry(place(&old, marked));
    carried.segment.validate(&new).unwrap();
    assert_eq!(
        (words(&new, carried.segment).as_str(), carried.doubt),
        (expected, doubt)
    );
}

const OLD: &[&str] = &["How was it?", "*Fine, I suppose. Nothing new.", "You look away."];

#[test]
fn a_word_changed_elsewhere_moves_the_marker_without_doubt() {
    check(
        OLD,
        &[
            "How was it?",
            "*Oh, fine, I suppose. Nothing new.",
            "You look away.",
        ],
        "I suppose.",
        "I suppose.",
        None,
    );
}

#[test]
fn a_changed_added_or_lost_word_inside_is_uncertain() {
    let changed = Some(Doubt::Changed);
    let with = |text| ["How was it?", text, "You look away."];
    check(
        OLD,
        &with("*Fine, I guess. Nothing new."),
        "Fine, I suppose.",
        "Fine, I guess.",
        changed,
    );
    check(
        OLD,
        &with("*Fine, we suppose. Nothing new."),
        "I suppose.",
        "we suppose.",
        changed,
    );
    check(
        OLD,
        &with("*Fine, I do suppose. Nothing new."),
        "I suppose.",
        "I do suppose.",
        changed,
    );
    check(
        OLD,
        &with("*Fine, suppose. Nothing new."),
        "I suppose.",
        "suppose.",
        changed,
    );
    check(OLD, &with("*Hm."), "I suppose.", "Hm.", Some(Doubt::Lost));
}

#[test]
fn capitals_and_punctuation_are_no_words() {
    check(
        OLD,
        &["How was it?", "*Fine – I SUPPOSE… Nothing new.", "You look away."],
        "Fine, I suppose.",
        "Fine – I SUPPOSE…",
        None,
    );
}

#[test]
fn a_turn_that_was_split_or_given_to_another_is_followed() {
    check(
        OLD,
        &[
            "How was it?",
            "*Fine, I suppose.",
            "*Nothing new.",
            "You look away.",
        ],
        "I suppose. Nothing",
        "I suppose.|Nothing",
        None,
    );
    check(
        OLD,
        &[
            "How was it?",
            "*Fine, I suppose.",
            "Nothing new.",
            "You look away.",
        ],
        "Nothing new.",
        "Nothing new.",
        Some(Doubt::Speaker),
    );
}

#[test]
fn words_that_stand_twice_beside_an_addition_are_uncertain() {
    let old = ["Go on.", "*Mhm.", "You see."];
    check(
        &old,
        &["Go on.", "*Mhm.", "*Mhm.", "You see."],
        "Mhm.",
        "Mhm.",
        Some(Doubt::Repeated),
    );
    check(
        &["Go on.", "*Mhm.", "*Mhm.", "You see."],
        &old,
        "Mhm.",
        "Mhm.",
        Some(Doubt::Repeated),
    );
    check(
        &["Go on.", "*Mhm.", "*Mhm.", "You see."],
        &["Go on.", "*Mhm.", "*Mhm.", "*Mhm.", "You see."],
        "Mhm.",
        "Mhm.",
        Some(Doubt::Repeated),
    );
}

#[test]
fn times_are_in_doubt_only_where_the_turns_times_changed() {
    let old = transcript(OLD);
    let mut new = old.clone();
    let time = Segment::Time {
        start_ms: 100,
        end_ms: 400,
    };
    assert_eq!(Alignment::of(&old, &new).carry(time).doubt, None);
    new.turns[2].start_ms += 40;
    let alignment = Alignment::of(&old, &new);
    assert!(alignment.times_moved());
    let carried = alignment.carry(time);
    assert_eq!((carried.segment, carried.doubt), (time, Some(Doubt::Times)));
    assert_eq!(alignment.carry(Segment::Whole).doubt, None);
}

/// A transcript of few different words, so that they repeat.
fn any_transcript() -> impl Strategy<Value = Transcript> {
    let word = prop::sample::select(vec!["ja", "mhm", "No,", "it's", "Ärger", "fort.", "…", "是的"]);
    let turn = (any::<bool>(), prop::collection::vec(word, 0..8));
    prop::collection::vec(turn, 1..10).prop_map(|turns| {
        let turns: Vec<String> = turns
            .into_iter()
            .map(|(other, words)| format!("{}{}", if other { "*" } else { "" }, words.join(" ")))
            .collect();
        let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
        transcript(&turns)
    })
}

/// Any stretch of text there is.
fn any_segment(transcript: &Transcript, picks: (u32, u32, u32, u32)) -> Option<Segment> {
    let position = |turn: u32, char: u32| {
        let turn = turn % transcript.turn_count();
        let chars = transcript.char_count(turn).unwrap_or_default();
        TextPosition {
            turn,
            char: char % (chars + 1),
        }
    };
    let (a, b) = (position(picks.0, picks.1), position(picks.2, picks.3));
    let segment = Segment::Text {
        start: a.min(b),
        end: a.max(b),
    };
    segment.validate(transcript).is_ok().then_some(segment)
}

proptest! {
    #[test]
    fn on_the_same_text_nothing_moves(text in any_transcript(), picks in any::<(u32, u32, u32, u32)>()) {
        if let Some(segment) = any_segment(&text, picks) {
            let carried = Alignment::of(&text, &text).carry(segment);
            prop_assert_eq!(carried, Carried { segment, doubt: None });
        }
    }

    #[test]
    fn an_inserted_turn_of_new_words_shifts_what_follows_and_nothing_else(
        text in any_transcript(),
        at in any::<prop::sample::Index>(),
        picks in any::<(u32, u32, u32, u32)>(),
    ) {
        let mut longer = text.clone();
        let at = at.index(text.turns.len() + 1);
        let mut added = text.turns[0].clone();
        added.text = "something quite different".to_owned();
        longer.turns.insert(at, added);
        let at = at as u32;
        if let Some(segment @ Segment::Text { start, end }) = any_segment(&text, picks) {
            let carried = Alignment::of(&text, &longer).carry(segment);
            if start.turn >= at || end.turn < at {
                let by = u32::from(start.turn >= at);
                let shifted = Segment::Text {
                    start: TextPosition { turn: start.turn + by, ..start },
                    end: TextPosition { turn: end.turn + by, ..end },
                };
                prop_assert_eq!(carried, Carried { segment: shifted, doubt: None });
            }
        }
    }

    #[test]
    fn a_changed_word_is_uncertain_where_it_is_inside_and_only_there(
        before in 0_usize..12, inside in 1_usize..6, after in 0_usize..12, pick in any::<prop::sample::Index>(),
    ) {
        let all: Vec<String> = (0..before + inside + after).map(|number| format!("word{number}")).collect();
        let changed_at = pick.index(all.len());
        let mut other = all.clone();
        other[changed_at] = "another".to_owned();
        let old = transcript(&[&all.join(" ")]);
        let new = transcript(&[&other.join(" ")]);
        let marked = all[before..before + inside].join(" ");
        let carried = Alignment::of(&old, &new).carry(place(&old, &marked));
        let is_inside = (before..before + inside).contains(&changed_at);
        let doubted = carried.doubt.is_some();
        prop_assert_eq!(doubted, is_inside);
        if !is_inside {
            prop_assert_eq!(words(&new, carried.segment), marked);
        }
    }

    #[test]
    fn whatever_was_corrected_what_is_carried_fits(
        old in any_transcript(), new in any_transcript(), picks in any::<(u32, u32, u32, u32)>(),
    ) {
        if let Some(segment) = any_segment(&old, picks) {
            let carried = Alignment::of(&old, &new).carry(segment);
            prop_assert!(carried.segment.validate(&new).is_ok());
            // Without a doubt the same words stand there.
            if carried.doubt.is_none() && carried.segment != Segment::Whole {
                let plain = |text: String| -> Vec<String> {
                    use unicode_segmentation::UnicodeSegmentation;
                    text.replace('|', " ").unicode_words().map(str::to_lowercase).collect()
                };
                prop_assert_eq!(plain(words(&old, segment)), plain(words(&new, carried.segment)));
            }
        }
    }
}
