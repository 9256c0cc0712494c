//! Agreement over spans: stretches of a continuum that raters marked and labelled (unitizing).

mod bootstrap;
mod boundary;
mod continuum;
mod error;
mod gamma;
mod linking;
mod matched;
mod measure;
mod modified_kappa;
mod pairs;
mod random;
mod registry;
mod request;
mod result;
mod unitizing;

pub use boundary::{Segmentation, measure_boundaries};
pub use continuum::{Frame, LONGEST_MS, SessionFrame, Span, Spans};
pub use error::SpansError;
pub use measure::{SpansProgress, measure_spans, measure_spans_watched};
pub use registry::{SpanMeasure, span_measures};
pub use request::{GammaSettings, SpanBootstrap, SpanRequest, SpanStatistic};
