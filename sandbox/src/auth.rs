//! Who is asking: demo users, their tokens, and the check of a token that comes in. What a user may do in a
//! workspace stands in `accounts`, with the members.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::hs256;
use crate::problem::Problem;

// Public on purpose: it opens nothing but a sandbox, and being fixed lets a token outlive a restart.
const SECRET: &[u8] = b"altostrat sandbox only: opens nothing real";

/// The demo users. The last two are the owner again, with less time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// May change everything.
    Owner,
    /// May change everything but is not the owner.
    Admin,
    /// May only look.
    Viewer,
    /// Ends two minutes from now.
    EndsSoon,
    /// Ended an hour ago.
    Ended,
}

impl Demo {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Viewer, Self::EndsSoon, Self::Ended];

    /// As in `GET /sandbox/tokens`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
            Self::EndsSoon => "ends_soon",
            Self::Ended => "ended",
        }
    }

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Viewer => "Viewer",
            Self::EndsSoon => "Ends soon",
            Self::Ended => "Ended",
        }
    }

    /// What a person may do with it.
    pub fn description(self) -> &'static str {
        match self {
            Self::Owner | Self::Admin => "may change everything, for 12 hours",
            Self::Viewer => "may look and not change, for 12 hours",
            Self::EndsSoon => "the owner, for 2 minutes",
            Self::Ended => "the owner, an hour too late",
        }
    }

    /// The Auth0 id, the same as `user_id` among the members.
    pub(crate) fn sub(self) -> &'static str {
        match self {
            Self::Owner | Self::EndsSoon | Self::Ended => "auth0|65f0c1a2b3c4d5e6f7a8b9c0",
            Self::Admin => "auth0|65f0c1a2b3c4d5e6f7a8b9c1",
            Self::Viewer => "auth0|65f0c1a2b3c4d5e6f7a8b9c2",
        }
    }

    pub(crate) fn token(self) -> String {
        let (name, email) = match self {
            Self::Owner | Self::EndsSoon | Self::Ended => ("Olivia Owner", "olivia@acme.com"),
            Self::Admin => ("Adam Admin", "adam@acme.com"),
            Self::Viewer => ("Vera Viewer", "vera@acme.com"),
        };
        let (hour, now) = (60 * 60, OffsetDateTime::now_utc().unix_timestamp());
        let (iat, exp) = match self {
            Self::Owner | Self::Admin | Self::Viewer => (now, now + 12 * hour),
            Self::EndsSoon => (now, now + 2 * 60),
            Self::Ended => (now - 13 * hour, now - hour),
        };
        sign(&json!({ "sub": self.sub(), "name": name, "email": email, "iat": iat, "exp": exp }))
    }
}

/// Signs any claims with the sandbox's key.
///
/// # Panics
/// Never: JSON can always be written and HS256 is always there.
pub(crate) fn sign(claims: &Value) -> String {
    hs256::install();
    jsonwebtoken::encode(&Header::default(), claims, &EncodingKey::from_secret(SECRET)).expect("HS256 signs any JSON")
}

/// A user whose token holds good.
#[derive(Debug, Deserialize)]
pub(crate) struct User {
    pub(crate) sub: String,
}

impl<S: Sync> FromRequestParts<S> for User {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let authorization = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        authorization.and_then(user).ok_or_else(Problem::unauthenticated)
    }
}

fn user(authorization: &str) -> Option<User> {
    let (scheme, token) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    hs256::install();
    let mut rules = Validation::new(Algorithm::HS256);
    // A minute's grace is usual, but then "ends soon" would go on after it ended.
    rules.leeway = 0;
    jsonwebtoken::decode(token.trim(), &DecodingKey::from_secret(SECRET), &rules).ok().map(|data| data.claims)
}
