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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CodedError, codings};

    const ELAN: &str = r#"<?xml version="1.0"?><ANNOTATION_DOCUMENT><HEADER><PROPERTY NAME="sunder-coding R1">{"format":"sunder-coding","version":1,"case":"Ada","session":3,"rater":"R1","codebook":"sunder@1"}</PROPERTY></HEADER><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="2500"/></TIME_ORDER><TIER LINGUISTIC_TYPE_REF="judged" PARTICIPANT="R1" TIER_ID="R1 withdrawal"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>Denial</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER><TIER LINGUISTIC_TYPE_REF="details" PARENT_REF="R1 withdrawal" PARTICIPANT="R1" TIER_ID="R1 withdrawal details"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1"><ANNOTATION_VALUE>{"id":"m1","start_ms":1000,"end_ms":2000,"code":"withdrawal/denial","actor":"patient","clarity":"clear"}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>"#;

    #[test]
    fn times_that_were_moved_in_elan_are_those_of_the_marker() {
        let texts = codings(ELAN.as_bytes()).unwrap();
        let coding: serde_json::Value = serde_json::from_str(&texts[0]).unwrap();
        let marker = &coding["markers"][0];
        assert_eq!(
            (marker["start_ms"].as_u64(), marker["end_ms"].as_u64()),
            (Some(1500), Some(2500))
        );
        let broken = ELAN.replace("\"clear\"", "\"clear\", \"x\": 1");
        let error = codings(broken.as_bytes()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the detail of annotation a1 was changed so that it cannot be read"
        );
    }

    #[test]
    fn a_marker_whose_coding_is_gone_is_told_and_details_of_another_program_are_passed_over() {
        let details = r#"PARTICIPANT="R1" TIER_ID="R1 withdrawal details""#;
        let renamed = ELAN.replace(
            details,
            &details.replace("PARTICIPANT=\"R1\"", "PARTICIPANT=\"R2\""),
        );
        assert_ne!(renamed, ELAN);
        let error = codings(renamed.as_bytes()).unwrap_err();
        assert!(matches!(error, CodedError::Changed { .. }), "{error}");
        let start = renamed.find(r#"{"id":"m1""#).unwrap();
        let end = start + renamed[start..].find('<').unwrap();
        let foreign = format!("{}pitch{}", &renamed[..start], &renamed[end..]);
        assert_eq!(codings(foreign.as_bytes()).map(|texts| texts.len()), Ok(1));
    }

    #[test]
    fn what_holds_no_coding_says_so_and_a_coding_file_gives_itself() {
        let check =
            |text: &str, error: CodedError| assert_eq!(codings(text.as_bytes()), Err(error), "{text}");
        check("", CodedError::Unknown);
        check("WEBVTT", CodedError::Unknown);
        check("<ANNOTATION_DOCUMENT></ANNOTATION_DOCUMENT>", CodedError::None);
        check(
            r#"{"format":"sunder-export","version":1,"codings":[]}"#,
            CodedError::None,
        );
        let coding = r#"{"format":"sunder-coding"}"#;
        assert_eq!(codings(coding.as_bytes()), Ok(vec![coding.to_owned()]));
        let export = format!(r#"{{"format":"sunder-export","codings":[{coding},{coding}],"study":"x"}}"#);
        assert_eq!(codings(export.as_bytes()).map(|texts| texts.len()), Ok(2));
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_or_read_without_a_panic() {
        for cut in 0..ELAN.len() {
            assert!(codings(&ELAN.as_bytes()[..cut]).is_err(), "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0..ELAN.len()) {
            let _ = codings(&bytes);
            let mut changed = ELAN.as_bytes().to_vec();
            for (place, byte) in changed.iter_mut().skip(at).zip(&bytes) {
                *place ^= byte & 7;
            }
            let _ = codings(&changed);
        }
    }
}
