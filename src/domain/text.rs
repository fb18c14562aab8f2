//! Trimming and counting text in the same way as the API.

use std::fmt;

/// The invisible characters that Laravel trims from both ends of a value, in addition to white space.
///
/// Source: `Illuminate\Support\Str::INVISIBLE_CHARACTERS`, which `Str::trim` and the `TrimStrings` middleware use. The
/// list omits characters that are white space anyway (tab, no-break space, U+2000 to U+200A …). It includes NUL, which
/// PHP's `trim` removes.
pub const INVISIBLE: &[char] = &[
    '\u{0}',
    '\u{AD}',
    '\u{34F}',
    '\u{61C}',
    '\u{115F}',
    '\u{1160}',
    '\u{17B4}',
    '\u{17B5}',
    '\u{180E}',
    '\u{200B}',
    '\u{200C}',
    '\u{200D}',
    '\u{200E}',
    '\u{200F}',
    '\u{2060}',
    '\u{2061}',
    '\u{2062}',
    '\u{2063}',
    '\u{2064}',
    '\u{2065}',
    '\u{206A}',
    '\u{206B}',
    '\u{206C}',
    '\u{206D}',
    '\u{206E}',
    '\u{206F}',
    '\u{2800}',
    '\u{3164}',
    '\u{FEFF}',
    '\u{FFA0}',
    '\u{1D159}',
    '\u{1D173}',
    '\u{1D174}',
    '\u{1D175}',
    '\u{1D176}',
    '\u{1D177}',
    '\u{1D178}',
    '\u{1D179}',
    '\u{1D17A}',
    '\u{E0020}',
];

/// Trims white space and [`INVISIBLE`] characters from both ends, like the API.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || INVISIBLE.contains(&c))
}

/// A label inside of a sentence: "postcode", but "ZIP code" and "Eircode".
pub fn in_sentence(label: &str) -> String {
    let mut text = label.to_owned();
    let is_name = label == "Eircode" || label.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    if let Some(first) = text.get_mut(..1).filter(|_| !is_name) {
        first.make_ascii_lowercase();
    }
    text
}

/// The length of a text in Unicode code points, the unit of the API's limits: `👍` is 1, a family emoji is 7.
///
/// Laravel's `max:N` rule counts with `mb_strlen`.
pub fn char_count(text: &str) -> usize {
    text.chars().count()
}

/// Why a value is rejected, as data. [`Field::error_message`](crate::domain::Field::error_message) makes the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValidationError {
    /// A required value is empty or has only invisible characters.
    Empty,
    /// The value exceeds its length limit.
    TooLong {
        /// The limit, in code points.
        max: usize,
        /// The length of the trimmed value, in code points.
        actual: usize,
    },
    /// The value does not have the format of an email address.
    NotAnEmail,
    /// The value is not a currency that the API accepts.
    NotACurrency,
    /// The value is not a country code.
    NotACountry,
}

/// A value that can be sent. Invariant: it is trimmed, not empty, and accepted by
/// [`Field::parse`](crate::domain::Field::parse), which is its only constructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue(String);

impl FieldValue {
    pub(super) fn trimmed(text: &str) -> Option<Self> {
        let text = trim(text);
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The value's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` has the format of an email address: a name, one `@`, a domain with a dot, and no white space. The
/// check is loose on purpose; the API decides.
pub(super) fn looks_like_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    !name.is_empty()
        && !name.contains('@')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_in_a_sentence_keeps_its_abbreviations() {
        for (label, expected) in [
            ("Postcode", "postcode"),
            ("Town or city", "town or city"),
            ("ZIP code", "ZIP code"),
            ("Eircode", "Eircode"),
        ] {
            assert_eq!(in_sentence(label), expected);
        }
        assert_eq!(in_sentence(""), "");
    }

    #[test]
    fn characters_are_code_points() {
        for (text, count) in [("👍", 1), ("👨‍👩‍👧‍👦", 7), ("🇬🇧", 2), ("e\u{301}", 2), ("é", 1), ("", 0)]
        {
            assert_eq!(char_count(text), count, "{text:?}");
        }
    }

    #[test]
    fn trims_what_laravel_trims_and_nothing_inside() {
        assert_eq!(trim("\u{FEFF}\u{200B} a\u{200B}b \u{AD}\n"), "a\u{200B}b");
        for &c in INVISIBLE {
            assert_eq!(trim(&format!("{c}x{c}")), "x", "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn a_value_of_invisible_characters_alone_is_empty() {
        assert_eq!(FieldValue::trimmed("\u{200B}\u{200B}"), None);
        assert_eq!(FieldValue::trimmed(""), None);
    }

    #[test]
    fn recognises_the_format_of_an_email_address() {
        for accepted in ["name@example.com", "billing+eu@a.b.co", "ünï@bücher.example", "o'neil@x.io", "a@1.2"] {
            assert!(looks_like_email(accepted), "{accepted}");
        }
        for rejected in
            ["", "a", "@", "a@", "@b.c", "a@b", "a b@c.d", "a@b..c", "a@.c", "a@b.", "a@@b.c", "a@b@c.d", "a@b.c\u{7}"]
        {
            assert!(!looks_like_email(rejected), "{rejected}");
        }
    }
}
