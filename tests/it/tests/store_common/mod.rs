//! A small study to try the store on: made in a folder of its own, with ids that count up.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "shared by tests of two packages, each of which uses some of it"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sunder_domain::{
    Actor, CaseId, Choice, Clarity, CodeKey, CodingId, Conflict, ConflictId, ItemKind, ItemSource, Marker,
    MarkerId, Material, Note, NoteId, OperationId, Perspective, Purpose, RaterId, Rule, RuleId, RulingId,
    Score, Segment, SessionId, Settlement, StatedMean, Status, StudyId, TextPosition, TranscriptRef,
};
use sunder_store::{
    CaseRecord, Change, CodebookRecord, CodingHeader, Committed, Environment, LEAD, Masking, NewOperation,
    NewStudy, OperationKind, OriginalsRecord, PassageRecord, QuotedTurn, RaterRecord, RuleRecord,
    RulingRecord, Scoring, SessionRecord, StatusRecord, StoreError, Study, StudySettings, Target,
    TranscriptRecord, content_sha256,
};

/// 2026-11-23 18:24 UTC.
pub const NOW: i64 = 1_795_458_240_000;
/// Words that must not turn up where they have no business.
pub const WORDS: &str = "a sentence that nobody else would say about kingfishers";

static COUNTER: AtomicU64 = AtomicU64::new(1);

/// An id that no other call has given, also in other processes.
pub fn fresh() -> String {
    format!(
        "{}-{}",
        std::process::id(),
        COUNTER.fetch_add(1, Ordering::Relaxed)
    )
}

pub fn operation_id() -> OperationId {
    OperationId::new(fresh()).unwrap()
}

pub fn environment(folder: &Path, installation: &str) -> Environment {
    Environment {
        installation: installation.to_owned(),
        registry: folder.join(format!("{installation}-heads")),
    }
}

pub fn settings() -> StudySettings {
    StudySettings {
        name: "Pilot".into(),
        masking: Masking {
            classes: false,
            totals: false,
            case_name: false,
            session_number: false,
            session_date: false,
        },
        material: Material::Transcript,
        window_seconds: 300,
        scoring: Scoring::WithTag,
        rule_id: RuleId::new("rule").unwrap(),
        raters_see_brief: false,
    }
}

pub fn operation(kind: OperationKind, changes: Vec<Change>) -> NewOperation {
    NewOperation::new(operation_id(), kind, "R1", NOW, changes)
}

pub fn rule() -> Rule {
    serde_json::from_str(
        r#"{"name": "Significance 3 and above", "score": {"from": "significance"}, "cut": 3}"#,
    )
    .unwrap()
}

pub fn transcript_bytes() -> Vec<u8> {
    format!("{{\"text\": \"{WORDS}\"}}").into_bytes()
}

pub fn coding_id(name: &str) -> CodingId {
    CodingId::new(name).unwrap()
}

pub fn coding(name: &str) -> Target {
    Target::Coding(coding_id(name))
}

pub fn header() -> CodingHeader {
    CodingHeader {
        session_id: SessionId::new("session").unwrap(),
        rater_id: RaterId::new("rater").unwrap(),
        purpose: Purpose::Production,
        perspective: Perspective::Observer,
        material: Material::Transcript,
        codebook: "sunder@1".into(),
        transcript: TranscriptRef {
            version: 1,
            sha256: content_sha256(&transcript_bytes()),
        },
        started_ms: NOW,
    }
}

/// What a study with one case, one session, one rater begins with.
pub fn new_study() -> NewStudy {
    let mut new = NewStudy::new(
        StudyId::new("study").unwrap(),
        operation_id(),
        "lead",
        NOW,
        settings(),
    );
    let rule_id = RuleId::new("rule").unwrap();
    let codebook = b"{}".to_vec();
    new.operation.changes.push(Change::Rule {
        id: rule_id.clone(),
        after: Some(RuleRecord {
            id: rule_id,
            rule: rule(),
            locked: None,
        }),
    });
    new.operation.changes.push(Change::Codebook {
        reference: "sunder@1".into(),
        after: Some(CodebookRecord {
            reference: "sunder@1".into(),
            sha256: content_sha256(&codebook),
        }),
    });
    new.operation = new.operation.with_content("codebook", codebook);
    new
}

