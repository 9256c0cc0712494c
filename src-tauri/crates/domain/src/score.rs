//! A score from 1 to 5, or the rater's word that it cannot be judged.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// 1 (none) to 5 (high), by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Significance(u8);

impl Significance {
    pub const LOWEST: u8 = 1;
    pub const HIGHEST: u8 = 5;

    /// `Some` for 1 to 5.
    #[must_use]
    pub const fn new(value: u8) -> Option<Self> {
        if value >= Self::LOWEST && value <= Self::HIGHEST {
            Some(Self(value))
        } else {
            None
        }
    }

    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// What a rater gave: a value, or "cannot judge". A score nobody gave is an absent `Score`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "1 | 2 | 3 | 4 | 5 | \"cannot-judge\"")]
pub enum Score {
    Judged(Significance),
    CannotJudge,
}

impl Score {
    pub const CANNOT_JUDGE: &'static str = "cannot-judge";

    /// `Some` for 1 to 5.
    #[must_use]
    pub const fn of(value: u8) -> Option<Self> {
        match Significance::new(value) {
            Some(value) => Some(Self::Judged(value)),
            None => None,
        }
    }

    /// The number, where one was given.
    #[must_use]
    pub const fn value(self) -> Option<u8> {
        match self {
            Self::Judged(value) => Some(value.get()),
            Self::CannotJudge => None,
        }
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value() {
            Some(value) => serializer.serialize_u8(value),
            None => serializer.serialize_str(Self::CANNOT_JUDGE),
        }
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl serde::de::Visitor<'_> for Reader {
            type Value = Score;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number from 1 to 5, or \"cannot-judge\"")
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Score, E> {
                u8::try_from(value)
                    .ok()
                    .and_then(Score::of)
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Unsigned(value), &self))
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Score, E> {
                u64::try_from(value)
                    .map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(value), &self))
                    .and_then(|value| self.visit_u64(value))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Score, E> {
                if text == Score::CANNOT_JUDGE {
                    Ok(Score::CannotJudge)
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
                }
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for Score {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Score".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "1 (none) to 5 (high), or \"cannot-judge\"",
            "anyOf": [ { "type": "integer", "minimum": 1, "maximum": 5 }, { "const": "cannot-judge" } ]
        })
    }
}
