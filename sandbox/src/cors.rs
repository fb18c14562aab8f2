//! What another origin may ask of the API: nothing until told, as with an API that does not know the site's origin.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What a page of another origin is allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cors {
    /// Nothing: the browser asks first, is refused, and sends nothing.
    #[default]
    Denied,
    /// To send, and not to read: what was asked for is done, and the page learns nothing of it.
    SendOnly,
    /// To send and to read.
    Allowed,
}

pub(crate) async fn cors(State(state): State<Arc<crate::State>>, request: Request, next: Next) -> Response {
    let allowed = *crate::lock(&state.cors);
    let asks_first =
        request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if allowed != Cors::Denied && asks_first {
        let allows = [
            (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PATCH"),
            (ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"),
            // What is allowed may change: a browser asks again each time.
            (ACCESS_CONTROL_MAX_AGE, "0"),
        ];
        return (StatusCode::NO_CONTENT, allows).into_response();
    }
    let mut reply = next.run(request).await;
    if allowed == Cors::Allowed {
        let headers = reply.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Retry-After"));
    }
    reply
}
