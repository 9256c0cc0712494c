//! The value that intervals should hold: nominal alpha over so many sessions that chance no longer matters.
//!
//! Raters are interchangeable here, so that any two of them show it; it is computed from its definition, without the
//! crate that is under measurement.

use super::session::{self, VALUES};
use crate::random::Random;

const SESSIONS: usize = 400_000;

/// 1 − observed / expected disagreement of two raters.
pub(crate) fn alpha(random: &mut Random) -> f64 {
    let mut counts = [0_u64; VALUES];
    let mut unlike = 0_u64;
    for _ in 0..SESSIONS {
        let mut first = None;
        session::rate(random, 2, |value| {
            counts[usize::from(value)] += 1;
            first = match first {
                None => Some(value),
                Some(other) => {
                    unlike += u64::from(other != value);
                    None
                }
            };
        });
    }
    let all = counts.iter().sum::<u64>() as f64;
    let alike: f64 = counts.iter().map(|count| (*count as f64 / all).powi(2)).sum();
    1.0 - (unlike as f64 / (all / 2.0)) / (1.0 - alike)
}
