//! The same small computation many times over, on as many threads as asked for.
//!
//! Invariant: what is returned depends on the index of a computation alone, never on who did it when.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Computations that are done between two looks at whether to stop.
const TOGETHER: usize = 32;

/// `compute(scratch, index)` for every index below `number`, in order; `None` where `progress` broke off.
///
/// `progress` is told how many are done, on the caller's own thread.
pub(crate) fn each<S, R: Send>(
    number: usize,
    threads: usize,
    scratch: impl Fn() -> S + Sync,
    compute: impl Fn(&mut S, usize) -> R + Sync,
    progress: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Option<Vec<R>> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let mut finished: Vec<(usize, Vec<R>)> = Vec::new();
    let take = |scratch: &mut S| {
        let start = next.fetch_add(TOGETHER, Ordering::Relaxed);
        let end = number.min(start.saturating_add(TOGETHER));
        (start < end && !stop.load(Ordering::Relaxed)).then(|| {
            (
                start,
                (start..end)
                    .map(|index| compute(scratch, index))
                    .collect::<Vec<R>>(),
            )
        })
    };
    let mut done = 0;
    let mut keep = |part: (usize, Vec<R>)| {
        done += part.1.len();
        finished.push(part);
        if !stop.load(Ordering::Relaxed) && progress(done).is_break() {
            stop.store(true, Ordering::Relaxed);
        }
    };
    if threads <= 1 {
        let mut own = scratch();
        while let Some(part) = take(&mut own) {
            keep(part);
        }
    } else {
        thread::scope(|scope| {
            let (send, receive) = mpsc::channel();
            for _ in 0..threads.min(number.div_ceil(TOGETHER)) {
                let send = send.clone();
                let (take, scratch) = (&take, &scratch);
                scope.spawn(move || {
                    let mut own = scratch();
                    while let Some(part) = take(&mut own) {
                        if send.send(part).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            receive.iter().for_each(&mut keep);
        });
    }
    finished.sort_by_key(|(start, _)| *start);
    (!stop.into_inner()).then(|| finished.into_iter().flat_map(|(_, part)| part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_indices_on_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let squares = each(1000, threads, || (), |(), index| index * index, &mut |_| {
                ControlFlow::Continue(())
            });
            assert_eq!(squares, Some((0..1000).map(|index| index * index).collect()));
        }
    }

    #[test]
    fn who_is_told_may_stop_it() {
        for threads in [1, 2] {
            let mut told = Vec::new();
            let mut progress = |done| {
                told.push(done);
                ControlFlow::Break(())
            };
            assert_eq!(
                each(100_000, threads, || (), |(), index| index, &mut progress),
                None
            );
            assert_eq!(told.len(), 1);
        }
    }
}
