//! Precision, recall and F1 of spans of the same label that match one to one.
//!
//! Spans match where intersection / longer reaches the threshold, greedily, the largest first. The first rater of
//! the pair is the reference: precision is the matched share of the second rater's spans, recall that of the
//! first's; F1 = 2·matched/(spans of both) and the same from either side. Nothing is corrected for chance.

use std::ops::AddAssign;

use super::continuum::{Spans, Unit};
use super::linking::linked;
use super::pairs::PairTallies;
use super::request::SpanRequest;
use super::result::{Coefficient, blank, ratio};
use crate::measurement::Measurement;

#[derive(Debug, Clone, Copy, Default)]
struct Matches {
    matched: usize,
    first: usize,
    second: usize,
}

impl AddAssign<&Self> for Matches {
    fn add_assign(&mut self, other: &Self) {
        self.matched += other.matched;
        self.first += other.first;
        self.second += other.second;
    }
}

/// For each pair of raters and for their mean: F1, with the figures `precision`, `recall` and `f1`.
pub(super) fn measure(spans: &Spans, request: &SpanRequest) -> Vec<Measurement> {
    let tallies = PairTallies::new(spans, |first, second| {
        Matches::of(first, second, request.threshold)
    });
    tallies.measure(
        &blank("matched-f1", spans),
        request.bootstrap,
        Matches::f1,
        Matches::figures,
    )
}

impl Matches {
    fn of(first: &[Unit], second: &[Unit], threshold: f64) -> Self {
        let matched = linked(first, second, threshold, |here, there| here.label == there.label).len();
        Self {
            matched,
            first: first.len(),
            second: second.len(),
        }
    }

    fn f1(&self) -> Coefficient {
        ratio(
            2.0 * self.matched as f64,
            (self.first + self.second) as f64,
            "no spans",
        )
    }

    /// A figure without a denominator is left out.
    fn figures(&self) -> Vec<(&'static str, f64)> {
        let mut figures = vec![
            ("precision", self.matched as f64 / self.second as f64),
            ("recall", self.matched as f64 / self.first as f64),
        ];
        figures.extend(self.f1().map(|f1| ("f1", f1)));
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(label: usize, start: u64, end: u64) -> Unit {
        Unit {
            start,
            end,
            label,
            index: 0,
        }
    }

    #[test]
    fn spans_match_one_to_one_the_largest_first_and_only_within_a_label() {
        let first = [unit(0, 0, 10), unit(0, 20, 30), unit(1, 40, 50)];
        let second = [unit(0, 0, 7), unit(0, 1, 10), unit(0, 40, 50), unit(0, 90, 99)];
        let matches = Matches::of(&first, &second, 0.6);
        assert_eq!(matches.matched, 1);
        let figures = matches.figures();
        assert_eq!(
            figures,
            [("precision", 0.25), ("recall", 1.0 / 3.0), ("f1", 2.0 / 7.0)]
        );
    }

    #[test]
    fn the_threshold_itself_is_enough() {
        assert_eq!(Matches::of(&[unit(0, 0, 10)], &[unit(0, 0, 6)], 0.6).matched, 1);
        assert_eq!(
            Matches::of(&[unit(0, 0, 10_000)], &[unit(0, 0, 5_999)], 0.6).matched,
            0
        );
    }

    #[test]
    fn without_spans_there_is_no_value() {
        assert_eq!(Matches::of(&[], &[], 0.6).f1(), Err("no spans"));
        assert_eq!(Matches::of(&[unit(0, 0, 1)], &[], 0.6).f1(), Ok(0.0));
    }
}
