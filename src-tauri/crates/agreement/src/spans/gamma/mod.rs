//! Gamma and gamma-cat: agreement on places and labels together, over the best alignment of all raters' units.

mod align;
mod assignment;
mod candidates;
mod category;
mod chance;
mod descent;
mod frontier;
mod measure;
mod pair_prices;
mod problem;
mod samples;
mod two;
mod unit_prices;

pub(super) use measure::Alignments;
