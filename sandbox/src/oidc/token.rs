//! The tokens that the provider issues.

use serde_json::{Value, json};

use crate::auth::{Demo, sign};
use crate::oidc::fault::IssuerFault;
use crate::oidc::issuer::{CLIENT_ID, Grant, random};

const HOUR: i64 = 60 * 60;
/// The lifetime that the vendor documents for access tokens, in seconds.
const LIFETIME: i64 = 24 * HOUR;

/// The reply of the token endpoint, changed by a fault; `now` is in seconds since 1970.
pub(crate) fn response(grant: &Grant, issuer: &str, fault: Option<&IssuerFault>, now: i64) -> Value {
    let lifetime = match fault {
        Some(IssuerFault::Lifetime { seconds }) => *seconds,
        _ => LIFETIME,
    };
    let mut response = json!({
        "access_token": access_token(grant.user, now, lifetime),
        "id_token": id_token(grant, issuer, fault, now),
        "token_type": "Bearer",
        "expires_in": lifetime,
    });
    if let Some(token) = &grant.refresh_token {
        response["refresh_token"] = json!(token);
    }
    response
}

/// The same kind of token as [`Demo::token`], and unlike any other by its `jti`.
fn access_token(user: Demo, now: i64, lifetime: i64) -> String {
    let (name, email) = user.profile();
    let (sub, jti) = (user.sub(), random());
    sign(&json!({ "sub": sub, "name": name, "email": email, "iat": now, "exp": now + lifetime, "jti": jti }))
}

fn id_token(grant: &Grant, issuer: &str, fault: Option<&IssuerFault>, now: i64) -> String {
    let (name, email) = grant.user.profile();
    let mut claims = json!({
        "iss": issuer,
        "sub": grant.user.sub(),
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 10 * HOUR,
        "nonce": grant.nonce,
        "name": name,
        "email": email,
        "email_verified": true,
        "jti": random(),
    });
    match fault {
        Some(IssuerFault::WrongIssuer) => claims["iss"] = json!("https://issuer.example"),
        Some(IssuerFault::WrongAudience) => claims["aud"] = json!("another-client"),
        Some(IssuerFault::WrongNonce) => claims["nonce"] = json!("another-nonce"),
        Some(IssuerFault::ExpiredIdToken) => {
            claims["iat"] = json!(now - 2 * HOUR);
            claims["exp"] = json!(now - HOUR);
        }
        _ => {}
    }
    sign(&claims)
}
