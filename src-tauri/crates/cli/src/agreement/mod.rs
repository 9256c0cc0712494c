//! `sunder agreement`: coefficients over tables of any field, and over the codings of a study.

pub(crate) mod arguments;
mod matrix;
mod print;
mod spans;
mod study;

pub(crate) use matrix::matrix;
pub(crate) use spans::spans;
pub(crate) use study::study;
