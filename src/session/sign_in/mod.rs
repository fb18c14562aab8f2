//! Signing in, renewing and signing out: joins the session to the provider and to the other tabs.
//!
//! Invariant: a renewal runs to its end even if its caller is gone, because a refresh token works once.

mod again;
mod arrival;
mod renewal;
mod tabs;

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::storage;
use crate::session::oidc::authorize::SignInRequest;
use crate::session::oidc::error::{BeginError, SignInError};
use crate::session::oidc::flow::{self, PreparedSignIn};
use crate::session::oidc::provider::Provider;
use crate::session::oidc::return_url::ReturnUrl;
use crate::session::oidc::tabs::SessionChannel;
use crate::session::token::{Claims, Token};
use crate::session::{EDITS_KEY_PREFIX, Session, SignInMethod};

/// How long the browser may take to leave this page. After that the user has probably stopped it.
const LEAVE_DEADLINE: Duration = Duration::from_secs(10);

/// The current attempt to sign in or out.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt {
    /// None: the page of the route is shown, or the sign-in page.
    None,
    /// The provider's page is being opened.
    Opening,
    /// The session of another tab is being continued.
    Accepting,
    /// The user signs in in a popup. Whether they close it can't be known.
    Waiting,
    /// The popup returned, and its code is being exchanged.
    Finishing,
    /// The user is being signed in by a redirect.
    SigningIn,
    /// The provider's sign-out page is being opened.
    SigningOut,
    /// This window was a popup, and the tab that opened it took its callback.
    HandedOver,
    /// The attempt failed. A user who was signed in before still is.
    Failed(Failure),
}

impl Attempt {
    /// Whether its page replaces every other page.
    pub const fn replaces_page(&self) -> bool {
        matches!(self, Self::SigningIn | Self::SigningOut | Self::HandedOver)
    }

    /// Whether another press of a button has to wait.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Opening | Self::Accepting | Self::Finishing)
    }
}

/// The reason why the user is not signed in, or not signed out everywhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// A sign-in through the provider failed.
    SignIn(SignInError),
    /// The provider's sign-out page can't be opened.
    SignOut(BeginError),
    /// The tab whose session was to be continued is gone.
    OtherTabGone,
}

/// A page's identity, and the callback that stores its input; it returns whether all input is stored.
type KeepInput = (StoredValue<()>, Callback<(), bool>);

/// The sign-in of this tab, as a `Copy` handle. Provided as a context by the app.
#[derive(Debug, Clone, Copy)]
pub struct SignIn {
    session: Session,
    provider: Option<Provider>,
    channel: StoredValue<Option<SessionChannel>>,
    /// Whether "Stay signed in in this tab" is ticked.
    pub remember: RwSignal<bool>,
    attempt: RwSignal<Attempt>,
    /// The number of the current attempt.
    number: StoredValue<u32>,
    /// A sign-in that is ready for a popup.
    prepared: StoredValue<Option<PreparedSignIn>>,
    /// Stores what the page does not store by itself, with the identity of the page.
    keep_input: StoredValue<Option<KeepInput>>,
    /// When a failed renewal is tried again, in milliseconds since 1970.
    retry_at: RwSignal<Option<f64>>,
    /// When the token was last renewed, in milliseconds since 1970.
    renewed_at: StoredValue<f64>,
}

impl SignIn {
    /// Takes the provider's answer if this page is its callback, or signs in silently after a reload. Call it before
    /// anything reads the URL.
    pub fn start(session: Session, provider: Option<Provider>) -> Self {
        let this = Self {
            session,
            provider,
            channel: StoredValue::new(None),
            remember: RwSignal::new(session.is_remembered()),
            attempt: RwSignal::new(Attempt::None),
            number: StoredValue::new(0),
            prepared: StoredValue::new(None),
            keep_input: StoredValue::new(None),
            retry_at: RwSignal::new(None),
            renewed_at: StoredValue::new(0.0),
        };
        this.channel.set_value(Some(SessionChannel::start(this.handlers())));
        session.on_sign_out.set_value(Some(Callback::new(move |()| this.sign_out_elsewhere())));
        if provider.is_some() && flow::last_sign_in().is_some() {
            session.method.set_value(SignInMethod::Provider);
        }
        match provider {
            Some(provider) => this.arrive(provider),
            // No sign-in began here, and a code does not stay in the address.
            None => flow::leave_callback(),
        }
        this.renew_when_due();
        // The Back button restores this page from the back/forward cache, with its state before the redirect.
        let sign_outs = storage::sign_outs();
        let on_return = window_event_listener(ev::pageshow, move |event| {
            if event.persisted() {
                this.stay();
                this.begin(Attempt::None);
                if storage::sign_outs() != sign_outs {
                    this.on_signed_out();
                }
            }
        });
        on_cleanup(move || on_return.remove());
        this
    }

