//! Middleware of the API: CORS headers, the request log, and queued faults.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::connections::ConnectionCloser;
use crate::cors::Cors;
use crate::faults;
use crate::problem::Problem;
use crate::request_log::RecordedRequest;
use crate::state::AppState;

/// The largest request body, in bytes.
const MAX_BODY: usize = 1024 * 1024;

/// Answers a permitted preflight and adds the CORS headers to replies.
pub(crate) async fn apply_cors(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let cors = *state.cors();
    let is_preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if cors != Cors::Denied && is_preflight {
        let allows = [
            (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PATCH"),
            (ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"),
            // Tests change the setting, so the browser must not cache the preflight.
            (ACCESS_CONTROL_MAX_AGE, "0"),
        ];
        return (StatusCode::NO_CONTENT, allows).into_response();
    }
    let mut reply = next.run(request).await;
    if cors == Cors::Allowed {
        let headers = reply.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Retry-After"));
    }
    reply
}

/// Records a request with the status of its reply, and applies the first queued fault that matches it.
pub(crate) async fn record_request(
    State(state): State<Arc<AppState>>,
    Extension(closer): Extension<ConnectionCloser>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY).await;
    let (method, path) = (parts.method.as_str().to_owned(), uri.path().to_owned());
    let id = state.log().arrived(RecordedRequest {
        method: method.clone(),
        path: path.clone(),
        authorization: parts.headers.contains_key(AUTHORIZATION),
        body: body.as_ref().ok().and_then(json_or_text),
        status: None,
    });
    let fault = faults::take(&mut state.faults(), &method, &path);
    let work = async {
        match body {
            Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
            Err(_) => Problem::too_large().into_response(),
        }
    };
    let reply = match fault {
        Some(fault) => fault.apply(work, &closer).await,
        None => work.await,
    };
    state.log().answered(id, reply.status());
    reply
}

fn json_or_text(body: &Bytes) -> Option<Value> {
    let text = || Value::String(String::from_utf8_lossy(body).into_owned());
    (!body.is_empty()).then(|| serde_json::from_slice(body).unwrap_or_else(|_| text()))
}
