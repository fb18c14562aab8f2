//! The functions that pages call. Each joins the pure steps to the browser. At start, before anything reads the URL:
//! [`configured_provider`] and [`take_callback`]. To sign in: [`prepare_sign_in`], then [`PreparedSignIn::redirect`] or
//! [`PreparedSignIn::open_popup`]. Then [`finish_callback`], [`renew`] and [`sign_out`].

use super::authorize::{self, AuthorizationUrl, SignInRequest};
use super::browser;
use super::callback::{Callback, CallbackQuery, CheckedCallback, RejectedCallback};
use super::config::{ConfigError, OidcConfig};
use super::error::{BeginError, RenewError, SignInError};
use super::exchange::{self, SignedIn};
use super::pkce::{Challenge, RequestSecrets};
use super::provider::{Access, Provider};
use super::renew;
use super::return_url::{CALLBACK_PATH, ReturnUrl};
use super::sign_out;
use super::tab_message::SharedSession;
use super::tabs::{SessionChannel, SessionOffer};
use super::transaction::Transaction;
use crate::config::meta;
use crate::session::token::{Claims, Token};

/// How long before its end a tab without a refresh token asks the others for a newer token, in milliseconds: later than
/// [`renew::RENEW_BEFORE`], so that the tab with the refresh token has a new one by then.
const ASK_BEFORE: f64 = 45_000.0;

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

/// A sign-in that is ready to open. A popup is blocked unless it opens while a press is handled, so prepare it before.
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
    /// With the user's present choice to stay signed in.
    pub fn remembering(mut self, remember: bool) -> Self {
        self.transaction.remember = remember;
        self
    }

    /// Leaves this page for the provider's. Store the form's draft before.
    ///
    /// # Errors
    /// The transaction cannot be stored, or the browser does not navigate.
    pub fn redirect(self, provider: Provider) -> Result<(), BeginError> {
        if !browser::store_transaction(&self.transaction.write()) {
            return Err(BeginError::NoStorage);
        }
        if (provider.access().go_to)(self.url.expose()) { Ok(()) } else { Err(BeginError::Unsupported) }
    }

    /// Opens the provider's page in a popup; `false` if the browser blocks it. Call it while a press is handled; calling it
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

/// Prepares a sign-in and leaves this page for the provider's.
///
/// # Errors
/// The reason why the provider's page can't be opened.
pub async fn begin_sign_in(provider: Provider, request: SignInRequest) -> Result<(), BeginError> {
    prepare_sign_in(provider, request).await?.redirect(provider)
}

/// Whether the user asked to stay signed in, if this tab signed in through the provider. After a reload it may try once to
/// do so again without the user.
pub fn last_sign_in() -> Option<bool> {
    browser::marker()
}

/// Asks the provider to sign in again from its own session, by a redirect with `prompt=none`. At most once until the next
/// success, so that it can't loop.
///
/// # Errors
/// The reason why the provider's page can't be opened. Show the sign-in page.
pub async fn begin_silent_sign_in(provider: Provider, return_to: ReturnUrl, remember: bool) -> Result<(), BeginError> {
    browser::set_marker(None);
    begin_sign_in(provider, SignInRequest { return_to, remember, is_silent: true }).await
}

