//! The data of a coefficient: units × raters, where a cell may be empty.
//!
//! Invariants: every cell is empty or an index into the categories; numbers are finite and their categories
//! ascend; no two raters and no two categories share a name.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use crate::measurement::Category;

/// Marks an empty cell.
pub(crate) const MISSING: u32 = u32::MAX;

/// Up to here a new value is looked for among the known ones by going through them.
const FEW: usize = 48;

/// Why data cannot be taken as a matrix. Units are counted from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MatrixError {
    #[error("{0} raters: agreement needs at least two")]
    TooFewRaters(usize),
    #[error("{cells} cells do not make whole rows of {raters} raters")]
    Ragged { cells: usize, raters: usize },
    #[error("the rater {0:?} has two columns: give each column its own name")]
    RaterTwice(String),
    #[error("unit {unit}, rater {rater:?}: the value is not a finite number")]
    NotFinite { unit: usize, rater: String },
    #[error("unit {unit}, rater {rater:?}: the value is none of the declared categories")]
    Undeclared { unit: usize, rater: String },
    #[error("a declared category stands twice, or is not a finite number")]
    BadCategories,
    #[error("{clusters} clusters were given for {units} units: each unit needs one")]
    Clusters { clusters: usize, units: usize },
    #[error("more values than a matrix can hold")]
    TooLarge,
}

/// Ratings of units (rows) by raters (columns), some missing; units may lie in clusters.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    raters: Vec<String>,
    categories: Vec<Category>,
    declared: bool,
    /// Row by row.
    cells: Vec<u32>,
    /// For each unit the cluster it is in, counted from 0 in order of appearance.
    clusters: Option<Vec<u32>>,
}

impl Matrix {
    /// Numbers, row by row (`cells[unit * raters + rater]`), `None` where a rater gave none.
    ///
    /// Categories are the values present, ascending, unless `declared` lists them.
    ///
    /// # Errors
    /// Fewer than two raters, two of one name, rows that are not whole, values that are not finite, or that a
    /// declared list lacks.
    pub fn numbers(
        raters: Vec<String>,
        cells: &[Option<f64>],
        declared: Option<&[f64]>,
    ) -> Result<Self, MatrixError> {
        check_shape(&raters, cells.len())?;
        let known = match declared {
            Some(declared) => ascending(declared).ok_or(MatrixError::BadCategories)?,
            None => distinct_numbers(cells),
        };
        let mut codes = Vec::with_capacity(cells.len());
        for (position, cell) in cells.iter().enumerate() {
            let Some(value) = cell else {
                codes.push(MISSING);
                continue;
            };
            let found = known.binary_search_by(|other| other.total_cmp(&plain_zero(*value)));
            let index = found.map_err(|_| {
                let (unit, rater) = place(&raters, position);
                if value.is_finite() {
                    MatrixError::Undeclared { unit, rater }
                } else {
                    MatrixError::NotFinite { unit, rater }
                }
            })?;
            codes.push(code(index)?);
        }
        let categories = known.into_iter().map(Category::Number).collect();
        Ok(Self {
            raters,
            categories,
            declared: declared.is_some(),
            cells: codes,
            clusters: None,
        })
    }

    /// Labels, row by row, `None` where a rater gave none.
    ///
    /// Categories are the labels present in alphabetical order, unless `declared` lists them in theirs.
    ///
    /// # Errors
    /// As for [`Matrix::numbers`].
    pub fn labels<S: AsRef<str>, D: AsRef<str>>(
        raters: Vec<String>,
        cells: &[Option<S>],
        declared: Option<&[D]>,
    ) -> Result<Self, MatrixError> {
        check_shape(&raters, cells.len())?;
        let known: Vec<&str> = match declared {
            Some(declared) => declared.iter().map(AsRef::as_ref).collect(),
            None => cells
                .iter()
                .flatten()
                .map(AsRef::as_ref)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        };
        if !all_differ(&known) {
            return Err(MatrixError::BadCategories);
        }
        let index: HashMap<&str, usize> = known
            .iter()
            .enumerate()
            .map(|(index, label)| (*label, index))
            .collect();
        let mut codes = Vec::with_capacity(cells.len());
        for (position, cell) in cells.iter().enumerate() {
            codes.push(match cell {
                None => MISSING,
                Some(label) => match index.get(label.as_ref()) {
                    Some(index) => code(*index)?,
                    None => {
                        let (unit, rater) = place(&raters, position);
                        return Err(MatrixError::Undeclared { unit, rater });
                    }
                },
            });
        }
        let categories = known
            .iter()
            .map(|label| Category::Label((*label).to_owned()))
            .collect();
        Ok(Self {
            raters,
            categories,
            declared: declared.is_some(),
            cells: codes,
            clusters: None,
        })
    }

