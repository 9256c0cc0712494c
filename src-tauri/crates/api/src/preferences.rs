//! How this machine likes it.

use crate::app::App;
use crate::wire::{ApiError, ErrorCode, Preferences};

/// Keeps the preferences.
///
/// # Errors
/// `bad-request` when a value is out of range, `file` when they cannot be written.
pub fn set(app: &mut App, preferences: Preferences) -> Result<Preferences, ApiError> {
    if !(80..=200).contains(&preferences.scale) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "The size of text is 80 to 200 percent.",
        ));
    }
    if !(0.0..=30.0).contains(&preferences.rewind_on_resume_s) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "Going back on resuming is 0 to 30 seconds.",
        ));
    }
    app.local.set_preferences(preferences.clone())?;
    Ok(preferences)
}
