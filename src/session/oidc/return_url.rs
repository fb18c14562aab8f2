//! The page that the user returns to after signing in: a path of this origin with its query.

/// Where the provider returns to.
pub const CALLBACK_PATH: &str = "/callback";

/// Longest URL that is kept, in bytes.
const MAX_LENGTH: usize = 2000;

/// A path of this origin with its query. It never names another host, nor `/callback`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnUrl(String);

impl Default for ReturnUrl {
    /// The start page.
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl ReturnUrl {
    /// Reads a path with its query. A fragment is left out, and so is a query that is too long. `None` for anything that
    /// could lead to another origin, and for `/callback`, which isn't a page to return to.
    pub fn parse(text: &str) -> Option<Self> {
        let url = text.split('#').next().unwrap_or_default();
        let path = url.split('?').next().unwrap_or_default();
        // A browser drops tabs and line breaks from a URL, and reads `\` in a path as `/`: each could hide a second slash.
        if url.contains(|c: char| c.is_control() || c.is_whitespace()) || path.contains('\\') {
            return None;
        }
        let kept = if url.len() > MAX_LENGTH { path } else { url };
        let is_path = path.starts_with('/') && !path.starts_with("//") && path.len() <= MAX_LENGTH;
        (is_path && path.trim_end_matches('/') != CALLBACK_PATH).then(|| Self(kept.to_owned()))
    }

    /// The path and the query.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_with_its_query_is_kept() {
        for url in ["/", "/?a=b", "/workspaces/ws_1/billing-accounts/new?name=A%20B&x=//y", "/callback/x", "/%5Cx"] {
            assert_eq!(ReturnUrl::parse(url).unwrap().as_str(), url);
        }
        assert_eq!(ReturnUrl::parse("/a?b=c#d").unwrap().as_str(), "/a?b=c");
        assert_eq!(ReturnUrl::parse("/a?b=\\c").unwrap().as_str(), "/a?b=\\c");
    }

    #[test]
    fn a_query_that_is_too_long_is_dropped_and_the_path_kept() {
        let query = "x".repeat(MAX_LENGTH);
        assert_eq!(ReturnUrl::parse(&format!("/a?{query}")).unwrap().as_str(), "/a");
    }

    #[test]
    fn another_origin_and_the_callback_are_rejected() {
        for url in [
            "",
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\n//evil.example",
            "javascript:alert(1)",
            "workspaces",
            "?a=b",
            "#/a",
            "/callback",
            "/callback/",
            "/callback?code=x",
        ] {
            assert_eq!(ReturnUrl::parse(url), None, "{url:?}");
        }
        assert_eq!(ReturnUrl::parse(&format!("/{}", "x".repeat(MAX_LENGTH))), None);
    }

    proptest! {
        #[test]
        fn every_return_url_stays_on_this_origin(text in r"[/\\:?#@a-z.\t\n]{0,12}") {
            if let Some(kept) = ReturnUrl::parse(&text) {
                let base = url::Url::parse("https://app.example/here").unwrap();
                let resolved = base.join(kept.as_str()).unwrap();
                prop_assert_eq!(resolved.origin(), base.origin());
            }
        }
    }
}
