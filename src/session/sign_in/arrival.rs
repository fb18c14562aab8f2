//! The start of a page: the provider's answer in its URL, or a silent sign-in after a reload.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Attempt, Failure, SignIn};
use crate::session::oidc::callback::{CallbackError, CheckedCallback, ProviderError, RejectedCallback};
use crate::session::oidc::error::SignInError;
use crate::session::oidc::flow::{self, Arrival};
use crate::session::oidc::provider::Provider;
use crate::session::{SignInMethod, State};

/// How long a popup waits for the tab that opened it before it explains why its callback is of no use here. That tab may
/// answer later all the same.
const EXPLAIN_AFTER: Duration = Duration::from_secs(1);

impl SignIn {
    /// Takes the provider's answer, or signs in silently.
    pub(super) fn arrive(self, provider: Provider) {
        match flow::take_callback(provider) {
            Some(Arrival::Checked(checked)) => self.exchange(provider, checked, Attempt::SigningIn),
            Some(Arrival::Rejected(rejected, None)) => self.reject(&rejected),
            Some(Arrival::Rejected(rejected, Some(query))) => {
                let number = self.begin(Attempt::SigningIn);
                let explain = move || {
                    if self.is_current(number) {
                        self.reject(&rejected);
                    }
                };
                set_timeout(explain, EXPLAIN_AFTER);
                let Some(channel) = self.channel() else { return };
                spawn_local(async move {
                    if flow::hand_to_opener(provider, channel, query).await && !self.attempt.is_disposed() {
                        self.begin(Attempt::HandedOver);
                    }
                });
            }
            // After a reload, tries once to sign in from the provider's own session.
            None if self.session.state.with_untracked(|state| *state == State::SignedOut) => {
                if let Some(remember) = flow::take_last_sign_in() {
                    self.remember.set(remember);
                    self.begin_redirect(provider, Attempt::SigningIn, true);
                }
            }
            None => {}
        }
    }

    /// Shows why a callback was rejected. A user who pressed nothing needs no explanation.
    fn reject(self, rejected: &RejectedCallback) {
        let RejectedCallback { error, was_silent, remember, .. } = rejected;
        let needs_user = matches!(
            error,
            CallbackError::Provider(
                ProviderError::LoginRequired | ProviderError::ConsentRequired | ProviderError::InteractionRequired,
                _
            )
        );
        self.remember.set(*remember);
        if *was_silent && needs_user {
            self.begin(Attempt::None);
        } else {
            self.fail(Failure::SignIn(SignInError::Callback(rejected.clone())));
        }
    }

    /// Exchanges a code and signs in, unless another attempt begins before the reply.
    pub(super) fn exchange(self, provider: Provider, checked: CheckedCallback, attempt: Attempt) {
        let number = self.begin(attempt);
        spawn_local(async move {
            let result = flow::exchange(provider, checked).await;
            match result {
                _ if !self.is_current(number) => {}
                Ok(signed_in) => {
                    self.settle();
                    flow::keep(provider, &signed_in);
                    let (tokens, remember) = (signed_in.tokens, signed_in.remember);
                    self.session.sign_in(
                        SignInMethod::Provider,
                        tokens.access.clone(),
                        tokens.claims.clone(),
                        remember,
                    );
                    self.session.renews_itself.set(tokens.can_renew());
                }
                Err(error) => self.fail(Failure::SignIn(error)),
            }
        });
    }
}
