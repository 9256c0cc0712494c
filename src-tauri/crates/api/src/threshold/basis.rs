//! What was read of a study: its conflicts with all that a rule may look at, by source, case and session.

use sunder_domain::{
    Accumulation, Candidate, Class, CodingId, Conflict, ConflictFacts, Marker, Mode, Rule, SessionId,
    propose_accumulations,
};

use crate::coding::{Index, Working};
use crate::wire::{ApiError, ErrorCode, ThresholdSource, ThresholdSourceView};

/// One coding of a session.
#[derive(Debug, Clone)]
pub(crate) struct HeldCoding {
    pub(crate) id: CodingId,
    pub(crate) session_id: SessionId,
    /// `Ada · 3`.
    pub(crate) session: String,
    pub(crate) number: u32,
    pub(crate) transcript_sha256: String,
}

/// One conflict.
#[derive(Debug, Clone)]
pub(crate) struct HeldConflict {
    pub(crate) conflict: Conflict,
    /// By onset, without their notes.
    pub(crate) markers: Vec<Marker>,
    /// Repair attempts that answer it, also of other sessions.
    pub(crate) repairs: Vec<Marker>,
    pub(crate) mode: Mode,
    /// Place of its coding in its source's list.
    pub(crate) coding: u32,
    pub(crate) onset_ms: Option<u32>,
    pub(crate) end_ms: Option<u32>,
    pub(crate) estimated_clock: bool,
}

