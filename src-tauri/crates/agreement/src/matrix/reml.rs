//! The restricted likelihood of variance components, by ratings of units (in clusters, if given) by raters.
//!
//! y = μ + cluster + unit + rater + residual, each but μ random, independent and normal. With the variances as
//! multiples γ of the residual's, V = V₀ + γ_r Z Z', where V₀ of units and clusters has an inverse in closed form,
//! so that only a matrix of the size of the raters is inverted. Twice the negative restricted log-likelihood, the
//! residual's variance profiled out, is (N−1) log y'Py + log|V| + log|X'V⁻¹X| (Patterson & Thompson 1971;
//! Searle, Casella & McCulloch 1992, chapter 6).

use super::symmetric::{Square, dot};

/// Variances as multiples of the residual's; a part that is absent stays 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Ratios {
    pub(crate) unit: f64,
    pub(crate) cluster: f64,
    pub(crate) rater: f64,
}

/// What a unit was given.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) cluster: usize,
    /// Rater and value, each rater at most once; at least one.
    pub(crate) ratings: Vec<(usize, f64)>,
    /// How often the unit counts; above 0, and the same for all units of a cluster where clusters are a part.
    pub(crate) weight: f64,
}

/// Ratings to find components of.
#[derive(Debug, Clone)]
pub(crate) struct Ratings {
    pub(crate) units: Vec<Unit>,
    pub(crate) clusters: usize,
    pub(crate) raters: usize,
}

/// The likelihood at some ratios.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Likelihood {
    /// Twice its negative logarithm, less a constant.
    pub(crate) deviance: f64,
    /// How the deviance changes with each ratio.
    pub(crate) slope: Ratios,
    /// The residual's variance that goes with the ratios.
    pub(crate) residual: f64,
}

/// Sums of a cluster's units, each weighed by 1/(1+γ_u k).
#[derive(Clone)]
struct Cluster {
    weight: f64,
    ratings: f64,
    by_rater: Vec<f64>,
    values: f64,
}

impl Ratings {
    /// How many ratings there are.
    pub(crate) fn number(&self) -> f64 {
        self.units
            .iter()
            .map(|unit| unit.weight * unit.ratings.len() as f64)
            .sum()
    }

    /// `None` where the likelihood cannot be computed, as where no residual is left.
    pub(crate) fn likelihood(&self, ratios: Ratios) -> Option<Likelihood> {
        let clusters = self.cluster_sums(ratios);
        let mut by_raters = Square::zero(self.raters);
        let mut with_values = vec![0.0; self.raters];
        let (mut squares, mut log_determinant, mut number) = (0.0, 0.0, 0.0);
        for unit in &self.units {
            let size = unit.ratings.len() as f64;
            let shrink = ratios.unit / (1.0 + ratios.unit * size);
            let sum: f64 = unit.ratings.iter().map(|(_, value)| value).sum();
            for (rater, value) in &unit.ratings {
                by_raters.add(*rater, *rater, unit.weight);
                for (other, _) in &unit.ratings {
                    by_raters.add(*rater, *other, -unit.weight * shrink);
                }
                let part = unit.weight * (value - shrink * sum);
                with_values
                    .get_mut(*rater)
                    .into_iter()
                    .for_each(|cell| *cell += part);
                squares += part * value;
            }
            log_determinant += unit.weight * (ratios.unit * size).ln_1p();
            number += unit.weight * size;
        }
        for cluster in &clusters {
            let shrink = cluster.weight * ratios.cluster / (1.0 + ratios.cluster * cluster.ratings);
            by_raters.add_outer(&cluster.by_rater, -shrink);
            for (cell, own) in with_values.iter_mut().zip(&cluster.by_rater) {
                *cell -= shrink * own * cluster.values;
            }
            squares -= shrink * cluster.values * cluster.values;
            log_determinant += cluster.weight * (ratios.cluster * cluster.ratings).ln_1p();
        }

        let spread = ratios.rater.sqrt();
        let model = Model {
            spread,
            inverse: Square::zero(0),
            solution: Vec::new(),
        };
        let mut inner = Square::zero(self.raters + 1);
        for rater in 0..self.raters {
            let column: Vec<f64> = (0..self.raters).map(|other| by_raters.at(other, rater)).collect();
            for (row, cell) in model.row(&column).into_iter().enumerate() {
                inner.add(row, 0, cell);
                inner.add(row, rater + 1, spread * cell);
            }
            inner.add(rater + 1, rater + 1, 1.0);
        }
        let (inverse, log_inner) = inner.inverse()?;
        let right = model.row(&with_values);
        let solution = inverse.times(&right);
        let remaining = squares - dot(&right, &solution);
        if remaining <= 0.0 || number <= 1.0 {
            return None;
        }
        let model = Model {
            spread,
            inverse,
            solution,
        };
        let traces = self.traces(ratios, &model, &clusters, &by_raters, &with_values);
        let residual = remaining / (number - 1.0);
        let slope = |trace: Trace| trace.trace - trace.squares / residual;
        let deviance = (number - 1.0) * remaining.ln() + log_determinant + log_inner;
        deviance.is_finite().then(|| Likelihood {
            deviance,
            slope: Ratios {
                unit: slope(traces.0),
                cluster: slope(traces.1),
                rater: slope(traces.2),
            },
            residual,
        })
    }

