//! JSON as text, in and out of `serde_json`'s [`Value`]. Pure.
//!
//! `serde_json` reads and writes any number exactly: 24 KB of the bundle, most of it tables that no compression makes
//! smaller. Here a number that is not whole stays the text that it is. Held to `serde_json` by tests on the host.

mod reader;

use serde_json::Value;

pub use reader::read;

/// More tens than these make any number nothing, or too large.
const TENS: i32 = 400;

/// A number that [`read`] gave, as a float: exact when it is whole and below 2^53, else right to some 12 digits, which
/// is enough for a time.
pub fn number(json: &Value) -> Option<f64> {
    let text = match json {
        Value::Number(whole) => return whole.as_i64().map(|n| n as f64).or_else(|| whole.as_u64().map(|n| n as f64)),
        Value::String(text) => text,
        _ => return None,
    };
    // A text that was in quotes may hold anything; one that was a number holds these.
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E')) {
        return None;
    }
    let (text, sign) = text.strip_prefix('-').map_or((&text[..], 1.0), |text| (text, -1.0));
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() {
        return None;
    }
    let mut number = 0.0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        number = number * 10.0 + f64::from(digit.wrapping_sub(b'0'));
    }
    if number == 0.0 {
        return Some(0.0);
    }
    let beyond = if exponent.starts_with('-') { i32::MIN } else { i32::MAX };
    let tens = exponent.parse().unwrap_or(beyond).saturating_sub(i32::try_from(fraction.len()).ok()?);
    // One division is nearer than many multiplications by a tenth.
    let mut scale = 1.0;
    for _ in 0..tens.unsigned_abs().min(TENS.unsigned_abs()) {
        scale *= 10.0;
    }
    Some(sign * if tens < 0 { number / scale } else { number * scale })
}

/// Writes what holds whole numbers alone, without a blank.
pub fn write(json: &Value) -> String {
    let mut text = String::new();
    write_to(&mut text, json);
    text
}

fn write_to(text: &mut String, json: &Value) {
    match json {
        Value::Null => *text += "null",
        Value::Bool(true) => *text += "true",
        Value::Bool(false) => *text += "false",
        Value::Number(whole) => match (whole.as_i64(), whole.as_u64()) {
            (Some(n), _) => *text += &n.to_string(),
            (_, Some(n)) => *text += &n.to_string(),
            // There is none.
            (None, None) => *text += "null",
        },
        Value::String(string) => write_string(text, string),
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_to(text, item);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (at, (key, value)) in members.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_string(text, key);
                text.push(':');
                write_to(text, value);
            }
            text.push('}');
        }
    }
}

fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for c in string.chars() {
        let short = match c {
            '"' | '\\' => c,
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\0'..=' ' if c != ' ' => {
                *text += "\\u00";
                let digit = |four: u32| char::from_digit(four, 16).unwrap_or_default();
                text.extend([digit(c as u32 >> 4), digit(c as u32 & 15)]);
                continue;
            }
            _ => {
                text.push(c);
                continue;
            }
        };
        text.extend(['\\', short]);
    }
    text.push('"');
}
