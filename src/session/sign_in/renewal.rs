//! Renewing the access token without the user: before it expires, and after the API rejected it.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::SignIn;
use crate::browser::timing::use_now;
use crate::session::oidc::error::RenewError;
use crate::session::oidc::flow;
use crate::session::oidc::renew::is_transient;
use crate::session::token::{Claims, Token};
use crate::session::{Origin, User};

/// How long after a renewal that got no reply the next one starts, in milliseconds.
const RETRY_AFTER: f64 = 15_000.0;

/// How long after a renewal a rejection of the new token ends the session, in milliseconds.
const REJECTED_WITHIN: f64 = 10_000.0;

impl SignIn {
    /// Renews the token when it is due, for as long as the app is mounted.
    pub(super) fn renew_when_due(self) {
        let due = Memo::new(move |_| {
            let claims = self.session.user()?.claims;
            self.retry_at.get().or_else(|| self.renewal_due(&claims))
        });
        let now = use_now(move |now| due.get().map(|due| due - now).filter(|wait| *wait > 0.0));
        let is_due = Memo::new(move |_| due.get().is_some_and(|due| due <= now.get()));
        Effect::new(move |_| {
            if let (true, Some(user)) = (is_due.get(), self.session.user_untracked()) {
                // Dropping the promise does not stop the renewal.
                _ = future_to_promise(async move {
                    self.renew_on_schedule(user).await;
                    Ok(JsValue::UNDEFINED)
                });
            }
        });
    }

    fn renewal_due(self, claims: &Claims) -> Option<f64> {
        match (self.session.origin(), self.provider) {
            (Origin::Pasted, _) => None,
            (_, Some(provider)) => flow::renewal_due(provider, claims),
            (_, None) => claims.ends_at.map(flow::ask_at),
        }
    }

    async fn renew_on_schedule(self, user: User) {
        let Err(error) = self.renew_now(&user).await else { return };
        if self.retry_at.is_disposed() {
            return;
        }
        let next = js_sys::Date::now() + RETRY_AFTER;
        self.session.renews_itself.set(false);
        if is_worth_a_retry(&error) && user.claims.ends_at.is_some_and(|end| next < end) {
            self.retry_at.set(Some(next));
        } else {
            self.session.end(&user.token);
        }
    }

    /// Like [`SignIn::renew`], after the API rejected `used`. A token that was renewed a moment ago is not renewed again, so
    /// that an API which rejects every token ends the session.
    pub async fn renew_rejected(self, used: &Token) -> Option<User> {
        let is_new = js_sys::Date::now() - self.renewed_at.try_get_value()? < REJECTED_WITHIN;
        let is_current = self.session.user_untracked().is_some_and(|user| user.token == *used);
        if is_new && is_current { None } else { self.renew(used).await }
    }

    /// A newer session than the one of `used`; `None` if it can't be renewed. Calls at the same moment share one renewal.
    pub async fn renew(self, used: &Token) -> Option<User> {
        let user = self.session.user_untracked()?;
        if user.token == *used {
            let renewal = future_to_promise(async move {
                _ = self.renew_now(&user).await;
                Ok(JsValue::UNDEFINED)
            });
            JsFuture::from(renewal).await.ok()?;
        }
        self.session.state.try_with_untracked(|_| ())?;
        self.session.user_untracked().filter(|user| user.token != *used)
    }

    /// Renews the session of `user`. Does nothing if the user signs in or out before the reply.
    async fn renew_now(self, user: &User) -> Result<(), RenewError> {
        let (token, claims) = self.newer_token(&user.token).await?;
        // The app may be gone, and the user may have signed in or out during the request.
        let current = self.session.state.try_with_untracked(|_| self.session.user_untracked()).flatten();
        if current.as_ref() != Some(user) {
            return Ok(());
        }
        if !claims.is_same_user(&user.claims) {
            return Err(RenewError::NotRenewable);
        }
        self.retry_at.set(None);
        self.renewed_at.set_value(js_sys::Date::now());
        self.session.renew(token, claims);
        self.update_renews_itself();
        Ok(())
    }

    async fn newer_token(self, used: &Token) -> Result<(Token, Claims), RenewError> {
        let channel = self.channel.try_get_value().flatten().ok_or(RenewError::NotRenewable)?;
        match (self.session.origin(), self.provider) {
            (Origin::Pasted, _) => Err(RenewError::NotRenewable),
            (_, Some(provider)) => flow::renew(provider, channel, used).await,
            (_, None) => flow::newer_from_another_tab(channel, used).await.ok_or(RenewError::NotRenewable),
        }
    }

    /// Whether the session is expected to go on without the user.
    pub(super) fn update_renews_itself(self) {
        let has_refresh_token = || self.provider.and_then(flow::can_renew).unwrap_or_default();
        let renews_itself = match self.session.origin() {
            Origin::Provider => has_refresh_token(),
            origin => origin.through_provider(),
        };
        self.session.renews_itself.set(renews_itself);
    }
}

fn is_worth_a_retry(error: &RenewError) -> bool {
    match error {
        RenewError::NotRenewable => false,
        RenewError::Begin(_) => true,
        RenewError::Token(error) => is_transient(error),
    }
}
