//! Small codings for tests: a transcript of turns of 20 characters and 10 seconds each, and conflicts on it.

use std::sync::Arc;

use sunder_domain::{
    Actor, Clarity, ClockSource, CodeKey, CodingId, Conflict, ConflictId, Marker, MarkerId, Material,
    Perspective, Purpose, RaterId, Role, Rule, Score, Segment, SessionId, Speaker, Status, TextPosition,
    Transcript, TranscriptRef, Turn,
};
use sunder_store::CodingHeader;

use super::choose::PlannedRow;
use super::extent::Basis;
use super::facts::{CodingFacts, TranscriptFacts};
use super::panel::{Panel, PanelRow};
use crate::coding::Working;

/// Length of a turn, ms.
pub(crate) const TURN_MS: u32 = 10_000;
/// Length of a turn, characters.
pub(crate) const TURN_CHARACTERS: u32 = 20;

/// A transcript of so many turns, patient and therapist in turn.
pub(crate) fn transcript(turns: u32) -> Arc<Transcript> {
    let speaker = |name: &str, role| Speaker {
        name: name.to_owned(),
        role,
    };
    let turns = (0..turns)
        .map(|number| Turn {
            speaker: Some(number % 2),
            text: "a".repeat(TURN_CHARACTERS as usize),
            start_ms: number * TURN_MS,
            end_ms: (number + 1) * TURN_MS,
            start_estimated: false,
            end_estimated: false,
        })
        .collect();
    Arc::new(Transcript::new(
        ClockSource::Given,
        vec![speaker("P", Role::Patient), speaker("T", Role::Therapist)],
        turns,
    ))
}

/// A stretch of text from a character of a turn to one of the same or a later turn.
pub(crate) const fn text(start: (u32, u32), end: (u32, u32)) -> Segment {
    Segment::Text {
        start: TextPosition {
            turn: start.0,
            char: start.1,
        },
        end: TextPosition {
            turn: end.0,
            char: end.1,
        },
    }
}

/// The whole of a turn.
pub(crate) const fn turn(number: u32) -> Segment {
    text((number, 0), (number, TURN_CHARACTERS))
}

/// A stretch of time, ms.
pub(crate) const fn time(start_ms: u32, end_ms: u32) -> Segment {
    Segment::Time { start_ms, end_ms }
}

/// A submitted coding, seen whole, without anything marked.
pub(crate) fn coding(rater: &str, transcript: &Arc<Transcript>) -> Working {
    let header = CodingHeader {
        session_id: SessionId::new("s1").unwrap(),
        rater_id: RaterId::new(rater).unwrap(),
        purpose: Purpose::Production,
        perspective: Perspective::Observer,
        material: Material::Transcript,
        codebook: "sunder@1".to_owned(),
        transcript: TranscriptRef {
            version: 1,
            sha256: "0".repeat(64),
        },
        started_ms: 0,
    };
    let id = CodingId::new(format!("coding-{rater}")).unwrap();
    let mut coding = Working::fresh(id, header, Arc::clone(transcript));
    coding.status = Status::Submitted;
    coding.coverage = vec![(0, transcript.duration_ms())];
    coding
}

/// Adds a conflict with one marker.
pub(crate) fn mark(coding: &mut Working, id: &str, segment: Segment, code: &str, significance: Option<u8>) {
    let conflict_id = ConflictId::new(id).unwrap();
    let mut conflict = Conflict::new(conflict_id.clone());
    conflict.significance = significance.and_then(Score::of);
    coding.conflicts.insert(conflict_id.clone(), conflict);
    add_marker(coding, &format!("{id}-1"), segment, code, Some(conflict_id));
}

/// Adds a marker to a conflict that is there, or one of no conflict.
pub(crate) fn add_marker(
    coding: &mut Working,
    id: &str,
    segment: Segment,
    code: &str,
    conflict: Option<ConflictId>,
) {
    let marker = Marker {
        id: MarkerId::new(id).unwrap(),
        segment,
        code: CodeKey::new(code).unwrap(),
        actor: Actor::Patient,
        clarity: Clarity::Clear,
        discuss: false,
        note: String::new(),
        conflict,
        answers: Vec::new(),
        depth: None,
        strategy: None,
    };
    coding.markers.insert(marker.id.clone(), marker);
}

/// What a coding is under the built-in rule, and under the cuts 1 to 5.
pub(crate) fn facts(coding: &Working, coded_ms: i64) -> Arc<CodingFacts> {
    let rule = Rule::default();
    let cuts: Vec<Rule> = (1..=5).map(|cut| rule.with_cut(f64::from(cut), false)).collect();
    Arc::new(CodingFacts::of(
        coding,
        &coding.index(),
        &Arc::new(TranscriptFacts::of(&coding.transcript, coding.duration_ms())),
        &rule,
        &cuts,
        Basis::TextAndTime,
        coded_ms,
    ))
}

/// One session that these codings are of, a column each; `None` where a rater has not coded it.
pub(crate) fn session(name: &str, codings: Vec<Option<Arc<CodingFacts>>>) -> PanelRow {
    PanelRow {
        planned: PlannedRow {
            session_id: SessionId::new(name).unwrap(),
            label: name.to_owned(),
            case: "Ada".to_owned(),
            number: 1,
            of: None,
            codings: codings
                .iter()
                .map(|coding| coding.as_ref().map(|coding| coding.id.clone()))
                .collect(),
        },
        codings,
    }
}

/// Sessions of raters A, B, …
pub(crate) fn panel(rows: Vec<PanelRow>) -> Panel {
    let columns = rows.iter().map(|row| row.codings.len()).max().unwrap_or(0);
    Panel {
        columns: ["A", "B", "C"]
            .iter()
            .take(columns)
            .map(|name| (*name).to_owned())
            .collect(),
        rows,
    }
}