    /// Text as a table holds it: numbers where every value and every declared category is one, else labels.
    ///
    /// # Errors
    /// As for [`Matrix::numbers`].
    pub fn text<S: AsRef<str>, D: AsRef<str>>(
        raters: Vec<String>,
        cells: &[Option<S>],
        declared: Option<&[D]>,
    ) -> Result<Self, MatrixError> {
        let as_number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
        let numbers: Option<Vec<Option<f64>>> = cells
            .iter()
            .map(|cell| match cell {
                None => Some(None),
                Some(text) => as_number(text.as_ref()).map(Some),
            })
            .collect();
        let scale: Option<Vec<f64>> = declared
            .unwrap_or_default()
            .iter()
            .map(|text| as_number(text.as_ref()))
            .collect();
        match (numbers, scale) {
            (Some(numbers), Some(scale)) => {
                Self::numbers(raters, &numbers, declared.map(|_| scale.as_slice()))
            }
            _ => Self::labels(raters, cells, declared),
        }
    }

    /// The same ratings with each unit's cluster (a case, a session), one for every unit.
    ///
    /// # Errors
    /// Another number of clusters than of units.
    pub fn with_clusters<S: AsRef<str>>(mut self, of_units: &[S]) -> Result<Self, MatrixError> {
        if of_units.len() != self.units() {
            return Err(MatrixError::Clusters {
                clusters: of_units.len(),
                units: self.units(),
            });
        }
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut clusters = Vec::with_capacity(of_units.len());
        for cluster in of_units {
            let next = code(known.len())?;
            clusters.push(*known.entry(cluster.as_ref()).or_insert(next));
        }
        self.clusters = Some(clusters);
        Ok(self)
    }

    /// How many units there are, rated or not.
    pub fn units(&self) -> usize {
        self.cells.len() / self.raters.len().max(1)
    }

    /// The raters, in the order of their columns.
    pub fn raters(&self) -> &[String] {
        &self.raters
    }

    /// The categories in order: those declared, or else those present.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// How many cells are empty.
    pub fn missing(&self) -> usize {
        self.cells.iter().filter(|cell| **cell == MISSING).count()
    }

    /// How many cells of these columns are empty.
    pub(crate) fn missing_of(&self, columns: &[usize]) -> usize {
        let is_empty = |row: &[u32], column: &usize| row.get(*column) == Some(&MISSING);
        self.rows()
            .map(|row| columns.iter().filter(|column| is_empty(row, column)).count())
            .sum()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.cells.chunks_exact(self.raters.len().max(1))
    }

    pub(crate) fn are_categories_declared(&self) -> bool {
        self.declared
    }

    pub(crate) fn clusters(&self) -> Option<&[u32]> {
        self.clusters.as_deref()
    }

    /// The categories as numbers, ascending; `None` where they are labels.
    pub(crate) fn scale(&self) -> Option<Vec<f64>> {
        let number = |category: &Category| match category {
            Category::Number(number) => Some(*number),
            Category::Label(_) => None,
        };
        self.categories.iter().map(number).collect()
    }

    /// The columns of raters who rated anything.
    pub(crate) fn active_raters(&self) -> Vec<usize> {
        let mut rated = vec![false; self.raters.len()];
        for row in self.rows() {
            for (rated, cell) in rated.iter_mut().zip(row) {
                *rated |= *cell != MISSING;
            }
        }
        rated
            .iter()
            .enumerate()
            .filter(|(_, rated)| **rated)
            .map(|(column, _)| column)
            .collect()
    }
}

/// How many raters rated the unit.
pub(crate) fn ratings(row: &[u32]) -> usize {
    row.iter().filter(|cell| **cell != MISSING).count()
}

/// The categories that the unit was rated as.
pub(crate) fn rated(row: &[u32]) -> impl Iterator<Item = usize> + Clone {
    row.iter()
        .filter(|cell| **cell != MISSING)
        .map(|cell| *cell as usize)
}

fn check_shape(raters: &[String], cells: usize) -> Result<(), MatrixError> {
    if raters.len() < 2 {
        return Err(MatrixError::TooFewRaters(raters.len()));
    }
    let mut seen = HashSet::new();
    if let Some(twice) = raters.iter().find(|rater| !seen.insert(rater.as_str())) {
        return Err(MatrixError::RaterTwice(twice.clone()));
    }
    if !cells.is_multiple_of(raters.len()) {
        return Err(MatrixError::Ragged {
            cells,
            raters: raters.len(),
        });
    }
    Ok(())
}

fn place(raters: &[String], position: usize) -> (usize, String) {
    let rater = raters
        .get(position % raters.len().max(1))
        .cloned()
        .unwrap_or_default();
    (position / raters.len().max(1), rater)
}

fn code(index: usize) -> Result<u32, MatrixError> {
    u32::try_from(index)
        .ok()
        .filter(|code| *code != MISSING)
        .ok_or(MatrixError::TooLarge)
}

