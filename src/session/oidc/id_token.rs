//! The checks of an ID token (OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! Its signature is not checked: the token comes straight from the token endpoint over TLS, which section 3.1.3.7, step 6
//! accepts in its place.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::config::OidcConfig;
use super::pkce::Nonce;
use super::secret::Secret;
use crate::lenient;
use crate::session::base64url;

/// How far this computer's clock may be off, in milliseconds: the default of `oidc-client-ts`.
pub const CLOCK_TOLERANCE: f64 = 300_000.0;

/// An ID token that passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdToken {
    token: Secret,
    /// The provider's ID of the user.
    pub(super) sub: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    nonce: Nonce,
}

/// The sign-in or renewal that an ID token must belong to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected<'a> {
    /// A sign-in with this nonce.
    SignIn(&'a Nonce),
    /// A renewal of the session that began with this ID token (section 12.2).
    Renewal(&'a IdToken),
}

/// The check that an ID token failed. Times are in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq)]
pub enum IdTokenError {
    /// Not three base64url parts, or the header or the claims aren't a JSON object whose members have the right types.
    NotAJwt,
    /// The header says `"alg": "none"`.
    Unsigned,
    /// `iss` is missing or not the configured issuer.
    WrongIssuer,
    /// `aud` is missing or lacks this client.
    WrongAudience,
    /// `azp` is another client, or missing although there are several audiences.
    WrongAuthorizedParty,
    /// `exp` has passed. This computer's clock may be wrong.
    Expired {
        /// The token's `exp`.
        expired_at: f64,
    },
    /// `iat` lies in the future. This computer's clock may be wrong.
    IssuedInFuture {
        /// The token's `iat`.
        issued_at: f64,
    },
    /// A claim that every ID token has is missing: `sub`, `exp` or `iat`.
    Missing(&'static str),
    /// `nonce` is missing or differs from the transaction's.
    WrongNonce,
    /// A renewal returned a token of another user.
    OtherUser,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default, deserialize_with = "lenient::scalar")]
    alg: Option<String>,
}

/// The claims. One that is checked must have its type; the name and the email are only shown.
#[derive(Deserialize)]
struct Payload {
    iss: Option<String>,
    sub: Option<String>,
    #[serde(default, deserialize_with = "one_or_more")]
    aud: Vec<String>,
    azp: Option<String>,
    /// In seconds since 1970, like `iat`.
    exp: Option<f64>,
    iat: Option<f64>,
    nonce: Option<String>,
    #[serde(default, deserialize_with = "lenient::trimmed")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::trimmed")]
    email: Option<String>,
}

/// Reads a string or a list of strings.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let json = <&RawValue>::deserialize(deserializer)?.get();
    let list = serde_json::from_str(json).or_else(|_| serde_json::from_str(json).map(|one| vec![one]));
    list.map_err(D::Error::custom)
}

impl IdToken {
    /// Checks an ID token at `now`, in milliseconds since 1970.
    pub(super) fn verify(
        token: &str,
        config: &OidcConfig,
        expected: Expected<'_>,
        now: f64,
    ) -> Result<Self, IdTokenError> {
        let payload = read(token)?;
        if payload.iss.as_deref() != Some(config.issuer().as_str()) {
            return Err(IdTokenError::WrongIssuer);
        }
        check_audience(&payload, config.client_id())?;
        check_times(&payload, now)?;
        let nonce = match expected {
            Expected::SignIn(nonce) if nonce.matches(payload.nonce.as_deref()) => nonce,
            // A renewed token has no nonce, or the first one.
            Expected::Renewal(IdToken { nonce, .. })
                if payload.nonce.is_none() || nonce.matches(payload.nonce.as_deref()) =>
            {
                nonce
            }
            Expected::SignIn(_) | Expected::Renewal(_) => return Err(IdTokenError::WrongNonce),
        };
        let sub = payload.sub.filter(|sub| !sub.trim().is_empty()).ok_or(IdTokenError::Missing("sub"))?;
        if let Expected::Renewal(first) = expected
            && first.sub != sub
        {
            return Err(IdTokenError::OtherUser);
        }
        let Payload { name, email, .. } = payload;
        Ok(Self { token: Secret::new(token), sub, name, email, nonce: nonce.clone() })
    }

    /// The token itself, for `id_token_hint`.
    pub(super) fn expose(&self) -> &str {
        self.token.expose()
    }
}

fn read(token: &str) -> Result<Payload, IdTokenError> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else { return Err(IdTokenError::NotAJwt) };
    let json = |part| base64url::decode(part).and_then(|bytes| String::from_utf8(bytes).ok());
    let (header, payload) = (json(header).ok_or(IdTokenError::NotAJwt)?, json(payload).ok_or(IdTokenError::NotAJwt)?);
    let header: Header = lenient::parse_object(&header).ok_or(IdTokenError::NotAJwt)?;
    if header.alg.is_none_or(|alg| alg.eq_ignore_ascii_case("none")) {
        return Err(IdTokenError::Unsigned);
    }
    if signature.is_empty() || base64url::decode(signature).is_none() {
        return Err(IdTokenError::NotAJwt);
    }
    lenient::parse_object(&payload).ok_or(IdTokenError::NotAJwt)
}

fn check_audience(payload: &Payload, client_id: &str) -> Result<(), IdTokenError> {
    let audiences = &payload.aud;
    if !audiences.iter().any(|audience| audience == client_id) {
        return Err(IdTokenError::WrongAudience);
    }
    match payload.azp.as_deref() {
        Some(azp) if azp == client_id => Ok(()),
        None if audiences.len() == 1 => Ok(()),
        Some(_) | None => Err(IdTokenError::WrongAuthorizedParty),
    }
}

fn check_times(payload: &Payload, now: f64) -> Result<(), IdTokenError> {
    let expired_at = payload.exp.ok_or(IdTokenError::Missing("exp"))? * 1000.0;
    let issued_at = payload.iat.ok_or(IdTokenError::Missing("iat"))? * 1000.0;
    if expired_at <= now - CLOCK_TOLERANCE {
        return Err(IdTokenError::Expired { expired_at });
    }
    if issued_at > now + CLOCK_TOLERANCE {
        return Err(IdTokenError::IssuedInFuture { issued_at });
    }
    Ok(())
}

#[cfg(test)]
#[path = "id_token_tests.rs"]
mod tests;
