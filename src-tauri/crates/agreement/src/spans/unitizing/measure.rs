//! Measurements of the unitizing alphas.

use super::super::bootstrap::enter_interval;
use super::super::continuum::Spans;
use super::super::error::SpansError;
use super::super::request::{SpanRequest, SpanStatistic};
use super::super::result::{Coefficient, blank, field, settle};
use super::tally::Tally;
use crate::measurement::{Category, Measurement};

/// The measurements of one statistic of the family; none for statistics of other families.
///
/// # Errors
/// Spans of a rater that overlap; a label that no span carries.
pub(in super::super) fn measure(
    spans: &Spans,
    statistic: &SpanStatistic,
    request: &SpanRequest,
) -> Result<Vec<Measurement>, SpansError> {
    spans.check_side_by_side()?;
    let sessions: Vec<Tally> = spans.continua().iter().filter_map(Tally::of).collect();
    let measured = |measurement: Measurement, coefficient: &dyn Fn(&Tally) -> Coefficient, covered: bool| {
        enter(measurement, &sessions, request, coefficient, covered)
    };
    Ok(match statistic {
        SpanStatistic::UAlpha => vec![measured(blank("u-alpha", spans), &Tally::u_alpha, false)],
        SpanStatistic::BinaryAlpha => vec![measured(
            blank("binary-alpha", spans),
            &Tally::binary_alpha,
            false,
        )],
        SpanStatistic::CuAlpha => vec![measured(blank("cu-alpha", spans), &Tally::cu_alpha, true)],
        SpanStatistic::KuAlpha(asked) => {
            let labels = spans.labels().iter().enumerate();
            let wanted: Vec<_> = labels
                .filter(|(_, label)| asked.as_ref().is_none_or(|asked| asked == *label))
                .collect();
            if let (Some(asked), true) = (asked, wanted.is_empty()) {
                return Err(SpansError::UnknownLabel { label: asked.clone() });
            }
            let of_label = |(position, label): (usize, &String)| {
                let mut measurement = blank(&format!("ku-alpha:{label}"), spans);
                measurement.category = Some(Category::Label(label.clone()));
                measured(measurement, &|tally: &Tally| tally.ku_alpha(position), true)
            };
            wanted.into_iter().map(of_label).collect()
        }
        _ => Vec::new(),
    })
}

fn enter(
    mut measurement: Measurement,
    sessions: &[Tally],
    request: &SpanRequest,
    coefficient: &dyn Fn(&Tally) -> Coefficient,
    covered: bool,
) -> Measurement {
    let mut total = Tally::default();
    sessions.iter().for_each(|session| total += session);
    settle(&mut measurement, coefficient(&total));
    if covered {
        field(&mut measurement, "coverage", total.coverage());
    }
    if measurement.value.is_some() {
        enter_interval(&mut measurement, sessions, request.bootstrap, coefficient);
    }
    measurement
        .notes
        .push("depends on the unit of length: milliseconds".to_owned());
    measurement
}
