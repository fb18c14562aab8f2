//! The functions that pages call. Each joins the pure steps to the browser. At start, before anything reads the URL:
//! [`configured_provider`] and [`take_callback`]. To sign in: [`prepare_sign_in`], then [`PreparedSignIn::redirect`] or
//! [`PreparedSignIn::open_popup`]. Then [`exchange`] and [`keep`], [`renew`], and [`sign_out_url`].

use super::authorize::{self, AuthorizationUrl, SignInRequest};
use super::browser;
use super::callback::{Callback, CallbackQuery, CheckedCallback, RejectedCallback};
use super::config::{ConfigError, OidcConfig};
use super::error::{BeginError, RenewError, SignInError};
use super::exchange::{self, SignedIn, Tokens};
use super::id_token::IdToken;
use super::pkce::{Challenge, RequestSecrets};
use super::provider::{Access, Provider};
use super::renew;
use super::return_url::{CALLBACK_PATH, ReturnUrl};
use super::sign_out::{self, SignOutUrl};
use super::tab_message::SharedSession;
use super::tabs::SessionChannel;
use super::transaction::{MAX_AGE, Transaction};
use crate::config::meta;
use crate::session::token::{Claims, Token};

/// How long before its end a tab without a refresh token begins to ask the others for a newer token, in milliseconds: before
/// the page warns of the end, because a tab that renews itself makes the warning unnecessary.
const ASK_BEFORE: f64 = 330_000.0;

/// The provider that the page's metas name, reached with `access`; `None` if they name none.
///
/// # Errors
/// The mistake in the metas: show it in place of the sign-in page.
pub fn configured_provider(access: Access) -> Result<Option<Provider>, ConfigError> {
    let [issuer, client_id, audience] =
        ["altostrat-oidc-issuer", "altostrat-oidc-client-id", "altostrat-oidc-audience"].map(meta);
    let config = OidcConfig::parse(issuer.as_deref(), client_id.as_deref(), audience.as_deref())?;
    Ok(config.map(|config| Provider::new(config, access)))
}

/// A sign-in that is ready to open. A popup is blocked unless it opens inside a click handler, so prepare it before.
#[derive(Debug, Clone)]
pub struct PreparedSignIn {
    url: AuthorizationUrl,
    transaction: Transaction,
}

/// Loads the provider's metadata and makes fresh secrets.
///
/// # Errors
/// The reason why the provider's page can't be opened.
pub async fn prepare_sign_in(provider: Provider, request: SignInRequest) -> Result<PreparedSignIn, BeginError> {
    let metadata = provider.metadata().await?;
    let config = provider.config().ok_or(BeginError::Unsupported)?;
    let random = || browser::random().map_err(|_| BeginError::Unsupported);
    let secrets = RequestSecrets::from_random(random()?, random()?, random()?);
    let digest = browser::sha256(secrets.challenge_input()).await.map_err(|_| BeginError::Unsupported)?;
    let (redirect_uri, now) = (Provider::redirect_uri(), js_sys::Date::now());
    let challenge = Challenge::from_sha256(digest);
    let (url, transaction) = authorize::begin(&config, &metadata, &redirect_uri, request, secrets, &challenge, now);
    Ok(PreparedSignIn { url, transaction })
}

impl PreparedSignIn {
    /// Whether enough of the transaction's ten minutes is left at `now`, in milliseconds since 1970.
    pub fn is_fresh(&self, now: f64) -> bool {
        !self.transaction.is_expired(now + MAX_AGE / 2.0)
    }

    /// Leaves this page for the provider's, with the user's present choice to stay signed in. Store the form's draft before.
    /// A silent sign-in replaces this page in the history.
    ///
    /// # Errors
    /// The transaction cannot be stored, or the browser does not navigate.
    pub fn redirect(self, provider: Provider, remember: bool) -> Result<(), BeginError> {
        let transaction = Transaction { remember, ..self.transaction };
        if !browser::store_transaction(&transaction.write()) {
            return Err(BeginError::NoStorage);
        }
        let access = provider.access();
        let go_to = if transaction.is_silent { access.replace } else { access.go_to };
        if go_to(self.url.expose()) { Ok(()) } else { Err(BeginError::Unsupported) }
    }

