//! Unsigned access tokens.

use leptos::prelude::window;
use serde_json::{Value, json};

/// The start of the year 2100, in seconds since 1970.
pub(crate) const YEAR_2100: f64 = 4_102_444_800.0;

/// A token of the default user; `expires_at` in seconds since 1970.
pub(crate) fn token(name: &str, expires_at: f64) -> String {
    token_for_user("auth0|1", name, expires_at)
}

/// A token of another user.
pub(crate) fn token_for_user(sub: &str, name: &str, expires_at: f64) -> String {
    token_with_claims(&json!({ "sub": sub, "name": name, "exp": expires_at }))
}

/// A token with any claims.
pub(crate) fn token_with_claims(claims: &Value) -> String {
    let part = |text: &str| {
        let base64 = window().btoa(text).expect("ASCII");
        base64.replace('+', "-").replace('/', "_").replace('=', "")
    };
    format!("{}.{}.{}", part(r#"{"alg":"HS256"}"#), part(&claims.to_string()), part("signature"))
}

/// A token of the default user that expires so many seconds from now.
pub(crate) fn token_expiring_in(seconds: f64) -> String {
    token("Ada Lovelace", js_sys::Date::now() / 1000.0 + seconds)
}