/// A page that was opened at `/callback`.
#[derive(Debug)]
pub enum Arrival {
    /// It belongs to this tab's sign-in: call [`finish_callback`].
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

/// Takes a popup's callback if this tab opened the popup; then call [`finish_callback`] or show the error. `None`: it is
/// another tab's. `remember` is the choice of the user since the popup was opened.
pub fn take_popup_callback(
    provider: Provider,
    callback: Callback,
    remember: bool,
) -> Option<Result<CheckedCallback, RejectedCallback>> {
    let transaction = Transaction { remember, ..provider.take_popup(&callback)? };
    Some(callback.check(Some(transaction), &provider.config()?, js_sys::Date::now()))
}

/// Exchanges the code, once, and keeps the tokens in memory. The caller signs in to `Session` with
/// `tokens.access`, `tokens.claims` and `remember`.
///
/// # Errors
/// The reason why the sign-in failed.
pub async fn finish_callback(provider: Provider, checked: CheckedCallback) -> Result<SignedIn, SignInError> {
    let metadata = provider.metadata().await.map_err(SignInError::Begin)?;
    let config = provider.config().ok_or(SignInError::Begin(BeginError::Unsupported))?;
    let (request, pending) = exchange::begin(checked, &config, &metadata, &Provider::redirect_uri());
    let reply = (provider.access().send)(request).await;
    let signed_in = pending.finish(reply, &config, js_sys::Date::now()).map_err(SignInError::Token)?;
    provider.set_tokens(Some(signed_in.tokens.clone()));
    browser::set_marker(Some(signed_in.remember));
    Ok(signed_in)
}

/// When to call [`renew`] for the session with these claims, in milliseconds since 1970; `None` for a token without an
/// end.
pub fn renewal_due(provider: Provider, claims: &Claims) -> Option<f64> {
    let ends_at = claims.ends_at?;
    let tokens = provider.tokens().filter(|tokens| tokens.can_renew() && tokens.claims.ends_at == Some(ends_at));
    Some(tokens.map_or_else(|| ask_at(ends_at), |tokens| renew::renew_at(tokens.received_at, ends_at)))
}

/// When a tab without a refresh token asks the others for a newer token than the one that ends then, in milliseconds
/// since 1970.
pub fn ask_at(ends_at: f64) -> f64 {
    ends_at - ASK_BEFORE
}

/// Whether this tab has a refresh token; `None` if it did not sign in through the provider since it was loaded.
pub fn can_renew(provider: Provider) -> Option<bool> {
    provider.tokens().map(|tokens| tokens.can_renew())
}

/// A newer access token than `used`: with the refresh token, else from another tab. Only one tab of this origin renews at
/// a time, and calls at the same moment share one request.
///
/// # Errors
/// The reason why the renewal failed. Cover the page with the sign-in dialog and keep the form.
pub async fn renew(provider: Provider, channel: SessionChannel, used: &Token) -> Result<(Token, Claims), RenewError> {
    browser::exclusively(renew_alone(provider, channel, used)).await
}

async fn renew_alone(provider: Provider, channel: SessionChannel, used: &Token) -> Result<(Token, Claims), RenewError> {
    let Some(tokens) = provider.tokens().filter(|tokens| tokens.can_renew()) else {
        return newer_from_another_tab(channel, used).await.ok_or(RenewError::NotRenewable);
    };
    if tokens.access != *used {
        return Ok((tokens.access, tokens.claims));
    }
    let metadata = provider.metadata().await.map_err(RenewError::Begin)?;
    let config = provider.config().ok_or(RenewError::NotRenewable)?;
    let (request, pending) = renew::begin(&tokens, &config, &metadata).ok_or(RenewError::NotRenewable)?;
    let reply = (provider.access().send)(request).await;
    match pending.finish(reply, &config, js_sys::Date::now()) {
        // The user signed out during the request, so the new tokens are dropped.
        Ok(_) if provider.tokens().is_none() => Err(RenewError::NotRenewable),
        Ok(renewed) => {
            provider.set_tokens(Some(renewed.clone()));
            Ok((renewed.access, renewed.claims))
        }
        Err(error) => {
            if !renew::is_transient(&error) {
                provider.forget_refresh_token();
            }
            Err(RenewError::Token(error))
        }
    }
}

/// A newer access token than `used` from another tab.
pub async fn newer_from_another_tab(channel: SessionChannel, used: &Token) -> Option<(Token, Claims)> {
    let session = channel.accept(channel.offer().await?).await?;
    (session.token != *used).then_some((session.token, session.claims))
}

/// Asks the other tabs whether someone is signed in, for "Continue as …".
pub async fn offer_session(channel: SessionChannel) -> Option<SessionOffer> {
    channel.offer().await
}

/// The user accepted an offer: the session to sign in with, or `None` if the other tab is gone.
pub async fn accept_session(channel: SessionChannel, offer: SessionOffer, remember: bool) -> Option<SharedSession> {
    let session = channel.accept(offer).await?;
    browser::set_marker(session.through_provider.then_some(remember));
    Some(session)
}

/// Forgets the tokens: the session of another tab is continued.
pub fn forget_tokens(provider: Provider) {
    provider.set_tokens(None);
    provider.set_popup(None);
}

/// Forgets the tokens and the transaction, without a redirect: another tab signed out, or a token was pasted.
pub fn forget(provider: Provider) {
    provider.set_tokens(None);
    provider.set_popup(None);
    browser::set_marker(None);
    _ = browser::take_transaction();
}

/// Signs out every tab of this origin, forgets the tokens, and leaves for the provider's sign-out page if
/// this tab signed in there. Call it after the session has ended. Returns whether the browser leaves.
///
/// # Errors
/// The provider can't be reached: the user is signed out here, and still has a session there.
pub async fn sign_out(provider: Provider, channel: SessionChannel) -> Result<bool, BeginError> {
    channel.broadcast_sign_out();
    let tokens = provider.tokens();
    let through_provider = tokens.is_some() || browser::marker().is_some();
    forget(provider);
    if !through_provider {
        return Ok(false);
    }
    let metadata = provider.metadata().await?;
    let config = provider.config().ok_or(BeginError::Unsupported)?;
    let id_token = tokens.as_ref().map(|tokens| &tokens.id);
    let url = sign_out::url(&config, &metadata, id_token, &browser::origin());
    if (provider.access().go_to)(url.expose()) { Ok(true) } else { Err(BeginError::Unsupported) }
}
