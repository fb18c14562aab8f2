//! Errors of signing in through the provider, as data. Pages turn them into sentences.

use super::callback::RejectedCallback;
use super::discovery::DiscoveryError;
use super::http::NetworkError;
use super::token_response::TokenEndpointError;

/// The reason why the sign-in page of the provider can't be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum BeginError {
    /// The browser has no WebCrypto here, or takes no navigation.
    Unsupported,
    /// The provider did not reply to the request for its metadata.
    NoReply(NetworkError),
    /// The provider's metadata cannot be used.
    Discovery(DiscoveryError),
    /// `sessionStorage` takes no record, so the callback could not be checked.
    NoStorage,
}

/// The reason why a sign-in failed after the provider's page.
#[derive(Debug, Clone, PartialEq)]
pub enum SignInError {
    /// The callback was rejected before anything was sent.
    Callback(RejectedCallback),
    /// The provider's metadata could not be loaded; the code was not sent.
    Begin(BeginError),
    /// The code was sent, and the reply is an error.
    Token(TokenEndpointError),
}

/// The reason why a renewal got no new access token.
#[derive(Debug, Clone, PartialEq)]
pub enum RenewError {
    /// This tab has no refresh token, and no other tab handed over a token.
    NotRenewable,
    /// The provider's metadata could not be loaded; nothing was sent.
    Begin(BeginError),
    /// The refresh token was sent, and the reply is an error.
    Token(TokenEndpointError),
}
