//! Which given starts stand: the longest sequence that never runs backwards.
//!
//! One wild time must not make everything after it look wrong, so what is dropped is what keeps the most. Among equally long
//! sequences the earlier turns win, so that of two turns in the wrong order the later one is out of order.

use super::GivenTimes;

/// For every turn its start, if it has one and that is in order.
pub(super) fn in_order(given: &[GivenTimes]) -> Vec<Option<u32>> {
    let lengths = lengths(given);
    let mut wanted = lengths.iter().copied().max().unwrap_or(0);
    let mut latest = 0;
    given
        .iter()
        .zip(&lengths)
        .map(|(turn, length)| {
            let start = turn
                .start_ms
                .filter(|start| wanted > 0 && *length == wanted && *start >= latest)?;
            latest = start;
            wanted -= 1;
            Some(start)
        })
        .collect()
}

/// For every turn the length of the longest sequence in order that begins with it; 0 without a start.
fn lengths(given: &[GivenTimes]) -> Vec<usize> {
    // tops[n] is the latest start with which a sequence of n + 1 turns, seen so far from the end, can begin.
    // They fall with n, so the place of a new start is found by halving.
    let mut tops: Vec<u32> = Vec::new();
    let mut lengths: Vec<usize> = given
        .iter()
        .rev()
        .map(|turn| {
            let Some(start) = turn.start_ms else { return 0 };
            let place = tops.partition_point(|top| *top >= start);
            match tops.get_mut(place) {
                Some(top) => *top = start,
                None => tops.push(start),
            }
            place + 1
        })
        .collect();
    lengths.reverse();
    lengths
}

#[cfg(test)]
mod tests {
    use super::{GivenTimes, in_order};

    #[test]
    fn what_is_out_of_order_is_dropped_and_nothing_else() {
        let check = |starts: &[i64], expected: &[i64]| {
            let given: Vec<GivenTimes> = starts
                .iter()
                .map(|start| GivenTimes {
                    start_ms: u32::try_from(*start).ok(),
                    ..GivenTimes::default()
                })
                .collect();
            let kept: Vec<i64> = in_order(&given)
                .iter()
                .map(|start| start.map_or(-1, i64::from))
                .collect();
            assert_eq!(kept, expected, "{starts:?}");
        };
        check(&[], &[]);
        check(&[-1, -1], &[-1, -1]);
        check(&[0, 5, 5, 9], &[0, 5, 5, 9]);
        check(&[0, 10, 5, 12], &[0, 10, -1, 12]);
        check(&[10, 5], &[10, -1]);
        check(&[0, 99, 2, 3, 4], &[0, -1, 2, 3, 4]);
        check(&[0, -1, 7, 3, -1, 8], &[0, -1, 7, -1, -1, 8]);
        check(&[5, 4, 3], &[5, -1, -1]);
    }
}
