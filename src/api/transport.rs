//! Sending one HTTP request with the browser's `fetch`.
//!
//! The rest of the app uses [`Transport`], a function pointer, so that tests can return any response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use wasm_bindgen::JsValue;
use web_sys::{
    AbortController, AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect,
};

use crate::session::token::Token;

/// The deadline of a `GET`, in milliseconds.
pub const GET_DEADLINE: u32 = 10_000;
/// The deadline of a request that changes data, in milliseconds. It is longer, because a timeout leaves the outcome
/// unknown.
pub const SAVE_DEADLINE: u32 = 30_000;

/// The HTTP methods that the app uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Changes.
    Patch,
    /// Deletes.
    Delete,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        })
    }
}

/// A request to send.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The complete URL.
    pub url: String,
    /// The token for the `Authorization` header.
    pub token: Token,
    /// The JSON body.
    pub body: Option<String>,
}

/// A response of any status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header, if CORS exposes it.
    pub retry_after: Option<String>,
    /// The body as text.
    pub body: String,
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkError {
    /// The connection failed, or CORS hides the response. `fetch` does not distinguish them.
    Failed,
    /// The deadline passed.
    Timeout,
}

/// The future of a response. Dropping it aborts the request.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response, NetworkError>>>>;

/// A function that sends a request once.
pub type Transport = fn(Request) -> ResponseFuture;

/// The [`Transport`] of the app, which uses the browser's `fetch`.
pub fn fetch(request: Request) -> ResponseFuture {
    Box::pin(async move {
        let deadline = match request.method {
            Method::Get => GET_DEADLINE,
            Method::Post | Method::Patch | Method::Delete => SAVE_DEADLINE,
        };
        let abort = AbortController::new().map_err(|_| NetworkError::Failed)?;
        let signals = js_sys::Array::of2(&abort.signal(), &AbortSignal::timeout_with_u32(deadline));
        let mut abort_on_drop = AbortOnDrop(Some(abort));
        let response = send_and_read(&request, &AbortSignal::any(&signals)).await;
        abort_on_drop.0 = None;
        response
    })
}

async fn send_and_read(request: &Request, signal: &AbortSignal) -> Result<Response, NetworkError> {
    // Nothing is sent if the browser rejects any part of the request.
    let browser_request = request.for_browser(signal).map_err(|_| NetworkError::Failed)?;
    let network_error = |error| match error {
        gloo_net::Error::JsError(error) if error.name == "TimeoutError" => NetworkError::Timeout,
        _ => NetworkError::Failed,
    };
    let response = gloo_net::http::Request::from(browser_request).send().await.map_err(network_error)?;
    let (status, retry_after) = (response.status(), response.headers().get("Retry-After"));
    let body = match response.text().await {
        // Without its body, a response still has its status. Only a successful `GET` is useless without it.
        Err(_) if request.method != Method::Get || !(200..300).contains(&status) => String::new(),
        text => text.map_err(network_error)?,
    };
    Ok(Response { status, retry_after, body })
}

impl Request {
    /// The browser's request. gloo-net's builder would create two `Request` objects and parse the URL for a query.
    fn for_browser(&self, signal: &AbortSignal) -> Result<web_sys::Request, JsValue> {
        let headers = Headers::new()?;
        headers.set("Accept", "application/json")?;
        headers.set("Authorization", &self.token.authorization())?;
        let options = RequestInit::new();
        options.set_method(&self.method.to_string());
        if let Some(body) = &self.body {
            headers.set("Content-Type", "application/json")?;
            options.set_body(&JsValue::from_str(body));
        }
        options.set_headers(&headers);
        options.set_redirect(RequestRedirect::Error);
        options.set_credentials(RequestCredentials::Omit);
        options.set_referrer_policy(ReferrerPolicy::NoReferrer);
        options.set_cache(RequestCache::NoStore);
        options.set_signal(Some(signal));
        web_sys::Request::new_with_str_and_init(&self.url, &options)
    }
}

/// Aborts a request when its future is dropped, which gloo-net does not.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(request) = &self.0 {
            request.abort();
        }
    }
}
