//! Variance components of ratings with missing cells, and the reliability that follows from them.
//!
//! Raters may rate all units, some of them, or one each. G(q,k) = σ²_u / (σ²_u + q σ²_r + σ²_e/k̂) with k̂ the
//! harmonic mean of ratings per unit and q = 1/k̂ − Σ_{i≠i'} c_ii'/(k_i k_i') / (n(n−1)), c_ii' raters in common
//! (Putka, Le, McCloy & Diaz 2008, "Ill-structured measurement designs").

use super::alpha::unit_scale;
use super::ascent::best;
use super::data::{MISSING, Matrix};
use super::estimator::Weighted;
use super::icc::{Form, Model};
use super::reason::{Outcome, Reason};
use super::reml::{Ratings, Unit};

/// Variances in squared units of the values; never negative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Components {
    /// Between clusters, where clusters and units within them can be told apart.
    pub(crate) clusters: Option<f64>,
    /// Between units (of one cluster).
    pub(crate) units: f64,
    /// Between raters; none in the one-way model.
    pub(crate) raters: Option<f64>,
    pub(crate) residual: f64,
    pub(crate) design: Design,
}

/// Who rated what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Design {
    /// Harmonic mean of ratings per unit.
    pub(crate) ratings_per_unit: f64,
    /// How much of the raters' variance stays in differences between units: 0 where all rate all, 1/k̂ where each
    /// unit has its own.
    pub(crate) q: f64,
}

impl Components {
    /// Between units, of whichever cluster.
    pub(crate) fn between(&self) -> f64 {
        self.units + self.clusters.unwrap_or_default()
    }

    /// The intraclass correlation of a form; the mean is of k̂ raters.
    pub(crate) fn coefficient(&self, form: Form) -> Outcome {
        let k = if form.is_average {
            self.design.ratings_per_unit
        } else {
            1.0
        };
        let raters = if form.model == Model::Agreement {
            self.raters.unwrap_or_default()
        } else {
            0.0
        };
        self.part((raters + self.residual) / k)
    }

    /// G(q,k̂).
    pub(crate) fn g(&self) -> Outcome {
        self.part(
            self.design.q * self.raters.unwrap_or_default() + self.residual / self.design.ratings_per_unit,
        )
    }

    fn part(&self, error: f64) -> Outcome {
        let whole = self.between() + error;
        if whole > 0.0 {
            Ok(self.between() / whole)
        } else {
            Err(Reason::NoVariation)
        }
    }
}

/// An intraclass correlation by variance components from every cell.
pub(crate) struct ByComponents<'a> {
    pub(crate) form: Form,
    pub(crate) source: Source<'a>,
}

impl Weighted for ByComponents<'_> {
    fn evaluate(&self, weights: &[f64]) -> Outcome {
        self.source
            .components(self.form.model, weights)?
            .coefficient(self.form)
    }
}

/// The matrix with its values in [0, 1].
pub(crate) struct Source<'a> {
    matrix: &'a Matrix,
    values: Vec<f64>,
    /// What 1 is in units of the values.
    unit: f64,
}

impl<'a> Source<'a> {
    pub(crate) fn new(matrix: &'a Matrix) -> Self {
        let values = unit_scale(matrix);
        let scale = matrix.scale().unwrap_or_default();
        let range = scale.last().copied().unwrap_or_default() - scale.first().copied().unwrap_or_default();
        let unit = values
            .last()
            .filter(|last| **last > 0.0)
            .map_or(1.0, |last| range / last);
        Self { matrix, values, unit }
    }

    /// The components by restricted maximum likelihood, each unit counting as often as its weight says.
    pub(crate) fn components(&self, model: Model, weights: &[f64]) -> Result<Components, Reason> {
        let ratings = self.ratings(weights);
        let layout = Layout::of(&ratings);
        layout.check(model, &ratings)?;
        let design = design(&ratings);
        let square = self.unit * self.unit;
        if let Some(variance) = variance_where_all_are_alike(&ratings) {
            let raters = (model != Model::OneWay).then_some(0.0);
            let units = variance * square;
            return Ok(Components {
                clusters: None,
                units,
                raters,
                residual: 0.0,
                design,
            });
        }
        let parts = [true, layout.has_clusters, model != Model::OneWay];
        let (ratios, likelihood) = best(&ratings, parts)?;
        let residual = likelihood.residual * square;
        Ok(Components {
            clusters: layout.has_clusters.then_some(ratios.cluster * residual),
            units: ratios.unit * residual,
            raters: (model != Model::OneWay).then_some(ratios.rater * residual),
            residual,
            design,
        })
    }

