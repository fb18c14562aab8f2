//! The configured provider and the tokens of this tab, in memory, as a handle to pass around.

use leptos::prelude::*;

use super::authorize::RedirectUri;
use super::browser;
use super::callback::Callback;
use super::config::OidcConfig;
use super::discovery::{self, ProviderMetadata};
use super::error::BeginError;
use super::exchange::Tokens;
use super::http::Transport;
use super::id_token::IdToken;
use super::sign_out::SignOutUrl;
use super::transaction::Transaction;

/// How this page reaches the provider. Tests replace each part.
#[derive(Debug, Clone, Copy)]
pub struct Access {
    /// Sends a request.
    pub send: Transport,
    /// Leaves the page for a URL; whether the browser takes it.
    pub go_to: fn(&str) -> bool,
    /// Like `go_to`, and replaces the page in the history.
    pub replace: fn(&str) -> bool,
    /// Opens a popup; `false` if the browser blocks it.
    pub open_popup: fn(&str) -> bool,
    /// Closes this window if a script opened it.
    pub close_window: fn(),
}

impl Access {
    /// The browser's own features.
    pub const BROWSER: Self = Self {
        send: browser::fetch,
        go_to: browser::go_to,
        replace: browser::replace,
        open_popup: browser::open_popup,
        close_window: browser::close_window,
    };
}

/// The provider, for as long as the app is mounted.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    config: StoredValue<OidcConfig>,
    access: Access,
    metadata: StoredValue<Option<ProviderMetadata>>,
    tokens: StoredValue<Option<Tokens>>,
    /// The last ID token, also after the session has ended.
    id_token: StoredValue<Option<IdToken>>,
    /// The sign-in of the popup that this tab opened.
    popup: StoredValue<Option<Transaction>>,
}

impl Provider {
    /// A provider that is reached with `access`: [`Access::BROWSER`], or a mock in tests.
    pub fn new(config: OidcConfig, access: Access) -> Self {
        Self {
            config: StoredValue::new(config),
            access,
            metadata: StoredValue::new(None),
            tokens: StoredValue::new(None),
            id_token: StoredValue::new(None),
            popup: StoredValue::new(None),
        }
    }

    /// The configuration; `None` once the app is gone.
    pub(super) fn config(self) -> Option<OidcConfig> {
        self.config.try_get_value()
    }

    pub(super) const fn access(self) -> Access {
        self.access
    }

    /// The provider's metadata, loaded once a page.
    pub(super) async fn metadata(self) -> Result<ProviderMetadata, BeginError> {
        if let Some(metadata) = self.metadata.try_get_value().flatten() {
            return Ok(metadata);
        }
        let config = self.config().ok_or(BeginError::Unsupported)?;
        let reply = (self.access.send)(discovery::request(&config)).await.map_err(BeginError::NoReply)?;
        let metadata = ProviderMetadata::parse(&reply, &config).map_err(BeginError::Discovery)?;
        _ = self.metadata.try_update_value(|stored| *stored = Some(metadata.clone()));
        Ok(metadata)
    }

    pub(super) fn redirect_uri() -> RedirectUri {
        RedirectUri::of_origin(&browser::origin())
    }

    /// The tokens of this tab, if the user signed in through the provider since the page was loaded.
    pub fn tokens(self) -> Option<Tokens> {
        self.tokens.try_get_value().flatten()
    }

    /// The ID token for sign-out; `None` after a reload.
    pub fn id_token(self) -> Option<IdToken> {
        self.id_token.try_get_value().flatten()
    }

    pub(super) fn set_tokens(self, tokens: Tokens) {
        _ = self.id_token.try_set_value(Some(tokens.id.clone()));
        _ = self.tokens.try_set_value(Some(tokens));
    }

    /// Forgets a refresh token that no longer works.
    pub(super) fn forget_refresh_token(self) {
        _ = self.tokens.try_update_value(|stored| stored.as_mut().map(|tokens| tokens.refresh = None));
    }

    /// Forgets the access and refresh tokens. The ID token stays, for sign-out.
    pub(super) fn forget_tokens(self) {
        _ = self.tokens.try_set_value(None);
    }

    pub(super) fn forget(self) {
        self.forget_tokens();
        _ = self.id_token.try_set_value(None);
        self.set_popup(None);
    }

    /// Leaves for the page that ends the provider's session.
    ///
    /// # Errors
    /// The browser does not navigate.
    pub fn leave_for(self, url: &SignOutUrl) -> Result<(), BeginError> {
        if (self.access.go_to)(url.expose()) { Ok(()) } else { Err(BeginError::Unsupported) }
    }

    pub(super) fn set_popup(self, transaction: Option<Transaction>) {
        _ = self.popup.try_update_value(|stored| *stored = transaction);
    }

    /// Takes the popup's transaction if this callback answers it. The callback of another tab's popup leaves it alone.
    pub(super) fn take_popup(self, callback: &Callback) -> Option<Transaction> {
        let take = |popup: &mut Option<Transaction>| popup.take_if(|transaction| callback.belongs_to(transaction));
        self.popup.try_update_value(take).flatten()
    }
}
