//! Agreement over spans: stretches of a continuum that raters marked and labelled (unitizing).

mod bootstrap;
mod continuum;
mod error;
mod linking;
mod matched;
mod measure;
mod modified_kappa;
mod pairs;
mod random;
mod request;
mod result;
mod unitizing;

pub use continuum::{Frame, LONGEST_MS, SessionFrame, Span, Spans};
pub use error::SpansError;
pub use measure::{SpansProgress, measure_spans, measure_spans_watched};
pub use request::{GammaSettings, SpanBootstrap, SpanRequest, SpanStatistic};
