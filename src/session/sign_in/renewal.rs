//! Renewing the access token without the user: before it expires, and after the API rejected it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::SignIn;
use crate::browser::timing::use_now;
use crate::session::oidc::error::RenewError;
use crate::session::oidc::flow;
use crate::session::oidc::tab_message::SharedSession;
use crate::session::token::Token;
use crate::session::{SignInMethod, State, User};

/// How long after a renewal that got no new token the next one starts, in milliseconds.
const RETRY_AFTER: f64 = 15_000.0;

/// How long after a renewal a rejection of the new token ends the session, in milliseconds.
const REJECTED_WITHIN: f64 = 10_000.0;

impl SignIn {
    /// Renews the token when it is due, for as long as the app is mounted.
    pub(super) fn renew_when_due(self) {
        let due = Memo::new(move |_| {
            let retry_at = self.retry_at.get();
            match self.session.state() {
                State::SignedOut => None,
                State::SignedIn(user) if self.session.method() != SignInMethod::Pasted => {
                    retry_at.or_else(|| flow::renewal_due(self.provider, &user.claims))
                }
                State::SignedIn(_) | State::Expired => retry_at,
            }
        });
        let now = use_now(move |now| due.get().map(|due| due - now).filter(|wait| *wait > 0.0));
        let is_due = Memo::new(move |_| due.get().is_some_and(|due| due <= now.get()));
        Effect::new(move |_| {
            let user = self
                .session
                .user_untracked()
                .or_else(|| self.provider.and_then(flow::renewable).map(|(token, claims)| User { token, claims }));
            if let (true, Some(user)) = (is_due.get(), user) {
                // Dropping the promise does not stop the renewal.
                _ = future_to_promise(async move {
                    self.renew_on_schedule(user).await;
                    Ok(JsValue::UNDEFINED)
                });
            }
        });
        let on_online = window_event_listener(ev::online, move |_| {
            if self.retry_at.with_untracked(Option::is_some) {
                self.retry_at.set(Some(0.0));
            }
        });
        on_cleanup(move || on_online.remove());
    }

    async fn renew_on_schedule(self, user: User) {
        if self.renew_now(&user, false).await.is_err() {
            let lasts = user.claims.ends_at.is_some_and(|end| js_sys::Date::now() + RETRY_AFTER < end);
            if !lasts || self.retry_at.with_untracked(Option::is_none) {
                self.end(&user.token);
            }
        }
    }

    /// Ends the session of a token that expired or was rejected, as [`Session::end`](crate::session::Session::end) does. The
    /// tokens are forgotten too, except while the refresh token may still work: then the renewal is tried again.
    pub fn end(self, token: &Token) {
        self.session.end(token);
        let can_retry = self.retry_at.with_untracked(Option::is_some) && self.provider.is_some_and(flow::can_renew);
        if !can_retry && self.session.state.with_untracked(|state| *state == State::Expired) {
            self.retry_at.set(None);
            _ = self.provider.map(flow::forget_tokens);
        }
    }

    /// Like [`SignIn::renew`], after the API rejected `used`. A token that was renewed a moment ago is not renewed again, so
    /// that an API which rejects every token ends the session.
    pub async fn renew_rejected(self, used: &Token) -> Option<User> {
        let is_new = js_sys::Date::now() - self.renewed_at.try_get_value()? < REJECTED_WITHIN;
        let is_current = self.session.user_untracked().is_some_and(|user| user.token == *used);
        if is_new && is_current { None } else { self.newer_than(used, true).await }
    }

    /// A newer session than the one of `used`; `None` if it can't be renewed. Calls at the same moment share one renewal.
    pub async fn renew(self, used: &Token) -> Option<User> {
        self.newer_than(used, false).await
    }

    async fn newer_than(self, used: &Token, is_rejected: bool) -> Option<User> {
        let user = self.session.user_untracked()?;
        if user.token == *used {
            let renewal = future_to_promise(async move {
                _ = self.renew_now(&user, is_rejected).await;
                Ok(JsValue::UNDEFINED)
            });
            JsFuture::from(renewal).await.ok()?;
        }
        self.session.state.try_with_untracked(|_| ())?;
        self.session.user_untracked().filter(|user| user.token != *used)
    }

    /// Renews the session of `user`. Does nothing if the user signs in or out before the reply.
    async fn renew_now(self, user: &User, is_rejected: bool) -> Result<(), RenewError> {
        let sign_in = self.session.sign_ins.try_get_value();
        let result = self.newer_session(user, is_rejected).await;
        // The app may be gone, and the user may have signed in or out during the request.
        let is_current = self.session.state.try_with_untracked(|state| match state {
            State::SignedOut => false,
            State::SignedIn(current) => current == user,
            State::Expired => true,
        });
        if is_current != Some(true) || self.session.sign_ins.try_get_value() != sign_in {
            return Ok(());
        }
        match result.and_then(|renewed| renewed.of_same_user(&user.claims)) {
            Ok(SharedSession { token, claims, can_renew, .. }) => {
                self.retry_at.set(None);
                self.renewed_at.set_value(js_sys::Date::now());
                self.session.renew(token, claims);
                self.session.renews_itself.set(can_renew);
                Ok(())
            }
            Err(error) => {
                self.session.renews_itself.set(error == RenewError::NotYet);
                self.retry_at.set(error.is_transient().then(|| js_sys::Date::now() + RETRY_AFTER));
                Err(error)
            }
        }
    }

    /// A newer session than the user's: with the refresh token, else from another tab.
    async fn newer_session(self, user: &User, is_rejected: bool) -> Result<SharedSession, RenewError> {
        if let Some(provider) = self.provider.filter(|provider| flow::can_renew(*provider)) {
            return flow::renew(provider, &user.token).await;
        }
        match self.channel() {
            Some(channel) if self.session.method() != SignInMethod::Pasted => {
                channel.newer_session(&user.claims, is_rejected, self.session.renews_itself.get_untracked()).await
            }
            _ => Err(RenewError::NotRenewable),
        }
    }
}