/// The case, session, transcript and rater that codings refer to.
pub fn set_up() -> NewOperation {
    let case_id = CaseId::new("case").unwrap();
    let session_id = SessionId::new("session").unwrap();
    let rater_id = RaterId::new("rater").unwrap();
    let bytes = transcript_bytes();
    let changes = vec![
        Change::Case {
            id: case_id.clone(),
            after: Some(CaseRecord {
                id: case_id.clone(),
                name: "Ada".into(),
                therapist: None,
                brief: WORDS.into(),
            }),
        },
        Change::Session {
            id: session_id.clone(),
            after: Some(SessionRecord {
                id: session_id.clone(),
                case_id,
                number: 1,
                days_since_first: Some(0),
                neutral_code: "S-117".into(),
                added_ms: NOW,
            }),
        },
        Change::Transcript {
            session_id: session_id.clone(),
            version: 1,
            after: Some(TranscriptRecord {
                session_id,
                version: 1,
                sha256: content_sha256(&bytes),
                speakers: 2,
                turns: 200,
                characters: 12_000,
                duration_ms: 3_000_000,
                clock: sunder_domain::ClockSource::Given,
                imported_ms: NOW,
                source_format: "text".into(),
            }),
        },
        Change::Rater {
            id: rater_id.clone(),
            after: Some(RaterRecord {
                id: rater_id,
                name: "R1".into(),
            }),
        },
    ];
    operation(OperationKind::SessionAdd, changes).with_content("transcript", bytes)
}

/// A study in a folder of its own.
pub struct Lab {
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
}

impl Lab {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pilot.sunder");
        Self { folder, path }
    }

    pub fn environment(&self) -> Environment {
        environment(self.folder.path(), "here")
    }

    /// A new study with one open coding, `c`.
    pub fn create(&self) -> Study {
        self.create_with(None)
    }

    pub fn create_with(&self, passphrase: Option<&str>) -> Study {
        let mut study = Study::create(&self.path, self.environment(), passphrase, new_study()).unwrap();
        study.transact(Target::SetUp, set_up()).unwrap();
        start(&mut study, "c");
        study
    }

    pub fn open(&self) -> Study {
        self.try_open().unwrap()
    }

    pub fn try_open(&self) -> Result<Study, StoreError> {
        Study::open(&self.path, self.environment(), None)
    }

    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub fn start(study: &mut Study, name: &str) {
    let changes = vec![Change::Coding {
        after: Some(header()),
    }];
    study
        .transact(coding(name), operation(OperationKind::CodingStart, changes))
        .unwrap();
}

pub fn conflict(name: &str) -> Conflict {
    Conflict::new(ConflictId::new(name).unwrap())
}

pub fn marker(name: &str, conflict: &str, turn: u32) -> Marker {
    Marker {
        id: MarkerId::new(name).unwrap(),
        segment: Segment::Text {
            start: TextPosition { turn, char: 0 },
            end: TextPosition { turn, char: 10 },
        },
        code: CodeKey::new("withdrawal/denial").unwrap(),
        actor: Actor::Patient,
        clarity: Clarity::Clear,
        discuss: false,
        note: String::new(),
        conflict: Some(ConflictId::new(conflict).unwrap()),
        answers: Vec::new(),
        depth: None,
        strategy: None,
    }
}

pub fn put_conflict(conflict: Conflict) -> Change {
    Change::Conflict {
        id: conflict.id.clone(),
        after: Some(Box::new(conflict)),
    }
}

pub fn put_marker(marker: Marker) -> Change {
    Change::Marker {
        id: marker.id.clone(),
        after: Some(Box::new(marker)),
    }
}

/// A tag as the keyboard makes it: a marker with a conflict of its own.
pub fn tag(name: &str) -> NewOperation {
    let changes = vec![
        put_conflict(conflict(&format!("k{name}"))),
        put_marker(marker(name, &format!("k{name}"), 3)),
    ];
    operation(OperationKind::MarkerAdd, changes)
}

/// A score for the conflict that `tag` made.
pub fn score(name: &str, value: u8) -> NewOperation {
    let mut conflict = conflict(&format!("k{name}"));
    conflict.significance = Score::of(value);
    operation(OperationKind::ConflictScore, vec![put_conflict(conflict)])
}

pub fn note(text: &str) -> NewOperation {
    let id = NoteId::new(fresh()).unwrap();
    let note = Note {
        id: id.clone(),
        at_ms: 12_000,
        text: text.into(),
    };
    operation(
        OperationKind::NoteAdd,
        vec![Change::Note {
            id,
            after: Some(note),
        }],
    )
}

