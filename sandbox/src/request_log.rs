//! What happens around every API request: it is noted, a queued fault is used on it, and its answer is noted too.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use crate::connections::ConnectionCloser;
use crate::faults;
use crate::problem::Problem;

const MAX_BODY: usize = 1024 * 1024;

/// An API request as it came in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedRequest {
    /// `POST`
    pub method: String,
    /// With `/api` in front and without a query.
    pub path: String,
    /// Whether there was an `Authorization` header. The token itself is not kept.
    pub authorization: bool,
    /// The JSON sent; text that is no JSON as a string; None when there was none.
    pub body: Option<Value>,
    /// None while it is being answered, and for good when the connection was cut or the client left.
    pub status: Option<u16>,
}

#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    requests: Vec<(u64, RecordedRequest)>,
    next: u64,
}

impl RequestLog {
    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.iter().map(|(_, request)| request.clone()).collect()
    }

    pub(crate) fn clear(&mut self) {
        self.requests.clear();
    }

    fn arrived(&mut self, request: RecordedRequest) -> u64 {
        self.next += 1;
        self.requests.push((self.next, request));
        self.next
    }

    // Cleared in between: then there is nothing to note it on.
    fn answered(&mut self, id: u64, status: StatusCode) {
        if let Some((_, request)) = self.requests.iter_mut().find(|(known, _)| *known == id) {
            request.status = Some(status.as_u16());
        }
    }
}

pub(crate) async fn record_request(
    State(state): State<Arc<crate::State>>,
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
