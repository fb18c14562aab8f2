//! What happens around every API request: it is noted, a queued fault is used on it, and its answer is noted too.

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

const MAX_BODY: usize = 1024 * 1024;

pub(crate) async fn answer_cors(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let allowed = *state.cors();
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
