//! Better prices of units: the bound from below that the linear relaxation of the alignment gives, nearly.
//!
//! Prices are good where no candidate costs less than its units are worth; their sum is then a bound. They are raised
//! by coordinate ascent on a smoothed dual, (soft minimum of the costs above prices, at falling temperatures), and made
//! good at the end, so that the bound holds whatever was lost on the way.
#![expect(
    clippy::indexing_slicing,
    reason = "units and candidates are counted; indices never come from data"
)]

use super::candidates::Candidates;
use super::problem::{Stop, Stopped};

/// Prices of units with what each candidate costs above them.
#[derive(Debug, Clone)]
pub(super) struct UnitPrices {
    prices: Vec<f64>,
    /// Per candidate; not negative, up to rounding, whenever prices are good.
    pub(super) above: Vec<f64>,
    /// The candidates that hold each unit.
    holders: Vec<Vec<u32>>,
}

impl UnitPrices {
    /// Prices as they are, good or not.
    pub(super) fn new(prices: Vec<f64>, candidates: &Candidates) -> Self {
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); prices.len()];
        let mut above = candidates.disorder.clone();
        for (part, above) in above.iter_mut().enumerate() {
            for &member in candidates.members(part) {
                holders[member as usize].push(part as u32);
                *above -= prices[member as usize];
            }
        }
        Self {
            prices,
            above,
            holders,
        }
    }

    /// The bound, where prices are good: no alignment of candidates has less disorder.
    pub(super) fn bound(&self) -> f64 {
        self.prices.iter().sum()
    }

    /// The number of units.
    pub(super) fn units(&self) -> usize {
        self.prices.len()
    }

    /// The same prices for fewer candidates.
    pub(super) fn among(self, candidates: &Candidates) -> Self {
        Self::new(self.prices, candidates)
    }

    /// Raises prices by sweeps at a temperature (in disorder), and makes them good.
    pub(super) fn raise(
        &mut self,
        candidates: &Candidates,
        temperature: f64,
        sweeps: usize,
        stop: &Stop,
    ) -> Result<(), Stopped> {
        for sweep in 0..sweeps {
            stop.check()?;
            for step in 0..self.units() {
                let unit = if sweep % 2 == 0 {
                    step
                } else {
                    self.units() - 1 - step
                };
                let change = self.soft_least(unit, temperature);
                self.change(unit, change);
            }
        }
        self.make_good(candidates);
        for unit in (0..self.units()).chain((0..self.units()).rev()) {
            let least = self.least(unit);
            self.change(unit, least.max(0.0));
        }
        Ok(())
    }

    fn change(&mut self, unit: usize, change: f64) {
        self.prices[unit] += change;
        for &part in &self.holders[unit] {
            self.above[part as usize] -= change;
        }
    }

    /// Every unit has at least one candidate: itself alone.
    fn least(&self, unit: usize) -> f64 {
        self.holders[unit]
            .iter()
            .map(|&part| self.above[part as usize])
            .fold(f64::INFINITY, f64::min)
    }

    /// −T·log Σ exp(−above/T).
    fn soft_least(&self, unit: usize, temperature: f64) -> f64 {
        let least = self.least(unit);
        let weight = |&part: &u32| {
            let excess = (self.above[part as usize] - least) / temperature;
            if excess < 30.0 { (-excess).exp() } else { 0.0 }
        };
        least - temperature * self.holders[unit].iter().map(weight).sum::<f64>().ln()
    }

    /// Lowers prices until no candidate costs less than its units are worth, each unit bearing its share of the
    /// worst candidate that holds it.
    fn make_good(&mut self, candidates: &Candidates) {
        let share = |&part: &u32| -self.above[part as usize] / candidates.members(part as usize).len() as f64;
        let lower: Vec<f64> = self
            .holders
            .iter()
            .map(|parts| parts.iter().map(share).fold(0.0, f64::max))
            .collect();
        for (unit, lower) in lower.into_iter().enumerate() {
            self.change(unit, -lower);
        }
    }
}
