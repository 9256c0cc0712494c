//! Agreement and reliability of raters, over plain matrices (units × raters) and spans on a continuum.
//!
//! Invariants: nothing here knows of psychotherapy; no file, clock or unseeded randomness is reached; a result is
//! a finite number or a reason, never NaN, infinity or a made-up value.

mod coverage;
mod matrix;
mod measurement;
mod relation;
mod spans;

pub use matrix::{
    Bootstrap, BootstrapInterval, IccNames, Matrix, MatrixError, Measure, MeasureError, Missing, Progress,
    RARE_COUNT, RARE_PART, Raters, Request, Scale, measure, measure_named, measure_with, measures,
};
pub use measurement::{Band, Category, Interval, Level, Measurement, Pair, Wordless};
pub use relation::{NoRelation, Relation, Resamples};
pub use spans::{
    Frame, GammaSettings, LONGEST_MS, Segmentation, SessionFrame, Span, SpanBootstrap, SpanMeasure,
    SpanRequest, SpanStatistic, Spans, SpansError, SpansProgress, measure_boundaries, measure_spans,
    measure_spans_watched, span_measures,
};
