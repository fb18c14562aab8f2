//! The token request of a sign-in: a [`CheckedCallback`] becomes [`Tokens`].
//!
//! Invariant: `Tokens` are made here alone, and only from a reply whose ID token passed every check.

use super::authorize::RedirectUri;
use super::callback::{AuthorizationCode, CheckedCallback};
use super::config::OidcConfig;
use super::discovery::ProviderMetadata;
use super::http::{NetworkError, ProviderRequest, ProviderResponse};
use super::id_token::{Expected, IdToken};
use super::return_url::ReturnUrl;
use super::secret::Secret;
use super::token_response::{TokenEndpointError, TokenResponse};
use super::transaction::Transaction;
use crate::session::token::{Claims, Token};

/// Gets new access tokens without the user. Kept in memory, never stored, and replaced at each use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken(Secret);

impl RefreshToken {
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The checked tokens of one user.
#[derive(Debug, Clone, PartialEq)]
pub struct Tokens {
    /// Authorises the API's requests.
    pub access: Token,
    /// Whose session it is and when the access token ends.
    pub claims: Claims,
    pub(super) refresh: Option<RefreshToken>,
    pub(super) id: IdToken,
    /// When the reply came, in milliseconds since 1970.
    pub(super) received_at: f64,
}

/// A user who has just signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedIn {
    /// The tokens.
    pub tokens: Tokens,
    /// The page that the user asked for.
    pub return_to: ReturnUrl,
    /// Whether "Stay signed in in this tab" was ticked.
    pub remember: bool,
}

/// A token request that waits for its reply.
#[derive(Debug)]
pub struct PendingExchange {
    code: AuthorizationCode,
    transaction: Transaction,
}

/// The token request. It is sent once: a code works once.
pub fn begin(
    checked: CheckedCallback,
    config: &OidcConfig,
    metadata: &ProviderMetadata,
    redirect_uri: &RedirectUri,
) -> (ProviderRequest, PendingExchange) {
    let CheckedCallback { code, transaction } = checked;
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", config.client_id()),
        ("code", code.expose()),
        ("code_verifier", transaction.secrets.verifier.expose()),
        ("redirect_uri", redirect_uri.as_str()),
    ];
    let request = ProviderRequest::post(metadata.token_endpoint.as_str().to_owned(), &parameters);
    (request, PendingExchange { code, transaction })
}

impl PendingExchange {
    /// Checks the reply that came at `now`, in milliseconds since 1970.
    ///
    /// # Errors
    /// The reason why the sign-in failed.
    pub fn finish(
        self,
        reply: Result<ProviderResponse, NetworkError>,
        config: &OidcConfig,
        now: f64,
    ) -> Result<SignedIn, TokenEndpointError> {
        let Transaction { secrets, return_to, remember, .. } = self.transaction;
        let reply = reply.map_err(TokenEndpointError::NoReply)?;
        let response = TokenResponse::parse(&reply, &[self.code.expose(), secrets.verifier.expose()])?;
        let id_token = response.id_token.as_ref().ok_or(TokenEndpointError::Unreadable)?;
        let id = IdToken::verify(id_token.expose(), config, Expected::SignIn(&secrets.nonce), now)
            .map_err(TokenEndpointError::IdToken)?;
        let tokens = Tokens::new(&response, id, None, now)?;
        Ok(SignedIn { tokens, return_to, remember })
    }
}

impl Tokens {
    /// Joins a reply with its checked ID token. `before` is the refresh token that a renewal used: it stays unless the
    /// reply has a new one (RFC 6749, section 6).
    pub(super) fn new(
        response: &TokenResponse,
        id: IdToken,
        before: Option<RefreshToken>,
        now: f64,
    ) -> Result<Self, TokenEndpointError> {
        let (access, claims) = Token::parse(response.access_token.expose()).map_err(TokenEndpointError::AccessToken)?;
        let ends_at = claims.ends_at.or_else(|| response.expires_in.map(|lifetime| now + lifetime));
        if let Some(expired_at) = ends_at.filter(|end| *end <= now) {
            return Err(TokenEndpointError::ExpiredOnArrival { expired_at });
        }
        // An access token need not say who the user is; the ID token does.
        let claims = Claims {
            sub: claims.sub.or_else(|| Some(id.sub.clone())),
            name: claims.name.or_else(|| id.name.clone()),
            email: claims.email.or_else(|| id.email.clone()),
            ends_at,
        };
        let refresh = response.refresh_token.clone().map(RefreshToken).or(before);
        Ok(Self { access, claims, refresh, id, received_at: now })
    }

