//! What a paper would say: the three lines in one sentence, in the style of the APA.

use crate::wire::{AgreementOutcome, AgreementRow, Line};

/// `.81`, `−.05`, `1.00`: no zero before the point where the value cannot pass 1.
pub(crate) fn apa(value: f64) -> String {
    let rounded = format!("{:.2}", value.abs());
    let shown = match rounded.strip_prefix('0') {
        Some(fraction) => fraction.to_owned(),
        None => rounded,
    };
    if value < 0.0 && shown != ".00" {
        format!("−{shown}")
    } else {
        shown
    }
}

/// `.81, 95 % CI [.72, .88]`; the first of a sentence names the confidence.
fn figure(row: &AgreementRow, first: bool) -> Option<String> {
    let value = apa(row.measurement.value?);
    let Some(interval) = &row.measurement.interval else {
        return Some(value);
    };
    let (Some(low), Some(high)) = (interval.low, interval.high) else {
        return Some(value);
    };
    let name = if first {
        format!(", {:.0} % CI", interval.confidence * 100.0)
    } else {
        String::new()
    };
    Some(format!("{value}{name} [{}, {}]", apa(low), apa(high)))
}

/// The sign of a row's coefficient: `κ`, `α`.
fn sign(row: &AgreementRow) -> &'static str {
    match row.measurement.statistic.as_str() {
        "krippendorff-alpha" => "α",
        "cohen-kappa" => "κ",
        "weighted-kappa-linear" | "weighted-kappa-quadratic" => "weighted κ",
        "icc-2-1" => "ICC(2,1)",
        "u-alpha" => "uα",
        _ => "coefficient",
    }
}

/// The sentence; it says so where a line has no value.
pub(crate) fn sentence(outcome: &AgreementOutcome) -> String {
    let first = |line: Line| outcome.rows.iter().find(|row| row.line == line);
    let mut parts = Vec::new();
    let told = |row: &AgreementRow, is_first: bool| match figure(row, is_first) {
        Some(figure) => format!("{} = {figure}", sign(row)),
        None => format!(
            "{} undefined: {}",
            sign(row),
            row.measurement.reason.as_deref().unwrap_or("no value")
        ),
    };
    if let Some(row) = first(Line::Detection) {
        parts.push(format!(
            "Raters agreed on where there was something to mark ({})",
            told(row, true)
        ));
    }
    if let Some(row) = first(Line::Judgement) {
        let basis = &outcome.basis;
        let matched = if outcome.rows.iter().any(|row| row.line == Line::Detection) {
            format!(
                ", n = {}; {} marked by one rater only",
                basis.matched, basis.unmatched
            )
        } else {
            String::new()
        };
        parts.push(if parts.is_empty() {
            format!("Raters agreed on {} ({})", outcome.value, told(row, true))
        } else {
            format!(
                "and, where both marked one, on {} ({}{matched})",
                outcome.value.split(" · ").next().unwrap_or_default(),
                told(row, false)
            )
        });
    }
    if let Some(row) = first(Line::Combined) {
        let is_first = parts.is_empty();
        parts.push(format!(
            "{} ({})",
            if is_first {
                "Raters agreed on both together"
            } else {
                "and on both together"
            },
            told(row, is_first)
        ));
    }
    if let Some(row) = first(Line::Spans) {
        parts.push(format!(
            "Raters agreed on stretches and labels ({})",
            told(row, true)
        ));
    }
    if parts.is_empty() {
        return "Nothing could be compared.".to_owned();
    }
    let mut text = parts.join(", ").replace(", and,", " and,");
    if let Some(rupture) = outcome.rows.iter().find(|row| {
        row.measurement.statistic.starts_with("specific-agreement")
            && row.measurement.category.as_deref() == Some("rupture")
    }) && let Some(value) = rupture.measurement.value
    {
        text.push_str(&format!("; specific agreement for rupture was {}", apa(value)));
    }
    format!("{text}. {}", outcome.basis.intervals)
}

#[cfg(test)]
mod tests {
    use super::apa;

    #[test]
    fn figures_have_no_zero_before_the_point() {
        for (value, shown) in [
            (0.8139, ".81"),
            (1.0, "1.00"),
            (0.999, "1.00"),
            (-0.051, "−.05"),
            (-0.001, ".00"),
            (0.0, ".00"),
        ] {
            assert_eq!(apa(value), shown);
        }
    }
}
