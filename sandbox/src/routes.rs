//! The routes of the sandbox and the handlers of the API.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};

use crate::auth::User;
use crate::middleware::{apply_cors, record_request};
use crate::problem::{Problem, not_found};
use crate::site::Site;
use crate::state::AppState;
use crate::{control, oidc, site, validation};

type Reply = Result<Json<Value>, Problem>;
type App = State<Arc<AppState>>;

pub(crate) fn router(state: Arc<AppState>, site: Option<Arc<Site>>) -> Router {
    let recorded = from_fn_with_state(state.clone(), record_request);
    let api = Router::new()
        .route("/workspaces", get(workspaces))
        .route("/workspaces/{workspace}", get(workspace))
        .route("/workspaces/{workspace}/members", get(members))
        .route("/workspaces/{workspace}/billing-accounts", get(accounts).post(create))
        .route("/workspaces/{workspace}/billing-accounts/{account}", get(account).patch(update).delete(delete))
        .fallback(not_found)
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(recorded.clone())
        .layer(from_fn_with_state(state.clone(), apply_cors));
    Router::new()
        .nest("/api", api)
        // axum does not pass a nested router its own path with a trailing slash.
        .route("/api/", any(not_found).layer(recorded))
        .nest("/oidc", oidc::routes::router(&state))
        .nest("/sandbox", control::router())
        .route("/sandbox/", any(not_found))
        .with_state(state)
        .fallback_service(site::router(site))
}

async fn workspaces(State(app): App, user: User) -> Reply {
    Ok(list(app.store().workspaces_of(&user.sub)))
}

async fn workspace(State(app): App, user: User, Path(id): Path<String>) -> Reply {
    Ok(Json(json!(app.store().workspace_for_read(&id, &user.sub)?)))
}

async fn members(State(app): App, user: User, Path(id): Path<String>) -> Reply {
    // The documented API does not paginate members.
    Ok(Json(json!({ "data": app.store().workspace_for_read(&id, &user.sub)?.members })))
}

async fn accounts(State(app): App, user: User, Path(id): Path<String>) -> Reply {
    Ok(list(&app.store().workspace_for_read(&id, &user.sub)?.accounts))
}

async fn account(State(app): App, user: User, Path((workspace, id)): Path<(String, String)>) -> Reply {
    Ok(Json(json!(app.store().workspace_for_read(&workspace, &user.sub)?.account(&id)?)))
}

async fn create(
    State(app): App,
    user: User,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let mut store = app.store();
    let workspace = store.workspace_for_write(&workspace, &user.sub)?;
    let draft = validation::draft(&validation::read(&headers, &body)?)?;
    Ok((StatusCode::CREATED, Json(json!(workspace.create(draft)?))))
}

async fn update(
    State(app): App,
    user: User,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let mut store = app.store();
    let account = store.workspace_for_write(&workspace, &user.sub)?.account(&id)?;
    account.update(validation::changes(&validation::read(&headers, &body)?)?);
    Ok(Json(json!(account)))
}

async fn delete(
    State(app): App,
    user: User,
    Path((workspace, id)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    app.store().workspace_for_write(&workspace, &user.sub)?.delete(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

fn list(data: impl Serialize) -> Json<Value> {
    Json(json!({ "data": data, "has_more": false }))
}
