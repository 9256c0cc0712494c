//! Studies of any size, made from a seed: the same seed and size give the same words, ids and codings on every machine.
//!
//! What comes out has the shape of real work: conflicts are rare beside turns, raters agree mostly and not always,
//! fields are missing, every word of every closed list occurs, several markers show one conflict, repair attempts answer
//! conflicts of this session or of an earlier one, ruptures are built from strains. The words mean nothing.
//!
//! A session depends on the seed and its own place alone, so that a study larger than memory is written one session after
//! the other.

mod coding;
mod conflict;
mod marker;
mod random;
mod study;
mod transcript;

use std::ops::RangeInclusive;

use sunder_domain::{Coding, Transcript};

pub use study::StudyWriter;

use random::Random;

/// How much there is of everything.
#[derive(Debug, Clone)]
pub struct Size {
    pub cases: u32,
    /// Per case.
    pub sessions: u32,
    /// Per session; at least 1.
    pub turns: u32,
    /// Unicode scalars per session, exactly, but at least one for every turn.
    pub characters: u32,
    /// Each codes every session.
    pub raters: u32,
    /// Per coding: where it is a range, most codings are near its lower end.
    pub markers: RangeInclusive<u32>,
}

impl Size {
    /// One case with one session and one rater: what is opened in a window.
    #[must_use]
    pub fn one_session(turns: u32, characters: u32, markers: u32) -> Self {
        Self {
            cases: 1,
            sessions: 1,
            turns,
            characters,
            raters: 1,
            markers: markers..=markers,
        }
    }
}

/// One meeting with everything that was said and coded. A coding does not name its transcript's SHA-256: that is for
/// whoever keeps the transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub case: String,
    pub number: u32,
    pub days_since_first: i64,
    pub transcript: Transcript,
    pub codings: Vec<Coding>,
}

/// Where something stands in a study, counted from 0.
#[derive(Debug, Clone, Copy)]
struct Place {
    case: u32,
    session: u32,
}

/// Every session of a study, case by case.
pub fn sessions(seed: u64, size: &Size) -> impl Iterator<Item = Session> + use<'_> {
    let places =
        (0..size.cases).flat_map(|case| (0..size.sessions).map(move |session| Place { case, session }));
    places.map(move |place| session(seed, size, place))
}

fn session(seed: u64, size: &Size, place: Place) -> Session {
    let transcript = transcript::transcript(
        &mut Random::of(seed, "transcript", &[place.case, place.session]),
        size,
    );
    let codings = (0..size.raters)
        .map(|rater| coding::coding(seed, size, place, rater, &transcript))
        .collect();
    Session {
        case: case_name(place.case),
        number: place.session + 1,
        days_since_first: i64::from(place.session) * 7,
        transcript,
        codings,
    }
}

fn case_name(case: u32) -> String {
    format!("Case {:04}", case + 1)
}

fn rater_name(rater: u32) -> String {
    format!("R{}", rater + 1)
}
