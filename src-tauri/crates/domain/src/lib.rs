//! The nouns and rules of observer coding.
//!
//! Invariants: no file, clock, randomness or network is reached from here; every function is total on data
//! (no panics); a score, an identity or a locked rule that would be wrong cannot be built. Serde is derived for
//! what is a file by nature: transcript, codebook, rule and coding.

mod accumulation;
mod carry;
mod classify;
mod clock;
mod codebook;
mod coding;
mod conflict;
mod consensus;
mod id;
mod json;
mod ladder;
mod marker;
mod mode;
pub mod number;
mod position;
mod rule;
mod score;
mod segment;
mod totals;
mod transcript;
mod vocabulary;

pub use accumulation::{Accumulation, Candidate, propose_accumulations};
pub use carry::{Alignment, Carried, Doubt};
pub use classify::{
    Class, Classification, ConflictFacts, Course, DecidedBy, MissingField, Reason, ReasonDetail, RepairKind,
    ScoreName, Standing, class_of, classify, standing,
};
pub use clock::{CHARACTERS_PER_SECOND, ClockWarning, GivenTimes, TurnTimes, resolve_times};
pub use codebook::{
    Anchor, Code, Codebook, CodebookError, CodebookProblem, CodebookRef, Family, FamilyKind, NotACodebookRef,
    RatingDefinition, RatingScope, Scale, Term,
};
pub use coding::{
    Coding, CodingError, CodingProblem, CodingWarning, Material, Note, Perspective, Purpose, Ratings, Status,
    TranscriptRef, WindowRating,
};
pub use conflict::{
    Addressed, Conflict, Element, Factor, Factors, FailedCare, Origin, PainfulAffect, Relationship, Settled,
};
pub use consensus::{
    Choice, ItemKind, ItemSource, MeanConflict, Settlement, StatedMean, highest_significance, mean_conflict,
    mean_score, mean_window, same_conflict, same_marker,
};
pub use id::{
    CaseId, CodeKey, CodingId, ConflictId, IdError, MarkerId, NoteId, OperationId, RaterId, RuleId, RulingId,
    SessionId, StreamId, StudyId,
};
pub use ladder::{Ladder, Rung};
pub use marker::{Actor, BoundsError, Clarity, Depth, Marker, Strategy};
pub use mode::{Mode, mode_of};
pub use position::{PositionMap, scalar_to_utf16, utf16_to_scalar};
pub use rule::{
    AccumulationRule, CannotJudge, Combine, Condition, FactorValues, Override, RealRule, Rule, RuleError,
    RuleProblem, SameKey, ScoreSource, Tended, TendedBy, Within,
};
pub use score::{Score, Significance};
pub use segment::{Segment, SegmentError, TextPosition};
pub use totals::{Totals, totals};
pub use transcript::{ClockSource, Role, Speaker, Transcript, TranscriptError, Turn};
