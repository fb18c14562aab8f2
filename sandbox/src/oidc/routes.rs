//! The routes of the provider.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::auth::Demo;
use crate::faults;
use crate::middleware::{apply_cors, record_request};
use crate::oidc::authorize::{
    callback_url, cookie_name, issuer_url, loopback_path, redirect_uri, request, session_user, user,
};
use crate::oidc::fault::{IssuerFault, Stage};
use crate::oidc::issuer::{AuthorizationRequest, CLIENT_ID, OAuthError};
use crate::oidc::parameters::Parameters;
use crate::oidc::{page, token};
use crate::problem::not_found;
use crate::site::with_security_headers;
use crate::state::AppState;

type App = State<Arc<AppState>>;

pub(crate) fn router(state: &Arc<AppState>) -> Router<Arc<AppState>> {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/authorize", get(authorize).post(choose))
        .route("/token", post(issue_tokens))
        .route("/end_session", get(end_session))
        .fallback(not_found)
        .layer(from_fn_with_state(state.clone(), record_request))
        .layer(from_fn_with_state(state.clone(), apply_cors))
        .route("/page.css", get(style))
}

/// Every secret that the provider received or issued, for tests that search for leaks.
pub(crate) async fn secrets(State(app): App) -> Json<Vec<String>> {
    Json(app.issuer().secrets())
}

async fn style() -> Response {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    with_security_headers(headers, include_str!("../../oidc/page.css"))
}

