//! Markers: raters mark mostly the same places, not always; some cross turns, some are stretches of time, a few are the
//! whole session.

use sunder_domain::{
    Actor, Clarity, Code, Codebook, ConflictId, Depth, FamilyKind, Marker, MarkerId, Segment, Strategy,
    TextPosition, Transcript,
};

use super::coding::{Counts, Owner};
use super::conflict;
use super::random::Random;

pub(super) fn markers(
    owner: &Owner<'_>,
    counts: &Counts,
    codebook: &Codebook,
    transcript: &Transcript,
) -> Vec<Marker> {
    let conflict_codes = codes(codebook, FamilyKind::Conflict);
    let repair_codes = codes(codebook, FamilyKind::Repair);
    (0..counts.markers)
        .map(|index| {
            let random = &mut owner.random("marker", &[index]);
            // The first markers begin their conflicts, the next join one that is there, the rest are repair attempts.
            let shows = if index < counts.conflicts {
                Some(index)
            } else if index < counts.conflict_markers {
                Some(random.below(counts.conflicts))
            } else {
                None
            };
            let place = Event {
                index,
                joined_to: shows.filter(|_| index >= counts.conflicts),
            };
            let (code, conflict) = match shows {
                Some(shown) => (random.one(&conflict_codes), Some(conflict::id(owner, shown))),
                None => (random.one(&repair_codes), None),
            };
            marker(owner, random, place, code, conflict, transcript)
        })
        .collect()
}

/// Where a marker belongs in the session.
struct Event {
    index: u32,
    /// The conflict that it is one more sign of.
    joined_to: Option<u32>,
}

fn codes(codebook: &Codebook, kind: FamilyKind) -> Vec<&Code> {
    codebook
        .families
        .iter()
        .filter(|family| family.kind == kind)
        .flat_map(|family| &family.codes)
        .collect()
}

fn marker(
    owner: &Owner<'_>,
    random: &mut Random,
    place: Event,
    code: &Code,
    conflict: Option<ConflictId>,
    transcript: &Transcript,
) -> Marker {
    let repair = conflict.is_none();
    let mut answers: Vec<ConflictId> = Vec::new();
    if repair {
        for _ in 0..random.one(&[0, 1, 1, 1, 1, 1, 1, 2]) {
            answers.extend(conflict::to_answer(owner, random));
        }
        answers.sort();
        answers.dedup();
    }
    let index = place.index;
    Marker {
        id: MarkerId::new(owner.random("marker id", &[index]).id(owner.at(index))).unwrap(),
        segment: segment(owner, random, &place, transcript),
        code: code.key.clone(),
        actor: actor(random, code),
        clarity: random.one(&[Clarity::Clear, Clarity::Clear, Clarity::Possible, Clarity::Faint]),
        discuss: random.percent(6),
        note: if random.percent(4) {
            format!("Note on marker {index}")
        } else {
            String::new()
        },
        conflict,
        answers,
        depth: if repair {
            random.perhaps(25, Depth::ALL)
        } else {
            None
        },
        strategy: if repair {
            random.perhaps(25, Strategy::ALL)
        } else {
            None
        },
    }
}

/// Mostly whom the code is for; now and then both, which other programs may write.
fn actor(random: &mut Random, code: &Code) -> Actor {
    if random.percent(2) {
        Actor::Both
    } else {
        random.one(&code.actors)
    }
}

fn segment(owner: &Owner<'_>, random: &mut Random, place: &Event, transcript: &Transcript) -> Segment {
    let turns = transcript.turn_count();
    let near = place.joined_to.unwrap_or(place.index);
    // Where it happened is the same for all raters; whether they mark it just there is their own.
    let happened = owner.random_of_session("event", &[near]).below(turns);
    let turn = match random.below(100) {
        0..10 => random.below(turns),
        10..30 => happened.saturating_add(random.below(3)).min(turns - 1),
        _ => happened,
    };
    match random.below(200) {
        0 => Segment::Whole,
        1..9 => {
            let start_ms = transcript.turns[turn as usize].start_ms;
            Segment::Time {
                start_ms,
                end_ms: start_ms + 2_000 + random.below(60_000),
            }
        }
        9..29 if turn + 1 < turns => {
            let last = (turn + 1 + random.below(3)).min(turns - 1);
            Segment::Text {
                start: TextPosition {
                    turn,
                    char: random.below(length(transcript, turn)),
                },
                end: TextPosition {
                    turn: last,
                    char: 1 + random.below(length(transcript, last)),
                },
            }
        }
        kind => {
            let length = length(transcript, turn);
            // Half of them mark the whole turn.
            let start = if kind % 2 == 0 { 0 } else { random.below(length) };
            let end = if kind % 2 == 0 {
                length
            } else {
                start + 1 + random.below(length - start)
            };
            Segment::Text {
                start: TextPosition { turn, char: start },
                end: TextPosition { turn, char: end },
            }
        }
    }
}

fn length(transcript: &Transcript, turn: u32) -> u32 {
    transcript.char_count(turn).unwrap_or_default()
}
