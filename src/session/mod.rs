//! Who is signed in. The token is kept in memory, and in the tab's storage only when the user asked for it (R12).

mod base64url;
pub mod token;

use leptos::prelude::*;

use crate::browser::storage;
use token::{Claims, Token};

/// The one name under which a token may be stored (interface.md).
const TOKEN_KEY: &str = "altostrat.jwt";
/// With what the name of everything begins that forms keep in the tab for their user.
pub const DRAFT_KEY_PREFIX: &str = "altostrat.draft.";

/// A signed-in user.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// What authorises the requests.
    pub token: Token,
    /// What the token says of the user.
    pub claims: Claims,
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Nobody is signed in: pages show the sign-in form in their place.
    SignedOut,
    /// Requests can be sent.
    SignedIn(User),
    /// The token has ended or was refused. The page stays, with all that was typed, under a sign-in dialog.
    Expired,
}

/// The session, as a handle to pass around.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    /// Whether the user asked for the token to be kept in the tab's storage.
    is_remembered: StoredValue<bool>,
    /// Whether the user asked to sign in again before the end.
    reauthenticating: RwSignal<bool>,
    /// Whose session ended over the page that is shown.
    previous_user: StoredValue<Option<Claims>>,
    /// Who was signed in before somebody else signed in over the page that is shown.
    replaced_user: RwSignal<Option<Claims>>,
}

impl Session {
    /// The session that this tab was asked to keep, or none.
    pub fn restored(now: f64) -> Self {
        let stored = storage::get(TOKEN_KEY).and_then(|text| Token::parse(&text).ok());
        let state = match stored {
            Some((token, claims)) if !claims.is_unusable(now) => State::SignedIn(User { token, claims }),
            _ => {
                // Expired, unreadable, or not there.
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
        }
    }

    /// Where the session stands, tracked.
    pub fn state(self) -> State {
        self.state.get()
    }

    /// The user, tracked; `None` unless signed in.
    pub fn user(self) -> Option<User> {
        match self.state.get() {
            State::SignedIn(user) => Some(user),
            State::SignedOut | State::Expired => None,
        }
    }

    /// The user now, not tracked.
    pub fn user_untracked(self) -> Option<User> {
        untrack(|| self.user())
    }

    /// Whether the user last asked for the token to be kept: asked again, the answer need not be given again.
    pub fn is_remembered(self) -> bool {
        self.is_remembered.try_get_value().unwrap_or_default()
    }

    /// Signs in; `remember` keeps the token in this tab's storage, so that a reload does not ask again.
    pub fn sign_in(self, token: Token, claims: Claims, remember: bool) {
        self.is_remembered.set_value(remember);
        if remember {
            storage::set(TOKEN_KEY, token.expose());
        } else {
            storage::remove(TOKEN_KEY);
        }
        let previous = self.user_untracked().map(|user| user.claims).or_else(|| self.previous_user.get_value());
        if let Some(previous) = previous.filter(|previous| !previous.is_same_user(&claims)) {
            self.replaced_user.set(Some(previous));
        }
        self.reauthenticating.set(false);
        self.state.set(State::SignedIn(User { token, claims }));
    }

    /// Forgets the token and the page, and what was typed.
    pub fn sign_out(self) {
        storage::remove(TOKEN_KEY);
        storage::remove_all(DRAFT_KEY_PREFIX);
        self.forget_replaced();
        self.reauthenticating.set(false);
        self.previous_user.set_value(None);
        self.is_remembered.set_value(false);
        self.state.set(State::SignedOut);
    }

    /// Forgets a token that has ended or was refused, and keeps the page. A reply to an older token changes nothing.
    pub fn end(self, token: &Token) {
        if let Some(user) = self.user_untracked().filter(|user| user.token == *token) {
            storage::remove(TOKEN_KEY);
            self.previous_user.set_value(Some(user.claims));
            self.state.set(State::Expired);
        }
    }

    /// Asks for a new token before this one ends, or no longer.
    pub fn set_reauthenticating(self, reauthenticating: bool) {
        self.reauthenticating.set(reauthenticating);
    }

    /// Whether a token is asked for over the page, tracked.
    pub fn needs_sign_in(self) -> bool {
        match self.state.get() {
            State::SignedOut => false,
            State::SignedIn(_) => self.reauthenticating.get(),
            State::Expired => true,
        }
    }

    /// Whose page it was that somebody else has signed in over, tracked.
    pub fn replaced_user(self) -> Option<Claims> {
        self.replaced_user.get()
    }

    /// The page is no longer the one that somebody else has signed in over.
    pub fn forget_replaced(self) {
        if self.replaced_user.with_untracked(Option::is_some) {
            self.replaced_user.set(None);
        }
    }
}
