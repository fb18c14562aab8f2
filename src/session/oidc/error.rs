//! Why signing in through the provider failed, as data. Pages turn it into sentences.

use super::callback::RejectedCallback;
use super::discovery::DiscoveryError;
use super::http::HttpError;
use super::token_response::TokenEndpointError;

/// Why the sign-in page of the provider cannot be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum BeginError {
    /// The browser has no WebCrypto here, or takes no navigation.
    Unsupported,
    /// The provider did not reply to the request for its metadata.
    NoReply(HttpError),
    /// The provider's metadata cannot be used.
    Discovery(DiscoveryError),
    /// `sessionStorage` takes no record, so the callback could not be checked.
    NoStorage,
}

/// Why the provider's answer signs nobody in.
#[derive(Debug, Clone, PartialEq)]
pub enum SignInError {
    /// The callback was rejected before anything was sent.
    Callback(RejectedCallback),
    /// The provider's metadata could not be loaded; the code was not sent.
    Begin(BeginError),
    /// The code was sent, and the reply is an error.
    Token(TokenEndpointError),
}

/// Why there is no new access token.
#[derive(Debug, Clone, PartialEq)]
pub enum RenewError {
    /// This tab has no refresh token, and no other tab handed over a token.
    NotRenewable,
    /// The provider's metadata could not be loaded; nothing was sent.
    Begin(BeginError),
    /// The refresh token was sent, and the reply is an error.
    Token(TokenEndpointError),
}
