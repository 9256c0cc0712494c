//! Reads codings back from what [`crate::out`] wrote: a JSON export, an ELAN file, a REFI-QDA project.
//!
//! Every coding comes out as the text of a coding file, so that it is checked as any other is. What another program added
//! or changed on top is read where it means something: the times of an annotation in ELAN are those of its marker where
//! that was marked in time.

mod elan;
mod json;
mod refi;

use serde::{Deserialize, Serialize};
use sunder_domain::{Coding, Marker};

use crate::format::Format;
use crate::packed;

/// The linguistic type of tiers that hold details, and what names of a coding's properties begin with.
pub(crate) const DETAILS: &str = "details";
pub(crate) const CODING_PROPERTY: &str = "sunder-coding ";
/// What the names of notes begin with that hold a marker without a place in the text.
pub(crate) const MARKER_NOTE: &str = "Marker: ";

/// A marker, and the coding it belongs to by the GUID of its note.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MarkerDetails {
    pub(crate) coding: String,
    pub(crate) marker: Marker,
}

/// Why there are no codings to be had from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodedError {
    /// It is of no form that holds codings of this program.
    #[error("it is neither a coding file nor an export of Sunder as JSON, ELAN or REFI-QDA")]
    Unknown,
    #[error("it holds no codings that Sunder wrote; codings of other programs are not read")]
    None,
    /// A part that Sunder wrote does not read any more.
    #[error("{what} was changed so that it cannot be read")]
    Changed { what: String },
    #[error("{0}")]
    Format(#[from] crate::FormatError),
}

/// The codings of a file, each as the text of a coding file; a coding file itself gives itself.
///
/// # Errors
/// As [`CodedError`] says; never words of a transcript or a note.
pub fn codings(bytes: &[u8]) -> Result<Vec<String>, CodedError> {
    let text = std::str::from_utf8(bytes);
    let texts = match text {
        Ok(text)
            if text
                .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
                .starts_with(['{', '[']) =>
        {
            json::codings(text)
        }
        Ok(text) if text.contains("<ANNOTATION_DOCUMENT") => elan::codings(text)?,
        _ if packed::recognise(bytes) == Some(Format::Qdpx) => refi::codings(bytes)?,
        _ => return Err(CodedError::Unknown),
    };
    if texts.is_empty() {
        return Err(CodedError::None);
    }
    Ok(texts)
}

/// A coding without its markers and conflicts, as it stands beside them.
fn rest(text: &str, what: impl Fn() -> String) -> Result<Coding, CodedError> {
    serde_json::from_str(text).map_err(|_| CodedError::Changed { what: what() })
}
