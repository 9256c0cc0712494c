//! A coding as comparing needs it: plain data that a thread of its own can work on.

use std::collections::BTreeMap;
use std::sync::Arc;

use sunder_domain::{
    Class, CodeKey, CodingId, ConflictId, Factor, Mode, Relationship, Rule, Score, Segment, Status,
    Transcript, mode_of,
};

use super::extent::{Basis, Extent, TextScale, common, length, merged};
use crate::coding::{Index, Working};
use crate::judgement;

/// One conflict.
#[derive(Debug, Clone)]
pub(crate) struct ConflictFacts {
    pub(crate) id: ConflictId,
    pub(crate) extent: Extent,
    /// Under the rule.
    pub(crate) class: Class,
    /// What the rule computed.
    pub(crate) score: Option<f64>,
    /// Under each of the cuts that are looked at.
    pub(crate) class_at: Vec<Class>,
    pub(crate) significance: Option<Score>,
    pub(crate) factors: [Option<Score>; 3],
    pub(crate) mode: Mode,
    pub(crate) relationship: Option<Relationship>,
}

/// One marker.
#[derive(Debug, Clone)]
pub(crate) struct MarkerFacts {
    pub(crate) code: CodeKey,
    /// Place of its conflict in the coding's list; absent for repairs and others.
    pub(crate) conflict: Option<usize>,
    /// Its characters; absent for a stretch of time, and where codings stand on different transcripts.
    pub(crate) text: Option<(u64, u64)>,
    pub(crate) time: (u64, u64),
}

/// What was said of one window.
#[derive(Debug, Clone)]
pub(crate) struct WindowFacts {
    pub(crate) start_ms: u64,
    pub(crate) end_ms: u64,
    pub(crate) nothing_here: bool,
    pub(crate) ratings: BTreeMap<String, Score>,
}

/// One coding.
#[derive(Debug, Clone)]
pub(crate) struct CodingFacts {
    pub(crate) id: CodingId,
    /// When it was submitted, else when it was begun, Unix ms.
    pub(crate) coded_ms: i64,
    /// By onset.
    pub(crate) conflicts: Vec<ConflictFacts>,
    /// By start.
    pub(crate) markers: Vec<MarkerFacts>,
    pub(crate) ratings: BTreeMap<String, Score>,
    pub(crate) windows: Vec<WindowFacts>,
    /// Stretches played or read, ms, merged; absent where nobody kept a record.
    pub(crate) seen: Option<Vec<(u64, u64)>>,
    pub(crate) transcript_sha256: String,
    pub(crate) transcript: Arc<TranscriptFacts>,
    /// Ids of all markers, to tell when one coding stands under two names.
    pub(crate) marker_ids: Vec<String>,
}

/// The turns of a transcript.
#[derive(Debug, Clone)]
pub(crate) struct TranscriptFacts {
    pub(crate) scale: TextScale,
    /// Start and end of each turn, ms.
    pub(crate) turns: Vec<(u64, u64)>,
    pub(crate) duration_ms: u64,
}

impl TranscriptFacts {
    /// `duration_ms` is the session's, which a recording may make longer.
    pub(crate) fn of(transcript: &Transcript, duration_ms: u32) -> Self {
        Self {
            scale: TextScale::of(transcript),
            turns: transcript
                .turns
                .iter()
                .map(|turn| (u64::from(turn.start_ms), u64::from(turn.end_ms)))
                .collect(),
            duration_ms: u64::from(duration_ms),
        }
    }
}

impl ConflictFacts {
    /// A factor as the rater gave it.
    pub(crate) const fn factor(&self, factor: Factor) -> Option<Score> {
        let [intensity, centrality, endangerment] = self.factors;
        match factor {
            Factor::Intensity => intensity,
            Factor::Centrality => centrality,
            Factor::Endangerment => endangerment,
        }
    }
}