impl HeldConflict {
    /// Asks the domain about this conflict.
    pub(crate) fn asked<Answer>(&self, ask: impl FnOnce(&ConflictFacts<'_>) -> Answer) -> Answer {
        let markers: Vec<&Marker> = self.markers.iter().collect();
        let repairs: Vec<&Marker> = self.repairs.iter().collect();
        ask(&ConflictFacts {
            conflict: &self.conflict,
            markers: &markers,
            repairs: &repairs,
        })
    }
}

/// The codings of one case that build up together.
#[derive(Debug, Clone)]
pub(crate) struct HeldCase {
    /// Places of its conflicts: from the first, to before the last.
    pub(crate) conflicts: std::ops::Range<usize>,
    /// Numbers of the sessions that were coded.
    pub(crate) numbers: Vec<u32>,
}

/// One coding of each session: of record, or one person's.
#[derive(Debug, Clone)]
pub(crate) struct HeldSource {
    pub(crate) source: ThresholdSource,
    pub(crate) words: String,
    pub(crate) codings: Vec<HeldCoding>,
    pub(crate) cases: Vec<HeldCase>,
    /// By case, session and onset.
    pub(crate) conflicts: Vec<HeldConflict>,
}

impl HeldSource {
    pub(crate) fn new(source: ThresholdSource, words: String) -> Self {
        Self {
            source,
            words,
            codings: Vec::new(),
            cases: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    /// Takes in the codings of one case, each with its session's number and label.
    pub(crate) fn add_case(&mut self, members: &[(u32, String, Working)]) {
        let begin = self.conflicts.len();
        for (number, session, coding) in members {
            let others = members
                .iter()
                .map(|(_, _, other)| other)
                .filter(|other| other.id != coding.id);
            let index = Index::of(coding, others);
            let place = u32::try_from(self.codings.len()).unwrap_or(u32::MAX);
            let mut own: Vec<HeldConflict> = coding
                .conflicts
                .values()
                .map(|conflict| held(conflict, coding, &index, place))
                .collect();
            own.sort_by_key(|held| (held.onset_ms.unwrap_or(u32::MAX), held.conflict.id.clone()));
            self.conflicts.extend(own);
            self.codings.push(HeldCoding {
                id: coding.id.clone(),
                session_id: coding.header.session_id.clone(),
                session: session.clone(),
                number: *number,
                transcript_sha256: coding.header.transcript.sha256.clone(),
            });
        }
        self.cases.push(HeldCase {
            conflicts: begin..self.conflicts.len(),
            numbers: members.iter().map(|(number, _, _)| *number).collect(),
        });
    }

    pub(crate) fn view(&self) -> ThresholdSourceView {
        ThresholdSourceView {
            source: self.source.clone(),
            words: self.words.clone(),
            sessions: count(self.codings.len()),
            cases: count(self.cases.len()),
            conflicts: count(self.conflicts.len()),
        }
    }

    pub(crate) fn coding_of(&self, held: &HeldConflict) -> Option<&HeldCoding> {
        self.codings.get(held.coding as usize)
    }

    /// How many build-ups the rule proposes where conflicts are of these classes; nothing where it proposes none ever.
    pub(crate) fn proposed(&self, rule: &Rule, class_of: impl Fn(usize) -> Class) -> Option<u32> {
        let wanted = rule.accumulation.as_ref()?;
        let of_case = |case: &HeldCase| -> Vec<Accumulation> {
            let candidates: Vec<Candidate> = case
                .conflicts
                .clone()
                .filter_map(|place| {
                    let held = self.conflicts.get(place)?;
                    Some(Candidate {
                        id: held.conflict.id.clone(),
                        session: self.coding_of(held)?.number,
                        class: class_of(place),
                        addressed: held.conflict.addressed,
                        relationship: held.conflict.relationship,
                        mode: held.mode,
                        onset_ms: held.onset_ms,
                        end_ms: held.end_ms,
                        estimated_clock: held.estimated_clock,
                    })
                })
                .collect();
            propose_accumulations(wanted, &candidates, &case.numbers)
        };
        Some(count(self.cases.iter().map(|case| of_case(case).len()).sum()))
    }
}

fn held(conflict: &Conflict, coding: &Working, index: &Index<'_>, place: u32) -> HeldConflict {
    let markers = index.markers(&conflict.id);
    let times = || markers.iter().map(|marker| coding.times(marker));
    HeldConflict {
        mode: sunder_domain::mode_of(markers.iter().map(|marker| marker.code.family())),
        onset_ms: times().map(|(start, _)| start).min(),
        end_ms: times().map(|(_, end)| end).max(),
        estimated_clock: markers.iter().any(|marker| coding.onset_estimated(marker)),
        markers: markers.iter().map(|marker| without_note(marker)).collect(),
        repairs: index
            .repairs(&conflict.id)
            .iter()
            .map(|marker| without_note(marker))
            .collect(),
        conflict: Conflict {
            note: String::new(),
            ..conflict.clone()
        },
        coding: place,
    }
}

fn without_note(marker: &Marker) -> Marker {
    Marker {
        note: String::new(),
        ..marker.clone()
    }
}

/// Everything that was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Basis {
    /// The coding of record first, where any is fixed.
    pub(crate) sources: Vec<HeldSource>,
    pub(crate) sessions: u32,
    pub(crate) uncoded: u32,
    pub(crate) without_record: u32,
    pub(crate) record_is_mean: u32,
}

impl Basis {
    /// Place of a source.
    ///
    /// # Errors
    /// `not-found` where nobody coded so.
    pub(crate) fn place_of(&self, source: &ThresholdSource) -> Result<usize, ApiError> {
        self.sources
            .iter()
            .position(|held| held.source == *source)
            .ok_or_else(|| {
                ApiError::new(
                    ErrorCode::NotFound,
                    match source {
                        ThresholdSource::OfRecord => {
                            "No session of this study has a coding of record yet. Fix one, or look at one person's codings."
                                .to_owned()
                        }
                        ThresholdSource::Coder { rater_id, purpose } => {
                            format!("{rater_id} has no {purpose} coding in this study.")
                        }
                    },
                )
            })
    }

    pub(crate) fn source(&self, source: &ThresholdSource) -> Result<&HeldSource, ApiError> {
        let place = self.place_of(source)?;
        self.sources
            .get(place)
            .ok_or_else(|| ApiError::new(ErrorCode::Internal, "A source went missing."))
    }
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
