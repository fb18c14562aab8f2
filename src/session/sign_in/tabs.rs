//! What this tab tells the other tabs of this origin, and takes from them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Failure, Popup, SignIn};
use crate::session::oidc::callback::Callback;
use crate::session::oidc::error::SignInError;
use crate::session::oidc::flow;
use crate::session::oidc::tab_message::SharedSession;
use crate::session::oidc::tabs::{Handlers, SessionOffer};
use crate::session::{Origin, User};

impl SignIn {
    pub(super) fn handlers(self) -> Handlers {
        Handlers {
            session: Box::new(move || self.shared_session()),
            on_signed_out: Box::new(move || self.on_signed_out()),
            on_callback: Box::new(move |callback| self.on_popup_callback(callback)),
        }
    }

    /// The session that another tab may continue.
    fn shared_session(self) -> Option<SharedSession> {
        let User { token, claims } = self.session.user_untracked()?;
        let through_provider = self.session.origin().through_provider();
        Some(SharedSession { token, claims, through_provider })
    }

    /// Another tab signed out.
    fn on_signed_out(self) {
        _ = self.provider.map(flow::forget);
        self.settle();
        self.remember.set(false);
        self.session.forget();
    }

    /// Takes the callback of the popup that this tab opened; whether it did.
    fn on_popup_callback(self, callback: Callback) -> bool {
        let Some(provider) = self.provider else { return false };
        let remember = self.remember.get_untracked();
        let Some(checked) = flow::take_popup_callback(provider, callback, remember) else { return false };
        match checked {
            Err(rejected) => self.fail(Failure::SignIn(SignInError::Callback(rejected))),
            Ok(checked) => {
                self.popup.set(Popup::Finishing);
                spawn_local(async move { self.finish(flow::finish_callback(provider, checked).await) });
            }
        }
        true
    }

    /// Asks the other tabs whether someone is signed in.
    pub async fn offer(self) -> Option<SessionOffer> {
        flow::offer_session(self.channel.try_get_value().flatten()?).await
    }

    /// Continues the session of another tab.
    pub fn accept(self, offer: SessionOffer) {
        let Some(channel) = self.channel.get_value().filter(|_| !self.is_opening.get_untracked()) else { return };
        self.failure.set(None);
        self.is_opening.set(true);
        let remember = self.remember.get_untracked();
        spawn_local(async move {
            let shared = flow::accept_session(channel, offer, remember).await;
            if self.stage.is_disposed() {
                return;
            }
            let Some(SharedSession { token, claims, through_provider }) = shared else {
                return self.fail(Failure::OtherTabGone);
            };
            // The tokens that this tab may still have are not those of this session.
            _ = self.provider.map(flow::forget_tokens);
            self.settle();
            let origin = Origin::OtherTab { through_provider };
            self.session.sign_in(origin, token, claims, remember);
            self.update_renews_itself();
        });
    }
}
