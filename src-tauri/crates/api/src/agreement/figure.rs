//! A figure as the window drew it, written to a file: the drawing is the window's, the file the core's.

use std::path::Path;

use crate::app::App;
use crate::outgoing;
use crate::wire::{ApiError, ErrorCode, FigureForm, Nothing, SaveFigure};

/// What a PNG file begins with.
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// Writes a figure. Lead only.
///
/// # Errors
/// `not-allowed` for raters, `bad-request` for bytes that are no such picture, `file` when it cannot be written.
pub fn save_figure(app: &mut App, request: SaveFigure) -> Result<Nothing, ApiError> {
    app.study()?.lead_only()?;
    let fits = match request.form {
        FigureForm::Svg => request.bytes.starts_with(b"<svg"),
        FigureForm::Png => request.bytes.starts_with(PNG),
    };
    if !fits {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "This is no picture of the kind that was asked for.",
        ));
    }
    outgoing::write(Path::new(&request.path), request.bytes)?;
    Ok(Nothing {})
}
