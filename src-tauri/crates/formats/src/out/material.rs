//! What is written: cases with their sessions and codings, judged already, times resolved. Plain data.

use std::collections::BTreeMap;
use std::sync::Arc;

use sunder_domain::{
    Class, Coding, Conflict, ConflictId, Marker, MarkerId, Rule, Segment, TextPosition, Totals, Transcript,
};

/// Where an export comes from: it stands in every file.
#[derive(Debug, Clone)]
pub struct Origin {
    pub study: String,
    /// `None` where this person may not see it.
    pub rule: Option<Rule>,
    /// Name and version of the program.
    pub program: String,
}

impl Origin {
    /// The rule's name; empty where it may not be seen.
    #[must_use]
    pub fn rule_name(&self) -> &str {
        self.rule.as_ref().map_or("", |rule| rule.name.as_str())
    }

    /// The rule as a file; empty where it may not be seen.
    #[must_use]
    pub fn rule_json(&self) -> String {
        // A rule holds nothing that JSON cannot.
        self.rule
            .as_ref()
            .and_then(|rule| serde_json::to_string(rule).ok())
            .unwrap_or_default()
    }
}

/// One case with what is exported of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Empty where it may not be seen.
    pub name: String,
    pub sessions: Vec<Session>,
}

/// One session with the codings of it that are exported.
#[derive(Debug, Clone)]
pub struct Session {
    /// `None` where it may not be seen.
    pub number: Option<u32>,
    /// What stands for case and number where they are hidden: `S-117`.
    pub code: String,
    pub days_since_first: Option<i64>,
    /// What counts for the session, in words; empty where nothing is fixed or it may not be seen.
    pub record: String,
    /// The counts of what counts for the session, where that is fixed and may be seen.
    pub of_record: Option<Counts>,
    pub codings: Vec<CodedSession>,
}

impl Session {
    /// How people name it: `Ada 3`, or `S-117`.
    #[must_use]
    pub fn label(&self, case: &Case) -> String {
        match self.number {
            Some(number) => format!("{} {number}", case.name),
            None => self.code.clone(),
        }
    }
}

/// One coding, as its file would hold it, and what follows from it.
#[derive(Debug, Clone)]
pub struct CodedSession {
    pub coding: Coding,
    pub transcript: Arc<Transcript>,
    /// This coding is what counts for its session.
    pub of_record: bool,
    /// What each conflict is under the rule; empty where classes may not be seen.
    pub classes: BTreeMap<ConflictId, Judged>,
    /// `None` where counts may not be seen.
    pub totals: Option<Totals>,
    /// Depths and strategies of the repair attempts that answer each conflict, also of other sessions.
    pub repairs: BTreeMap<ConflictId, Vec<Marker>>,
    /// On the session's clock.
    pub spans: BTreeMap<MarkerId, Span>,
    pub window_seconds: u32,
}

/// Where a marker lies on the session's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start_ms: u32,
    pub end_ms: u32,
    /// The onset is an estimate.
    pub estimated: bool,
}

/// The class of one conflict, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub class: Class,
    pub score: Option<f64>,
    pub cut: Option<f64>,
    /// Sentences.
    pub reasons: Vec<String>,
}

/// Counts of a session; fractions where they are the mean of raters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counts {
    pub conflicts: f64,
    pub ruptures: f64,
    pub strains: f64,
    pub unscored: f64,
    pub ruptures_built_from: f64,
    pub accumulations_proposed: f64,
    pub markers: f64,
}

impl CodedSession {
    /// Markers in the order of their onsets.
    #[must_use]
    pub fn markers(&self) -> Vec<&Marker> {
        let mut markers: Vec<&Marker> = self.coding.markers.iter().collect();
        markers.sort_by_key(|marker| (self.span(marker), &marker.id));
        markers
    }

    /// Conflicts in the order of their onsets, each with its markers in that order.
    #[must_use]
    pub fn conflicts(&self) -> Vec<(&Conflict, Vec<&Marker>)> {
        let mut of: BTreeMap<&ConflictId, Vec<&Marker>> = BTreeMap::new();
        for marker in self.markers() {
            if let Some(conflict) = &marker.conflict {
                of.entry(conflict).or_default().push(marker);
            }
        }
        let mut conflicts: Vec<(&Conflict, Vec<&Marker>)> = self
            .coding
            .conflicts
            .iter()
            .map(|conflict| (conflict, of.remove(&conflict.id).unwrap_or_default()))
            .collect();
        conflicts.sort_by_key(|(conflict, markers)| {
            let onset = markers.first().map_or(u32::MAX, |marker| self.span(marker).0);
            (onset, conflict.id.clone())
        });
        conflicts
    }

    /// Start and end of a marker, ms.
    #[must_use]
    pub fn span(&self, marker: &Marker) -> (u32, u32) {
        self.spans
            .get(&marker.id)
            .map_or((0, 0), |span| (span.start_ms, span.end_ms))
    }

    /// Start of the first marker and end of the last; `None` where a conflict has none.
    #[must_use]
    pub fn extent(&self, markers: &[&Marker]) -> Option<(u32, u32)> {
        let start = markers.iter().map(|marker| self.span(marker).0).min()?;
        let end = markers.iter().map(|marker| self.span(marker).1).max()?;
        Some((start, end))
    }

    /// How much was played or read, ms. Where no record was kept of a submitted coding, all counts as seen.
    #[must_use]
    pub fn exposure_ms(&self) -> u64 {
        self.seen_ms(0, u32::MAX)
    }

    /// How much of a stretch was played or read, ms.
    #[must_use]
    pub fn seen_ms(&self, start_ms: u32, end_ms: u32) -> u64 {
        let whole = [(0, self.transcript.duration_ms())];
        let submitted = self.coding.status == sunder_domain::Status::Submitted;
        let seen: &[(u32, u32)] = match self.coding.coverage.as_slice() {
            [] if submitted => &whole,
            coverage => coverage,
        };
        seen.iter()
            .map(|(from, to)| u64::from((*to).min(end_ms).saturating_sub((*from).max(start_ms))))
            .sum()
    }

    /// What was said in a segment of text; turns apart by ` / `. Empty for a stretch of time and the whole session.
    #[must_use]
    pub fn words(&self, segment: &Segment) -> String {
        let Segment::Text { start, end } = *segment else {
            return String::new();
        };
        let parts: Vec<String> = segment
            .turns(&self.transcript)
            .map(|turn| self.words_of_turn(turn, start, end))
            .filter(|words| !words.is_empty())
            .collect();
        parts.join(" / ")
    }

    fn words_of_turn(&self, turn: u32, start: TextPosition, end: TextPosition) -> String {
        let Some(text) = self.transcript.turn(turn).map(|turn| turn.text.as_str()) else {
            return String::new();
        };
        let from = if turn == start.turn { start.char } else { 0 };
        let to = if turn == end.turn { end.char } else { u32::MAX };
        let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        text.chars()
            .take(count(to))
            .skip(count(from))
            .collect::<String>()
            .trim()
            .to_owned()
    }
}
