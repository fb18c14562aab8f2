//! Signing in again in a popup, which keeps the page and its input.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Attempt, Failure, SignIn};
use crate::session::oidc::error::SignInError;
use crate::session::oidc::flow::{self, PreparedSignIn};
use crate::session::oidc::provider::Provider;

impl SignIn {
    /// Prepares the popup, which a browser blocks unless it opens inside a click handler.
    pub fn prepare_popup(self) {
        let Some(provider) = self.provider else { return };
        let request = self.request();
        spawn_local(async move {
            // An error shows when the user presses the button.
            if let Ok(prepared) = flow::prepare_sign_in(provider, request).await {
                _ = self.prepared.try_set_value(Some(prepared));
            }
        });
    }

    /// Opens the provider's page in a popup, again if one is already waiting. Without a popup the tab itself leaves.
    pub fn open_popup(self) {
        let Some(provider) = self.provider.filter(|_| !self.is_busy()) else { return };
        let number = self.begin(Attempt::Opening);
        if let Some(prepared) = self.prepared.get_value().filter(|prepared| prepared.is_fresh(js_sys::Date::now())) {
            return self.show_popup(provider, prepared);
        }
        let request = self.request();
        spawn_local(async move {
            let prepared = flow::prepare_sign_in(provider, request).await;
            match prepared {
                _ if !self.is_current(number) => {}
                Ok(prepared) => {
                    self.prepared.set_value(Some(prepared.clone()));
                    self.show_popup(provider, prepared);
                }
                Err(error) => self.fail(Failure::SignIn(SignInError::Begin(error))),
            }
        });
    }

    fn show_popup(self, provider: Provider, prepared: PreparedSignIn) {
        if prepared.open_popup(provider) {
            self.begin(Attempt::Waiting);
            return;
        }
        // With input that can't be stored, the browser asks before it leaves.
        let is_stored = self.keep_input.get_value().is_none_or(|(_, keep_input)| keep_input.run(()));
        self.session.is_leaving.set_value(is_stored);
        self.redirect(provider, Ok(prepared));
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
