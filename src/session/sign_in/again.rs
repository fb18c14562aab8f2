//! Signing in again in a popup, which keeps the page and its input.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Failure, Popup, SignIn};
use crate::session::oidc::error::SignInError;
use crate::session::oidc::flow::{self, PreparedSignIn};
use crate::session::oidc::provider::Provider;

/// How long a prepared sign-in is used, in milliseconds: half of the time that the provider's page may take.
const PREPARED_FOR: f64 = 300_000.0;

impl SignIn {
    /// The popup, tracked.
    pub fn popup(self) -> Popup {
        self.popup.get()
    }

    /// Prepares the popup, which a browser blocks unless it opens while a press is handled.
    pub fn prepare_popup(self) {
        let Some(provider) = self.provider else { return };
        let request = self.request();
        spawn_local(async move {
            // An error shows when the user presses the button.
            let prepared = flow::prepare_sign_in(provider, request).await;
            if let Ok(prepared) = prepared {
                self.keep_prepared(prepared);
            }
        });
    }

    fn keep_prepared(self, prepared: PreparedSignIn) {
        _ = self.prepared.try_update_value(|kept| *kept = Some((prepared, js_sys::Date::now())));
    }

    /// Opens the provider's page in a popup, or another time if it is open. Without a popup the tab itself leaves.
    pub fn open_popup(self) {
        let Some(provider) = self.provider.filter(|_| !self.is_opening.get_untracked()) else { return };
        self.failure.set(None);
        let is_fresh = |at: f64| (0.0..PREPARED_FOR).contains(&(js_sys::Date::now() - at));
        if let Some((prepared, _)) = self.prepared.get_value().filter(|(_, at)| is_fresh(*at)) {
            return self.show_popup(provider, prepared);
        }
        self.is_opening.set(true);
        let request = self.request();
        spawn_local(async move {
            let prepared = flow::prepare_sign_in(provider, request).await;
            if self.is_opening.try_set(false).is_some() {
                return;
            }
            match prepared {
                Ok(prepared) => {
                    self.keep_prepared(prepared.clone());
                    self.show_popup(provider, prepared);
                }
                Err(error) => self.fail(Failure::SignIn(SignInError::Begin(error))),
            }
        });
    }

    fn show_popup(self, provider: Provider, prepared: PreparedSignIn) {
        if prepared.open_popup(provider) {
            self.popup.set(Popup::Waiting);
            return;
        }
        // With input that can't be stored, the browser asks before it leaves.
        let is_stored = self.keep_input.get_value().is_none_or(|(_, keep_input)| keep_input.run(()));
        self.session.is_leaving.set_value(is_stored);
        if let Err(error) = prepared.remembering(self.remember.get_untracked()).redirect(provider) {
            self.session.is_leaving.set_value(false);
            self.fail(Failure::SignIn(SignInError::Begin(error)));
        }
    }

    /// Stops waiting for the popup.
    pub fn cancel_popup(self) {
        _ = self.provider.map(flow::cancel_popup);
        self.popup.set(Popup::Closed);
        self.prepared.set_value(None);
        self.prepare_popup();
    }

    /// Calls `keep_input` before the tab leaves for the provider, until the calling component is unmounted. It returns
    /// whether all input of the page is stored.
    pub fn before_leaving(self, keep_input: Callback<(), bool>) {
        let id = StoredValue::new(());
        self.keep_input.set_value(Some((id, keep_input)));
        on_cleanup(move || {
            // The next page may have set its own already.
            _ = self.keep_input.try_update_value(|kept| kept.take_if(|(kept, _)| *kept == id));
        });
    }
}
