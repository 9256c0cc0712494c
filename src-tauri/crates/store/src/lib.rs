//! The study file: SQLite, migrations, the operation log, undo, merging, erasure and backups. The only place with SQL.
//!
//! One file per study, owned by one process. **Operations are the truth**: every act is appended to a log that nothing
//! ever changes, and the tables that are read follow from it. An operation belongs to a *stream* — one coding, or the
//! study's set-up, written on one installation — and carries the hash of the one before it (`hash` documents the exact
//! concatenation). [`Study::transact`] is the one door for writes; what it has returned is on the disk.
//!
//! Invariants: no operation is ever changed or deleted, but for payloads that an erasure lists; content under a
//! SHA-256 never changes; a file that was copied or restored goes on in new streams, so that no two files write two
//! different operations under one number; every derived table can be rebuilt from the log ([`Study::verify`]).
//! Deliberately absent: a clock (moments are passed in), words of transcripts or notes in errors and reports, and the
//! class of a conflict, which follows from a rule and is never stored.

mod apply;
mod background;
mod backup;
mod branch;
mod change;
mod compare;
mod consensus;
mod date;
mod environment;
mod erase;
mod error;
mod guard;
mod hash;
mod header;
mod ids;
mod judge;
mod log;
mod merge;
mod open;
mod operation;
mod outcome;
mod payload;
mod read;
mod rebuild;
mod record;
mod schema;
mod stream;
mod study;
mod transact;
mod undo;
mod verify;

pub use background::{BackgroundReport, BackgroundWork};
pub use backup::{BackupInfo, BackupReason, backup_folder, backups_of};
pub use change::Change;
pub use consensus::{
    CodingOfRecord, LEAD, OriginalRecord, OriginalsRecord, PassageRecord, QuotedTurn, RecordKind,
    RulingRecord,
};
pub use environment::Environment;
pub use erase::{ErasureReport, ErasureSubject};
pub use error::StoreError;
pub use hash::content_sha256;
pub use merge::MergeReport;
pub use open::NewStudy;
pub use operation::{Committed, Content, NewOperation, OperationKind, Step, Target, Undoing};
pub use outcome::{ExplorationRecord, OutcomeKey, OutcomeRecord};
pub use read::{CodingFilter, CodingSummary, RuleVersion, StoredCoding, StreamHead};
pub use record::{
    CaseRecord, CodebookRecord, CodingHeader, HeadRecord, Lock, Masking, RaterRecord, RecordingRecord,
    RuleRecord, Scoring, SessionRecord, StatusRecord, StudySettings, TranscriptRecord,
};
pub use study::Study;
pub use verify::{Finding, FindingKind, VerifyReport};