    fn cluster_sums(&self, ratios: Ratios) -> Vec<Cluster> {
        let empty = Cluster {
            weight: 0.0,
            ratings: 0.0,
            by_rater: vec![0.0; self.raters],
            values: 0.0,
        };
        let mut clusters = vec![empty; self.clusters];
        for unit in &self.units {
            let Some(cluster) = clusters.get_mut(unit.cluster) else {
                continue;
            };
            let part = 1.0 / (1.0 + ratios.unit * unit.ratings.len() as f64);
            cluster.weight = unit.weight;
            for (rater, value) in &unit.ratings {
                cluster.ratings += part;
                cluster.values += part * value;
                cluster
                    .by_rater
                    .get_mut(*rater)
                    .into_iter()
                    .for_each(|cell| *cell += part);
            }
        }
        clusters
    }

    /// For unit, cluster and rater: the trace of P Z Z' and the length of Z'P y squared, by levels z.
    fn traces(
        &self,
        ratios: Ratios,
        model: &Model,
        clusters: &[Cluster],
        by_raters: &Square,
        with_values: &[f64],
    ) -> (Trace, Trace, Trace) {
        let mut of_units = Trace::default();
        let mut row = vec![0.0; self.raters];
        for unit in &self.units {
            let size = unit.ratings.len() as f64;
            let part = 1.0 / (1.0 + ratios.unit * size);
            row.iter_mut().for_each(|cell| *cell = 0.0);
            let mut values = 0.0;
            for (rater, value) in &unit.ratings {
                values += part * value;
                row.get_mut(*rater).into_iter().for_each(|cell| *cell += part);
            }
            let mut own = part * size;
            if let Some(cluster) = clusters.get(unit.cluster) {
                let shrink = ratios.cluster / (1.0 + ratios.cluster * cluster.ratings) * part * size;
                for (cell, of_cluster) in row.iter_mut().zip(&cluster.by_rater) {
                    *cell -= shrink * of_cluster;
                }
                values -= shrink * cluster.values;
                own -= shrink * part * size;
            }
            of_units.add(unit.weight, model.level(own, &row, values));
        }
        let mut of_clusters = Trace::default();
        for cluster in clusters {
            let scale = 1.0 / (1.0 + ratios.cluster * cluster.ratings);
            let row: Vec<f64> = cluster.by_rater.iter().map(|cell| scale * cell).collect();
            of_clusters.add(
                cluster.weight,
                model.level(scale * cluster.ratings, &row, scale * cluster.values),
            );
        }
        let mut of_raters = Trace::default();
        for (rater, values) in with_values.iter().enumerate() {
            let row: Vec<f64> = (0..self.raters).map(|other| by_raters.at(other, rater)).collect();
            of_raters.add(1.0, model.level(by_raters.at(rater, rater), &row, *values));
        }
        (of_units, of_clusters, of_raters)
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Trace {
    trace: f64,
    squares: f64,
}

impl Trace {
    fn add(&mut self, weight: f64, (trace, score): (f64, f64)) {
        self.trace += weight * trace;
        self.squares += weight * score * score;
    }
}

/// Mean and raters, absorbed: M = [X Z√γ]'V₀⁻¹[X Z√γ] + diag(0, I).
struct Model {
    /// √γ_r.
    spread: f64,
    inverse: Square,
    solution: Vec<f64>,
}

impl Model {
    /// From products with each rater's column to products with the mean's and the scaled raters' columns: the
    /// mean's column is the sum of the raters'.
    fn row(&self, by_rater: &[f64]) -> Vec<f64> {
        let scaled = by_rater.iter().map(|cell| self.spread * cell);
        std::iter::once(by_rater.iter().sum()).chain(scaled).collect()
    }

    /// Of a level z: z'Pz and z'Py, given its products by V₀⁻¹ with itself, the raters' columns and y.
    fn level(&self, own: f64, by_rater: &[f64], values: f64) -> (f64, f64) {
        let row = self.row(by_rater);
        (
            own - self.inverse.quadratic(&row),
            values - dot(&row, &self.solution),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_the_deviance() {
        let unit = |cluster, ratings: &[(usize, f64)], weight| Unit {
            cluster,
            ratings: ratings.to_vec(),
            weight,
        };
        let ratings = Ratings {
            units: vec![
                unit(0, &[(0, 1.0), (1, 2.0)], 1.0),
                unit(0, &[(1, 3.0), (2, 2.5)], 1.0),
                unit(1, &[(0, 4.0), (1, 5.0), (2, 3.5)], 2.0),
                unit(1, &[(2, 1.0)], 2.0),
                unit(2, &[(0, 0.5), (2, 1.5)], 1.0),
            ],
            clusters: 3,
            raters: 3,
        };
        let at = |unit, cluster, rater| ratings.likelihood(Ratios { unit, cluster, rater }).unwrap();
        for (unit, cluster, rater) in [(1.0, 0.5, 0.2), (0.0, 2.0, 0.1), (0.3, 0.0, 0.0)] {
            let slope = at(unit, cluster, rater).slope;
            let step = 1e-6;
            let found = [
                at(unit + step, cluster, rater).deviance,
                at(unit, cluster + step, rater).deviance,
                at(unit, cluster, rater + step).deviance,
            ]
            .map(|there| (there - at(unit, cluster, rater).deviance) / step);
            for (found, slope) in found.into_iter().zip([slope.unit, slope.cluster, slope.rater]) {
                assert!(
                    (found - slope).abs() < 1e-4 * (1.0 + slope.abs()),
                    "{found} {slope}"
                );
            }
        }
    }
}
