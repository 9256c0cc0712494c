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
    /// Statistics that the step under way is expected to measure, and those that it has.
    expected: AtomicU32,
    measured: AtomicU32,
    /// Of the statistic under way, in thousandths.
    part: AtomicU32,
    /// The most that was told, in thousandths: it never falls.
    told: AtomicU32,
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

    /// Says what is done next, and about how many statistics that takes.
    ///
    /// # Errors
    /// [`Stopped`] where somebody asked for it.
    pub(crate) fn doing(&self, what: &str, statistics: usize) -> Result<(), Stopped> {
        self.measured.store(0, Ordering::Relaxed);
        let statistics = u32::try_from(statistics).unwrap_or(u32::MAX);
        self.expected.store(statistics.max(1), Ordering::Relaxed);
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
        self.part.store(0, Ordering::Relaxed);
        self.measured.store(0, Ordering::Relaxed);
        self.done.fetch_add(1, Ordering::Relaxed);
        self.going_on()
    }

    /// A statistic is measured.
    pub(crate) fn measured(&self) {
        self.part.store(0, Ordering::Relaxed);
        self.measured.fetch_add(1, Ordering::Relaxed);
    }

    /// So much of the statistic under way is done.
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
        let measured = f64::from(self.measured.load(Ordering::Relaxed)) + part;
        let expected = f64::from(self.expected.load(Ordering::Relaxed).max(1));
        let done = f64::from(self.done.load(Ordering::Relaxed)) + (measured / expected).min(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 1000 by the clamp"
        )]
        let thousandths = ((done / steps).clamp(0.0, 1.0) * 1_000.0) as u32;
        let told = self
            .told
            .fetch_max(thousandths, Ordering::Relaxed)
            .max(thousandths);
        let done = f64::from(told) / 1_000.0;
        let doing = self.doing.lock().map(|doing| doing.clone()).unwrap_or_default();
        (done, doing)
    }
}

#[cfg(test)]
mod tests {
    use super::{Stopped, Watch};

    #[test]
    fn progress_rises_from_step_to_step_and_stopping_is_heard() {
        let watch = Watch::default();
        watch.expect(4);
        assert_eq!(watch.doing("counting", 1), Ok(()));
        assert_eq!(watch.step(), Ok(()));
        assert_eq!(watch.doing("measuring", 2), Ok(()));
        assert!(watch.within(500, 1_000).is_continue());
        assert_eq!(watch.progress(), (0.312, "measuring".to_owned()));
        watch.measured();
        let told = || (watch.progress().0 * 1_000.0).round();
        assert_eq!(told(), 375.0);
        watch.measured();
        watch.measured();
        // More than was expected is no more than the step.
        assert_eq!(told(), 500.0);
        watch.stop();
        assert_eq!(watch.step(), Err(Stopped));
        assert!(watch.within(1, 2).is_break());
    }
}
