//! t
use super::data::Matrix;
use super::icc::Form;
use super::reason::Reason;
use super::registry::Measure;
use super::target::Target;

pub(crate) fn by_components<'a>(measure: &Measure, matrix: &'a Matrix, _form: Form) -> Target<'a> {
    Target::new(measure, matrix, Err(Reason::NotSeparable))
}
