//! How numbers of a rule are written: whole ones without a fraction in files, at most two decimals in sentences.

use serde::{Serialize, Serializer};

/// Up to two decimals, trailing zeros dropped: `3`, `2.5`, `2.67`.
pub(crate) fn shown(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Writes 3.0 as `3`, so that a rule reads as it was typed.
///
/// # Errors
/// The serializer's own.
pub fn plain<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        return serializer.serialize_i64(*value as i64);
    }
    value.serialize(serializer)
}

/// As [`plain`], for a number that may be absent.
///
/// # Errors
/// The serializer's own.
pub fn plain_option<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => plain(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn sentences_show_at_most_two_decimals() {
        for (value, expected) in [
            (3.0, "3"),
            (2.5, "2.5"),
            (8.0 / 3.0, "2.67"),
            (10.0, "10"),
            (-0.001, "0"),
            (-1.25, "-1.25"),
        ] {
            assert_eq!(shown(value), expected);
        }
    }
}
