//! Ways in which the provider itself misbehaves, while its replies look right.

use serde::{Deserialize, Serialize};

/// A fault of the provider. In JSON: `"wrong_state"`, or `{"lifetime": {"seconds": 90}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum IssuerFault {
    /// The callback has another `state`.
    WrongState,
    /// The callback's `iss` is another issuer (RFC 9207).
    WrongCallbackIssuer,
    /// The callback has an error in place of a code.
    CallbackError {
        /// `error`, for example `server_error`.
        error: String,
        /// `error_description`; empty: none.
        #[serde(default)]
        description: String,
    },
    /// The discovery document names another issuer.
    WrongDiscoveryIssuer,
    /// The token endpoint says that the code was used before.
    CodeReuse,
    /// The ID token's `iss` is another issuer.
    WrongIssuer,
    /// The ID token's `aud` is another client.
    WrongAudience,
    /// The ID token's `nonce` differs from the request's.
    WrongNonce,
    /// The ID token expired an hour ago.
    ExpiredIdToken,
    /// The access token lives this long.
    Lifetime {
        /// In seconds.
        seconds: i64,
    },
}

/// When a fault of the provider applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Discovery,
    Callback,
    Token,
}

impl IssuerFault {
    pub(crate) const fn stage(&self) -> Stage {
        match self {
            Self::WrongDiscoveryIssuer => Stage::Discovery,
            Self::WrongState | Self::WrongCallbackIssuer | Self::CallbackError { .. } => Stage::Callback,
            Self::CodeReuse
            | Self::WrongIssuer
            | Self::WrongAudience
            | Self::WrongNonce
            | Self::ExpiredIdToken
            | Self::Lifetime { .. } => Stage::Token,
        }
    }
}
