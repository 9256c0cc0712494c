//! An intraclass correlation with its F test and interval.

use super::data::Matrix;
use super::estimator::Estimator;
use super::icc::{Form, Icc};
use super::registry::Measure;
use super::request::Request;
use super::target::Target;

pub(crate) fn icc<'a>(measure: &Measure, matrix: &'a Matrix, form: Form, _request: &Request) -> Target<'a> {
    let own = Icc::new(form, matrix);
    let units_used = matrix.rows().filter(|row| own.is_complete(row)).count();
    let mut target = Target::new(measure, matrix, Ok(Estimator::Additive(Box::new(own))));
    target.units_used = units_used;
    target.has_categories = false;
    target
}
