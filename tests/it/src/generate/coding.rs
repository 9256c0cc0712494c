//! One rater's pass over one session.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sunder_domain::{
    Codebook, Coding, ConflictId, Material, Note, NoteId, Perspective, Purpose, RatingScope, Ratings, Score,
    Status, Transcript, WindowRating,
};

use super::random::Random;
use super::{Place, Size, case_name, conflict, marker, rater_name};

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(Codebook::built_in);

/// Whose pass over which session.
#[derive(Debug, Clone)]
pub(super) struct Owner<'a> {
    seed: u64,
    size: &'a Size,
    place: Place,
    rater: u32,
}

impl Owner<'_> {
    pub(super) fn random(&self, what: &str, more: &[u32]) -> Random {
        let mut place = vec![self.place.case, self.place.session, self.rater];
        place.extend_from_slice(more);
        Random::of(self.seed, what, &place)
    }

    /// Numbers that are the same for all raters of the session.
    pub(super) fn random_of_session(&self, what: &str, more: &[u32]) -> Random {
        let mut place = vec![self.place.case, self.place.session];
        place.extend_from_slice(more);
        Random::of(self.seed, what, &place)
    }

    /// The ms that an id is made at, counted from the study's beginning.
    pub(super) fn at(&self, index: u32) -> u64 {
        u64::from(self.place.session) * 604_800_000 + u64::from(index)
    }

    /// The same rater's pass over the session before.
    pub(super) fn session_before(&self) -> Option<Self> {
        let session = self.place.session.checked_sub(1)?;
        Some(Self {
            place: Place {
                session,
                ..self.place
            },
            ..self.clone()
        })
    }
}

/// How many of what a coding has; known without making it.
pub(super) struct Counts {
    pub(super) markers: u32,
    pub(super) conflict_markers: u32,
    pub(super) conflicts: u32,
}

pub(super) fn counts(owner: &Owner<'_>) -> Counts {
    let (least, most) = (*owner.size.markers.start(), *owner.size.markers.end());
    let random = &mut owner.random("counts", &[]);
    let room = most.saturating_sub(least) + 1;
    let markers = least + random.below(room).min(random.below(room));
    let conflict_markers = markers - markers / 6;
    Counts {
        markers,
        conflict_markers,
        conflicts: conflict_markers - conflict_markers / 5,
    }
}

pub(super) fn coding(seed: u64, size: &Size, place: Place, rater: u32, transcript: &Transcript) -> Coding {
    let owner = Owner {
        seed,
        size,
        place,
        rater,
    };
    let random = &mut owner.random("coding", &[]);
    let counts = counts(&owner);
    let conflicts = conflict::conflicts(&owner, counts.conflicts);
    let dismissed = if conflicts.len() >= 3 && random.percent(10) {
        vec![
            conflicts
                .iter()
                .take(3)
                .map(|conflict| conflict.id.clone())
                .collect::<Vec<ConflictId>>(),
        ]
    } else {
        Vec::new()
    };
    Coding {
        case: case_name(place.case),
        session: place.session + 1,
        transcript: None,
        rater: rater_name(rater),
        perspective: if random.percent(2) {
            random.one(Perspective::ALL)
        } else {
            Perspective::Observer
        },
        material: random.one(Material::ALL),
        codebook: CODEBOOK.reference().to_string(),
        purpose: if random.percent(8) {
            random.one(Purpose::ALL)
        } else {
            Purpose::Production
        },
        status: if random.percent(85) {
            Status::Submitted
        } else {
            Status::Open
        },
        markers: marker::markers(&owner, &counts, &CODEBOOK, transcript),
        conflicts,
        ratings: ratings(random, transcript),
        notes: notes(&owner, random, transcript),
        coverage: coverage(random, transcript),
        dismissed,
    }
}

fn score(random: &mut Random) -> Score {
    Score::of(1 + random.below(5) as u8)
        .filter(|_| !random.percent(5))
        .unwrap_or(Score::CannotJudge)
}

fn ratings(random: &mut Random, transcript: &Transcript) -> Ratings {
    let mut of_scope = |scope: RatingScope, given: u32| -> BTreeMap<String, Score> {
        let mut ratings = BTreeMap::new();
        for rating in CODEBOOK
            .ratings
            .iter()
            .filter(|rating| rating.per.contains(&scope))
        {
            if random.percent(given) {
                ratings.insert(rating.key.clone(), score(random));
            }
        }
        ratings
    };
    let session = of_scope(RatingScope::Session, 80);
    let duration_ms = transcript.duration_ms();
    let length_ms = CODEBOOK.window_seconds * 1_000;
    let mut windows = Vec::new();
    let mut start_ms = 0;
    while start_ms < duration_ms && windows.len() < 24 {
        let given = of_scope(RatingScope::Window, 20);
        let end_ms = start_ms.saturating_add(length_ms).min(duration_ms);
        let nothing_here = given.is_empty() && start_ms % 3 == 0;
        if nothing_here || !given.is_empty() {
            windows.push(WindowRating {
                start_ms,
                end_ms,
                nothing_here,
                ratings: given,
            });
        }
        start_ms = start_ms.saturating_add(length_ms);
    }
    Ratings { session, windows }
}

fn notes(owner: &Owner<'_>, random: &mut Random, transcript: &Transcript) -> Vec<Note> {
    (0..random.below(3))
        .map(|index| Note {
            id: NoteId::new(owner.random("note id", &[index]).id(owner.at(index))).unwrap(),
            at_ms: random.below(transcript.duration_ms()),
            text: format!("Note {index} on a moment"),
        })
        .collect()
}

/// Mostly all of it; else some stretches were never seen.
fn coverage(random: &mut Random, transcript: &Transcript) -> Vec<(u32, u32)> {
    let duration_ms = transcript.duration_ms();
    match random.below(10) {
        0 => Vec::new(),
        1..4 if duration_ms >= 100 => {
            let half = duration_ms / 2;
            vec![
                (0, 1 + random.below(half - 2)),
                (half, half + 1 + random.below(half - 1)),
            ]
        }
        _ => vec![(0, duration_ms)],
    }
}