    /// Opens the provider's page in a popup; `false` if the browser blocks it. Call it inside a click handler; calling it
    /// again opens another popup for the same sign-in. Whether the user closes the popup can't be known.
    pub fn open_popup(&self, provider: Provider) -> bool {
        // In memory alone: a popup gets a copy of sessionStorage, and must not find the transaction in it.
        provider.set_popup(Some(self.transaction.clone()));
        let is_open = (provider.access().open_popup)(self.url.expose());
        if !is_open {
            provider.set_popup(None);
        }
        is_open
    }
}

/// Stops waiting for a popup: its callback is ignored from now on.
pub fn cancel_popup(provider: Provider) {
    provider.set_popup(None);
}

/// Whether the user asked to stay signed in, if this tab signed in through the provider. After a reload it may try once to
/// do so again without the user.
pub fn last_sign_in() -> Option<bool> {
    browser::marker()
}

/// Like [`last_sign_in`], and forgets it until the next success, so that silent sign-ins can't loop.
pub fn take_last_sign_in() -> Option<bool> {
    let remember = browser::marker();
    browser::set_marker(None);
    remember
}

/// A page that was opened at `/callback`.
#[derive(Debug)]
pub enum Arrival {
    /// It belongs to this tab's sign-in: call [`exchange`].
    Checked(CheckedCallback),
    /// The callback was rejected. If there is a query, call [`hand_to_opener`] with it first: another tab may have opened
    /// this window as a popup.
    Rejected(RejectedCallback, Option<CallbackQuery>),
}

/// Takes the provider's answer if this page is `/callback`. The transaction is used up and the URL is replaced, before
/// anything is sent: by the page that the user asked for, else by the start page.
pub fn take_callback(provider: Provider) -> Option<Arrival> {
    if browser::path().trim_end_matches('/') != CALLBACK_PATH {
        return None;
    }
    let query = browser::query();
    let transaction = browser::take_transaction().as_deref().and_then(Transaction::read);
    let callback = Callback::parse(&query);
    let is_ours = transaction.as_ref().is_some_and(|transaction| callback.belongs_to(transaction));
    let checked = callback.check(transaction, &provider.config()?, js_sys::Date::now());
    let return_to = match &checked {
        Ok(checked) => Some(checked.return_to().clone()),
        Err(rejected) => rejected.return_to.clone(),
    };
    browser::replace_url(return_to.unwrap_or_default().as_str());
    Some(match checked {
        Ok(checked) => Arrival::Checked(checked),
        Err(rejected) => Arrival::Rejected(rejected, if is_ours { None } else { CallbackQuery::new(&query) }),
    })
}

/// Leaves `/callback` without reading it: no provider is configured.
pub fn leave_callback() {
    if browser::path().trim_end_matches('/') == CALLBACK_PATH {
        browser::replace_url(ReturnUrl::default().as_str());
    }
}

/// Offers a callback to the tab that opened this window as a popup. `true`: that tab took it, and this window closes.
pub async fn hand_to_opener(provider: Provider, channel: SessionChannel, query: CallbackQuery) -> bool {
    let is_taken = channel.hand_over(query).await;
    if is_taken {
        (provider.access().close_window)();
    }
    is_taken
}

/// Takes a popup's callback if this tab opened the popup; then call [`exchange`] or show the error. `None`: it is
/// another tab's. `remember` is the choice of the user since the popup was opened.
pub fn take_popup_callback(
    provider: Provider,
    callback: Callback,
    remember: bool,
) -> Option<Result<CheckedCallback, RejectedCallback>> {
    let transaction = Transaction { remember, ..provider.take_popup(&callback)? };
    Some(callback.check(Some(transaction), &provider.config()?, js_sys::Date::now()))
}

/// Exchanges the code, once. Then [`keep`] the tokens, unless the user has since signed in or out in another way.
///
/// # Errors
/// The reason why the sign-in failed.
pub async fn exchange(provider: Provider, checked: CheckedCallback) -> Result<SignedIn, SignInError> {
    let metadata = provider.metadata().await.map_err(SignInError::Begin)?;
    let config = provider.config().ok_or(SignInError::Begin(BeginError::Unsupported))?;
    let (request, pending) = exchange::begin(checked, &config, &metadata, &Provider::redirect_uri());
    let reply = (provider.access().send)(request).await;
    pending.finish(reply, &config, js_sys::Date::now()).map_err(SignInError::Token)
}

