//! The signed-in user.
//!
//! Invariant: the token is held in memory, and in `sessionStorage` only if the user asked to stay signed in.

mod base64url;
pub mod oidc;
pub mod sign_in;
pub mod token;

use leptos::prelude::*;

use crate::browser::storage;
use token::{Claims, Token};

/// The only `sessionStorage` key that may hold a token.
const TOKEN_KEY: &str = "altostrat.jwt";
/// The prefix of the `sessionStorage` keys of drafts. Signing out removes them all.
pub const DRAFT_KEY_PREFIX: &str = "altostrat.draft.";
/// The prefix of the keys of the changes of edit forms, which are drafts while the tab is at the provider's page.
pub const EDITS_KEY_PREFIX: &str = "altostrat.draft.edits.";

/// A signed-in user.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// Authorises requests.
    pub token: Token,
    /// The user's details from the token's payload.
    pub claims: Claims,
}

/// The state of the session.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// No user is signed in: the sign-in page replaces every page.
    SignedOut,
    /// A user is signed in and can send requests.
    SignedIn(User),
    /// The token expired or was rejected. The page stays, with all input, under a sign-in dialog.
    Expired,
}

/// How a user signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInMethod {
    /// By pasting a token.
    Pasted,
    /// Through the provider, in this tab.
    Provider,
    /// By continuing the session of another tab.
    OtherTab {
        /// Whether the provider issued its token.
        through_provider: bool,
    },
}

impl SignInMethod {
    /// Whether the provider issued the token.
    pub const fn through_provider(self) -> bool {
        match self {
            Self::Pasted => false,
            Self::Provider => true,
            Self::OtherTab { through_provider } => through_provider,
        }
    }
}

/// The session, as a `Copy` handle.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    /// Whether the user asked to store the token in `sessionStorage`.
    is_remembered: StoredValue<bool>,
    /// Whether the user chose to sign in again before the token expires.
    reauthenticating: RwSignal<bool>,
    /// The user whose session expired on the current page.
    previous_user: StoredValue<Option<Claims>>,
    /// The user who opened the current page, if another user has signed in since.
    replaced_user: RwSignal<Option<Claims>>,
    method: StoredValue<SignInMethod>,
    /// How often the user signed in. A renewal does not count.
    sign_ins: StoredValue<u32>,
    /// Whether the token is renewed without the user before it expires.
    renews_itself: RwSignal<bool>,
    on_sign_out: StoredValue<Option<Callback<()>>>,
    /// Whether the tab is leaving for the provider, with the input stored.
    is_leaving: StoredValue<bool>,
}

impl Session {
    /// Restores the session from `sessionStorage`, or starts signed out. `now` is in milliseconds since 1970.
    pub fn restored(now: f64) -> Self {
        let stored = storage::get(TOKEN_KEY).and_then(|text| Token::parse(&text).ok());
        let state = match stored {
            Some((token, claims)) if !claims.is_unusable(now) => State::SignedIn(User { token, claims }),
            _ => {
                // The token is expired, malformed or missing.
                storage::remove(TOKEN_KEY);
                State::SignedOut
            }
        };
        let is_remembered = StoredValue::new(matches!(state, State::SignedIn(_)));
        Self {
            state: RwSignal::new(state),
            is_remembered,
            reauthenticating: RwSignal::new(false),
            previous_user: StoredValue::new(None),
            replaced_user: RwSignal::new(None),
            method: StoredValue::new(SignInMethod::Pasted),
            sign_ins: StoredValue::new(0),
            renews_itself: RwSignal::new(false),
            on_sign_out: StoredValue::new(None),
            is_leaving: StoredValue::new(false),
        }
    }

    /// The state of the session, tracked.
    pub fn state(self) -> State {
        self.state.get()
    }

    /// The signed-in user, tracked.
    pub fn user(self) -> Option<User> {
        match self.state.get() {
            State::SignedIn(user) => Some(user),
            State::SignedOut | State::Expired => None,
        }
    }

    /// The signed-in user, not tracked.
    pub fn user_untracked(self) -> Option<User> {
        untrack(|| self.user())
    }

