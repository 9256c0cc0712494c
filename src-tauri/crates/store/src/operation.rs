//! An operation before and after it is committed, and the kinds there are.

use sunder_domain::{CodingId, OperationId, StreamId};

use crate::change::Change;

/// What undo has to do with a kind of operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undoing {
    /// Undo takes it back; it empties redo.
    Undoable,
    /// Undo passes over it; redo stays.
    Apart,
    /// Nothing before it can be undone any more.
    Barrier,
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident = $key:literal, $label:literal, $undoing:ident;)+) => {
        /// What a person did. The key stands in the file, the label stands for it where nothing more is known ("add marker").
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum OperationKind { $($(#[$meta])* $kind,)+ }

        impl OperationKind {
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$kind => $key),+ }
            }

            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$kind => $label),+ }
            }

            #[must_use]
            pub const fn undoing(self) -> Undoing {
                match self { $(Self::$kind => Undoing::$undoing),+ }
            }

            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$kind),)+ _ => None }
            }
        }
    };
}

kinds! {
    /// The first operation of every stream; written by the store alone.
    StreamOpen = "stream_open", "begin", Apart;
    /// Written by `undo` and `redo` alone.
    Undo = "undo", "undo", Apart;
    Redo = "redo", "redo", Apart;
    /// Heads of streams, recorded in the set-up; written by the store alone.
    HeadsRecord = "heads_record", "record heads", Apart;
    /// Written by `erase` alone.
    Erase = "erase", "erase", Barrier;
    /// What erased operations of the set-up also said of others; written beside an erasure.
    SayAgain = "say_again", "say again", Barrier;

    StudyCreate = "study_create", "new study", Barrier;
    StudyEdit = "study_edit", "change the study", Undoable;
    CaseAdd = "case_add", "add case", Barrier;
    CaseEdit = "case_edit", "change case", Undoable;
    SessionAdd = "session_add", "add session", Barrier;
    SessionEdit = "session_edit", "change session", Undoable;
    TranscriptAdd = "transcript_add", "add transcript", Barrier;
    RecordingLink = "recording_link", "link recording", Undoable;
    RecordingEdit = "recording_edit", "change recording", Undoable;
    RecordingUnlink = "recording_unlink", "unlink recording", Undoable;
    OutcomesImport = "outcomes_import", "import outcomes", Undoable;
    /// Outcomes set against a rule that is not locked: once recorded, it stays.
    OutcomesExplore = "outcomes_explore", "explore without a lock", Apart;
    RaterAdd = "rater_add", "add rater", Barrier;
    RaterEdit = "rater_edit", "change rater", Undoable;
    RuleAdd = "rule_add", "add rule", Barrier;
    RuleEdit = "rule_edit", "change rule", Undoable;
    RuleLock = "rule_lock", "lock rule", Barrier;
    CodebookAdd = "codebook_add", "add codebook", Barrier;
    OriginalsFreeze = "originals_freeze", "freeze codings", Undoable;
    RulingAdd = "ruling_add", "add ruling", Undoable;
    RulingEdit = "ruling_edit", "change ruling", Undoable;
    RulingRemove = "ruling_remove", "remove ruling", Undoable;
    RecordSet = "record_set", "fix the coding of record", Undoable;

    CodingStart = "coding_start", "start coding", Barrier;
    CodingImport = "coding_import", "import coding", Barrier;
    /// To a newer version of the transcript, with the places of its markers.
    CodingCarry = "coding_carry", "carry over to the corrected transcript", Undoable;
    MarkerAdd = "marker_add", "add marker", Undoable;
    MarkerMove = "marker_move", "move bounds", Undoable;
    MarkerCode = "marker_code", "change code", Undoable;
    MarkerEdit = "marker_edit", "change marker", Undoable;
    MarkerDelete = "marker_delete", "delete marker", Undoable;
    RepairLink = "repair_link", "link repair", Undoable;
    ConflictScore = "conflict_score", "score", Undoable;
    ConflictEdit = "conflict_edit", "change conflict", Undoable;
    ConflictJoin = "conflict_join", "join markers", Undoable;
    ConflictPart = "conflict_part", "part markers", Undoable;
    BuildUpConfirm = "build_up_confirm", "confirm build-up", Undoable;
    BuildUpDismiss = "build_up_dismiss", "dismiss build-up", Undoable;
    SessionRate = "session_rate", "rate session", Undoable;
    WindowRate = "window_rate", "rate window", Undoable;
    NoteAdd = "note_add", "add note", Undoable;
    NoteEdit = "note_edit", "change note", Undoable;
    NoteDelete = "note_delete", "delete note", Undoable;
    ConsensusSettle = "consensus_settle", "settle", Undoable;
    ConsensusSettleAgreed = "consensus_settle_agreed", "settle all that agree", Undoable;
    ConsensusSettleRest = "consensus_settle_rest", "settle the rest", Undoable;
    ConsensusUnsettle = "consensus_unsettle", "unsettle", Undoable;
    /// What was played or read; not an act.
    Coverage = "coverage", "seen", Apart;
    Submit = "submit", "submit", Apart;
    Reopen = "reopen", "reopen", Apart;
}

impl OperationKind {
    /// Whether only the store itself writes this kind.
    pub(crate) const fn is_internal(self) -> bool {
        matches!(
            self,
            Self::StreamOpen | Self::Undo | Self::Redo | Self::HeadsRecord | Self::Erase | Self::SayAgain
        )
    }
}

/// What an operation is written to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    SetUp,
    Coding(CodingId),
}

/// Bytes that operations refer to by their SHA-256: a transcript, a codebook. Never changed once kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub kind: &'static str,
    pub bytes: Vec<u8>,
}

/// One act, with an id of its own: sent twice, it is done once.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOperation {
    pub id: OperationId,
    pub kind: OperationKind,
    pub actor: String,
    pub at_ms: i64,
    pub changes: Vec<Change>,
    /// Kept in the same transaction; already known content is left as it is.
    pub contents: Vec<Content>,
}

impl NewOperation {
    #[must_use]
    pub fn new(
        id: OperationId,
        kind: OperationKind,
        actor: impl Into<String>,
        at_ms: i64,
        changes: Vec<Change>,
    ) -> Self {
        Self {
            id,
            kind,
            actor: actor.into(),
            at_ms,
            changes,
            contents: Vec::new(),
        }
    }

    #[must_use]
    pub fn with_content(mut self, kind: &'static str, bytes: Vec<u8>) -> Self {
        self.contents.push(Content { kind, bytes });
        self
    }
}

/// What undo or redo would take next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub operation: OperationId,
    /// The kind of the act it is about, also where it is the redo of one.
    pub kind: OperationKind,
}

impl Step {
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.kind.label()
    }
}

/// An operation that is on the disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed {
    pub operation: OperationId,
    pub kind: OperationKind,
    pub stream: StreamId,
    pub seq: u64,
    /// The state of everything it touched.
    pub changes: Vec<Change>,
    pub undo: Option<Step>,
    pub redo: Option<Step>,
    /// The operation was known already; nothing was written.
    pub already_done: bool,
}
