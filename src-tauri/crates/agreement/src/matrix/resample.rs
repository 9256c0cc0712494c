//! Units, or whole clusters of them, drawn with replacement, and a coefficient computed anew from what was drawn.

use std::collections::HashMap;

use super::data::Matrix;
use super::estimator::{Additive, Estimator, Share, Weighted, finite};
use super::random::Random;
use super::reason::Outcome;

/// What is drawn: units or clusters, by kind; items of one kind count the same.
pub(crate) struct Resampling<'a> {
    kind_of_item: Vec<u32>,
    /// How many items there are of each kind.
    of_kind: Vec<u32>,
    source: Source<'a>,
}

enum Source<'a> {
    /// Each kind is a row.
    Sums { additive: &'a dyn Additive, rows: Rows },
    /// Each item is its own kind.
    Weights {
        weighted: &'a dyn Weighted,
        item_of_unit: Vec<u32>,
    },
}

/// Contributions to sums; items of the same contribution share a row.
struct Rows {
    shares: Vec<Share>,
    /// Where each row's shares end.
    ends: Vec<usize>,
}

/// Room that a thread reuses from draw to draw.
#[derive(Default)]
pub(crate) struct Scratch {
    times: Vec<u32>,
    weights: Vec<f64>,
}

impl<'a> Resampling<'a> {
    pub(crate) fn new(estimator: &'a Estimator<'_>, matrix: &Matrix) -> Self {
        let item_of_unit: Vec<u32> = match matrix.clusters() {
            Some(clusters) => clusters.to_vec(),
            None => (0..matrix.units())
                .map(|unit| u32::try_from(unit).unwrap_or(u32::MAX))
                .collect(),
        };
        let items = item_of_unit.iter().max().map_or(0, |last| *last as usize + 1);
        let (source, kind_of_item) = match estimator {
            Estimator::Additive(additive) => {
                let (rows, row_of_item) = rows(additive.as_ref(), matrix, &item_of_unit, items);
                (
                    Source::Sums {
                        additive: additive.as_ref(),
                        rows,
                    },
                    row_of_item,
                )
            }
            Estimator::Weighted(weighted) => {
                let each_its_own = (0..items)
                    .map(|item| u32::try_from(item).unwrap_or(u32::MAX))
                    .collect();
                (
                    Source::Weights {
                        weighted: weighted.as_ref(),
                        item_of_unit,
                    },
                    each_its_own,
                )
            }
        };
        let mut of_kind = vec![0; kind_of_item.iter().max().map_or(0, |last| *last as usize + 1)];
        kind_of_item.iter().for_each(|kind| add_one(&mut of_kind, *kind));
        Self {
            kind_of_item,
            of_kind,
            source,
        }
    }

    /// How many units or clusters are drawn each time.
    pub(crate) fn items(&self) -> usize {
        self.kind_of_item.len()
    }

    /// How many units or clusters there are of each kind.
    pub(crate) fn of_kind(&self) -> &[u32] {
        &self.of_kind
    }

    /// The coefficient of one draw.
    pub(crate) fn draw(&self, random: &mut Random, scratch: &mut Scratch) -> Outcome {
        scratch.times.clear();
        scratch.times.resize(self.of_kind.len(), 0);
        random.each_below(self.items(), self.items(), |item| {
            if let Some(kind) = self.kind_of_item.get(item) {
                add_one(&mut scratch.times, *kind);
            }
        });
        self.evaluate(scratch)
    }

    /// The coefficient without one unit or cluster of a kind.
    pub(crate) fn without(&self, kind: usize, scratch: &mut Scratch) -> Outcome {
        scratch.times.clear();
        scratch.times.extend_from_slice(&self.of_kind);
        if let Some(times) = scratch.times.get_mut(kind) {
            *times = times.saturating_sub(1);
        }
        self.evaluate(scratch)
    }

    fn evaluate(&self, scratch: &mut Scratch) -> Outcome {
        scratch.weights.clear();
        let value = match &self.source {
            Source::Sums { additive, rows } => {
                scratch.weights.resize(additive.width(), 0.0);
                rows.add(&scratch.times, &mut scratch.weights);
                additive.finish(&scratch.weights)
            }
            Source::Weights {
                weighted,
                item_of_unit,
            } => {
                let times = |item: &u32| {
                    scratch
                        .times
                        .get(*item as usize)
                        .map_or(0.0, |times| f64::from(*times))
                };
                scratch.weights.extend(item_of_unit.iter().map(times));
                weighted.evaluate(&scratch.weights)
            }
        };
        value.and_then(finite)
    }
}

fn add_one(times: &mut [u32], kind: u32) {
    if let Some(times) = times.get_mut(kind as usize) {
        *times += 1;
    }
}

impl Rows {
    fn add(&self, times: &[u32], sums: &mut [f64]) {
        let mut start = 0;
        for (end, times) in self.ends.iter().zip(times) {
            if *times > 0 {
                for (index, share) in self.shares.get(start..*end).unwrap_or_default() {
                    if let Some(sum) = sums.get_mut(*index) {
                        *sum += f64::from(*times) * share;
                    }
                }
            }
            start = *end;
        }
    }
}

/// The distinct contributions of items, and which of them is each item's.
fn rows(additive: &dyn Additive, matrix: &Matrix, item_of_unit: &[u32], items: usize) -> (Rows, Vec<u32>) {
    let mut of_items: Vec<Vec<Share>> = vec![Vec::new(); items];
    for (row, item) in matrix.rows().zip(item_of_unit) {
        if let Some(shares) = of_items.get_mut(*item as usize) {
            additive.contribute(row, shares);
        }
    }
    let mut known: HashMap<Vec<(usize, u64)>, u32> = HashMap::new();
    let mut rows = Rows {
        shares: Vec::new(),
        ends: Vec::new(),
    };
    let mut row_of_item = Vec::with_capacity(items);
    for shares in of_items {
        let merged = merged(shares);
        let key = merged
            .iter()
            .map(|(index, share)| (*index, share.to_bits()))
            .collect();
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        let row = *known.entry(key).or_insert(next);
        if row == next {
            rows.shares.extend(merged);
            rows.ends.push(rows.shares.len());
        }
        row_of_item.push(row);
    }
    (rows, row_of_item)
}

/// One share for each index, ascending.
fn merged(mut shares: Vec<Share>) -> Vec<Share> {
    shares.sort_by_key(|(index, _)| *index);
    let mut merged: Vec<Share> = Vec::with_capacity(shares.len());
    for (index, share) in shares {
        match merged.last_mut() {
            Some(last) if last.0 == index => last.1 += share,
            _ => merged.push((index, share)),
        }
    }
    merged
}
