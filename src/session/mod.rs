//! Who is signed in. The token is kept in memory, and in the tab's storage only when the user asked for it (R12).

pub mod token;

use leptos::prelude::*;

use crate::storage;
use token::{Claims, Token};

/// The one name under which a token may be stored (interface.md).
const TOKEN_KEY: &str = "altostrat.jwt";

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
    Ended,
}

/// The session, as a handle to pass around.
#[derive(Debug, Clone, Copy)]
pub struct Session(RwSignal<State>);

impl Session {
    /// The session that this tab was asked to keep, or none.
    pub fn restored(now: f64) -> Self {
        let kept = storage::get(TOKEN_KEY).and_then(|text| Token::parse(&text).ok());
        let state = match kept {
            Some((token, claims)) if !claims.has_ended(now) => State::SignedIn(User { token, claims }),
            Some(_) => {
                storage::remove(TOKEN_KEY);
                State::SignedOut
            }
            None => State::SignedOut,
        };
        Self(RwSignal::new(state))
    }

    /// Where the session stands, tracked.
    pub fn state(self) -> State {
        self.0.get()
    }

    /// The user, tracked; `None` unless signed in.
    pub fn user(self) -> Option<User> {
        match self.0.get() {
            State::SignedIn(user) => Some(user),
            State::SignedOut | State::Ended => None,
        }
    }

    /// The user now, not tracked.
    pub fn user_now(self) -> Option<User> {
        untrack(|| self.user())
    }

    /// Signs in; `remember` keeps the token in this tab's storage, so that a reload does not ask again.
    pub fn sign_in(self, token: Token, claims: Claims, remember: bool) {
        if remember {
            storage::set(TOKEN_KEY, token.bare());
        } else {
            storage::remove(TOKEN_KEY);
        }
        self.0.set(State::SignedIn(User { token, claims }));
    }

    /// Forgets the token and the page.
    pub fn sign_out(self) {
        storage::remove(TOKEN_KEY);
        self.0.set(State::SignedOut);
    }

    /// Forgets a token that has ended or was refused, and keeps the page. A reply to an older token changes nothing.
    pub fn end(self, token: &Token) {
        if self.user_now().is_some_and(|user| user.token == *token) {
            storage::remove(TOKEN_KEY);
            self.0.set(State::Ended);
        }
    }
}
