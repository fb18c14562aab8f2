//! The control API under `/sandbox`, for tests in another process, and the assets of the panel.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::auth::Demo;
use crate::faults::Fault;
use crate::oidc::routes::secrets;
use crate::problem::{Problem, not_found};
use crate::request_log::RecordedRequest;
use crate::site::with_security_headers;
use crate::state::AppState;

type App = State<Arc<AppState>>;

pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/tokens", get(tokens))
        .route("/faults", post(add_fault).delete(clear_faults))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/issuer-secrets", get(secrets))
        .route("/panel.js", get(async || asset("text/javascript; charset=utf-8", include_str!("../panel/panel.js"))))
        .route("/panel.css", get(async || asset("text/css; charset=utf-8", include_str!("../panel/panel.css"))))
        .fallback(not_found)
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
}

async fn tokens() -> Json<Map<String, Value>> {
    let entry = |who: Demo| {
        let value = json!({ "token": who.token(), "description": format!("{}: {}", who.label(), who.description()) });
        (who.name().to_owned(), value)
    };
    Json(Demo::ALL.into_iter().map(entry).collect())
}

/// Queues a fault. Accepts any `Content-Type`, because test drivers often omit it.
async fn add_fault(State(app): App, body: Bytes) -> Result<StatusCode, Problem> {
    let fault: Fault = serde_json::from_slice(&body).map_err(|error| Problem::bad_fault(&error.to_string()))?;
    fault.kind.validate().map_err(|reason| Problem::bad_fault(&reason))?;
    app.faults().push(fault);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_faults(State(app): App) -> StatusCode {
    app.faults().clear();
    StatusCode::NO_CONTENT
}

async fn requests(State(app): App) -> Json<Vec<RecordedRequest>> {
    Json(app.log().requests())
}

async fn clear_requests(State(app): App) -> StatusCode {
    app.log().clear();
    StatusCode::NO_CONTENT
}

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    with_security_headers([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], text)
}
