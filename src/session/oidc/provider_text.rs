//! A text that the provider sent for the user, such as `error_description`: shown as plain text, and short.

use std::fmt;

/// Longest text that is shown, in characters.
const MAX_CHARS: usize = 200;

/// A provider's text without control characters, invisible direction marks and surrounding space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderText(String);

impl ProviderText {
    /// Cleans a text; `None` when nothing is left to show.
    pub fn new(text: &str) -> Option<Self> {
        // Unicode's direction marks (UAX #9) could make a sentence read as another one.
        let is_invisible = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        let visible: String =
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect();
        let words: Vec<&str> = visible.split_whitespace().collect();
        let text = words.join(" ");
        let cut: String = text.chars().take(MAX_CHARS).collect();
        let shown = if cut.len() < text.len() { cut + "…" } else { cut };
        (!shown.is_empty()).then_some(Self(shown))
    }

    /// Cleans a text, and drops it when it repeats a secret that was sent: a provider may quote the code in its error.
    pub(super) fn without_secrets(text: &str, secrets: &[&str]) -> Option<Self> {
        if secrets.iter().any(|secret| !secret.is_empty() && text.contains(secret)) { None } else { Self::new(text) }
    }

    /// The text to show.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProviderText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cleaned_and_cut() {
        let clean = |text: &str| ProviderText::new(text).map(|text| text.to_string());
        assert_eq!(clean(" Service\n not\u{202e} found\0 "), Some("Service not found".into()));
        assert_eq!(clean("<b>x</b>"), Some("<b>x</b>".into()));
        assert_eq!(clean(" \u{200b}\n"), None);
        let long = clean(&"é".repeat(300)).unwrap();
        assert_eq!((long.chars().count(), long.ends_with('…')), (MAX_CHARS + 1, true));
    }

    #[test]
    fn a_text_that_repeats_a_secret_is_dropped() {
        assert_eq!(ProviderText::without_secrets("code abc is unknown", &["", "abc"]), None);
        assert!(ProviderText::without_secrets("code is unknown", &["", "abc"]).is_some());
    }
}