    /// Begins an attempt, and ends the one before. Returns its number.
    fn begin(self, attempt: Attempt) -> u32 {
        self.number.update_value(|number| *number = number.wrapping_add(1));
        self.attempt.set(attempt);
        self.number.get_value()
    }

    /// Whether the attempt with this number still is the current one. A task asks this before it changes the session,
    /// keeps tokens or leaves the page: the user may have signed in or out in another way. No attempt is once the app is
    /// gone.
    fn is_current(self, number: u32) -> bool {
        self.number.try_get_value() == Some(number)
    }

    /// Ends the current attempt before the session changes.
    fn settle(self) {
        self.begin(Attempt::None);
        self.retry_at.set(None);
        self.prepared.set_value(None);
    }

    /// Ends the current attempt with a failure.
    fn fail(self, failure: Failure) {
        self.begin(Attempt::Failed(failure));
        self.prepared.set_value(None);
    }

    /// Ends the current attempt: the user no longer wants it.
    pub fn cancel(self) {
        _ = self.provider.map(flow::cancel_popup);
        self.begin(Attempt::None);
        self.prepared.set_value(None);
    }

    /// Whether users can sign in through a provider.
    pub const fn has_provider(self) -> bool {
        self.provider.is_some()
    }

    /// Whether another press of a button has to wait, not tracked.
    fn is_busy(self) -> bool {
        self.attempt.with_untracked(Attempt::is_busy)
    }

    /// The current attempt, tracked.
    pub fn attempt(self) -> Attempt {
        self.attempt.get()
    }

    /// The reason why the last attempt to sign in or out failed, tracked.
    pub fn failure(self) -> Option<Failure> {
        match self.attempt.get() {
            Attempt::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    /// Forgets that reason: the user has read it.
    pub fn dismiss_failure(self) {
        if self.attempt.with_untracked(|attempt| matches!(attempt, Attempt::Failed(_))) {
            self.begin(Attempt::None);
        }
    }

    /// Leaves for the provider's page, and returns to this one. More presses do nothing.
    pub fn open_provider(self) {
        if let Some(provider) = self.provider.filter(|_| !self.is_busy()) {
            self.begin_redirect(provider, Attempt::Opening, false);
        }
    }

    fn begin_redirect(self, provider: Provider, attempt: Attempt, is_silent: bool) {
        let number = self.begin(attempt);
        let request = SignInRequest { is_silent, ..self.request() };
        spawn_local(async move {
            let prepared = flow::prepare_sign_in(provider, request).await;
            if self.is_current(number) {
                self.redirect(provider, prepared);
            }
        });
    }

    /// Leaves for the provider's page in this tab.
    fn redirect(self, provider: Provider, prepared: Result<PreparedSignIn, BeginError>) {
        let remember = self.remember.get_untracked();
        match prepared.and_then(|prepared| prepared.redirect(provider, remember)) {
            Ok(()) => self.end_unless_left(),
            Err(error) => {
                self.stay();
                self.fail(Failure::SignIn(SignInError::Begin(error)));
            }
        }
    }

    /// Ends the current attempt unless the browser leaves the page.
    fn end_unless_left(self) {
        let number = self.number.get_value();
        let end = move || {
            if self.is_current(number) {
                self.session.is_leaving.set_value(false);
                self.begin(Attempt::None);
            }
        };
        set_timeout(end, LEAVE_DEADLINE);
    }

    /// The browser does not leave the page: its input need not be stored for the return.
    fn stay(self) {
        self.session.is_leaving.set_value(false);
        storage::remove_all(EDITS_KEY_PREFIX);
    }

    /// The request for a sign-in that returns to this page.
    fn request(self) -> SignInRequest {
        let url = location().pathname().unwrap_or_default() + &location().search().unwrap_or_default();
        let return_to = ReturnUrl::parse(&url).unwrap_or_default();
        SignInRequest { return_to, remember: self.remember.get_untracked(), is_silent: false }
    }

    /// Signs in with a token that the user pasted.
    pub fn paste(self, token: Token, claims: Claims) {
        _ = self.provider.map(flow::forget);
        self.settle();
        self.session.sign_in(SignInMethod::Pasted, token, claims, self.remember.get_untracked());
    }

    /// Signs out the other tabs, and at the provider if the user signed in there.
    fn sign_out_elsewhere(self) {
        let Some(channel) = self.channel() else { return };
        channel.broadcast_sign_out();
        storage::count_sign_out();
        self.settle();
        self.remember.set(false);
        let Some(provider) = self.provider else { return };
        let id_token = provider.id_token();
        flow::forget(provider);
        if !self.session.method().through_provider() {
            return;
        }
        let number = self.begin(Attempt::SigningOut);
        spawn_local(async move {
            let url = flow::sign_out_url(provider, id_token).await;
            if self.is_current(number) {
                match url.and_then(|url| provider.leave_for(&url)) {
                    Ok(()) => self.end_unless_left(),
                    Err(error) => self.fail(Failure::SignOut(error)),
                }
            }
        });
    }
}
