//! The provider of this deployment: the page's `altostrat-oidc-…` metas, read once.

use super::secure_url::{SecureUrl, SecureUrlError};

/// The audience of the API's access tokens (the vendor's OAuth documentation).
pub const DEFAULT_AUDIENCE: &str = "https://api.altostrat.io";

/// The provider as the deployment names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcConfig {
    issuer: SecureUrl,
    client_id: String,
    audience: String,
}

/// A mistake in the metas. The deployment has to correct it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// The issuer is neither an `https:` URL nor on loopback, or it has a query. The text is the meta's.
    Issuer(String, IssuerError),
    /// There is an issuer and no client ID.
    NoClientId,
}

/// A mistake in the issuer's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerError {
    /// The URL itself.
    Url(SecureUrlError),
    /// An issuer has no query (OpenID Connect Discovery 1.0, section 3).
    HasQuery,
}

impl OidcConfig {
    /// Reads the content of the three metas. An empty one counts as missing; without an issuer there is no provider.
    ///
    /// # Errors
    /// The mistake in the metas.
    pub fn parse(
        issuer: Option<&str>,
        client_id: Option<&str>,
        audience: Option<&str>,
    ) -> Result<Option<Self>, ConfigError> {
        let [issuer, client_id, audience] =
            [issuer, client_id, audience].map(|text| text.map(str::trim).filter(|text| !text.is_empty()));
        let Some(issuer) = issuer else { return Ok(None) };
        let wrong = |error| ConfigError::Issuer(issuer.to_owned(), error);
        let url = SecureUrl::parse(issuer).map_err(|error| wrong(IssuerError::Url(error)))?;
        if url.has_query() {
            return Err(wrong(IssuerError::HasQuery));
        }
        let client_id = client_id.ok_or(ConfigError::NoClientId)?.to_owned();
        let audience = audience.unwrap_or(DEFAULT_AUDIENCE).to_owned();
        Ok(Some(Self { issuer: url, client_id, audience }))
    }

    /// The issuer, exactly as configured.
    pub const fn issuer(&self) -> &SecureUrl {
        &self.issuer
    }

    /// The ID under which the provider knows this app.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The API that the access token is for.
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// A path below the issuer; a slash at the issuer's end counts once (OpenID Connect Discovery 1.0, section 4).
    pub(super) fn below_issuer(&self, path: &str) -> String {
        format!("{}{path}", self.issuer.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_issuer_there_is_no_provider() {
        for issuer in [None, Some(""), Some("  ")] {
            assert_eq!(OidcConfig::parse(issuer, Some("client"), None), Ok(None));
        }
    }

    #[test]
    fn the_audience_is_the_api_unless_configured() {
        let audience =
            |text| OidcConfig::parse(Some("https://id.example.com/"), Some(" client "), text).unwrap().unwrap();
        assert_eq!(audience(None).audience(), "https://api.altostrat.io");
        assert_eq!(audience(Some("")).audience(), "https://api.altostrat.io");
        assert_eq!(audience(Some("https://other.example")).audience(), "https://other.example");
        assert_eq!(audience(None).client_id(), "client");
    }

    #[test]
    fn an_issuer_that_is_not_secure_is_named() {
        let parse = |issuer| OidcConfig::parse(Some(issuer), Some("client"), None).unwrap_err();
        let insecure = IssuerError::Url(SecureUrlError::NotSecure);
        assert_eq!(parse("http://id.example.com"), ConfigError::Issuer("http://id.example.com".into(), insecure));
        let query = "https://id.example.com?x=y";
        assert_eq!(parse(query), ConfigError::Issuer(query.into(), IssuerError::HasQuery));
    }

    #[test]
    fn an_issuer_needs_a_client_id() {
        for id in [None, Some(" ")] {
            assert_eq!(OidcConfig::parse(Some("https://id.example.com"), id, None), Err(ConfigError::NoClientId));
        }
    }
}
