//! The provider's metadata: OpenID Connect Discovery 1.0.

use serde::Deserialize;

use super::config::OidcConfig;
use super::http::{ProviderRequest, ProviderResponse};
use super::secure_url::SecureUrl;
use crate::lenient;

/// The checked metadata of the configured issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderMetadata {
    pub(super) authorization_endpoint: SecureUrl,
    pub(super) token_endpoint: SecureUrl,
    pub(super) end_session_endpoint: Option<SecureUrl>,
    /// Whether every callback of this provider has an `iss` (RFC 9207, section 3).
    pub(super) sends_iss: bool,
}

/// The reason why a discovery document is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiscoveryError {
    /// The reply has another status than 200.
    Status(u16),
    /// The reply isn't a JSON object, or lacks the issuer or an endpoint that sign-in needs.
    Unreadable,
    /// The document belongs to another issuer than the configured one.
    OtherIssuer {
        /// The issuer of the page's meta.
        configured: String,
        /// The issuer of the document.
        found: String,
    },
    /// An endpoint is neither `https:` nor on loopback. The text is its name.
    InsecureEndpoint(&'static str),
    /// The provider says which code challenge methods it supports, and `S256` is not among them.
    NoS256,
}

#[derive(Deserialize)]
struct Document {
    #[serde(default, deserialize_with = "lenient::scalar")]
    issuer: Option<String>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    authorization_endpoint: Option<String>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    token_endpoint: Option<String>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    end_session_endpoint: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    authorization_response_iss_parameter_supported: Option<bool>,
}

/// The request for the discovery document.
pub fn request(config: &OidcConfig) -> ProviderRequest {
    ProviderRequest::get(config.below_issuer("/.well-known/openid-configuration"))
}

impl ProviderMetadata {
    /// Reads the reply to [`request`].
    ///
    /// # Errors
    /// The reason why the document is rejected.
    pub fn parse(response: &ProviderResponse, config: &OidcConfig) -> Result<Self, DiscoveryError> {
        if response.status != 200 {
            return Err(DiscoveryError::Status(response.status));
        }
        let document: Document = lenient::parse_object(&response.body).ok_or(DiscoveryError::Unreadable)?;
        let found = document.issuer.ok_or(DiscoveryError::Unreadable)?;
        if found != config.issuer().as_str() {
            return Err(DiscoveryError::OtherIssuer { configured: config.issuer().to_string(), found });
        }
        let secure = |name, url: &str| SecureUrl::parse(url).map_err(|_| DiscoveryError::InsecureEndpoint(name));
        let required = |name, url: Option<String>| secure(name, &url.ok_or(DiscoveryError::Unreadable)?);
        let authorization_endpoint = required("authorization_endpoint", document.authorization_endpoint)?;
        let token_endpoint = required("token_endpoint", document.token_endpoint)?;
        let end_session_endpoint =
            document.end_session_endpoint.map(|url| secure("end_session_endpoint", &url)).transpose()?;
        let methods = document.code_challenge_methods_supported;
        if methods.is_some_and(|methods| !methods.iter().any(|method| method == "S256")) {
            return Err(DiscoveryError::NoS256);
        }
        let sends_iss = document.authorization_response_iss_parameter_supported.unwrap_or_default();
        Ok(Self { authorization_endpoint, token_endpoint, end_session_endpoint, sends_iss })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixtures::config;
    use super::*;

    fn parse(document: &Value) -> Result<ProviderMetadata, DiscoveryError> {
        ProviderMetadata::parse(&ProviderResponse { status: 200, body: document.to_string() }, &config())
    }

    fn document(key: &str, value: Value) -> Value {
        let mut document = json!({
            "issuer": "https://id.example.com/",
            "authorization_endpoint": "https://id.example.com/authorize",
            "token_endpoint": "https://id.example.com/oauth/token",
        });
        document[key] = value;
        document
    }

    #[test]
    fn discovery_is_requested_below_the_issuer() {
        assert_eq!(request(&config()).url(), "https://id.example.com/.well-known/openid-configuration");
    }

    #[test]
    fn a_document_of_the_configured_issuer_is_read() {
        let metadata = parse(&document("end_session_endpoint", json!("https://id.example.com/bye"))).unwrap();
        assert_eq!(metadata.token_endpoint.as_str(), "https://id.example.com/oauth/token");
        assert_eq!(metadata.end_session_endpoint.unwrap().as_str(), "https://id.example.com/bye");
        assert!(!metadata.sends_iss);
        let metadata = parse(&document("authorization_response_iss_parameter_supported", json!(true)));
        assert!(metadata.unwrap().sends_iss);
    }

    #[test]
    fn a_document_of_another_issuer_is_rejected() {
        for found in ["https://id.example.com", "https://evil.example/", ""] {
            let error =
                DiscoveryError::OtherIssuer { configured: "https://id.example.com/".into(), found: found.into() };
            assert_eq!(parse(&document("issuer", json!(found))), Err(error));
        }
    }

    #[test]
    fn an_endpoint_without_https_is_rejected() {
        for name in ["authorization_endpoint", "token_endpoint", "end_session_endpoint"] {
            let error = Err(DiscoveryError::InsecureEndpoint(name));
            assert_eq!(parse(&document(name, json!("http://id.example.com/x"))), error);
            assert_eq!(parse(&document(name, json!("/x"))), error);
        }
    }

    #[test]
    fn a_provider_without_s256_is_rejected() {
        let methods = |methods: Value| parse(&document("code_challenge_methods_supported", methods));
        assert_eq!(methods(json!(["plain"])), Err(DiscoveryError::NoS256));
        assert!(methods(json!(["plain", "S256"])).is_ok());
    }

    #[test]
    fn a_reply_that_is_no_discovery_document_is_rejected() {
        for body in ["", "<html>", "[]", "null", "{}", r#"{"issuer":7}"#, r#"{"issuer":"https://id.example.com/"}"#] {
            let response = ProviderResponse { status: 200, body: body.to_owned() };
            assert_eq!(ProviderMetadata::parse(&response, &config()), Err(DiscoveryError::Unreadable), "{body}");
        }
        let response = ProviderResponse { status: 404, body: document("x", Value::Null).to_string() };
        assert_eq!(ProviderMetadata::parse(&response, &config()), Err(DiscoveryError::Status(404)));
    }
}
