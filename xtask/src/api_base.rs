//! The API base of `cargo xtask dist --api-base`, and how the page is configured with it.

use anyhow::{Result, ensure};

use crate::index_html::{rewrite_connect_src, set_meta};
use crate::secure_url::{self, has_only};

const META: &str = "altostrat-api-base";

/// A URL or path that tokens may be sent to, safe to write into an attribute and a Content-Security-Policy.
#[derive(Debug, PartialEq)]
pub(crate) struct ApiBase {
    text: String,
    /// `None` for a path, which is on the page's own origin.
    origin: Option<String>,
}

impl ApiBase {
    /// Parses an API base. Stricter than the app: no host beyond ASCII and no IPv6, which a policy can't express.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let text = text.trim_end_matches('/');
        let (origin, path) = match secure_url::split(text) {
            Some((origin, path)) => (Some(origin), path),
            None => (None, text),
        };
        let is_path = path.split('/').skip(1).all(|part| !matches!(part, "" | "." | "..") && has_only(part, "-._~"));
        let is_safe = origin.is_some() || text.starts_with('/');
        ensure!(
            is_safe && is_path,
            "“{text}” can't be the API base. Use an https: URL, an http: URL of this machine or a path such as /api"
        );
        Ok(Self { text: text.to_owned(), origin })
    }

    /// Replaces the API base of a page and the origin that its policy permits requests to.
    pub(crate) fn apply_to(&self, html: &str) -> Result<String> {
        let origin = self.origin.iter().map(|origin| format!(" {origin}")).collect();
        rewrite_connect_src(&set_meta(html, META, &self.text)?, |_| origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self' https://v1.api.altostrat.io; base-uri 'none'"><meta name="altostrat-api-base" content="https://v1.api.altostrat.io"><meta name="x" content="https://v1.api.altostrat.io">"#;

    fn rewritten(base: &str) -> String {
        ApiBase::parse(base).unwrap().apply_to(PAGE).unwrap()
    }

    #[test]
    fn the_api_base_and_its_policy_change_together() {
        for (base, text, sources) in [
            ("https://api.example.com", "https://api.example.com", "'self' https://api.example.com"),
            (
                "https://api.example.com:8443/v1/",
                "https://api.example.com:8443/v1",
                "'self' https://api.example.com:8443",
            ),
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000", "'self' http://127.0.0.1:9000"),
            ("/api", "/api", "'self'"),
            ("/altostrat/v1", "/altostrat/v1", "'self'"),
        ] {
            let expected = PAGE.replacen("'self' https://v1.api.altostrat.io", sources, 1).replacen(
                "base\" content=\"https://v1.api.altostrat.io",
                &format!("base\" content=\"{text}"),
                1,
            );
            assert_eq!(rewritten(base), expected);
        }
    }

    #[test]
    fn the_api_base_can_be_rewritten_again() {
        let page = ApiBase::parse("https://v1.api.altostrat.io").unwrap().apply_to(&rewritten("/api")).unwrap();
        assert_eq!(page, PAGE);
    }

    #[test]
    fn an_unsafe_or_unnameable_api_base_is_rejected() {
        for bad in [
            "",
            "/",
            "api",
            "api.example.com",
            "http://api.example.com",
            "ftp://x",
            "//evil.example",
            "/\\evil.example",
            "/a//b",
            "/a/../b",
            "https://",
            "https:///x",
            "https://a@b",
            "https://a:b",
            "https://a:0",
            "https://a:70000",
            "https://a?b",
            "/api#",
            "https://a b",
            "https://a;script-src *",
            "https://a\"><script>",
            "/api' *",
            "https://*",
            "http://localhost.evil.example",
            "http://127.0.0.1@evil.example",
            "http://[::1]:80",
            "javascript:0",
            "https://ä.de",
        ] {
            assert!(ApiBase::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_without_the_meta_or_one_policy_is_rejected() {
        let base = ApiBase::parse("/api").unwrap();
        for page in [PAGE.replace(META, "other"), PAGE.replace("connect-src 'self'", "connect-src"), PAGE.repeat(2)] {
            assert!(base.apply_to(&page).is_err(), "{page}");
        }
    }

    #[test]
    fn the_page_of_this_project_can_be_rewritten() {
        let html = std::fs::read_to_string(crate::process::root().join("index.html")).unwrap();
        let page = ApiBase::parse("/api").unwrap().apply_to(&html).unwrap();
        assert!(page.contains("content=\"/api\"") && page.contains("connect-src 'self'; base-uri"), "{page}");
        assert!(!page.contains("v1.api.altostrat.io"), "{page}");
    }
}
