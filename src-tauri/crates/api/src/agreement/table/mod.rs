//! Agreement over plain tables: a matrix of units × raters, or spans, as CSV files.

mod masses;
mod matrix;
mod records;
mod spans;

pub use masses::measure_masses;
pub use matrix::{MatrixQuestion, measure_matrix};
pub use spans::{SpansQuestion, measure_spans_table};
