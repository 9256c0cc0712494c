//! A number in a cell, as people write it.

/// A finite number; `None` for anything else, also for a comma that may be a sign of thousands as well as of decimals.
pub(super) fn score(text: &str, decimal_comma: bool) -> Option<f64> {
    let plain = text.replace(['\u{2212}', '\u{2013}'], "-");
    let plain = match plain.split_once(',') {
        Some((whole, decimals)) if decimal_comma && is_decimal(whole, decimals) => {
            format!("{whole}.{decimals}")
        }
        Some(_) => return None,
        None => plain,
    };
    // "inf" and "nan" are numbers to the parser, and scores to nobody.
    plain
        .chars()
        .all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '-' | '+' | 'e' | 'E'))
        .then(|| plain.parse().ok())
        .flatten()
        .filter(|score: &f64| score.is_finite())
}

fn is_decimal(whole: &str, decimals: &str) -> bool {
    let thousands = decimals.len() == 3 && !matches!(whole.trim_start_matches('-'), "" | "0");
    !thousands && !decimals.is_empty() && decimals.chars().all(|sign| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, comma, expected) in [
            ("12", false, Some(12.0)),
            ("-0.5", false, Some(-0.5)),
            ("\u{2212}3", false, Some(-3.0)),
            ("1e2", false, Some(100.0)),
            ("3,5", true, Some(3.5)),
            ("0,125", true, Some(0.125)),
            ("3,5", false, None),
            ("1,234", true, None),
            ("1,2,3", true, None),
            ("twelve", true, None),
            ("nan", false, None),
            ("inf", false, None),
            ("1e999", false, None),
            ("12 points", false, None),
        ] {
            assert_eq!(score(text, comma), expected, "{text}");
        }
    }
}
