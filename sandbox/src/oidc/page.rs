//! The provider's pages: plain HTML forms that need no script.

use std::fmt::Write;

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::oidc::authorize::{USERS, origin};
use crate::oidc::issuer::OAuthError;
use crate::site::with_security_headers;

/// The page on which the user chooses who to be. `key` is the pending request's.
pub(crate) fn choose_user(key: &str, redirect_uri: &str) -> Response {
    let mut buttons = String::new();
    for user in USERS {
        let ((_, email), first, role) = (user.profile(), user.first_name(), user.name());
        write!(
            buttons,
            r#"<li><button name="user" value="{role}"><strong>{first}</strong> ({role}) <span>{email}</span></button></li>"#
        )
        .expect("a string takes any text");
    }
    let body = format!(
        r#"<h1>Sign in to the sandbox as</h1><form method="post" action="/oidc/authorize"><input type="hidden" name="request" value="{key}"><ul>{buttons}</ul><button class="cancel" name="user" value="cancel">Cancel</button></form><p>This is a made-up provider: no password, no account, nothing is kept.</p>"#
    );
    // A browser applies form-action to the redirect after the form, too.
    send(StatusCode::OK, "Sign in", &body, &format!("'self' {}", origin(redirect_uri)))
}

/// The page for a request whose error can't be sent to a callback.
pub(crate) fn error(error: &OAuthError) -> Response {
    let body = format!("<h1>This sign-in request is wrong</h1><p>{}</p>", escape(&error.description));
    send(StatusCode::BAD_REQUEST, "Error", &body, "'none'")
}

/// The page after signing out without a page to return to.
pub(crate) fn signed_out() -> Response {
    send(StatusCode::OK, "Signed out", "<h1>You are signed out</h1>", "'none'")
}

fn send(status: StatusCode, title: &str, body: &str, form_action: &str) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (CONTENT_TYPE.as_str(), "text/html; charset=utf-8"),
        (CACHE_CONTROL.as_str(), "no-store"),
        (CONTENT_SECURITY_POLICY.as_str(), policy.as_str()),
        // As at a real provider, which is another site: a popup loses its opener.
        ("cross-origin-opener-policy", "unsafe-none"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let page = format!(
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>{title} – Sandbox</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/oidc/page.css"></head><body><main>{body}</main></body></html>"#
    );
    (status, with_security_headers(headers, page)).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
