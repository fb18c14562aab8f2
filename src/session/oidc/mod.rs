//! Signing in through an OpenID Connect provider: the authorization code flow with PKCE for a browser-based client
//! (RFC 10017, RFC 7636, RFC 9207, OpenID Connect Core 1.0).
//!
//! Small pure steps, each with a type that the next one needs, so that no check can be skipped:
//!
//! | step | takes | gives |
//! |---|---|---|
//! | [`config`], [`discovery`] | the page's metas and the provider's metadata | [`config::OidcConfig`], [`discovery::ProviderMetadata`] |
//! | [`authorize`] | both, and fresh [`pkce`] values | the URL of the provider's page and a [`transaction::Transaction`] |
//! | [`callback`] | the query of `/callback` and the transaction | a [`callback::CheckedCallback`] |
//! | [`exchange`] | a `CheckedCallback` | [`exchange::Tokens`], once [`id_token`] has accepted the ID token |
//! | [`renew`] | a [`exchange::RefreshToken`] | new `Tokens` |
//! | [`sign_out`] | the ID token | the URL that ends the provider's session |
//! | [`tab_message`], [`tab_protocol`] | the messages of other tabs | offers, and the access token on request |
//!
//! [`browser`] alone talks to the browser. [`flow`], [`provider`] and [`tabs`] join it to the steps: they are what pages
//! call.
//!
//! Invariant: only comparing `state` turns a `Callback` into a `CheckedCallback`, and only a `CheckedCallback` can be
//! exchanged.
//!
//! Invariant: a code leaves this folder in the token request and in a popup's message to its opener; a verifier in the token
//! request and the transaction record; a refresh token in the token request only. None of them can be displayed.

pub mod authorize;
pub mod browser;
pub mod callback;
pub mod config;
pub mod discovery;
pub mod error;
pub mod exchange;
mod fixtures;
pub mod flow;
mod form_encoding;
pub mod http;
pub mod id_token;
pub mod pkce;
pub mod provider;
pub mod provider_text;
pub mod renew;
pub mod return_url;
mod secret;
pub mod secure_url;
pub mod sign_out;
pub mod tab_message;
pub mod tab_protocol;
pub mod tabs;
pub mod token_response;
pub mod transaction;
