//! Authentication: demo users, their tokens, and the verification of tokens. Permissions are in `accounts`, with the
//! members.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::hs256;
use crate::problem::Problem;

/// The HS256 key of every token that the API accepts. It protects only made-up data, and a fixed key keeps tokens usable
/// after a restart. Another provider whose tokens the API shall accept signs with it.
pub const TOKEN_KEY: &str = "altostrat sandbox only: opens nothing real";
/// The vendor's API, the audience of access tokens.
pub(crate) const AUDIENCE: &str = "https://api.altostrat.io";

/// A demo user with a token. The last two are the owner with other expiry times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// The owner of each workspace, who may change everything.
    Owner,
    /// An admin, who may change everything.
    Admin,
    /// A viewer, who may only read.
    Viewer,
    /// The owner with a token that expires in two minutes.
    EndsSoon,
    /// The owner with a token that expired an hour ago.
    Ended,
}

impl Demo {
    /// All demo users in display order.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Viewer, Self::EndsSoon, Self::Ended];

    /// The key in the reply of `GET /sandbox/tokens`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
            Self::EndsSoon => "ends_soon",
            Self::Ended => "ended",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Viewer => "Viewer",
            Self::EndsSoon => "Ends soon",
            Self::Ended => "Ended",
        }
    }

    /// The permissions and lifetime of the token.
    pub fn description(self) -> &'static str {
        match self {
            Self::Owner | Self::Admin => "may change everything, for 12 hours",
            Self::Viewer => "may view but not change anything, for 12 hours",
            Self::EndsSoon => "the owner, for 2 minutes",
            Self::Ended => "the owner, expired an hour ago",
        }
    }

    /// The Auth0 ID, which is the `user_id` of the members.
    pub(crate) fn sub(self) -> &'static str {
        match self {
            Self::Owner | Self::EndsSoon | Self::Ended => "auth0|65f0c1a2b3c4d5e6f7a8b9c0",
            Self::Admin => "auth0|65f0c1a2b3c4d5e6f7a8b9c1",
            Self::Viewer => "auth0|65f0c1a2b3c4d5e6f7a8b9c2",
        }
    }

    /// The name and the email address.
    pub(crate) fn profile(self) -> (&'static str, &'static str) {
        match self {
            Self::Owner | Self::EndsSoon | Self::Ended => ("Olivia Owner", "olivia@acme.com"),
            Self::Admin => ("Adam Admin", "adam@acme.com"),
            Self::Viewer => ("Vera Viewer", "vera@acme.com"),
        }
    }

    /// The first word of the name.
    pub(crate) fn first_name(self) -> &'static str {
        let (name, _) = self.profile();
        name.split(' ').next().unwrap_or(name)
    }

    pub(crate) fn token(self) -> String {
        let (name, email) = self.profile();
        let (hour, now) = (60 * 60, OffsetDateTime::now_utc().unix_timestamp());
        let (iat, exp) = match self {
            Self::Owner | Self::Admin | Self::Viewer => (now, now + 12 * hour),
            Self::EndsSoon => (now, now + 2 * 60),
            Self::Ended => (now - 13 * hour, now - hour),
        };
        sign(&json!({ "sub": self.sub(), "name": name, "email": email, "iat": iat, "exp": exp }))
    }
}

/// Signs arbitrary claims with the sandbox's key.
pub(crate) fn sign(claims: &Value) -> String {
    hs256::install();
    jsonwebtoken::encode(&Header::default(), claims, &EncodingKey::from_secret(TOKEN_KEY.as_bytes()))
        .expect("HS256 signs any JSON")
}

/// A user with a verified token.
#[derive(Debug, Deserialize)]
pub(crate) struct User {
    pub(crate) sub: String,
}

impl<S: Sync> FromRequestParts<S> for User {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let authorization = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        authorization.and_then(verify).ok_or_else(Problem::unauthenticated)
    }
}

/// The user of a bearer token, if its signature and expiry are good, and its audience if it has one.
fn verify(authorization: &str) -> Option<User> {
    let (scheme, token) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    hs256::install();
    let mut rules = Validation::new(Algorithm::HS256);
    // The default leeway of a minute would keep the "ends soon" token alive after its expiry.
    rules.leeway = 0;
    rules.set_audience(&[AUDIENCE]);
    let key = DecodingKey::from_secret(TOKEN_KEY.as_bytes());
    jsonwebtoken::decode(token.trim(), &key, &rules).ok().map(|data| data.claims)
}
