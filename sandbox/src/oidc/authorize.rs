//! The checks of an authorization request, and the redirect that answers it.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HOST};

use crate::auth::{AUDIENCE, Demo};
use crate::oidc::fault::IssuerFault;
use crate::oidc::issuer::{AuthorizationRequest, CLIENT_ID, OAuthError};
use crate::oidc::parameters::Parameters;

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The users that can sign in, in display order.
pub(crate) const USERS: [Demo; 3] = [Demo::Owner, Demo::Admin, Demo::Viewer];

/// A user by the name that the page's form and the session cookie use.
pub(crate) fn user(name: &str) -> Option<Demo> {
    USERS.into_iter().find(|user| user.name() == name)
}

/// The issuer's URL, from the host that the request names.
pub(crate) fn issuer_url(headers: &HeaderMap) -> String {
    format!("http://{}/oidc", host(headers))
}

fn host(headers: &HeaderMap) -> &str {
    headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1")
}

/// The name of the session cookie. Cookies ignore ports, so the name has the port of this sandbox.
pub(crate) fn cookie_name(headers: &HeaderMap) -> String {
    let port = host(headers).rsplit(':').next().filter(|port| is_port(port));
    format!("sandbox-issuer-{}", port.unwrap_or("80"))
}

/// Who has a session at this provider, in this browser.
pub(crate) fn session_user(headers: &HeaderMap) -> Option<Demo> {
    let name = cookie_name(headers);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).and_then(|(_, value)| user(value))
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a URL is on loopback with `http:`, and its path.
pub(crate) fn loopback_path(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://")?;
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let (host, port) = authority.rsplit_once(':').filter(|_| !authority.ends_with(']')).unwrap_or((authority, "80"));
    (LOOPBACK.contains(&host) && is_port(port)).then_some(path)
}

/// The origin of a URL.
pub(crate) fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find('/').map_or(url, |end| &url[..start + end])
}

/// Where errors may be sent: a registered client's callback.
pub(crate) fn redirect_uri(parameters: &Parameters) -> Result<&str, OAuthError> {
    if parameters.require("client_id")? != CLIENT_ID {
        return Err(OAuthError::invalid_request(&format!("The client_id must be {CLIENT_ID}.")));
    }
    let uri = parameters.require("redirect_uri")?;
    if loopback_path(uri) == Some("/callback") {
        Ok(uri)
    } else {
        Err(OAuthError::invalid_request("The redirect_uri must be /callback on loopback."))
    }
}

/// Checks the request, once its redirect URI is known to be good.
pub(crate) fn request(parameters: &Parameters, redirect_uri: &str) -> Result<AuthorizationRequest, OAuthError> {
    let wrong = OAuthError::invalid_request;
    if parameters.require("response_type")? != "code" {
        return Err(OAuthError::new("unsupported_response_type", "The response_type must be code."));
    }
    if parameters.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(wrong("The response_mode must be query."));
    }
    if parameters.require("code_challenge_method")? != "S256" {
        return Err(wrong("The code_challenge_method must be S256."));
    }
    let challenge = parameters.require("code_challenge")?;
    if challenge.len() != 43 {
        return Err(wrong("The code_challenge must be a SHA-256 in base64url."));
    }
    let scopes: Vec<&str> = parameters.require("scope")?.split(' ').collect();
    if !scopes.contains(&"openid") {
        return Err(OAuthError::new("invalid_scope", "The scope must have openid."));
    }
    if parameters.get("audience").is_some_and(|audience| audience != AUDIENCE) {
        return Err(OAuthError::new("access_denied", "There is no service with this audience."));
    }
    Ok(AuthorizationRequest {
        redirect_uri: redirect_uri.to_owned(),
        state: parameters.require("state")?.to_owned(),
        nonce: parameters.require("nonce")?.to_owned(),
        challenge: challenge.to_owned(),
        is_offline: scopes.contains(&"offline_access"),
    })
}

/// The callback's URL with an answer, changed by a fault.
pub(crate) fn callback_url(
    redirect_uri: &str,
    state: Option<&str>,
    issuer: &str,
    answer: &Result<String, OAuthError>,
    fault: Option<&IssuerFault>,
) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    match (answer, fault) {
        (_, Some(IssuerFault::CallbackError { error, description })) => {
            query.append_pair("error", error);
            if !description.is_empty() {
                query.append_pair("error_description", description);
            }
        }
        (Ok(code), _) => {
            query.append_pair("code", code);
        }
        (Err(error), _) => {
            query.append_pair("error", error.code).append_pair("error_description", &error.description);
        }
    }
    if let Some(state) = state {
        query.append_pair("state", if fault == Some(&IssuerFault::WrongState) { "another-state" } else { state });
    }
    let other_issuer = fault == Some(&IssuerFault::WrongCallbackIssuer);
    query.append_pair("iss", if other_issuer { "https://issuer.example" } else { issuer });
    format!("{redirect_uri}?{}", query.finish())
}
