//! Text as the API reads it: trimmed, then counted in Unicode code points.

use std::fmt;

/// Invisible characters that Laravel strips from both ends before it checks a value, besides white space.
///
/// Source: `Illuminate\Support\Str::INVISIBLE_CHARACTERS`, which `Str::trim` and the `TrimStrings` middleware use.
/// Those that are white space already (tab, no-break space, U+2000 to U+200A …) are left out here; NUL is in it
/// because PHP's own `trim` strips it.
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

/// `text` without white space and [`INVISIBLE`] characters at its ends, as the API will see it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || INVISIBLE.contains(&c))
}

/// The length that the API's limits are about: Unicode code points, so `👍` is 1 and a family emoji is 7.
///
/// Source: api.md; Laravel's `max:N` counts `mb_strlen`.
pub fn char_count(text: &str) -> usize {
    text.chars().count()
}

/// What is wrong with a value, as data. [`crate::domain::Field::sentence`] puts it into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValidationError {
    /// A required value is empty, or holds nothing visible.
    Empty,
    /// More code points than the API takes.
    TooLong {
        /// The API's limit, in code points.
        max: usize,
        /// What was typed, in code points, after trimming.
        actual: usize,
    },
    /// Not of the form `name@example.com`.
    NotAnEmail,
    /// Not one of the currencies that the API takes.
    NotACurrency,
    /// Not two capital letters.
    NotACountry,
}

/// A value that may be sent: trimmed, not empty, within its field's rule. Only [`crate::domain::Field::parse`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue(String);

impl FieldValue {
    pub(super) fn trimmed(text: &str) -> Option<Self> {
        let text = trim(text);
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The text to send.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` has the form of an email address: one `@` that parts a name from a domain with a dot, no white
/// space. Deliberately loose; the API has the last word.
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
    fn recognises_the_form_of_an_email_address() {
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
