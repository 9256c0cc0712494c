//! Standard errors of the coefficients of many raters (Gwet 2014, chapters 5 and 6; units independent).
//!
//! var = Σ_i (κ*_i − κ)² / (n(n−1)) over the n units rated at all, where κ*_i = κ_i − 2(1−κ)(pe_i − pe)/(1−pe),
//! κ_i = (n/n')(pa_i − pe)/(1−pe) for the n' units of two ratings or more and 0 for others, and pe_i is what the
//! unit adds to chance agreement.

use super::data::{MISSING, Matrix, rated, ratings};
use super::estimator::total;
use super::many_raters::{Agreement, Chance, ManyRaters, RaterProportions};

/// The standard error, where the coefficient has a value and at least two units were rated.
pub(crate) fn standard_error(coefficient: &ManyRaters, matrix: &Matrix) -> Option<f64> {
    let sums = total(coefficient, matrix);
    let agreement = coefficient.agreement(&sums).ok()?;
    let chance = coefficient.chance_disagreement(&agreement).ok()?;
    let number = agreement.rated;
    if number < 2.0 {
        return None;
    }
    let value = 1.0 - agreement.observed / chance;
    let influence = Influence::of(coefficient, &agreement, chance);
    let mut squares = 0.0;
    for row in matrix.rows().filter(|row| ratings(row) > 0) {
        let within = coefficient.disagreement_within(row);
        let own = within.map_or(0.0, |within| {
            number / agreement.rated_twice * (chance - within) / chance
        });
        let corrected = own - 2.0 * (1.0 - value) * influence.of_unit(row) / chance;
        squares += (corrected - value).powi(2);
    }
    Some((squares / (number * (number - 1.0))).sqrt()).filter(|error| error.is_finite())
}

/// How far each unit moves chance agreement: pe_i − pe.
struct Influence<'a> {
    coefficient: &'a ManyRaters,
    /// One less pe.
    chance: f64,
    /// By category; for Conger by rater and category.
    parts: Vec<Vec<f64>>,
    raters: Vec<RaterProportions>,
    rated: f64,
}

impl<'a> Influence<'a> {
    fn of(coefficient: &'a ManyRaters, agreement: &Agreement, chance: f64) -> Self {
        let weights = &coefficient.weights;
        let categories = weights.categories();
        let number = categories as f64;
        let raters = agreement.raters(categories);
        let parts = match coefficient.chance {
            Chance::Uncorrected | Chance::BrennanPrediger => Vec::new(),
            Chance::Gwet => {
                let factor = weights.total() / (number * (number - 1.0));
                vec![
                    agreement
                        .proportions
                        .iter()
                        .map(|part| factor * (1.0 - part))
                        .collect(),
                ]
            }
            Chance::Fleiss => vec![expected_weights(coefficient, &agreement.proportions)],
            Chance::Conger => raters
                .iter()
                .map(|own| against_others(coefficient, &raters, own))
                .collect(),
        };
        Self {
            coefficient,
            chance,
            parts,
            raters,
            rated: agreement.rated,
        }
    }

    fn of_unit(&self, row: &[u32]) -> f64 {
        match (self.coefficient.chance, self.parts.first()) {
            (Chance::Conger, _) => self.of_unit_by_rater(row),
            (_, Some(parts)) => {
                let at = |category: usize| parts.get(category).copied().unwrap_or_default();
                let sum: f64 = self.coefficient.rated(row).map(at).sum();
                sum / rated(row).count() as f64 - (1.0 - self.chance)
            }
            (_, None) => 0.0,
        }
    }

    /// The derivative of Conger's chance by the unit's weight, halved as pe is of second degree: rater g's
    /// proportions move by n/n_g (δ_gk − ε_g p_gk), and each meets the proportions of the other raters.
    fn of_unit_by_rater(&self, row: &[u32]) -> f64 {
        let mut sum = 0.0;
        for (rater, against) in self.raters.iter().zip(&self.parts) {
            let Some(cell) = row.get(rater.column).filter(|cell| **cell != MISSING) else {
                continue;
            };
            let given = against.get(*cell as usize).copied().unwrap_or_default();
            let usual: f64 = rater
                .proportions
                .iter()
                .zip(against)
                .map(|(part, weight)| part * weight)
                .sum();
            sum += self.rated / rater.number * (given - usual);
        }
        let number = self.raters.len() as f64;
        sum / (number * (number - 1.0))
    }
}

/// Σ_l w_kl π_l for each category k.
fn expected_weights(coefficient: &ManyRaters, proportions: &[f64]) -> Vec<f64> {
    let at = |category: usize| proportions.get(category).copied().unwrap_or_default();
    let whole: f64 = proportions.iter().sum();
    let categories = 0..coefficient.weights.categories();
    categories
        .map(|category| whole - coefficient.weights.against(category, at))
        .collect()
}

/// Σ_l w_kl Σ_{h≠g} p_hl for each category k.
fn against_others(coefficient: &ManyRaters, raters: &[RaterProportions], own: &RaterProportions) -> Vec<f64> {
    let mut others = vec![0.0; coefficient.weights.categories()];
    for rater in raters.iter().filter(|rater| rater.column != own.column) {
        for (sum, part) in others.iter_mut().zip(&rater.proportions) {
            *sum += part;
        }
    }
    expected_weights(coefficient, &others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::estimator::Additive;
    use crate::matrix::weights::{Weighting, Weights};

    /// Krippendorff (2011), examples C and D: 12 units by four raters, 0 for a missing value.
    const KRIPPENDORFF_2011: [[u8; 4]; 12] = [
        [1, 1, 0, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [0, 5, 5, 5],
        [0, 0, 1, 1],
        [0, 0, 3, 0],
    ];

    #[test]
    fn weighted_forms_of_every_chance_by_irr_cac() {
        let cells: Vec<_> = KRIPPENDORFF_2011
            .iter()
            .flatten()
            .map(|cell| (*cell > 0).then_some(f64::from(*cell)))
            .collect();
        let raters = ["A", "B", "C", "D"].map(str::to_owned).to_vec();
        let matrix = Matrix::numbers(raters, &cells, None).unwrap();
        let expected = [
            (Weighting::Linear, Chance::Gwet, 0.858739136, 0.117329022),
            (Weighting::Linear, Chance::Fleiss, 0.817944767, 0.148504355),
            (Weighting::Linear, Chance::Conger, 0.81377632, 0.145085402),
            (
                Weighting::Linear,
                Chance::BrennanPrediger,
                0.848484848,
                0.123356124,
            ),
            (Weighting::Quadratic, Chance::Gwet, 0.914000724, 0.103962245),
            (Weighting::Quadratic, Chance::Fleiss, 0.864935065, 0.146033611),
            (Weighting::Quadratic, Chance::Conger, 0.857710656, 0.143670664),
            (
                Weighting::Quadratic,
                Chance::BrennanPrediger,
                0.901515152,
                0.110894375,
            ),
        ];
        for (weighting, chance, value, error) in expected {
            let weights = Weights::of(&matrix, weighting);
            let coefficient = ManyRaters {
                chance,
                weights,
                raters: 4,
                category: None,
            };
            let found = coefficient.finish(&total(&coefficient, &matrix)).unwrap();
            assert!((found - value).abs() < 1e-9, "{weighting:?} {chance:?}: {found}");
            let found = standard_error(&coefficient, &matrix).unwrap();
            assert!((found - error).abs() < 1e-9, "{weighting:?} {chance:?}: {found}");
        }
    }
}
