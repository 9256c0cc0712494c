//! The ordered speaking turns of a session, with the times that playing and coding rest on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::json;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Who speaks, as far as the study is concerned.
    Role { Patient = "patient", Therapist = "therapist", Other = "other" }
}

vocabulary! {
    /// Where the times of a transcript come from.
    ClockSource {
        /// The file gave start times (single ones may still be estimated).
        Given = "given",
        /// The file gave none: 14 characters a second, fixed at import.
        Estimated = "estimated",
    }
}

/// One speaker as the file named it, and the role it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    pub name: String,
    pub role: Role,
}

/// One uninterrupted stretch of one speaker. Times are ms from the session's start, `start_ms <= end_ms`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Index into the transcript's speakers; absent where the file named nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub speaker: Option<u32>,
    pub text: String,
    pub start_ms: u32,
    pub end_ms: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub start_estimated: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub end_estimated: bool,
}

/// A transcript as it is kept: content, never changed. A corrected one is a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// Always `sunder-transcript`.
    #[schemars(extend("const" = Transcript::FORMAT))]
    pub format: String,
    /// Version of the format: 1.
    #[schemars(extend("const" = Transcript::VERSION))]
    pub version: u32,
    pub clock: ClockSource,
    pub speakers: Vec<Speaker>,
    #[schemars(length(min = 1))]
    pub turns: Vec<Turn>,
}

/// Why a transcript cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TranscriptError {
    #[error("the file calls itself {0:?}; a transcript says \"sunder-transcript\"")]
    Format(String),
    #[error("the transcript has format version {0}; this program reads version 1: update Sunder")]
    Newer(u64),
    #[error("the transcript has format version 0; the first version is 1")]
    NoSuchVersion,
    #[error("the transcript cannot be read, line {line}, column {column}: {message}")]
    Json {
        line: usize,
        column: usize,
        message: String,
    },
    #[error("turn {turn} names speaker {speaker}, but the transcript lists {speakers} speakers")]
    NoSuchSpeaker { turn: u32, speaker: u32, speakers: u32 },
    #[error("turn {0} ends before it starts")]
    Backwards(u32),
    #[error("turn {0} starts before the turn before it")]
    OutOfOrder(u32),
    #[error("the transcript has no turns")]
    Empty,
}

impl Transcript {
    pub const FORMAT: &'static str = "sunder-transcript";
    pub const VERSION: u32 = 1;

    /// A transcript of this format version.
    #[must_use]
    pub fn new(clock: ClockSource, speakers: Vec<Speaker>, turns: Vec<Turn>) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            version: Self::VERSION,
            clock,
            speakers,
            turns,
        }
    }

    /// The transcript in a JSON text, or why it cannot be used.
    pub fn from_json(text: &str) -> Result<Self, TranscriptError> {
        let unreadable = |error: &serde_json::Error| TranscriptError::Json {
            line: error.line(),
            column: error.column(),
            message: json::message(error),
        };
        let text = json::without_mark(text);
        let header = json::Header::of(text).map_err(|error| unreadable(&error))?;
        header_fits(&header)?;
        let transcript: Self = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
        transcript.validate()?;
        Ok(transcript)
    }

    /// The transcript as JSON, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not text or a failing writer can fail; a transcript has neither.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether this is a transcript that can be played and coded.
    pub fn validate(&self) -> Result<(), TranscriptError> {
        header_fits(&json::Header {
            format: Some(self.format.clone()),
            version: Some(self.version.into()),
        })?;
        if self.turns.is_empty() {
            return Err(TranscriptError::Empty);
        }
        let speakers = u32::try_from(self.speakers.len()).unwrap_or(u32::MAX);
        let mut latest = 0;
        for (number, turn) in (0_u32..).zip(&self.turns) {
            if let Some(speaker) = turn.speaker.filter(|speaker| *speaker >= speakers) {
                return Err(TranscriptError::NoSuchSpeaker {
                    turn: number,
                    speaker,
                    speakers,
                });
            }
            if turn.end_ms < turn.start_ms {
                return Err(TranscriptError::Backwards(number));
            }
            if turn.start_ms < latest {
                return Err(TranscriptError::OutOfOrder(number));
            }
            latest = turn.start_ms;
        }
        Ok(())
    }

    /// A turn by its number, counted from 0.
    #[must_use]
    pub fn turn(&self, turn: u32) -> Option<&Turn> {
        self.turns.get(usize::try_from(turn).ok()?)
    }

    #[must_use]
    pub fn turn_count(&self) -> u32 {
        u32::try_from(self.turns.len()).unwrap_or(u32::MAX)
    }

    /// Who speaks in a turn, as the file named them.
    #[must_use]
    pub fn speaker_of(&self, turn: &Turn) -> Option<&Speaker> {
        self.speakers.get(usize::try_from(turn.speaker?).ok()?)
    }

    /// The role that speaks in a turn; `Other` where the file named nobody.
    #[must_use]
    pub fn role_of(&self, turn: &Turn) -> Role {
        self.speaker_of(turn).map_or(Role::Other, |speaker| speaker.role)
    }

    /// Length of a turn's text in Unicode scalars.
    #[must_use]
    pub fn char_count(&self, turn: u32) -> Option<u32> {
        self.turn(turn).map(Turn::char_count)
    }

    /// When the last turn ends, in ms from the session's start.
    #[must_use]
    pub fn duration_ms(&self) -> u32 {
        self.turns.iter().map(|turn| turn.end_ms).max().unwrap_or(0)
    }
}

impl Turn {
    /// Length of the text in Unicode scalars.
    #[must_use]
    pub fn char_count(&self) -> u32 {
        u32::try_from(self.text.chars().count()).unwrap_or(u32::MAX)
    }
}

fn header_fits(header: &json::Header) -> Result<(), TranscriptError> {
    match (&header.format, header.version) {
        (Some(format), _) if format != Transcript::FORMAT => Err(TranscriptError::Format(format.clone())),
        (_, Some(version)) if version > u64::from(Transcript::VERSION) => {
            Err(TranscriptError::Newer(version))
        }
        (_, Some(0)) => Err(TranscriptError::NoSuchVersion),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
