//! Krippendorff's alpha for unitizing (Krippendorff, Mathet, Bouvry & Widlöcher 2016): u-alpha, binary-alpha,
//! cu-alpha and ku-alpha.

mod coefficient;
mod measure;
mod tally;

pub(super) use measure::measure;
