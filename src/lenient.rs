//! Functions for `#[serde(deserialize_with = "…")]` that read JSON from outside part by part: a part that cannot be
//! read is missing, and every other part is kept.
//!
//! Pure. They take each part as a [`RawValue`], its text as it was sent: whatever that text is, it is no error of the
//! object around it, and a number keeps its digits.

use std::collections::BTreeMap;

use serde::de::value::MapDeserializer;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::domain::text;

/// Reads an object; `None` when the text is anything else, or a member that must be there is missing.
pub fn parse_object<'de, T: Deserialize<'de>>(json: &'de str) -> Option<T> {
    // A derived struct would also take an array, and refuse a key that is repeated. A map does neither.
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(json).ok()?;
    T::deserialize(MapDeserializer::new(members.into_iter())).ok()
}

fn parse_list<'de, T>(json: &'de str, parse_item: fn(&'de str) -> Option<T>) -> Option<Vec<T>> {
    let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    Some(items.into_iter().filter_map(|item| parse_item(item.get())).collect())
}

fn parse_scalar<'de, T: Deserialize<'de>>(json: &'de str) -> Option<T> {
    serde_json::from_str(json).ok()
}

fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'de str, D::Error> {
    <&RawValue>::deserialize(deserializer).map(RawValue::get)
}

/// A string, a boolean or the like.
///
/// # Errors
/// Only for text that is not JSON, as with every function here.
pub fn scalar<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    raw(deserializer).map(parse_scalar)
}

/// A string without the spaces around it; `None` when nothing is left.
///
/// # Errors
/// See [`scalar`].
pub fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let string = scalar::<D, String>(deserializer)?;
    Ok(string.map(|string| text::trim(&string).to_owned()).filter(|string| !string.is_empty()))
}

/// A string, or a number as the text that was sent.
///
/// # Errors
/// See [`scalar`].
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    raw(deserializer).map(parse_text)
}

fn parse_text(json: &str) -> Option<String> {
    let is_number = json.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if is_number { Some(json.to_owned()) } else { parse_scalar(json) }
}

/// Like [`text`], with null told apart from what is missing or cannot be read.
///
/// # Errors
/// See [`scalar`].
pub fn nullable_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    let json = raw(deserializer)?;
    Ok(if json == "null" { Some(None) } else { parse_text(json).map(Some) })
}

/// Like [`object`]; null is `null`.
///
/// # Errors
/// See [`scalar`].
pub fn nullable_object<'de, D, T>(deserializer: D, null: fn() -> T) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let json = raw(deserializer)?;
    Ok(if json == "null" { null() } else { parse_object(json).unwrap_or_default() })
}

/// An object, or the default of its type.
///
/// # Errors
/// See [`scalar`].
pub fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(parse_object(raw(deserializer)?).unwrap_or_default())
}

/// A list of objects, without the items that are none.
///
/// # Errors
/// See [`scalar`].
pub fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Vec<T>>, D::Error> {
    Ok(parse_list(raw(deserializer)?, parse_object))
}

/// A list of strings, without the items that are none. A single string is a list of one.
///
/// # Errors
/// See [`scalar`].
pub fn strings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let json = raw(deserializer)?;
    Ok(parse_list(json, parse_scalar).or_else(|| parse_scalar(json).map(|string| vec![string])))
}

/// The members of an object that are strings.
///
/// # Errors
/// See [`scalar`].
pub fn string_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let members: BTreeMap<String, &RawValue> = object(deserializer)?;
    Ok(members.into_iter().filter_map(|(key, value)| Some((key, parse_scalar(value.get())?))).collect())
}
