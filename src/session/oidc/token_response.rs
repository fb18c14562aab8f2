//! The reply of the token endpoint (RFC 6749, sections 5.1 and 5.2), before its tokens are checked.

use serde::Deserialize;

use super::http::{NetworkError, ProviderResponse};
use super::id_token::IdTokenError;
use super::provider_text::ProviderText;
use super::secret::Secret;
use crate::lenient;
use crate::session::token::TokenError;

/// The reason why a token request failed.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenEndpointError {
    /// There is no reply. Whether the code or refresh token was used up is not known.
    NoReply(NetworkError),
    /// The provider refused, for example with `invalid_grant` for a code or refresh token that no longer works.
    Refused {
        /// Its `error`, cleaned.
        error: Option<ProviderText>,
        /// Its `error_description`, cleaned; `None` too when it repeats a secret.
        description: Option<ProviderText>,
    },
    /// The reply has this status and names no error: a gateway's page, for example.
    Status(u16),
    /// A success that isn't a JSON object, lacks a token, or whose token type is not `Bearer`.
    Unreadable,
    /// The access token isn't a JWT, so Altostrat would reject it.
    AccessToken(TokenError),
    /// The access token has already expired, in milliseconds since 1970. This computer's clock may be wrong.
    ExpiredOnArrival {
        /// When it expired.
        expired_at: f64,
    },
    /// The ID token failed a check.
    IdToken(IdTokenError),
}

/// A successful reply.
#[derive(Debug)]
pub(super) struct TokenResponse {
    pub(super) access_token: Secret,
    pub(super) refresh_token: Option<Secret>,
    pub(super) id_token: Option<Secret>,
    /// In milliseconds.
    pub(super) expires_in: Option<f64>,
}

#[derive(Deserialize)]
struct Body {
    #[serde(default, deserialize_with = "lenient::trimmed")]
    access_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::trimmed")]
    refresh_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::trimmed")]
    id_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::trimmed")]
    token_type: Option<String>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    expires_in: Option<f64>,
}

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default, deserialize_with = "lenient::trimmed")]
    error: Option<String>,
    #[serde(default, deserialize_with = "lenient::trimmed")]
    error_description: Option<String>,
}

impl TokenResponse {
    /// Reads a reply to a request that sent `secrets`.
    pub(super) fn parse(response: &ProviderResponse, secrets: &[&str]) -> Result<Self, TokenEndpointError> {
        if response.status != 200 {
            return Err(refusal(response, secrets));
        }
        let body: Body = lenient::parse_object(&response.body).ok_or(TokenEndpointError::Unreadable)?;
        if !body.token_type.is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")) {
            return Err(TokenEndpointError::Unreadable);
        }
        let access_token = body.access_token.as_deref().map(Secret::new).ok_or(TokenEndpointError::Unreadable)?;
        Ok(Self {
            access_token,
            refresh_token: body.refresh_token.as_deref().map(Secret::new),
            id_token: body.id_token.as_deref().map(Secret::new),
            expires_in: body.expires_in.filter(|seconds| *seconds >= 0.0).map(|seconds| seconds * 1000.0),
        })
    }
}

fn refusal(response: &ProviderResponse, secrets: &[&str]) -> TokenEndpointError {
    let status = response.status;
    let body: Option<ErrorBody> = lenient::parse_object(&response.body);
    let clean = |text: &String| ProviderText::without_secrets(text, secrets);
    match body {
        Some(ErrorBody { error: Some(error), error_description }) if (400..500).contains(&status) => {
            let description = error_description.as_ref().and_then(clean);
            TokenEndpointError::Refused { error: clean(&error), description }
        }
        _ => TokenEndpointError::Status(status),
    }
}
