//! The page of a deployment whose settings for the provider are wrong.

use leptos::prelude::*;

use crate::session::oidc::config::{ConfigError, IssuerError};
use crate::ui::Heading;

/// Names the mistake in `index.html`. Nothing else is shown, so that no token goes to a wrong place.
#[component]
pub fn ProviderNotSetUp(
    /// The mistake.
    error: ConfigError,
) -> impl IntoView {
    let text = match error {
        ConfigError::NoClientId => {
            "There is an altostrat-oidc-issuer and no altostrat-oidc-client-id. Add it in index.html.".to_owned()
        }
        ConfigError::Issuer(url, error) => {
            let reason = match error {
                IssuerError::Url(_) => "isn’t an https: address",
                IssuerError::HasQuery => "has a query",
            };
            format!("The sign-in service’s address “{url}” {reason}. Correct the altostrat-oidc-issuer in index.html.")
        }
    };
    view! {
        <main id="main" class="main">
            <Heading text="Not set up" />
            <p>{text}</p>
        </main>
    }
}
