//! The assignment problem with few choices per row, solved exactly by shortest augmenting paths (Jonker & Volgenant
//! 1987, on sparse rows).
//!
//! A row takes one column or stays alone at a cost of 1; a column may stay free at no cost. Prices of columns
//! are never above 0, those of rows never above 1, and row + column never above the cost of taking it: with them the
//! solution proves itself, and they bound larger problems from below.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and columns are counted here; indices never come from data"
)]

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::problem::{Stop, Stopped};

/// Who takes what, and the prices that prove it the cheapest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Assignment {
    pub(super) column_of_row: Vec<Option<usize>>,
    pub(super) row_prices: Vec<f64>,
    pub(super) column_prices: Vec<f64>,
}

/// A column that can be reached at a cost. The heap gives the cheapest first, then the lowest column.
#[derive(PartialEq)]
struct Reached {
    cost: f64,
    column: usize,
}

impl Eq for Reached {}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .cost
            .total_cmp(&self.cost)
            .then(other.column.cmp(&self.column))
    }
}

/// The work space of one solution.
struct Search<'a> {
    /// The choices of each row: column and cost, below 1.
    choices: &'a [Vec<(usize, f64)>],
    assignment: Assignment,
    row_of_column: Vec<Option<usize>>,
    /// The cost of the cheapest path to a column, infinite where there is none yet.
    cost: Vec<f64>,
    /// The row from which that path enters the column.
    entered_from: Vec<usize>,
    settled: Vec<bool>,
    touched: Vec<usize>,
    heap: BinaryHeap<Reached>,
}

/// The cheapest assignment of rows to columns.
pub(super) fn assigned(
    choices: &[Vec<(usize, f64)>],
    columns: usize,
    stop: &Stop,
) -> Result<Assignment, Stopped> {
    let mut search = Search {
        choices,
        assignment: Assignment {
            column_of_row: vec![None; choices.len()],
            row_prices: vec![1.0; choices.len()],
            column_prices: vec![0.0; columns],
        },
        row_of_column: vec![None; columns],
        cost: vec![f64::INFINITY; columns],
        entered_from: vec![0; columns],
        settled: vec![false; columns],
        touched: Vec::new(),
        heap: BinaryHeap::new(),
    };
    for row in 0..choices.len() {
        stop.check()?;
        search.add(row);
    }
    Ok(search.assignment)
}

/// Where the cheapest path ends.
enum End {
    /// This row stays alone.
    Alone(usize),
    /// This column was free.
    Free(usize),
}

impl Search<'_> {
    /// Gives a new row its place, moving others along the cheapest path.
    fn add(&mut self, new_row: usize) {
        let cheapest = self.choices[new_row]
            .iter()
            .map(|&(column, cost)| cost - self.assignment.column_prices[column])
            .fold(1.0, f64::min);
        self.assignment.row_prices[new_row] = cheapest;
        let mut end = End::Alone(new_row);
        let mut end_cost = 1.0 - cheapest;
        self.leave(new_row, 0.0);
        while let Some(Reached { cost, column }) = self.heap.pop() {
            if cost >= end_cost {
                break;
            }
            if self.settled[column] || cost > self.cost[column] {
                continue;
            }
            self.settled[column] = true;
            let Some(row) = self.row_of_column[column] else {
                end = End::Free(column);
                end_cost = cost;
                break;
            };
            let alone = cost + 1.0 - self.assignment.row_prices[row];
            if alone < end_cost {
                end = End::Alone(row);
                end_cost = alone;
            }
            self.leave(row, cost);
        }
        self.raise_prices(new_row, end_cost);
        self.move_along(new_row, end);
        for column in self.touched.drain(..) {
            self.cost[column] = f64::INFINITY;
            self.settled[column] = false;
        }
        self.heap.clear();
    }

    /// Reaches for the columns of a row that itself was reached at a cost.
    fn leave(&mut self, row: usize, cost_so_far: f64) {
        let price = self.assignment.row_prices[row];
        for &(column, cost) in &self.choices[row] {
            let step = (cost - price - self.assignment.column_prices[column]).max(0.0);
            let reached = cost_so_far + step;
            if reached < self.cost[column] {
                if self.cost[column] == f64::INFINITY {
                    self.touched.push(column);
                }
                self.cost[column] = reached;
                self.entered_from[column] = row;
                self.heap.push(Reached {
                    cost: reached,
                    column,
                });
            }
        }
    }

    fn raise_prices(&mut self, new_row: usize, end_cost: f64) {
        self.assignment.row_prices[new_row] += end_cost;
        for &column in &self.touched {
            if self.settled[column] && self.cost[column] < end_cost {
                let raise = end_cost - self.cost[column];
                self.assignment.column_prices[column] -= raise;
                if let Some(row) = self.row_of_column[column] {
                    self.assignment.row_prices[row] += raise;
                }
            }
        }
    }

    fn move_along(&mut self, new_row: usize, end: End) {
        let mut taken = match end {
            End::Free(column) => column,
            End::Alone(row) => match self.assignment.column_of_row[row].take() {
                Some(column) => column,
                None => return,
            },
        };
        loop {
            let row = self.entered_from[taken];
            let left = self.assignment.column_of_row[row].replace(taken);
            self.row_of_column[taken] = Some(row);
            match left {
                Some(left) if row != new_row => taken = left,
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cost_of(choices: &[Vec<(usize, f64)>], taken: &[Option<usize>]) -> f64 {
        let cost = |(row, column): (&Vec<(usize, f64)>, &Option<usize>)| match column {
            None => 1.0,
            Some(column) => row.iter().find(|(choice, _)| choice == column).unwrap().1,
        };
        choices.iter().zip(taken).map(cost).sum()
    }

    fn cheapest(choices: &[Vec<(usize, f64)>], used: &mut Vec<usize>) -> f64 {
        let Some((row, rest)) = choices.split_first() else {
            return 0.0;
        };
        let mut best = 1.0 + cheapest(rest, used);
        for &(column, cost) in row {
            if !used.contains(&column) {
                used.push(column);
                best = best.min(cost + cheapest(rest, used));
                used.pop();
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_other_assignment_is_cheaper_and_the_prices_prove_it(
            rows in prop::collection::vec(prop::collection::btree_map(0_usize..5, -1.0..1.0_f64, 0..5), 0..6),
        ) {
            let choices: Vec<Vec<(usize, f64)>> =
                rows.into_iter().map(|row| row.into_iter().collect()).collect();
            let found = assigned(&choices, 5, &Stop::default()).unwrap();
            let mut taken: Vec<usize> = found.column_of_row.iter().flatten().copied().collect();
            taken.sort_unstable();
            taken.dedup();
            prop_assert_eq!(taken.len(), found.column_of_row.iter().flatten().count());
            let cost = cost_of(&choices, &found.column_of_row);
            prop_assert!((cost - cheapest(&choices, &mut Vec::new())).abs() < 1e-9);
            let proven: f64 = found.row_prices.iter().chain(&found.column_prices).sum();
            prop_assert!((cost - proven).abs() < 1e-9);
            prop_assert!(found.column_prices.iter().all(|&price| price <= 0.0));
            prop_assert!(found.row_prices.iter().all(|&price| price <= 1.0 + 1e-9));
            for (row, choices) in choices.iter().enumerate() {
                for &(column, cost) in choices {
                    prop_assert!(found.row_prices[row] + found.column_prices[column] <= cost + 1e-9);
                }
            }
        }
    }
}
