//! A made-up session: windows that hold nothing, a strain or a rupture, and raters who miss and misgrade.

use serde_json::{Value, json};

use crate::random::Random;

/// One-minute windows of an hour.
pub(crate) const WINDOWS: usize = 60;
/// Nothing, strain, rupture.
pub(crate) const VALUES: usize = 3;

/// Windows in which something is, on average over sessions.
const RATE: f64 = 0.06;
/// Spread between sessions of the logarithm of that rate.
const RATE_SPREAD: f64 = 0.8;
/// Ruptures among them.
const RUPTURES: f64 = 0.4;
/// Log odds that a rater sees what is there, and their spread between sessions, some of which are hard to all raters.
const SEEING: (f64, f64) = (1.5, 1.0);
/// Log odds that a rater takes a strain for a rupture or a rupture for a strain, and their spread between sessions.
const MISGRADING: (f64, f64) = (-1.5, 0.7);
/// Windows in which a rater marks a strain that is not there.
const FALSE_STRAINS: f64 = 0.01;

/// Calls `take` with the value of every rater, window by window.
pub(crate) fn rate(random: &mut Random, raters: usize, mut take: impl FnMut(u8)) {
    let rate = RATE * (RATE_SPREAD * random.normal() - RATE_SPREAD * RATE_SPREAD / 2.0).exp();
    let sees = chance_of(SEEING, random);
    let misgrades = chance_of(MISGRADING, random);
    for _ in 0..WINDOWS {
        let there = if random.chance(rate) {
            1 + u8::from(random.chance(RUPTURES))
        } else {
            0
        };
        for _ in 0..raters {
            take(match there {
                0 => u8::from(random.chance(FALSE_STRAINS)),
                _ if !random.chance(sees) => 0,
                there if random.chance(misgrades) => 3 - there,
                there => there,
            });
        }
    }
}

fn chance_of((odds, spread): (f64, f64), random: &mut Random) -> f64 {
    1.0 / (1.0 + (-odds - spread * random.normal()).exp())
}

/// What the sessions are like, for the page that shows the figures.
pub(crate) fn shape(random: &mut Random) -> Value {
    const DRAWS: usize = 200_000;
    let mut mean = |odds| (0..DRAWS).map(|_| chance_of(odds, random)).sum::<f64>() / DRAWS as f64;
    json!({
        "rate": RATE,
        "rate_spread": RATE_SPREAD,
        "ruptures": RUPTURES,
        "seen": mean(SEEING),
        "misgraded": mean(MISGRADING),
        "false_strains": FALSE_STRAINS,
    })
}
