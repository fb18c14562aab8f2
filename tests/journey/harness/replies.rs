//! Replies that several stories tell the sandbox to give.

use sandbox::FaultKind;

/// A reply with this status, type and body.
pub(crate) fn reply(status: u16, content_type: &str, body: &str) -> FaultKind {
    FaultKind::Status { status, body: body.into(), content_type: content_type.into(), headers: Vec::new() }
}

/// A 429 whose `Retry-After` of 90 seconds is longer than an audit takes.
pub(crate) fn too_many_requests() -> FaultKind {
    FaultKind::Status {
        status: 429,
        body: String::new(),
        content_type: "application/json".to_owned(),
        headers: vec![("retry-after".to_owned(), "90".to_owned())],
    }
}
