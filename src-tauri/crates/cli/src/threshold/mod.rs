//! `sunder sweep` and `sunder rule`: the threshold of a study.

pub(crate) mod arguments;
mod csv;
mod rule;
mod sweep;

pub(crate) use rule::{from_file as rule_from_file, run as rule};
pub(crate) use sweep::sweep;
