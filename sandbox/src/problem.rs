//! Error replies in the API's two shapes: the documented one, and Laravel's for validation errors (422).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// An error reply.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    body: Value,
}

impl Problem {
    fn documented(status: StatusCode, kind: &str, code: &str, message: &str) -> Self {
        let doc_url = format!("https://docs.altostrat.io/errors/{code}");
        Self { status, body: json!({ "type": kind, "code": code, "message": message, "doc_url": doc_url }) }
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::documented(
            StatusCode::UNAUTHORIZED,
            "authentication_error",
            "unauthenticated",
            "The token is missing, has ended or is not valid.",
        )
    }

    pub(crate) fn forbidden() -> Self {
        Self::documented(
            StatusCode::FORBIDDEN,
            "permission_error",
            "forbidden",
            "Only owners and admins of this workspace may change it.",
        )
    }

    pub(crate) fn not_found(code: &str, message: &str) -> Self {
        Self::documented(StatusCode::NOT_FOUND, "not_found", code, message)
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::documented(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "method_not_allowed",
            "This route does not support this method.",
        )
    }

    pub(crate) fn malformed() -> Self {
        Self::documented(StatusCode::BAD_REQUEST, "bad_request", "malformed_json", "The body is not valid JSON.")
    }

    pub(crate) fn too_large() -> Self {
        Self::documented(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            "payload_too_large",
            "The body is larger than 1 MiB.",
        )
    }

    pub(crate) fn not_json() -> Self {
        Self::documented(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "unsupported_media_type",
            "The Content-Type must be application/json.",
        )
    }

    pub(crate) fn limit_reached(mode: &str, limit: usize) -> Self {
        let noun = if limit == 1 { "billing account" } else { "billing accounts" };
        Self::documented(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unprocessable_entity",
            "billing_account_limit_reached",
            &format!("A workspace in {mode} billing mode can have at most {limit} {noun}."),
        )
    }

    pub(crate) fn active_subscriptions_exist() -> Self {
        Self::documented(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unprocessable_entity",
            "active_subscriptions_exist",
            "Cannot delete a billing account that has active subscriptions.",
        )
    }

    pub(crate) fn bad_fault(message: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, body: json!({ "message": message }) }
    }

    /// Laravel's validation error: the message is the first error and the number of others.
    pub(crate) fn invalid(faults: Vec<(String, String)>) -> Self {
        let mut message = faults.first().map(|(_, message)| message.clone()).unwrap_or_default();
        match faults.len().saturating_sub(1) {
            0 => {}
            1 => message += " (and 1 more error)",
            others => message += &format!(" (and {others} more errors)"),
        }
        let mut errors = Map::new();
        for (field, message) in faults {
            if let Value::Array(messages) = errors.entry(field).or_insert_with(|| json!([])) {
                messages.push(message.into());
            }
        }
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, body: json!({ "message": message, "errors": errors }) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

/// The handler of a route that does not exist.
pub(crate) async fn not_found() -> Problem {
    Problem::not_found("route_not_found", "There is no such route.")
}