impl CodingFacts {
    /// The coding under a rule and under the same rule with other cuts; `index` knows the repairs of other sessions.
    pub(crate) fn of(
        coding: &Working,
        index: &Index<'_>,
        transcript: &Arc<TranscriptFacts>,
        rule: &Rule,
        other_cuts: &[Rule],
        basis: Basis,
        coded_ms: i64,
    ) -> Self {
        let mut conflicts: Vec<ConflictFacts> = coding
            .conflicts
            .values()
            .filter_map(|conflict| {
                let markers = index.markers(&conflict.id);
                let (class, score) = judgement::class_and_score(rule, conflict, index);
                Some(ConflictFacts {
                    id: conflict.id.clone(),
                    extent: Extent::of(coding, &transcript.scale, &conflict.id, markers, basis)?,
                    class,
                    score,
                    class_at: other_cuts
                        .iter()
                        .map(|rule| judgement::class_and_score(rule, conflict, index).0)
                        .collect(),
                    significance: conflict.significance,
                    factors: [
                        conflict.factors.intensity,
                        conflict.factors.centrality,
                        conflict.factors.endangerment,
                    ],
                    mode: mode_of(markers.iter().map(|marker| marker.code.family())),
                    relationship: conflict.relationship,
                })
            })
            .collect();
        conflicts.sort_by(|one, other| {
            (one.extent.onset_ms, one.extent.end_ms, &one.id).cmp(&(
                other.extent.onset_ms,
                other.extent.end_ms,
                &other.id,
            ))
        });
        let place: BTreeMap<&ConflictId, usize> = conflicts
            .iter()
            .enumerate()
            .map(|(place, conflict)| (&conflict.id, place))
            .collect();
        let mut markers: Vec<MarkerFacts> = coding
            .markers
            .values()
            .map(|marker| {
                let (start, end) = coding.times(marker);
                MarkerFacts {
                    code: marker.code.clone(),
                    conflict: marker.conflict.as_ref().and_then(|id| place.get(id).copied()),
                    text: transcript
                        .scale
                        .stretch(&marker.segment)
                        .filter(|_| basis == Basis::TextAndTime && !matches!(marker.segment, Segment::Whole)),
                    time: (u64::from(start), u64::from(end)),
                }
            })
            .collect();
        markers.sort_by(|one, other| {
            (one.time, one.text, &one.code).cmp(&(other.time, other.text, &other.code))
        });
        let seen = coding
            .coverage
            .iter()
            .map(|(start, end)| (u64::from(*start), u64::from(*end)))
            .collect();
        Self {
            id: coding.id.clone(),
            coded_ms,
            conflicts,
            markers,
            ratings: coding.session_ratings.clone(),
            windows: coding
                .windows
                .values()
                .map(|window| WindowFacts {
                    start_ms: u64::from(window.start_ms),
                    end_ms: u64::from(window.end_ms),
                    nothing_here: window.nothing_here,
                    ratings: window.ratings.clone(),
                })
                .collect(),
            seen: (!coding.coverage.is_empty() || coding.status == Status::Open).then(|| merged(seen)),
            transcript_sha256: coding.header.transcript.sha256.clone(),
            transcript: Arc::clone(transcript),
            marker_ids: coding.markers.keys().map(ToString::to_string).collect(),
        }
    }

    /// Whether the rater has seen at least half of a stretch. Where no record was kept, everything counts as seen.
    pub(crate) fn has_seen(&self, start_ms: u64, end_ms: u64) -> bool {
        let Some(seen) = &self.seen else { return true };
        if start_ms >= end_ms {
            return seen.iter().any(|(from, to)| *from <= start_ms && start_ms <= *to);
        }
        let covered = length(&common(seen, &[(start_ms, end_ms)]));
        covered.saturating_mul(2) >= end_ms - start_ms
    }

    /// Stretches of at least a second that the rater has not seen.
    pub(crate) fn unseen(&self) -> Vec<(u64, u64)> {
        const SHORTEST_MS: u64 = 1_000;
        let Some(seen) = &self.seen else {
            return Vec::new();
        };
        let mut gaps = Vec::new();
        let mut reached = 0;
        for (start, end) in seen {
            if *start >= reached + SHORTEST_MS {
                gaps.push((reached, *start));
            }
            reached = reached.max(*end);
        }
        if self.transcript.duration_ms >= reached + SHORTEST_MS {
            gaps.push((reached, self.transcript.duration_ms));
        }
        gaps
    }
}
