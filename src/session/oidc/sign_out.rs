//! Ending the provider's own session (OpenID Connect RP-Initiated Logout 1.0).

use super::config::OidcConfig;
use super::discovery::ProviderMetadata;
use super::form_encoding;
use super::id_token::IdToken;
use super::secret::Secret;

/// A URL to send the user to. It holds the ID token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOutUrl(Secret);

impl SignOutUrl {
    /// The URL, to navigate to.
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The URL that ends the provider's session and returns to the start page of `origin`: `end_session_endpoint`, or Auth0's
/// `/v2/logout` for a provider without one. The ID token is missing after a reload.
pub fn url(config: &OidcConfig, metadata: &ProviderMetadata, id_token: Option<&IdToken>, origin: &str) -> SignOutUrl {
    let start_page = format!("{origin}/");
    let client_id = ("client_id", config.client_id());
    let url = match &metadata.end_session_endpoint {
        Some(endpoint) => {
            let hint = id_token.map(|token| ("id_token_hint", token.expose()));
            let others = [client_id, ("post_logout_redirect_uri", &start_page)];
            let parameters: Vec<_> = hint.into_iter().chain(others).collect();
            endpoint.with_query(&form_encoding::encode(&parameters))
        }
        None => {
            let query = form_encoding::encode(&[client_id, ("returnTo", &start_page)]);
            format!("{}?{query}", config.below_issuer("/v2/logout"))
        }
    };
    SignOutUrl(Secret::new(&url))
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{NOW, config, id_claims, jwt, metadata, secrets};
    use super::super::id_token::Expected;
    use super::*;

    const ORIGIN: &str = "https://app.example.com";

    #[test]
    fn the_session_ends_at_the_end_session_endpoint() {
        let token = jwt(&id_claims());
        let id = IdToken::verify(&token, &config(), Expected::SignIn(&secrets().nonce), NOW).unwrap();
        let rest = "client_id=client&post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2F";
        let signed_out = url(&config(), &metadata(), Some(&id), ORIGIN);
        assert_eq!(signed_out.expose(), format!("https://id.example.com/oidc/logout?id_token_hint={token}&{rest}"));
        let after_reload = url(&config(), &metadata(), None, ORIGIN);
        assert_eq!(after_reload.expose(), format!("https://id.example.com/oidc/logout?{rest}"));
        assert!(!format!("{signed_out:?}").contains(&token));
    }

    #[test]
    fn without_that_endpoint_it_ends_at_auth0_s_logout() {
        let metadata = ProviderMetadata { end_session_endpoint: None, ..metadata() };
        assert_eq!(
            url(&config(), &metadata, None, ORIGIN).expose(),
            "https://id.example.com/v2/logout?client_id=client&returnTo=https%3A%2F%2Fapp.example.com%2F"
        );
    }
}
