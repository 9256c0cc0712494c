//! Fields of JSON that may be of any kind: what is not of the kind that is looked for is passed over, and takes no room.

use std::borrow::Cow;
use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A number or a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Scalar<'a> {
    Number(f64),
    Text(Cow<'a, str>),
    #[default]
    Other,
}

/// What stands under `from` and `to`.
#[derive(Debug, Default)]
pub(super) struct Ends<'a> {
    pub(super) from: Scalar<'a>,
    pub(super) to: Scalar<'a>,
}

/// The words of a segment that say something.
#[derive(Debug, Default)]
pub(super) struct Words<'a>(pub(super) Vec<Word<'a>>);

#[derive(Debug, Default)]
pub(super) struct Word<'a> {
    pub(super) word: Cow<'a, str>,
    pub(super) start: Scalar<'a>,
    pub(super) end: Scalar<'a>,
    pub(super) speaker: Scalar<'a>,
}

/// What a value may be taken for; each kind that is not asked for is passed over.
trait Taken<'a>: Default {
    fn number(_: f64) -> Self {
        Self::default()
    }
    fn text(_: Cow<'a, str>) -> Self {
        Self::default()
    }
    fn list<A: SeqAccess<'a>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
    fn object<A: MapAccess<'a>>(mut object: A) -> Result<Self, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

struct Any<T>(std::marker::PhantomData<T>);

impl<'a, T: Taken<'a>> Visitor<'a> for Any<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::default())
    }

    #[expect(clippy::cast_precision_loss, reason = "times and speakers are small")]
    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "times and speakers are small")]
    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<T, E> {
        Ok(T::text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }

    fn visit_map<A: MapAccess<'a>>(self, object: A) -> Result<T, A::Error> {
        T::object(object)
    }
}

macro_rules! lenient {
    ($($kind:ident),*) => {$(
        impl<'de: 'a, 'a> Deserialize<'de> for $kind<'a> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Any::<$kind<'de>>(std::marker::PhantomData))
            }
        }
    )*};
}

lenient!(Scalar, Ends, Words, Word);

impl<'a> Taken<'a> for Scalar<'a> {
    fn number(number: f64) -> Self {
        Self::Number(number)
    }

    fn text(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl<'a> Taken<'a> for Ends<'a> {
    fn object<A: MapAccess<'a>>(mut object: A) -> Result<Self, A::Error> {
        let mut ends = Self::default();
        while let Some(key) = object.next_key::<Cow<'a, str>>()? {
            match key.as_ref() {
                "from" => ends.from = object.next_value()?,
                "to" => ends.to = object.next_value()?,
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(ends)
    }
}

impl<'a> Taken<'a> for Words<'a> {
    fn list<A: SeqAccess<'a>>(mut list: A) -> Result<Self, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = list.next_element::<Word<'a>>()? {
            if !word.word.trim().is_empty() {
                words.push(word);
            }
        }
        Ok(Self(words))
    }
}

impl<'a> Taken<'a> for Word<'a> {
    fn object<A: MapAccess<'a>>(mut object: A) -> Result<Self, A::Error> {
        let mut word = Self::default();
        while let Some(key) = object.next_key::<Cow<'a, str>>()? {
            match key.as_ref() {
                "word" => {
                    if let Scalar::Text(text) = object.next_value()? {
                        word.word = text;
                    }
                }
                "start" => word.start = object.next_value()?,
                "end" => word.end = object.next_value()?,
                "speaker" => word.speaker = object.next_value()?,
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(word)
    }
}
