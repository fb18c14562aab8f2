//! Values that the tests of this folder share.

#![cfg(test)]

use serde_json::{Value, json};

use super::config::OidcConfig;
use super::discovery::ProviderMetadata;
use super::http::ProviderResponse;
use super::pkce::RequestSecrets;
use super::return_url::ReturnUrl;
use super::transaction::Transaction;
use crate::session::base64url;

/// Milliseconds since 1970.
pub(super) const NOW: f64 = 1_900_000_000_000.0;
/// [`NOW`] in seconds.
pub(super) const NOW_SECONDS: i64 = 1_900_000_000;

pub(super) fn config() -> OidcConfig {
    OidcConfig::parse(Some("https://id.example.com/"), Some("client"), None).unwrap().unwrap()
}

pub(super) fn metadata() -> ProviderMetadata {
    let document = json!({
        "issuer": "https://id.example.com/",
        "authorization_endpoint": "https://id.example.com/authorize",
        "token_endpoint": "https://id.example.com/oauth/token",
        "end_session_endpoint": "https://id.example.com/oidc/logout",
    });
    ProviderMetadata::parse(&reply(200, &document), &config()).unwrap()
}

pub(super) fn secrets() -> RequestSecrets {
    RequestSecrets::from_random([0xa1; 32], [0xb2; 32], [0xc3; 32])
}

pub(super) fn transaction() -> Transaction {
    Transaction {
        secrets: secrets(),
        return_to: ReturnUrl::parse("/workspaces/ws_1/billing-accounts?x=y").unwrap(),
        remember: false,
        is_silent: false,
        requires_iss: false,
        started_at: NOW,
    }
}

pub(super) fn reply(status: u16, body: &Value) -> ProviderResponse {
    ProviderResponse { status, body: body.to_string() }
}

/// A JWT with these claims and a made-up signature.
pub(super) fn jwt(claims: &Value) -> String {
    jwt_with(&json!({ "alg": "RS256" }), claims)
}

pub(super) fn jwt_with(header: &Value, claims: &Value) -> String {
    let part = |json: &Value| base64url::encode(json.to_string().as_bytes());
    format!("{}.{}.c2ln", part(header), part(claims))
}

/// The claims of an ID token that is accepted at [`NOW`].
pub(super) fn id_claims() -> Value {
    json!({
        "iss": "https://id.example.com/",
        "sub": "auth0|1",
        "aud": "client",
        "exp": NOW_SECONDS + 3600,
        "iat": NOW_SECONDS,
        "nonce": secrets().nonce.expose(),
        "name": "Olivia Owner",
        "email": "olivia@example.com",
    })
}

/// The body of a token response that is accepted at [`NOW`].
pub(super) fn token_body() -> Value {
    json!({
        "access_token": jwt(&json!({ "sub": "auth0|1", "exp": NOW_SECONDS + 86_400 })),
        "refresh_token": "refresh-marker",
        "id_token": jwt(&id_claims()),
        "token_type": "Bearer",
        "expires_in": 86_400,
    })
}

/// `json` with another value under `key`; null removes it.
pub(super) fn with(mut json: Value, key: &str, value: Value) -> Value {
    if let Some(object) = json.as_object_mut() {
        match value {
            Value::Null => object.remove(key),
            value => object.insert(key.to_owned(), value),
        };
    }
    json
}