    fn ratings(&self, weights: &[f64]) -> Ratings {
        let clusters = self.matrix.clusters();
        let of_row = |(place, (row, weight)): (usize, (&[u32], &f64))| {
            let given = row.iter().enumerate().filter(|(_, cell)| **cell != MISSING);
            let rating = |(rater, cell): (usize, &u32)| Some((rater, *self.values.get(*cell as usize)?));
            let ratings: Vec<(usize, f64)> = given.filter_map(rating).collect();
            let cluster = clusters
                .and_then(|clusters| clusters.get(place))
                .map_or(0, |cluster| *cluster as usize);
            (*weight > 0.0 && !ratings.is_empty()).then_some(Unit {
                cluster,
                ratings,
                weight: *weight,
            })
        };
        let units = self
            .matrix
            .rows()
            .zip(weights)
            .enumerate()
            .filter_map(of_row)
            .collect();
        let number = clusters
            .and_then(|clusters| clusters.iter().max())
            .map_or(0, |last| *last as usize + 1);
        Ratings {
            units,
            clusters: number,
            raters: self.matrix.raters().len(),
        }
    }
}

/// What the ratings can tell apart.
struct Layout {
    units: f64,
    raters: f64,
    /// Groups of units and raters that no rating links.
    groups: f64,
    /// Some rater rated two units.
    is_crossed: bool,
    has_clusters: bool,
}

impl Layout {
    fn of(ratings: &Ratings) -> Self {
        let mut units_of_rater = vec![0.0; ratings.raters];
        let mut units_of_cluster = vec![0_usize; ratings.clusters];
        let mut groups: Vec<usize> = (0..ratings.raters).collect();
        for unit in &ratings.units {
            units_of_cluster
                .get_mut(unit.cluster)
                .into_iter()
                .for_each(|units| *units += 1);
            let Some((first, _)) = unit.ratings.first() else {
                continue;
            };
            for (rater, _) in &unit.ratings {
                units_of_rater
                    .get_mut(*rater)
                    .into_iter()
                    .for_each(|units| *units += unit.weight);
                let (own, other) = (groups.get(*first).copied(), groups.get(*rater).copied());
                groups
                    .iter_mut()
                    .filter(|group| Some(**group) == other)
                    .for_each(|group| *group = own.unwrap_or(*group));
            }
        }
        let rated: Vec<usize> = (0..ratings.raters)
            .filter(|rater| units_of_rater.get(*rater) > Some(&0.0))
            .collect();
        let mut own_groups: Vec<usize> = rated
            .iter()
            .filter_map(|rater| groups.get(*rater).copied())
            .collect();
        own_groups.sort_unstable();
        own_groups.dedup();
        let used = units_of_cluster.iter().filter(|units| **units > 0).count();
        Self {
            units: ratings.units.iter().map(|unit| unit.weight).sum(),
            raters: rated.len() as f64,
            groups: own_groups.len() as f64,
            is_crossed: units_of_rater.iter().any(|units| *units > 1.0),
            has_clusters: used > 1 && units_of_cluster.iter().any(|units| *units > 1),
        }
    }

    fn check(&self, model: Model, ratings: &Ratings) -> Result<(), Reason> {
        let number = ratings.number();
        if self.raters < 2.0 {
            return Err(Reason::FewerThanTwoRaters);
        }
        if number <= self.units {
            return Err(Reason::NoUnitRatedTwice);
        }
        if self.units < 2.0 {
            return Err(Reason::NotSeparable);
        }
        if model != Model::OneWay {
            if !self.is_crossed {
                return Err(Reason::RatersNested);
            }
            if number <= self.units + self.raters - self.groups {
                return Err(Reason::NotSeparable);
            }
        }
        Ok(())
    }
}

fn design(ratings: &Ratings) -> Design {
    let units: f64 = ratings.units.iter().map(|unit| unit.weight).sum();
    let inverse: f64 = ratings
        .units
        .iter()
        .map(|unit| unit.weight / unit.ratings.len() as f64)
        .sum();
    let mut shares = vec![(0.0, 0.0); ratings.raters];
    for unit in &ratings.units {
        let share = 1.0 / unit.ratings.len() as f64;
        for (rater, _) in &unit.ratings {
            shares
                .get_mut(*rater)
                .into_iter()
                .for_each(|(sum, squares): &mut (f64, f64)| {
                    *sum += unit.weight * share;
                    *squares += unit.weight * share * share;
                });
        }
    }
    let shared: f64 = shares.iter().map(|(sum, squares)| sum * sum - squares).sum();
    let ratings_per_unit = units / inverse;
    let q = 1.0 / ratings_per_unit - shared / (units * (units - 1.0));
    Design {
        ratings_per_unit,
        q: q.max(0.0),
    }
}

/// The variance of units where all ratings of each are the same, which leaves no residual to compare it with.
fn variance_where_all_are_alike(ratings: &Ratings) -> Option<f64> {
    let (mut number, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for unit in &ratings.units {
        let (_, first) = unit.ratings.first()?;
        if unit.ratings.iter().any(|(_, value)| value != first) {
            return None;
        }
        number += unit.weight;
        sum += unit.weight * first;
        squares += unit.weight * first * first;
    }
    let spread = squares - sum * sum / number;
    Some(if spread <= squares * 1e-12 {
        0.0
    } else {
        spread / (number - 1.0)
    })
}
