//! The log of requests to the API and the issuer with the status of each reply.

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::Value;

/// A request to the API or the issuer as it arrived.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedRequest {
    /// The HTTP method, for example `POST`.
    pub method: String,
    /// The path with its `/api` or `/oidc` prefix, without the query.
    pub path: String,
    /// Whether the request had an `Authorization` header. The token itself is not recorded.
    pub authorization: bool,
    /// The JSON body; a string if the body is not JSON; `None` if it is empty.
    pub body: Option<Value>,
    /// The status of the reply. `None` until the reply is sent, or if the connection closed before.
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

    /// Adds a request and returns its key in the log.
    pub(crate) fn arrived(&mut self, request: RecordedRequest) -> u64 {
        self.next += 1;
        self.requests.push((self.next, request));
        self.next
    }

    /// Records the status of a reply, unless the log was cleared since the request.
    pub(crate) fn answered(&mut self, id: u64, status: StatusCode) {
        if let Some((_, request)) = self.requests.iter_mut().find(|(known, _)| *known == id) {
            request.status = Some(status.as_u16());
        }
    }
}
