//! Medians and 95th percentiles of what was measured.

use std::time::Instant;

use serde_json::{Value, json};

/// Runs `act` and says how long it took, in ms.
pub(crate) fn timed<T>(act: impl FnOnce() -> T) -> (T, f64) {
    let began = Instant::now();
    let made = act();
    (made, milliseconds(began))
}

pub(crate) fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}

/// p50, p95 (nearest rank) and count.
pub(crate) fn summary(mut values: Vec<f64>) -> Value {
    values.sort_by(f64::total_cmp);
    let rank = |part: f64| {
        let index = (values.len() as f64 * part).ceil() as usize;
        values[index.clamp(1, values.len()) - 1]
    };
    json!({ "p50": rank(0.5), "p95": rank(0.95), "n": values.len() })
}
