//! The notice of a deployment whose settings for the provider are wrong.

use leptos::prelude::*;

use crate::session::oidc::config::{ConfigError, IssuerError};
use crate::session::oidc::secure_url::SecureUrlError;
use crate::ui::{Notice, Tone};

/// Names the mistake in `index.html`. Users can still paste a token, which goes only to the API.
#[component]
pub fn ProviderNotSetUp(
    /// The mistake.
    error: ConfigError,
) -> impl IntoView {
    let text = match error {
        ConfigError::NoClientId => "index.html sets altostrat-oidc-issuer but not altostrat-oidc-client-id.".to_owned(),
        ConfigError::Issuer(url, error) => {
            let reason = match error {
                IssuerError::Url(SecureUrlError::NotSecure) => "isn’t an https: address",
                IssuerError::Url(SecureUrlError::Malformed) => {
                    "has a user name, a fragment or a character that isn’t allowed"
                }
                IssuerError::HasQuery => "has a query",
            };
            format!("The sign-in service’s address “{url}” {reason}. Correct the altostrat-oidc-issuer in index.html.")
        }
    };
    view! { <Notice tone=Tone::Error title="The sign-in service isn’t set up" text /> }
}
