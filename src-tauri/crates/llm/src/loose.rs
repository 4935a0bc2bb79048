//! Reads JSON of servers that are not exact about it: a field of another type than the protocol says counts as absent
//! and never costs the rest of the event.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A part of an event, if it is what it should be.
pub(crate) fn part<'a, T: Deserialize<'a>>(raw: Option<&'a RawValue>) -> Option<T> {
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
}

/// Whether there is something that is neither `null`, `false`, nor empty.
pub(crate) fn is_something(raw: Option<&RawValue>) -> bool {
    raw.is_some_and(|raw| !["null", "false", "\"\"", "{}", "[]"].contains(&raw.get().trim()))
}

/// A word or a text. A number is read as its digits; anything else is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Words<'a>(pub(crate) Cow<'a, str>);

impl Words<'_> {
    /// The text, `None` where it is empty.
    pub(crate) fn some(self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.into_owned())
    }
}

/// A count. Fractions are cut off, digits in quotes are read, anything else is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Count(pub(crate) Option<u64>);

/// Text that comes as such or as a list of parts, and thinking that may be among the parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Content {
    pub(crate) text: String,
    pub(crate) thinking: String,
}

struct Lenient<T>(std::marker::PhantomData<T>);

/// What a JSON value of each kind is read as; by default as nothing.
trait Loose<'de>: Default {
    fn word(_word: Cow<'de, str>) -> Self {
        Self::default()
    }
    fn number(_number: f64) -> Self {
        Self::default()
    }
    fn whole(number: u64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts of any size that matters are exact")]
        Self::number(number as f64)
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

impl<'de, T: Loose<'de>> Visitor<'de> for Lenient<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }
    fn visit_borrowed_str<E>(self, word: &'de str) -> Result<T, E> {
        Ok(T::word(Cow::Borrowed(word)))
    }
    fn visit_str<E>(self, word: &str) -> Result<T, E> {
        Ok(T::word(Cow::Owned(word.to_owned())))
    }
    fn visit_string<E>(self, word: String) -> Result<T, E> {
        Ok(T::word(Cow::Owned(word)))
    }
    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::whole(number))
    }
    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(u64::try_from(number).map_or_else(|_| T::default(), T::whole))
    }
    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::number(number))
    }
    fn visit_bool<E>(self, _truth: bool) -> Result<T, E> {
        Ok(T::default())
    }
    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::default())
    }
    fn visit_none<E>(self) -> Result<T, E> {
        Ok(T::default())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::map(map)
    }
}

fn lenient<'de, T: Loose<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Lenient(std::marker::PhantomData))
}

impl<'de> Loose<'de> for Words<'de> {
    fn word(word: Cow<'de, str>) -> Self {
        Self(word)
    }
    fn number(number: f64) -> Self {
        Self(Cow::Owned(number.to_string()))
    }
    fn whole(number: u64) -> Self {
        Self(Cow::Owned(number.to_string()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Words<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::<Words<'de>, D>(deserializer)
    }
}

impl<'de> Loose<'de> for Count {
    fn word(word: Cow<'de, str>) -> Self {
        Self(word.trim().parse().ok())
    }
    fn number(number: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at just before")]
        Self((0.0..1e18).contains(&number).then_some(number as u64))
    }
    fn whole(number: u64) -> Self {
        Self(Some(number))
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

impl<'de> Loose<'de> for Content {
    fn word(word: Cow<'de, str>) -> Self {
        Self { text: word.into_owned(), thinking: String::new() }
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut all = Self::default();
        while let Some(part) = list.next_element::<Self>()? {
            all.text.push_str(&part.text);
            all.thinking.push_str(&part.thinking);
        }
        Ok(all)
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut part = Self::default();
        let mut is_thinking = false;
        while let Some(key) = map.next_key::<Words<'de>>()? {
            match &*key.0 {
                "type" => {
                    is_thinking = matches!(&*map.next_value::<Words<'de>>()?.0, "thinking" | "reasoning");
                }
                "text" | "content" => part.text.push_str(&map.next_value::<Self>()?.text),
                "thinking" | "reasoning" => {
                    // Itself a text or a list of parts.
                    let inner = map.next_value::<Self>()?;
                    part.thinking.push_str(&inner.text);
                    part.thinking.push_str(&inner.thinking);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if is_thinking {
            let text = std::mem::take(&mut part.text);
            part.thinking.push_str(&text);
        }
        Ok(part)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_the_wrong_type_is_absent() {
        for json in ["null", "true", "[1, 2]", "{\"a\": {\"b\": 1}}", "-3"] {
            assert_eq!(serde_json::from_str::<Words<'_>>(json).unwrap().0, "", "{json}");
            assert_eq!(serde_json::from_str::<Count>(json).unwrap(), Count(None), "{json}");
        }
        assert_eq!(serde_json::from_str::<Words<'_>>("404").unwrap().0, "404");
        for json in ["7", "7.9", "\"7\""] {
            assert_eq!(serde_json::from_str::<Count>(json).unwrap(), Count(Some(7)), "{json}");
        }
    }

    #[test]
    fn text_may_be_a_list_of_parts_with_thinking_among_them() {
        let content = |json: &str| {
            let content: Content = serde_json::from_str(json).unwrap();
            (content.text, content.thinking)
        };
        let pair = |text: &str, thinking: &str| (text.to_owned(), thinking.to_owned());
        assert_eq!(content("null"), pair("", ""));
        assert_eq!(content("\"a\""), pair("a", ""));
        assert_eq!(content(r#"["a", {"type": "text", "text": "b"}]"#), pair("ab", ""));
        assert_eq!(
            content(r#"[{"type": "thinking", "thinking": [{"type": "text", "text": "h"}]}, {"text": "b"}]"#),
            pair("b", "h")
        );
        assert_eq!(content(r#"[{"type": "reference", "reference_ids": [1]}]"#), pair("", ""));
    }
}
