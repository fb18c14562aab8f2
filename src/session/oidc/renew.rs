//! Renewal of the access token with the refresh token (RFC 6749, section 6), and when it is due.

use super::config::OidcConfig;
use super::discovery::ProviderMetadata;
use super::exchange::{RefreshToken, Tokens};
use super::http::{NetworkError, ProviderRequest, ProviderResponse};
use super::id_token::{Expected, IdToken};
use super::token_response::{TokenEndpointError, TokenResponse};

/// How long before its end a token is renewed, in milliseconds.
pub const RENEW_BEFORE: f64 = 60_000.0;

/// A renewal that waits for its reply.
#[derive(Debug)]
pub struct PendingRenewal {
    refresh: RefreshToken,
    id: IdToken,
}

/// When to renew a token that came at `received_at` and ends at `ends_at`: a minute before its end, and never before half
/// of its life, so that a token which lives for less than two minutes is not renewed without pause. Milliseconds since
/// 1970.
pub fn renew_at(received_at: f64, ends_at: f64) -> f64 {
    (ends_at - RENEW_BEFORE).max(received_at + (ends_at - received_at) / 2.0)
}

/// The renewal request; `None` without a refresh token. Never sent in parallel; sent again only after a transient error.
pub fn begin(
    tokens: &Tokens,
    config: &OidcConfig,
    metadata: &ProviderMetadata,
) -> Option<(ProviderRequest, PendingRenewal)> {
    let refresh = tokens.refresh.clone()?;
    let parameters =
        [("grant_type", "refresh_token"), ("client_id", config.client_id()), ("refresh_token", refresh.expose())];
    let request = ProviderRequest::post(metadata.token_endpoint.as_str().to_owned(), &parameters);
    Some((request, PendingRenewal { refresh, id: tokens.id.clone() }))
}

impl PendingRenewal {
    /// Checks the reply that came at `now`, in milliseconds since 1970.
    ///
    /// # Errors
    /// Why there is no new token.
    pub fn finish(
        self,
        reply: Result<ProviderResponse, NetworkError>,
        config: &OidcConfig,
        now: f64,
    ) -> Result<Tokens, TokenEndpointError> {
        let reply = reply.map_err(TokenEndpointError::NoReply)?;
        let response = TokenResponse::parse(&reply, &[self.refresh.expose()])?;
        let id = match &response.id_token {
            None => self.id,
            Some(token) => IdToken::verify(token.expose(), config, Expected::Renewal(&self.id), now)
                .map_err(TokenEndpointError::IdToken)?,
        };
        Tokens::new(&response, id, Some(self.refresh), now)
    }
}

/// Whether another try with the same refresh token can succeed: the provider could not be reached or failed. After a
/// refusal the refresh token is of no more use.
pub const fn is_transient(error: &TokenEndpointError) -> bool {
    match error {
        TokenEndpointError::NoReply(_) => true,
        TokenEndpointError::Status(status) => *status == 408 || *status == 429 || *status >= 500,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::authorize::RedirectUri;
    use super::super::callback::Callback;
    use super::super::fixtures::{NOW, config, id_claims, jwt, metadata, reply, token_body, transaction, with};
    use super::super::form_encoding;
    use super::super::id_token::IdTokenError;
    use super::super::{exchange, provider_text::ProviderText};
    use super::*;

    fn tokens(body: &Value) -> Tokens {
        let query = format!("code=x&state={}", transaction().secrets.state.expose());
        let checked = Callback::parse(&query).check(Some(transaction()), &config(), NOW).unwrap();
        let redirect_uri = RedirectUri::of_origin("https://app.example.com");
        let (_, pending) = exchange::begin(checked, &config(), &metadata(), &redirect_uri);
        pending.finish(Ok(reply(200, body)), &config(), NOW).unwrap().tokens
    }

    fn renew(status: u16, body: &Value) -> Result<Tokens, TokenEndpointError> {
        let (_, pending) = begin(&tokens(&token_body()), &config(), &metadata()).unwrap();
        pending.finish(Ok(reply(status, body)), &config(), NOW + 1.0)
    }

    #[test]
    fn the_request_sends_the_refresh_token() {
        let (request, _) = begin(&tokens(&token_body()), &config(), &metadata()).unwrap();
        let expected = [("grant_type", "refresh_token"), ("client_id", "client"), ("refresh_token", "refresh-marker")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(form_encoding::decode(request.form().unwrap()), expected);
    }

    #[test]
    fn without_a_refresh_token_there_is_no_request() {
        let tokens = tokens(&with(token_body(), "refresh_token", Value::Null));
        assert!(!tokens.can_renew() && begin(&tokens, &config(), &metadata()).is_none());
    }

    #[test]
    fn the_refresh_token_is_replaced_if_there_is_a_new_one() {
        let refresh = |body: &Value| renew(200, body).unwrap().refresh.unwrap().expose().to_owned();
        assert_eq!(refresh(&with(token_body(), "refresh_token", json!("second"))), "second");
        assert_eq!(refresh(&with(token_body(), "refresh_token", Value::Null)), "refresh-marker");
    }

    #[test]
    fn a_reply_without_an_id_token_keeps_the_first_one() {
        let renewed = renew(200, &with(token_body(), "id_token", Value::Null)).unwrap();
        assert_eq!(renewed.id, tokens(&token_body()).id);
        assert_eq!(renewed.received_at, NOW + 1.0);
    }

    #[test]
    fn a_reply_for_another_user_is_rejected() {
        let other = jwt(&with(id_claims(), "sub", json!("auth0|2")));
        let error = TokenEndpointError::IdToken(IdTokenError::OtherUser);
        assert_eq!(renew(200, &with(token_body(), "id_token", json!(other))), Err(error));
    }

    #[test]
    fn a_refused_refresh_token_is_not_tried_again() {
        let refused =
            renew(400, &json!({ "error": "invalid_grant", "error_description": "refresh-marker" })).unwrap_err();
        let error = ProviderText::new("invalid_grant");
        assert_eq!(refused, TokenEndpointError::Refused { error, description: None });
        assert!(!is_transient(&refused) && !is_transient(&TokenEndpointError::Unreadable));
        assert!(!is_transient(&TokenEndpointError::Status(404)));
    }

    #[test]
    fn a_provider_that_is_down_may_be_tried_again() {
        let lost = begin(&tokens(&token_body()), &config(), &metadata()).unwrap().1;
        assert!(is_transient(&lost.finish(Err(NetworkError::Failed), &config(), NOW).unwrap_err()));
        for status in [408, 429, 500, 503] {
            assert!(is_transient(&renew(status, &json!({})).unwrap_err()));
        }
    }

    #[test]
    fn a_token_is_renewed_a_minute_before_its_end() {
        assert_eq!(renew_at(0.0, 86_400_000.0), 86_340_000.0);
        assert_eq!(renew_at(0.0, 120_000.0), 60_000.0);
        assert_eq!(renew_at(1_000.0, 61_000.0), 31_000.0);
    }
}
