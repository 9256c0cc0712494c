//! `sunder consensus`: freeze, list, settle, and fix what counts.

mod act;
pub(crate) mod arguments;
mod print;
mod settle;

pub(crate) use act::run;
