//! How often intervals of 95 % hold the true value in made-up studies.
//!
//! Invariant: the same number of studies gives the same figures; every method judges the same studies.

mod methods;
mod session;
mod truth;

use serde_json::{Value, json};
use sunder_agreement::Matrix;

use crate::random::Random;
use methods::METHODS;

const SEED: u64 = 20_260_102;
const SESSIONS: [usize; 3] = [6, 20, 60];
const RATERS: [usize; 3] = [2, 3, 4];

/// What a method did in the studies of one size.
#[derive(Clone, Copy, Default)]
struct Tally {
    given: u32,
    held: u32,
    width: f64,
}

impl Tally {
    fn count(&mut self, limits: Option<(f64, f64)>, truth: f64) {
        if let Some((low, high)) = limits {
            self.given += 1;
            self.held += u32::from(low <= truth && truth <= high);
            self.width += high - low;
        }
    }
}

/// So many studies of every size, judged by every method.
pub(crate) fn measure(studies: usize) -> Value {
    let truth = truth::alpha(&mut Random::new(SEED));
    let mut rows = Vec::new();
    for sessions in SESSIONS {
        for raters in RATERS {
            for (method, tally) in METHODS.iter().zip(of_size(studies, sessions, raters, truth)) {
                rows.push(json!({
                    "method": method.name,
                    "sessions": sessions,
                    "raters": raters,
                    "given": tally.given,
                    "held": tally.held,
                    "width": tally.width / f64::from(tally.given),
                }));
            }
        }
    }
    json!({
        "seed": SEED,
        "studies": studies,
        "resamples": methods::RESAMPLES,
        "windows": session::WINDOWS,
        "truth": truth,
        "shape": session::shape(&mut Random::new(SEED)),
        "rows": rows,
    })
}

fn of_size(studies: usize, sessions: usize, raters: usize, truth: f64) -> [Tally; METHODS.len()] {
    let mut tallies = [Tally::default(); METHODS.len()];
    for study in 0..studies {
        let seed = (study * 1_000 + sessions * 10 + raters) as u64;
        let (plain, clustered) = matrices(&mut Random::new(SEED ^ (seed << 20)), sessions, raters);
        for (tally, method) in tallies.iter_mut().zip(&METHODS) {
            let matrix = if method.over_sessions { &clustered } else { &plain };
            tally.count(method.limits(matrix, study as u64), truth);
        }
    }
    tallies
}

/// The ratings of one study, without and with its sessions as clusters.
fn matrices(random: &mut Random, sessions: usize, raters: usize) -> (Matrix, Matrix) {
    let mut cells = Vec::with_capacity(sessions * session::WINDOWS * raters);
    let mut clusters = Vec::with_capacity(sessions * session::WINDOWS);
    for number in 0..sessions {
        session::rate(random, raters, |value| cells.push(Some(f64::from(value))));
        clusters.extend(std::iter::repeat_n(number.to_string(), session::WINDOWS));
    }
    let names = (0..raters).map(|rater| format!("R{rater}")).collect();
    let values: Vec<f64> = (0..session::VALUES).map(|value| value as f64).collect();
    let plain = Matrix::numbers(names, &cells, Some(&values)).expect("whole rows");
    let clustered = plain
        .clone()
        .with_clusters(&clusters)
        .expect("a cluster for each unit");
    (plain, clustered)
}
