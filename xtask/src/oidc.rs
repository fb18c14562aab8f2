//! The OpenID Connect provider of `cargo xtask dist --oidc-issuer`, and how the page is configured with it.

use anyhow::{Context, Result, ensure};

use crate::index_html::{rewrite_connect_src, set_meta};
use crate::secure_url::{self, has_only};

/// A provider whose values are safe to write into an attribute and a Content-Security-Policy.
#[derive(Debug, PartialEq)]
pub(crate) struct OidcProvider {
    /// Exactly as the provider names itself: Auth0's ends with a slash.
    issuer: String,
    /// The origin of the issuer, which the policy permits requests to.
    origin: String,
    client_id: String,
    /// Empty: the app's default.
    audience: String,
}

impl OidcProvider {
    /// Parses the three options. Without any there is no provider.
    pub(crate) fn parse(issuer: Option<&str>, client_id: Option<&str>, audience: Option<&str>) -> Result<Option<Self>> {
        if (issuer, client_id, audience) == (None, None, None) {
            return Ok(None);
        }
        let issuer =
            issuer.context("--oidc-issuer is missing: the provider's URL, such as https://example.eu.auth0.com/")?;
        let client_id = client_id.context("--oidc-client-id is missing: the provider shows it for the application")?;
        let audience = audience.unwrap_or_default();
        let origin = origin(issuer).with_context(|| {
            format!(
                "“{issuer}” can't be the issuer. Use the https: URL that the provider gives as its issuer, without a \
                 query, or an http: URL of this machine"
            )
        })?;
        ensure!(
            is_plain(client_id) && !client_id.is_empty(),
            "“{client_id}” can't be the client ID. Copy it from the provider: letters, digits and -._~:/@"
        );
        ensure!(
            is_plain(audience),
            "“{audience}” can't be the audience. Use the identifier of the API, such as https://api.altostrat.io"
        );
        let [issuer, client_id, audience] = [issuer, client_id, audience].map(str::to_owned);
        Ok(Some(Self { issuer, origin, client_id, audience }))
    }

    /// Writes the provider into a page, and permits requests to it.
    pub(crate) fn apply_to(&self, html: &str) -> Result<String> {
        let mut page = html.to_owned();
        for (name, content) in [
            ("altostrat-oidc-issuer", &self.issuer),
            ("altostrat-oidc-client-id", &self.client_id),
            ("altostrat-oidc-audience", &self.audience),
        ] {
            page = set_meta(&page, name, content)?;
        }
        rewrite_connect_src(&page, |sources| {
            let is_permitted = sources.split(' ').any(|source| source == self.origin);
            if is_permitted { sources.to_owned() } else { format!("{sources} {}", self.origin) }
        })
    }
}

/// The origin of an issuer; `None` for a URL that tokens must not be sent to or that a policy can't name.
fn origin(issuer: &str) -> Option<String> {
    let (origin, path) = secure_url::split(issuer)?;
    let is_path = is_plain(path) && !path.contains(['@', ':']) && !path.contains("//");
    is_path.then_some(origin)
}

fn is_plain(text: &str) -> bool {
    has_only(text, "-._~:/@")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<meta http-equiv="Content-Security-Policy" content="connect-src 'self' https://v1.api.altostrat.io; base-uri 'none'"><meta name="altostrat-oidc-issuer" content=""><meta name="altostrat-oidc-client-id" content=""><meta name="altostrat-oidc-audience" content="">"#;

    fn parse(issuer: &str, client_id: &str, audience: Option<&str>) -> Result<OidcProvider> {
        Ok(OidcProvider::parse(Some(issuer), Some(client_id), audience)?.expect("there are options"))
    }

    #[test]
    fn the_metas_and_the_policy_name_the_provider() {
        for (issuer, origin) in [
            ("https://example.eu.auth0.com/", "https://example.eu.auth0.com"),
            ("https://id.example.com:8443/tenant", "https://id.example.com:8443"),
            ("http://localhost:9000/oidc", "http://localhost:9000"),
        ] {
            let page = parse(issuer, "abc", Some("urn:x")).unwrap().apply_to(PAGE).unwrap();
            let expected = PAGE
                .replace("altostrat.io;", &format!("altostrat.io {origin};"))
                .replace(r#"issuer" content=""#, &format!(r#"issuer" content="{issuer}"#))
                .replace(r#"client-id" content=""#, r#"client-id" content="abc"#)
                .replace(r#"audience" content=""#, r#"audience" content="urn:x"#);
            assert_eq!(page, expected);
        }
    }

    #[test]
    fn an_origin_is_permitted_once() {
        let page = parse("https://v1.api.altostrat.io/oidc", "abc", None).unwrap().apply_to(PAGE).unwrap();
        assert_eq!(page.matches("https://v1.api.altostrat.io").count(), 2, "{page}");
    }

    #[test]
    fn a_wrong_issuer_is_rejected_with_its_text() {
        for bad in [
            "",
            "example.eu.auth0.com",
            "http://example.eu.auth0.com/",
            "https://",
            "https://a@b/",
            "https://example.com/?tenant=a",
            "https://example.com/#x",
            "https://example.com; script-src *",
            "https://example.com/\"><script>",
            "https://example.com//x",
            "https://*",
            "http://localhost.example.com",
            "http://[::1]:80",
            "javascript://x",
            "/oidc",
        ] {
            let error = parse(bad, "abc", None).unwrap_err().to_string();
            assert!(error.starts_with(&format!("“{bad}” can't be the issuer")), "{error}");
        }
    }

    #[test]
    fn a_wrong_client_id_or_audience_is_rejected() {
        for bad in ["", "a b", "a\"b", "a<b", "a'b", "ä"] {
            assert!(parse("https://id.example.com", bad, None).unwrap_err().to_string().contains("the client ID"));
        }
        for bad in ["a b", "\">"] {
            let error = parse("https://id.example.com", "abc", Some(bad)).unwrap_err().to_string();
            assert!(error.contains("the audience"), "{error}");
        }
    }

    #[test]
    fn a_page_without_the_metas_is_rejected() {
        let provider = parse("https://id.example.com", "abc", None).unwrap();
        for name in ["issuer", "client-id", "audience"] {
            assert!(provider.apply_to(&PAGE.replace(&format!("oidc-{name}"), "x")).is_err(), "{name}");
        }
    }
}
