//! What can be wrong with spans or with what is asked of them.

use thiserror::Error;

/// Spans are counted from 0, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SpansError {
    #[error("span {index} of rater {rater} ends at {end_ms} ms, not after its start at {start_ms} ms")]
    EndNotAfterStart {
        rater: String,
        index: usize,
        start_ms: u64,
        end_ms: u64,
    },
    #[error("span {index} of rater {rater} ends at {end_ms} ms, beyond the length of {length_ms} ms")]
    BeyondLength {
        rater: String,
        index: usize,
        end_ms: u64,
        length_ms: u64,
    },
    #[error("spans {first} and {second} of rater {rater} overlap; this statistic needs spans side by side")]
    Overlap {
        rater: String,
        first: usize,
        second: usize,
    },
    #[error("span {index} is of rater {rater}, who is not among the raters of session {session}")]
    RaterNotInSession {
        rater: String,
        index: usize,
        session: String,
    },
    #[error("session {session} is listed twice")]
    SessionTwice { session: String },
    #[error("a length of {length_ms} ms is above the longest that can be measured")]
    LengthTooLong { length_ms: u64 },
    #[error("{name} is no statistic of spans")]
    UnknownStatistic { name: String },
    #[error("boundary similarity needs masses of segments, not spans")]
    NeedsMasses,
    #[error("no span carries the label {label}")]
    UnknownLabel { label: String },
    #[error("{setting} is {value}; it must be {range}")]
    Setting {
        setting: &'static str,
        value: f64,
        range: &'static str,
    },
    #[error("the masses of rater {rater} add up to {total}, those of {other} to {other_total}")]
    MassesDiffer {
        rater: String,
        total: u64,
        other: String,
        other_total: u64,
    },
    #[error("mass {index} of rater {rater} is 0: a segment has a length")]
    EmptySegment { rater: String, index: usize },
    #[error("the masses of rater {rater} add up to more than can be measured")]
    MassesTooLarge { rater: String },
    #[error("stopped on request")]
    Cancelled,
}
