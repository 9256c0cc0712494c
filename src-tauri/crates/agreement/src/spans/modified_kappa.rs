//! The modified kappa of Holle & Rein 2015 (EasyDIAg): Cohen's kappa over linked spans, in which a span that
//! nobody answers counts as a disagreement with "no match".
//!
//! Each link adds 2 to its cell of the table, each span without a link 1 to the row or column "no match"; that
//! nobody marked anything is never observed, so the last cell is a structural zero. The expected table is the limit
//! of iterative proportional fitting from ones. With one structural zero in a corner that limit is known
//! (quasi-independence): with row totals r, column totals c, those of "no match" r₀ and c₀, N the sum of all,
//! R = N − r₀ and C = N − c₀,
//! x_ij = r_i·c_j·(N − r₀ − c₀)/(R·C), x_i0 = r_i·c₀/R, x_0j = c_j·r₀/C.
//! It is used as it stands: exact where the iteration converges slowly (everything unlinked).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use super::continuum::{Spans, Unit};
use super::linking::linked;
use super::pairs::PairTallies;
use super::request::SpanRequest;
use super::result::{Coefficient, blank, ratio};
use crate::measurement::{Category, Measurement};

/// A label, or no match.
type Mark = Option<usize>;

/// Counts of (first rater's mark, second rater's mark).
#[derive(Debug, Clone, Default, PartialEq)]
struct Table {
    cells: BTreeMap<(Mark, Mark), u64>,
}

impl AddAssign<&Self> for Table {
    fn add_assign(&mut self, other: &Self) {
        for (&marks, &count) in &other.cells {
            self.add(marks, count);
        }
    }
}

/// Sums of a table.
#[derive(Default)]
struct Margins {
    rows: BTreeMap<Mark, u64>,
    columns: BTreeMap<Mark, u64>,
    total: u64,
    diagonal: u64,
}

/// For each pair of raters and for their mean: kappa, with `kappa_max`, the share `linked` of all spans, agreement
/// with and without the unlinked; then for each label against the rest: kappa, `kappa_max` and `agreement`.
pub(super) fn measure(spans: &Spans, request: &SpanRequest) -> Vec<Measurement> {
    let tallies = PairTallies::new(spans, |first, second| Table::of(first, second, request.threshold));
    let whole = blank("modified-kappa", spans);
    let mut measured = tallies.measure(&whole, request.bootstrap, Table::kappa, Table::figures);
    for (label, name) in spans.labels().iter().enumerate() {
        let mut of_label = whole.clone();
        of_label.category = Some(Category::Label(name.clone()));
        measured.extend(tallies.measure(
            &of_label,
            request.bootstrap,
            |table| table.collapsed(label)?.kappa(),
            |table| {
                table
                    .collapsed(label)
                    .map(|table| table.label_figures())
                    .unwrap_or_default()
            },
        ));
    }
    measured
}

impl Table {
    fn of(first: &[Unit], second: &[Unit], threshold: f64) -> Self {
        let mut table = Self::default();
        let mut unlinked_first: BTreeSet<usize> = (0..first.len()).collect();
        let mut unlinked_second: BTreeSet<usize> = (0..second.len()).collect();
        for link in linked(first, second, threshold, |_, _| true) {
            unlinked_first.remove(&link.first);
            unlinked_second.remove(&link.second);
            let here = first.get(link.first).map(|unit| unit.label);
            let there = second.get(link.second).map(|unit| unit.label);
            table.add((here, there), 2);
        }
        for unit in unlinked_first.into_iter().filter_map(|place| first.get(place)) {
            table.add((Some(unit.label), None), 1);
        }
        for unit in unlinked_second.into_iter().filter_map(|place| second.get(place)) {
            table.add((None, Some(unit.label)), 1);
        }
        table
    }

    fn add(&mut self, marks: (Mark, Mark), count: u64) {
        *self.cells.entry(marks).or_default() += count;
    }

    fn margins(&self) -> Margins {
        let mut margins = Margins::default();
        for (&(row, column), &count) in &self.cells {
            *margins.rows.entry(row).or_default() += count;
            *margins.columns.entry(column).or_default() += count;
            margins.total += count;
            margins.diagonal += if row == column { count } else { 0 };
        }
        margins
    }

    fn kappa(&self) -> Coefficient {
        let margins = self.margins();
        let expected = margins.expected_agreement()?;
        ratio(
            margins.observed_agreement() - expected,
            1.0 - expected,
            "no variation",
        )
    }

