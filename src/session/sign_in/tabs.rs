//! The session messages that this tab exchanges with the other tabs of this origin.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Attempt, Failure, SignIn};
use crate::session::oidc::callback::Callback;
use crate::session::oidc::error::SignInError;
use crate::session::oidc::flow;
use crate::session::oidc::tab_message::{Address, SharedSession};
use crate::session::oidc::tabs::{Handlers, SessionChannel, SessionOffer};
use crate::session::{SignInMethod, User};

impl SignIn {
    pub(super) fn handlers(self) -> Handlers {
        Handlers {
            session: Box::new(move || self.shared_session()),
            renew: Box::new(move |to, is_rejected| self.renew_for(to, is_rejected)),
            on_signed_out: Box::new(move || self.on_signed_out()),
            on_callback: Box::new(move |callback| self.on_popup_callback(callback)),
        }
    }

    /// The channel; `None` once the app is gone.
    pub(super) fn channel(self) -> Option<SessionChannel> {
        self.channel.try_get_value().flatten()
    }

    /// The session that another tab may continue.
    fn shared_session(self) -> Option<SharedSession> {
        let User { token, claims } = self.session.user_untracked()?;
        let through_provider = self.session.method().through_provider();
        let can_renew = self.provider.is_some_and(flow::can_renew);
        Some(SharedSession { token, claims, through_provider, can_renew })
    }

    /// Renews the session for a tab that continues it, and then answers that tab.
    fn renew_for(self, to: Address, is_rejected: bool) {
        let Some(User { token, .. }) = self.session.user_untracked() else { return };
        spawn_local(async move {
            if is_rejected {
                self.renew_rejected(&token).await;
            } else {
                self.renew(&token).await;
            }
            let Some(channel) = self.channel() else { return };
            if let Some(session) = self.shared_session() {
                channel.answer(to, session);
            }
        });
    }

    /// Another tab signed out.
    pub(super) fn on_signed_out(self) {
        _ = self.provider.map(flow::forget);
        self.settle();
        self.remember.set(false);
        self.session.forget();
    }

    /// Takes the callback of the popup that this tab opened; whether it did.
    fn on_popup_callback(self, callback: Callback) -> bool {
        let Some(provider) = self.provider else { return false };
        let remember = self.remember.get_untracked();
        match flow::take_popup_callback(provider, callback, remember) {
            None => return false,
            Some(Err(rejected)) => self.fail(Failure::SignIn(SignInError::Callback(rejected))),
            Some(Ok(checked)) => self.exchange(provider, checked, Attempt::Finishing),
        }
        true
    }

    /// Asks the other tabs whether someone is signed in. The first answer counts; `None` after a second.
    pub async fn offer(self) -> Option<SessionOffer> {
        self.channel()?.offer().await
    }

    /// Continues the session of another tab.
    pub fn accept(self, offer: SessionOffer) {
        let Some(channel) = self.channel().filter(|_| !self.is_busy()) else { return };
        let number = self.begin(Attempt::Accepting);
        spawn_local(async move {
            let shared = channel.accept(offer).await;
            match shared {
                _ if !self.is_current(number) => {}
                None => self.fail(Failure::OtherTabGone),
                Some(SharedSession { token, claims, through_provider, can_renew }) => {
                    self.settle();
                    let remember = self.remember.get_untracked();
                    // The tokens that this tab may still have are not those of this session.
                    _ = self.provider.map(flow::forget);
                    flow::mark(through_provider.then_some(remember));
                    let method = SignInMethod::OtherTab { through_provider };
                    self.session.sign_in(method, token, claims, remember);
                    self.session.renews_itself.set(can_renew);
                }
            }
        });
    }
}
