//! Distributions that intervals are read from.

use statrs::function::beta::beta_reg;
use statrs::function::erf::{erfc, erfc_inv};

/// The part of a standard normal distribution below `z`.
pub(crate) fn normal_below(z: f64) -> f64 {
    erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// Below which value of a standard normal distribution a part lies; `None` outside (0, 1).
pub(crate) fn normal_quantile(part: f64) -> Option<f64> {
    if !(part > 0.0 && part < 1.0) {
        return None;
    }
    let close = -std::f64::consts::SQRT_2 * erfc_inv(2.0 * part);
    // One step of Newton's gives the digits that the approximation of the inverse lacks.
    let density = (-close * close / 2.0).exp() / std::f64::consts::TAU.sqrt();
    let step = (normal_below(close) - part) / density;
    Some(if step.is_finite() { close - step } else { close })
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
/// With x = first·F/(first·F + second) in [0, 1], the smaller of x and 1−x is sought, which keeps its digits.
pub(crate) fn f_quantile(part: f64, first: f64, second: f64) -> Option<f64> {
    if !(part > 0.0 && part < 1.0 && is_degrees(first) && is_degrees(second)) {
        return None;
    }
    let odds = if part > 0.5 {
        let rest = beta_quantile(1.0 - part, second / 2.0, first / 2.0);
        (1.0 - rest) / rest
    } else {
        let own = beta_quantile(part, first / 2.0, second / 2.0);
        own / (1.0 - own)
    };
    Some(second / first * odds).filter(|value| value.is_finite())
}

/// By halving, to the last digit; a and b above 0.
fn beta_quantile(part: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return high;
        }
        if beta_reg(a, b, middle) < part {
            low = middle
        } else {
            high = middle
        }
    }
}

fn is_degrees(degrees: f64) -> bool {
    degrees.is_finite() && degrees > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!(
            (found - expected).abs() <= 1e-10 * expected.abs(),
            "found {found}, expected {expected}"
        );
    }

    #[test]
    fn quantiles_and_tails_are_those_of_scipy() {
        close(normal_quantile(0.025), -1.9599639845400545);
        close(normal_quantile(0.975), 1.959963984540054);
        close(normal_quantile(0.9), 1.2815515655446004);
        close(normal_quantile(1e-09), -5.9978070150076865);
        close(f_quantile(0.975, 5.0, 18.0), 3.381967805875243);
        close(f_quantile(0.975, 5.0, 4.7866), 7.496068821324599);
        close(f_quantile(0.975, 4.7866, 5.0), 7.190424721536567);
        close(f_quantile(0.975, 1999.0, 9995.0), 1.0694537523428838);
        close(f_quantile(0.025, 1.0, 1.0), 0.001543712508674131);
        close(f_quantile(0.95, 3.0, 2.5), 12.321652615687544);
        close(f_quantile(0.975, 2.0, 0.3), 7186065993.281904);
        close(f_quantile(0.975, 0.3, 2.0), 36.25828203862692);
        close(f_quantile(0.975, 2.0, 0.05), 3.0223145490364654e+62);
        close(f_above(1.7947, 5.0, 18.0), 0.164764351199299);
        close(f_above(11.0272, 5.0, 15.0), 0.00013456980675793183);
        close(f_above(0.5, 1999.0, 9995.0), 1.0);
        close(f_above(30.0, 1999.0, 9995.0), 0.0);
    }

    #[test]
    fn what_has_no_quantile_has_none() {
        assert_eq!(normal_quantile(0.0), None);
        assert_eq!(normal_quantile(f64::NAN), None);
        assert_eq!(f_quantile(0.5, 0.0, 3.0), None);
        assert_eq!(f_quantile(1.0, 2.0, 3.0), None);
        assert_eq!(f_above(f64::NAN, 2.0, 3.0), None);
        assert_eq!(f_above(1.0, f64::INFINITY, 3.0), None);
    }
}