    /// The number of the sign-in, tracked: a renewed token keeps it. `None` while no user is signed in.
    pub fn sign_in_number(self) -> Option<u32> {
        self.user().map(|_| self.sign_ins.get_value())
    }

    /// Whether the user last asked to stay signed in: the default when they sign in again.
    pub fn is_remembered(self) -> bool {
        self.is_remembered.try_get_value().unwrap_or_default()
    }

    /// Signs in. With `remember`, the token is stored in `sessionStorage` and survives a reload of the page.
    fn sign_in(self, method: SignInMethod, token: Token, claims: Claims, remember: bool) {
        self.method.set_value(method);
        self.sign_ins.update_value(|count| *count += 1);
        self.renews_itself.set(false);
        self.is_remembered.set_value(remember);
        self.store(&token);
        let previous = self.user_untracked().map(|user| user.claims).or_else(|| self.previous_user.get_value());
        if let Some(previous) = previous.filter(|previous| !previous.is_same_user(&claims)) {
            self.replaced_user.set(Some(previous));
        }
        self.reauthenticating.set(false);
        self.state.set(State::SignedIn(User { token, claims }));
    }

    /// Replaces the token by a newer one of the same user. Nothing on the page changes.
    fn renew(self, token: Token, claims: Claims) {
        self.store(&token);
        self.reauthenticating.set(false);
        self.state.set(State::SignedIn(User { token, claims }));
    }

    fn store(self, token: &Token) {
        if self.is_remembered() {
            storage::set(TOKEN_KEY, token.expose());
        } else {
            storage::remove(TOKEN_KEY);
        }
    }

    /// Signs out everywhere: this tab, the other tabs, and the provider's page if the user signed in there.
    pub fn sign_out(self) {
        self.forget();
        if let Some(on_sign_out) = self.on_sign_out.get_value() {
            on_sign_out.run(());
        }
    }

    /// Signs out this tab: removes the token and all drafts, and closes the page.
    fn forget(self) {
        storage::remove(TOKEN_KEY);
        storage::remove_all(DRAFT_KEY_PREFIX);
        self.forget_replaced();
        self.reauthenticating.set(false);
        self.previous_user.set_value(None);
        self.is_remembered.set_value(false);
        self.state.set(State::SignedOut);
    }

    /// Ends the session of a token that expired or was rejected, and keeps the page. Does nothing for an older token,
    /// whose response came late.
    pub fn end(self, token: &Token) {
        if let Some(user) = self.user_untracked().filter(|user| user.token == *token) {
            storage::remove(TOKEN_KEY);
            self.previous_user.set_value(Some(user.claims));
            self.state.set(State::Expired);
        }
    }

    /// When the session ends unless the user acts, in milliseconds since 1970, tracked; `None` while it renews itself.
    pub fn ends_at(self) -> Option<f64> {
        self.user().and_then(|user| user.claims.ends_at).filter(|_| !self.renews_itself.get())
    }

    /// How the user signed in.
    pub fn method(self) -> SignInMethod {
        self.method.get_value()
    }

    /// Whether the tab is leaving for the provider with everything stored, so that the browser need not ask. The answer is
    /// for one `beforeunload`: if the user stops the browser, the next one asks again.
    pub fn take_leaving(self) -> bool {
        self.is_leaving.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Opens or closes the sign-in dialog before the token expires.
    pub fn set_reauthenticating(self, reauthenticating: bool) {
        self.reauthenticating.set(reauthenticating);
    }

    /// Whether the sign-in dialog is open over the page, tracked.
    pub fn needs_sign_in(self) -> bool {
        match self.state.get() {
            State::SignedOut => false,
            State::SignedIn(_) => self.reauthenticating.get(),
            State::Expired => true,
        }
    }

    /// The user who opened the current page, if another user has signed in since, tracked.
    pub fn replaced_user(self) -> Option<Claims> {
        self.replaced_user.get()
    }

    /// Forgets the user who opened the current page, after a navigation or a sign-out.
    pub fn forget_replaced(self) {
        if self.replaced_user.with_untracked(Option::is_some) {
            self.replaced_user.set(None);
        }
    }
}
