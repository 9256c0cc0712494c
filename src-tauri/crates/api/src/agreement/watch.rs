//! How far a computation is, and the word to stop: shared by the thread that works and the one that is asked.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The work was stopped on request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Steps of work, of which one is under way.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    stop: AtomicBool,
    steps: AtomicU32,
    done: AtomicU32,
    /// Of the step under way, in thousandths.
    part: AtomicU32,
    doing: Mutex<String>,
}

impl Watch {
    /// Asks the work to stop; it does so soon.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Says how many steps there will be.
    pub(crate) fn expect(&self, steps: usize) {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.steps.store(steps, Ordering::Relaxed);
    }

    /// Says what is done next.
    ///
    /// # Errors
    /// [`Stopped`] where somebody asked for it.
    pub(crate) fn doing(&self, what: &str) -> Result<(), Stopped> {
        if let Ok(mut doing) = self.doing.lock() {
            what.clone_into(&mut doing);
        }
        self.going_on()
    }

    /// A step is finished.
    ///
    /// # Errors
    /// [`Stopped`] where somebody asked for it.
    pub(crate) fn step(&self) -> Result<(), Stopped> {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.part.store(0, Ordering::Relaxed);
        self.going_on()
    }

    /// So much of the step under way is done.
    pub(crate) fn within(&self, done: usize, total: usize) -> ControlFlow<()> {
        let thousandths = done.saturating_mul(1_000) / total.max(1);
        self.part
            .store(u32::try_from(thousandths).unwrap_or(1_000), Ordering::Relaxed);
        match self.going_on() {
            Ok(()) => ControlFlow::Continue(()),
            Err(Stopped) => ControlFlow::Break(()),
        }
    }

    fn going_on(&self) -> Result<(), Stopped> {
        if self.stop.load(Ordering::Relaxed) {
            Err(Stopped)
        } else {
            Ok(())
        }
    }

    /// 0 to 1, and what is being done.
    pub(crate) fn progress(&self) -> (f64, String) {
        let steps = f64::from(self.steps.load(Ordering::Relaxed).max(1));
        let part = f64::from(self.part.load(Ordering::Relaxed)) / 1_000.0;
        let done = (f64::from(self.done.load(Ordering::Relaxed)) + part) / steps;
        let doing = self.doing.lock().map(|doing| doing.clone()).unwrap_or_default();
        (done.clamp(0.0, 1.0), doing)
    }
}

#[cfg(test)]
mod tests {
    use super::{Stopped, Watch};

    #[test]
    fn progress_rises_from_step_to_step_and_stopping_is_heard() {
        let watch = Watch::default();
        watch.expect(4);
        assert_eq!(watch.doing("counting"), Ok(()));
        assert_eq!(watch.step(), Ok(()));
        assert!(watch.within(500, 1_000).is_continue());
        let (done, doing) = watch.progress();
        assert!((done - 0.375).abs() < 1e-9);
        assert_eq!(doing, "counting");
        watch.stop();
        assert_eq!(watch.step(), Err(Stopped));
        assert!(watch.within(1, 2).is_break());
    }
}
