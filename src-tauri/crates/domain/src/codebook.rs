//! The codebook: what a study marks and rates, with definitions, examples and boundaries.

mod check;
mod read;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use read::{CodebookError, CodebookProblem};

use crate::id::CodeKey;
use crate::marker::Actor;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a family's markers are.
    FamilyKind { Conflict = "conflict", Repair = "repair", Other = "other" }
}

vocabulary! {
    /// What a rating is given for.
    RatingScope { Session = "session", Window = "window" }
}

/// One entry of the codebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub key: CodeKey,
    pub name: String,
    /// Shown where space is short, such as the margin.
    pub short: String,
    /// One letter A–Z, unique within the family.
    #[schemars(regex(pattern = "^[A-Za-z]$"))]
    pub letter: String,
    #[schemars(length(min = 1))]
    pub actors: Vec<Actor>,
    /// A response that does harm rather than repair.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub unhelpful: bool,
    pub definition: String,
    pub examples: Vec<String>,
    /// What looks like it and is not.
    pub not_this: Vec<String>,
}

/// Codes that belong together and share a key on the keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub key: String,
    pub name: String,
    pub kind: FamilyKind,
    /// One letter A–Z, unique within the codebook.
    #[schemars(regex(pattern = "^[A-Za-z]$"))]
    pub letter: String,
    pub description: String,
    pub codes: Vec<Code>,
}

/// What one value of a scale means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// 1 to 5.
    #[schemars(range(min = 1, max = 5))]
    pub value: u8,
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub text: String,
}

/// A scale from 1 to 5 for conflicts: significance and the three factors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    pub key: String,
    pub name: String,
    pub question: String,
    /// Five, for 1 to 5 in this order.
    #[schemars(length(min = 5, max = 5))]
    pub anchors: Vec<Anchor>,
}

/// A rating that the codebook asks for at the end of a session, or per window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct RatingDefinition {
    pub key: String,
    pub name: String,
    pub group: String,
    pub per: Vec<RatingScope>,
    /// Evidence that an observer can judge this is still thin.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub provisional: bool,
    pub question: String,
    /// Five, for 1 to 5 in this order.
    #[schemars(length(min = 5, max = 5))]
    pub anchors: Vec<Anchor>,
}

/// Help for one value of the conflict and repair panels, such as `relationship/alliance`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub key: String,
    pub name: String,
    pub text: String,
}

/// A codebook as a file that a lab can copy and edit; never changed in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// Always `sunder-codebook`.
    #[schemars(extend("const" = Codebook::FORMAT))]
    pub format: String,
    /// Version of the format: 1.
    #[schemars(extend("const" = Codebook::VERSION))]
    pub version: u32,
    /// With the edition it names the codebook: `sunder@1`.
    pub key: String,
    #[schemars(range(min = 1))]
    pub edition: u32,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub licence: String,
    /// Length of a window, in seconds.
    #[schemars(range(min = 1))]
    pub window_seconds: u32,
    pub families: Vec<Family>,
    pub scales: Vec<Scale>,
    pub ratings: Vec<RatingDefinition>,
    #[serde(default)]
    pub terms: Vec<Term>,
}

/// The name of one edition of a codebook: `key@edition`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
#[schemars(extend("pattern" = "^[a-z0-9][a-z0-9-]*@[1-9][0-9]*$"))]
pub struct CodebookRef(String);

/// A text that does not name a codebook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} does not name a codebook; the form is key@edition, for example sunder@1")]
pub struct NotACodebookRef(String);

impl CodebookRef {
    /// The name, or why the text cannot be one.
    pub fn new(text: impl Into<String>) -> Result<Self, NotACodebookRef> {
        let text = text.into();
        let sound = text.split_once('@').is_some_and(|(key, edition)| {
            is_key(key)
                && edition
                    .parse::<u32>()
                    .is_ok_and(|number| number > 0 && number.to_string() == edition)
        });
        if sound {
            Ok(Self(text))
        } else {
            Err(NotACodebookRef(text))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CodebookRef {
    type Error = NotACodebookRef;
    fn try_from(text: String) -> Result<Self, NotACodebookRef> {
        Self::new(text)
    }
}

impl From<CodebookRef> for String {
    fn from(reference: CodebookRef) -> Self {
        reference.0
    }
}

impl fmt::Display for CodebookRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Codebook {
    pub const FORMAT: &'static str = "sunder-codebook";
    pub const VERSION: u32 = 1;

    /// `key@edition`.
    #[must_use]
    pub fn reference(&self) -> CodebookRef {
        CodebookRef(format!("{}@{}", self.key, self.edition))
    }

    #[must_use]
    pub fn code(&self, key: &CodeKey) -> Option<&Code> {
        self.family(key.family())?
            .codes
            .iter()
            .find(|code| code.key == *key)
    }

    #[must_use]
    pub fn family(&self, key: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.key == key)
    }

    /// The kind of a code's family; `None` where the codebook has no such code.
    #[must_use]
    pub fn kind_of(&self, key: &CodeKey) -> Option<FamilyKind> {
        self.code(key)?;
        self.family(key.family()).map(|family| family.kind)
    }

    #[must_use]
    pub fn rating(&self, key: &str) -> Option<&RatingDefinition> {
        self.ratings.iter().find(|rating| rating.key == key)
    }

    #[must_use]
    pub fn scale(&self, key: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.key == key)
    }
}

impl Code {
    /// Whether this code is for that actor; `both` needs both.
    #[must_use]
    pub fn allows(&self, actor: Actor) -> bool {
        let listed = |actor| self.actors.contains(&actor);
        listed(actor) || (actor == Actor::Both && listed(Actor::Patient) && listed(Actor::Therapist))
    }
}

/// Lower-case words and numbers joined by hyphens.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
