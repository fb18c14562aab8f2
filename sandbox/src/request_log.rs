//! The API requests that came in, with their answers.

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::Value;

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

    pub(crate) fn arrived(&mut self, request: RecordedRequest) -> u64 {
        self.next += 1;
        self.requests.push((self.next, request));
        self.next
    }

    // Cleared in between: then there is nothing to note it on.
    pub(crate) fn answered(&mut self, id: u64, status: StatusCode) {
        if let Some((_, request)) = self.requests.iter_mut().find(|(known, _)| *known == id) {
            request.status = Some(status.as_u16());
        }
    }
}
