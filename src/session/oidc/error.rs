//! Errors of signing in through the provider, as data. Pages turn them into sentences.

use super::callback::RejectedCallback;
use super::discovery::DiscoveryError;
use super::http::NetworkError;
use super::renew;
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
    /// This tab has no refresh token and does not ask other tabs, or the new token is another user's.
    NotRenewable,
    /// This tab has no refresh token, and no other tab has a newer token.
    NoAnswer,
    /// A tab with a refresh token has no newer token yet.
    NotYet,
    /// The provider's metadata could not be loaded; nothing was sent.
    Begin(BeginError),
    /// The refresh token was sent, and the reply is an error.
    Token(TokenEndpointError),
}

impl RenewError {
    /// Whether a later try can succeed.
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::NotRenewable => false,
            Self::NoAnswer | Self::NotYet | Self::Begin(_) => true,
            Self::Token(error) => renew::is_transient(error),
        }
    }
}
