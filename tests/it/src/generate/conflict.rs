//! Conflicts: scores mostly low, often incomplete; every word of every list.

use sunder_domain::{
    Addressed, Conflict, ConflictId, Element, Factors, FailedCare, Origin, PainfulAffect, Relationship,
    Score, Settled,
};

use super::coding::{self, Owner};
use super::random::Random;

/// The id of a rater's conflict, wherever it is referred to.
pub(super) fn id(owner: &Owner<'_>, index: u32) -> ConflictId {
    let mut random = owner.random("conflict id", &[index]);
    ConflictId::new(random.id(owner.at(index))).unwrap()
}

pub(super) fn conflicts(owner: &Owner<'_>, count: u32) -> Vec<Conflict> {
    (0..count).map(|index| conflict(owner, index)).collect()
}

fn conflict(owner: &Owner<'_>, index: u32) -> Conflict {
    let random = &mut owner.random("conflict", &[index]);
    let relationship = random.perhaps(
        15,
        &[
            Relationship::Alliance,
            Relationship::Alliance,
            Relationship::Real,
            Relationship::Both,
        ],
    );
    let significance = score(random);
    let grave = significance
        .and_then(Score::value)
        .is_some_and(|value| value >= 4);
    Conflict {
        significance,
        factors: Factors {
            intensity: score(random),
            centrality: score(random),
            endangerment: score(random),
        },
        relationship,
        elements: elements(random, relationship),
        origin: random.perhaps(30, Origin::ALL),
        failed_care: random.perhaps(60, FailedCare::ALL),
        painful_affect: random.perhaps(60, PainfulAffect::ALL),
        addressed: random.perhaps(15, &[Addressed::No, Addressed::No, Addressed::Yes]),
        settled: random.perhaps(40, Settled::ALL),
        built_from: if grave && random.percent(25) {
            earlier(owner, random, index)
        } else {
            Vec::new()
        },
        note: if random.percent(5) {
            format!("Note on conflict {index}")
        } else {
            String::new()
        },
        id: id(owner, index),
    }
}

/// Missing 8 times in a hundred, "cannot judge" 4 times, else 1 to 5 with most at 2 and 3.
fn score(random: &mut Random) -> Option<Score> {
    match random.below(100) {
        0..8 => None,
        8..12 => Some(Score::CannotJudge),
        _ => Score::of(random.one(&[1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5])),
    }
}

fn elements(random: &mut Random, relationship: Option<Relationship>) -> Vec<Element> {
    let hurt: &[Element] = match relationship {
        None => &[],
        Some(Relationship::Alliance) => &[Element::Goals, Element::Tasks, Element::WorkingBond],
        Some(Relationship::Real) => &[Element::Realism, Element::Genuineness, Element::PersonalBond],
        Some(Relationship::Both) => Element::ALL,
    };
    hurt.iter().copied().filter(|_| random.percent(40)).collect()
}

/// Up to three strains of this session or the one before.
fn earlier(owner: &Owner<'_>, random: &mut Random, index: u32) -> Vec<ConflictId> {
    let mut found: Vec<ConflictId> = Vec::new();
    let before = owner.session_before();
    for _ in 0..=random.below(3) {
        let from_before = before.as_ref().filter(|_| random.percent(50) || index == 0);
        let (whose, end) = match from_before {
            Some(before) => (before, coding::counts(before).conflicts),
            None => (owner, index),
        };
        if end > 0 {
            found.push(id(whose, random.below(end)));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// One conflict that a repair attempt may answer: mostly of this session.
pub(super) fn to_answer(owner: &Owner<'_>, random: &mut Random) -> Option<ConflictId> {
    let before = owner.session_before().filter(|_| random.percent(12));
    let whose = before.as_ref().unwrap_or(owner);
    let end = coding::counts(whose).conflicts;
    (end > 0).then(|| id(whose, random.below(end)))
}
