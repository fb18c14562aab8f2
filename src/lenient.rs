//! Tolerant deserialisers for `#[serde(deserialize_with = "…")]`: a member of an unexpected type counts as missing, and
//! the other members are kept.
//!
//! Each member is read as a [`RawValue`], the JSON text that was sent. So an unexpected type is not an error of the
//! surrounding object, and a number keeps all its digits. Pure.

use std::collections::BTreeMap;

use serde::de::value::MapDeserializer;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::domain::text;

/// Parses a JSON object; `None` if the text is anything else or lacks a required member.
pub fn parse_object<'de, T: Deserialize<'de>>(json: &'de str) -> Option<T> {
    // A derived struct would also accept an array and reject a repeated key. A map does neither.
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

/// Deserialises a string, boolean or number; `None` if the type is unexpected.
///
/// # Errors
/// Only if the text is not JSON, as for every function here.
pub fn scalar<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    raw(deserializer).map(parse_scalar)
}

/// Deserialises a string and trims it; `None` if it is empty then.
///
/// # Errors
/// See [`scalar`].
pub fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let string = scalar::<D, String>(deserializer)?;
    Ok(string.map(|string| text::trim(&string).to_owned()).filter(|string| !string.is_empty()))
}

/// Deserialises a string, or a number as its JSON text.
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

/// Like [`text`], but distinguishes null (`Some(None)`) from a missing or unexpected value (`None`).
///
/// # Errors
/// See [`scalar`].
pub fn nullable_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    let json = raw(deserializer)?;
    Ok(if json == "null" { Some(None) } else { parse_text(json).map(Some) })
}

/// Like [`object`], with the value of `null()` for null.
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

/// Deserialises an object, or the default if the value is anything else.
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

/// Deserialises a list of objects and skips items that are not objects.
///
/// # Errors
/// See [`scalar`].
pub fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Vec<T>>, D::Error> {
    Ok(parse_list(raw(deserializer)?, parse_object))
}

/// Deserialises a list of strings and skips other items. A single string becomes a list of one.
///
/// # Errors
/// See [`scalar`].
pub fn strings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let json = raw(deserializer)?;
    Ok(parse_list(json, parse_scalar).or_else(|| parse_scalar(json).map(|string| vec![string])))
}

/// Deserialises an object and keeps the members that are strings.
///
/// # Errors
/// See [`scalar`].
pub fn string_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let members: BTreeMap<String, &RawValue> = object(deserializer)?;
    Ok(members.into_iter().filter_map(|(key, value)| Some((key, parse_scalar(value.get())?))).collect())
}