    /// The 2×2 table of one label against the rest, labels and no match alike; its kappa is Cohen's.
    fn collapsed(&self, label: usize) -> Result<Self, &'static str> {
        const LABEL: Mark = Some(0);
        const REST: Mark = Some(1);
        self.margins().expected_agreement()?;
        let mut collapsed = Self::default();
        let side = |mark: Mark| if mark == Some(label) { LABEL } else { REST };
        for (&(row, column), &count) in &self.cells {
            collapsed.add((side(row), side(column)), count);
        }
        Ok(collapsed)
    }

    fn label_figures(&self) -> Vec<(&'static str, f64)> {
        let margins = self.margins();
        let mut figures = vec![("agreement", margins.observed_agreement())];
        figures.extend(margins.largest_kappa().map(|largest| ("kappa_max", largest)));
        figures
    }

    /// Kappa at its largest for these margins, the share of spans that are linked, agreement with and without the
    /// spans that are not.
    fn figures(&self) -> Vec<(&'static str, f64)> {
        let margins = self.margins();
        let mut figures = vec![
            ("linked", margins.linked() as f64 / margins.total as f64),
            ("agreement_with_unlinked", margins.observed_agreement()),
            (
                "agreement_without_unlinked",
                margins.diagonal as f64 / margins.linked() as f64,
            ),
        ];
        figures.extend(margins.largest_kappa().map(|largest| ("kappa_max", largest)));
        figures
    }
}

impl Margins {
    fn row(&self, mark: Mark) -> u64 {
        self.rows.get(&mark).copied().unwrap_or_default()
    }

    fn column(&self, mark: Mark) -> u64 {
        self.columns.get(&mark).copied().unwrap_or_default()
    }

    /// Spans that are linked: twice the number of links.
    fn linked(&self) -> u64 {
        self.total - self.row(None) - self.column(None)
    }

    fn observed_agreement(&self) -> f64 {
        self.diagonal as f64 / self.total as f64
    }

    fn largest_kappa(&self) -> Option<f64> {
        let shared: u64 = self
            .rows
            .iter()
            .map(|(&mark, &row)| row.min(self.column(mark)))
            .sum();
        let expected = self.expected_agreement().ok()?;
        Some((shared as f64 / self.total as f64 - expected) / (1.0 - expected))
    }