async fn discovery(State(app): App, headers: HeaderMap) -> Json<Value> {
    let issuer = issuer_url(&headers);
    let is_wrong = fault(&app, Stage::Discovery).is_some();
    Json(json!({
        "issuer": if is_wrong { "https://issuer.example" } else { &issuer },
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "end_session_endpoint": format!("{issuer}/end_session"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["HS256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn authorize(State(app): App, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let parameters = match Parameters::parse(query.unwrap_or_default().as_bytes()) {
        Ok(parameters) => parameters,
        Err(error) => return page::error(&error),
    };
    let redirect_uri = match redirect_uri(&parameters) {
        Ok(redirect_uri) => redirect_uri,
        Err(error) => return page::error(&error),
    };
    let is_silent = parameters.get("prompt") == Some("none");
    match (request(&parameters, redirect_uri), session_user(&headers)) {
        (Err(error), _) => {
            let state = parameters.get("state");
            let url = callback_url(redirect_uri, state, &issuer_url(&headers), &Err(error), None);
            redirect(&url)
        }
        (Ok(request), Some(user)) if is_silent => grant(&app, &headers, request, user),
        (Ok(request), None) if is_silent => {
            deny(&app, &headers, &request, OAuthError::new("login_required", "There is no session."))
        }
        (Ok(request), _) => {
            let key = app.issuer().add_pending(request);
            page::choose_user(&key, redirect_uri)
        }
    }
}

/// The page's form.
async fn choose(State(app): App, headers: HeaderMap, body: Bytes) -> Response {
    let expired = || OAuthError::invalid_request("This page is from before the sandbox was restarted.");
    let chosen = Parameters::parse(&body).and_then(|form| {
        let request = app.issuer().pending(form.require("request")?).ok_or_else(expired)?;
        Ok((request, form.require("user")?.to_owned()))
    });
    match chosen {
        Err(error) => page::error(&error),
        Ok((request, name)) => match user(&name) {
            Some(user) => grant(&app, &headers, request, user),
            None => deny(&app, &headers, &request, OAuthError::new("access_denied", "You pressed Cancel.")),
        },
    }
}

fn grant(app: &AppState, headers: &HeaderMap, request: AuthorizationRequest, user: Demo) -> Response {
    let fault = fault(app, Stage::Callback);
    let code = app.issuer().issue_code(request.clone(), user, now());
    let issuer = issuer_url(headers);
    let url = callback_url(&request.redirect_uri, Some(&request.state), &issuer, &Ok(code), fault.as_ref());
    let cookie = format!("{}={}; Path=/oidc; HttpOnly; SameSite=Lax", cookie_name(headers), user.name());
    ([(SET_COOKIE, cookie)], redirect(&url)).into_response()
}

fn deny(app: &AppState, headers: &HeaderMap, request: &AuthorizationRequest, error: OAuthError) -> Response {
    let fault = fault(app, Stage::Callback);
    let issuer = issuer_url(headers);
    redirect(&callback_url(&request.redirect_uri, Some(&request.state), &issuer, &Err(error), fault.as_ref()))
}

async fn issue_tokens(State(app): App, headers: HeaderMap, body: Bytes) -> Response {
    let no_store = [(CACHE_CONTROL, "no-store")];
    match tokens(&app, &headers, &body) {
        Ok(response) => (no_store, Json(response)).into_response(),
        Err(OAuthError { code, description }) => {
            let body = json!({ "error": code, "error_description": description });
            (StatusCode::BAD_REQUEST, no_store, Json(body)).into_response()
        }
    }
}

fn tokens(app: &AppState, headers: &HeaderMap, body: &[u8]) -> Result<Value, OAuthError> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.starts_with("application/x-www-form-urlencoded") {
        return Err(OAuthError::invalid_request("The body must be application/x-www-form-urlencoded."));
    }
    let form = Parameters::parse(body)?;
    if form.require("client_id")? != CLIENT_ID {
        return Err(OAuthError::new("invalid_client", "The client_id is unknown."));
    }
    let fault = fault(app, Stage::Token);
    let mut issuer = app.issuer();
    let grant = match form.require("grant_type")? {
        "authorization_code" => {
            let (code, redirect_uri) = (form.require("code")?, form.require("redirect_uri")?);
            let verifier = form.require("code_verifier")?;
            let grant = issuer.redeem_code(code, redirect_uri, verifier, now())?;
            if fault == Some(IssuerFault::CodeReuse) {
                // The code is used up now, so this is what a second use gets.
                issuer.redeem_code(code, redirect_uri, verifier, now())?;
            }
            grant
        }
        "refresh_token" => issuer.rotate(form.require("refresh_token")?)?,
        _ => return Err(OAuthError::new("unsupported_grant_type", "The grant_type is unknown.")),
    };
    let response = token::response(&grant, &issuer_url(headers), fault.as_ref(), now());
    issuer.note_secrets(["access_token", "id_token"].iter().filter_map(|name| response[name].as_str()));
    Ok(response)
}

async fn end_session(State(app): App, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let returns_to = Parameters::parse(query.unwrap_or_default().as_bytes()).and_then(|parameters| {
        let hint = parameters.get("id_token_hint");
        if hint.is_some_and(|hint| !app.issuer().has_issued(hint)) {
            return Err(OAuthError::invalid_request("The id_token_hint is not a token of this provider."));
        }
        let Some(uri) = parameters.get("post_logout_redirect_uri") else { return Ok(None) };
        if hint.is_none() && parameters.get("client_id") != Some(CLIENT_ID) {
            return Err(OAuthError::invalid_request("Without an id_token_hint the client_id is needed."));
        }
        let is_registered = loopback_path(uri).is_some();
        let wrong = || OAuthError::invalid_request("The post_logout_redirect_uri must be on loopback.");
        is_registered.then(|| Some(uri.to_owned())).ok_or_else(wrong)
    });
    let reply = match returns_to {
        Err(error) => return page::error(&error),
        Ok(Some(uri)) => redirect(&uri),
        Ok(None) => page::signed_out(),
    };
    let cookie = format!("{}=; Path=/oidc; HttpOnly; SameSite=Lax; Max-Age=0", cookie_name(&headers));
    ([(SET_COOKIE, cookie)], reply).into_response()
}

fn redirect(url: &str) -> Response {
    (StatusCode::SEE_OTHER, with_security_headers([(LOCATION, url), (CACHE_CONTROL, "no-store")], "")).into_response()
}

fn fault(app: &AppState, stage: Stage) -> Option<IssuerFault> {
    faults::take_issuer_fault(&mut app.faults(), |fault| fault.stage() == stage)
}

fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}