    /// Whether they can be renewed without the user.
    pub const fn can_renew(&self) -> bool {
        self.refresh.is_some()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::callback::Callback;
    use super::super::fixtures::{
        NOW, NOW_SECONDS, config, id_claims, jwt, metadata, reply, token_body, transaction, with,
    };
    use super::super::form_encoding;
    use super::super::id_token::IdTokenError;
    use super::super::provider_text::ProviderText;
    use super::*;

    fn checked() -> CheckedCallback {
        let query = format!("code=code-marker&state={}", transaction().secrets.state.expose());
        Callback::parse(&query).check(Some(transaction()), &config(), NOW).unwrap()
    }

    fn pending() -> (ProviderRequest, PendingExchange) {
        begin(checked(), &config(), &metadata(), &RedirectUri::of_origin("https://app.example.com"))
    }

    fn finish(status: u16, body: &Value) -> Result<SignedIn, TokenEndpointError> {
        pending().1.finish(Ok(reply(status, body)), &config(), NOW)
    }

    #[test]
    fn the_request_proves_who_asked_for_the_code() {
        let (request, _) = pending();
        assert_eq!(request.url(), "https://id.example.com/oauth/token");
        let secrets = transaction().secrets;
        let expected = [
            ("grant_type", "authorization_code"),
            ("client_id", "client"),
            ("code", "code-marker"),
            ("code_verifier", secrets.verifier.expose()),
            ("redirect_uri", "https://app.example.com/callback"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(form_encoding::decode(request.form().unwrap()), expected);
    }

    #[test]
    fn a_checked_reply_signs_the_user_in_on_the_page_asked_for() {
        let signed_in = finish(200, &token_body()).unwrap();
        assert_eq!(signed_in.return_to, transaction().return_to);
        assert_eq!(signed_in.tokens.claims.name.as_deref(), Some("Olivia Owner"));
        assert_eq!(signed_in.tokens.claims.ends_at, Some(NOW + 86_400_000.0));
        assert!(signed_in.tokens.can_renew());
    }

    #[test]
    fn the_access_token_s_own_claims_come_first() {
        let access = json!({ "sub": "auth0|9", "name": "Other Name", "exp": NOW_SECONDS + 60 });
        let claims = finish(200, &with(token_body(), "access_token", json!(jwt(&access)))).unwrap().tokens.claims;
        assert_eq!((claims.sub.as_deref(), claims.name.as_deref()), (Some("auth0|9"), Some("Other Name")));
        assert_eq!(claims.ends_at, Some(NOW + 60_000.0));
    }

    #[test]
    fn without_an_end_in_the_token_its_lifetime_counts() {
        let access = jwt(&json!({ "sub": "auth0|1" }));
        let body = with(token_body(), "access_token", json!(access));
        assert_eq!(finish(200, &body).unwrap().tokens.claims.ends_at, Some(NOW + 86_400_000.0));
        let body = with(body, "expires_in", Value::Null);
        assert_eq!(finish(200, &body).unwrap().tokens.claims.ends_at, None);
    }

    #[test]
    fn a_malformed_reply_signs_nobody_in() {
        for (key, value) in [
            ("access_token", Value::Null),
            ("access_token", json!(7)),
            ("id_token", Value::Null),
            ("token_type", Value::Null),
            ("token_type", json!("DPoP")),
        ] {
            assert_eq!(finish(200, &with(token_body(), key, value)), Err(TokenEndpointError::Unreadable), "{key}");
        }
        assert_eq!(finish(200, &json!([1])), Err(TokenEndpointError::Unreadable));
        let html = ProviderResponse { status: 200, body: "<html>".into() };
        assert_eq!(pending().1.finish(Ok(html), &config(), NOW), Err(TokenEndpointError::Unreadable));
        let opaque = finish(200, &with(token_body(), "access_token", json!("opaque")));
        assert!(matches!(opaque, Err(TokenEndpointError::AccessToken(_))));
    }

    #[test]
    fn an_id_token_that_fails_a_check_signs_nobody_in() {
        let id_token = jwt(&with(id_claims(), "nonce", json!("x")));
        let error = TokenEndpointError::IdToken(IdTokenError::WrongNonce);
        assert_eq!(finish(200, &with(token_body(), "id_token", json!(id_token))), Err(error));
    }

    #[test]
    fn an_access_token_that_is_expired_on_arrival_signs_nobody_in() {
        let access = jwt(&json!({ "sub": "auth0|1", "exp": NOW_SECONDS }));
        let error = TokenEndpointError::ExpiredOnArrival { expired_at: NOW };
        assert_eq!(finish(200, &with(token_body(), "access_token", json!(access))), Err(error));
    }

    #[test]
    fn a_refusal_is_named_without_the_code() {
        let refused = |description: &str| {
            let body = json!({ "error": "invalid_grant", "error_description": description });
            finish(400, &body).unwrap_err()
        };
        let error = ProviderText::new("invalid_grant");
        let description = ProviderText::new("Expired");
        assert_eq!(refused("Expired"), TokenEndpointError::Refused { error: error.clone(), description });
        assert_eq!(refused("code-marker is used"), TokenEndpointError::Refused { error, description: None });
    }

    #[test]
    fn a_failure_without_an_oauth_error_is_its_status() {
        for (status, body) in [(400, json!({})), (404, json!("x")), (500, json!({ "error": "x" })), (302, json!({}))] {
            assert_eq!(finish(status, &body), Err(TokenEndpointError::Status(status)));
        }
        let lost = pending().1.finish(Err(NetworkError::Timeout), &config(), NOW);
        assert_eq!(lost, Err(TokenEndpointError::NoReply(NetworkError::Timeout)));
    }

    #[test]
    fn debug_redacts_every_token() {
        let shown = format!("{:?} {:?}", pending(), finish(200, &token_body()).unwrap());
        let body = token_body();
        for secret in [
            "code-marker",
            "refresh-marker",
            body["access_token"].as_str().unwrap(),
            body["id_token"].as_str().unwrap(),
        ] {
            assert!(!shown.contains(secret), "{secret}");
        }
    }
}