/// Negative zero is the same value as zero.
fn plain_zero(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

fn all_differ<T: Eq + Hash>(items: &[T]) -> bool {
    let mut seen = HashSet::new();
    items.iter().all(|item| seen.insert(item))
}

fn ascending(declared: &[f64]) -> Option<Vec<f64>> {
    let mut values: Vec<f64> = declared.iter().map(|value| plain_zero(*value)).collect();
    values.sort_by(f64::total_cmp);
    let differ = values.windows(2).all(|pair| pair.first() != pair.last());
    (differ && values.iter().all(|value| value.is_finite())).then_some(values)
}

/// The finite values present, ascending.
fn distinct_numbers(cells: &[Option<f64>]) -> Vec<f64> {
    let mut few: Vec<f64> = Vec::new();
    for value in cells.iter().flatten().filter(|value| value.is_finite()) {
        if !few.contains(value) {
            if few.len() == FEW {
                return distinct_of_many(cells);
            }
            few.push(plain_zero(*value));
        }
    }
    few.sort_by(f64::total_cmp);
    few
}

fn distinct_of_many(cells: &[Option<f64>]) -> Vec<f64> {
    let finite = cells.iter().flatten().filter(|value| value.is_finite());
    let mut values: Vec<f64> = finite.map(|value| plain_zero(*value)).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|index| format!("R{index}")).collect()
    }

    #[test]
    fn categories_are_what_is_present_in_order_or_what_is_declared() {
        let cells = [Some(3.0), Some(-0.0), None, Some(0.0)];
        let present = Matrix::numbers(names(2), &cells, None).unwrap();
        assert_eq!(
            present.categories(),
            [Category::Number(0.0), Category::Number(3.0)]
        );
        assert_eq!((present.units(), present.missing()), (2, 1));
        let declared = Matrix::numbers(names(2), &cells, Some(&[3.0, 2.0, 0.0])).unwrap();
        assert_eq!(declared.categories().len(), 3);
        assert_eq!(declared.scale(), Some(vec![0.0, 2.0, 3.0]));
    }

    #[test]
    fn text_is_numbers_only_where_everything_is() {
        let none: Option<&[&str]> = None;
        let numbers = Matrix::text(names(2), &[Some("10"), Some(" 9 ")], none).unwrap();
        assert_eq!(numbers.scale(), Some(vec![9.0, 10.0]));
        let labels = Matrix::text(names(2), &[Some("10"), Some("9")], Some(&["9", "10", "none"])).unwrap();
        assert_eq!(labels.scale(), None);
        let not_a_number = Matrix::text(names(2), &[Some("nan"), Some("1")], none).unwrap();
        assert_eq!(not_a_number.scale(), None);
    }

    #[test]
    fn what_cannot_be_a_matrix_is_refused_with_its_place() {
        let refused =
            |cells: &[Option<f64>], declared| Matrix::numbers(names(2), cells, declared).unwrap_err();
        assert_eq!(
            refused(&[Some(1.0)], None),
            MatrixError::Ragged { cells: 1, raters: 2 }
        );
        let nan = [Some(1.0), Some(2.0), Some(1.0), Some(f64::NAN)];
        assert_eq!(
            refused(&nan, None),
            MatrixError::NotFinite {
                unit: 1,
                rater: "R1".into()
            }
        );
        let outside = MatrixError::Undeclared {
            unit: 0,
            rater: "R1".into(),
        };
        assert_eq!(refused(&[Some(1.0), Some(2.0)], Some(&[1.0])), outside);
        assert_eq!(refused(&[], Some(&[1.0, 1.0])), MatrixError::BadCategories);
        assert_eq!(
            Matrix::numbers(names(1), &[], None).unwrap_err(),
            MatrixError::TooFewRaters(1)
        );
        let twice = Matrix::numbers(vec!["A".into(), "A".into()], &[], None).unwrap_err();
        assert_eq!(twice, MatrixError::RaterTwice("A".into()));
    }

    #[test]
    fn many_values_are_found_as_few_are() {
        let cells: Vec<Option<f64>> = (0..200)
            .rev()
            .map(|value| Some(f64::from(value % 100) / 8.0))
            .collect();
        let matrix = Matrix::numbers(names(2), &cells, None).unwrap();
        assert_eq!(matrix.categories().len(), 100);
        assert_eq!(matrix.rows().next(), Some([99, 98].as_slice()));
    }

    #[test]
    fn clusters_are_counted_in_order_of_appearance() {
        let cells = vec![Some(1.0); 8];
        let matrix = Matrix::numbers(names(2), &cells, None).unwrap();
        assert!(matrix.clone().with_clusters(&["x"]).is_err());
        let clustered = matrix.with_clusters(&["b", "a", "b", "c"]).unwrap();
        assert_eq!(clustered.clusters(), Some([0, 1, 0, 2].as_slice()));
    }
}