pub fn submit() -> NewOperation {
    let after = Some(StatusRecord {
        status: Status::Submitted,
        at_ms: NOW,
        reason: None,
    });
    operation(OperationKind::Submit, vec![Change::Status { after }])
}

pub fn reopen() -> NewOperation {
    let after = Some(StatusRecord {
        status: Status::Open,
        at_ms: NOW,
        reason: Some("a slip".into()),
    });
    operation(OperationKind::Reopen, vec![Change::Status { after }])
}

/// The header of the session's consensus.
pub fn consensus_header() -> CodingHeader {
    CodingHeader {
        rater_id: RaterId::new(LEAD).unwrap(),
        purpose: Purpose::Consensus,
        ..header()
    }
}

pub fn start_consensus(study: &mut Study, name: &str) {
    let changes = vec![Change::Coding {
        after: Some(consensus_header()),
    }];
    study
        .transact(coding(name), operation(OperationKind::CodingStart, changes))
        .unwrap();
}

/// Settles an item as a conflict of this significance, with a marker of its own.
pub fn settle(item: &str, significance: u8) -> NewOperation {
    let conflict_id = ConflictId::new(format!("k{item}")).unwrap();
    let mut settled = conflict(conflict_id.as_str());
    settled.significance = Score::of(significance);
    let shown = marker(&format!("m{item}"), conflict_id.as_str(), 3);
    let settlement = Settlement {
        item: item.into(),
        kind: ItemKind::Conflict,
        choice: Choice::Take {
            coding_id: coding_id("c"),
        },
        sources: vec![ItemSource {
            coding_id: coding_id("c"),
            id: "k".into(),
        }],
        conflict: Some(conflict_id),
        markers: vec![shown.id.clone()],
        means: vec![StatedMean {
            of: "significance".into(),
            sum: 7,
            count: 2,
            kept: Score::of(4).unwrap(),
        }],
        reason: WORDS.into(),
        present: "both".into(),
        at_ms: NOW,
    };
    let changes = vec![
        put_conflict(settled),
        put_marker(shown),
        Change::Settlement {
            item: item.into(),
            after: Some(Box::new(settlement)),
        },
    ];
    operation(OperationKind::ConsensusSettle, changes)
}

/// A ruling with a passage of the session.
pub fn ruling(name: &str, session: &str, text: &str) -> RulingRecord {
    RulingRecord {
        id: RulingId::new(name).unwrap(),
        codebook: "sunder@1".into(),
        entry: "withdrawal/denial".into(),
        text: text.into(),
        at_ms: NOW,
        passage: Some(PassageRecord {
            session_id: SessionId::new(session).unwrap(),
            transcript_sha256: content_sha256(&transcript_bytes()),
            segment: Segment::Whole,
            words: vec![QuotedTurn {
                role: sunder_domain::Role::Patient,
                text: WORDS.into(),
            }],
        }),
    }
}

pub fn put_ruling(ruling: RulingRecord) -> Change {
    Change::Ruling {
        id: ruling.id.clone(),
        after: Some(Box::new(ruling)),
    }
}

/// The codings named, frozen as they stand now.
pub fn freeze(study: &Study, session: &str, names: &[&str]) -> Change {
    let codings = names
        .iter()
        .map(|name| study.original_now(&coding_id(name)).unwrap())
        .collect();
    Change::Originals {
        session_id: SessionId::new(session).unwrap(),
        after: Some(OriginalsRecord {
            codings,
            frozen_ms: NOW,
        }),
    }
}

pub fn undo(study: &mut Study, name: &str) -> Result<Committed, StoreError> {
    study.undo(coding(name), operation_id(), "R1", NOW)
}

pub fn redo(study: &mut Study, name: &str) -> Result<Committed, StoreError> {
    study.redo(coding(name), operation_id(), "R1", NOW)
}

pub fn assert_clean(study: &Study) {
    let report = study.verify().unwrap();
    assert!(report.is_clean(), "{:?}", report.findings);
}

/// Whether the words stand anywhere in the file.
pub fn holds(path: &Path, words: &str) -> bool {
    let bytes = std::fs::read(path).unwrap();
    bytes
        .windows(words.len())
        .any(|window| window == words.as_bytes())
}
