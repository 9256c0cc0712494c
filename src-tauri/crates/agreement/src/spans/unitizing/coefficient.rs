//! The unitizing alphas from their sums (Krippendorff, Mathet, Bouvry & Widlöcher 2016).
//!
//! None of them is invariant to the unit of length: expected coincidences leave out pairs of a unit with itself,
//! whose number depends on it. Milliseconds and seconds give (slightly) different values.

use std::collections::BTreeMap;

use super::super::result::{Coefficient, ratio};
use super::tally::{Category, Tally};

impl Tally {
    /// ℓ_c. of every category.
    fn totals(&self) -> BTreeMap<Category, f64> {
        let mut totals = BTreeMap::new();
        for (&(category, _), &length) in &self.coincidences {
            *totals.entry(category).or_default() += length;
        }
        totals.retain(|_, length| *length > 0.0);
        totals
    }

    fn observed(&self, category: Category) -> f64 {
        self.coincidences
            .get(&(category, category))
            .copied()
            .unwrap_or_default()
    }

    fn square(&self, category: Category) -> f64 {
        self.squares.get(&category).copied().unwrap_or_default()
    }

    /// ε_cc = ℓ..(ℓ_c.² − S_c)/(ℓ..² − ΣS).
    fn expected(&self, category: Category, total_of_category: f64) -> f64 {
        let squares: f64 = self.squares.values().sum();
        self.total * (total_of_category * total_of_category - self.square(category))
            / (self.total * self.total - squares)
    }

    /// uα = 1 − (ℓ.. − Σℓ_cc)/(ℓ.. − Σε_cc), gaps included.
    pub(super) fn u_alpha(&self) -> Coefficient {
        let totals = self.totals();
        match totals.len() {
            0 => return Err("no continuum that two raters coded"),
            1 => return Err("no variation"),
            _ => {}
        }
        let observed: f64 = totals.keys().map(|&category| self.observed(category)).sum();
        let expected: f64 = totals
            .iter()
            .map(|(&category, &total)| self.expected(category, total))
            .sum();
        Ok(1.0 - ratio(self.total - observed, self.total - expected, "no variation")?)
    }

    /// |uα = 1 − (ℓ_φ. − ℓ_φφ)/(ε_φ. − ε_φφ): units against gaps, whatever the label.
    pub(super) fn binary_alpha(&self) -> Coefficient {
        let gaps = self.totals().get(&None).copied().unwrap_or_default();
        if self.total <= 0.0 {
            return Err("no continuum that two raters coded");
        }
        if gaps <= 0.0 {
            return Err("no gaps");
        }
        if gaps >= self.total {
            return Err("no spans");
        }
        let squares: f64 = self.squares.values().sum();
        let expected_beside = self.total * gaps * (self.total - gaps) / (self.total * self.total - squares);
        Ok(1.0 - ratio(gaps - self.observed(None), expected_beside, "no variation")?)
    }

    fn marked_by_both(&self) -> MarkedByBoth {
        let mut marked = MarkedByBoth {
            totals: BTreeMap::new(),
            all: 0.0,
            squares: 0.0,
        };
        for (&(first, second), &length) in &self.coincidences {
            if let (Some(label), Some(_)) = (first, second)
                && length > 0.0
            {
                *marked.totals.entry(label).or_default() += length;
                marked.all += length;
            }
        }
        marked.squares = self.intersection_squares.values().sum();
        marked
    }

    /// ℓ*/ℓ..: the share of all pairs of raters' time in which both marked something.
    pub(super) fn coverage(&self) -> f64 {
        self.marked_by_both().all / self.total
    }

    /// cuα = 1 − (ℓ* − Σℓ_cc)/(ℓ* − Σε*_cc) over labels, ε*_cc = (ℓ*_c² − T_c)/(ℓ* − ΣT/ℓ*).
    pub(super) fn cu_alpha(&self) -> Coefficient {
        let marked = self.marked_by_both();
        let norm = marked.norm()?;
        let observed: f64 = marked
            .totals
            .keys()
            .map(|&label| self.observed(Some(label)))
            .sum();
        let expected: f64 = marked
            .totals
            .iter()
            .map(|(&label, &total)| (total * total - self.intersection_square(label)) / norm)
            .sum();
        Ok(1.0 - ratio(marked.all - observed, marked.all - expected, "no variation")?)
    }

    /// (k)uα = 1 − (ε*_k./ℓ*_k)·(ℓ*_k − ℓ_kk)/(ε*_k. − ε*_kk).
    pub(super) fn ku_alpha(&self, label: usize) -> Coefficient {
        let marked = self.marked_by_both();
        let norm = marked.norm()?;
        let Some(&total) = marked.totals.get(&label) else {
            return Err("no overlap of this label with another rater's span");
        };
        let expected_with_all = (total * marked.all - self.intersection_square(label)) / norm;
        let expected_with_others = total * (marked.all - total) / norm;
        if expected_with_all <= 0.0 {
            return Err(TOO_LITTLE_OVERLAP);
        }
        let observed_beside = total - self.observed(Some(label));
        let scale = expected_with_all / total;
        Ok(1.0 - scale * ratio(observed_beside, expected_with_others, "no variation")?)
    }

    fn intersection_square(&self, label: usize) -> f64 {
        self.intersection_squares.get(&label).copied().unwrap_or_default()
    }
}

const TOO_LITTLE_OVERLAP: &str = "too little overlap to expect anything of";

/// What two raters both marked, with whatever label.
struct MarkedByBoth {
    /// ℓ*_c.
    totals: BTreeMap<usize, f64>,
    /// ℓ*.
    all: f64,
    /// ΣT.
    squares: f64,
}

impl MarkedByBoth {
    /// ℓ* − ΣT/ℓ*. With four or more raters and a single intersection it is negative, and nothing can be expected.
    fn norm(&self) -> Coefficient {
        match self.totals.len() {
            0 => return Err("no overlap"),
            1 => return Err("one label only"),
            _ => {}
        }
        let norm = self.all - self.squares / self.all;
        if norm > 1e-9 * self.all {
            Ok(norm)
        } else {
            Err(TOO_LITTLE_OVERLAP)
        }
    }
}
