//! Reading a coding file with its codebook at hand, and writing one.

use super::file::{CodingFile, Unfit};
use super::{Coding, CodingError, CodingProblem, CodingWarning};
use crate::codebook::Codebook;
use crate::json::{self, Header, Step, locate};

impl Coding {
    pub const FORMAT: &'static str = "sunder-coding";
    pub const VERSION: u32 = 1;

    /// The coding in a JSON text, made whole: a conflict marker that names no conflict gets one of its own, coverage is
    /// sorted and merged. Beside it what was odd. Whether it fits a transcript is asked by [`Coding::fits`].
    pub fn from_json(text: &str, codebook: &Codebook) -> Result<(Self, Vec<CodingWarning>), CodingError> {
        let unreadable = |error: &serde_json::Error| CodingError::Json {
            line: error.line(),
            column: error.column(),
            message: json::message(error),
        };
        let text = json::without_mark(text);
        if text.trim_start().starts_with('[') {
            return Err(CodingError::Several);
        }
        let header = Header::of(text).map_err(|error| unreadable(&error))?;
        match (header.format, header.version) {
            (Some(format), _) if format != Self::FORMAT => return Err(CodingError::Format(format)),
            (_, Some(version)) if version > u64::from(Self::VERSION) => {
                return Err(CodingError::Newer(version));
            }
            (_, Some(0)) => return Err(CodingError::NoSuchVersion),
            _ => {}
        }
        let file: CodingFile = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
        let invalid = |(path, problem): (Vec<Step<'_>>, CodingProblem)| {
            let (line, column) = locate(text, &path);
            CodingError::Invalid {
                line,
                column,
                problem,
            }
        };
        let mut coding = Self::try_from(file).map_err(|unfit| match unfit {
            Unfit::Format(format) => CodingError::Format(format),
            Unfit::Version(version) => CodingError::Newer(version.into()),
            Unfit::Bounds { at, error } => invalid((
                vec![Step::Key("markers"), Step::Index(at)],
                CodingProblem::Bounds(error),
            )),
        })?;
        coding.complete(codebook);
        let warnings = coding.examine(codebook).map_err(invalid)?;
        Ok((coding, warnings))
    }

    /// The coding as its file, pretty, without what is not set.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not text or a failing writer can fail; a coding has neither.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
