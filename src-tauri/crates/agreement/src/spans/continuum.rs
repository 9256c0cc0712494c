//! The spans of a study as continua: one per session, with the units of every rater in order of time.
//!
//! Invariants: every unit has a length and lies within its continuum; raters, labels and units are in an order
//! that depends on the content alone, but for the raters, who stand as listed and then as first met.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::error::SpansError;

/// The longest continuum that is measured, in milliseconds (about 8,900 years): sums of squares stay exact enough.
pub const LONGEST_MS: u64 = 1 << 48;

/// One stretch that a rater marked: half-open, `[start_ms, end_ms)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub rater: String,
    pub label: String,
    /// Integer milliseconds; any other integer unit serves as well, where all spans have it.
    pub start_ms: u64,
    pub end_ms: u64,
    /// Each session is a continuum of its own; spans without one share a continuum.
    pub session: Option<String>,
}

/// What spans alone do not tell: who listened, and how long there was something to mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Raters, in the order of the results; one who marked nothing counts. Raters of spans who are not listed follow.
    pub raters: Vec<String>,
    /// The length of every continuum; without it, the largest end in each.
    pub length_ms: Option<u64>,
    /// Sessions of which more is known; sessions of spans that are not listed follow.
    pub sessions: Vec<SessionFrame>,
}

/// What is known of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFrame {
    pub session: String,
    /// Overrides the frame's length.
    pub length_ms: Option<u64>,
    /// Who coded this session; `None`: everybody. A rater who did not is missing there, not silent.
    pub raters: Option<Vec<String>>,
}

/// Spans that were checked and sorted, ready to be measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Spans {
    raters: Vec<String>,
    labels: Vec<String>,
    continua: Vec<Continuum>,
}

/// One continuum `[0, length)`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Continuum {
    pub(super) length: u64,
    /// One per rater of the study; `None` where the rater did not code this session.
    pub(super) tracks: Vec<Option<Vec<Unit>>>,
}

/// A span within its track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unit {
    pub(super) start: u64,
    pub(super) end: u64,
    /// Position in the labels of the study.
    pub(super) label: usize,
    /// Position in the spans that were given.
    pub(super) index: usize,
}

impl Unit {
    pub(super) fn length(&self) -> u64 {
        self.end - self.start
    }

    /// How much of the continuum both cover.
    pub(super) fn intersection(&self, other: &Unit) -> u64 {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }
}

impl Continuum {
    /// The units of a rater; none where the rater did not code this session.
    pub(super) fn track(&self, rater: usize) -> Option<&[Unit]> {
        self.tracks.get(rater).and_then(Option::as_deref)
    }

    /// The tracks of the raters who coded this session.
    pub(super) fn present(&self) -> Vec<&[Unit]> {
        self.tracks.iter().filter_map(Option::as_deref).collect()
    }
}

