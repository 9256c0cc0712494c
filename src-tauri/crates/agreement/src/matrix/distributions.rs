//! Distributions that intervals are read from.

use statrs::function::beta::beta_reg;
use statrs::function::erf::{erfc, erfc_inv};

/// The part of a standard normal distribution below `z`.
pub(crate) fn normal_below(z: f64) -> f64 {
    erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// Below which value of a standard normal distribution a part lies; `None` outside (0, 1).
pub(crate) fn normal_quantile(part: f64) -> Option<f64> {
    (part > 0.0 && part < 1.0).then(|| -std::f64::consts::SQRT_2 * erfc_inv(2.0 * part))
}

/// How likely F(first, second) is to exceed `f`; degrees of freedom above 0, `f` at least 0.
pub(crate) fn f_above(f: f64, first: f64, second: f64) -> Option<f64> {
    let valid = f >= 0.0 && f.is_finite() && is_degrees(first) && is_degrees(second);
    valid.then(|| {
        beta_reg(
            second / 2.0,
            first / 2.0,
            (second / (second + first * f)).clamp(0.0, 1.0),
        )
    })
}

/// Below which value of F(first, second) a part lies; `None` where degrees of freedom are not above 0.
///
/// The value is sought by halving on first·F/(first·F + second), which lies between 0 and 1.
pub(crate) fn f_quantile(part: f64, first: f64, second: f64) -> Option<f64> {
    if !(part > 0.0 && part < 1.0 && is_degrees(first) && is_degrees(second)) {
        return None;
    }
    let below = |x: f64| beta_reg(first / 2.0, second / 2.0, x);
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..1100 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if below(middle) < part {
            low = middle
        } else {
            high = middle
        }
    }
    let value = second * high / (first * (1.0 - high));
    value.is_finite().then_some(value)
}

fn is_degrees(degrees: f64) -> bool {
    degrees.is_finite() && degrees > 0.0
}
