//! Measurements of spans as they begin: everything counted, nothing measured yet.
//!
//! Invariant: what leaves here has either a finite value or a reason.

use std::collections::BTreeMap;

use super::continuum::Spans;
use super::registry::span_measures;
use crate::measurement::{Category, Measurement, Wordless};

/// A coefficient that is defined, or why it is not.
pub(super) type Coefficient = Result<f64, &'static str>;

/// A quotient, or the reason why there is none.
pub(super) fn ratio(numerator: f64, denominator: f64, reason: &'static str) -> Coefficient {
    let quotient = numerator / denominator;
    if quotient.is_finite() {
        Ok(quotient)
    } else {
        Err(reason)
    }
}

/// A measurement of all raters that waits for its value.
pub(super) fn blank(statistic: &str, spans: &Spans) -> Measurement {
    Measurement {
        statistic: statistic.to_owned(),
        level: None,
        pair: None,
        category: None,
        value: None,
        se: None,
        ci: None,
        bootstrap_ci: None,
        units: spans.count(),
        units_used: spans.count(),
        raters: spans.raters().len(),
        missing: 0,
        categories: spans.labels().iter().cloned().map(Category::Label).collect(),
        band: None,
        wordless: wordless(statistic),
        reason: None,
        notes: Vec::new(),
        fields: BTreeMap::new(),
    }
}

/// Why a statistic's values have no word; what follows a colon is the label that it is asked of.
pub(super) fn wordless(statistic: &str) -> Option<Wordless> {
    let name = statistic.split_once(':').map_or(statistic, |(name, _)| name);
    let measure = span_measures().iter().find(|measure| measure.name == name)?;
    Some(Wordless::Never(measure.wordless))
}

/// Enters the value, or why there is none.
pub(super) fn settle(measurement: &mut Measurement, coefficient: Coefficient) {
    match coefficient {
        Ok(value) if value.is_finite() => measurement.value = Some(value),
        Ok(_) => measurement.reason = Some("not a finite number".to_owned()),
        Err(reason) => measurement.reason = Some(reason.to_owned()),
    }
}

/// Enters a further figure where it is defined.
pub(super) fn field(measurement: &mut Measurement, name: &str, figure: f64) {
    if figure.is_finite() {
        measurement.fields.insert(name.to_owned(), figure);
    }
}