    /// The diagonal of the expected table, as a share of all.
    fn expected_agreement(&self) -> Coefficient {
        if self.total == 0 {
            return Err("no spans");
        }
        let by_first = self.total - self.row(None);
        let by_second = self.total - self.column(None);
        if by_first == 0 || by_second == 0 {
            return Err("one rater marked nothing");
        }
        let labels = self
            .rows
            .keys()
            .chain(self.columns.keys())
            .flatten()
            .collect::<BTreeSet<_>>();
        if labels.len() < 2 {
            return Err("one category only");
        }
        let both: f64 = labels
            .into_iter()
            .map(|&label| self.row(Some(label)) as f64 * self.column(Some(label)) as f64)
            .sum();
        let scale = self.linked() as f64 / (by_first as f64 * by_second as f64);
        Ok(both * scale / self.total as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows and columns are labels; the last of each is no match.
    fn table(rows: &[Vec<u64>]) -> Table {
        let last = rows.len() - 1;
        let mark = |place: usize| (place < last).then_some(place);
        let mut table = Table::default();
        for (row, counts) in rows.iter().enumerate() {
            for (column, &count) in counts.iter().enumerate() {
                table.add((mark(row), mark(column)), count);
            }
        }
        table
    }

    fn units(list: &[(usize, u64, u64)]) -> Vec<Unit> {
        let unit = |(index, &(label, start, end)): (usize, &(usize, u64, u64))| Unit {
            start,
            end,
            label,
            index,
        };
        list.iter().enumerate().map(unit).collect()
    }

    fn rounded(value: f64, digits: i32) -> f64 {
        (value * 10_f64.powi(digits)).round() / 10_f64.powi(digits)
    }

    /// Agreement on the diagonal of the table that iterative proportional fitting from ones arrives at.
    fn fitted_agreement(rows: &[Vec<u64>], rounds: usize) -> f64 {
        let last = rows.len() - 1;
        let mut fitted = vec![vec![1.0; rows.len()]; rows.len()];
        fitted[last][last] = 0.0;
        let total: u64 = rows.iter().flatten().sum();
        let scale = |target: u64, sum: f64| if sum > 0.0 { target as f64 / sum } else { 0.0 };
        for _ in 0..rounds {
            for row in 0..=last {
                let factor = scale(rows[row].iter().sum(), fitted[row].iter().sum());
                fitted[row].iter_mut().for_each(|cell| *cell *= factor);
            }
            for column in 0..=last {
                let target = rows.iter().map(|row| row[column]).sum();
                let factor = scale(target, fitted.iter().map(|row| row[column]).sum());
                fitted.iter_mut().for_each(|row| row[column] *= factor);
            }
        }
        (0..last).map(|label| fitted[label][label]).sum::<f64>() / total as f64
    }

    #[test]
    fn holle_rein_2015_linking_example_gives_the_table_kappa_and_kappa_max() {
        let first = units(&[(0, 0, 10), (1, 20, 30), (0, 40, 44), (0, 60, 70)]);
        let second = units(&[
            (0, 1, 10),
            (0, 20, 29),
            (0, 43, 50),
            (0, 60, 64),
            (1, 64, 70),
            (1, 90, 95),
        ]);
        let linked = Table::of(&first, &second, 0.6);
        assert_eq!(linked.margins().total, 10);
        let cells: Vec<u64> = [Some(0), Some(1), None]
            .iter()
            .flat_map(|&row| [Some(0), Some(1), None].map(|column| (row, column)))
            .map(|marks| linked.cells.get(&marks).copied().unwrap_or_default())
            .collect();
        assert_eq!(cells, [2, 2, 1, 2, 0, 0, 2, 1, 0]);
        assert_eq!(rounded(linked.kappa().unwrap(), 6), -0.217_391);
        let figures: BTreeMap<_, _> = linked.figures().into_iter().collect();
        assert_eq!(rounded(figures["kappa_max"], 6), 0.695_652);
        assert_eq!(figures["linked"], 0.6);
        assert_eq!(figures["agreement_with_unlinked"], 0.2);
        assert_eq!(rounded(figures["agreement_without_unlinked"], 6), 0.333_333);
    }

    #[test]
    fn statistics_md_fitting_check_gives_agreement_kappa_and_kappa_max() {
        let checked = table(&[vec![10, 2, 1], vec![3, 8, 4], vec![2, 5, 0]]);
        let margins = checked.margins();
        assert_eq!(rounded(margins.observed_agreement(), 4), 0.5143);
        assert_eq!(rounded(checked.kappa().unwrap(), 4), 0.2766);
        assert_eq!(rounded(margins.largest_kappa().unwrap(), 4), 0.9149);
    }

    #[test]
    fn cohen_1960_with_nothing_unlinked_it_is_cohens_kappa() {
        let cohen = table(&[
            vec![88, 14, 18, 0],
            vec![10, 40, 10, 0],
            vec![2, 6, 12, 0],
            vec![0, 0, 0, 0],
        ]);
        assert_eq!(rounded(cohen.kappa().unwrap(), 6), 0.491_525);
    }

    #[test]
    fn a_label_against_the_rest_is_cohens_kappa_of_the_collapsed_table() {
        let checked = table(&[vec![10, 2, 1], vec![3, 8, 4], vec![2, 5, 0]]);
        let of_label = checked.collapsed(0).unwrap();
        // [[10, 3], [5, 17]]: p0 = 27/35, pe = (13·15 + 22·20)/35².
        let (observed, expected) = (27.0 / 35.0, 635.0 / 1225.0);
        assert!((of_label.kappa().unwrap() - (observed - expected) / (1.0 - expected)).abs() < 1e-12);
    }

    #[test]
    fn undefined_cases_have_a_reason() {
        assert_eq!(Table::default().kappa(), Err("no spans"));
        assert_eq!(table(&[vec![4, 1], vec![2, 0]]).kappa(), Err("one category only"));
        assert_eq!(
            table(&[vec![0, 0, 1], vec![0, 0, 2], vec![0, 0, 0]]).kappa(),
            Err("one rater marked nothing")
        );
        // A zero margin is a zero row: the first rater never used the second label.
        assert!(
            table(&[vec![4, 2, 1], vec![0, 0, 0], vec![1, 1, 0]])
                .kappa()
                .is_ok()
        );
        // All unlinked: nothing agrees, and none is expected to.
        assert_eq!(
            table(&[vec![0, 0, 3], vec![0, 0, 2], vec![1, 4, 0]]).kappa(),
            Ok(0.0)
        );
    }

    proptest! {
        #[test]
        fn the_expected_table_is_the_limit_of_proportional_fitting(
            counts in prop::collection::vec(1_u64..30, 16),
        ) {
            let mut rows: Vec<Vec<u64>> = counts.chunks(4).map(<[u64]>::to_vec).collect();
            rows[3][3] = 0;
            let expected = table(&rows).margins().expected_agreement().unwrap();
            prop_assert!((expected - fitted_agreement(&rows, 500)).abs() < 1e-9);
        }

        #[test]
        fn kappa_never_leaves_its_range_and_is_the_same_from_both_sides(
            counts in prop::collection::vec(0_u64..4, 16),
        ) {
            let mut rows: Vec<Vec<u64>> = counts.chunks(4).map(<[u64]>::to_vec).collect();
            rows[3][3] = 0;
            let turned: Vec<Vec<u64>> =
                (0..4).map(|column| rows.iter().map(|row| row[column]).collect()).collect();
            match (table(&rows).kappa(), table(&turned).kappa()) {
                (Ok(here), Ok(there)) => {
                    prop_assert!((here - there).abs() < 1e-12);
                    prop_assert!(here <= 1.0 + 1e-12 && here.is_finite());
                    let largest = table(&rows).margins().largest_kappa().unwrap();
                    prop_assert!(here <= largest + 1e-12);
                }
                (here, there) => prop_assert_eq!(here, there),
            }
        }
    }
}
