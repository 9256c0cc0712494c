//! How far something is, and whether it is still wanted: asked from another thread.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::error::MediaError;

/// Steps of a whole.
const WHOLE: f64 = 1_000_000.0;

/// Shared by who works and who waits.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicU32,
    stopped: AtomicBool,
}

impl Watch {
    /// How much is done, 0 to 1.
    #[must_use]
    pub fn done(&self) -> f64 {
        f64::from(self.done.load(Ordering::Relaxed)) / WHOLE
    }

    /// Asks who works to stop.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Says how much is done, and hears whether to go on.
    ///
    /// # Errors
    /// [`MediaError::Stopped`] once somebody has asked to stop.
    pub fn reached(&self, part: f64) -> Result<(), MediaError> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a million"
        )]
        self.done
            .store((part.clamp(0.0, 1.0) * WHOLE) as u32, Ordering::Relaxed);
        if self.stopped.load(Ordering::Relaxed) {
            Err(MediaError::Stopped)
        } else {
            Ok(())
        }
    }
}

/// `at` of `of` as a part of the whole.
#[expect(clippy::cast_precision_loss, reason = "a share for a progress bar")]
pub(crate) fn part(at: u64, of: u64) -> f64 {
    if of == 0 { 1.0 } else { at as f64 / of as f64 }
}
