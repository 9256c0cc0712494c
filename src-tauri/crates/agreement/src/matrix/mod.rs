//! Coefficients over a matrix of units × raters.

mod alpha;
mod ascent;
mod bands;
mod components;
mod components_target;
mod data;
mod distributions;
mod entries;
mod estimator;
mod icc;
mod icc_target;
mod interval;
mod kind;
mod krippendorff_bootstrap;
mod many_raters;
mod many_raters_error;
mod measure;
mod parallel;
mod proportions;
pub(crate) mod random;
mod reason;
mod registry;
mod reml;
mod request;
mod resample;
mod symmetric;
mod target;
mod two_raters;
mod weights;

pub use bands::{RARE_COUNT, RARE_PART, Scale};
pub use data::{Matrix, MatrixError};
pub use measure::{MeasureError, Progress, measure, measure_with};
pub use registry::{IccNames, Measure, Raters, measure_named, measures};
pub use request::{Bootstrap, BootstrapInterval, Missing, Request};