impl Spans {
    /// Checks spans against their frame and sorts them into continua.
    ///
    /// # Errors
    /// A span that does not end after its start or ends beyond its continuum, a rater who is not of the session,
    /// a session that is listed twice, a length above [`LONGEST_MS`]. Overlaps within a rater are no error here:
    /// gamma and linking allow them.
    pub fn new(spans: &[Span], frame: &Frame) -> Result<Self, SpansError> {
        let raters = raters_in_order(spans, frame);
        let labels: Vec<String> = spans
            .iter()
            .map(|span| span.label.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let mut open = open_continua(spans, frame, &raters)?;
        let rater_at: HashMap<&str, usize> = positions(&raters);
        let label_at: HashMap<&str, usize> = positions(&labels);
        for (index, span) in spans.iter().enumerate() {
            let Some(continuum) = open.get_mut(&span.session) else {
                continue;
            };
            if span.end_ms <= span.start_ms {
                return Err(SpansError::EndNotAfterStart {
                    rater: span.rater.clone(),
                    index,
                    start_ms: span.start_ms,
                    end_ms: span.end_ms,
                });
            }
            if span.end_ms > continuum.length {
                return Err(SpansError::BeyondLength {
                    rater: span.rater.clone(),
                    index,
                    end_ms: span.end_ms,
                    length_ms: continuum.length,
                });
            }
            let rater = rater_at.get(span.rater.as_str()).copied().unwrap_or(usize::MAX);
            let Some(Some(track)) = continuum.tracks.get_mut(rater) else {
                return Err(SpansError::RaterNotInSession {
                    rater: span.rater.clone(),
                    index,
                    session: span.session.clone().unwrap_or_default(),
                });
            };
            let label = label_at.get(span.label.as_str()).copied().unwrap_or_default();
            track.push(Unit {
                start: span.start_ms,
                end: span.end_ms,
                label,
                index,
            });
        }
        let mut continua: Vec<Continuum> = open.into_values().collect();
        for track in continua
            .iter_mut()
            .flat_map(|continuum| continuum.tracks.iter_mut().flatten())
        {
            track.sort_unstable();
        }
        Ok(Self {
            raters,
            labels,
            continua,
        })
    }

    /// The raters, in the order of the results.
    #[must_use]
    pub fn raters(&self) -> &[String] {
        &self.raters
    }

    /// The labels that spans carry, sorted.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The number of continua.
    #[must_use]
    pub fn sessions(&self) -> usize {
        self.continua.len()
    }

    /// The number of spans.
    #[must_use]
    pub fn count(&self) -> usize {
        self.continua
            .iter()
            .flat_map(Continuum::present)
            .map(<[Unit]>::len)
            .sum()
    }

    pub(super) fn continua(&self) -> &[Continuum] {
        &self.continua
    }

    /// Fails where two spans of one rater overlap.
    pub(super) fn check_side_by_side(&self) -> Result<(), SpansError> {
        for continuum in &self.continua {
            for (rater, track) in self.raters.iter().zip(&continuum.tracks) {
                let neighbours = track.iter().flat_map(|units| units.windows(2));
                for pair in neighbours {
                    if let [before, after] = pair
                        && after.start < before.end
                    {
                        return Err(SpansError::Overlap {
                            rater: rater.clone(),
                            first: before.index.min(after.index),
                            second: before.index.max(after.index),
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

fn raters_in_order(spans: &[Span], frame: &Frame) -> Vec<String> {
    let mut met = BTreeSet::new();
    frame
        .raters
        .iter()
        .chain(
            frame
                .sessions
                .iter()
                .filter_map(|session| session.raters.as_ref())
                .flatten(),
        )
        .chain(spans.iter().map(|span| &span.rater))
        .filter(|rater| met.insert(rater.as_str()))
        .cloned()
        .collect()
}

fn positions(names: &[String]) -> HashMap<&str, usize> {
    names
        .iter()
        .enumerate()
        .map(|(position, name)| (name.as_str(), position))
        .collect()
}

/// Every session with its length and an empty track for each of its raters.
fn open_continua(
    spans: &[Span],
    frame: &Frame,
    raters: &[String],
) -> Result<BTreeMap<Option<String>, Continuum>, SpansError> {
    let mut open = BTreeMap::new();
    for session in &frame.sessions {
        let tracks = raters
            .iter()
            .map(|rater| {
                session
                    .raters
                    .as_ref()
                    .is_none_or(|present| present.contains(rater))
                    .then(Vec::new)
            })
            .collect();
        let length = session.length_ms.or(frame.length_ms);
        if open
            .insert(Some(session.session.clone()), (length, tracks))
            .is_some()
        {
            return Err(SpansError::SessionTwice {
                session: session.session.clone(),
            });
        }
    }
    let silent = || (frame.length_ms, vec![Some(Vec::new()); raters.len()]);
    for span in spans {
        open.entry(span.session.clone()).or_insert_with(silent);
    }
    if open.is_empty() {
        open.insert(None, silent());
    }
    let mut largest: BTreeMap<&Option<String>, u64> = BTreeMap::new();
    for span in spans {
        let end = largest.entry(&span.session).or_default();
        *end = span.end_ms.max(*end);
    }
    open.into_iter()
        .map(|(session, (length, tracks))| {
            let length = length
                .or_else(|| largest.get(&session).copied())
                .unwrap_or_default();
            if length > LONGEST_MS {
                return Err(SpansError::LengthTooLong { length_ms: length });
            }
            Ok((session, Continuum { length, tracks }))
        })
        .collect()
}
