//! An intraclass correlation by variance components, with the components it is made of.

use super::components::{ByComponents, Source};
use super::data::{Matrix, ratings};
use super::estimator::Estimator;
use super::icc::Form;
use super::registry::Measure;
use super::target::Target;

pub(crate) fn by_components<'a>(measure: &Measure, matrix: &'a Matrix, form: Form) -> Target<'a> {
    let source = Source::new(matrix);
    let components = source.components(form.model, &vec![1.0; matrix.units()]);
    let estimator = Estimator::Weighted(Box::new(ByComponents { form, source }));
    let mut target = Target::new(measure, matrix, Ok(estimator));
    target.units_used = matrix.rows().filter(|row| ratings(row) > 0).count();
    target
        .notes
        .push("variance components by REML from every cell".into());
    if form.is_average {
        target
            .notes
            .push("k is the harmonic mean of ratings per unit".into());
    }
    let Ok(components) = components else { return target };
    if matrix.clusters().is_some() && components.clusters.is_none() {
        target
            .notes
            .push("clusters and units cannot be told apart: their variance is given as that of units".into());
    }
    let fields = [
        ("variance_clusters", components.clusters),
        ("variance_units", Some(components.units)),
        ("variance_raters", components.raters),
        ("variance_residual", Some(components.residual)),
        ("ratings_per_unit", Some(components.design.ratings_per_unit)),
        ("q", Some(components.design.q)),
        ("g_q_k", components.raters.and_then(|_| components.g().ok())),
    ];
    target.fields.extend(
        fields
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?))),
    );
    target
}
