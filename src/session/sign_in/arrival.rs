//! The start of a page: the provider's answer in its URL, or a silent sign-in after a reload.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Failure, SignIn, Stage, this_page};
use crate::session::oidc::callback::{CallbackError, ProviderError, RejectedCallback};
use crate::session::oidc::error::SignInError;
use crate::session::oidc::exchange::SignedIn;
use crate::session::oidc::flow::{self, Arrival};
use crate::session::oidc::provider::Provider;
use crate::session::{Origin, State};

impl SignIn {
    /// Takes the provider's answer, or signs in silently.
    pub(super) fn arrive(self, provider: Provider) {
        match flow::take_callback(provider) {
            Some(Arrival::Checked(checked)) => {
                self.stage.set(Stage::SigningIn);
                spawn_local(async move { self.finish(flow::finish_callback(provider, checked).await) });
            }
            Some(Arrival::Rejected(rejected, None)) => self.reject(rejected),
            Some(Arrival::Rejected(rejected, Some(query))) => {
                self.stage.set(Stage::SigningIn);
                spawn_local(async move {
                    let channel = self.channel.try_get_value().flatten();
                    match channel {
                        Some(channel) if flow::hand_to_opener(provider, channel, query).await => {
                            _ = self.stage.try_set(Stage::HandedOver);
                        }
                        _ => self.reject(rejected),
                    }
                });
            }
            None if self.session.state.with_untracked(|state| *state == State::SignedOut) => {
                self.sign_in_silently(provider)
            }
            None => {}
        }
    }

    /// After a reload, tries once to sign in from the provider's own session.
    fn sign_in_silently(self, provider: Provider) {
        let Some(remember) = flow::last_sign_in() else { return };
        self.remember.set(remember);
        self.stage.set(Stage::SigningIn);
        spawn_local(async move {
            if let Err(error) = flow::begin_silent_sign_in(provider, this_page(), remember).await {
                self.fail(Failure::SignIn(SignInError::Begin(error)));
            }
        });
    }

    /// Shows why a callback was rejected. A user who pressed nothing needs no explanation.
    fn reject(self, rejected: RejectedCallback) {
        let RejectedCallback { error, was_silent, remember, .. } = &rejected;
        let needs_user = matches!(
            error,
            CallbackError::Provider(
                ProviderError::LoginRequired | ProviderError::ConsentRequired | ProviderError::InteractionRequired,
                _
            )
        );
        if self.stage.is_disposed() {
            return;
        }
        self.remember.set(*remember);
        if *was_silent && needs_user {
            self.stage.set(Stage::Idle);
        } else {
            self.fail(Failure::SignIn(SignInError::Callback(rejected)));
        }
    }

    /// Signs in with the reply to a code.
    pub(super) fn finish(self, result: Result<SignedIn, SignInError>) {
        if self.stage.is_disposed() {
            return;
        }
        match result {
            Ok(SignedIn { tokens, remember, .. }) => {
                self.settle();
                self.session.sign_in(Origin::Provider, tokens.access, tokens.claims, remember);
                self.update_renews_itself();
            }
            Err(error) => self.fail(Failure::SignIn(error)),
        }
    }
}
