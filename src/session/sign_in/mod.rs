//! Signing in, renewing and signing out: joins the session to the provider and to the other tabs.
//!
//! Invariant: a renewal runs to its end even if its caller is gone, because a refresh token works once.

mod again;
mod arrival;
mod renewal;
mod tabs;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::session::oidc::authorize::SignInRequest;
use crate::session::oidc::error::{BeginError, SignInError};
use crate::session::oidc::flow::{self, PreparedSignIn};
use crate::session::oidc::provider::Provider;
use crate::session::oidc::return_url::ReturnUrl;
use crate::session::oidc::tabs::SessionChannel;
use crate::session::token::{Claims, Token};
use crate::session::{Origin, Session};

/// The state of a redirect to or from the provider. Its page replaces every other page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// No redirect: the page of the route is shown, or the sign-in page.
    Idle,
    /// The user is being signed in.
    SigningIn,
    /// The provider's sign-out page is being opened.
    SigningOut,
    /// This window was a popup, and the tab that opened it took its callback.
    HandedOver,
}

/// The popup in which the user signs in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Popup {
    /// No popup is open.
    Closed,
    /// The user signs in there. Whether they close it can't be known.
    Waiting,
    /// It returned, and its code is being exchanged.
    Finishing,
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
    stage: RwSignal<Stage>,
    popup: RwSignal<Popup>,
    failure: RwSignal<Option<Failure>>,
    /// Whether the provider's page is being opened.
    is_opening: RwSignal<bool>,
    /// A sign-in that is ready for a popup, and when it was prepared, in milliseconds since 1970.
    prepared: StoredValue<Option<(PreparedSignIn, f64)>>,
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
            stage: RwSignal::new(Stage::Idle),
            popup: RwSignal::new(Popup::Closed),
            failure: RwSignal::new(None),
            is_opening: RwSignal::new(false),
            prepared: StoredValue::new(None),
            keep_input: StoredValue::new(None),
            retry_at: RwSignal::new(None),
            renewed_at: StoredValue::new(0.0),
        };
        this.channel.set_value(Some(SessionChannel::start(this.handlers())));
        session.on_sign_out.set_value(Some(Callback::new(move |()| this.sign_out_elsewhere())));
        if provider.is_some() && flow::last_sign_in().is_some() {
            session.origin.set_value(Origin::Provider);
        }
        match provider {
            Some(provider) => this.arrive(provider),
            // No sign-in began here, and a code does not stay in the address.
            None => flow::leave_callback(),
        }
        this.renew_when_due();
        // The Back button restores this page from the back/forward cache, with its state before the redirect.
        let on_return = window_event_listener(ev::pageshow, move |event| {
            if event.persisted() {
                this.is_opening.set(false);
                this.stage.set(Stage::Idle);
                session.is_leaving.set_value(false);
            }
        });
        on_cleanup(move || on_return.remove());
        this
    }

    /// Ends every attempt to sign in, before the session changes.
    fn settle(self) {
        self.stage.set(Stage::Idle);
        self.popup.set(Popup::Closed);
        self.failure.set(None);
        self.is_opening.set(false);
        self.retry_at.set(None);
        self.prepared.set_value(None);
    }

    fn fail(self, failure: Failure) {
        if !self.stage.is_disposed() {
            self.settle();
            self.failure.set(Some(failure));
        }
    }

    /// Whether users can sign in through a provider.
    pub const fn has_provider(self) -> bool {
        self.provider.is_some()
    }

    /// The state of a redirect, tracked.
    pub fn stage(self) -> Stage {
        self.stage.get()
    }

    /// The reason why the last attempt to sign in or out failed, tracked. A user who was signed in before still is.
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Forgets that reason: the user has read it.
    pub fn dismiss_failure(self) {
        self.failure.set(None);
    }

    /// Whether the provider's page is being opened, tracked.
    pub fn is_opening(self) -> bool {
        self.is_opening.get()
    }

    /// Leaves for the provider's page, and returns to this one. More presses do nothing.
    pub fn open_provider(self) {
        let Some(provider) = self.provider.filter(|_| !self.is_opening.get_untracked()) else { return };
        self.failure.set(None);
        self.is_opening.set(true);
        let request = self.request();
        spawn_local(async move {
            if let Err(error) = flow::begin_sign_in(provider, request).await {
                self.fail(Failure::SignIn(SignInError::Begin(error)));
            }
        });
    }

    fn request(self) -> SignInRequest {
        SignInRequest { return_to: this_page(), remember: self.remember.get_untracked(), is_silent: false }
    }

    /// Signs in with a token that the user pasted.
    pub fn paste(self, token: Token, claims: Claims) {
        _ = self.provider.map(flow::forget);
        self.settle();
        self.session.sign_in(Origin::Pasted, token, claims, self.remember.get_untracked());
    }

    /// Signs out the other tabs, and at the provider if the user signed in there.
    fn sign_out_elsewhere(self) {
        let Some(channel) = self.channel.try_get_value().flatten() else { return };
        self.settle();
        self.remember.set(false);
        let Some(provider) = self.provider else { return channel.broadcast_sign_out() };
        if self.session.origin().through_provider() {
            self.stage.set(Stage::SigningOut);
        }
        spawn_local(async move {
            match flow::sign_out(provider, channel).await {
                Ok(true) => {}
                Ok(false) => _ = self.stage.try_set(Stage::Idle),
                Err(error) => self.fail(Failure::SignOut(error)),
            }
        });
    }
}

/// The page to return to: this one.
fn this_page() -> ReturnUrl {
    let url = location().pathname().unwrap_or_default() + &location().search().unwrap_or_default();
    ReturnUrl::parse(&url).unwrap_or_default()
}