/// Keeps the tokens in memory. The caller signs in to `Session`.
pub fn keep(provider: Provider, signed_in: &SignedIn) {
    provider.set_tokens(signed_in.tokens.clone());
    mark(Some(signed_in.remember));
}

/// Notes whether "Stay signed in in this tab" was ticked when this tab signed in through the provider, for a silent sign-in
/// after a reload; `None`: it did not.
pub fn mark(remember: Option<bool>) {
    browser::set_marker(remember);
}

/// When to renew the session with these claims, in milliseconds since 1970; `None` for a token without an end.
pub fn renewal_due(provider: Option<Provider>, claims: &Claims) -> Option<f64> {
    let ends_at = claims.ends_at?;
    let tokens = provider.and_then(Provider::tokens);
    let tokens = tokens.filter(|tokens| tokens.can_renew() && tokens.claims.ends_at == Some(ends_at));
    Some(tokens.map_or(ends_at - ASK_BEFORE, |tokens| renew::renew_at(tokens.received_at, ends_at)))
}

/// Whether this tab has a refresh token.
pub fn can_renew(provider: Provider) -> bool {
    renewable(provider).is_some()
}

/// The access token of this tab if there is a refresh token for it.
pub fn renewable(provider: Provider) -> Option<(Token, Claims)> {
    let tokens = provider.tokens().filter(Tokens::can_renew)?;
    Some((tokens.access, tokens.claims))
}

/// A newer session than that of `used`, with the refresh token. Only one tab of this origin renews at a time, and calls at
/// the same moment share one request.
///
/// # Errors
/// The reason why the renewal failed. Cover the page with the sign-in dialog and keep the form.
pub async fn renew(provider: Provider, used: &Token) -> Result<SharedSession, RenewError> {
    browser::exclusively(renew_alone(provider, used)).await.map(|tokens| SharedSession {
        can_renew: tokens.can_renew(),
        token: tokens.access,
        claims: tokens.claims,
        through_provider: true,
    })
}

async fn renew_alone(provider: Provider, used: &Token) -> Result<Tokens, RenewError> {
    let tokens = provider.tokens().ok_or(RenewError::NotRenewable)?;
    if tokens.access != *used {
        return Ok(tokens);
    }
    let metadata = provider.metadata().await.map_err(RenewError::Begin)?;
    let config = provider.config().ok_or(RenewError::NotRenewable)?;
    let (request, pending) = renew::begin(&tokens, &config, &metadata).ok_or(RenewError::NotRenewable)?;
    let reply = (provider.access().send)(request).await;
    let renewed = pending.finish(reply, &config, js_sys::Date::now());
    // The user signed in or out during the request, so the new tokens are dropped.
    if provider.tokens().is_none_or(|now| now.access != *used) {
        return Err(RenewError::NotRenewable);
    }
    match renewed {
        Ok(renewed) => {
            provider.set_tokens(renewed.clone());
            Ok(renewed)
        }
        Err(error) => {
            if !renew::is_transient(&error) {
                provider.forget_refresh_token();
            }
            Err(RenewError::Token(error))
        }
    }
}

/// Forgets the access and refresh tokens: the session has ended. The ID token stays, for sign-out.
pub fn forget_tokens(provider: Provider) {
    provider.forget_tokens();
}

/// Forgets every token and the transaction, without a redirect: the user signed out, or signed in in another way.
pub fn forget(provider: Provider) {
    provider.forget();
    browser::set_marker(None);
    _ = browser::take_transaction();
}

/// The page that ends the provider's own session.
///
/// # Errors
/// The provider can't be reached: the user is signed out here, and still has a session there.
pub async fn sign_out_url(provider: Provider, id_token: Option<IdToken>) -> Result<SignOutUrl, BeginError> {
    let metadata = provider.metadata().await?;
    let config = provider.config().ok_or(BeginError::Unsupported)?;
    Ok(sign_out::url(&config, &metadata, id_token.as_ref(), &browser::origin()))
}
