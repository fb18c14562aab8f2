//! The authorization request: the URL of the provider's page, and the transaction that its callback must match.

use super::config::OidcConfig;
use super::discovery::ProviderMetadata;
use super::form_encoding;
use super::pkce::{Challenge, RequestSecrets};
use super::return_url::{CALLBACK_PATH, ReturnUrl};
use super::secret::Secret;
use super::transaction::Transaction;

/// `offline_access` asks for a refresh token (OpenID Connect Core 1.0, section 11).
const SCOPE: &str = "openid profile email offline_access";

/// Where the provider returns to: the callback page of this origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// The callback page of an origin such as `https://billing.example.com`.
    pub fn of_origin(origin: &str) -> Self {
        Self(format!("{origin}{CALLBACK_PATH}"))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The choices behind "Sign in".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignInRequest {
    /// The page to return to.
    pub return_to: ReturnUrl,
    /// Whether "Stay signed in in this tab" is ticked.
    pub remember: bool,
    /// Send `prompt=none`: the provider answers at once, from its own session, and asks the user nothing.
    pub is_silent: bool,
}

/// A URL to send the user to. It holds `state` and `nonce`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationUrl(Secret);

impl AuthorizationUrl {
    /// The URL, to navigate to.
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// Builds the URL of the provider's page and the transaction to keep until the callback; `now` is in milliseconds since
/// 1970.
pub fn begin(
    config: &OidcConfig,
    metadata: &ProviderMetadata,
    redirect_uri: &RedirectUri,
    request: SignInRequest,
    secrets: RequestSecrets,
    challenge: &Challenge,
    now: f64,
) -> (AuthorizationUrl, Transaction) {
    let mut parameters = vec![
        ("response_type", "code"),
        ("response_mode", "query"),
        ("client_id", config.client_id()),
        ("redirect_uri", redirect_uri.as_str()),
        ("scope", SCOPE),
        ("audience", config.audience()),
        ("state", secrets.state.expose()),
        ("nonce", secrets.nonce.expose()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    if request.is_silent {
        parameters.push(("prompt", "none"));
    }
    let url = metadata.authorization_endpoint.with_query(&form_encoding::encode(&parameters));
    let SignInRequest { return_to, remember, is_silent } = request;
    let requires_iss = metadata.sends_iss;
    let url = AuthorizationUrl(Secret::new(&url));
    (url, Transaction { secrets, return_to, remember, is_silent, requires_iss, started_at: now })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{NOW, config, metadata, secrets, transaction};
    use super::*;

    fn url(is_silent: bool) -> (AuthorizationUrl, Transaction) {
        let request = SignInRequest { return_to: transaction().return_to, remember: false, is_silent };
        let redirect_uri = RedirectUri::of_origin("https://app.example.com");
        let challenge = Challenge::from_sha256([0; 32]);
        begin(&config(), &metadata(), &redirect_uri, request, secrets(), &challenge, NOW)
    }

    #[test]
    fn the_request_uses_the_code_flow_with_s256() {
        let (url, transaction) = url(false);
        let (endpoint, query) = url.expose().split_once('?').unwrap();
        assert_eq!(endpoint, "https://id.example.com/authorize");
        let parameters = form_encoding::decode(query);
        let expected = [
            ("response_type", "code"),
            ("response_mode", "query"),
            ("client_id", "client"),
            ("redirect_uri", "https://app.example.com/callback"),
            ("scope", "openid profile email offline_access"),
            ("audience", "https://api.altostrat.io"),
            ("state", transaction.secrets.state.expose()),
            ("nonce", transaction.secrets.nonce.expose()),
            ("code_challenge", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            ("code_challenge_method", "S256"),
        ];
        assert_eq!(parameters, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(!url.expose().contains(transaction.secrets.verifier.expose()));
    }

    #[test]
    fn only_a_silent_request_has_prompt_none() {
        assert!(!url(false).0.expose().contains("prompt"));
        let (url, transaction) = url(true);
        assert!(url.expose().ends_with("&prompt=none") && transaction.is_silent);
    }

    #[test]
    fn debug_redacts_the_url() {
        assert!(!format!("{:?}", url(false).0).contains("https"));
    }
}
